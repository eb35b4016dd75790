//! Typed Rust bindings from Google Discovery and OpenAPI documents.
//!
//! [`Builder`] generates bindings in a build script:
//!
//! ```no_run
//! // build.rs
//! fn main() -> Result<(), discovery_codegen::builder::Error> {
//!     discovery_codegen::Builder::new()
//!         .spec("spec/books.v1.json")
//!         .include("shelves.**")
//!         .generate()
//! }
//! ```
//!
//! The command `discovery-codegen generate` writes whole crates. With the feature `cli`, `diff` compares two revisions
//! of an API:
//!
//! ```no_run
//! # #[cfg(feature = "cli")]
//! # fn compare() -> Result<(), discovery_codegen::diagnostic::Diagnostics> {
//! use discovery_codegen::diff::{Bump, diff};
//! use discovery_codegen::pipeline::{Input, Mode, Names};
//! use std::path::Path;
//!
//! let api = |path: &str| Input::read(Path::new(path), None)?.api(Mode::Strict);
//! let ((old, _), (new, _)) = (api("old.json")?, api("new.json")?);
//! let report = diff(&old, &new, &[], &Names::default());
//! assert_ne!(report.semver(), Some(Bump::Major));
//! # Ok(())
//! # }
//! ```
//!
//! Data flows one way, in one module for each step: `parser` reads the text of a document into the [`model`], `passes`
//! go from model to model, `rust` writes the model as Rust, and `output` writes the files. [`pipeline`] runs the steps
//! in order. Modules that are not listed below are for the command, and change without notice.

#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    not(test),
    deny(
        clippy::arithmetic_side_effects,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::unreachable,
        clippy::unwrap_used,
    )
)]

pub mod builder;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod commands;
pub mod diagnostic;
#[cfg(feature = "cli")]
pub mod diff;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod import;
pub mod model;
#[doc(hidden)]
pub mod output;
mod parallel;
#[doc(hidden)]
pub mod parser;
#[doc(hidden)]
pub mod passes;
pub mod pipeline;
#[doc(hidden)]
pub mod rust;
pub mod source;
#[doc(hidden)]
pub mod text;

pub use builder::Builder;
