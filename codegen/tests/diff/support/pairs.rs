//! Pairs of OpenAPI documents with their findings.

use super::examples::edit;
use discovery_codegen::diff::{Report, diff};
use discovery_codegen::model::Api;
use discovery_codegen::parser;
use discovery_codegen::rust::naming::Names;
use discovery_codegen::source::Source;
use serde_json::Value;
use std::sync::Arc;

/// Edit for OpenAPI 3.1.
pub const V31: &str = r#"/openapi = "3.1.0""#;

/// Findings of a pair of documents in both directions: one document, [`pets`], with two sets of edits.
pub struct Pair {
    pub old: &'static [&'static str],
    pub new: &'static [&'static str],
    /// Findings from old to new: rule and wire verdict.
    pub forward: &'static [&'static str],
    /// Findings from new to old.
    pub backward: &'static [&'static str],
}

impl Pair {
    /// Returns a pair whose properties are reported as removed and added, not as renamed.
    pub fn replaced(old: &'static [&'static str], new: &'static [&'static str]) -> Self {
        let findings = &["property-added safe", "property-removed breaking"];
        Self { old, new, forward: findings, backward: findings }
    }
}

/// Returns the document that pairs edit.
pub fn pets() -> Value {
    serde_json::from_str(include_str!("../../documents/diff/pets.json")).unwrap()
}

/// Returns the model of the edited document.
pub fn model(edits: &[&str]) -> Api {
    // The version is a separate edit, since the spellings of 3.0 and 3.1 are compared.
    let text = edit(pets(), edits).to_string();
    parser::read(&Arc::new(Source::new("pets.json", text))).unwrap_or_else(|errors| panic!("{edits:?}: {errors}"))
}

/// Returns the rule and the wire verdict of each finding.
pub fn findings(report: &Report) -> Vec<String> {
    let mut found: Vec<String> =
        report.findings.iter().map(|finding| format!("{} {}", finding.change.rule.id, finding.change.wire)).collect();
    found.sort();
    found
}

/// Compares the document with one edit and with another one, in both directions.
#[track_caller]
pub fn both_ways(old: &str, new: &str, forward: &[&str], backward: &[&str]) {
    let (a, b) = (model(&[old]), model(&[new]));
    for (from, to, expected) in [(&a, &b, forward), (&b, &a, backward)] {
        let report = diff(from, to, &[], &Names::default());
        let messages: Vec<&str> = report.findings.iter().map(|finding| finding.change.message.as_str()).collect();
        assert_eq!(findings(&report), expected, "{old}\n{new}\n{messages:#?}");
    }
}

/// Compares each pair in both directions.
#[track_caller]
pub fn check(pairs: &[Pair]) {
    for Pair { old, new, forward, backward } in pairs {
        let (a, b) = (model(old), model(new));
        for (from, to, expected) in [(&a, &b, forward), (&b, &a, backward)] {
            let report = diff(from, to, &[], &Names::default());
            let messages: Vec<&str> = report.findings.iter().map(|finding| finding.change.message.as_str()).collect();
            assert_eq!(findings(&report), *expected, "{old:?} and {new:?}\n{messages:#?}");
        }
    }
}
