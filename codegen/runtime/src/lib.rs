//! What generated bindings link against: the types of the wire, and one table-driven JSON codec.
//!
//! A generated struct says only what its fields are called and where they are ([`Message`]); all logic is here,
//! once, and not generic. [`json`] is the fast way in and out; the `serde` impls of generated types ([`serde_impl`])
//! are driven by the same tables.

#![cfg_attr(
    not(test),
    deny(
        clippy::arithmetic_side_effects,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::unreachable,
        clippy::unwrap_used,
    )
)]

pub mod choice;
mod derived;
pub mod message;
mod slot;
mod unknown;
mod wire;

#[allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]
pub mod http;
pub mod json;
pub mod open_enum;
pub mod serde_impl;
pub mod set;
pub mod time;
pub mod union;

pub use bytes;
pub use serde_core;
pub use serde_json;

pub use choice::{Alternative, Choice};
pub use message::{Field, Form, Message};
pub use open_enum::{OpenEnum, Unrecognized};
pub use slot::{Single, Slot};
pub use union::Union;
pub use unknown::UnknownFields;
pub use wire::{FieldMask, File, Wire};
