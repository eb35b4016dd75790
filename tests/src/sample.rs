//! Deterministic sample values of schemas.

use crate::random::Random;
use discovery_codegen::model::{Api, Int, Message, Shape, Type};
use serde_json::{Map, Value, json};

/// Texts with characters that must be escaped in paths, queries, JSON or a shell.
pub const AWKWARD: [&str; 16] = [
    "a b",
    "x+y",
    "p&q=r",
    "100% off",
    "é~ü",
    "日本😀",
    "!'()*",
    "a:b@c",
    "$;,",
    "plain",
    "-._~",
    "[x]",
    "\"q\"",
    "<z>",
    "a|b^c`d",
    "{c}",
];

/// Maximum depth of messages with fields; deeper messages are empty.
const DEPTH: usize = 6;

/// Returns a value of a type in protobuf's JSON mapping, with at most one member of each union.
pub fn value(api: &Api, ty: &Type, random: &mut Random, depth: usize) -> Value {
    match api.resolve(ty) {
        Type::Bool => json!(random.of(&[false, true])),
        Type::String => json!(random.of(&AWKWARD)),
        Type::Int(Int::I32) => json!(random.of(&[0, 1, i32::MIN, i32::MAX])),
        Type::Int(Int::U32) => json!(random.of(&[0, 7, u32::MAX])),
        Type::Int(Int::I64) => json!(random.of(&["0", "-9223372036854775808", "9223372036854775807", "12"])),
        Type::Int(Int::U64) => json!(random.of(&["0", "18446744073709551615", "12"])),
        Type::Int(Int::I64Number) => json!(random.of(&[0, i64::MIN, i64::MAX])),
        Type::Int(Int::U64Number) => json!(random.of(&[0, u64::MAX])),
        Type::Float => random.of(&[json!(0.0), json!(0.5), json!(-1.25), json!("Infinity")]),
        Type::Double => random.of(&[json!(0.0), json!(0.1), json!(1e300), json!("-Infinity")]),
        Type::Bytes | Type::UrlSafeBytes | Type::File => json!(random.of(&["", "AA==", "3q2+7w==", "++//"])),
        Type::Timestamp | Type::DateTime => json!(random.of(&[
            "1970-01-01T00:00:00Z",
            "2026-02-28T23:59:59.123456789Z",
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59.500Z"
        ])),
        Type::Duration => json!(random.of(&["0s", "3s", "-3s", "1.500s", "-0.000000001s"])),
        Type::FieldMask => json!(random.of(&["name", "displayName,tuningTask.snapshots"])),
        Type::Date => json!("2026-07-17"),
        Type::Any => anything(random, 2),
        Type::Object => Value::Object(object(random, 2)),
        Type::Nullable(_) if random.below(3) == 0 => Value::Null,
        Type::Nullable(inner) => value(api, inner, random, depth),
        Type::List(inner) => {
            (0..random.below(3)).map(|_| value(api, inner, random, depth + 1)).collect::<Vec<_>>().into()
        }
        Type::Map(inner) => {
            let keys = (0..random.below(3)).map(|i| format!("key {i}")).collect::<Vec<_>>();
            keys.into_iter().map(|key| (key, value(api, inner, random, depth + 1))).collect::<Map<_, _>>().into()
        }
        Type::Schema(name) => match &api.schemas[name].shape {
            Shape::Message(message) => Value::Object(self::message(api, message, random, depth)),
            Shape::Enum(enumeration) => {
                let names: Vec<&str> = enumeration.values.iter().map(|value| value.name.as_str()).collect();
                json!(random.of(&names))
            }
            Shape::Alias(_) => unreachable!("`resolve` follows aliases"),
            Shape::OneOf(_) => unreachable!("Discovery documents have no choices"),
        },
    }
}

fn message(api: &Api, message: &Message, random: &mut Random, depth: usize) -> Map<String, Value> {
    let mut out = Map::new();
    if depth >= DEPTH {
        return out;
    }
    let chosen: Vec<&String> =
        message.unions.values().map(|union| &union.members[random.below(union.members.len())]).collect();
    for (key, field) in &message.fields {
        let is_set = if message.unions.of(key).is_some() { chosen.contains(&key) } else { random.below(3) > 0 };
        if is_set {
            out.insert(key.clone(), value(api, &field.ty, random, depth + 1));
        }
    }
    out
}

fn anything(random: &mut Random, depth: usize) -> Value {
    match random.below(if depth == 0 { 4 } else { 6 }) {
        0 => Value::Null,
        1 => json!(random.of(&[true, false])),
        2 => random.of(&[json!(0.0), json!(-7.0), json!(0.25), json!(1e300)]),
        3 => json!(random.of(&AWKWARD)),
        4 => (0..random.below(3)).map(|_| anything(random, depth - 1)).collect::<Vec<_>>().into(),
        _ => Value::Object(object(random, depth - 1)),
    }
}

fn object(random: &mut Random, depth: usize) -> Map<String, Value> {
    (0..random.below(3)).map(|i| (format!("key{i}"), anything(random, depth))).collect()
}
