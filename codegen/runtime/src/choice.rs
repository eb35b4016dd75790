//! Choices: values that are one of several alternatives, OpenAPI's `oneOf` and `anyOf`.
//!
//! A first pass over the value finds the alternative: by the discriminator, if there is one, by the values that differ
//! between alternatives, by the kind of JSON and the keys. A value that fits none of them, or cannot be decoded as the
//! one it resembles, is kept as it is, so that no response is lost.

use std::borrow::Cow;

use serde_json::Value;

use crate::codec::JsonCodec;
use crate::json::{Error, Reader, Writer, equal};
use crate::message::ValueEncoding;
use crate::unknown::UnknownFields;

/// Enum of a choice. Implemented only by generated code.
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

    /// Returns the value, to decode into.
    fn value_mut(&mut self) -> &mut dyn JsonCodec;
}

/// Description of an alternative, by which values are distinguished.
#[derive(Clone, Copy, Debug)]
pub struct Alternative {
    /// Shape of its JSON.
    pub shape: JsonShape,
    /// Encoding of its 64-bit integers.
    pub encoding: ValueEncoding,
    /// Values of [`Choice::DISCRIMINATOR`] that identify it.
    pub values: &'static [Tag],
    /// Value of [`Choice::DISCRIMINATOR`] that is written if the alternative itself has none.
    pub written: Option<Tag>,
    /// Keys that an object of it has.
    pub required: &'static [&'static str],
    /// Keys that an object of it may have, sorted.
    pub known: &'static [&'static str],
    /// True if the document rules out other keys.
    pub closed: bool,
    /// Properties that differ from those of other alternatives.
    pub clues: &'static [Clue],
}

