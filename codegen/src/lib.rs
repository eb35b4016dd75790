//! Typed Rust bindings from Google Discovery and OpenAPI documents.
//!
//! Data flows one way, one folder for each step: a document as it is written ([`spec`]), the API in one vocabulary
//! ([`model`]), what documents leave out ([`passes`]), the model as Rust ([`rust`]), files on disk ([`write`](mod@write)).
//! [`pipeline`] puts the steps in a row; [`Builder`], [`config`] and [`crates`] are the three doors to it.

pub mod builder;
#[cfg(feature = "cli")]
pub mod cli;
pub mod config;
pub mod crates;
pub mod diagnostic;
pub mod diff;
#[cfg(feature = "fetch")]
pub mod fetch;
pub mod input;
pub mod inspect;
pub mod lock;
pub mod model;
pub mod passes;
pub mod pipeline;
#[cfg(feature = "cli")]
pub mod request;
pub mod rust;
pub mod source;
pub mod spec;
pub mod vendor;
pub mod write;

pub use builder::Builder;
