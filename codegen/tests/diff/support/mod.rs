//! Shared code of the tests of `diff`.
#![allow(dead_code, unreachable_pub)]

pub mod desk;
pub mod examples;
pub mod pairs;
#[path = "../../support/real.rs"]
pub mod real;
pub mod rule_examples;

use discovery_codegen::model::Api;
use discovery_codegen::parser;
use discovery_codegen::passes::{operations, pagination};
use discovery_codegen::source::Source;
use std::sync::Arc;

/// Reads a document as the model that `diff` compares.
pub fn read(source: &Arc<Source>) -> Api {
    let api = parser::read(source).unwrap_or_else(|faults| panic!("{}", faults.render(false)));
    operations::infer(pagination::infer(api))
}
