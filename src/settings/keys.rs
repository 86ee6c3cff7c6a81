//! The keys of `mms.toml`, from `keys.toml`: one list for the checks, the schema and the template.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::registers::RegisterId;

/// What may stand in `mms.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Keys {
    pub indicators: Vec<String>,
    pub registers: Vec<String>,
    pub scales: Vec<String>,
    pub positions: Vec<String>,
    pub meanings: BTreeMap<String, Vec<String>>,
    pub sections: BTreeMap<String, String>,
    pub key: Vec<Key>,
}

/// One key.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Key {
    /// `decimals`, `staff.external`; of a table with names of its own, the table's name.
    pub path: String,
    pub kind: Kind,
    /// The least whole number.
    pub min: Option<i64>,
    /// The greatest whole number; that of 32 bits where none is given.
    pub max: Option<i64>,
    /// The words of a choice.
    #[serde(default)]
    pub choices: Vec<String>,
    /// What it means, in Russian.
    pub about: String,
    /// A value, or a line of a table, to show in the template.
    pub example: Option<String>,
}

/// What a key takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    Text,
    Texts,
    Boolean,
    Integer,
    Choice,
    Window,
    Scale,
    Targets,
    Sources,
    Columns,
    Aliases,
    Phrases,
    Positions,
}

impl Kind {
    /// Whether the key is a table whose keys the user chooses.
    pub fn is_table(self) -> bool {
        matches!(
            self,
            Self::Targets
                | Self::Sources
                | Self::Columns
                | Self::Aliases
                | Self::Phrases
                | Self::Positions
        )
    }
}

impl Key {
    /// The section and the name in it; the section is empty for keys before all sections.
    pub fn parts(&self) -> (&str, &str) {
        self.path.split_once('.').unwrap_or(("", &self.path))
    }
}

/// The list.
pub(super) fn keys() -> &'static Keys {
    static KEYS: OnceLock<Keys> = OnceLock::new();
    KEYS.get_or_init(|| crate::text::data_file("keys.toml", include_str!("keys.toml")))
}

/// The ids that `[targets]` may name, in the order of the source.
pub fn indicator_ids() -> impl Iterator<Item = &'static str> + Clone {
    keys().indicators.iter().map(String::as_str)
}

/// The names of the registers, in the order of contract §1.
pub fn register_names() -> impl Iterator<Item = &'static str> + Clone {
    keys().registers.iter().map(String::as_str)
}

/// The register of this name.
///
/// # Errors
/// A Russian sentence with the nearest name, or all of them.
pub fn register_named(name: &str) -> Result<RegisterId, String> {
    use serde::de::IntoDeserializer;
    use serde::de::value::{Error, StrDeserializer};
    let deserializer: StrDeserializer<'_, Error> = name.into_deserializer();
    RegisterId::deserialize(deserializer).map_err(|_| {
        format!(
            "неизвестный реестр «{name}»; {}",
            nearest_or_all(name, register_names())
        )
    })
}

/// «ближайший известный — «x»», or «бывают: x, y» where none is near.
pub(super) fn nearest_or_all<'a>(
    text: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> String {
    match crate::text::nearest(text, known.clone()) {
        Some(near) => format!("ближайший известный — «{near}»"),
        None => format!("бывают: {}", known.collect::<Vec<_>>().join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{keys, register_named, register_names};

    #[test]
    fn every_register_of_the_list_is_one() {
        for name in register_names() {
            let id = register_named(name).unwrap();
            assert_eq!(serde_json::to_value(id).unwrap(), name);
        }
        assert_eq!(register_names().count(), 13);
        for name in keys().meanings.keys() {
            register_named(name).unwrap();
        }
    }

    #[test]
    fn an_unknown_register_is_named_with_the_nearest() {
        assert!(
            register_named("diagnostic")
                .unwrap_err()
                .contains("«diagnostics»")
        );
        assert!(
            register_named("Опрос")
                .unwrap_err()
                .contains("staff, organizations")
        );
    }

    #[test]
    fn every_section_has_a_title() {
        for key in &keys().key {
            let section = if key.kind.is_table() {
                &key.path
            } else {
                key.parts().0
            };
            assert!(
                section.is_empty() || keys().sections.contains_key(section),
                "{section}"
            );
        }
    }
}
