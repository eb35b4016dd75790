//! Decodes and encodes messages as JSON, by protobuf's JSON mapping.

pub(crate) mod equal;
mod error;
mod float;
mod integer;
mod message;
mod reader;
pub(crate) mod scan;
mod string;
mod writer;

pub use error::Error;
pub(crate) use float::is_rounded;
#[doc(hidden)]
pub use reader::Reader;
#[doc(hidden)]
pub use writer::Writer;

use crate::message::Message;

/// Maximum depth of objects and lists, in both directions: protobuf's own limit.
pub const MAX_DEPTH: u8 = 100;

/// Decodes a message from the bytes of one JSON object.
///
/// # Errors
/// When the bytes are not UTF-8, not JSON, hold anything but one object, nest deeper than [`MAX_DEPTH`], or set two
/// members of a union that exclude each other. A value that its field does not accept is not an error: it is kept in
/// [`UnknownFields`](crate::UnknownFields).
pub fn from_slice<M: Message + Default>(json: &[u8]) -> Result<M, Error> {
    from_str(reader::utf8(json)?)
}

/// Decodes a message from the text of one JSON object.
///
/// # Errors
/// As [`from_slice`].
pub fn from_str<M: Message + Default>(json: &str) -> Result<M, Error> {
    let mut message = M::default();
    let mut reader = Reader::new(json);
    reader.message(&mut message)?;
    reader.end()?;
    Ok(message)
}

/// Encodes a message as compact JSON.
///
/// # Errors
/// When it nests deeper than [`MAX_DEPTH`].
pub fn to_vec<M: Message>(message: &M) -> Result<Vec<u8>, Error> {
    to_string(message).map(String::into_bytes)
}

/// Encodes a message as compact JSON.
///
/// # Errors
/// When it nests deeper than [`MAX_DEPTH`].
pub fn to_string<M: Message>(message: &M) -> Result<String, Error> {
    let mut writer = Writer::new();
    writer.message(message);
    writer.finish()
}
