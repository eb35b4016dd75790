//! A document as a tree.
//!
//! OpenAPI allows a `$ref` nearly anywhere, to any place of any file, so what is read is a tree that can be walked
//! from every place, and not a type for each object.

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Number;
use std::collections::BTreeMap;
use std::fmt;

/// A JSON value. Members are sorted: the order of keys has no meaning.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Node {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Node>),
    Object(BTreeMap<String, Node>),
    /// A list or object more than [`DEPTH`] levels deep, which is not read.
    TooDeep,
}

/// Maximum depth of lists and objects that are read. One that is deeper is left out, and the rest of the document is
/// read.
pub(crate) const DEPTH: usize = 126;

impl Node {
    /// Returns the member with a name.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        match self {
            Node::Object(members) => members.get(key),
            _ => None,
        }
    }

    /// Returns the names of the members.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        let members = match self {
            Node::Object(members) => Some(members),
            _ => None,
        };
        members.into_iter().flat_map(|members| members.keys().map(String::as_str))
    }

    /// Returns the text, if this is text.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Node::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the number of members or elements.
    pub(crate) fn len(&self) -> usize {
        match self {
            Node::Object(members) => members.len(),
            Node::List(items) => items.len(),
            _ => 0,
        }
    }

    /// Returns the approximate size of the value as JSON in bytes, examples aside.
    pub(crate) fn size(&self) -> usize {
        const OVERHEAD: usize = 4;
        let size = match self {
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::TooDeep => OVERHEAD,
            Node::Text(text) => text.len(),
            Node::List(items) => items.iter().map(Node::size).fold(0, usize::saturating_add),
            Node::Object(members) => members
                .iter()
                .filter(|(key, _)| !matches!(key.as_str(), "example" | "examples"))
                .map(|(key, value)| key.len().saturating_add(value.size()))
                .fold(0, usize::saturating_add),
        };
        size.saturating_add(OVERHEAD)
    }

    /// Returns the kind of the value in words, with an article.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Node::Null => "null",
            Node::Bool(_) => "a boolean",
            Node::Number(_) => "a number",
            Node::Text(_) => "a string",
            Node::List(_) => "a list",
            Node::Object(_) => "an object",
            Node::TooDeep => "a value that is more than 126 levels deep in the document",
        }
    }

    /// Returns `true` if all parts of the value were read.
    #[cfg(feature = "cli")]
    pub(crate) fn is_whole(&self) -> bool {
        match self {
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::Text(_) => true,
            Node::List(items) => items.iter().all(Node::is_whole),
            Node::Object(members) => members.values().all(Node::is_whole),
            Node::TooDeep => false,
        }
    }

    /// Returns the value that a path of unescaped steps leads to.
    pub(crate) fn at<'a>(&self, parts: impl IntoIterator<Item = &'a str>) -> Option<&Node> {
        parts.into_iter().try_fold(self, |node, part| match node {
            Node::Object(members) => members.get(part),
            Node::List(items) => part.parse::<usize>().ok().and_then(|index| items.get(index)),
            _ => None,
        })
    }
}

/// Formats a default or bound: text without quotes, any other value as JSON.
impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Node::Null => f.write_str("null"),
            Node::Bool(value) => write!(f, "{value}"),
            Node::Number(value) => write!(f, "{value}"),
            Node::Text(text) => f.write_str(text),
            Node::TooDeep => f.write_str("…"),
            Node::List(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if index > 0 { ", " } else { "" })?;
                }
                f.write_str("]")
            }
            Node::Object(members) => {
                f.write_str("{")?;
                for (index, (key, value)) in members.iter().enumerate() {
                    write!(f, "{}{key}: {value}", if index > 0 { ", " } else { "" })?;
                }
                f.write_str("}")
            }
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// Reads a value within this number of lists and objects.
        struct Values(usize);
        impl<'de> DeserializeSeed<'de> for Values {
            type Value = Node;
            fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
                deserializer.deserialize_any(self)
            }
        }
        impl<'de> Visitor<'de> for Values {
            type Value = Node;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("any value")
            }
            fn visit_unit<E>(self) -> Result<Node, E> {
                Ok(Node::Null)
            }
            fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
                Ok(Node::Bool(value))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
                Ok(Node::Number(value.into()))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
                Ok(Node::Number(value.into()))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
                Ok(Number::from_f64(value).map_or(Node::Null, Node::Number))
            }
            fn visit_str<E>(self, value: &str) -> Result<Node, E> {
                Ok(Node::Text(value.to_owned()))
            }
            fn visit_string<E>(self, value: String) -> Result<Node, E> {
                Ok(Node::Text(value))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
                if self.0 >= DEPTH {
                    while seq.next_element::<IgnoredAny>()?.is_some() {}
                    return Ok(Node::TooDeep);
                }
                let mut items = Vec::new();
                while let Some(item) = seq.next_element_seed(Values(self.0.saturating_add(1)))? {
                    items.push(item);
                }
                Ok(Node::List(items))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
                if self.0 >= DEPTH {
                    while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                    return Ok(Node::TooDeep);
                }
                let mut members = BTreeMap::new();
                while let Some(key) = map.next_key::<String>()? {
                    if members.contains_key(&key) {
                        return Err(A::Error::custom(format_args!("duplicate key `{key}`")));
                    }
                    let value = map.next_value_seed(Values(self.0.saturating_add(1)))?;
                    members.insert(key, value);
                }
                Ok(Node::Object(members))
            }
        }
        deserializer.deserialize_any(Values(0))
    }
}
