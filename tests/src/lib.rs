//! What the proofs share.

pub mod canonical;
pub mod codec;
pub mod project;
pub mod python;
pub mod shuffle;
pub mod slow;
pub mod tree;