/// A string, number or boolean.
#[derive(Clone, Copy, Debug)]
pub enum Tag {
    /// A string in the document.
    Text(&'static str),
    /// The JSON text of a number or boolean.
    Literal(&'static str),
}

/// A property that distinguishes an alternative from others: if an object has it, it is of this shape, and one of these
/// values.
#[derive(Clone, Copy, Debug)]
pub struct Clue {
    /// Keys that lead to the property, an empty one to the first member of a map; empty for the value itself. Lists on
    /// the way are represented by their first items that are not `null`.
    pub path: &'static [&'static str],
    /// Shape of its value.
    pub shape: JsonShape,
    /// Values that it can have; empty for any.
    pub values: &'static [Tag],
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
    /// A number that is written as an integer.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// An object.
    Object,
    /// Any kind, lists and `null` included.
    Any,
    /// `null`, of a property that is always `null`.
    Null,
}

/// Features of a value that distinguish alternatives.
struct Features<'a> {
    /// Kind of the value, or of the item that represents the others; `None` for `null` and a list without such an item.
    kind: Option<JsonKind>,
    list_depth: u8,
    /// Place of the value, or of the item that represents the others.
    place: (usize, u8),
    /// Keys of the object, and the places of their values.
    keys: Vec<(Cow<'a, str>, (usize, u8))>,
}

/// Implements `JsonCodec::read` of a generated choice.
///
/// # Errors
/// When the JSON is malformed.
pub fn read<C: Choice>(value: &mut C, reader: &mut Reader<'_>) -> Result<(), Error> {
    let start = reader.place();
    let lossy = reader.lossy;
    let features = Features::at(reader)?;
    if features.kind != Some(JsonKind::Object) || features.list_depth > 0 {
        reader.back_to(start);
        reader.skip()?;
    }
    let end = reader.place();
    if let Some((index, alternative)) = chosen(C::DISCRIMINATOR, C::ALTERNATIVES, &features, reader) {
        reader.back_to(start);
        *value = C::empty(index);
        let mismatches = reader.mismatches;
        let result = value.value_mut().read(reader, alternative.encoding);
        let fits = reader.mismatches == mismatches;
        reader.mismatches = mismatches;
        if result.is_ok() && fits && reader.place() == end {
            if alternative.written.is_some()
                && !features.has(C::DISCRIMINATOR)
                && let Some(message) = value.value_mut().as_message_mut()
            {
                message.slots_mut(&mut |slots| {
                    if let Some(unknown_fields) = UnknownFields::of_mut(slots) {
                        unknown_fields.add_absent(C::DISCRIMINATOR);
                    }
                });
            }
            return Ok(());
        }
    }
    // One alternative is tried, not all: choices within choices would be decoded again and again.
    reader.back_to(start);
    reader.lossy = lossy;
    *value = C::unrecognized(reader.any()?);
    Ok(())
}

/// Implements `JsonCodec::write` of a generated choice. Writes the discriminator if the value does not, unless it was
/// decoded without.
pub fn write<C: Choice>(value: &C, writer: &mut Writer) {
    let (index, value) = value.value();
    let Some(alternative) = C::ALTERNATIVES.get(index) else {
        return value.write(writer, ValueEncoding::String);
    };
    let start = writer.written().len();
    value.write(writer, alternative.encoding);
    if let Some(tag) = alternative.written
        && !is_absent(value, C::DISCRIMINATOR)
        && lacks(writer.written().get(start..).unwrap_or_default(), C::DISCRIMINATOR)
    {
        writer.insert_member(start, C::DISCRIMINATOR, tag);
    }
}

/// Returns `true` if a value was decoded from an object without its discriminator.
fn is_absent(value: &dyn JsonCodec, discriminator: &str) -> bool {
    let mut is_absent = false;
    if let Some(message) = value.as_message() {
        message.slots(&mut |slots| {
            is_absent = UnknownFields::of(slots).is_some_and(|unknown| unknown.is_absent(discriminator));
        });
    }
    is_absent
}

/// Returns `true` if a text is an object without a key.
fn lacks(object: &str, key: &str) -> bool {
    let mut found = false;
    let read = Reader::new(object).object(&mut |reader, name| {
        found |= name == key;
        reader.skip().map(drop)
    });
    read.is_ok() && !found
}

impl<'a> Features<'a> {
    /// Collects the features of the next value, up to the end of its first object.
    fn at(reader: &mut Reader<'a>) -> Result<Self, Error> {
        let mut features = Self { kind: None, list_depth: 0, place: reader.place(), keys: Vec::new() };
        let mut open = 0u8;
        // The first item that is neither `null` nor an empty list represents the others.
        loop {
            features.place = reader.place();
            match reader.peek() {
                Some(b'[') => {
                    features.list_depth = features.list_depth.max(open.saturating_add(1));
                    if reader.open(b'[', b']', "a list")? {
                        open = open.saturating_add(1);
                        continue;
                    }
                }
                Some(b'n') => reader.null()?,
                _ => break,
            }
            while open > 0 && !reader.more(b']')? {
                open = open.saturating_sub(1);
            }
            if open == 0 {
                return Ok(features);
            }
        }
        features.list_depth = open;
        features.kind = match reader.peek() {
            Some(b'"') => Some(JsonKind::String),
            Some(b'{') => Some(JsonKind::Object),
            Some(b't' | b'f') => Some(JsonKind::Bool),
            Some(b'-' | b'0'..=b'9') => Some(number_kind(reader, open > 0)?),
            _ => None,
        };
        if features.kind == Some(JsonKind::Object) {
            let mut more = reader.open(b'{', b'}', "an object")?;
            while more {
                let key = reader.key_and_colon()?;
                features.keys.push((key, reader.place()));
                reader.skip()?;
                more = reader.more(b'}')?;
            }
        }
        Ok(features)
    }

    /// Moves to the value of a key, or for an empty key to that of the first member that is not `null`. Returns `false`
    /// without one.
    fn step(&self, key: &str, reader: &mut Reader<'a>) -> bool {
        if !key.is_empty() {
            return self.go_to(key, reader);
        }
        self.keys.iter().any(|(_, place)| {
            reader.back_to(*place);
            !reader.at_null()
        })
    }

    fn has(&self, key: &str) -> bool {
        self.keys.iter().any(|(known, _)| known == key)
    }

    /// Moves to the value of a key. Returns `false` if the object does not have the key.
    fn go_to(&self, key: &str, reader: &mut Reader<'a>) -> bool {
        // Of duplicate keys, the last one counts.
        let found = self.keys.iter().rfind(|(known, _)| known == key);
        if let Some((_, place)) = found {
            reader.back_to(*place);
        }
        found.is_some()
    }

