//! Comparison of the output for hostile documents with that for their twins.

use super::cases::{self, Case, Subject};
use super::{docs, manifest, markdown};
use discovery_fuzz::generate;
use rayon::prelude::*;

/// Runs a comparison over cases. Returns the number of generated cases; the others were rejected.
///
/// # Errors
/// The first cases that differ.
pub(crate) fn run(cases: &[Case], same: impl Fn(&Case) -> Result<bool, String> + Send + Sync) -> Result<usize, String> {
    let results: Vec<Result<bool, String>> = cases.par_iter().map(same).collect();
    let faults: Vec<String> = cases
        .iter()
        .zip(&results)
        .filter_map(|(case, result)| Some(format!("{}: {:?}: {}", case.place, case.text, result.as_ref().err()?)))
        .collect();
    if faults.is_empty() {
        return Ok(results.iter().filter(|result| matches!(result, Ok(true))).count());
    }
    let first: Vec<&str> = faults.iter().take(10).map(String::as_str).collect();
    Err(format!("{} of {} cases, the first of them:\n{}", faults.len(), cases.len(), first.join("\n")))
}

/// Compares all generated files, except those that other modules compare.
pub(crate) fn files(case: &Case) -> Result<bool, String> {
    if !generate::compare(&case.hostile, &case.twin)? {
        return Ok(false);
    }
    let (Ok(hostile), Ok(twin)) = (case.hostile.files(), case.twin.files()) else { return Ok(false) };
    manifest::same(&hostile.texts["Cargo.toml"], &twin.texts["Cargo.toml"])?;
    markdown::same(&hostile.texts["README.md"], &twin.texts["README.md"])?;
    for (path, text) in hostile.texts.iter().filter(|(path, _)| path.ends_with(".rs")) {
        if let Some(other) = twin.texts.get(path) {
            docs::same(text, other).map_err(|error| format!("{path}: {error}"))?;
        }
    }
    Ok(true)
}

/// Compares the files for hostile texts at each position of a subject, one at a time.
///
/// # Errors
/// The first cases that differ; a subject of which less than a tenth of the cases is generated, since the comparison of
/// rejected documents is void.
pub(crate) fn one_at_a_time(subject: &Subject, texts_per_position: usize) -> Result<(), String> {
    let cases = cases::one_at_a_time(subject, texts_per_position);
    let generated = run(&cases, files)?;
    println!("{}: {generated} of {} cases are generated", subject.name, cases.len());
    if generated * 10 > cases.len() {
        Ok(())
    } else {
        Err(format!("{}: only {generated} of {} cases are generated", subject.name, cases.len()))
    }
}
