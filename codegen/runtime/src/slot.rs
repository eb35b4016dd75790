//! Fields of a generated struct as the codec sees them.

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt::Debug;

use crate::codec::JsonCodec;
use crate::json::{Error, Reader, Writer};
use crate::message::FieldInfo;
use crate::unknown::UnknownFields;

/// A field of a generated struct, of any type.
pub trait Slot: Any {
    /// Decodes the value of the key `field`. If the field does not take the value, the slot is left unset; a union
    /// keeps the member that it had.
    ///
    /// # Errors
    /// When the JSON is malformed or is not what the field takes.
    fn read(&mut self, reader: &mut Reader<'_>, field: &FieldInfo) -> Result<(), Error>;

    /// Encodes key and value, or nothing if the field is unset. `entries` begins with the slot's first entry.
    fn write(&self, writer: &mut Writer, entries: &'static [FieldInfo]);

    /// Returns the index of the union's member that is set (0 outside of a union) and its value for `Debug`; `None` if
    /// the field is unset.
    fn debug_entry(&self) -> Option<(u16, &dyn Debug)>;

    /// Returns `true` if the other slot has the same type and an equal value.
    fn dyn_eq(&self, other: &dyn Slot) -> bool;

    /// Assigns a clone of the other slot's value, which has the same type.
    fn assign_from(&mut self, other: &dyn Slot);
}

#[inline]
fn dyn_eq<T: PartialEq + 'static>(one: &T, other: &dyn Slot) -> bool {
    (other as &dyn Any).downcast_ref() == Some(one)
}

#[inline]
fn assign_from<T: Clone + 'static>(one: &mut T, other: &dyn Slot) {
    if let Some(other) = (other as &dyn Any).downcast_ref::<T>() {
        // Not `clone_from`: it would save an allocation for much code.
        *one = other.clone();
    }
}

/// A type of an `Option` field: a [`JsonCodec`] value or a union.
pub trait OptionalField: Sized {
    /// Implements [`Slot::read`].
    ///
    /// # Errors
    /// When the JSON is malformed or is not what the field takes.
    fn read_optional(slot: &mut Option<Self>, reader: &mut Reader<'_>, field: &FieldInfo) -> Result<(), Error>;

    /// Returns the index of the union's member that is set (0 outside of a union) and its value.
    fn member(&self) -> (u16, &dyn JsonCodec);
}

impl<T: JsonCodec> OptionalField for T {
    #[inline]
    fn read_optional(slot: &mut Option<Self>, reader: &mut Reader<'_>, field: &FieldInfo) -> Result<(), Error> {
        if !T::null_is_data() && reader.take_null()? {
            *slot = None;
            // It is written back: many servers distinguish `null` from a missing value.
            reader.lossy = true;
            return Ok(());
        }
        // In place, without a move.
        let result = slot.insert(T::empty()).read(reader, field.encoding);
        if result.is_err() {
            *slot = None;
        }
        result
    }

    #[inline]
    fn member(&self) -> (u16, &dyn JsonCodec) {
        (0, self)
    }
}

impl<T: OptionalField + Clone + PartialEq + Debug + 'static> Slot for Option<T> {
    #[inline]
    fn read(&mut self, reader: &mut Reader<'_>, field: &FieldInfo) -> Result<(), Error> {
        T::read_optional(self, reader, field)
    }

    #[inline]
    fn write(&self, writer: &mut Writer, entries: &'static [FieldInfo]) {
        if let Some(value) = self {
            let (member, value) = value.member();
            if let Some(field) = entries.get(usize::from(member)) {
                writer.field(field);
                value.write(writer, field.encoding);
            }
        }
    }

    #[inline]
    fn debug_entry(&self) -> Option<(u16, &dyn Debug)> {
        self.as_ref().map(|value| (value.member().0, value as &dyn Debug))
    }

    #[inline]
    fn dyn_eq(&self, other: &dyn Slot) -> bool {
        dyn_eq(self, other)
    }

    #[inline]
    fn assign_from(&mut self, other: &dyn Slot) {
        assign_from(self, other);
    }
}

/// A list or a map: unset while it is empty, except for one that the schema requires.
macro_rules! collection {
    ($($collection:ty),*) => {$(
        impl<T: JsonCodec + Clone + PartialEq + Debug + 'static> Slot for $collection {
            #[inline]
            fn read(&mut self, reader: &mut Reader<'_>, field: &FieldInfo) -> Result<(), Error> {
                self.clear();
                if reader.take_null()? {
                    reader.lossy = true;
                    return Ok(());
                }
                let result = JsonCodec::read(self, reader, field.encoding);
                if result.is_err() {
                    self.clear();
                } else if self.is_empty() {
                    // It is written back, and an empty collection alone is not.
                    reader.lossy = true;
                }
                result
            }

            #[inline]
            fn write(&self, writer: &mut Writer, entries: &'static [FieldInfo]) {
                if let [field, ..] = entries
                    && (!self.is_empty() || field.required)
                {
                    writer.field(field);
                    JsonCodec::write(self, writer, field.encoding);
                }
            }

            #[inline]
            fn debug_entry(&self) -> Option<(u16, &dyn Debug)> {
                (!self.is_empty()).then_some((0, self))
            }

            #[inline]
            fn dyn_eq(&self, other: &dyn Slot) -> bool {
                dyn_eq(self, other)
            }

            #[inline]
            fn assign_from(&mut self, other: &dyn Slot) {
                assign_from(self, other);
            }
        }
    )*};
}

collection!(Vec<T>, BTreeMap<String, T>);

/// A placeholder in the list of slots: the codec reads and writes the unknown fields itself.
impl Slot for UnknownFields {
    fn read(&mut self, reader: &mut Reader<'_>, _: &FieldInfo) -> Result<(), Error> {
        reader.skip().map(drop)
    }

    fn write(&self, _: &mut Writer, _: &'static [FieldInfo]) {}

    fn debug_entry(&self) -> Option<(u16, &dyn Debug)> {
        (!self.is_empty()).then_some((0, self))
    }

    fn dyn_eq(&self, other: &dyn Slot) -> bool {
        dyn_eq(self, other)
    }

    fn assign_from(&mut self, other: &dyn Slot) {
        assign_from(self, other);
    }
}
