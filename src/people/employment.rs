//! «Вид занятости»: main post, part-timer, civil contract (methodology §1, «employed on D»).

use std::sync::OnceLock;

use serde::Deserialize;

use crate::registers::cell::{DateRules, FlagCell, flag};
use crate::source::Value;
use crate::text::fold_lookalikes;

/// What a cell of «Вид занятости» says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Employment {
    /// A main post, or nothing said.
    Main,
    /// An internal part-timer.
    Internal,
    /// An external part-timer.
    External,
    /// A bare «совместитель», read as external.
    BarePartTimer,
    /// A civil contract (ГПХ) or hourly pay.
    Contract,
    /// Dismissed: the date of dismissal decides, and where there is none, it is no post.
    Dismissed,
    /// Something unknown, read as a main post, which is a warning.
    Unknown,
}

/// What the caption of the column asks for: of that a bare yes or no is the answer.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Caption {
    /// Which kind of employment it is: «Вид занятости», «Штатный/совместитель».
    Kind,
    /// Whether the post is the main one: «Основное место работы».
    Main,
    /// Whether the post is a part-time one: «Совместительство».
    PartTime,
    /// Whether it is an internal part-time one.
    Internal,
    /// Whether it is an external part-time one.
    External,
}

impl Caption {
    /// Reads the caption of a column.
    #[must_use]
    pub fn of(caption: &str) -> Self {
        let stems = &table().caption;
        let folded = fold_lookalikes(caption);
        let words = words(&folded);
        let speaks_of = |stems: &[String]| any_begins(&words, stems);
        let (inside, outside) = (speaks_of(&stems.internal), speaks_of(&stems.external));
        match (
            speaks_of(&stems.main),
            speaks_of(&stems.part_time) || inside || outside,
        ) {
            (true, false) => Self::Main,
            (false, true) if inside && !outside => Self::Internal,
            (false, true) if outside && !inside => Self::External,
            (false, true) => Self::PartTime,
            (true, true) | (false, false) => Self::Kind,
        }
    }

    /// What a bare yes under the caption says.
    fn yes(self) -> Employment {
        match self {
            Self::Kind => Employment::Unknown,
            Self::Main => Employment::Main,
            Self::PartTime => Employment::BarePartTimer,
            Self::Internal => Employment::Internal,
            Self::External => Employment::External,
        }
    }

    /// What a bare no under the caption says.
    fn no(self) -> Employment {
        match self {
            Self::Kind => Employment::Unknown,
            Self::Main => Employment::BarePartTimer,
            Self::PartTime | Self::Internal | Self::External => Employment::Main,
        }
    }
}

#[derive(Deserialize)]
struct Kind {
    means: Employment,
    stems: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct CaptionStems {
    main: Vec<String>,
    part_time: Vec<String>,
    internal: Vec<String>,
    external: Vec<String>,
}

#[derive(Deserialize)]
struct Table {
    kind: Vec<Kind>,
    caption: CaptionStems,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| crate::text::data_file("employment.toml", include_str!("employment.toml")))
}

fn words(folded: &str) -> Vec<&str> {
    folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect()
}

fn any_begins(words: &[&str], stems: &[String]) -> bool {
    stems
        .iter()
        .any(|stem| words.iter().any(|word| word.starts_with(stem.as_str())))
}

/// Reads a cell of «Вид занятости» under its caption.
#[must_use]
pub fn read(cell: &str, caption: Caption) -> Employment {
    let folded = fold_lookalikes(cell);
    let words = words(&folded);
    match words.as_slice() {
        ["н", "д"] => return Employment::Main,
        ["не", "по" | "является", second, ..] | ["не", second, ..] => {
            if second.starts_with("осн") {
                return Employment::External;
            }
            if second.starts_with("совм") || second.starts_with("увол") {
                return Employment::Main;
            }
        }
        _ => {}
    }
    let mut kinds = table().kind.iter();
    if let Some(kind) = kinds.find(|kind| any_begins(&words, &kind.stems)) {
        return kind.means;
    }
    let rules = DateRules {
        as_of_year: 0,
        partial: false,
    };
    match flag(Value::Text(cell), &rules) {
        FlagCell::Yes => caption.yes(),
        // An empty cell, «-» and the like.
        _ if words.is_empty() => Employment::Main,
        FlagCell::No => caption.no(),
        FlagCell::Empty | FlagCell::Date(_) | FlagCell::Other => Employment::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::Employment::*;
    use super::{Caption, read};

    #[test]
    fn cells_of_real_life() {
        for (cell, expected) in [
            ("", Main),
            ("-", Main),
            ("н/д", Main),
            ("осн.", Main),
            ("Основное место работы", Main),
            ("внутр. совм.", Internal),
            ("внутренний совместитель", Internal),
            ("внешний совместитель", External),
            ("внеш. совм.", External),
            ("не основное", External),
            ("совместитель", BarePartTimer),
            ("по совместительству", BarePartTimer),
            ("совм.", BarePartTimer),
            ("ГПХ", Contract),
            ("договор гражданско-правового характера", Contract),
            ("почасовая", Contract),
            ("внешний, почасовик", Contract),
            ("по совмещению", Internal),
            ("совмещение должностей", Internal),
            ("не совместитель", Main),
            ("не является совместителем", Main),
            ("Уволена", Dismissed),
            ("уволен по собственному желанию", Dismissed),
            ("не уволен", Main),
            ("вахта", Unknown),
        ] {
            assert_eq!(read(cell, Caption::Kind), expected, "{cell}");
        }
    }

    #[test]
    fn a_bare_yes_or_no_answers_what_the_caption_asks() {
        for (caption, yes, no) in [
            ("Вид занятости", Unknown, Unknown),
            ("Штатный/совместитель", Unknown, Unknown),
            ("Осн./внеш. совм./внутр. совм.", Unknown, Unknown),
            ("Основное место работы", Main, BarePartTimer),
            ("Основной работник", Main, BarePartTimer),
            ("Совместительство", BarePartTimer, Main),
            ("Совместитель (да/нет)", BarePartTimer, Main),
            ("Вид совместительства", BarePartTimer, Main),
            ("Внешний совместитель", External, Main),
            ("Внутренний совместитель", Internal, Main),
        ] {
            let caption_asks = Caption::of(caption);
            for cell in ["да", "Да", "1", "+"] {
                assert_eq!(read(cell, caption_asks), yes, "{caption}: {cell}");
            }
            for cell in ["нет", "0"] {
                assert_eq!(read(cell, caption_asks), no, "{caption}: {cell}");
            }
            for cell in ["", "-", "н/д"] {
                assert_eq!(read(cell, caption_asks), Main, "{caption}: {cell}");
            }
            // What a cell says in words does not depend on the caption.
            let said = read("да, внутреннее совместительство", caption_asks);
            assert_eq!(said, Internal, "{caption}");
        }
    }
}
