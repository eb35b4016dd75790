//! Reviews: from the arguments of the command line to reports.

use crate::commands::config::{ApiConfig, Config};
use crate::commands::input::{self, Document, InputLocation};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::diff::review::Review;
use crate::diff::{Report, accept};
use crate::model::Api;
use crate::model::pattern::Pattern;
use crate::parser;
use crate::pipeline::{Mode, Whole};
use crate::rust::naming::Names;
use crate::source::{Source, files};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

/// Revisions to compare, and how.
#[derive(Clone, Copy, Debug, Default)]
pub struct Request<'a> {
    /// Old revision: a file, a folder, `-`, `revision:path` as git has it, or a URL. Without a new revision, a git
    /// revision of the documents of `config`.
    pub old: &'a str,
    /// New revision.
    pub new: Option<&'a str>,
    /// Path of `codegen.toml`.
    pub config: Option<&'a Path>,
    /// Overlay of the old revision, if it is not the one next to it.
    pub old_overlay: Option<&'a Path>,
    /// Overlay of the new revision.
    pub new_overlay: Option<&'a Path>,
    /// Patterns of the methods to compare; empty for all.
    pub include: &'a [String],
    /// File of accepted changes.
    pub accept: Option<&'a Path>,
    /// True to look up the lines of findings.
    pub lines: bool,
}

/// Compares the revisions of a request.
///
/// # Errors
/// Everything that cannot be read, or is invalid.
pub fn review(request: &Request<'_>) -> Result<Review, Diagnostics> {
    let mut review = match request.new {
        None => configured(request)?,
        Some(new) => named(request, new)?,
    };
    if let Some(path) = request.accept {
        accept::apply(&mut review.reports, &files::read(path)?, accept::today())?;
    }
    Ok(review)
}

/// Compares two documents, or two folders.
fn named(request: &Request<'_>, new: &str) -> Result<Review, Diagnostics> {
    let (old, new) = (InputLocation::parse(request.old)?, InputLocation::parse(new)?);
    match (old.documents()?, new.documents()?) {
        (Some(old), Some(new)) => {
            if request.old_overlay.is_some() || request.new_overlay.is_some() {
                let help = "in a folder, the overlay of a document is the file next to it";
                return Err(Diagnostic::error("one overlay does not fit all documents of a folder").help(help).into());
            }
            folders(request, &old, &new)
        }
        (None, None) => {
            if [request.old, request.new.unwrap_or_default()] == ["-"; 2] {
                return Err(Diagnostic::error("both sides are standard input").into());
            }
            let old = old.read(request.old_overlay)?;
            let new = new.read(request.new_overlay)?;
            let reports = vec![pair(&old, &new, request.include, request.lines)?];
            Ok(Review { reports, ..Review::default() })
        }
        (Some(_), None) => Err(one_folder(request.old, &new)),
        (None, Some(_)) => Err(one_folder(request.new.unwrap_or_default(), &old)),
    }
}

/// Returns the error of a comparison of a folder with something else: that of the latter, if it cannot be read.
fn one_folder(name: &str, other: &InputLocation) -> Diagnostics {
    if !matches!(other, InputLocation::File(path) if path.as_os_str() == "-")
        && let Err(errors) = other.read(None)
    {
        return errors;
    }
    let message = format!("`{name}` is a folder, and the other side is not");
    Diagnostic::error(message).help("compare two documents, or two folders").into()
}

