//! Google's API Discovery Service.

pub mod document;
mod lower;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Api;
use crate::parser::json;
use crate::source::Source;
use std::sync::Arc;

pub(crate) use lower::Lowering;

/// Reads a document.
///
/// # Errors
/// Everything that is wrong with it, each with its place.
pub fn read(source: &Arc<Source>) -> Result<Api, Diagnostics> {
    let document = parse(source)?;
    lower::lower(&document, source)
}

/// Deserializes a document.
///
/// # Errors
/// The first value that is not JSON, or not of the type of its key.
pub fn parse(source: &Arc<Source>) -> Result<document::Document, Diagnostic> {
    json::parse(source)
}
