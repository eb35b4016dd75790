//! A place in a message: a field of a struct, seen by the codec.

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt::Debug;

use crate::json::{Error, Reader, Writer};
use crate::{Field, Form, UnknownFields, Wire};

/// A field of a generated struct, whatever its type.
pub trait Slot: Any {
    /// Reads the value of the key `fields[index]`.
    ///
    /// # Errors
    /// When the JSON is malformed or is not what the field takes.
    fn read(&mut self, reader: &mut Reader<'_>, fields: &'static [Field], index: usize) -> Result<(), Error>;

    /// Writes key and value, or nothing when the field is not set. `fields` begins with the slot's first entry.
    fn write(&self, writer: &mut Writer, fields: &'static [Field]);

    /// The key and the value, when the field is set. `fields` begins with the slot's first entry.
    fn shown(&self, fields: &'static [Field]) -> Option<(&'static str, &dyn Debug)>;

    /// Whether the other is of the same type and equal.
    fn equals(&self, other: &dyn Slot) -> bool;

    /// Becomes equal to the other, which is of the same type.
    fn copy(&mut self, other: &dyn Slot);
}

/// How the value of a key is written.
fn form(fields: &[Field], index: usize) -> Form {
    fields.get(index).map_or(Form::Proto, |field| field.3)
}

fn equals<T: PartialEq + 'static>(one: &T, other: &dyn Slot) -> bool {
    (other as &dyn Any).downcast_ref() == Some(one)
}

fn copy<T: Clone + 'static>(one: &mut T, other: &dyn Slot) {
    if let Some(other) = (other as &dyn Any).downcast_ref::<T>() {
        // Not `clone_from`: it would save an allocation for much code.
        *one = other.clone();
    }
}

/// What can stand in an `Option` field: a [`Wire`] value or a union.
pub trait Single: Sized {
    /// See [`Slot::read`].
    ///
    /// # Errors
    /// When the JSON is malformed or is not what the field takes.
    fn read_single(
        slot: &mut Option<Self>,
        reader: &mut Reader<'_>,
        fields: &'static [Field],
        index: usize,
    ) -> Result<(), Error>;

    /// The value, and the number of the union's member that it is; 0 where there is no union.
    fn member(&self) -> (u16, &dyn Wire);
}

impl<T: Wire> Single for T {
    fn read_single(
        slot: &mut Option<Self>,
        reader: &mut Reader<'_>,
        fields: &'static [Field],
        index: usize,
    ) -> Result<(), Error> {
        if !T::null_is_data() && reader.take_null()? {
            *slot = None;
            return Ok(());
        }
        slot.insert(T::empty()).read(reader, form(fields, index))
    }

    fn member(&self) -> (u16, &dyn Wire) {
        (0, self)
    }
}

impl<T: Single + Clone + PartialEq + Debug + 'static> Slot for Option<T> {
    fn read(&mut self, reader: &mut Reader<'_>, fields: &'static [Field], index: usize) -> Result<(), Error> {
        T::read_single(self, reader, fields, index)
    }

    fn write(&self, writer: &mut Writer, fields: &'static [Field]) {
        if let Some(value) = self {
            let (member, value) = value.member();
            if let Some(field) = fields.get(usize::from(member)) {
                writer.key(field.0);
                value.write(writer, field.3);
            }
        }
    }

    fn shown(&self, fields: &'static [Field]) -> Option<(&'static str, &dyn Debug)> {
        let value = self.as_ref()?;
        Some((fields.get(usize::from(value.member().0))?.0, value))
    }

    fn equals(&self, other: &dyn Slot) -> bool {
        equals(self, other)
    }

    fn copy(&mut self, other: &dyn Slot) {
        copy(self, other);
    }
}

impl<T: Wire + Clone + PartialEq + Debug + 'static> Slot for Vec<T> {
    fn read(&mut self, reader: &mut Reader<'_>, fields: &'static [Field], index: usize) -> Result<(), Error> {
        self.clear();
        if reader.take_null()? {
            return Ok(());
        }
        Wire::read(self, reader, form(fields, index))
    }

    fn write(&self, writer: &mut Writer, fields: &'static [Field]) {
        if let [field, ..] = fields
            && !self.is_empty()
        {
            writer.key(field.0);
            Wire::write(self, writer, field.3);
        }
    }

    fn shown(&self, fields: &'static [Field]) -> Option<(&'static str, &dyn Debug)> {
        fields.first().filter(|_| !self.is_empty()).map(|field| (field.0, self as &dyn Debug))
    }

    fn equals(&self, other: &dyn Slot) -> bool {
        equals(self, other)
    }

    fn copy(&mut self, other: &dyn Slot) {
        copy(self, other);
    }
}

impl<T: Wire + Clone + PartialEq + Debug + 'static> Slot for BTreeMap<String, T> {
    fn read(&mut self, reader: &mut Reader<'_>, fields: &'static [Field], index: usize) -> Result<(), Error> {
        self.clear();
        if reader.take_null()? {
            return Ok(());
        }
        Wire::read(self, reader, form(fields, index))
    }

    fn write(&self, writer: &mut Writer, fields: &'static [Field]) {
        if let [field, ..] = fields
            && !self.is_empty()
        {
            writer.key(field.0);
            Wire::write(self, writer, field.3);
        }
    }

    fn shown(&self, fields: &'static [Field]) -> Option<(&'static str, &dyn Debug)> {
        fields.first().filter(|_| !self.is_empty()).map(|field| (field.0, self as &dyn Debug))
    }

    fn equals(&self, other: &dyn Slot) -> bool {
        equals(self, other)
    }

    fn copy(&mut self, other: &dyn Slot) {
        copy(self, other);
    }
}

/// Only a place in the list of slots: the codec reads and writes the unknown fields itself.
impl Slot for UnknownFields {
    fn read(&mut self, reader: &mut Reader<'_>, _: &'static [Field], _: usize) -> Result<(), Error> {
        reader.skip()
    }

    fn write(&self, _: &mut Writer, _: &'static [Field]) {}

    fn shown(&self, _: &'static [Field]) -> Option<(&'static str, &dyn Debug)> {
        (!self.is_empty()).then_some(("unknown_fields", self))
    }

    fn equals(&self, other: &dyn Slot) -> bool {
        equals(self, other)
    }

    fn copy(&mut self, other: &dyn Slot) {
        copy(self, other);
    }
}