/// Compares the documents of `codegen.toml` at a git revision with those on disk.
fn configured(request: &Request<'_>) -> Result<Review, Diagnostics> {
    let old = request.old;
    if old == "-" || old.contains(':') || Path::new(old).exists() {
        let message = format!("missing NEW: `{old}` is compared with nothing");
        return Err(Diagnostic::error(message)
            .help("`diff OLD NEW`, or `diff REVISION` for the documents of codegen.toml")
            .into());
    }
    let path = request.config.unwrap_or(Path::new("spec/codegen.toml"));
    let config = Config::read(path)?;
    let new = config.apis;
    let old = earlier(request.old, Path::new(&config.source.name))?.unwrap_or_else(|| new.clone());
    let compare = |(old, new): &(&ApiConfig, &ApiConfig)| -> Result<Option<Report>, Diagnostics> {
        let include = match request.include.is_empty() {
            true => [old.include.as_slice(), new.include.as_slice()],
            false => [request.include; 2],
        };
        let old = input::api_at_revision(request.old, &old.spec, old.overlay.as_deref())?;
        let new = InputLocation::File(new.spec.clone()).read(new.overlay.as_deref())?;
        let report = pair_of_selections(&old, &new, include, request.lines)?;
        Ok(Some(report).filter(|report| !report.findings.is_empty()))
    };
    let (pairs, removed, added) = matched(&old, &new);
    let mut review = collect(pairs.par_iter().map(compare).collect())?;
    review.added = added.iter().map(|api| stem(api)).collect();
    review.removed = removed.iter().map(|api| stem(api)).collect();
    Ok(review)
}

/// Returns the APIs of `codegen.toml` at a git revision; `None` if the revision does not have that file.
fn earlier(revision: &str, path: &Path) -> Result<Option<Vec<ApiConfig>>, Diagnostics> {
    let Ok(source) = input::git_file_at(revision, path) else {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        input::expect_revision(folder, revision)?;
        return Ok(None);
    };
    Ok(Some(Config::parse(source, path.parent().unwrap_or(Path::new("")))?.apis))
}

