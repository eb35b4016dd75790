//! The steps of one API: from a fetched document to bindings.

use super::summary;
use crate::commands::config::ApiConfig;
use crate::commands::diff::review::pair;
use crate::commands::fetch::cache::{Fetched, fetch};
use crate::commands::fetch::documents::{Options, SecretHeader, Wanted};
use crate::commands::generate::config::bindings;
use crate::commands::input::Document;
use crate::commands::overlay::missing_in;
use crate::commands::vendor::prune::vendor;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::diff::Report;
use crate::import::missing::MissingKind;
use crate::import::tidy::tidy;
use crate::import::{self, apply::Imported};
use crate::model::Api;
use crate::parser::{self, Format, overlay};
use crate::pipeline::{Input, Mode, Output};
use crate::rust::naming::Names;
use crate::source::Source;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Number of rounds of vendoring and importing after which the overlay must not change any more.
const MAX_ROUNDS: usize = 8;

/// API with its files on disk.
pub(super) struct Current {
    input: Input,
    names: Names,
    /// The document without its overlay.
    api: Api,
}

/// Outcome of the steps of an API.
pub(super) struct Step {
    /// API, and the change of its revision.
    pub(super) summary: String,
    /// Changes to the overlay.
    pub(super) changes: Vec<String>,
    /// Details about the import of protos.
    pub(super) details: Vec<String>,
    /// True if the new document could not be used.
    pub(super) failed: bool,
    /// Tasks that no step can do, each as a sentence.
    pub(super) open: Vec<String>,
    /// Comparison with the old document; `None` if the API was not updated.
    pub(super) report: Option<Report>,
    /// The document and the overlay.
    pub(super) files: Vec<(PathBuf, String)>,
}

/// A new document with its overlay.
struct New {
    input: Input,
    changes: Vec<String>,
    details: Vec<String>,
}

impl Current {
    /// Reads the files of an API.
    pub(super) fn read(api: &ApiConfig) -> Result<Self, Diagnostics> {
        let (input, names) = api.read()?;
        let api = parser::read(&input.document)?;
        Ok(Self { input, names, api })
    }

    /// Fetches the document; `None` if the configuration does not state where it comes from.
    pub(super) fn fetch(
        &self,
        config: &ApiConfig,
        options: &Options,
        cache: &Path,
    ) -> Result<Option<Fetched>, Diagnostics> {
        let wanted = match &config.url {
            Some(url) => {
                Wanted { api: self.api.name.clone(), version: self.api.version.clone(), url: Some(url.clone()) }
            }
            None if parser::format(&self.input.document.text) == Some(Format::Discovery) => {
                Wanted::parse(&self.api.id())?
            }
            None => return Ok(None),
        };
        let header = config.header.as_deref().map(|header| {
            let fault = |error| Diagnostic::error(format!("invalid `{}`: {error}", SecretHeader::for_message(header)));
            SecretHeader::from_env(header).map_err(fault)
        });
        let header = header.transpose()?;
        let options = Options { header, ..options.clone() };
        let fetched = fetch(&wanted, self.api.revision.as_deref(), &options, cache)?;
        if let (Some(url), Fetched::Document(document)) = (&config.url, &fetched) {
            self.expect_same_api(url, document)?;
        }
        Ok(Some(fetched))
    }

    /// Checks that the document of a URL is still that of this API.
    fn expect_same_api(&self, url: &str, document: &Arc<Source>) -> Result<(), Diagnostic> {
        let name = &self.input.document.name;
        let (old, new) = (parser::format(&self.input.document.text), parser::format(&document.text));
        let message = if old == new {
            let new = parser::read(document).map_err(|_| Diagnostic::error(format!("cannot read `{url}`")))?;
            if is_same_api(&self.api, &new) {
                return Ok(());
            }
            let name = |api: &Api| api.title.clone().filter(|_| !api.versioned).unwrap_or_else(|| api.id());
            format!("`{url}` is the document of `{}`, not of `{}`", name(&new), name(&self.api))
        } else {
            let kind = |format| match format {
                Some(Format::Discovery) => "a Discovery document",
                _ => "an OpenAPI document",
            };
            format!("`{url}` is {}, and `{name}` is {}", kind(new), kind(old))
        };
        Err(Diagnostic::error(message).help(format!(
            "correct `url`; if this is the new document of the API, move `{name}` away, and put the new one there"
        )))
    }

