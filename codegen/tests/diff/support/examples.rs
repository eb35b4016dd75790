//! Documents and edits of the examples of rules.

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

/// Edits of a document, and one change that results.
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

/// Returns the small document of most examples.
pub fn garden() -> Value {
    serde_json::from_str(include_str!("../../documents/diff/garden.json")).expect("the document is JSON")
}

/// Returns an OpenAPI document, for constructs that Discovery lacks.
fn nursery() -> Value {
    serde_json::from_str(include_str!("../../documents/diff/nursery.json")).expect("the document is JSON")
}

fn overlay() -> Value {
    toml::from_str(include_str!("../../documents/diff/garden.overlay.toml")).expect("the overlay is TOML")
}

/// Returns the input that an example edits.
pub fn before(base: Base) -> Input {
    match base {
        Base::Document | Base::Overlay => input(&garden(), Some(&overlay())),
        Base::OpenApi => input(&nursery(), None),
    }
}

/// Returns the input after the edits.
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

/// Returns the models of both revisions.
pub fn models(example: &Example) -> [discovery_codegen::model::Api; 2] {
    [before(example.base), after(example)].map(|input| {
        let (api, _) = input.api(Mode::Lenient).unwrap_or_else(|faults| panic!("{:?}\n{faults}", example.edits));
        api
    })
}

/// Returns a document with some values set, or removed with `null`: `/schemas/Plant/properties/label = null`.
pub fn edit(mut document: Value, edits: &[&str]) -> Value {
    for edit in edits {
        let (pointer, value) = edit.split_once(" = ").expect("an edit is `pointer = value`");
        let value: Value = serde_json::from_str(value).unwrap_or_else(|error| panic!("{edit}: {error}"));
        let (parent, key) = pointer.rsplit_once('/').expect("a pointer has a slash");
        let parent = document.pointer_mut(parent).unwrap_or_else(|| panic!("missing {parent}"));
        let key = key.replace("~1", "/").replace("~0", "~");
        let object = parent.as_object_mut().expect("an object");
        match value {
            Value::Null => assert!(object.remove(&key).is_some(), "missing {pointer}"),
            value => {
                object.insert(key, value);
            }
        }
    }
    document
}
