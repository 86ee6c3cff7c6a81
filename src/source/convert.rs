//! What calamine gives, in the words of this layer.

use super::dates;
use super::rows::Held;
use super::{Merge, Value};

/// A value of calamine as a held cell; none when the cell is empty.
pub(super) fn held(value: calamine::Data, from_1904: bool) -> Option<Held<'static>> {
    use calamine::Data;
    Some(match value {
        Data::Empty => return None,
        Data::String(text) => Held::Owned(text),
        #[expect(
            clippy::cast_precision_loss,
            reason = "a cell's number is a double in every format"
        )]
        Data::Int(number) => Held::Plain(Value::Number(number as f64)),
        Data::Float(number) => Held::Plain(Value::Number(number)),
        Data::Bool(truth) => Held::Plain(Value::Bool(truth)),
        Data::DateTime(moment) => {
            let serial = moment.as_f64();
            match dates::day(serial, from_1904) {
                Some(day) if !moment.is_duration() => Held::Plain(Value::Date(day)),
                _ => Held::Plain(Value::Number(serial)),
            }
        }
        Data::DateTimeIso(text) => match dates::iso_day(&text) {
            Some(day) => Held::Plain(Value::Date(day)),
            None => Held::Owned(text),
        },
        Data::DurationIso(text) => match dates::iso_days(&text) {
            Some(days) => Held::Plain(Value::Number(days)),
            None => Held::Owned(text),
        },
        Data::Error(error) => Held::Plain(Value::Error(error_text(&error))),
    })
}

/// An error value as Excel shows it.
pub(super) fn error_text(error: &calamine::CellErrorType) -> &'static str {
    use calamine::CellErrorType;
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}

/// Merged cells as calamine gives them, ordered by their first row.
pub(super) fn merges(merges: &[calamine::Dimensions]) -> Vec<Merge> {
    let mut merges: Vec<Merge> = merges
        .iter()
        .map(|area| Merge {
            top: area.start.0,
            left: area.start.1,
            bottom: area.end.0,
            right: area.end.1,
        })
        .collect();
    merges.sort_by_key(|merge| (merge.top, merge.left));
    merges
}
