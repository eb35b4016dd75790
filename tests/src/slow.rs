//! Proofs over every document that Google publishes.

pub mod all_documents;
pub mod documents;
pub mod forty_crates;
