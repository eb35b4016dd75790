//! Compares every document with itself, and with its revision in an earlier release.

use crate::documents::{self, NEW, OLD};
use crate::real;
use discovery_codegen::diff::{Report, diff};
use discovery_codegen::model::Api;
use discovery_codegen::pipeline::{Input, Mode};
use discovery_codegen::rust::naming::Names;
use rayon::prelude::*;
use std::path::Path;
use std::time::Instant;

/// Result for a document of both releases.
struct Compared {
    findings: usize,
    changes: usize,
}

/// Compares all documents, and prints the time taken.
///
/// # Errors
/// When a document cannot be read, or differs from itself.
pub(crate) fn run() -> Result<(), String> {
    let (old, new) = (real::documents(OLD), real::documents(NEW));
    let documents = documents::all()?;
    let wrong: Vec<String> = documents.par_iter().filter_map(|path| alike(path).err()).collect();
    if !wrong.is_empty() {
        return Err(wrong.join("\n"));
    }
    println!("{} documents do not differ from themselves", documents.len());

    let begin = Instant::now();
    let largest = step(&old.join("aiplatform.v1.json"), &new.join("aiplatform.v1.json"))?;
    let took = begin.elapsed().as_secs_f64();
    println!(
        "aiplatform.v1, {OLD} to {NEW}: {} findings of {} changes in {took:.2} s",
        largest.findings, largest.changes
    );

    let begin = Instant::now();
    let both = documents.par_iter().filter_map(|new| Some((old.join(new.file_name()?), new)));
    let compared: Vec<Compared> =
        both.filter(|(old, _)| old.is_file()).map(|(old, new)| step(&old, new)).collect::<Result<_, _>>()?;
    let took = begin.elapsed().as_secs_f64();
    let sum = |of: fn(&Compared) -> usize| compared.iter().map(of).sum::<usize>();
    let (findings, changes) = (sum(|one| one.findings), sum(|one| one.changes));
    println!("{} pairs of {OLD} and {NEW}: {findings} findings of {changes} changes in {took:.1} s", compared.len());
    Ok(())
}

/// Checks that a document does not differ from itself, read twice.
fn alike(path: &Path) -> Result<(), String> {
    let report = compare(&read(path)?, &read(path)?);
    let same = report.findings.is_empty() && report.semver().is_none();
    if same { Ok(()) } else { Err(format!("{} differs from itself", path.display())) }
}

fn step(old: &Path, new: &Path) -> Result<Compared, String> {
    let (old, new) = rayon::join(|| read(old), || read(new));
    let report = compare(&old?, &new?);
    Ok(Compared { findings: report.findings.len(), changes: report.atomic().count() })
}

fn compare(old: &Api, new: &Api) -> Report {
    diff(old, new, &[], &Names::default())
}

fn read(path: &Path) -> Result<Api, String> {
    let input = Input::read(path, None).map_err(|error| error.to_string())?;
    input.api(Mode::Lenient).map(|(api, _)| api).map_err(|errors| errors.to_string())
}
