//! Values: what stands after a key, in a list, in a map, in a union.

mod any;
mod bytes;
mod field_mask;
mod file;
mod list;
mod map;
mod scalar;

pub use field_mask::FieldMask;
pub use file::File;

use crate::json::{Error, Reader, Writer};
use crate::{Form, Message};

/// A value that JSON can hold.
///
/// The runtime implements it for all types of the wire; generated code for its enums, in three lines that call
/// [`open_enum`](crate::open_enum).
pub trait Wire {
    /// A value to read into.
    fn empty() -> Self
    where
        Self: Sized;

    /// Reads the value.
    ///
    /// # Errors
    /// When the JSON is malformed or is not what the type takes.
    fn read(&mut self, reader: &mut Reader<'_>, form: Form) -> Result<(), Error>;

    /// Writes the value.
    fn write(&self, writer: &mut Writer, form: Form);

    /// Whether `null` is a value of the type, not its absence.
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

    /// [`null_is_data`](Self::null_is_data) of a value whose type is not known.
    fn takes_null(&self) -> bool {
        false
    }
}

impl<M: Message + Default> Wire for M {
    fn empty() -> Self {
        M::default()
    }

    fn read(&mut self, reader: &mut Reader<'_>, _: Form) -> Result<(), Error> {
        reader.message(self)
    }

    fn write(&self, writer: &mut Writer, _: Form) {
        writer.message(self);
    }

    fn as_message(&self) -> Option<&dyn Message> {
        Some(self)
    }

    fn as_message_mut(&mut self) -> Option<&mut dyn Message> {
        Some(self)
    }
}
