//! Files that go along with calls, and files that come back.

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

mod content;
mod download;
mod multipart;
mod resumable;
mod resumption;
mod upload;

pub use content::Media;
pub use download::Content;
pub use upload::{Protocol, Uploading};
