//! What the proofs share.

pub mod canonical;
pub mod codec;
pub mod discovery;
pub mod figure;
pub mod project;
pub mod python;
pub mod random;
pub mod sample;
pub mod shuffle;
pub mod slow;
pub mod tree;
