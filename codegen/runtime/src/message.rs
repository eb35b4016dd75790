//! The one trait that a generated struct implements.

use std::fmt;

use crate::Slot;

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
/// Implemented by generated code alone, which says what its keys are and where its fields; all else is done by what
/// goes through them.
pub trait Message {
    /// The table of the keys.
    fn fields(&self) -> &'static [Field];

    /// Shows all slots in order, the unknown fields last.
    fn slots(&self, visit: &mut dyn FnMut(&[&dyn Slot]));

    /// Shows all slots in order, the unknown fields last, to be changed.
    fn slots_mut(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn Slot]));
}

impl<M: Message> Message for Box<M> {
    fn fields(&self) -> &'static [Field] {
        (**self).fields()
    }

    fn slots(&self, visit: &mut dyn FnMut(&[&dyn Slot])) {
        (**self).slots(visit);
    }

    fn slots_mut(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn Slot])) {
        (**self).slots_mut(visit);
    }
}

/// What `Clone::clone` of a generated message calls.
pub fn clone<M: Message + Default>(message: &M) -> M {
    let mut copy = M::default();
    copy_slots(message, &mut copy);
    copy
}

fn copy_slots(from: &dyn Message, to: &mut dyn Message) {
    from.slots(&mut |from| {
        to.slots_mut(&mut |to| {
            for (from, to) in from.iter().zip(to) {
                to.copy(*from);
            }
        });
    });
}

/// What `PartialEq::eq` of a generated message calls.
pub fn eq<M: Message>(one: &M, other: &M) -> bool {
    equal_slots(one, other)
}

fn equal_slots(one: &dyn Message, other: &dyn Message) -> bool {
    let mut equal = true;
    one.slots(&mut |one| {
        other.slots(&mut |other| equal = one.iter().zip(other).all(|(one, other)| one.equals(*other)));
    });
    equal
}

/// What `Debug::fmt` of a generated message calls: shows the fields that are set, by their keys.
///
/// # Errors
/// Those of the formatter.
pub fn fmt<M: Message>(message: &M, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    fmt_slots(std::any::type_name::<M>(), message, f)
}

fn fmt_slots(path: &str, message: &dyn Message, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut out = f.debug_struct(path.rsplit("::").next().unwrap_or(path));
    let fields = message.fields();
    message.slots(&mut |slots| {
        for (slot, entries) in by_slot(fields) {
            if let Some((key, value)) = slots.get(slot).and_then(|slot| slot.shown(entries)) {
                out.field(key, value);
            }
        }
        if let Some((key, value)) = slots.last().and_then(|slot| slot.shown(&[])) {
            out.field(key, value);
        }
    });
    out.finish()
}

/// The slots of a table, each with the rest of the table from its first entry on.
pub(crate) fn by_slot(fields: &'static [Field]) -> impl Iterator<Item = (usize, &'static [Field])> {
    let firsts = fields.iter().enumerate().filter(|(_, field)| field.2 == 0);
    firsts.map(|(index, field)| (usize::from(field.1), fields.get(index..).unwrap_or_default()))
}