    /// Returns `true` if the value can be one of this shape.
    fn fits(&self, shape: JsonShape) -> bool {
        if shape.kind == JsonKind::Any && self.list_depth >= shape.list_depth {
            return true;
        }
        match self.kind {
            Some(kind) => {
                let is_kind = kind == shape.kind || (kind == JsonKind::Integer && shape.kind == JsonKind::Number);
                is_kind && self.list_depth == shape.list_depth
            }
            // The items of an empty list can be lists.
            None => self.list_depth > 0 && shape.list_depth >= self.list_depth,
        }
    }
}

/// Outcome of comparing a value with a clue.
#[derive(PartialEq)]
enum Verdict {
    /// The object does not have the property.
    Absent,
    /// The property matches the clue.
    Fits,
    /// The property has one of the values of a clue that has values, or is `null` as the clue states.
    Matches,
    /// The property has one of these values in another kind of JSON.
    Resembles,
    /// The property contradicts the clue.
    Contradicts,
}

impl Clue {
    fn compare<'a>(&self, features: &Features<'a>, reader: &mut Reader<'a>) -> Verdict {
        let mut inner: Option<Features<'a>> = None;
        for key in self.path {
            if !inner.as_ref().unwrap_or(features).step(key, reader) {
                return Verdict::Absent;
            }
            match Features::at(reader) {
                Ok(next) => inner = Some(next),
                Err(_) => return Verdict::Contradicts,
            }
        }
        let found = inner.as_ref().unwrap_or(features);
        let is_null = found.kind.is_none() && found.list_depth == 0;
        match (is_null, self.shape.kind) {
            (true, JsonKind::Null) => return Verdict::Matches,
            // `null` fits every other alternative.
            (true, _) => return Verdict::Absent,
            (false, JsonKind::Null) => return Verdict::Contradicts,
            (false, _) => {}
        }
        if !found.fits(self.shape) {
            return Verdict::Contradicts;
        }
        if self.values.is_empty() || found.kind.is_none() {
            return Verdict::Fits;
        }
        reader.back_to(found.place);
        match Scalar::next(reader) {
            Some(scalar) if self.values.iter().any(|tag| scalar.is(*tag)) => Verdict::Matches,
            Some(scalar) if self.values.iter().any(|tag| scalar.resembles(*tag)) => Verdict::Resembles,
            _ => Verdict::Contradicts,
        }
    }
}

