//! Comparison with Google's protobuf runtime for Python: each side decodes the JSON that the other side encodes, to an
//! equal message.

mod reference_runtime;
mod variants;

use conformance::random::Random;
use conformance::{codec, figure, project, sample};
use discovery_codegen::model::{Api, Shape, Type};
use reference_runtime::{Known, Pair, Read, ReferenceRuntime};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Number of messages of each type.
const COUNT: usize = 12;

/// Kind of a pair of texts.
enum Origin {
    /// Text of the runtime, and its encoding by the bindings.
    Theirs,
    /// Text of the bindings, twice.
    Ours,
}

#[test]
fn messages_are_the_same_both_ways() {
    let apis: BTreeMap<&str, Api> = project::DOCUMENTS.iter().map(|name| (*name, project::api(name))).collect();
    let schemas = apis.iter().map(|(document, api)| {
        let is_message = |schema: &&str| matches!(api.schemas[*schema].shape, Shape::Message(_));
        (*document, api.schemas.keys().map(String::as_str).filter(is_message).collect::<Vec<_>>())
    });
    let schemas: BTreeMap<&str, Vec<&str>> = schemas.collect();
    let (runtime, known) = ReferenceRuntime::start(COUNT, &schemas);

    let mut random = Random(7);
    let (mut pairs, mut origins, mut types) = (Vec::new(), Vec::new(), 0);
    for (document, messages) in &known {
        for (schema, message) in messages {
            let codec = codec::find(document, schema);
            types += 1;
            for text in &message.texts {
                let other = (codec.fast)(text).unwrap_or_else(|e| panic!("{document} {schema}: {e}\n{text}")).json;
                pairs.push(Pair { document, schema, one: text.clone(), other });
                origins.push(Origin::Theirs);
            }
            for _ in 0..COUNT {
                let ty = Type::Schema(schema.clone());
                let ours = sample::value(&apis[document.as_str()], &ty, &mut random, 0);
                let ours = shared(&apis[document.as_str()], &ty, &ours, &known[document]).unwrap();
                let text =
                    (codec.fast)(&ours.to_string()).unwrap_or_else(|e| panic!("{document} {schema}: {e}\n{ours}")).json;
                pairs.push(Pair { document, schema, one: text.clone(), other: text });
                origins.push(Origin::Ours);
            }
        }
    }

    let verdicts = runtime.compare(&pairs);
    assert_eq!(verdicts.len(), pairs.len());
    let mut wrong = Vec::new();
    for ((pair, origin), verdict) in pairs.iter().zip(&origins).zip(&verdicts) {
        let back = match &verdict.one {
            Read::Json(text) => (codec::find(pair.document, pair.schema).fast)(text).map(|decoded| decoded.json),
            Read::Error(error) => Err(error.clone()),
        };
        let is_right = verdict.same
            && match origin {
                Origin::Theirs => true,
                Origin::Ours => back.as_ref().is_ok_and(|back| {
                    let [sent, back] = [&pair.one, back].map(|text| serde_json::from_str(text).unwrap());
                    same_but_for_defaults(&sent, &back)
                }),
            };
        if !is_right {
            wrong.push(format!(
                "{} {}\n  {}\n  {}\n  {back:?} {:?}",
                pair.document, pair.schema, pair.one, pair.other, verdict.other
            ));
        }
    }
    let (count, listed) = (wrong.len(), wrong.iter().take(10).map(String::as_str).collect::<Vec<_>>());
    assert!(wrong.is_empty(), "{count} of {} differ\n{}", pairs.len(), listed.join("\n"));
    figure::print(&format!("messages: {} of {types} types compared with Google's protobuf runtime", pairs.len()));
    let unknown: usize = schemas.iter().map(|(document, schemas)| schemas.len() - known[*document].len()).sum();
    figure::print(&format!("messages: {unknown} types of the documents are missing in the protobuf packages"));
    assert!(types > 290, "{types}");
}

/// Returns the part of a value that both sides know, one of which is older; `None` if there is none.
fn shared(api: &Api, ty: &Type, value: &Value, known: &BTreeMap<String, Known>) -> Option<Value> {
    match (api.resolve(ty), value) {
        (Type::List(inner), Value::Array(items)) => {
            Some(items.iter().filter_map(|item| shared(api, inner, item, known)).collect())
        }
        (Type::Map(inner), Value::Object(entries)) => {
            let entry = |(key, value): (&String, &Value)| Some((key.clone(), shared(api, inner, value, known)?));
            Some(Value::Object(entries.iter().filter_map(entry).collect()))
        }
        (Type::Schema(name), Value::Object(entries)) => {
            let Shape::Message(message) = &api.schemas[name].shape else { return None };
            let keys = &known.get(name)?.keys;
            let mut out = Map::new();
            for (key, value) in entries {
                let names = match keys.get(key) {
                    None => continue,
                    Some(names) => names.as_deref().unwrap_or_default(),
                };
                let is_known =
                    |value: &Value| names.is_empty() || value.as_str().is_some_and(|v| names.iter().any(|n| n == v));
                let value = match value {
                    Value::Array(items) => items.iter().filter(|item| is_known(item)).cloned().collect(),
                    value if is_known(value) => value.clone(),
                    _ => continue,
                };
                if let Some(value) = shared(api, &message.fields[key].ty, &value, known) {
                    out.insert(key.clone(), value);
                }
            }
            Some(Value::Object(out))
        }
        (_, value) => Some(value.clone()),
    }
}

/// Returns `true` if two values are equal except for default values, which fields without `optional` in the proto do
/// not preserve.
fn same_but_for_defaults(sent: &Value, back: &Value) -> bool {
    match (sent, back) {
        (Value::Object(sent), Value::Object(back)) => {
            let is_default = |value: &Value| match value {
                Value::Bool(value) => !value,
                Value::Number(number) => number.as_f64() == Some(0.0),
                Value::String(text) => text.is_empty() || text == "0" || text.ends_with("UNSPECIFIED"),
                Value::Array(items) => items.is_empty(),
                // A map; empty messages are preserved.
                Value::Object(entries) => entries.is_empty(),
                Value::Null => false,
            };
            back.keys().all(|key| sent.contains_key(key))
                && sent.iter().all(|(key, sent)| match back.get(key) {
                    Some(back) => same_but_for_defaults(sent, back),
                    None => is_default(sent),
                })
        }
        (Value::Array(sent), Value::Array(back)) => {
            sent.len() == back.len() && sent.iter().zip(back).all(|(sent, back)| same_but_for_defaults(sent, back))
        }
        (Value::Number(sent), Value::Number(back)) => sent.as_f64() == back.as_f64(),
        _ => sent == back,
    }
}