    /// Runs all steps after the fetch. If they fail, the API is not changed, and the error is an open
    /// task.
    ///
    /// # Errors
    /// When the files on disk are invalid.
    pub(super) fn step(
        &self,
        config: &ApiConfig,
        fetched: Option<Fetched>,
        protos: &[PathBuf],
        require_descriptions: bool,
    ) -> Result<(Step, Output), Diagnostics> {
        let (document, older) = match fetched {
            Some(Fetched::Document(document)) => (Some(document), None),
            Some(Fetched::Older(revision)) => (None, Some(revision)),
            None => (None, None),
        };
        let attempt = || -> Result<_, Diagnostics> {
            let new = self.renewed(document.as_ref(), protos)?;
            let output = bindings(config, &new.input, &self.names)?;
            Ok((new, output))
        };
        let (new, output, error) = match attempt() {
            Ok((new, output)) => (new, output, None),
            Err(errors) => {
                let new = New { input: self.input.clone(), changes: Vec::new(), details: Vec::new() };
                let output = bindings(config, &new.input, &self.names)?;
                (new, output, Some(errors))
            }
        };
        let id = self.api.id();
        let mut open = Vec::new();
        for error in error.iter().flat_map(|errors| &errors.0) {
            open.push(format!("{id} is not updated: {}", summary(error)));
        }
        open.extend(open_tasks(&new.input, &config.include, require_descriptions)?);
        let changed = new.input.document.text != self.input.document.text
            || overlay_text(&new.input) != overlay_text(&self.input);
        let report = match changed {
            true => {
                let document = |input: &Input| Document { input: input.clone(), lock: Some(self.names.clone()) };
                Some(pair(&document(&self.input), &document(&new.input), &config.include, false)?)
            }
            false => None,
        };
        let revision = |revision: &Option<String>| revision.clone().unwrap_or_else(|| "no revision".into());
        let summary = match (&report, older, &document) {
            (Some(_), _, _) => {
                let (old, new) = (revision(&self.api.revision), revision(&output.api.revision));
                let arrow = if old == new { old } else { format!("{old} → {new}") };
                format!("{id}: updated ({arrow})")
            }
            (None, _, _) if error.is_some() => {
                let known = revision(&self.api.revision);
                let new = document.as_ref().and_then(|document| parser::read(document).ok()?.revision);
                let new = new.filter(|new| *new != known).map(|new| format!("; the server has {new}"));
                format!("{id}: not updated ({known}{}): see the tasks below", new.unwrap_or_default())
            }
            (None, Some(older), _) => {
                format!("{id}: unchanged ({}; the server has {older}, which is older)", revision(&self.api.revision))
            }
            (None, None, Some(_)) => format!("{id}: unchanged ({})", revision(&self.api.revision)),
            (None, None, None) => format!("{id}: not fetched: codegen.toml states no `url`"),
        };
        let mut files = Vec::new();
        if changed {
            files.push((config.spec.clone(), new.input.document.text.clone()));
            if overlay_text(&new.input) != overlay_text(&self.input) {
                files.push((config.overlay_path(), overlay_text(&new.input).to_owned()));
            }
        }
        let failed = error.is_some();
        Ok((Step { summary, changes: new.changes, details: new.details, failed, open, report, files }, output))
    }

