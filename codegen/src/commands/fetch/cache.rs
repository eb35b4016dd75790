//! Documents that were fetched earlier, so that a request is conditional.

use super::documents::{Options, Wanted, address, is_older};
use super::http::{self, Response};
use crate::commands::terminal::status;
use crate::commands::vendor::prune::named_anew;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::output;
use crate::parser;
use crate::source::Source;
use crate::source::digest::sha256;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Returns the folder of this user's cache.
///
/// # Errors
/// When no environment variable names one.
pub fn folder() -> Result<PathBuf, Diagnostic> {
    let of = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let base = of("XDG_CACHE_HOME").or_else(|| of("LOCALAPPDATA")).or_else(|| Some(of("HOME")?.join(".cache")));
    let error = || Diagnostic::error("no folder for the cache").help("name one with `--cache`");
    base.map(|base| base.join("discovery-codegen")).ok_or_else(error)
}

/// Keeps other runs away from a crate until the result is dropped: each would give it a version of its own.
///
/// # Errors
/// When the cache cannot be written.
pub fn lock_package(cache: &Path, package: &Path) -> Result<File, Diagnostic> {
    let package = std::fs::canonicalize(package).unwrap_or_else(|_| package.to_owned());
    let path = cache.join("locks").join(sha256(package.as_os_str().as_encoded_bytes()));
    let wait = || status(&format!("waiting for another `update` of `{}`", package.display()));
    output::lock_file(&path, wait).map_err(|error| error.help("name another folder with `--cache`"))
}

/// A document that was fetched, or the reason for which it was not taken.
#[derive(Clone, Debug)]
pub enum Fetched {
    /// The document of the server.
    Document(Arc<Source>),
    /// The server has a revision that is older than the known one.
    Older(String),
}

/// Fetches a document, unless the cache has the server's text. `old_revision` is that of the known document.
///
/// # Errors
/// When it cannot be fetched or parsed, or is the document of another API.
pub fn fetch(
    wanted: &Wanted,
    old_revision: Option<&str>,
    options: &Options,
    cache: &Path,
) -> Result<Fetched, Diagnostics> {
    let address = address(wanted, options)?;
    let url = address.url.clone();
    let path = cache.join("documents").join(sha256(url.as_bytes()));
    let known = read(&path);
    let etag = known.as_ref().map(|(etag, _)| etag.as_str()).filter(|etag| !etag.is_empty());
    let response = http::get(&url, etag, options.header.as_ref()).map_err(|error| address.explain(error))?;
    let text = match (response, known) {
        (Response::NotModified, Some((_, text))) => text,
        (Response::NotModified, None) => {
            return Err(Diagnostic::error(format!("unexpected status 304 from `{url}`")).into());
        }
        (Response::Text { text, etag }, _) => {
            let etag = etag.unwrap_or_default().replace('\n', "");
            output::write(&path, &format!("{etag}\n{}\n{text}", sha256(text.as_bytes())))
                .map_err(|error| error.help("name another folder with `--cache`"))?;
            text
        }
    };
    let source = named_anew(&Arc::new(Source::new(url.as_str(), text)));
    let api = parser::read(&source)?;
    // A document with a URL of its own is known by the URL.
    if wanted.url.is_none() && (api.name.as_str(), api.version.as_str()) != (&wanted.api, &wanted.version) {
        let message = format!("`{url}` is the document of {}, not of {}:{}", api.id(), wanted.api, wanted.version);
        return Err(Diagnostic::error(message).into());
    }
    match (old_revision, api.revision) {
        (Some(old), Some(new)) if is_older(&new, old) => Ok(Fetched::Older(new)),
        _ => Ok(Fetched::Document(source)),
    }
}

/// Reads an entry of the cache: the ETag and the text. A damaged entry is none.
fn read(path: &Path) -> Option<(String, String)> {
    let entry = std::fs::read_to_string(path).ok()?;
    let (etag, rest) = entry.split_once('\n')?;
    let (digest, text) = rest.split_once('\n')?;
    (sha256(text.as_bytes()) == digest).then(|| (etag.to_owned(), text.to_owned()))
}
