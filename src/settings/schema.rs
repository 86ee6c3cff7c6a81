//! The JSON Schema of `mms.toml`, for editors.

use serde_json::{Map, Value, json};

use super::InForce;
use super::keys::{Key, Keys, Kind, keys};
use crate::failure::Failure;

/// A plan as text; the numbers in it are checked when the file is read.
const PLAN: &str = "^ *(([<>]=|[≤≥])? *[0-9]+([.,][0-9]+)? *%?|[0-9]+([.,][0-9]+)? *\\.\\. *[0-9]+([.,][0-9]+)?) *$";
/// An upper bound or a range.
const BOUND: &str =
    "^ *((<=|≤) *[0-9]+([.,][0-9]+)?|[0-9]+([.,][0-9]+)? *\\.\\. *[0-9]+([.,][0-9]+)?) *$";
/// A window.
const WINDOW: &str = "^(|ytd|period|school-year|all|rolling-years:([1-9][0-9]?|100))$";

/// The schema (draft 7) of a settings file: its keys, their kinds, bounds, meanings and defaults.
///
/// # Errors
/// None that a build of the program that passed its tests can give.
pub fn schema() -> Result<Value, Failure> {
    let keys = keys();
    let defaults = serde_json::to_value(InForce::default().settings)
        .map_err(|error| Failure::Usage(format!("настройки не записываются: {error}")))?;
    let mut top = Map::new();
    for key in &keys.key {
        let mut property = property(key, keys);
        if let Some(property) = property.as_object_mut() {
            property.insert("description".into(), key.about.clone().into());
            if let Some(default) = defaults.pointer(&format!("/{}", key.path.replace('.', "/"))) {
                property.insert("default".into(), default.clone());
            }
        }
        let (section, name) = key.parts();
        if section.is_empty() {
            top.insert(name.to_owned(), property);
            continue;
        }
        let home = top.entry(section).or_insert_with(|| {
            json!({
                "type": "object",
                "description": keys.sections.get(section),
                "additionalProperties": false,
                "properties": {},
            })
        });
        if let Some(properties) = home
            .pointer_mut("/properties")
            .and_then(Value::as_object_mut)
        {
            properties.insert(name.to_owned(), property);
        }
    }
    Ok(json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "mms.toml",
        "description": "Настройки mms",
        "type": "object",
        "additionalProperties": false,
        "properties": top,
    }))
}

fn property(key: &Key, keys: &Keys) -> Value {
    match key.kind {
        Kind::Text => json!({"type": "string"}),
        Kind::Texts => json!({"type": "array", "items": {"type": "string"}}),
        Kind::Boolean => json!({"type": "boolean"}),
        Kind::Integer => json!({
            "type": "integer",
            "minimum": key.min.unwrap_or(0),
            "maximum": key.max.unwrap_or(u32::MAX.into()),
        }),
        Kind::Choice => json!({"enum": key.choices}),
        Kind::Window => json!({"type": "string", "pattern": WINDOW}),
        Kind::Scale => {
            let scales = std::iter::once("").chain(keys.scales.iter().map(String::as_str));
            json!({"enum": scales.collect::<Vec<_>>()})
        }
        Kind::Targets => of_names(keys.indicators.iter(), |id| match id {
            "4.1.1" => json!({"enum": ["да", "yes"]}),
            "4.1.3.2" => json!({"type": "string", "pattern": BOUND}),
            _ => json!({"anyOf": [
                {"type": "number", "minimum": 0},
                {"type": "string", "pattern": PLAN},
            ]}),
        }),
        Kind::Sources => any_names(json!({"enum": keys.registers})),
        Kind::Columns => any_names(any_names(json!({"type": "string"}))),
        Kind::Aliases => of_names(keys.registers.iter(), |_| {
            any_names(json!({"type": "array", "items": {"type": "string"}}))
        }),
        Kind::Phrases => of_names(keys.meanings.keys(), |register| {
            any_names(json!({"enum": keys.meanings.get(register)}))
        }),
        Kind::Positions => any_names(json!({"enum": keys.positions})),
    }
}

/// A table with these names alone.
fn of_names<'a>(names: impl Iterator<Item = &'a String>, value: impl Fn(&str) -> Value) -> Value {
    let properties: Map<String, Value> = names.map(|name| (name.clone(), value(name))).collect();
    json!({"type": "object", "additionalProperties": false, "properties": properties})
}

/// A table with any names.
fn any_names(value: Value) -> Value {
    json!({"type": "object", "additionalProperties": value})
}

#[cfg(test)]
mod tests {
    use super::schema;
    use crate::settings::keys::keys;

    #[test]
    fn every_key_is_in_the_schema_with_its_default() {
        let schema = schema().unwrap();
        for key in &keys().key {
            let path = key.path.replace('.', "/properties/");
            let property = schema.pointer(&format!("/properties/{path}")).unwrap();
            assert!(
                property["default"] != serde_json::Value::Null,
                "{}",
                key.path
            );
            assert_eq!(property["description"], key.about.as_str());
        }
        assert_eq!(schema["properties"]["decimals"]["maximum"], 4);
        assert_eq!(
            schema["properties"]["staff"]["properties"]["leave"]["default"],
            true
        );
        assert_eq!(
            schema["properties"]["teams"]["properties"]["min_members"]["minimum"],
            1
        );
        assert_eq!(
            schema["properties"]["survey"]["properties"]["undecided"]["enum"],
            serde_json::json!(["include", "exclude"])
        );
    }

    #[test]
    fn unknown_keys_are_refused_at_both_levels() {
        let schema = schema().unwrap();
        assert_eq!(schema["additionalProperties"], false);
        assert_eq!(schema["properties"]["young"]["additionalProperties"], false);
        assert_eq!(
            schema["properties"]["targets"]["additionalProperties"],
            false
        );
    }
}
