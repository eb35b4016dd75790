//! JSON whose members keep their order and whose numbers keep their digits.

use crate::parser::openapi::Tree;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// JSON value that is written unchanged.
pub(super) enum Json {
    /// Members of an object, in order.
    Object(Vec<(String, Json)>),
    /// Items of a list.
    List(Vec<Json>),
    /// A string, unescaped.
    Text(String),
    /// A number, `true`, `false` or `null`, as written.
    Other(String),
}

/// Parses a JSON text.
pub(super) fn read(text: &str) -> serde_json::Result<Json> {
    let raw: &RawValue = serde_json::from_str(text.trim_start_matches('\u{feff}'))?;
    value(raw, 0)
}

/// Maximum nesting depth. Parts that no parser reads may be deeper than the stack allows.
const DEPTH: usize = 200;

fn value(raw: &RawValue, depth: usize) -> serde_json::Result<Json> {
    if depth > DEPTH {
        return Err(serde::de::Error::custom("the document is nested too deep"));
    }
    let value = |raw| value(raw, depth.saturating_add(1));
    let text = raw.get();
    Ok(match text.as_bytes().first() {
        Some(b'{') => {
            let Members(members) = serde_json::from_str(text)?;
            let members = members.into_iter().map(|(key, raw)| Ok((key, value(raw)?)));
            Json::Object(members.collect::<serde_json::Result<_>>()?)
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(text)?;
            Json::List(items.into_iter().map(value).collect::<serde_json::Result<_>>()?)
        }
        Some(b'"') => Json::Text(serde_json::from_str(text)?),
        _ => Json::Other(text.to_owned()),
    })
}

struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Members<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

impl Json {
    /// Returns a member of an object.
    pub(super) fn get(&self, key: &str) -> Option<&Json> {
        match self {
            Json::Object(members) => members.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// Returns a member of an object, to change it.
    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut Json> {
        match self {
            Json::Object(members) => members.iter_mut().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// Returns `true` for an object without members and a list without items.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Json::Object(members) => members.is_empty(),
            Json::List(items) => items.is_empty(),
            Json::Text(_) | Json::Other(_) => false,
        }
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, depth: usize) -> fmt::Result {
        match self {
            Json::Object(members) if members.is_empty() => f.write_str("{}"),
            Json::List(items) if items.is_empty() => f.write_str("[]"),
            Json::Object(members) => {
                f.write_str("{")?;
                for (index, (key, value)) in members.iter().enumerate() {
                    line(f, index, depth.saturating_add(1))?;
                    quote(f, key)?;
                    f.write_str(": ")?;
                    value.write(f, depth.saturating_add(1))?;
                }
                write!(f, "\n{:1$}}}", "", depth.saturating_mul(2))
            }
            Json::List(items) => {
                f.write_str("[")?;
                for (index, value) in items.iter().enumerate() {
                    line(f, index, depth.saturating_add(1))?;
                    value.write(f, depth.saturating_add(1))?;
                }
                write!(f, "\n{:1$}]", "", depth.saturating_mul(2))
            }
            Json::Text(text) => quote(f, text),
            Json::Other(text) => f.write_str(text),
        }
    }
}

impl From<&Tree> for Json {
    fn from(tree: &Tree) -> Self {
        match tree {
            Tree::Null | Tree::TooDeep => Json::Other("null".into()),
            Tree::Bool(value) => Json::Other(value.to_string()),
            Tree::Number(value) => Json::Other(value.to_string()),
            Tree::Text(text) => Json::Text(text.clone()),
            Tree::List(items) => Json::List(items.iter().map(Json::from).collect()),
            Tree::Object(members) => {
                Json::Object(members.iter().map(|(key, value)| (key.clone(), Json::from(value))).collect())
            }
        }
    }
}

impl fmt::Display for Json {
    /// Writes each member and item on a line, indented by two spaces, with a line ending after the last.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, 0)?;
        f.write_str("\n")
    }
}

fn line(f: &mut fmt::Formatter<'_>, index: usize, depth: usize) -> fmt::Result {
    let comma = if index == 0 { "" } else { "," };
    write!(f, "{comma}\n{:1$}", "", depth.saturating_mul(2))
}

fn quote(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str(&serde_json::to_string(text).map_err(|_| fmt::Error)?)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn order_and_digits_are_preserved() {
        let text = "{\n  \"b\": 1.50e3,\n  \"a\": [\n    {},\n    \"é\\n\",\n    []\n  ],\n  \"c\": null\n}\n";
        assert_eq!(read(text).unwrap().to_string(), text);
    }

    #[test]
    fn depth_is_bounded() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(read(&nested(super::DEPTH)).is_ok());
        let error = read(&nested(100_000)).err().unwrap();
        assert!(error.to_string().contains("nested too deep"), "{error}");
    }
}
