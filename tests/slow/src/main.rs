//! Tests that take minutes: `cargo run --release -p slow-proofs`.
//!
//! - `all-documents` generates every document that Google publishes;
//! - `all-diffs` compares each of them with itself, and with an earlier release;
//! - `forty-crates` compiles forty of the crates, lints some, and builds the docs of some;
//! - `review-page` uses the page of a review in a real browser;
//! - `documents-are-data` replaces every text of documents, overlays and locks by hostile ones;
//! - `kills` kills `generate` at any moment;
//! - `packages` builds a generated crate from a registry, and earlier generated code against the runtime;
//! - `growth` measures that time and memory are linear in the input, of half a megabyte;
//! - `fuzz` runs each fuzz target on random changes of its seeds.
//!
//! Without an argument, all of these run. By name only:
//!
//! - `rust-verdicts` compares the verdicts of `diff` with those of rustc and cargo-semver-checks;
//! - `growth-of-a-megabyte` does what `growth` does, with inputs of a megabyte;
//! - `libfuzzer` runs each fuzz target by libFuzzer, which is built with nightly Rust;
//! - `openapi-sweep` generates OpenAPI documents of packages, whole and one method at a time;
//! - `openapi-examples` decodes and encodes the examples of these documents with generated types;
//! - `unions` imports the unions of documents from protos, and counts those that both have.
//!
//! Variables limit some of them, by words that commas separate: `GROWTH_ONLY` limits `growth` to the constructs whose
//! names contain one of its words, `OPENAPI_DOCUMENTS` those of OpenAPI to such documents, and `RUST_VERDICTS_RULES`
//! `rust-verdicts` to examples of such rules. A word that matches nothing is an error.

mod all_diffs;
mod all_documents;
mod documents;
mod documents_are_data;
mod forty_crates;
mod fuzz;
mod growth;
mod kills;
mod openapi_documents;
mod openapi_examples;
mod openapi_sweep;
mod packages;
mod project;
// The generator's own tests use it too.
#[allow(dead_code, unreachable_pub)]
#[path = "../../../codegen/tests/support/real.rs"]
mod real;
mod review_page;
mod rust_verdicts;
// The generator's own tests use it too.
#[allow(unreachable_pub)]
#[path = "../../../codegen/tests/support/text.rs"]
mod text;
mod unions;

use std::process::ExitCode;

type Proof = fn() -> Result<(), String>;

const PROOFS: [(&str, Proof); 9] = [
    ("all-documents", all_documents::run),
    ("all-diffs", all_diffs::run),
    ("forty-crates", forty_crates::run),
    ("review-page", review_page::run),
    ("documents-are-data", documents_are_data::run_all),
    ("kills", kills::run),
    ("packages", packages::run),
    ("growth", growth::run),
    ("fuzz", fuzz::run),
];

/// Proofs that run by name only.
const BY_NAME: [(&str, Proof); 6] = [
    ("rust-verdicts", rust_verdicts::run),
    ("growth-of-a-megabyte", growth::megabyte),
    ("libfuzzer", fuzz::guided),
    ("openapi-sweep", openapi_sweep::run),
    ("openapi-examples", openapi_examples::run),
    ("unions", unions::run),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let all = || PROOFS.into_iter().chain(BY_NAME);
    if let Some(other) = arguments.iter().find(|argument| !all().any(|(name, _)| name == **argument)) {
        let names: Vec<&str> = all().map(|(name, _)| name).collect();
        eprintln!("unknown proof `{other}`; one of: {}", names.join(", "));
        return ExitCode::from(2);
    }
    let wanted = |name: &str| arguments.iter().any(|argument| argument == name);
    let run = PROOFS.into_iter().filter(|(name, _)| arguments.is_empty() || wanted(name));
    for (name, proof) in run.chain(BY_NAME.into_iter().filter(|(name, _)| wanted(name))) {
        if let Err(error) = proof() {
            eprintln!("{name}: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
