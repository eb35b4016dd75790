//! Proofs that take minutes.

pub mod all_diffs;
pub mod all_documents;
pub mod documents;
pub mod forty_crates;
#[allow(dead_code, unreachable_pub)]
#[path = "../../codegen/tests/diff_support/real.rs"]
mod real;
pub mod rust_verdicts;
