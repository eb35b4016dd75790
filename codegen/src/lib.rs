//! Typed Rust bindings from Google Discovery and OpenAPI documents.
//!
//! Data flows one way, one folder for each step: a document as it is written ([`spec`]), the API in one vocabulary
//! ([`model`]), what documents leave out (`passes`), the model as Rust (`rust`), files on disk (`write`).

pub mod diagnostic;
pub mod model;
pub mod source;
pub mod spec;
