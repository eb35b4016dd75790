//! Shared code of the tests.

pub mod canonical;
pub mod codec;
pub mod discovery;
pub mod figure;
pub mod project;
pub mod python;
pub mod random;
// The generator's own tests use it too.
#[allow(dead_code, unreachable_pub)]
#[path = "../../codegen/tests/support/real.rs"]
mod real;
pub mod sample;
pub mod shuffle;
pub mod tree;
