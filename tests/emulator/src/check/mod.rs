//! Checks of messages against the document.

mod partial;
mod query;
mod scalar;

pub(crate) use partial::{keep, selections};
pub(crate) use query::query;

use crate::refusal::{Refusal, Violation};
use discovery_codegen::model::{Api, Behavior, Enumeration, Field, HttpMethod, Message, Method, Shape, Type};
use heck::{ToLowerCamelCase, ToSnakeCase};
use serde_json::{Map, Value};

/// Direction of a message.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Request,
    Reply,
}

/// Checks the body of a request, and returns it in canonical form: with the names of the document, and without
/// output-only fields.
pub(crate) fn request(api: &Api, method: &Method, ty: &Type, body: Value) -> Result<Value, Refusal> {
    let mut checker = Checker { api, way: Way::Request, method, violations: Vec::new() };
    let value = checker.value(ty, body, "");
    if checker.violations.is_empty() {
        return Ok(value.unwrap_or_else(|| Value::Object(Map::new())));
    }
    Err(Refusal::violations(checker.violations))
}

/// Checks a response of the emulator.
pub(crate) fn reply(api: &Api, method: &Method, ty: &Type, body: &Value) -> Result<(), String> {
    let mut checker = Checker { api, way: Way::Reply, method, violations: Vec::new() };
    checker.value(ty, body.clone(), "");
    match checker.violations.as_slice() {
        [] => Ok(()),
        [first, ..] => Err(format!("response of {}: `{}`: {}", method.id, first.field, first.description)),
    }
}

struct Checker<'a> {
    api: &'a Api,
    way: Way,
    method: &'a Method,
    violations: Vec<Violation>,
}

