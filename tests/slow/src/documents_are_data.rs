//! Hostile texts in place of every string and key of documents, overlays and locks. The everyday tests try one text per
//! position.

#[path = "../../tests/documents_are_data/cases.rs"]
mod cases;
#[path = "../../tests/documents_are_data/comparison.rs"]
mod comparison;
#[path = "../../tests/documents_are_data/docs.rs"]
mod docs;
#[path = "../../tests/documents_are_data/manifest.rs"]
mod manifest;
#[path = "../../tests/documents_are_data/markdown.rs"]
mod markdown;
#[path = "../../tests/documents_are_data/page.rs"]
mod page;
#[path = "../../tests/documents_are_data/review.rs"]
mod review;
#[path = "../../tests/documents_are_data/services.rs"]
mod services;

use cases::{Case, SUBJECTS, Subject};
use comparison::{files, one_at_a_time, run};
use discovery_codegen::pipeline::Mode;
use discovery_fuzz::hostile::put;
use discovery_fuzz::seeds;
use discovery_fuzz::tree::Position;

/// Number of texts per position: each replaces, precedes and follows the existing text.
const TEXTS: usize = 3;

/// Compares the output for hostile texts, one at a time and all at once, with that for harmless ones.
///
/// # Errors
/// The first texts that become code or markup; subjects that reject nearly all texts.
pub(crate) fn run_all() -> Result<(), String> {
    for subject in &SUBJECTS[..4] {
        one_at_a_time(subject, TEXTS)?;
    }
    // Most hostile names are rejected.
    run(&cases::one_at_a_time(&SUBJECTS[4], TEXTS), files)?;
    half("values of the head", &SUBJECTS[..2].iter().flat_map(of_the_head).collect::<Vec<_>>())?;
    half("all texts at once", &cases::all_at_once())?;
    for (subject, base) in SUBJECTS.iter().zip([seeds::park(), seeds::store()]) {
        review::check(&base, &cases::one_at_a_time(subject, 1))?;
        review::check(&base, &cases::at_once(subject, Mode::Lenient))?;
    }
    Ok(())
}

/// Compares cases of which more than half are generated.
fn half(name: &str, cases: &[Case]) -> Result<(), String> {
    let generated = run(cases, files)?;
    println!("{name}: {generated} of {} cases are generated", cases.len());
    if generated * 2 > cases.len() { Ok(()) } else { Err(format!("{name}: only {generated} of {}", cases.len())) }
}

/// Returns cases with each text at each value of the head of a document, such as its title and its version. These
/// values reach more targets than others: the manifest, the README and the names of files.
fn of_the_head(subject: &Subject) -> Vec<Case> {
    let head = subject.positions().into_iter().filter(|position| position.path.len() <= 2 && !position.is_key);
    let head: Vec<Position> = head.collect();
    let texts = cases::texts();
    let places: [fn(&str, &str) -> String; 3] =
        [put, |old, text| format!("{text}{old}"), |old, text| format!("{old}{text}")];
    let each = head.iter().flat_map(|position| texts.iter().map(move |text| (position, text)));
    each.zip(places.iter().cycle())
        .map(|((position, text), place)| subject.case(std::slice::from_ref(position), text, place))
        .collect()
}
