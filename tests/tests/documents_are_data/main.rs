//! Documents are data: no text in a document becomes code, markup, a directive or a command.
//!
//! Hostile texts replace every string and key of documents, overlays and locks, one at a time and all at once. The
//! output is compared with that of a twin, which has a harmless text of the same kind. Positions are found by walking
//! the documents, so that new keys are covered without a change to these tests.

mod build_script;
mod cases;
mod comparison;
mod docs;
mod manifest;
mod markdown;
mod page;
mod review;
mod services;
mod terminal;

use cases::{SUBJECTS, at_once};
use comparison::{files, one_at_a_time, run};
use discovery_codegen::pipeline::Mode;
use discovery_fuzz::seeds;

/// Number of texts per position. `slow-proofs documents-are-data` tries several.
const FEW: usize = 1;

#[test]
fn one_text_of_a_discovery_document() {
    one_at_a_time(&SUBJECTS[0], FEW).unwrap();
}

#[test]
fn all_texts_of_a_discovery_document() {
    let cases = at_once(&SUBJECTS[0], Mode::Strict);
    let generated = run(&cases, files).unwrap();
    // A path has too many parts for a name.
    assert!(generated + 1 >= cases.len(), "{generated} of {}", cases.len());
}

/// Descriptions of OpenAPI documents are Markdown, those of Discovery documents are not.
#[test]
fn markup_in_an_openapi_document() {
    let mut cases = at_once(&SUBJECTS[1], Mode::Strict);
    cases.retain(|case| case.text.contains(['<', '[', '`']));
    let generated = run(&cases, files).unwrap();
    assert!(generated * 2 > cases.len(), "{generated} of {}", cases.len());
}

#[test]
fn reviews_of_all_texts_of_a_discovery_document() {
    review::check(&seeds::park(), &at_once(&SUBJECTS[0], Mode::Lenient)).unwrap();
}

#[test]
fn one_text_of_an_overlay() {
    one_at_a_time(&SUBJECTS[3], FEW).unwrap();
}

#[test]
fn one_text_of_a_lock() {
    // Most hostile names are rejected.
    run(&cases::one_at_a_time(&SUBJECTS[4], FEW), files).unwrap();
}
