//! The workbook as bytes: instructions, and a sheet for each register.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties,
    ExcelDateTime, Format, FormatAlign, FormatBorder, Note, Workbook, Worksheet, XlsxError,
};

use super::sheets::{Column, Forms, Kind, Sheet, forms};

/// The last row of a sheet, from 0.
const LAST: u32 = 1_048_575;
/// Behind the header of a required column.
const REQUIRED: u32 = 0x1F4E79;
/// Behind the header of another column.
const OPTIONAL: u32 = 0xDCE6F1;
/// Behind an example.
const EXAMPLE: u32 = 0xF2F2F2;
/// The letters of an example.
const GREY: u32 = 0x6B6B6B;
/// Of lines.
const LINE: u32 = 0xA6A6A6;

/// Renders the workbook. The same version of the program gives the same bytes.
///
/// # Errors
/// None that a build of the program that passed its tests can give.
pub fn render() -> Result<Vec<u8>, XlsxError> {
    let forms = forms();
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2024, 1, 1)?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title(&forms.title)
            .set_creation_datetime(&made),
    );
    let looks = Looks::new();
    guide(workbook.add_worksheet(), forms, &looks)?;
    for sheet in &forms.sheet {
        register(workbook.add_worksheet(), sheet, &looks)?;
    }
    workbook.save_to_buffer()
}

struct Looks {
    required: Format,
    optional: Format,
    example: Format,
}

impl Looks {
    fn new() -> Self {
        let header = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter)
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(LINE));
        let required = header
            .clone()
            .set_background_color(Color::RGB(REQUIRED))
            .set_font_color(Color::White);
        let example = Format::new()
            .set_italic()
            .set_font_color(Color::RGB(GREY))
            .set_background_color(Color::RGB(EXAMPLE));
        Self {
            required,
            optional: header.set_background_color(Color::RGB(OPTIONAL)),
            example,
        }
    }
}

fn guide(sheet: &mut Worksheet, forms: &Forms, looks: &Looks) -> Result<(), XlsxError> {
    let title = Format::new().set_bold().set_font_size(16);
    let line = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let number = Format::new()
        .set_align(FormatAlign::Top)
        .set_align(FormatAlign::Right)
        .set_font_color(Color::RGB(GREY));
    sheet
        .set_name(&forms.guide)?
        .set_screen_gridlines(false)
        .set_active(true);
    sheet.set_column_width(0, 4)?.set_column_width(1, 100)?;
    sheet
        .write_with_format(0, 1, &forms.title, &title)?
        .set_row_height(0, 28)?;
    let mut row = 2;
    for (text, counted) in forms.lines.iter().zip(1..) {
        sheet.write_with_format(row, 0, counted, &number)?;
        sheet.write_with_format(row, 1, text, &line)?;
        // About this many characters stand in a line of this width.
        let lines = u32::try_from(text.chars().count() / 112 + 1).unwrap_or(1);
        sheet.set_row_height(row, lines * 16 + 4)?;
        row += 1;
    }
    row += 1;
    for (text, look) in [
        (&forms.required, &looks.required),
        (&forms.optional, &looks.optional),
        (&forms.example, &looks.example),
    ] {
        sheet
            .write_with_format(row, 1, text, look)?
            .set_row_height(row, 20)?;
        row += 1;
    }
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0);
    Ok(())
}

fn register(to: &mut Worksheet, sheet: &Sheet, looks: &Looks) -> Result<(), XlsxError> {
    to.set_name(sheet.name())?
        .set_freeze_panes(1, 1)?
        .set_row_height(0, 48)?;
    to.set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0)
        .set_repeat_rows(0, 0)?;
    for (column, at) in sheet.column.iter().zip(0..) {
        let required = sheet.is_required(column);
        let header = sheet.header(column);
        to.set_column_width(at, column.width)?;
        if let Some(format) = format_of(column.kind) {
            to.set_column_format(at, &format)?;
        }
        let look = if required {
            &looks.required
        } else {
            &looks.optional
        };
        to.write_with_format(0, at, header, look)?;
        let duty = if required {
            &forms().required
        } else {
            &forms().optional
        };
        let (first, rest) = duty.split_at(duty.chars().next().map_or(0, char::len_utf8));
        let note = Note::new(format!("{}\n{}{rest}.", column.note, first.to_uppercase()))
            .add_author_prefix(false)
            .set_width(280)
            .set_height(110);
        to.insert_note(0, at, &note)?;
        if let Some(rule) = rule_of(column)? {
            to.add_data_validation(1, at, LAST, at, &rule)?;
        }
        for (example, row) in column.examples.iter().zip(1..) {
            to.write_with_format(row, at, example, &looks.example)?;
        }
    }
    Ok(())
}

/// How the cells of a column show what is typed.
fn format_of(kind: Kind) -> Option<Format> {
    let format = match kind {
        Kind::Day => "dd.mm.yyyy",
        Kind::Moment => "dd.mm.yyyy hh:mm",
        Kind::Snils | Kind::Text => "@",
        Kind::Number | Kind::YesNo | Kind::Choice => return None,
    };
    Some(Format::new().set_num_format(format))
}

/// What Excel checks when something is typed: it asks, and forbids nothing.
fn rule_of(column: &Column) -> Result<Option<DataValidation>, XlsxError> {
    let rule = DataValidation::new();
    let (rule, message) = match column.kind {
        Kind::YesNo => (
            rule.allow_list_strings(&["да", "нет"])?,
            "Пишут «да» или «нет». Оставить так?",
        ),
        Kind::Choice => (
            rule.allow_list_strings(&column.choices)?,
            "Такого слова в списке нет. Программа может его не понять. Оставить так?",
        ),
        Kind::Day | Kind::Moment => {
            let [first, last] = [
                ExcelDateTime::from_ymd(1900, 3, 1)?,
                ExcelDateTime::from_ymd(2099, 12, 31)?,
            ];
            let rule = rule.allow_date(DataValidationRule::Between(first, last));
            (rule, "Это не дата вида 30.09.2024. Оставить так?")
        }
        Kind::Text | Kind::Number | Kind::Snils => return Ok(None),
    };
    let rule = rule
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title("Проверьте")?;
    Ok(Some(rule.set_error_message(message)?))
}
