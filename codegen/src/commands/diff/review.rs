//! The whole way: from what was named on a command line to reports.

use super::input::{Document, Place};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::diff::accept;
use crate::diff::review::Review;
use crate::diff::{Report, Revision};
use crate::model::Api;
use crate::model::pattern::Pattern;
use crate::pipeline::Mode;
use crate::rust::naming::Names;
use crate::source::files;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What to compare.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The old revision: a file, a folder, `-`, `revision:path` as git has it, or a URL.
    pub old: &'a str,
    /// The new one.
    pub new: &'a str,
    /// The old one's overlay, where it is not the one beside it.
    pub old_overlay: Option<&'a Path>,
    /// The new one's.
    pub new_overlay: Option<&'a Path>,
    /// Which methods; all where it is empty.
    pub include: &'a [String],
    /// What was accepted.
    pub accept: Option<&'a Path>,
}

/// Compares what a request names.
///
/// # Errors
/// Everything that cannot be read, or is wrong.
pub fn review(request: &Request<'_>) -> Result<Review, Diagnostics> {
    let (old, new) = (Place::parse(request.old), Place::parse(request.new));
    let mut review = match (&old, &new) {
        (Place::Folder(a), Place::Folder(b)) => folders(request, a, b)?,
        (Place::Folder(a), _) | (_, Place::Folder(a)) => {
            let message = format!("`{}` is a folder, and what it is compared with is not", a.display());
            return Err(Diagnostic::error(message).help("compare two documents, or two folders").into());
        }
        _ => {
            if old == new && request.old == "-" {
                return Err(Diagnostic::error("both sides are standard input").into());
            }
            let old = old.read(request.old_overlay)?;
            let new = new.read(request.new_overlay)?;
            let reports = vec![pair(&old, &new, request.include)?];
            Review { reports, ..Review::default() }
        }
    };
    if let Some(path) = request.accept {
        accept::apply(&mut review.reports, &files::read(path)?, accept::today())?;
    }
    Ok(review)
}

/// Two documents.
fn pair(old: &Document, new: &Document, include: &[String]) -> Result<Report, Diagnostics> {
    let (a, b) = rayon::join(|| old.input.api(Mode::Lenient), || new.input.api(Mode::Lenient));
    let ((a, mut notes), (b, more)) = (a?, b?);
    notes.extend(more);
    let patterns = patterns(include, &[&a, &b])?;
    let none = Names::default();
    let earlier = new.lock.as_ref().or(old.lock.as_ref()).unwrap_or(&none);
    let mut report = crate::diff::diff(&a, &b, &patterns, earlier);
    report.old.source.clone_from(&old.input.document.name);
    report.new.source.clone_from(&new.input.document.name);
    report.notes = notes.iter().map(|note| note.message.clone()).collect();
    // To take large models apart takes a while, and nobody has to wait for it.
    rayon::spawn(move || drop((a, b)));
    Ok(report)
}

/// Patterns, each of which must stand for a method of either revision.
fn patterns(include: &[String], apis: &[&Api]) -> Result<Vec<Pattern>, Diagnostics> {
    let methods = apis.iter().flat_map(|api| api.methods.keys().map(String::as_str));
    crate::passes::prune::parse(include, methods)
}

/// Two folders: documents of the same name.
fn folders(request: &Request<'_>, old: &Path, new: &Path) -> Result<Review, Diagnostics> {
    if request.old_overlay.is_some() || request.new_overlay.is_some() {
        let help = "in a folder, an overlay lies beside its document";
        return Err(Diagnostic::error("one overlay does not fit all documents of a folder").help(help).into());
    }
    let list = |folder: &Path| -> Result<BTreeMap<String, PathBuf>, Diagnostic> {
        let named = |path: PathBuf| Some((path.file_stem()?.to_string_lossy().into_owned(), path));
        Ok(files::documents(folder)?.into_iter().filter_map(named).collect())
    };
    let (was, is) = (list(old)?, list(new)?);
    let names: BTreeSet<&String> = was.keys().filter(|name| is.contains_key(*name)).collect();
    let compared: Vec<Result<Report, Diagnostics>> = names
        .into_par_iter()
        .map(|name| {
            let old = Place::File(was[name].clone()).read(None)?;
            let new = Place::File(is[name].clone()).read(None)?;
            // What is the same to the byte has nothing to tell.
            if same(&old, &new) {
                let revision = |document: &Document| Revision {
                    source: document.input.document.name.clone(),
                    ..Revision::default()
                };
                return Ok(Report { old: revision(&old), new: revision(&new), ..Report::default() });
            }
            pair(&old, &new, request.include)
        })
        .collect();
    let mut review = Review { folders: true, ..Review::default() };
    let mut faults = Diagnostics::default();
    for report in compared {
        match report {
            Ok(report) if report.findings.is_empty() => {}
            Ok(report) => review.reports.push(report),
            Err(errors) => errors.0.into_iter().for_each(|error| faults.push(error)),
        }
    }
    if faults.has_errors() {
        return Err(faults);
    }
    review.added = is.keys().filter(|name| !was.contains_key(*name)).cloned().collect();
    review.removed = was.keys().filter(|name| !is.contains_key(*name)).cloned().collect();
    Ok(review)
}

fn same(old: &Document, new: &Document) -> bool {
    let overlay = |document: &Document| document.input.overlay.as_ref().map(|source| source.text.clone());
    old.input.document.text == new.input.document.text && overlay(old) == overlay(new)
}
