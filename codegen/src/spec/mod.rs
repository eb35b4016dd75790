//! Documents as they are written, and how each format becomes the model.
//!
//! Anyone who adds a format adds a folder here; nothing after this step knows which it was.

mod behavior;
pub mod discovery;
mod json;
pub mod openapi;
pub mod overlay;
pub(crate) mod paths;
mod unique;

pub use unique::UniqueMap;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Api;
use crate::source::Source;
use std::sync::Arc;

/// Reads a document of any format that is known, told by its content.
///
/// # Errors
/// Everything that is wrong with it, each with its place.
pub fn read(source: &Arc<Source>) -> Result<Api, Diagnostics> {
    let (api, _) = read_all(source)?;
    Ok(api)
}

/// Reads a document, and gives the texts that it is made of: its own first, then those that it refers to.
///
/// # Errors
/// Everything that is wrong with it, each with its place.
pub fn read_all(source: &Arc<Source>) -> Result<(Api, Vec<Arc<Source>>), Diagnostics> {
    match format(&source.text) {
        Some(Format::Discovery) => Ok((discovery::read(source)?, vec![source.clone()])),
        Some(Format::OpenApi) => openapi::read_all(source),
        None => Err(unknown(source)),
    }
}

/// The formats that documents are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Google's API Discovery Service.
    Discovery,
    /// OpenAPI 3.0 or 3.1.
    OpenApi,
}

/// Tells the format from the content: the keys at the top of the document.
fn format(text: &str) -> Option<Format> {
    let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if !start.starts_with('{') {
        // YAML may quote its keys; Swagger is what OpenAPI was called before its version 3.
        let quotes = ['"', '\''];
        let openapi = text.lines().map(|line| line.trim_start_matches(quotes)).any(|line| {
            let rest = line.strip_prefix("openapi").or_else(|| line.strip_prefix("swagger"));
            rest.is_some_and(|rest| rest.trim_start_matches(quotes).trim_start().starts_with(':'))
        });
        return openapi.then_some(Format::OpenApi);
    }
    /// The one key that decides; a document that is broken further on is told by its reader, with the place.
    #[derive(serde::Deserialize)]
    struct Top {
        openapi: Option<serde::de::IgnoredAny>,
        swagger: Option<serde::de::IgnoredAny>,
    }
    let openapi = (text.contains("\"openapi\"") || text.contains("\"swagger\""))
        && serde_json::from_str::<Top>(text)
            .map_or(!text.contains("\"rootUrl\""), |top| top.openapi.is_some() || top.swagger.is_some());
    Some(if openapi { Format::OpenApi } else { Format::Discovery })
}

fn unknown(source: &Arc<Source>) -> Diagnostics {
    let message = match source.text.trim() {
        "" => "this document is empty",
        _ => "this is neither a Discovery nor an OpenAPI document",
    };
    Diagnostic::error(message)
        .in_source(source)
        .help(
            "a Discovery document is JSON with `rootUrl` and `schemas`; an OpenAPI document has `openapi` and `paths`",
        )
        .into()
}
