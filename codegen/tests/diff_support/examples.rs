//! The documents that rules are shown with, and the edits that show them.

use discovery_codegen::diff::rules::Rule;
use discovery_codegen::diff::{Bump, WireCompatibility};
use discovery_codegen::pipeline::{Input, Mode};
use discovery_codegen::source::Source;
use serde_json::Value;
use std::sync::Arc;

/// Document that an example edits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// `documents/diff/garden.json`, a Discovery document.
    Document,
    /// Overlay of that document, `garden.overlay.toml`.
    Overlay,
    /// `nursery.json`, an OpenAPI document.
    OpenApi,
}

/// Edits of a document, and one change that they make.
#[derive(Debug)]
pub struct Example {
    /// Edited document.
    pub base: Base,
    /// Edits: `/schemas/Plant/properties/label = {"type": "string"}`; `null` removes.
    pub edits: &'static [&'static str],
    /// Subject of the change.
    pub subject: &'static str,
    /// Verdict on the wire.
    pub wire: WireCompatibility,
    /// Verdict in Rust.
    pub rust: Bump,
}

/// Rule with its examples.
pub type RuleExamples = (&'static Rule, &'static [Example]);

/// The small document that most rules are shown with.
pub fn garden() -> Value {
    serde_json::from_str(include_str!("../documents/diff/garden.json")).expect("it is JSON")
}

/// One in OpenAPI's format, for what Discovery has no words for.
fn nursery() -> Value {
    serde_json::from_str(include_str!("../documents/diff/nursery.json")).expect("it is JSON")
}

fn overlay() -> Value {
    toml::from_str(include_str!("../documents/diff/garden.overlay.toml")).expect("it is TOML")
}

/// Returns the input that an example edits.
pub fn before(base: Base) -> Input {
    match base {
        Base::Document | Base::Overlay => input(&garden(), Some(&overlay())),
        Base::OpenApi => input(&nursery(), None),
    }
}

/// The same after its edits.
pub fn after(example: &Example) -> Input {
    match example.base {
        Base::Document => input(&edit(garden(), example.edits), Some(&overlay())),
        Base::Overlay => input(&garden(), Some(&edit(overlay(), example.edits))),
        Base::OpenApi => input(&edit(nursery(), example.edits), None),
    }
}

fn input(document: &Value, overlay: Option<&Value>) -> Input {
    let overlay = overlay.map(|overlay| toml::to_string(overlay).expect("an overlay is TOML"));
    Input {
        document: Arc::new(Source::new("document.json", document.to_string())),
        overlay: overlay.map(|text| Arc::new(Source::new("document.overlay.toml", text))),
        ref_folders: Vec::new(),
    }
}

/// Both revisions as the models that are compared.
pub fn models(example: &Example) -> [discovery_codegen::model::Api; 2] {
    [before(example.base), after(example)].map(|input| {
        let (api, _) = input.api(Mode::Lenient).unwrap_or_else(|faults| panic!("{:?}\n{faults}", example.edits));
        api
    })
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
