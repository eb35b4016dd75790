//! Documents from the network: fetched whole, checked to be documents, remembered in a lock.
//!
//! Nothing is written until everything that was asked for has arrived and reads, and a file that somebody else wrote
//! is never overwritten.

pub use super::lock::{Entry, Lock};

use super::http::{self, Reply};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::parser;
use crate::source::Source;
use sha2::{Digest, Sha256};
use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// A document to fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The API's name, `aiplatform`.
    pub api: String,
    /// Its version, `v1`.
    pub version: String,
    /// Where it is, if not where Google serves the documents of its APIs.
    pub url: Option<String>,
}

impl Wanted {
    /// Reads `aiplatform:v1`.
    ///
    /// # Errors
    /// When it is not a name and a version of letters, digits, `_`, `-` and `.`: both become part of a file's name.
    pub fn parse(text: &str) -> Result<Self, Diagnostic> {
        let plain = |part: &str| {
            part.starts_with(|c: char| c.is_ascii_alphanumeric())
                && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
        };
        match text.split_once(':') {
            Some((api, version)) if plain(api) && plain(version) => {
                Ok(Self { api: api.to_owned(), version: version.to_owned(), url: None })
            }
            _ => Err(Diagnostic::error(format!("`{text}` is no API and version")).help("for example `aiplatform:v1`")),
        }
    }

    /// What its file is called, less the ending: `aiplatform.v1`.
    pub fn stem(&self) -> String {
        format!("{}.{}", self.api, self.version)
    }

    fn google(&self) -> String {
        format!("https://{}.googleapis.com/$discovery/rest?version={}", self.api, self.version)
    }
}

/// A text from the network, kept nowhere.
///
/// # Errors
/// When the URL is not HTTPS (or on this machine), or the server does not give a text.
pub fn text(url: &str) -> Result<Arc<Source>, Diagnostic> {
    match http::get(url, None)? {
        Reply::Text { text, .. } => Ok(Arc::new(Source::new(url, text))),
        Reply::Same => Err(Diagnostic::error(format!("`{url}` is said to be unchanged, and was not asked that"))),
    }
}

/// What became of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What its file is called, less the ending.
    pub stem: String,
    /// The revision that was fetched before, and the one there is now, where they are stated.
    pub revisions: (Option<String>, Option<String>),
    /// Whether it is another text than before.
    pub changed: bool,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let now = self.revisions.1.as_deref().unwrap_or("without a revision");
        match (self.changed, &self.revisions.0) {
            (false, _) => write!(f, "{}: unchanged, {now}", self.stem),
            (true, Some(before)) => write!(f, "{}: {before} became {now}", self.stem),
            (true, None) => write!(f, "{}: new, {now}", self.stem),
        }
    }
}

/// Fetches documents into a folder; all that its lock knows where none are named. Only says what would change where
/// `check` is set.
///
/// # Errors
/// What cannot be fetched, is no document, or would overwrite what was not fetched. Nothing is written then.
pub fn fetch(folder: &Path, wanted: &[Wanted], check: bool) -> Result<Vec<Outcome>, Diagnostics> {
    let mut lock = Lock::read(folder)?;
    let all = if wanted.is_empty() { lock.wanted()? } else { wanted.to_vec() };
    if all.is_empty() {
        let error = Diagnostic::error(format!("`{}` does not name any document", Lock::path(folder).display()));
        return Err(error.help("say which to fetch: `fetch aiplatform:v1`").into());
    }
    let mut faults = Diagnostics::default();
    let mut outcomes = Vec::new();
    let mut files = Vec::new();
    for wanted in &all {
        match one(folder, wanted, &mut lock, check) {
            Ok((outcome, text)) => {
                files.extend(text.map(|text| (format!("{}.json", outcome.stem), text)));
                outcomes.push(outcome);
            }
            Err(fault) => faults.0.extend(fault.0),
        }
    }
    if faults.has_errors() {
        return Err(faults);
    }
    if !check {
        for (name, text) in &files {
            put(&folder.join(name), text)?;
        }
        put(&Lock::path(folder), &lock.text())?;
    }
    Ok(outcomes)
}

/// Fetches one document: what became of it, and its text where that is to be written.
fn one(folder: &Path, wanted: &Wanted, lock: &mut Lock, check: bool) -> Result<(Outcome, Option<String>), Diagnostics> {
    let stem = wanted.stem();
    let before = lock.documents.get(&stem).cloned();
    let url = wanted.url.clone().or_else(|| before.as_ref().map(|entry| entry.url.clone()));
    let url = url.unwrap_or_else(|| wanted.google());
    let path = folder.join(format!("{stem}.json"));
    let here = std::fs::read(&path).ok().map(|bytes| digest(&bytes));
    let kept = here.is_some() && here.as_ref() == before.as_ref().map(|entry| &entry.sha256);
    if here.is_some() && !kept && !check {
        let error = Diagnostic::error(format!("`{}` is not what was fetched before", path.display()));
        return Err(error.help("it would be lost: move it away first, or run `fetch` in another folder").into());
    }
    let etag = before.as_ref().filter(|entry| (kept || check) && entry.url == url).and_then(|entry| entry.etag.clone());
    let old = before.as_ref().and_then(|entry| entry.revision.clone());
    let outcome = |new: Option<String>, changed| Outcome { stem: stem.clone(), revisions: (old.clone(), new), changed };
    let (text, etag) = match http::get(&url, etag.as_deref())? {
        Reply::Same => return Ok((outcome(old.clone(), false), None)),
        Reply::Text { text, etag } => (text, etag),
    };
    let api = parser::read(&Arc::new(Source::new(url.clone(), text.clone())))?;
    if (api.name.as_str(), api.version.as_str()) != (wanted.api.as_str(), wanted.version.as_str()) {
        let message = format!("{url} is the document of {}, not of {}:{}", api.id(), wanted.api, wanted.version);
        return Err(Diagnostic::error(message).into());
    }
    let sha256 = digest(text.as_bytes());
    let changed = before.as_ref().is_none_or(|entry| entry.sha256 != sha256);
    lock.documents.insert(stem.clone(), Entry { url, etag, sha256, revision: api.revision.clone() });
    Ok((outcome(api.revision, changed), (!kept || changed).then_some(text)))
}

/// The digest of a text, in hex.
fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Writes a file whole or not at all.
fn put(path: &Path, text: &str) -> Result<(), Diagnostic> {
    let fault = |error: std::io::Error| Diagnostic::error(format!("cannot write `{}`: {error}", path.display()));
    let partial = path.with_extension("partial");
    std::fs::write(&partial, text).and_then(|()| std::fs::rename(&partial, path)).map_err(fault)
}

#[cfg(test)]
mod tests {
    use super::Wanted;

    #[test]
    fn names_become_files_and_nothing_else() {
        assert_eq!(Wanted::parse("aiplatform:v1").unwrap().stem(), "aiplatform.v1");
        assert_eq!(Wanted::parse("youtube:v3.1-x").unwrap().version, "v3.1-x");
        for bad in ["aiplatform", "../x:v1", "a:../b", ":v1", "a:", "a b:v1", "a:b:c"] {
            assert!(Wanted::parse(bad).is_err(), "{bad}");
        }
    }
}