impl Checker<'_> {
    fn fault(&mut self, at: &str, description: impl Into<String>) -> Option<Value> {
        let field = if at.is_empty() { "body" } else { at };
        self.violations.push(Violation { field: field.to_owned(), description: description.into() });
        None
    }

    /// Returns a value in canonical form; `None` if it is unset or invalid.
    fn value(&mut self, ty: &Type, value: Value, at: &str) -> Option<Value> {
        let ty = self.api.resolve(ty).clone();
        if value.is_null() && matches!(ty, Type::Nullable(_)) {
            return Some(value);
        }
        if value.is_null() && ty != Type::Any {
            return None;
        }
        match &ty {
            Type::Any => Some(value),
            Type::Nullable(inner) => self.value(inner, value, at),
            Type::List(inner) => self.list(inner, value, at),
            Type::Map(inner) => self.map(inner, value, at),
            Type::Schema(name) => match self.api.schemas.get(name).map(|schema| &schema.shape) {
                Some(Shape::Message(message)) => self.message(name, message, value, at),
                Some(Shape::Enum(values)) => self.enumeration(values, value, at),
                // Not checked: no document in `spec/` has choices.
                Some(Shape::OneOf(_)) => Some(value),
                Some(Shape::Alias(_)) | None => self.fault(at, format!("the document has no schema `{name}`")),
            },
            scalar => match scalar::read(scalar, value) {
                Ok(value) => Some(value),
                Err(fault) => self.fault(at, fault),
            },
        }
    }

    fn list(&mut self, inner: &Type, value: Value, at: &str) -> Option<Value> {
        let Value::Array(items) = value else {
            return self.fault(at, "expected a list");
        };
        let mut read = Vec::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            let at = format!("{at}[{index}]");
            if item.is_null() && *self.api.resolve(inner) != Type::Any {
                self.fault(&at, "unexpected `null` in a list");
            }
            read.extend(self.value(inner, item, &at));
        }
        Some(Value::Array(read))
    }

    fn map(&mut self, inner: &Type, value: Value, at: &str) -> Option<Value> {
        let Value::Object(entries) = value else {
            return self.fault(at, "expected an object");
        };
        let mut read = Map::new();
        for (key, value) in entries {
            if let Some(value) = self.value(inner, value, &format!("{at}[{key:?}]")) {
                read.insert(key, value);
            }
        }
        Some(Value::Object(read))
    }

    fn enumeration(&mut self, values: &Enumeration, value: Value, at: &str) -> Option<Value> {
        let known = |name: &str| values.values.iter().any(|value| value.name == name);
        match value {
            Value::String(name) if known(&name) => Some(Value::String(name)),
            // Responses may have values that are newer than the document.
            Value::String(name) => self.fault(at, format!("unknown enum value {name:?}")),
            Value::Number(number) => {
                let index = number.as_u64().and_then(|index| usize::try_from(index).ok());
                match index.and_then(|index| values.values.get(index)) {
                    Some(value) => Some(Value::String(value.name.clone())),
                    None => self.fault(at, format!("unknown enum number {number}")),
                }
            }
            _ => self.fault(at, "expected the name of an enum value"),
        }
    }

    fn message(&mut self, schema: &str, message: &Message, value: Value, at: &str) -> Option<Value> {
        let Value::Object(entries) = value else {
            return self.fault(at, "expected an object");
        };
        let mut read: Map<String, Value> = Map::new();
        for (key, value) in entries {
            let Some((name, field)) = find(message, &key) else {
                match &message.additional {
                    Some(inner) => {
                        let inner = inner.clone();
                        read.extend(self.value(&inner, value, &join(at, &key)).map(|value| (key, value)));
                    }
                    None => {
                        self.fault(&join(at, &key), format!("unknown field of {}", short(schema)));
                    }
                }
                continue;
            };
            let at = join(at, name);
            let Some(value) = self.value(&field.ty, value, &at) else {
                continue;
            };
            if self.way == Way::Request && field.behavior.contains(&Behavior::OutputOnly) {
                continue;
            }
            if read.insert(name.to_owned(), value).is_some() {
                self.fault(&at, "duplicate field, set under both of its names");
            }
        }
        self.unions(message, &read, at);
        // Fields that an update omits are not changed.
        if self.way == Way::Request && self.method.http_method != HttpMethod::Patch {
            self.required(message, &read, at);
        }
        Some(Value::Object(read))
    }

    fn unions(&mut self, message: &Message, read: &Map<String, Value>, at: &str) {
        for (name, union) in &message.unions {
            let set: Vec<&str> =
                union.members.iter().map(String::as_str).filter(|member| read.contains_key(*member)).collect();
            if let [first, second, ..] = set.as_slice() {
                self.fault(
                    &join(at, second),
                    format!("more than one member of the union `{name}` is set; `{first}` is another one"),
                );
            }
        }
    }

    fn required(&mut self, message: &Message, read: &Map<String, Value>, at: &str) {
        for (name, field) in &message.fields {
            let by_method = field.required_by.contains(&self.method.id);
            // Fields in the path do not have to be repeated in the body.
            let in_path = self.method.path.variables().any(|variable| variable == name);
            let required = (field.behavior.contains(&Behavior::Required) || by_method) && !in_path;
            let empty = match read.get(name) {
                None => true,
                Some(Value::String(text)) => text.is_empty(),
                Some(Value::Array(items)) => items.is_empty(),
                Some(_) => false,
            };
            // A required union has one member.
            if required && empty && message.unions.of(name).is_none() && !field.behavior.contains(&Behavior::OutputOnly)
            {
                self.fault(&join(at, name), "required field is missing");
            }
        }
    }
}

/// Returns the field of a key, which is spelled as in the document or in the proto.
fn find<'m>(message: &'m Message, key: &str) -> Option<(&'m str, &'m Field)> {
    let exact = message.fields.get_key_value(key);
    let found =
        exact.or_else(|| message.fields.get_key_value(&key.to_lower_camel_case()).filter(|(name, _)| names(key, name)));
    found.map(|(name, field)| (name.as_str(), field))
}

/// Returns `true` if a key is the name of a field in the document or in the proto.
fn names(key: &str, name: &str) -> bool {
    key == name || (key.contains('_') && name.to_snake_case() == key)
}

/// Returns the path of a field in the spelling of the services.
fn join(at: &str, name: &str) -> String {
    let name = name.to_snake_case();
    if at.is_empty() { name } else { format!("{at}.{name}") }
}

/// Returns the name of a schema without the prefix of the API.
fn short(schema: &str) -> &str {
    schema.strip_prefix("GoogleCloudAiplatformV1").unwrap_or(schema)
}
