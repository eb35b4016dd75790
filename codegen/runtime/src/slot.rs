//! A place in a message: a field of a struct, seen by the codec.

use std::collections::BTreeMap;

use crate::json::{Error, Reader, Writer};
use crate::{Field, UnknownFields, Wire};

/// A field of a generated struct, whatever its type.
pub trait Slot {
    /// Reads the value of the key `fields[index]`.
    ///
    /// # Errors
    /// When the JSON is malformed or is not what the field takes.
    fn read_slot(
        &mut self,
        reader: &mut Reader<'_>,
        fields: &'static [Field],
        index: usize,
    ) -> Result<(), Error>;

    /// Writes key and value, or nothing when the field is not set. `fields` begins with the slot's first entry.
    fn write_slot(&self, writer: &mut Writer, fields: &'static [Field]);

    /// The unknown fields, when that is what this slot is.
    fn unknown_fields(&mut self) -> Option<&mut UnknownFields> {
        None
    }
}

/// What can stand in an `Option` field: a [`Wire`] value or a union.
pub trait Single: Sized {
    /// See [`Slot::read_slot`].
    ///
    /// # Errors
    /// When the JSON is malformed or is not what the field takes.
    fn read_single(
        slot: &mut Option<Self>,
        reader: &mut Reader<'_>,
        fields: &'static [Field],
        index: usize,
    ) -> Result<(), Error>;

    /// See [`Slot::write_slot`].
    fn write_single(&self, writer: &mut Writer, fields: &'static [Field]);
}

impl<T: Wire> Single for T {
    fn read_single(
        slot: &mut Option<Self>,
        reader: &mut Reader<'_>,
        fields: &'static [Field],
        index: usize,
    ) -> Result<(), Error> {
        if reader.at_null() && !T::empty().takes_null() {
            *slot = None;
            return reader.null();
        }
        slot.insert(T::empty()).read(reader, fields[index].3)
    }

    fn write_single(&self, writer: &mut Writer, fields: &'static [Field]) {
        writer.key(fields[0].0);
        self.write(writer, fields[0].3);
    }
}

impl<T: Single> Slot for Option<T> {
    fn read_slot(
        &mut self,
        reader: &mut Reader<'_>,
        fields: &'static [Field],
        index: usize,
    ) -> Result<(), Error> {
        T::read_single(self, reader, fields, index)
    }

    fn write_slot(&self, writer: &mut Writer, fields: &'static [Field]) {
        if let Some(value) = self {
            value.write_single(writer, fields);
        }
    }
}

impl<T: Wire> Slot for Vec<T> {
    fn read_slot(
        &mut self,
        reader: &mut Reader<'_>,
        fields: &'static [Field],
        index: usize,
    ) -> Result<(), Error> {
        self.clear();
        if reader.at_null() {
            return reader.null();
        }
        self.read(reader, fields[index].3)
    }

    fn write_slot(&self, writer: &mut Writer, fields: &'static [Field]) {
        if !self.is_empty() {
            writer.key(fields[0].0);
            self.write(writer, fields[0].3);
        }
    }
}

impl<T: Wire> Slot for BTreeMap<String, T> {
    fn read_slot(
        &mut self,
        reader: &mut Reader<'_>,
        fields: &'static [Field],
        index: usize,
    ) -> Result<(), Error> {
        self.clear();
        if reader.at_null() {
            return reader.null();
        }
        self.read(reader, fields[index].3)
    }

    fn write_slot(&self, writer: &mut Writer, fields: &'static [Field]) {
        if !self.is_empty() {
            writer.key(fields[0].0);
            self.write(writer, fields[0].3);
        }
    }
}

impl Slot for UnknownFields {
    fn read_slot(
        &mut self,
        reader: &mut Reader<'_>,
        _: &'static [Field],
        _: usize,
    ) -> Result<(), Error> {
        reader.skip()
    }

    fn write_slot(&self, writer: &mut Writer, _: &'static [Field]) {
        writer.unknown_fields(self);
    }

    fn unknown_fields(&mut self) -> Option<&mut UnknownFields> {
        Some(self)
    }
}