    /// Vendors a fetched document, tidies the overlay, and imports protos into it, until nothing changes.
    fn renewed(&self, fetched: Option<&Arc<Source>>, protos: &[PathBuf]) -> Result<New, Diagnostics> {
        let name = self.input.document.name.clone();
        let overlay_name = crate::parser::overlay::path_for(Path::new(&name)).display().to_string();
        let mut overlay = self.input.overlay.clone().unwrap_or_else(|| Arc::new(Source::new(overlay_name, "")));
        let (mut changes, mut details) = (Vec::new(), Vec::new());
        // Targets that the document on disk does not have: misspelled, unless the new one has them.
        let unknown = tidy(&self.api, &overlay)?.removed;
        for _ in 0..MAX_ROUNDS {
            let document = match fetched {
                Some(fetched) => self.vendored(fetched, &overlay)?,
                None => self.input.document.clone(),
            };
            let mut next = overlay.text.clone();
            if !next.is_empty() {
                let tidied = tidy(&parser::read(&document)?, &overlay)?;
                if tidied.removed.iter().any(|line| unknown.contains(line)) {
                    // Reports the misspelled targets, with their places.
                    self.input.api(Mode::Strict)?;
                }
                changes.extend(tidied.removed.iter().map(|line| format!("removed from the overlay: {line}")));
                next = tidied.text;
            }
            if !protos.is_empty() {
                let source = Arc::new(Source::new(overlay.name.clone(), next.as_str()));
                let Imported { text, report } = import::import_protos(&document, &source, protos)?;
                changes.extend(report.added.iter().map(|line| format!("added to the overlay: {line}")));
                details = [report.warnings, report.disagreements].concat();
                next = text;
            }
            if next == overlay.text {
                let overlay = Some(overlay).filter(|overlay| self.input.overlay.is_some() || !overlay.text.is_empty());
                let input = Input { document, overlay, ref_folders: self.input.ref_folders.clone() };
                return Ok(New { input, changes, details });
            }
            overlay = Arc::new(Source::new(overlay.name.clone(), next));
        }
        let error = format!("the overlay of `{name}` changes with every import");
        Err(Diagnostic::error(error).help("run `unions import` for its report").into())
    }

    /// Returns a fetched document as it is committed: vendored if the old one was, and the old one if only the revision
    /// differs.
    fn vendored(&self, fetched: &Arc<Source>, overlay: &Arc<Source>) -> Result<Arc<Source>, Diagnostics> {
        let old = &self.input.document;
        let text = match self.api.include.as_slice() {
            [] => fetched.text.clone(),
            include => vendor(fetched, include, Some(&overlay::read(overlay)?)).map_err(|faults| {
                let advice = format!("the patterns are those of `x-include` in `{}`", old.name);
                let with_advice = |fault: Diagnostic| {
                    let help = match &fault.help {
                        Some(help) => format!("{advice}; {help}"),
                        None => advice.clone(),
                    };
                    fault.help(help)
                };
                Diagnostics(faults.0.into_iter().map(with_advice).collect())
            })?,
        };
        if text == old.text || is_same_but_revision(&text, &old.text) {
            return Ok(old.clone());
        }
        Ok(Arc::new(Source::new(old.name.clone(), text)))
    }
}

/// Returns the open tasks of a document and its overlay: unknown members of unions, missing descriptions.
fn open_tasks(input: &Input, include: &[String], require_descriptions: bool) -> Result<Vec<String>, Diagnostics> {
    let mut open = Vec::new();
    if let Some(overlay) = &input.overlay {
        let report = import::check(&input.document, overlay)?;
        open.extend(report.missing.iter().map(summary));
        open.extend(report.unknown.iter().map(|unknown| {
            format!(
                "`{}.{}` may be a member of the union `{}`: add it to `members` or `not_members` of the union",
                unknown.schema, unknown.property, unknown.union
            )
        }));
    }
    if require_descriptions {
        let missing = missing_in(input, include)?;
        let undescribed = missing.iter().filter(|missing| missing.kind == MissingKind::Description);
        open.extend(undescribed.map(|missing| missing.to_string()));
    }
    Ok(open)
}

fn overlay_text(input: &Input) -> &str {
    input.overlay.as_ref().map_or("", |overlay| overlay.text.as_str())
}

/// Returns `true` if two JSON documents differ in their revisions at most.
fn is_same_but_revision(one: &str, other: &str) -> bool {
    let without = |text: &str| -> Option<Value> {
        let mut value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()?;
        let object = value.as_object_mut()?;
        object.remove("revision");
        object.remove("etag");
        if let Some(info) = object.get_mut("info").and_then(Value::as_object_mut) {
            info.remove("x-google-revision");
        }
        Some(value)
    };
    matches!((without(one), without(other)), (Some(one), Some(other)) if one == other)
}

/// Returns `true` if two documents are likely of the same API: of the same name and version, or, where these are not
/// stated, of the same title or with half of the paths in common.
fn is_same_api(old: &Api, new: &Api) -> bool {
    if old.versioned || new.versioned {
        return old.id() == new.id();
    }
    let paths = |api: &Api| -> BTreeSet<_> {
        api.methods.values().map(|method| (method.http_method.as_str(), method.path.to_string())).collect()
    };
    let (old_paths, new_paths) = (paths(old), paths(new));
    let common = old_paths.intersection(&new_paths).count();
    old.title == new.title || common.saturating_mul(2) >= old_paths.len()
}
