//! Documents with shuffled keys.

use crate::random::Random;
use discovery_codegen::pipeline::{self, Input};
use discovery_codegen::rust::Bindings;
use discovery_codegen::rust::naming::Names;
use discovery_codegen::source::Source;
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;

/// Generates the bindings of a document after a change to its text.
///
/// # Panics
/// When the document is invalid.
pub fn bindings(document: &Path, change: impl Fn(&str) -> String) -> Bindings {
    let mut input = Input::read(document, None).unwrap_or_else(|error| panic!("{error}"));
    input.document = Arc::new(Source::new(input.document.name.clone(), change(&input.document.text)));
    let output = pipeline::generate(&input, &[], &Names::default()).unwrap_or_else(|errors| panic!("{errors}"));
    output.part.bindings
}

/// Returns a JSON text with the keys of every object in another order.
///
/// # Panics
/// When the text is not JSON.
pub fn keys(text: &str, seed: u64) -> String {
    let value: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}"));
    let mut out = String::new();
    write(&value, &mut Random(seed), &mut out);
    out
}

fn write(value: &Value, random: &mut Random, out: &mut String) {
    match value {
        Value::Object(entries) => {
            let mut entries: Vec<_> = entries.iter().collect();
            for last in (1..entries.len()).rev() {
                entries.swap(last, random.below(last + 1));
            }
            out.push('{');
            for (index, (key, value)) in entries.into_iter().enumerate() {
                out.push_str(if index == 0 { "" } else { ",\n" });
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                write(value, random, out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { "," });
                write(item, random, out);
            }
            out.push(']');
        }
        other => out.push_str(&other.to_string()),
    }
}
