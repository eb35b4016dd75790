//! A document is data: nothing that it says becomes code, markup, a directive or a command.
//!
//! Hostile texts are put into every string and every key of documents, overlays and locks, one place at a time and all
//! at once. What is generated is compared with what comes of a twin that has a harmless text of the same kind there.
//! Places are found by walking the documents, so that what is read tomorrow is tried without a change here.

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

/// Every file that is generated, but for what the other modules compare.
fn files(case: &Case) -> Result<bool, String> {
    if !generate::compare(&case.evil, &case.twin)? {
        return Ok(false);
    }
    let (Ok(evil), Ok(twin)) = (case.evil.files(), case.twin.files()) else { return Ok(false) };
    manifest::same(&evil.texts["Cargo.toml"], &twin.texts["Cargo.toml"])?;
    markdown::same(&evil.texts["README.md"], &twin.texts["README.md"])?;
    Ok(true)
}

/// Runs a comparison over cases; returns how many were generated, the others being refused.
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

/// Number of texts tried at each place every day.
const FEW: usize = 1;
/// Number of texts tried at each place by the gate.
const MANY: usize = 3;

fn one_at_a_time(subject: &Subject, texts_per_place: usize) {
    let cases = cases::one_at_a_time(subject, texts_per_place);
    let generated = run(&cases, files);
    println!("{}: {} of {} cases are generated", subject.name, generated, cases.len());
    // A document whose every text is refused would prove nothing.
    assert!(generated * 10 > cases.len(), "{}: {generated} of {}", subject.name, cases.len());
}

#[test]
fn one_text_of_a_discovery_document() {
    one_at_a_time(&SUBJECTS[0], FEW);
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
