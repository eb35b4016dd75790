//! The trait that every generated struct implements, and the table of its JSON keys.

use std::fmt;

use crate::slot::Slot;

/// JSON encoding of values that have several: numbers, bytes and times.
///
/// Decoding accepts all.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum ValueEncoding {
    /// That of protobuf's JSON mapping: 64-bit integers as strings, bytes in base64.
    String,
    /// 64-bit integers as numbers, the encoding of OpenAPI's `integer`.
    Number,
    /// Bytes in the alphabet of base64 that is safe in URLs, the encoding of OpenAPI's `base64url`.
    UrlSafe,
    /// As in protobuf's JSON mapping, but a value that it would write otherwise is kept: a time with an offset, bytes
    /// without padding, a number in quotes, a 64-bit integer without.
    AsRead,
}

/// One JSON key of a message: an entry of its table.
///
/// A table is sorted by slot, then member. A slot has one entry, or, if it is a union, one for each member.
#[derive(Clone, Copy, Debug)]
pub struct FieldInfo {
    pub(crate) key: &'static str,
    /// True for a key without characters that JSON escapes.
    pub(crate) bare: bool,
    /// Index of the Rust field in the message's slots.
    pub(crate) slot: u16,
    /// Index of the member in its union; 0 outside of a union.
    pub(crate) member: u16,
    pub(crate) encoding: ValueEncoding,
    pub(crate) union: UnionRule,
    /// True for a list or map that is encoded even if it is empty.
    pub(crate) required: bool,
}

/// Consequence of a second member of the same union in one JSON object.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum UnionRule {
    /// The field is not a member of a union.
    None,
    /// The last member counts; the value of the other one is kept as an unknown field.
    LastCounts,
    /// As `LastCounts`, but two members that are both exclusive are an error.
    Exclusive,
}

impl FieldInfo {
    /// A field outside of a union.
    pub const fn new(key: &'static str, slot: u16) -> Self {
        Self { union: UnionRule::None, ..Self::member(key, slot, 0) }
    }

    /// A member of a union.
    pub const fn member(key: &'static str, slot: u16, member: u16) -> Self {
        Self {
            key,
            bare: is_bare(key.as_bytes()),
            slot,
            member,
            encoding: ValueEncoding::String,
            union: UnionRule::LastCounts,
            required: false,
        }
    }

    /// Encodes numbers that may be strings as JSON numbers.
    #[must_use]
    pub const fn as_number(mut self) -> Self {
        self.encoding = ValueEncoding::Number;
        self
    }

    /// Encodes bytes in the alphabet of base64 that is safe in URLs.
    #[must_use]
    pub const fn as_url_safe(mut self) -> Self {
        self.encoding = ValueEncoding::UrlSafe;
        self
    }

    /// Keeps a text that would be written otherwise.
    #[must_use]
    pub const fn as_read(mut self) -> Self {
        self.encoding = ValueEncoding::AsRead;
        self
    }

    /// Encodes an empty list or map, which the schema of the message requires.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Marks a member that the API's own definition declares: two of them in one object are an error.
    #[must_use]
    pub const fn exclusive(mut self) -> Self {
        self.union = UnionRule::Exclusive;
        self
    }

    /// Returns `true` if this member and the other one exclude each other.
    pub(crate) fn excludes(&self, other: &Self) -> bool {
        self.slot == other.slot
            && self.member != other.member
            && self.union == UnionRule::Exclusive
            && other.union == UnionRule::Exclusive
    }
}

/// Returns `true` if JSON escapes none of the bytes.
const fn is_bare(mut bytes: &[u8]) -> bool {
    while let [first, rest @ ..] = bytes {
        if matches!(*first, 0..=0x1f | b'"' | b'\\') {
            return false;
        }
        bytes = rest;
    }
    true
}

/// A JSON object with known keys.
///
/// Implemented only by generated code, which lists its keys and its fields; decoding, encoding, comparing and cloning
/// work on these lists.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a generated message",
    note = "for a type that replaces one of a document: `discovery_runtime::json_type!({Self});` next to its definition"
)]
pub trait Message {
    /// The table of the keys.
    fn fields(&self) -> &'static [FieldInfo];

    /// Calls `visit` with all slots in order, the unknown fields last.
    fn slots(&self, visit: &mut dyn FnMut(&[&dyn Slot]));

    /// Calls `visit` with all slots in order, the unknown fields last, as mutable references.
    fn slots_mut(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn Slot]));
}

impl<M: Message> Message for Box<M> {
    #[inline]
    fn fields(&self) -> &'static [FieldInfo] {
        (**self).fields()
    }

    #[inline]
    fn slots(&self, visit: &mut dyn FnMut(&[&dyn Slot])) {
        (**self).slots(visit);
    }

    #[inline]
    fn slots_mut(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn Slot])) {
        (**self).slots_mut(visit);
    }
}

/// Implements `Clone::clone` of a generated message.
#[inline]
pub fn clone<M: Message + Default>(message: &M) -> M {
    let mut copy = M::default();
    clone_slots(message, &mut copy);
    copy
}

fn clone_slots(from: &dyn Message, to: &mut dyn Message) {
    from.slots(&mut |from| {
        to.slots_mut(&mut |to| {
            for (from, to) in from.iter().zip(to) {
                to.assign_from(*from);
            }
        });
    });
}

/// Implements `PartialEq::eq` of a generated message.
#[inline]
pub fn eq<M: Message>(one: &M, other: &M) -> bool {
    equal_slots(one, other)
}

fn equal_slots(one: &dyn Message, other: &dyn Message) -> bool {
    let mut equal = true;
    one.slots(&mut |one| {
        other.slots(&mut |other| equal = one.iter().zip(other).all(|(one, other)| one.dyn_eq(*other)));
    });
    equal
}

/// Implements `Debug::fmt` of a generated message: formats the fields that are set, by their keys.
///
/// # Errors
/// Those of the formatter.
#[inline]
pub fn fmt<M: Message>(message: &M, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    fmt_slots(std::any::type_name::<M>(), message, f)
}

fn fmt_slots(path: &str, message: &dyn Message, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut out = f.debug_struct(path.rsplit("::").next().unwrap_or(path));
    let fields = message.fields();
    message.slots(&mut |slots| {
        for (slot, entries) in by_slot(fields) {
            if let Some((member, value)) = slots.get(slot).and_then(|slot| slot.debug_entry())
                && let Some(field) = entries.get(usize::from(member))
            {
                out.field(field.key, value);
            }
        }
        if let Some((_, value)) = slots.last().and_then(|slot| slot.debug_entry()) {
            out.field("unknown_fields", value);
        }
    });
    out.finish()
}

/// The slots of a table, each with the rest of the table from its first entry on.
pub(crate) fn by_slot(fields: &'static [FieldInfo]) -> impl Iterator<Item = (usize, &'static [FieldInfo])> {
    let firsts = fields.iter().enumerate().filter(|(_, field)| field.member == 0);
    firsts.map(|(index, field)| (usize::from(field.slot), fields.get(index..).unwrap_or_default()))
}
