//! Documents from the network: fetched, checked, and recorded in a lock.
//!
//! Nothing is written until all documents have arrived and were parsed. A file that was not fetched before is never
//! overwritten.

pub use super::http::SecretHeader;
pub use super::lock::{Entry, Lock, Locks};

use super::http::{self, Response};
use crate::commands::vendor::prune::named_anew;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::output::{Overwrite, Plan};
use crate::parser;
use crate::source::Source;
use crate::source::digest::sha256;
use serde::Deserialize;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Number of versions of an API that a message lists.
const VERSIONS: usize = 12;

/// Google's directory of its APIs.
const DIRECTORY: &str = "https://discovery.googleapis.com/discovery/v1/apis";

/// A document to fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Name of the API: `aiplatform`.
    pub api: String,
    /// Version of the API: `v1`.
    pub version: String,
    /// URL of the document. Without one: the URL in the lock, or else the one that Google's directory of APIs states.
    pub url: Option<String>,
}

impl Wanted {
    /// Parses `aiplatform:v1`.
    ///
    /// # Errors
    /// When the name or the version has other characters than letters, digits, `_`, `-` and `.`: both become part of a
    /// file name.
    pub fn parse(text: &str) -> Result<Self, Diagnostic> {
        let plain = |part: &str| {
            part.starts_with(|c: char| c.is_ascii_alphanumeric())
                && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
        };
        match text.split_once(':') {
            Some((api, version)) if plain(api) && plain(version) => {
                Ok(Self { api: api.to_owned(), version: version.to_owned(), url: None })
            }
            None if plain(text) => {
                let error = Diagnostic::error(format!("`{text}` is the name of an API without its version"));
                Err(error.help(format!("for example `{text}:v1`")))
            }
            _ => {
                Err(Diagnostic::error(format!("invalid API and version `{text}`")).help("for example `aiplatform:v1`"))
            }
        }
    }

    /// Returns the name of the file without its extension: `aiplatform.v1`.
    pub fn stem(&self) -> String {
        format!("{}.{}", self.api, self.version)
    }
}

/// Options for fetching documents.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Compares with the lock, and writes nothing.
    pub check: bool,
    /// A header with a secret, sent with each request for a document.
    pub header: Option<SecretHeader>,
    /// URL of the directory of APIs, instead of Google's.
    pub directory: Option<String>,
}

/// Text of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The text.
    pub text: String,
    /// Revision that it states.
    pub revision: Option<String>,
}

/// Fetches the text of one document without recording it.
///
/// # Errors
/// When it cannot be fetched or parsed, or is the document of another API.
pub fn text(wanted: &Wanted, options: &Options) -> Result<Text, Diagnostics> {
    let address = address(wanted, options)?;
    let source = source(&address.url, options.header.as_ref()).map_err(|error| address.explain(error))?;
    let revision = check(wanted, &address.url, &source.text, None)?;
    Ok(Text { text: named_anew(&source).text.clone(), revision })
}

/// Fetches a text from a URL.
///
/// # Errors
/// When the URL is insecure, or the server does not respond with a text.
pub fn source(url: &str, header: Option<&SecretHeader>) -> Result<Arc<Source>, Diagnostic> {
    match http::get(url, None, header)? {
        Response::Text { text, .. } => Ok(Arc::new(Source::new(url, text))),
        Response::NotModified => Err(Diagnostic::error(format!("unexpected status 304 from `{url}`"))),
    }
}

/// The result of fetching a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Name of the file without its extension.
    pub stem: String,
    /// Revision in the lock, if there is one.
    pub old_revision: Option<String>,
    /// Revision on the server, if the document states one.
    pub new_revision: Option<String>,
    /// `true` if the text differs from the one in the lock.
    pub changed: bool,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let new = self.new_revision.as_deref().unwrap_or("no revision");
        match (self.changed, &self.old_revision) {
            (false, _) => write!(f, "{}: unchanged ({new})", self.stem),
            (true, Some(old)) => write!(f, "{}: updated from {old} to {new}", self.stem),
            (true, None) => write!(f, "{}: new ({new})", self.stem),
        }
    }
}

/// Fetches documents into a folder: the wanted ones, or all of its lock.
///
/// # Errors
/// When a document cannot be fetched or parsed, is of another API, is older than the one in the lock, or would
/// overwrite a file that was not fetched. Nothing is written then.
pub fn fetch(folder: &Path, wanted: &[Wanted], options: &Options) -> Result<Vec<Outcome>, Diagnostics> {
    let mut lock = Lock::read(folder)?;
    let all = if wanted.is_empty() { lock.wanted()? } else { wanted.to_vec() };
    if all.is_empty() {
        let error = Diagnostic::error(format!("`{}` has no documents", Lock::path(folder).display()));
        return Err(error.help("name the documents to fetch: `fetch aiplatform:v1`").into());
    }
    let mut faults = Diagnostics::default();
    let mut outcomes = Vec::new();
    let mut plan = Plan::default();
    for (index, wanted) in all.iter().enumerate() {
        if all.iter().take(index).any(|other| other == wanted) {
            continue;
        }
        match fetch_one(folder, wanted, &mut lock, options) {
            Ok((outcome, file)) => {
                outcomes.push(outcome);
                if let Some((path, text)) = file
                    && !options.check
                {
                    plan.add(path, text, Overwrite::Any)?;
                }
            }
            Err(fault) => faults.0.extend(fault.0),
        }
    }
    if faults.has_errors() {
        return Err(faults);
    }
    if !options.check {
        plan.add(Lock::path(folder), lock.text()?, Overwrite::Generated)?;
        plan.apply()?;
    }
    Ok(outcomes)
}

