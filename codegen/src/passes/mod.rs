//! What documents leave out: each pass takes a model and gives a better one, or what a later step needs beside it.

pub mod http_body;
pub mod operations;
pub mod overlay;
pub mod pagination;
pub mod prune;
