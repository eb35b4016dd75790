//! Typed Rust bindings from Google Discovery and OpenAPI documents.
//!
//! Data flows one way, one folder for each step: a document's text ([`parser`]), the API in one vocabulary ([`model`]),
//! model to model ([`passes`]), the model as Rust ([`rust`]), files on disk ([`output`]). [`pipeline`] runs the steps in
//! order; [`Builder`] is the entry point for build scripts, [`commands`] for the command line.

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
pub mod commands;
pub mod diagnostic;
#[cfg(feature = "cli")]
pub mod diff;
#[cfg(feature = "cli")]
pub mod import;
pub mod model;
pub mod output;
mod parallel;
pub mod parser;
pub mod passes;
pub mod pipeline;
pub mod rust;
pub mod source;
#[doc(hidden)]
pub mod text;

pub use builder::Builder;