/// Fetches one document, records it in the lock, and returns the file to write, if its text is new.
fn fetch_one(
    folder: &Path,
    wanted: &Wanted,
    lock: &mut Lock,
    options: &Options,
) -> Result<(Outcome, Option<(PathBuf, String)>), Diagnostics> {
    let stem = wanted.stem();
    let old = lock.documents.get(&stem).cloned();
    let on_disk = existing(folder, &stem);
    let bytes = on_disk.as_ref().and_then(|path| std::fs::read(path).ok());
    let is_fetched = bytes.zip(old.as_ref()).is_some_and(|(bytes, entry)| is_text_of(&bytes, &entry.sha256));
    if let Some(path) = &on_disk
        && !is_fetched
        && !options.check
    {
        let error = Diagnostic::error(format!("`{}` exists and was not fetched, or has been edited", path.display()));
        return Err(error
            .help("move it away first, fetch to another path with `--output`, or delete its entry in `spec.lock`")
            .into());
    }
    let address = match (&wanted.url, &old) {
        (None, Some(entry)) => Address::known(&entry.url),
        _ => address(wanted, options)?,
    };
    let url = address.url.clone();
    let same_url = old.as_ref().filter(|entry| (is_fetched || options.check) && entry.url == url);
    let old_revision = old.as_ref().and_then(|entry| entry.revision.clone());
    let outcome = |new_revision, changed| Outcome {
        stem: stem.clone(),
        old_revision: old_revision.clone(),
        new_revision,
        changed,
    };
    let etag = same_url.and_then(|entry| entry.etag.as_deref());
    let response = http::get(&url, etag, options.header.as_ref()).map_err(|error| address.explain(error))?;
    let (text, etag) = match response {
        Response::NotModified => return Ok((outcome(old_revision.clone(), false), None)),
        Response::Text { text, etag } => (text, etag),
    };
    let revision = check(wanted, &url, &text, old_revision.as_deref())?;
    let text = named_anew(&Arc::new(Source::new(url.as_str(), text))).text.clone();
    let sha256 = sha256(text.as_bytes());
    let changed = old.as_ref().is_none_or(|entry| entry.sha256 != sha256);
    let extension = if Source::new("", text.as_str()).is_json() { "json" } else { "yaml" };
    let path = match on_disk {
        Some(path) if path.extension().is_some_and(|other| other == extension) => path,
        Some(path) if changed => {
            let message = format!("`{}` is {extension} now, and was another format before", url);
            let help = format!("move `{}` away first", path.display());
            return Err(Diagnostic::error(message).help(help).into());
        }
        _ => folder.join(format!("{stem}.{extension}")),
    };
    lock.documents.insert(stem.clone(), Entry { url, etag, sha256, revision: revision.clone() });
    Ok((outcome(revision, changed), (!is_fetched || changed).then_some((path, text))))
}

/// Returns `true` if a file has the digest of a text, or would have it with line feeds as line endings, which a
/// checkout may have changed.
pub(super) fn is_text_of(bytes: &[u8], digest: &str) -> bool {
    sha256(bytes) == digest
        || str::from_utf8(bytes).is_ok_and(|text| sha256(text.replace("\r\n", "\n").as_bytes()) == digest)
}

/// Returns the file of a document, if there is one.
fn existing(folder: &Path, stem: &str) -> Option<PathBuf> {
    let paths = ["json", "yaml", "yml"].map(|extension| folder.join(format!("{stem}.{extension}")));
    paths.into_iter().find(|path| std::fs::symlink_metadata(path).is_ok())
}

/// Checks that a text is a document of the wanted API and not older than the last one, and returns its revision.
fn check(wanted: &Wanted, url: &str, text: &str, old: Option<&str>) -> Result<Option<String>, Diagnostics> {
    let api = parser::read(&Arc::new(Source::new(url, text)))?;
    // An API that is not Google's is named by its file, not by its document.
    if api.versioned && (api.name.as_str(), api.version.as_str()) != (wanted.api.as_str(), wanted.version.as_str()) {
        let message = format!("`{url}` is the document of {}, not of {}:{}", api.id(), wanted.api, wanted.version);
        return Err(Diagnostic::error(message).into());
    }
    if let (Some(old), Some(new)) = (old, &api.revision)
        && is_older(new, old)
    {
        let message = format!("`{url}` has the revision {new}, which is older than {old}");
        let help = "try again later: servers are updated one by one; to go back, delete the entry in `spec.lock`";
        return Err(Diagnostic::error(message).help(help).into());
    }
    Ok(api.revision)
}

