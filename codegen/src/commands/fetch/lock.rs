//! `spec.lock`: which documents were fetched, from where, and what they were.

use super::documents::Wanted;
use crate::diagnostic::Diagnostic;
use crate::source::Source;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The documents of a folder that came from the network.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    /// Each by what its file is called, less the ending.
    #[serde(default)]
    pub documents: BTreeMap<String, Entry>,
}

/// Where a document came from, and what it was.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Where it is.
    pub url: String,
    /// The server's own mark of the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// The SHA-256 of the text, in hex.
    pub sha256: String,
    /// The revision that it states.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<String>,
}

impl Lock {
    /// Where the lock of a folder is.
    pub fn path(folder: &Path) -> PathBuf {
        folder.join("spec.lock")
    }

    /// Reads the lock of a folder; an empty one where there is none.
    pub(super) fn read(folder: &Path) -> Result<Self, Diagnostic> {
        let path = Self::path(folder);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(Diagnostic::error(format!("cannot read `{}`: {error}", path.display()))),
        };
        toml::from_str(&text).map_err(|error| {
            let source = Arc::new(Source::new(path.display().to_string(), text.clone()));
            let diagnostic = Diagnostic::error(error.message().to_owned());
            match error.span() {
                Some(span) => diagnostic.at_span(&source, span),
                None => diagnostic.in_source(&source),
            }
        })
    }

    /// Every document that it knows.
    pub(super) fn wanted(&self) -> Result<Vec<Wanted>, Diagnostic> {
        let named = |(stem, entry): (&String, &Entry)| {
            let wanted = Wanted::parse(&stem.replacen('.', ":", 1))?;
            Ok(Wanted { url: Some(entry.url.clone()), ..wanted })
        };
        self.documents.iter().map(named).collect()
    }

    /// As it is written.
    pub(super) fn text(&self) -> String {
        let body = toml::to_string(self).unwrap_or_else(|error| unreachable!("plain text in tables: {error}"));
        format!("# What `discovery-codegen fetch` read, and from where. Only it writes here.\n\n{body}")
    }
}
