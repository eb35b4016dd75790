//! The contract with the code generator: a handwritten example of the generated code for each construct.
//!
//! It has the form of a generated crate, without docs and links. Comments that begin with `Rule:` specify the generator.

#![allow(dead_code, unreachable_pub)]

::discovery_runtime::generated_code!(2);

/// Types of an API.
///
/// Rule: one module with all schemas; nested types are in a module named after the schema (snake case). Names of the
/// runtime are always written in full, from `::discovery_runtime`, so that no schema's name can hide them; those of
/// std likewise, from `::std`. `String`, `Vec`, `Option`, `Box`, `Some`, `None`, `Ok`, `Err` likewise, but only where
/// the document has a schema of that name.
// Rule: names come from the document, so this lint is disabled.
#[allow(clippy::enum_variant_names)]
pub mod model;
