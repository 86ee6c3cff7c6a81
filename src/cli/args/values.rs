//! Values of flags, read with Russian refusals.

use std::num::NonZeroUsize;

use crate::period::{Period, WindowKind};
use crate::settings::{indicator_ids, register_named};
use crate::text::{fold, nearest};

/// The help of `--period`.
pub(super) const PERIOD_HELP: &str = "Период: 2024-Q3, 2024-09, 2024-H1, 2024-9M, 2024, \
    2023/2024, 2024-07-01..2024-09-30, «3 кв. 2024»";

/// One `--source`: a register, and the file or `file#sheet` that belongs to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourcePin {
    /// The register's name.
    pub register: String,
    /// The file or `file#sheet`, as the settings name it.
    pub place: String,
}

pub(super) fn period(text: &str) -> Result<Period, String> {
    Period::parse(text)
}

pub(super) fn window(text: &str) -> Result<WindowKind, String> {
    WindowKind::parse(text)
}

pub(super) fn source(text: &str) -> Result<SourcePin, String> {
    let Some((register, place)) = text.split_once('=') else {
        return Err(format!(
            "«{text}» без знака =; пишется РЕЕСТР=ФАЙЛ или РЕЕСТР=ФАЙЛ#ЛИСТ"
        ));
    };
    let (register, place) = (register.trim(), place.trim());
    register_named(register)?;
    if place.is_empty() || place.starts_with('#') || place.ends_with('#') {
        return Err(format!(
            "«{text}»: после знака = пишется файл или файл#лист"
        ));
    }
    Ok(SourcePin {
        register: register.to_owned(),
        place: place.to_owned(),
    })
}

pub(super) fn encoding(text: &str) -> Result<&'static str, String> {
    match fold(text).as_str() {
        "utf-8" | "utf8" => Ok("UTF-8"),
        "utf-16le" | "utf-16" | "utf16" => Ok("UTF-16LE"),
        "utf-16be" => Ok("UTF-16BE"),
        "windows-1251" | "cp1251" | "1251" => Ok("windows-1251"),
        _ => Err(format!(
            "неизвестная кодировка «{text}»; бывают utf-8, utf-16le, utf-16be, windows-1251"
        )),
    }
}

pub(super) fn delimiter(text: &str) -> Result<u8, String> {
    match text {
        ";" => Ok(b';'),
        "," => Ok(b','),
        "tab" | "\t" | "\\t" => Ok(b'\t'),
        _ => Err(format!(
            "неизвестный разделитель «{text}»; бывают «;», «,» и tab"
        )),
    }
}

/// The word that stands for all indicators.
pub const ALL_INDICATORS: &str = "all";

pub(super) fn indicator(text: &str) -> Result<String, String> {
    let id = text.trim().trim_end_matches('.');
    if matches!(id, ALL_INDICATORS | "все") {
        return Ok(ALL_INDICATORS.to_owned());
    }
    if indicator_ids().any(|known| known == id) {
        return Ok(id.to_owned());
    }
    Err(match nearest(id, indicator_ids()) {
        Some(near) => {
            format!("показателя «{id}» нет; ближайший — {near}, все печатает mms indicators")
        }
        None => format!("показателя «{id}» нет; все печатает mms indicators"),
    })
}

pub(super) fn count(text: &str) -> Result<NonZeroUsize, String> {
    text.parse()
        .map_err(|_| format!("«{text}» — не целое число от 1"))
}

pub(super) fn seed(text: &str) -> Result<u64, String> {
    text.parse()
        .map_err(|_| format!("«{text}» — не целое число от 0"))
}

#[cfg(test)]
mod tests {
    use super::{delimiter, encoding, indicator, source};

    #[test]
    fn a_source_is_a_register_and_a_file_perhaps_with_a_sheet() {
        let pin = source("diagnostics=папка/Список.xlsx#Лист = 2").unwrap();
        assert_eq!(pin.register, "diagnostics");
        assert_eq!(pin.place, "папка/Список.xlsx#Лист = 2");
        assert!(source("Список.xlsx").unwrap_err().contains("РЕЕСТР=ФАЙЛ"));
        assert!(
            source("diagnostic=a.xlsx")
                .unwrap_err()
                .contains("«diagnostics»")
        );
        for text in ["staff=", "staff=#Лист1", "staff=a.xlsx#"] {
            assert!(source(text).unwrap_err().contains("файл#лист"));
        }
    }

    #[test]
    fn encodings_and_delimiters_are_those_of_the_contract() {
        assert_eq!(encoding("UTF-8"), Ok("UTF-8"));
        assert_eq!(encoding("cp1251"), Ok("windows-1251"));
        assert!(encoding("koi8-r").unwrap_err().contains("windows-1251"));
        assert_eq!(delimiter("tab"), Ok(b'\t'));
        assert_eq!(delimiter(";"), Ok(b';'));
        assert!(delimiter("|").is_err());
    }

    #[test]
    fn an_indicator_is_one_of_the_fourteen() {
        assert_eq!(indicator("4.1.2.1"), Ok("4.1.2.1".to_owned()));
        assert_eq!(indicator("4.1.4."), Ok("4.1.4".to_owned()));
        assert!(indicator("4.1.2.9").unwrap_err().contains("4.1.2."));
        assert!(indicator("x").unwrap_err().contains("mms indicators"));
    }
}
