//! The one trait that a generated struct implements.

use crate::json::{Error, Reader, Writer};

/// How a value is written where its Rust type does not tell.
///
/// Reading accepts every form whatever this says.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Form {
    /// As protobuf's JSON mapping has it: 64-bit integers as strings.
    Proto,
    /// As a JSON number, also when it has 64 bits (OpenAPI's `integer`, `int64`) or is an enum's value.
    Number,
}

/// One JSON key of a message: `Field(name, slot, member, form)`.
///
/// A table of them is sorted by slot, then member. A slot has one entry, or, when it is a union, one for each
/// member, numbered from 0. Names must be such that JSON escapes nothing in them.
#[derive(Clone, Copy, Debug)]
pub struct Field(
    /// The key, as the document spells it.
    pub &'static str,
    /// The place of the Rust field in the message's slots.
    pub u16,
    /// The number of the union's member that this key holds; 0 where there is no union.
    pub u16,
    /// How values are written.
    pub Form,
);

/// A JSON object with known keys.
///
/// Implemented by generated code alone, which passes a table of keys and its fields to the codec.
pub trait Message {
    /// The table of the keys.
    fn fields(&self) -> &'static [Field];

    /// Calls [`Reader::message`] with the table and all slots in order, the unknown fields last.
    ///
    /// # Errors
    /// Those of the reader.
    fn read_fields(&mut self, reader: &mut Reader<'_>) -> Result<(), Error>;

    /// Calls [`Writer::message`] with the table and all slots in order, the unknown fields last.
    fn write_fields(&self, writer: &mut Writer);
}

impl<M: Message> Message for Box<M> {
    fn fields(&self) -> &'static [Field] {
        (**self).fields()
    }

    fn read_fields(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        (**self).read_fields(reader)
    }

    fn write_fields(&self, writer: &mut Writer) {
        (**self).write_fields(writer);
    }
}
