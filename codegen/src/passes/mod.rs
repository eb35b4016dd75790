//! Passes from model to model: inference of facts that documents leave out, and selection of methods.

pub mod http_body;
pub mod operations;
pub mod overlay;
pub mod pagination;
pub mod prune;
