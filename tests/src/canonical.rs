//! An independent implementation of protobuf's JSON mapping over the model and `serde_json`, which shares no code with
//! the bindings.

use discovery_codegen::model::{Api, Behavior, Int, Message, Shape, Type};
use heck::ToLowerCamelCase;
use serde_json::{Map, Value};

/// Returns the expected encoding of a value, and its unknown keys as JSON pointers.
///
/// Expects a valid value: errors are not detected.
pub fn canonical(api: &Api, schema: &str, value: &Value) -> (Value, Vec<String>) {
    let mut unknown = Vec::new();
    let value = of_type(api, &Type::Schema(schema.to_owned()), value, "", &mut unknown);
    (value, unknown)
}

fn of_type(api: &Api, ty: &Type, value: &Value, at: &str, unknown: &mut Vec<String>) -> Value {
    match (api.resolve(ty), value) {
        (Type::Int(Int::I64 | Int::U64), Value::Number(number)) => Value::String(number.to_string()),
        // The value rounded to single precision, in the fewest digits that identify it.
        (Type::Float, Value::Number(number)) => {
            let single = number.as_f64().unwrap_or_default() as f32;
            serde_json::from_str(&single.to_string()).unwrap_or_default()
        }
        (Type::List(inner), Value::Array(items)) => {
            let item = |(i, item)| of_type(api, inner, item, &format!("{at}/{i}"), unknown);
            Value::Array(items.iter().enumerate().map(item).collect())
        }
        (Type::Map(inner), Value::Object(entries)) => {
            let entry = |(key, value): (&String, &Value)| {
                (key.clone(), of_type(api, inner, value, &format!("{at}/{key}"), unknown))
            };
            Value::Object(entries.iter().map(entry).collect())
        }
        (Type::Schema(name), Value::Object(entries)) => match &api.schemas[name].shape {
            Shape::Message(message) => Value::Object(of_message(api, message, entries, at, unknown)),
            Shape::Enum(_) | Shape::Alias(_) | Shape::OneOf(_) => value.clone(),
        },
        _ => value.clone(),
    }
}

fn of_message(
    api: &Api,
    message: &Message,
    entries: &Map<String, Value>,
    at: &str,
    unknown: &mut Vec<String>,
) -> Map<String, Value> {
    let mut out = Map::new();
    for (key, value) in entries {
        let at = format!("{at}/{key}");
        let camel = key.to_lower_camel_case();
        let name = if message.fields.contains_key(key) { key } else { &camel };
        match message.fields.get(name) {
            Some(field) => {
                let ty = api.resolve(&field.ty);
                // `null` is kept, except of union members, since another member may be set.
                let is_unset = value.is_null() && *ty != Type::Any && message.unions.of(name).is_some();
                if !is_unset {
                    out.insert(name.clone(), of_type(api, ty, value, &at, unknown));
                }
            }
            None => {
                let value = match &message.additional {
                    Some(ty) => of_type(api, ty, value, &at, unknown),
                    None => {
                        unknown.push(at);
                        value.clone()
                    }
                };
                out.insert(key.clone(), value);
            }
        }
    }
    // A list or map that the schema requires is always encoded.
    for (name, field) in &message.fields {
        let empty = match api.resolve(&field.ty) {
            Type::List(_) => Value::Array(Vec::new()),
            Type::Map(_) => Value::Object(Map::new()),
            _ => continue,
        };
        if field.required && !field.behavior.contains(&Behavior::OutputOnly) && message.unions.of(name).is_none() {
            out.entry(name.clone()).or_insert(empty);
        }
    }
    out
}

/// Returns `true` if two JSON values are equal: numbers by value, objects in any order of keys.
pub fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, one)| other.get(key).is_some_and(|other| same(one, other)))
        }
        _ => one == other,
    }
}
