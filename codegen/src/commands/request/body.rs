//! Request bodies in their JSON form: keys as in the document, 64-bit integers as strings, no unknown properties.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Api, Int, Message, Shape, Type};
use crate::source::{Source, escape, files};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

/// Content of a request body: text or any bytes.
#[derive(Clone, Debug)]
pub struct Content {
    /// Name of the file.
    pub name: String,
    /// Content of the file.
    pub bytes: Vec<u8>,
}

impl Content {
    /// Creates the content of a file with this name.
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), bytes: bytes.into() }
    }

    /// Reads the content of a file; `-` is standard input.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn read(path: &Path) -> Result<Self, Diagnostic> {
        Ok(Self::new(path.display().to_string(), files::read_bytes(path)?))
    }

    /// Returns the body as the text of JSON, without a byte order mark.
    pub(super) fn text(&self) -> Result<Arc<Source>, Diagnostic> {
        let bytes = self.bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&self.bytes);
        files::text(self.name.clone(), bytes.to_vec())
    }
}

/// Number of bytes that the names of a body's values may take, beyond four times its length.
const NAME_BYTES: usize = 16_000_000;

/// Returns the number of bytes of the names of all values within a value. A name is made of the keys around a value, so
/// that those of a long key take as many bytes as it has values.
fn name_bytes(value: &Value, around: usize) -> usize {
    let add = usize::saturating_add;
    match value {
        Value::Array(items) => items.iter().map(|item| name_bytes(item, around)).fold(0, add),
        Value::Object(members) => {
            members.iter().map(|(key, item)| name_bytes(item, add(around, key.len()))).fold(0, add)
        }
        _ => around,
    }
}

/// Parses a body of a type.
pub(super) fn read(api: &Api, ty: &Type, source: &Arc<Source>) -> Result<Value, Diagnostics> {
    let value: Value = serde_json::from_str(&source.text).map_err(|error| {
        let at = source.offset(error.line(), error.column());
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        let len = source.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        Diagnostic::error(message).at_span(source, at..at.saturating_add(len)).help("the body is JSON")
    })?;
    let most = source.text.len().saturating_mul(4).saturating_add(NAME_BYTES);
    if name_bytes(&value, 0) > most {
        let fault = Diagnostic::error("the names of values, with the keys around each, are too long together");
        return Err(fault.in_source(source).help("shorten the keys of the objects that hold many values").into());
    }
    let mut body = Body { api, source, faults: Diagnostics::default() };
    let value = body.value(ty, value, "");
    if body.faults.has_errors() { Err(body.faults) } else { Ok(value) }
}

/// Reads the content of a `google.api.HttpBody`: the message in JSON, alone or as `httpBody`, or the content itself.
pub(super) fn content(content: &Content) -> (Option<String>, Vec<u8>) {
    let value: Option<Value> = serde_json::from_slice(&content.bytes).ok();
    let message = value.as_ref().and_then(Value::as_object);
    let message = match message.and_then(|message| message.get("httpBody").or(message.get("http_body"))) {
        Some(inner) => inner.as_object(),
        None => message,
    };
    let text = |keys: [&str; 2]| keys.into_iter().find_map(|key| message?.get(key)?.as_str());
    let data = text(["data", "data"]).and_then(|data| STANDARD.decode(data).ok());
    match (text(["contentType", "content_type"]), data) {
        (Some(content_type), Some(data)) => (Some(content_type.to_owned()), data),
        _ => (value.map(|_| "application/json".to_owned()), content.bytes.clone()),
    }
}

struct Body<'a> {
    api: &'a Api,
    source: &'a Arc<Source>,
    faults: Diagnostics,
}

impl Body<'_> {
    fn value(&mut self, ty: &Type, value: Value, pointer: &str) -> Value {
        match (self.api.resolve(ty), value) {
            (Type::Schema(name), Value::Object(members)) => {
                match self.api.schemas.get(name).map(|schema| &schema.shape) {
                    Some(Shape::Message(message)) => self.message(name, message, members, pointer),
                    _ => Value::Object(members),
                }
            }
            (Type::List(inner), Value::Array(items)) => {
                let inner = inner.as_ref().clone();
                let items = items.into_iter().enumerate();
                Value::Array(items.map(|(i, item)| self.value(&inner, item, &format!("{pointer}/{i}"))).collect())
            }
            (Type::Map(inner), Value::Object(members)) => {
                let inner = inner.as_ref().clone();
                let members = members.into_iter();
                Value::Object(
                    members
                        .map(|(key, item)| {
                            let pointer = format!("{pointer}/{}", escape(&key));
                            let item = self.value(&inner, item, &pointer);
                            (key, item)
                        })
                        .collect(),
                )
            }
            (Type::Nullable(_), Value::Null) => Value::Null,
            (Type::Nullable(inner), value) => {
                let inner = inner.as_ref().clone();
                self.value(&inner, value, pointer)
            }
            (Type::Int(Int::I64 | Int::U64), Value::Number(number)) => Value::String(number.to_string()),
            (_, value) => value,
        }
    }

    fn message(&mut self, name: &str, message: &Message, members: Map<String, Value>, pointer: &str) -> Value {
        let mut out = Map::new();
        // The first member of each union.
        let mut set: HashMap<&str, &str> = HashMap::new();
        for (key, value) in members {
            let pointer = format!("{pointer}/{}", escape(&key));
            let camel = camel_case(&key);
            let known = [key.as_str(), camel.as_str()].into_iter().find_map(|key| message.fields.get_key_value(key));
            let Some((known, field)) = known else {
                let names = message.fields.keys().map(String::as_str).take(self.faults.candidates());
                let error = Diagnostic::error(format!("unknown property `{key}` of `{name}`"))
                    .at_pointer(self.source, pointer)
                    .suggest(&camel, names);
                self.faults.push(error);
                continue;
            };
            let first = message.unions.of(known).map(|(union, _)| (union, *set.entry(union).or_insert(known)));
            if let Some((union, other)) = first.filter(|(_, first)| first != known) {
                let message =
                    format!("`{other}` and `{known}` exclude each other: both are members of the union `{union}`");
                self.faults.push(Diagnostic::error(message).at_pointer(self.source, pointer.as_str()));
            }
            let value = self.value(&field.ty, value, &pointer);
            out.insert(known.to_owned(), value);
        }
        Value::Object(out)
    }
}

/// Returns protobuf's JSON name of a field.
fn camel_case(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut upper = false;
    for c in name.chars() {
        if c == '_' {
            upper = true;
        } else if std::mem::take(&mut upper) {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_key_around_many_values_is_an_error() {
        let body = |key: usize| {
            let values: Vec<String> = (0..1_000).map(|i| format!(r#""k{i}": "v""#)).collect();
            let text = format!(r#"{{"a": {{"{}": [{{{}}}]}}}}"#, "k".repeat(key), values.join(", "));
            read(&Api::default(), &Type::Object, &Arc::new(Source::new("body.json", text)))
        };
        assert!(body(10_000).is_ok());
        assert!(body(100_000).unwrap_err().0[0].message.contains("too long together"));
    }
}
