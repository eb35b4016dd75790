//! Choices: values that are one of several alternatives, OpenAPI's `oneOf` and `anyOf`.
//!
//! A first pass over the value finds the alternative: by the discriminator, if there is one, otherwise by the kind of JSON
//! and the keys. A value that fits none of them, or cannot be decoded as the one it resembles, is kept as it is, so that
//! no response is lost.

use std::borrow::Cow;

use serde_json::Value;

use crate::codec::JsonCodec;
use crate::json::{Error, Reader, Writer};
use crate::message::NumberEncoding;

/// The enum of a choice. Implemented by generated code alone.
pub trait Choice: Sized {
    /// Key whose value identifies the alternative; empty if there is none.
    const DISCRIMINATOR: &'static str;

    /// Descriptions of the alternatives, by index.
    const ALTERNATIVES: &'static [Alternative];

    /// Returns the alternative of this index with an empty value.
    fn empty(index: usize) -> Self;

    /// Wraps a value that is none of the alternatives.
    fn unrecognized(value: Value) -> Self;

    /// Returns the index of the alternative, beyond the last for an unrecognized value, and its value.
    fn value(&self) -> (usize, &dyn JsonCodec);

    /// Returns the value.
    fn value_mut(&mut self) -> &mut dyn JsonCodec;
}

/// Description of an alternative, by which values are distinguished.
#[derive(Clone, Copy, Debug)]
pub struct Alternative {
    /// Shape of its JSON.
    pub shape: JsonShape,
    /// Encoding of its 64-bit integers.
    pub encoding: NumberEncoding,
    /// Values of [`Choice::DISCRIMINATOR`] that identify it; the first is written.
    pub values: &'static [&'static str],
    /// Keys that an object of it has.
    pub required: &'static [&'static str],
    /// Keys that an object of it may have.
    pub known: &'static [&'static str],
}

/// Shape of a JSON value: its kind, or the kind of the innermost items of a list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct JsonShape {
    /// Kind of the value or of the items.
    pub kind: JsonKind,
    /// Number of lists around the items; 0 if the value is not a list.
    pub list_depth: u8,
}

/// Kind of a JSON value that is not a list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum JsonKind {
    /// A string.
    String,
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// An object.
    Object,
    /// Any kind, lists and `null` included.
    Any,
}

/// Features of a value that distinguish alternatives.
#[derive(Default)]
struct Look<'a> {
    /// Kind of the value or of the first item of each list; `None` for `null` and an empty list.
    kind: Option<JsonKind>,
    list_depth: u8,
    keys: Vec<Cow<'a, str>>,
    /// Value of the discriminator.
    discriminator: Option<Cow<'a, str>>,
}

/// Implements `JsonCodec::read` of a generated choice.
///
/// # Errors
/// When the JSON is malformed.
pub fn read<C: Choice>(value: &mut C, reader: &mut Reader<'_>) -> Result<(), Error> {
    let start = reader.place();
    let look = look(reader, C::DISCRIMINATOR)?;
    let end = reader.place();
    if let Some((index, alternative)) = chosen(C::DISCRIMINATOR, C::ALTERNATIVES, &look) {
        reader.back_to(start);
        *value = C::empty(index);
        let mismatches = reader.mismatches;
        let result = value.value_mut().read(reader, alternative.encoding);
        let fits = reader.mismatches == mismatches;
        reader.mismatches = mismatches;
        if result.is_ok() && fits && reader.place() == end {
            return Ok(());
        }
    }
    // One alternative is tried, not all: choices within choices would be decoded again and again.
    reader.back_to(start);
    *value = C::unrecognized(reader.any()?);
    Ok(())
}

/// Implements `JsonCodec::write` of a generated choice. Writes the discriminator if the value does not.
pub fn write<C: Choice>(value: &C, writer: &mut Writer) {
    let (index, value) = value.value();
    let Some(alternative) = C::ALTERNATIVES.get(index) else {
        return value.write(writer, NumberEncoding::String);
    };
    let start = writer.written().len();
    value.write(writer, alternative.encoding);
    if let [tag, ..] = alternative.values
        && lacks(writer.written().get(start..).unwrap_or_default(), C::DISCRIMINATOR)
    {
        writer.insert_member(start, C::DISCRIMINATOR, tag);
    }
}

/// Returns true if a text is an object without a key.
fn lacks(object: &str, key: &str) -> bool {
    let mut found = false;
    let read = Reader::new(object).object(&mut |reader, name| {
        found |= name == key;
        reader.skip().map(drop)
    });
    read.is_ok() && !found
}

fn look<'a>(reader: &mut Reader<'a>, discriminator: &str) -> Result<Look<'a>, Error> {
    let mut look = Look::default();
    if reader.peek() == Some(b'{') {
        look.kind = Some(JsonKind::Object);
        let mut more = reader.open(b'{', b'}', "an object")?;
        while more {
            let key = reader.key_and_colon()?;
            if key == discriminator && reader.at_string() {
                look.discriminator = Some(reader.string()?);
            } else {
                reader.skip()?;
            }
            look.keys.push(key);
            more = reader.more(b'}')?;
        }
        return Ok(look);
    }
    let start = reader.place();
    while reader.peek() == Some(b'[') {
        look.list_depth = look.list_depth.saturating_add(1);
        if !reader.open(b'[', b']', "a list")? {
            break;
        }
    }
    look.kind = match reader.peek() {
        Some(b'"') => Some(JsonKind::String),
        Some(b'{') => Some(JsonKind::Object),
        Some(b't' | b'f') => Some(JsonKind::Bool),
        Some(b'-' | b'0'..=b'9') => Some(JsonKind::Number),
        _ => None,
    };
    reader.back_to(start);
    reader.skip()?;
    Ok(look)
}

/// The alternative that a value resembles, with its index.
fn chosen<'a>(
    discriminator: &str,
    alternatives: &'a [Alternative],
    look: &Look<'_>,
) -> Option<(usize, &'a Alternative)> {
    let all = || alternatives.iter().enumerate().filter(|(_, one)| look.fits(one.shape));
    if look.kind != Some(JsonKind::Object) || look.list_depth > 0 {
        return all().next();
    }
    let has = |key: &str| look.keys.iter().any(|known| known == key);
    if !discriminator.is_empty()
        && let Some(value) = look.discriminator.as_deref()
    {
        if let Some(found) = all().find(|(_, one)| one.values.contains(&value)) {
            return Some(found);
        }
        // A value that is newer than the bindings.
        if all().all(|(_, one)| !one.values.is_empty()) {
            return None;
        }
    }
    if let (Some(only), None) = (all().next(), all().nth(1)) {
        return Some(only);
    }
    let fits = all().filter(|(_, one)| one.required.iter().all(|key| has(key)));
    // The first of those with the most keys.
    fits.max_by_key(|(index, one)| (one.known.iter().filter(|key| has(key)).count(), std::cmp::Reverse(*index)))
}

impl Look<'_> {
    /// Returns true if the value can be one of this shape.
    fn fits(&self, shape: JsonShape) -> bool {
        let is_within_any = shape.kind == JsonKind::Any && self.list_depth >= shape.list_depth;
        is_within_any
            || match self.kind {
                Some(kind) => shape == JsonShape { kind, list_depth: self.list_depth },
                // The items of an empty list can be lists.
                None => self.list_depth > 0 && shape.list_depth >= self.list_depth,
            }
    }
}
