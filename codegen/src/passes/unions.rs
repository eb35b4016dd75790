//! Unions: learning them from sources that state them, and watching them as documents change.
//!
//! Documents list a union's members as plain properties. Protos and reference pages say which belong together: each
//! gives [`Facts`], which [`write`](write::write) puts into an overlay. [`check`] compares a document with what its overlay says, and tells
//! of properties that look like members and that nobody has placed.

pub mod check;
mod facts;
#[cfg(feature = "import")]
pub mod proto;
pub mod reference;
pub mod write;

pub use facts::{ApartFact, BehaviorFact, Facts, OperationFact, UnionFact};