/// A scalar of a JSON text.
enum Scalar<'a> {
    Text(Cow<'a, str>),
    Literal(&'a str),
}

impl<'a> Scalar<'a> {
    fn next(reader: &mut Reader<'a>) -> Option<Self> {
        match reader.peek()? {
            b'"' => reader.string().ok().map(Self::Text),
            b't' | b'f' => Some(Self::Literal(if reader.bool().ok()? { "true" } else { "false" })),
            b'-' | b'0'..=b'9' => reader.number("a value").ok().map(Self::Literal),
            _ => None,
        }
    }

    /// Returns `true` if the tag is this value.
    fn is(&self, tag: Tag) -> bool {
        match (self, tag) {
            (Self::Text(text), Tag::Text(tag)) => text == tag,
            (Self::Literal(text), Tag::Literal(tag)) => *text == tag || equal::numbers(text, tag),
            _ => false,
        }
    }

    /// Returns `true` if the tag is this value in any kind of JSON. Text that holds a number is the number: servers mix
    /// them up.
    fn resembles(&self, tag: Tag) -> bool {
        let (Tag::Text(tag) | Tag::Literal(tag)) = tag;
        match self {
            Self::Text(text) => text == tag,
            Self::Literal(text) => *text == tag,
        }
    }
}

/// Reads a number and returns its kind. In a list, one number with a fraction makes all of them such numbers.
fn number_kind(reader: &mut Reader<'_>, is_item: bool) -> Result<JsonKind, Error> {
    loop {
        if reader.number("a value")?.parse::<i128>().is_err() {
            return Ok(JsonKind::Number);
        }
        if !is_item || !reader.more(b']')? || !matches!(reader.peek(), Some(b'-' | b'0'..=b'9')) {
            return Ok(JsonKind::Integer);
        }
    }
}

/// The alternative that a value resembles, with its index.
fn chosen<'a, 't>(
    discriminator: &str,
    alternatives: &'t [Alternative],
    features: &Features<'a>,
    reader: &mut Reader<'a>,
) -> Option<(usize, &'t Alternative)> {
    let mut all: Vec<(usize, &Alternative)> =
        alternatives.iter().enumerate().filter(|(_, one)| features.fits(one.shape)).collect();
    let is_object = features.kind == Some(JsonKind::Object);
    let has_tag = is_object && !discriminator.is_empty() && features.go_to(discriminator, reader);
    let mut is_named = false;
    if let Some(tag) = if has_tag { Scalar::next(reader) } else { None } {
        let is_exact = all.iter().any(|(_, one)| one.values.iter().any(|value| tag.is(*value)));
        let named = |(_, one): &(usize, &Alternative)| {
            one.values.iter().any(|value| if is_exact { tag.is(*value) } else { tag.resembles(*value) })
        };
        is_named = all.iter().any(named);
        // Otherwise a value that is newer than the bindings, or an alternative without values.
        all.retain(|one| if is_named { named(one) } else { one.1.values.is_empty() });
    }
    if all.len() < 2 {
        return all.first().copied();
    }
    let found: Vec<Found> = all.iter().map(|(_, one)| one.compare(features, reader)).collect();
    let fits = |(_, one): &(usize, &Alternative)| !is_object || one.required.iter().all(|key| features.has(key));
    let any_fits = all.iter().any(fits);
    // Without the discriminator, an object is rather of an alternative that has no values of it.
    let is_rest = |one: &Alternative| is_object && !discriminator.is_empty() && !has_tag && one.values.is_empty();
    if !any_fits && !is_named && !found.iter().any(|found| found.contradictions == 0 && found.matches > 0) {
        let mut rest = all.iter().zip(&found).filter(|((_, one), _)| is_rest(one));
        return rest.find(|(_, found)| found.known > 0).map(|(one, _)| *one);
    }
    let rank = |at: usize, (index, one): &(usize, &Alternative)| {
        let found = found.get(at).copied().unwrap_or_default();
        let contradictions = std::cmp::Reverse(found.contradictions);
        let (is_kind, is_any) = (Some(one.shape.kind) == features.kind, one.shape.kind == JsonKind::Any);
        (
            contradictions,
            found.matches,
            found.resembling,
            found.known,
            is_kind,
            !is_any,
            is_rest(one),
            std::cmp::Reverse(*index),
        )
    };
    let fitting = all.iter().enumerate().filter(|(_, one)| !any_fits || fits(one));
    fitting.max_by_key(|(at, one)| rank(*at, one)).map(|(_, one)| *one)
}

/// Number of facts that speak for and against an alternative.
#[derive(Clone, Copy, Default)]
struct Found {
    contradictions: usize,
    matches: usize,
    resembling: usize,
    known: usize,
}

impl Alternative {
    fn compare<'a>(&self, features: &Features<'a>, reader: &mut Reader<'a>) -> Found {
        let is_known = |key: &str| self.known.binary_search(&key).is_ok();
        let known = self.known.iter().filter(|key| features.has(key)).count();
        let is_foreign = self.closed && features.keys.iter().any(|(key, _)| !is_known(key));
        let mut found = Found { contradictions: usize::from(is_foreign), known, ..Found::default() };
        for clue in self.clues {
            let count = match clue.compare(features, reader) {
                Verdict::Contradicts => &mut found.contradictions,
                Verdict::Matches => &mut found.matches,
                Verdict::Resembles => &mut found.resembling,
                // A key of the object itself is known already.
                Verdict::Fits if clue.path.len() > 1 || clue.path.first().is_some_and(|key| key.is_empty()) => {
                    &mut found.known
                }
                Verdict::Fits | Verdict::Absent => continue,
            };
            *count = count.saturating_add(1);
        }
        found
    }
}
