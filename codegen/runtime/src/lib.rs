//! Runtime of the bindings that `discovery-codegen` generates.
//!
//! Programs call a generated crate, and use this one for settings and errors of calls, and for values of fields:
//!
//! ```
//! use discovery_runtime::http::{CallOptions, Code, Error};
//! use discovery_runtime::time::Timestamp;
//! use std::time::Duration;
//!
//! fn is_missing(error: &Error) -> bool {
//!     error.code() == Some(Code::NotFound)
//! }
//!
//! let options = CallOptions::new().with_timeout(Duration::from_secs(30));
//! let created: Timestamp = "2026-07-17T08:00:00Z".parse()?;
//! # let _ = (is_missing, options);
//! # assert_eq!(created.seconds(), 1_784_275_200);
//! # Ok::<(), discovery_runtime::time::Error>(())
//! ```
//!
//! - [`json`] decodes and encodes messages. The `serde` impls of generated types use the same codec.
//! - [`time`]: timestamps, durations and dates.
//! - [`http`]: requests, and the client that sends them.
//! - [`UnknownFields`], [`Unrecognized`] and [`Lenient`] hold what a service sends and the bindings do not know.
//!
//! A generated struct has a table of its keys and fields ([`Message`]); decoding, encoding, comparing and cloning work
//! on the table and are compiled once.

#![cfg_attr(docsrs, feature(doc_cfg))]
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

mod choice;
mod codec;
mod custom;
mod derived;
mod message;
mod open_enum;
mod serde_impl;
mod set;
mod slot;
mod union;
mod unknown;
mod visible;

pub mod http;
pub mod json;
pub mod time;

pub use bytes;
pub use serde_json;

pub use codec::{FieldMask, File, Lenient};
pub use message::Message;
pub use open_enum::Unrecognized;
pub use unknown::UnknownFields;

/// Interface of generated code: not for other callers, and changed without notice. Generated code states the version
/// that it needs by `generated_code!`.
#[doc(hidden)]
#[allow(missing_docs)]
pub mod __private {
    pub use crate::choice::{Alternative, Choice, Clue, JsonKind, JsonShape, Tag};
    pub use crate::codec::JsonCodec;
    pub use crate::json::{Reader, Writer};
    pub use crate::message::{FieldInfo, ValueEncoding};
    pub use crate::open_enum::OpenEnum;
    pub use crate::slot::{OptionalField, Slot};
    pub use crate::union::Union;
    pub use serde_core;

    pub mod choice {
        pub use crate::choice::{read, write};
    }
    pub mod custom {
        pub use crate::custom::{read, write};
    }
    pub mod message {
        pub use crate::message::{clone, eq, fmt};
    }
    pub mod open_enum {
        pub use crate::open_enum::{read, write};
    }
    pub mod serde_impl {
        pub use crate::serde_impl::{deserialize, serialize};
    }
    pub mod set {
        pub use crate::set::{list, list_field, map, map_field, null_field};
    }
    pub mod union {
        pub use crate::union::read;
    }
}