fn stem(api: &ApiConfig) -> String {
    api.spec.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// APIs of two configurations: those of both, those of the old one, and those of the new one.
type Matched<'a> = (Vec<(&'a ApiConfig, &'a ApiConfig)>, Vec<&'a ApiConfig>, Vec<&'a ApiConfig>);

/// Matches APIs by the paths of their documents, then by their modules.
fn matched<'a>(old: &'a [ApiConfig], new: &'a [ApiConfig]) -> Matched<'a> {
    let mut pairs = Vec::new();
    let (mut removed, mut added): (Vec<&ApiConfig>, Vec<&ApiConfig>) = (old.iter().collect(), new.iter().collect());
    let same: [fn(&ApiConfig, &ApiConfig) -> bool; 2] =
        [|old, new| old.spec == new.spec, |old, new| old.module.is_some() && old.module == new.module];
    for same in same {
        added.retain(|new| match removed.iter().position(|old| same(old, new)) {
            Some(found) => {
                pairs.push((removed.remove(found), *new));
                false
            }
            None => true,
        });
    }
    (pairs, removed, added)
}

/// Collects reports of folders, and the errors of documents that cannot be compared.
fn collect(compared: Vec<Result<Option<Report>, Diagnostics>>) -> Result<Review, Diagnostics> {
    let mut review = Review { folders: true, ..Review::default() };
    for report in compared {
        match report {
            Ok(report) => review.reports.extend(report),
            Err(errors) => errors.0.into_iter().for_each(|error| review.errors.push(error)),
        }
    }
    if review.errors.has_errors() && review.reports.is_empty() { Err(review.errors) } else { Ok(review) }
}

/// Compares two documents.
pub(crate) fn pair(old: &Document, new: &Document, include: &[String], lines: bool) -> Result<Report, Diagnostics> {
    pair_of_selections(old, new, [include; 2], lines)
}

/// Compares two documents, of which each has its own patterns of methods.
fn pair_of_selections(
    old: &Document,
    new: &Document,
    include: [&[String]; 2],
    lines: bool,
) -> Result<Report, Diagnostics> {
    let (old_api, new_api) = rayon::join(|| old.input.api(Mode::Lenient), || new.input.whole(Mode::Lenient));
    let ((old_api, mut notes), Whole { api: new_api, warnings, sources }) = (old_api?, new_api?);
    notes.extend(warnings);
    let [old_patterns, new_patterns] = include.map(|include| patterns(include, &[&old_api, &new_api]));
    let (old_patterns, new_patterns) = (old_patterns?, new_patterns?);
    if are_different(&old_api, &new_api) {
        let (old, new) = (old_api.id(), new_api.id());
        notes.push(Diagnostic::warning(format!("the documents are of different APIs, {old} and {new}")));
    }
    let none = Names::default();
    let earlier = new.lock.as_ref().or(old.lock.as_ref()).unwrap_or(&none);
    let mut report = crate::diff::diff_of_selections(&old_api, &new_api, [&old_patterns, &new_patterns], earlier);
    for (revision, document) in [(&mut report.old, old), (&mut report.new, new)] {
        let document = &document.input.document;
        revision.source.clone_from(&document.name);
        revision.path = path_of(document);
    }
    report.notes = notes.iter().map(|note| note.message.clone()).collect();
    if lines {
        locate(&mut report, &sources);
    }
    // Dropping large models takes time, so it is done in the background.
    rayon::spawn(move || drop((old_api, new_api)));
    Ok(report)
}

/// Returns `true` for documents that have neither the name nor any method in common.
fn are_different(old: &Api, new: &Api) -> bool {
    let named = old.versioned && new.versioned && old.name == new.name;
    let titled = !old.versioned && !new.versioned && (old.title == new.title || old.name == new.name);
    !named && !titled && !old.methods.is_empty() && !old.methods.keys().any(|name| new.methods.contains_key(name))
}

/// Returns the path of a file, relative to the folder of the command or of the git repository.
fn path_of(source: &Source) -> String {
    source.path().to_string_lossy().trim_start_matches("./").to_owned()
}

/// Looks up the files and lines of findings in the texts of the new document.
fn locate(report: &mut Report, sources: &[Arc<Source>]) {
    let others: HashMap<&str, usize> =
        sources.iter().enumerate().skip(1).map(|(number, source)| (source.name.as_str(), number)).collect();
    let mut wanted: Vec<Vec<(usize, &str)>> = vec![Vec::new(); sources.len()];
    for (at, finding) in report.findings.iter().enumerate() {
        let pointer = finding.change.pointer.as_str();
        let elsewhere = pointer.split_once('#').and_then(|(name, rest)| Some((*others.get(name)?, rest)));
        let (number, pointer) = elsewhere.unwrap_or((0, pointer));
        if let Some(wanted) = wanted.get_mut(number) {
            wanted.push((at, pointer));
        }
    }
    let mut found = Vec::new();
    for ((number, source), wanted) in sources.iter().enumerate().zip(wanted) {
        let pointers: Vec<&str> = wanted.iter().map(|(_, pointer)| *pointer).collect();
        let file = (number > 0).then(|| path_of(source));
        found.extend(wanted.iter().zip(source.lines(&pointers)).map(|((at, _), line)| (*at, file.clone(), line)));
    }
    for (at, file, line) in found {
        if let Some(finding) = report.findings.get_mut(at) {
            finding.file = file;
            finding.line = Some(line);
        }
    }
}

/// Parses patterns, each of which must match a method of either revision.
fn patterns(include: &[String], apis: &[&Api]) -> Result<Vec<Pattern>, Diagnostics> {
    let methods = apis.iter().flat_map(|api| api.methods.keys().map(String::as_str));
    crate::passes::prune::parse(include, methods)
}

/// Compares the documents that both folders have.
fn folders(
    request: &Request<'_>,
    old: &BTreeMap<String, InputLocation>,
    new: &BTreeMap<String, InputLocation>,
) -> Result<Review, Diagnostics> {
    let mut pairs: BTreeMap<&String, &String> =
        old.keys().filter(|name| new.contains_key(*name)).map(|name| (name, name)).collect();
    pairs.extend(renamed(old, new));
    let compared: BTreeSet<&String> = pairs.values().copied().collect();
    let compare = |(old_name, new_name): (&&String, &&String)| -> Result<Option<Report>, Diagnostics> {
        let (Some(old), Some(new)) = (old.get(*old_name), new.get(*new_name)) else {
            return Ok(None);
        };
        let (old, new) = (old.read(None)?, new.read(None)?);
        if same(&old, &new) || !is_document(&old) && !is_document(&new) {
            return Ok(None);
        }
        let report = pair(&old, &new, request.include, request.lines)?;
        Ok(Some(report).filter(|report| !report.findings.is_empty()))
    };
    let mut review = collect(pairs.par_iter().map(compare).collect())?;
    let added = new.iter().filter(|(name, _)| !compared.contains(name)).collect::<Vec<_>>().into_par_iter();
    let valid = |(name, location): (&String, &InputLocation)| -> Result<Option<String>, Diagnostics> {
        let document = location.read(None)?;
        if !is_document(&document) {
            return Ok(None);
        }
        document.input.api(Mode::Lenient).map(|_| Some(name.clone()))
    };
    for added in added.map(valid).collect::<Vec<_>>() {
        match added {
            Ok(name) => review.added.extend(name),
            Err(errors) => errors.0.into_iter().for_each(|error| review.errors.push(error)),
        }
    }
    let removed = old.iter().filter(|(name, _)| !pairs.contains_key(name));
    let removed = removed.filter(|(_, location)| location.read(None).is_ok_and(|document| is_document(&document)));
    review.removed = removed.map(|(name, _)| name.clone()).collect();
    Ok(review)
}

/// Returns `true` for a document, also an invalid one. Other files in a folder are configurations, or parts to which
/// documents refer.
fn is_document(document: &Document) -> bool {
    parser::format(&document.input.document.text).is_some()
}

/// Returns the new names of Discovery documents that only one folder has under their name: those of an API with the
/// same id.
fn renamed<'a>(
    old: &'a BTreeMap<String, InputLocation>,
    new: &'a BTreeMap<String, InputLocation>,
) -> Vec<(&'a String, &'a String)> {
    let ids = |here: &'a BTreeMap<String, InputLocation>, there: &BTreeMap<String, InputLocation>| {
        let alone: Vec<_> = here.iter().filter(|(name, _)| !there.contains_key(*name)).collect();
        let id = |(name, location): (&'a String, &InputLocation)| -> Option<(String, &'a String)> {
            // Invalid documents have no name.
            let (api, _) = location.read(None).ok()?.input.api(Mode::Lenient).ok()?;
            api.versioned.then(|| (api.id(), name))
        };
        alone.into_par_iter().filter_map(id).collect::<Vec<_>>()
    };
    if old.keys().all(|name| new.contains_key(name)) || new.keys().all(|name| old.contains_key(name)) {
        return Vec::new();
    }
    let (old_ids, new_ids) = (ids(old, new), ids(new, old));
    let only = |ids: &[(String, &'a String)], id: &String| -> Option<&'a String> {
        let mut names = ids.iter().filter(|(other, _)| other == id).map(|(_, name)| *name);
        names.next().filter(|_| names.next().is_none())
    };
    let pair = |(id, _): &(String, &'a String)| Some((only(&old_ids, id)?, only(&new_ids, id)?));
    old_ids.iter().filter_map(pair).collect()
}

/// True if documents and overlays are the same, byte for byte, and refer to no files, which may differ.
fn same(old: &Document, new: &Document) -> bool {
    let overlay = |document: &Document| document.input.overlay.as_ref().map(|source| source.text.clone());
    let text = &new.input.document.text;
    old.input.document.text == *text && overlay(old) == overlay(new) && !may_refer_to_files(text)
}

/// True if a text may be that of an OpenAPI document with a reference to a file.
fn may_refer_to_files(text: &str) -> bool {
    let is_file = |after: &str| !after.trim_start_matches(['"', '\'', ':', ' ']).starts_with('#');
    text.contains("openapi") && text.split("$ref").skip(1).any(is_file)
}