/// Compares two revisions: dates, `20260131` and `2026-01-31`, or versions, `1.2.0` and `v2`. Others have no order, nor
/// do a date and a version.
pub(super) fn is_older(new: &str, old: &str) -> bool {
    let numbers = |text: &str| -> Option<Vec<u64>> {
        let is_date = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
        let separator = if text.contains('-') { '-' } else { '.' };
        let version = text.strip_prefix(['v', 'V']).unwrap_or(text);
        let parts = version.split(separator).map(|part| part.parse().ok()).collect::<Option<Vec<u64>>>()?;
        // The year of a date is greater than any version.
        Some(if is_date {
            vec![parts.first()? / 10_000, parts.first()? / 100 % 100, parts.first()? % 100]
        } else {
            parts
        })
    };
    let is_date = |numbers: &[u64]| numbers.len() == 3 && numbers.first().is_some_and(|year| *year >= 1_900);
    match (numbers(new), numbers(old)) {
        (Some(new), Some(old)) => is_date(&new) == is_date(&old) && new < old,
        _ => false,
    }
}

/// The directory of APIs, as far as it is read.
#[derive(Deserialize)]
struct Directory {
    #[serde(default)]
    items: Vec<Item>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    name: Option<String>,
    version: String,
    discovery_rest_url: String,
}

/// URL of a document.
pub(super) struct Address {
    pub(super) url: String,
    /// Versions of the API in the directory, if the wanted one is not among them.
    others: Vec<String>,
}

impl Address {
    fn known(url: &str) -> Self {
        Self { url: url.to_owned(), others: Vec::new() }
    }

    /// Adds the listed versions to the error of a URL that the directory does not list.
    pub(super) fn explain(&self, error: Diagnostic) -> Diagnostic {
        match self.others.as_slice() {
            [] => error,
            others => {
                let shown: Vec<&str> = others.iter().take(VERSIONS).map(String::as_str).collect();
                let rest = if others.len() > VERSIONS { ", …" } else { "" };
                error.help(format!("the directory of APIs lists other versions: {}{rest}", shown.join(", ")))
            }
        }
    }
}

/// Returns the URL of a document: its own, that of the directory of APIs, or by Google's rule for APIs that are not in
/// it.
pub(super) fn address(wanted: &Wanted, options: &Options) -> Result<Address, Diagnostic> {
    if let Some(url) = &wanted.url {
        return Ok(Address::known(url));
    }
    let directory = options.directory.as_deref().unwrap_or(DIRECTORY);
    let separator = if directory.contains('?') { '&' } else { '?' };
    let url = format!("{directory}{separator}name={}", wanted.api);
    let listing = source(&url, None)?;
    let Directory { mut items } = serde_json::from_str(&listing.text)
        .map_err(|error| Diagnostic::error(format!("cannot parse the directory of APIs at `{url}`: {error}")))?;
    // A mirror that is a file lists all APIs, whatever the query.
    items.retain(|item| item.name.as_ref().is_none_or(|name| *name == wanted.api));
    if let Some(item) = items.iter().find(|item| item.version == wanted.version) {
        return Ok(Address::known(&item.discovery_rest_url));
    }
    Ok(Address {
        url: format!("https://{}.googleapis.com/$discovery/rest?version={}", wanted.api, wanted.version),
        others: items.into_iter().map(|item| item.version).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::{Wanted, is_older};

    #[test]
    fn names_are_valid_file_names() {
        assert_eq!(Wanted::parse("aiplatform:v1").unwrap().stem(), "aiplatform.v1");
        assert_eq!(Wanted::parse("youtube:v3.1-x").unwrap().version, "v3.1-x");
        for bad in ["aiplatform", "../x:v1", "a:../b", ":v1", "a:", "a b:v1", "a:b:c"] {
            assert!(Wanted::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn dates_and_versions_have_an_order() {
        for (new, old) in [
            ("20260101", "20260201"),
            ("2026-01-31", "2026-02-01"),
            ("1.0.0", "1.1.0"),
            ("v1.9", "v1.10"),
            ("1", "2.0"),
        ] {
            assert!(is_older(new, old), "{new} {old}");
            assert!(!is_older(old, new), "{old} {new}");
            assert!(!is_older(old, old), "{old}");
        }
        for (new, old) in [("1", "20260201"), ("1.0.0", "20260201"), ("1.0-beta", "1.0"), ("", "1"), ("old", "new")] {
            assert!(!is_older(new, old) && !is_older(old, new), "{new} {old}");
        }
    }
}
