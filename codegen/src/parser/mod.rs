//! Documents as they are written, and how each format becomes the model.
//!
//! Anyone who adds a format adds a folder here; nothing after this step knows which it was.

pub mod discovery;
mod json;
pub(crate) mod lowering;
pub(crate) mod names;
pub mod openapi;
pub mod overlay;
mod unique;

pub use unique::UniqueMap;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Api;
use crate::source::Source;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use std::borrow::Cow;
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
    let (mut api, sources) = match format(&source.text) {
        Some(Format::Discovery) => (discovery::read(source)?, vec![source.clone()]),
        Some(Format::OpenApi) => openapi::read_all(source)?,
        None => return Err(unknown(source)),
    };
    names::clean(&mut api);
    Ok((api, sources))
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
    let openapi = (text.contains("\"openapi\"") || text.contains("\"swagger\""))
        && first_known_key(text).unwrap_or_else(|| !text.contains("\"rootUrl\""));
    Some(if openapi { Format::OpenApi } else { Format::Discovery })
}

/// Whether the first key at the top of JSON that only one format has is OpenAPI's. What comes after it is not read; a
/// document that is broken is told by its reader, with the place.
fn first_known_key(text: &str) -> Option<bool> {
    struct Top<'a>(&'a mut Option<bool>);
    impl<'de> Visitor<'de> for Top<'_> {
        type Value = ();
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("an object")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
            while self.0.is_none() {
                match map.next_key::<Cow<'_, str>>()?.as_deref() {
                    Some("openapi" | "swagger") => *self.0 = Some(true),
                    Some("discoveryVersion" | "rootUrl") => *self.0 = Some(false),
                    Some(_) => drop(map.next_value::<IgnoredAny>()?),
                    None => break,
                }
            }
            Ok(())
        }
    }
    let mut found = None;
    // It is an error that not all of it is read, and no fault.
    let _ = serde_json::Deserializer::from_str(text).deserialize_map(Top(&mut found));
    found
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
