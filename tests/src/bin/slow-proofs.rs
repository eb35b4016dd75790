//! The proofs that take minutes: `cargo run --release -p conformance --bin slow-proofs`.
//!
//! `all-documents` generates every document that Google publishes; `forty-crates` compiles forty of them, lints some,
//! and builds the docs of some. Without an argument, both.

use conformance::slow::{all_documents, forty_crates};
use std::process::ExitCode;

fn main() -> ExitCode {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let is_asked = |name: &str| asked.is_empty() || asked.iter().any(|asked| asked == name);
    if let Some(other) = asked.iter().find(|name| !["all-documents", "forty-crates"].contains(&name.as_str())) {
        eprintln!("`{other}` is no proof: there are `all-documents` and `forty-crates`");
        return ExitCode::from(2);
    }
    let mut proofs: Vec<fn() -> Result<(), String>> = Vec::new();
    if is_asked("all-documents") {
        proofs.push(all_documents::run);
    }
    if is_asked("forty-crates") {
        proofs.push(forty_crates::run);
    }
    for proof in proofs {
        if let Err(error) = proof() {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
