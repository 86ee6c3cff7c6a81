//! «Вид занятости»: main post, part-timer, civil contract (methodology §1, «employed on D»).

use std::sync::OnceLock;

use serde::Deserialize;

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
    /// Something unknown, read as a main post.
    Unknown,
}

#[derive(Deserialize)]
struct Kind {
    means: Employment,
    stems: Vec<String>,
}

#[derive(Deserialize)]
struct Table {
    kind: Vec<Kind>,
}

/// Reads a cell of «Вид занятости».
#[must_use]
pub fn read(cell: &str) -> Employment {
    static TABLE: OnceLock<Table> = OnceLock::new();
    let table: &Table = TABLE
        .get_or_init(|| crate::text::data_file("employment.toml", include_str!("employment.toml")));
    let folded = fold_lookalikes(cell);
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    match words.as_slice() {
        [] | ["да"] => return Employment::Main,
        // «Основное место работы: нет»
        ["нет"] => return Employment::BarePartTimer,
        ["не", second, ..] if second.starts_with("осн") => return Employment::External,
        ["н", "д"] => return Employment::Main,
        _ => {}
    }
    let says = |kind: &&Kind| {
        kind.stems
            .iter()
            .any(|stem| words.iter().any(|word| word.starts_with(stem.as_str())))
    };
    table
        .kind
        .iter()
        .find(says)
        .map_or(Employment::Unknown, |kind| kind.means)
}

#[cfg(test)]
mod tests {
    use super::Employment::*;
    use super::read;

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
            ("вахта", Unknown),
        ] {
            assert_eq!(read(cell), expected, "{cell}");
        }
    }
}
