//! Passes from model to model: facts that documents leave out, and the methods that are asked for.

pub mod http_body;
pub mod operations;
pub mod overlay;
pub mod pagination;
pub mod prune;
