//! Example of each rule: edits of a small document, the subject of the change that they make, and its verdicts.

mod discovery;
mod openapi;

use super::examples::{Base, Example, RuleExamples};
use discovery_codegen::diff::{Bump, WireCompatibility};

const fn discovery(
    edits: &'static [&'static str],
    subject: &'static str,
    wire: WireCompatibility,
    rust: Bump,
) -> Example {
    Example { base: Base::Document, edits, subject, wire, rust }
}

const fn overlay(
    edits: &'static [&'static str],
    subject: &'static str,
    wire: WireCompatibility,
    rust: Bump,
) -> Example {
    Example { base: Base::Overlay, edits, subject, wire, rust }
}

const fn openapi(
    edits: &'static [&'static str],
    subject: &'static str,
    wire: WireCompatibility,
    rust: Bump,
) -> Example {
    Example { base: Base::OpenApi, edits, subject, wire, rust }
}

/// Returns the examples of every rule.
pub fn examples() -> impl Iterator<Item = &'static RuleExamples> {
    discovery::EXAMPLES.iter().chain(openapi::EXAMPLES)
}
