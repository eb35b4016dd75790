//! Documents are data: no text in a document becomes code, markup, a directive or a command.
//!
//! Hostile texts replace every string and key of documents, overlays and locks, one at a time and all at once. The
//! output is compared with that of a twin, which has a harmless text of the same kind. Positions are found by walking
//! the documents, so that new keys are covered without a change to these tests.

mod build_script;
mod cases;
mod manifest;
mod markdown;
mod page;
mod review;
mod terminal;

use cases::{Case, SUBJECTS, Subject};
use discovery_fuzz::generate;
use rayon::prelude::*;

/// Compares all generated files, except those that other modules compare.
fn files(case: &Case) -> Result<bool, String> {
    if !generate::compare(&case.hostile, &case.twin)? {
        return Ok(false);
    }
    let (Ok(hostile), Ok(twin)) = (case.hostile.files(), case.twin.files()) else { return Ok(false) };
    manifest::same(&hostile.texts["Cargo.toml"], &twin.texts["Cargo.toml"])?;
    markdown::same(&hostile.texts["README.md"], &twin.texts["README.md"])?;
    Ok(true)
}

/// Runs a comparison over cases. Returns the number of generated cases; the others were rejected.
fn run(cases: &[Case], same: impl Fn(&Case) -> Result<bool, String> + Send + Sync) -> usize {
    let results: Vec<Result<bool, String>> = cases.par_iter().map(same).collect();
    let faults: Vec<String> = cases
        .iter()
        .zip(&results)
        .filter_map(|(case, result)| Some(format!("{}: {:?}: {}", case.place, case.text, result.as_ref().err()?)))
        .collect();
    let first: Vec<&str> = faults.iter().take(10).map(String::as_str).collect();
    assert!(faults.is_empty(), "{} of {} cases, the first of them:\n{}", faults.len(), cases.len(), first.join("\n"));
    results.iter().filter(|result| matches!(result, Ok(true))).count()
}

/// Number of texts per position in ordinary test runs.
const FEW: usize = 1;
/// Number of texts per position in `.ci/run`.
const MANY: usize = 3;

fn one_at_a_time(subject: &Subject, texts_per_place: usize) {
    let cases = cases::one_at_a_time(subject, texts_per_place);
    let generated = run(&cases, files);
    println!("{}: {} of {} cases are generated", subject.name, generated, cases.len());
    // If all texts were rejected, the test would be void.
    assert!(generated * 10 > cases.len(), "{}: {generated} of {}", subject.name, cases.len());
}

#[test]
fn one_text_of_a_discovery_document() {
    one_at_a_time(&SUBJECTS[0], FEW);
}

#[test]
#[ignore = "takes minutes: a step of .ci/run"]
fn every_text_of_a_head() {
    let cases: Vec<Case> = SUBJECTS[..2].iter().flat_map(cases::of_the_head).collect();
    assert!(run(&cases, files) * 2 > cases.len());
}

#[test]
fn one_text_of_an_overlay() {
    one_at_a_time(&SUBJECTS[3], FEW);
}

#[test]
fn one_text_of_a_lock() {
    run(&cases::one_at_a_time(&SUBJECTS[4], FEW), files);
}

#[test]
#[ignore = "takes minutes: a step of .ci/run"]
fn many_texts_of_every_document() {
    SUBJECTS[..4].iter().for_each(|subject| one_at_a_time(subject, MANY));
    run(&cases::one_at_a_time(&SUBJECTS[4], MANY), files);
}

#[test]
#[ignore = "takes minutes: a step of .ci/run"]
fn all_texts_at_once() {
    let cases = cases::all_at_once();
    assert!(run(&cases, files) * 2 > cases.len());
}
