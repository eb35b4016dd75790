//! OpenAPI documents: the models that are read from them, their warnings, and credentials.

mod bad;
mod cases;
mod constructs;
mod exports;
mod google;
mod requests;
mod same;
#[cfg(feature = "cli")]
mod security;
mod streams;
mod variants;
