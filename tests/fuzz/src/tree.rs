//! JSON, YAML and TOML documents as trees that keep the order of keys.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::fmt;

/// Value in a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    /// The value `null`.
    Null,
    /// The value `true` or `false`.
    Bool(bool),
    /// Number as JSON text.
    Number(serde_json::Number),
    /// String.
    Text(String),
    /// List.
    List(Vec<Tree>),
    /// Object, or table of TOML.
    Object(Vec<(String, Tree)>),
}

/// Position of a string: the value at a path, or the last key of the path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Indices of the members and elements that lead to it.
    pub path: Vec<usize>,
    /// True for the key of the member, false for its value.
    pub is_key: bool,
}

impl Tree {
    /// Parses JSON.
    ///
    /// # Panics
    /// When the text is not JSON.
    #[must_use]
    pub fn json(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Parses TOML.
    ///
    /// # Panics
    /// When the text is not TOML.
    #[must_use]
    pub fn toml(text: &str) -> Self {
        toml::from_str(text).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Returns the tree as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Returns the tree as TOML; empty if TOML cannot represent it, as `null`.
    #[must_use]
    pub fn to_toml(&self) -> String {
        toml::to_string(self).unwrap_or_default()
    }

    /// Returns the tree as YAML in block style.
    #[must_use]
    pub fn to_yaml(&self) -> String {
        let mut out = String::new();
        self.yaml(&mut out, 0);
        out
    }

    fn yaml(&self, out: &mut String, indent: usize) {
        match self {
            Self::Object(members) if !members.is_empty() => {
                for (key, value) in members {
                    out.push_str(&format!("\n{:indent$}{}:", "", quoted(key)));
                    value.yaml(out, indent + 2);
                }
            }
            Self::List(items) if !items.is_empty() => {
                for item in items {
                    out.push_str(&format!("\n{:indent$}-", ""));
                    item.yaml(out, indent + 2);
                }
            }
            Self::Text(text) => out.push_str(&format!(" {}", quoted(text))),
            other => out.push_str(&format!(" {}", serde_json::to_string(other).unwrap_or_default())),
        }
    }

    /// Returns the positions of all strings and keys.
    #[must_use]
    pub fn positions(&self) -> Vec<Position> {
        let mut found = Vec::new();
        self.walk(&mut Vec::new(), &mut found);
        found
    }

    fn walk(&self, path: &mut Vec<usize>, found: &mut Vec<Position>) {
        match self {
            Self::Text(_) => found.push(Position { path: path.clone(), is_key: false }),
            Self::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    path.push(index);
                    item.walk(path, found);
                    path.pop();
                }
            }
            Self::Object(members) => {
                for (index, (_, value)) in members.iter().enumerate() {
                    path.push(index);
                    found.push(Position { path: path.clone(), is_key: true });
                    value.walk(path, found);
                    path.pop();
                }
            }
            Self::Null | Self::Bool(_) | Self::Number(_) => {}
        }
    }

    /// Returns the value at a path of indices.
    pub fn at(&mut self, path: &[usize]) -> Option<&mut Tree> {
        let Some((first, rest)) = path.split_first() else {
            return Some(self);
        };
        match self {
            Self::List(items) => items.get_mut(*first)?.at(rest),
            Self::Object(members) => members.get_mut(*first)?.1.at(rest),
            _ => None,
        }
    }

    /// Changes the string at a position.
    pub fn change(&mut self, position: &Position, change: impl FnOnce(&str) -> String) {
        if !position.is_key {
            if let Some(Self::Text(text)) = self.at(&position.path) {
                *text = change(text);
            }
            return;
        }
        let Some((last, above)) = position.path.split_last() else { return };
        if let Some(Self::Object(members)) = self.at(above)
            && let Some((key, _)) = members.get_mut(*last)
        {
            *key = change(key);
        }
    }

    /// Returns a position as a JSON pointer, for messages.
    #[must_use]
    pub fn pointer(&self, position: &Position) -> String {
        let mut pointer = String::new();
        let mut tree = self;
        for index in &position.path {
            match tree {
                Self::List(items) => {
                    pointer.push_str(&format!("/{index}"));
                    tree = &items[*index];
                }
                Self::Object(members) => {
                    pointer.push_str(&format!("/{}", members[*index].0.replace('~', "~0").replace('/', "~1")));
                    tree = &members[*index].1;
                }
                _ => break,
            }
        }
        if position.is_key { format!("key of {pointer}") } else { pointer }
    }
}

/// Returns a double-quoted YAML scalar, with escapes of JSON, and of YAML for characters that JSON does not escape.
fn quoted(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    let special = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}');
    json.chars().map(|c| if special(c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() }).collect()
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_none(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(value) => value.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (key, value) in members {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a document")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
        Ok(serde_json::Number::from_f64(value).map_or(Tree::Null, Tree::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Tree, E> {
        Ok(Tree::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Tree::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Tree, A::Error> {
        let mut object = Vec::new();
        while let Some(member) = members.next_entry()? {
            object.push(member);
        }
        Ok(Tree::Object(object))
    }
}
