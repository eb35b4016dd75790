//! Unions that a document does not state: imports from protos and reference pages, and suspected ones.

mod document;
mod figures;
mod imports;
mod leave_out;
mod packages;
mod protos;
#[path = "../support/real.rs"]
#[allow(dead_code, unreachable_pub)]
mod real;
mod small;
#[path = "../support/text.rs"]
#[allow(dead_code, unreachable_pub)]
mod text;
