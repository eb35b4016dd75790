//! Values: of fields, in lists, in maps, in unions.

mod any;
mod bytes;
mod field_mask;
mod file;
mod lenient;
mod list;
mod map;
mod option;
mod scalar;

pub use field_mask::FieldMask;
pub use file::File;
pub use lenient::Lenient;

use crate::json::{Error, Reader, Writer};
use crate::message::{Message, ValueEncoding};

/// A type that is decoded from and encoded as a JSON value.
///
/// Implemented by this crate for scalars, times, lists, maps and messages, and by generated code for its enums and
/// choices.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a type that bindings encode as JSON",
    note = "for a type that replaces one of a document: `discovery_runtime::json_type!({Self});` next to its definition"
)]
pub trait JsonCodec {
    /// Returns a value to decode into.
    fn empty() -> Self
    where
        Self: Sized;

    /// Decodes the value.
    ///
    /// # Errors
    /// When the JSON is malformed or is not what the type takes.
    fn read(&mut self, reader: &mut Reader<'_>, encoding: ValueEncoding) -> Result<(), Error>;

    /// Encodes the value as JSON.
    fn write(&self, writer: &mut Writer, encoding: ValueEncoding);

    /// Returns `true` if `null` is a value of the type, not its absence.
    fn null_is_data() -> bool
    where
        Self: Sized,
    {
        false
    }

    /// Returns the value as a message, if it is one.
    fn as_message(&self) -> Option<&dyn Message> {
        None
    }

    /// Returns the value as a message that can be changed, if it is one.
    fn as_message_mut(&mut self) -> Option<&mut dyn Message> {
        None
    }

    /// [`null_is_data`](Self::null_is_data) for a trait object.
    fn takes_null(&self) -> bool {
        false
    }
}

impl<M: Message + Default> JsonCodec for M {
    #[inline]
    fn empty() -> Self {
        M::default()
    }

    #[inline]
    fn read(&mut self, reader: &mut Reader<'_>, _: ValueEncoding) -> Result<(), Error> {
        reader.message(self)
    }

    #[inline]
    fn write(&self, writer: &mut Writer, _: ValueEncoding) {
        writer.message(self);
    }

    #[inline]
    fn as_message(&self) -> Option<&dyn Message> {
        Some(self)
    }

    #[inline]
    fn as_message_mut(&mut self) -> Option<&mut dyn Message> {
        Some(self)
    }
}
