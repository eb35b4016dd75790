//! What several tests of `diff` need.
#![allow(dead_code, unreachable_pub)]

pub mod probe;
pub mod real;

use discovery_codegen::model::Api;
use discovery_codegen::passes::{operations, pagination};
use discovery_codegen::source::Source;
use discovery_codegen::spec;
use serde_json::Value;
use std::sync::Arc;

/// The small document that rules are shown with.
pub fn garden() -> Value {
    serde_json::from_str(include_str!("../documents/diff/garden.json")).expect("it is JSON")
}

/// A document as the model that diff compares.
pub fn model(document: &Value) -> Api {
    read(&Arc::new(Source::new("document", document.to_string())))
}

/// A document as the model that diff compares.
pub fn read(source: &Arc<Source>) -> Api {
    let api = spec::read(source).unwrap_or_else(|faults| panic!("{}", faults.render(false)));
    operations::infer(pagination::infer(api))
}

/// A document with some values set, or taken away with `null`: `/schemas/Plant/properties/label = null`.
pub fn edit(mut document: Value, edits: &[&str]) -> Value {
    for edit in edits {
        let (pointer, value) = edit.split_once(" = ").expect("an edit is `pointer = value`");
        let value: Value = serde_json::from_str(value).unwrap_or_else(|error| panic!("{edit}: {error}"));
        let (parent, key) = pointer.rsplit_once('/').expect("a pointer has a slash");
        let parent = document.pointer_mut(parent).unwrap_or_else(|| panic!("nothing at {parent}"));
        let key = key.replace("~1", "/").replace("~0", "~");
        let object = parent.as_object_mut().expect("an object");
        match value {
            Value::Null => assert!(object.remove(&key).is_some(), "nothing at {pointer}"),
            value => {
                object.insert(key, value);
            }
        }
    }
    document
}
