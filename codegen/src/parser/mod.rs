//! Parsers: one for each format of documents, each of which returns the model.
//!
//! A new format is a new folder here. Later steps do not know which format a document had.

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
use crate::source::files::Folders;
use crate::source::is_json;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use std::borrow::Cow;
use std::sync::Arc;

/// Model of a document, with its texts and warnings.
#[derive(Clone, Debug)]
pub struct Document {
    /// Model of the document.
    pub api: Api,
    /// The texts that the document consists of: its own first, then those of the files that it refers to.
    pub sources: Vec<Arc<Source>>,
    /// Invalid parts of the document, which are left out or read as any JSON value.
    pub warnings: Vec<Diagnostic>,
}

/// Reads a document of any known format, which is recognized by its content. Files that it refers to are read within
/// its own folder.
///
/// # Errors
/// Everything that is invalid, each with its place.
pub fn read(source: &Arc<Source>) -> Result<Api, Diagnostics> {
    Ok(read_document(source, &Folders::of(source, &[]))?.api)
}

/// Reads a document of any known format, with the files that it refers to within the folders.
///
/// # Errors
/// Everything that is invalid, each with its place.
pub fn read_document(source: &Arc<Source>, folders: &Folders) -> Result<Document, Diagnostics> {
    let mut document = match format(&source.text) {
        Some(Format::Discovery) => {
            Document { api: discovery::read(source)?, sources: vec![source.clone()], warnings: Vec::new() }
        }
        Some(Format::OpenApi) => openapi::read(source, folders)?,
        None => return Err(unknown(source)),
    };
    lowering::methods::lists_of_repeated(&mut document.api);
    names::clean(&mut document.api);
    Ok(document)
}

/// Formats of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Google's API Discovery Service.
    Discovery,
    /// OpenAPI 3.
    OpenApi,
}

/// Returns the format, by the keys at the top of the document.
pub(crate) fn format(text: &str) -> Option<Format> {
    let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if !start.starts_with('{') || !is_json(text) {
        // YAML may quote its keys. Swagger is the name of OpenAPI before version 3.
        let quotes = ['"', '\''];
        let has_line = text.lines().map(|line| line.trim_start_matches(quotes)).any(|line| {
            let rest = line.strip_prefix("openapi").or_else(|| line.strip_prefix("swagger"));
            rest.is_some_and(|rest| rest.trim_start_matches(quotes).trim_start().starts_with(':'))
        });
        if has_line || openapi::has_version(text) {
            return Some(Format::OpenApi);
        }
        // Invalid JSON, with single quotes or without quotes.
        return start.starts_with('{').then_some(Format::Discovery);
    }
    let openapi = (text.contains("\"openapi\"") || text.contains("\"swagger\""))
        && first_known_key(text).unwrap_or_else(|| !text.contains("\"rootUrl\""));
    if openapi {
        return Some(Format::OpenApi);
    }
    // Any other JSON is not a Discovery document; invalid JSON is reported with its place by that parser.
    let has_any = KEYS_OF_DISCOVERY.iter().any(|key| text.contains(&format!("\"{key}\"")));
    let is_valid = || serde_json::from_str::<IgnoredAny>(start).is_ok();
    (has_any || !is_valid()).then_some(Format::Discovery)
}

/// Keys of Discovery documents, of which the smallest has one.
const KEYS_OF_DISCOVERY: [&str; 8] =
    ["name", "version", "rootUrl", "baseUrl", "discoveryVersion", "schemas", "resources", "methods"];

/// Returns `true` if the first key at the top of JSON that only one format has is OpenAPI's. The rest is not read:
/// errors are reported by the parser of the format, with their place.
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
    // Stopping early is an error of the deserializer, and intended here.
    let _ = serde_json::Deserializer::from_str(text).deserialize_map(Top(&mut found));
    found
}

fn unknown(source: &Arc<Source>) -> Diagnostics {
    let formats =
        "a Discovery document is JSON with `rootUrl` and `schemas`; an OpenAPI document has `openapi` and `paths`";
    let (message, help) = match source.text.trim() {
        "" => ("the document is empty", formats),
        text if text.starts_with("version https://git-lfs.github.com/") => {
            ("the document is a pointer of Git LFS, without the content", "download the content with `git lfs pull`")
        }
        text if text.starts_with('<') => {
            ("the document is HTML or XML", "check its URL: it may be that of a web page or of a login")
        }
        _ => ("unknown format: neither a Discovery nor an OpenAPI document", formats),
    };
    Diagnostic::error(message).in_source(source).help(help).into()
}
