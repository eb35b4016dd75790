//! Unknown keys, enum values and union members are preserved at any depth of any message, by the codec and by serde.

use conformance::canonical::{canonical, same};
use conformance::{codec, project};
use discovery_codegen::model::{Api, Int, Message, Shape, Type};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Choices from which a message is built. Fewer and smaller ones build a smaller message, so that failures shrink.
struct Choices<'a>(std::slice::Iter<'a, u8>);

impl Choices<'_> {
    fn next(&mut self) -> usize {
        self.0.next().copied().unwrap_or(0).into()
    }

    fn of<T: Clone>(&mut self, values: &[T]) -> T {
        values[self.next() % values.len()].clone()
    }
}

/// Builds a message of a schema, with many unknown keys and values.
fn message(api: &Api, message: &Message, choices: &mut Choices<'_>, depth: usize) -> Value {
    let mut out = Map::new();
    for (key, field) in &message.fields {
        if message.unions.of(key).is_none() && choices.next() % 3 == 1 {
            out.insert(key.clone(), value(api, &field.ty, choices, depth));
        }
    }
    for union in message.unions.values() {
        // Two members of a union that no proto declares may be set together: an invalid overlay loses no data.
        let members = if union.is_strict() { choices.next() % 2 } else { choices.next() % 3 };
        for _ in 0..members {
            let key = choices.of(&union.members);
            out.insert(key.clone(), value(api, &message.fields[&key].ty, choices, depth));
        }
    }
    for key in ["newKey", "new_member", "Ünknown \"key\"", ""] {
        if choices.next() % 4 == 1 {
            out.insert(key.to_owned(), anything(choices, 3));
        }
    }
    Value::Object(out)
}

fn value(api: &Api, ty: &Type, choices: &mut Choices<'_>, depth: usize) -> Value {
    match api.resolve(ty) {
        Type::Bool => json!(choices.of(&[false, true])),
        Type::String => json!(choices.of(&["", "text", "\"quoted\"\\\n\u{1f600}", "null"])),
        Type::Int(Int::I32) => json!(choices.of(&[0, 1, i32::MIN, i32::MAX])),
        Type::Int(Int::U32) => json!(choices.of(&[0, u32::MAX])),
        Type::Int(Int::I64) => json!(choices.of(&["0", "-9223372036854775808", "9223372036854775807"])),
        Type::Int(Int::U64) => json!(choices.of(&["0", "18446744073709551615"])),
        Type::Int(Int::I64Number) => json!(choices.of(&[0, i64::MIN, i64::MAX])),
        Type::Int(Int::U64Number) => json!(choices.of(&[0, u64::MAX])),
        Type::Float => choices.of(&[json!(0), json!(0.5), json!(-1.25e10), json!("Infinity")]),
        Type::Double => choices.of(&[json!(0), json!(0.1), json!(1e300), json!("-Infinity")]),
        Type::Bytes | Type::UrlSafeBytes | Type::File => json!(choices.of(&["", "AA==", "3q2+7w=="])),
        Type::Timestamp | Type::DateTime => {
            json!(choices.of(&["1970-01-01T00:00:00Z", "2026-02-28T23:59:59.123456789Z"]))
        }
        Type::Duration => json!(choices.of(&["0s", "3s", "-3s"])),
        Type::FieldMask => json!(choices.of(&["", "name", "displayName,tuningTask.snapshots"])),
        Type::Date => json!("2026-07-17"),
        Type::Any => anything(choices, 2),
        Type::Object => Value::Object(object(choices, 2)),
        Type::Nullable(_) if choices.next().is_multiple_of(3) => Value::Null,
        Type::Nullable(inner) => value(api, inner, choices, depth),
        Type::List(inner) => {
            (0..choices.next() % 3).map(|_| value(api, inner, choices, depth + 1)).collect::<Vec<_>>().into()
        }
        Type::Map(inner) => {
            let keys = (0..choices.next() % 3).map(|i| format!("key {i}"));
            keys.map(|key| (key, value(api, inner, choices, depth + 1))).collect::<Map<_, _>>().into()
        }
        Type::Schema(name) => match &api.schemas[name].shape {
            Shape::Message(_) if depth > 12 => json!({}),
            Shape::Message(message) => self::message(api, message, choices, depth + 1),
            Shape::Enum(enumeration) => {
                let mut values: Vec<&str> = enumeration.values.iter().map(|value| value.name.as_str()).collect();
                values.push("BRAND_NEW");
                json!(choices.of(&values))
            }
            Shape::Alias(_) => unreachable!("`resolve` follows aliases"),
            Shape::OneOf(_) => unreachable!("none of the three documents has one"),
        },
    }
}

fn anything(choices: &mut Choices<'_>, depth: usize) -> Value {
    match choices.next() % if depth == 0 { 4 } else { 6 } {
        0 => Value::Null,
        1 => json!(choices.of(&[true, false])),
        2 => choices.of(&[json!(0), json!(-7), json!(0.25), json!(u64::MAX)]),
        3 => json!(choices.of(&["", "text", "\u{7f}\\"])),
        4 => (0..choices.next() % 3).map(|_| anything(choices, depth - 1)).collect::<Vec<_>>().into(),
        _ => Value::Object(object(choices, depth - 1)),
    }
}

fn object(choices: &mut Choices<'_>, depth: usize) -> Map<String, Value> {
    (0..choices.next() % 3).map(|i| (format!("key{i}"), anything(choices, depth))).collect()
}

#[test]
fn every_type_preserves_unknown_values() {
    let apis: BTreeMap<&str, Api> = project::DOCUMENTS.iter().map(|name| (*name, project::api(name))).collect();
    let codecs = codec::all();
    assert!(codecs.len() > 300, "{}", codecs.len());
    let unknown_keys = std::cell::Cell::new(0);
    for codec in codecs {
        let api = &apis[codec.document.replace(':', ".").as_str()];
        let Shape::Message(schema) = &api.schemas[codec.schema].shape else { panic!("{}", codec.schema) };
        let config = Config { cases: 24, failure_persistence: None, ..Config::default() };
        let mut runner = TestRunner::new(config);
        let result = runner.run(&prop::collection::vec(any::<u8>(), 0..600), |choices| {
            let sent = message(api, schema, &mut Choices(choices.iter()), 0);
            let (wanted, unknown) = canonical(api, codec.schema, &sent);
            unknown_keys.set(unknown_keys.get() + unknown.len());
            let text = sent.to_string();
            let (fast, serde) = ((codec.fast)(&text), (codec.serde)(&text));
            let (Ok(fast), Ok(serde)) = (&fast, &serde) else {
                return Err(TestCaseError::fail(format!("{text}\n{fast:?}\n{serde:?}")));
            };
            let encoded: Value = serde_json::from_str(&fast.json).unwrap();
            prop_assert!(same(&encoded, &wanted), "sent\n{sent}\ngot\n{encoded}\nwanted\n{wanted}");
            prop_assert_eq!(&fast.debug, &serde.debug);
            let encoded: Value = serde_json::from_str(&serde.json).unwrap();
            prop_assert!(same(&encoded, &wanted), "serde: sent\n{sent}\ngot\n{encoded}\nwanted\n{wanted}");
            Ok(())
        });
        result.unwrap_or_else(|error| panic!("{} {}: {error}", codec.document, codec.schema));
    }
    assert!(unknown_keys.get() > 5_000, "only {} unknown keys were sent", unknown_keys.get());
}
