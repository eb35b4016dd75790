//! What documents leave out: each pass takes a model and gives a better one, or what a later step needs beside it.

pub mod names;
pub mod overlay;
pub mod prune;
pub mod unions;
pub mod pattern;
pub mod pagination;
pub mod operations;
