//! Passes from model to model: facts that documents leave out, and the methods that are asked for.

#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::unreachable,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::arithmetic_side_effects
    )
)]

pub mod http_body;
pub mod operations;
pub mod overlay;
pub mod pagination;
pub mod prune;
