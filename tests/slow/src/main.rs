//! The proofs that take minutes: `cargo run --release -p slow-proofs`.
//!
//! `all-documents` generates every document that Google publishes; `all-diffs` compares each with itself, and with what
//! it was in an earlier release; `forty-crates` compiles forty of them, lints some,
//! and builds the docs of some; `rust-verdicts` asks rustc and cargo-semver-checks what they say of the changes that
//! `diff` judges; `review-page` uses the page of a review in a real browser. Without an argument, all of them.

mod all_diffs;
mod all_documents;
mod documents;
mod forty_crates;
mod project;
// The generator's own tests use it too.
#[allow(dead_code, unreachable_pub)]
#[path = "../../../codegen/tests/diff_support/real.rs"]
mod real;
mod review_page;
mod rust_verdicts;

use std::process::ExitCode;

type Proof = fn() -> Result<(), String>;

const PROOFS: [(&str, Proof); 5] = [
    ("all-documents", all_documents::run),
    ("all-diffs", all_diffs::run),
    ("forty-crates", forty_crates::run),
    ("rust-verdicts", rust_verdicts::run),
    ("review-page", review_page::run),
];

fn main() -> ExitCode {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    if let Some(other) = asked.iter().find(|asked| !PROOFS.iter().any(|(name, _)| name == *asked)) {
        eprintln!("`{other}` is no proof: there are {}", PROOFS.map(|(name, _)| name).join(", "));
        return ExitCode::from(2);
    }
    for (name, proof) in PROOFS {
        if !asked.is_empty() && !asked.iter().any(|asked| asked == name) {
            continue;
        }
        if let Err(error) = proof() {
            eprintln!("{name}: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
