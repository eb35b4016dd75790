//! JSON as protobuf maps it, in and out.

mod error;
mod float;
mod integer;
mod reader;
pub(crate) mod scan;
mod string;
mod writer;

pub use error::Error;
pub use reader::Reader;
pub use writer::Writer;

use crate::Message;

/// How deep objects and lists may nest, in both directions: protobuf's own limit.
pub const MAX_DEPTH: u8 = 100;

/// Reads a message from the bytes of one JSON object.
///
/// # Errors
/// When the bytes are not UTF-8, not JSON, hold anything after the object, nest deeper than [`MAX_DEPTH`], or hold a
/// known key with a value that its field does not take.
pub fn from_slice<M: Message + Default>(json: &[u8]) -> Result<M, Error> {
    from_str(reader::utf8(json)?)
}

/// Reads a message from the text of one JSON object.
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

/// Writes a message as compact JSON.
///
/// # Errors
/// When it nests deeper than [`MAX_DEPTH`].
pub fn to_vec<M: Message>(message: &M) -> Result<Vec<u8>, Error> {
    to_string(message).map(String::into_bytes)
}

/// Writes a message as compact JSON.
///
/// # Errors
/// When it nests deeper than [`MAX_DEPTH`].
pub fn to_string<M: Message>(message: &M) -> Result<String, Error> {
    let mut writer = Writer::new();
    writer.message(message);
    writer.finish()
}
