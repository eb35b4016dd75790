//! Proofs that take minutes.

pub mod all_diffs;
pub mod all_documents;
pub mod documents;
pub mod forty_crates;
pub mod rust_verdicts;
