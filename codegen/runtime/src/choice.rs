//! Values that are one of several: OpenAPI's `oneOf` and `anyOf`.
//!
//! Which one a value is, is told by looking it over once: by the key that tells them apart, where there is one, and else
//! by its kind of JSON and its keys. What is none of them, or cannot be read as the one that it looks like, is kept as
//! it is, so that a reply is never lost.

use std::borrow::Cow;

use serde_json::Value;

use crate::json::{Error, Reader, Writer};
use crate::{Form, Wire};

/// The enum of a choice. Implemented by generated code alone.
pub trait Choice: Sized {
    /// The key whose value tells the alternatives apart; empty where there is none.
    const DISCRIMINATOR: &'static str;

    /// What tells each alternative, in the order of their numbers.
    const ALTERNATIVES: &'static [Alternative];

    /// The alternative of this number, empty.
    fn empty(number: usize) -> Self;

    /// A value that is none of the alternatives.
    fn unrecognized(value: Value) -> Self;

    /// The number of the alternative, and its value; beyond all of them for a value that is none.
    fn value(&self) -> (usize, &dyn Wire);

    /// The value.
    fn value_mut(&mut self) -> &mut dyn Wire;
}

/// What tells an alternative from the others.
#[derive(Clone, Copy, Debug)]
pub struct Alternative {
    /// Its kind of JSON: `s` for a string, `n` for a number, `b` for a truth value, `o` for an object, `[` and the kind
    /// of its items for a list, `?` for any.
    pub looks: &'static str,
    /// How it is written.
    pub form: Form,
    /// The values that [`Choice::DISCRIMINATOR`] has in it; the first is the one that is written.
    pub values: &'static [&'static str],
    /// Keys that an object of it has.
    pub required: &'static [&'static str],
    /// Keys that an object of it may have.
    pub known: &'static [&'static str],
}

/// A value looked over.
#[derive(Default)]
struct Look<'a> {
    looks: String,
    keys: Vec<Cow<'a, str>>,
    /// What the discriminator says.
    says: Option<Cow<'a, str>>,
}

/// Reads a choice: what `Wire::read` of a generated one calls.
///
/// # Errors
/// When the JSON is malformed.
pub fn read<C: Choice>(value: &mut C, reader: &mut Reader<'_>) -> Result<(), Error> {
    let start = reader.place();
    let look = look(reader, C::DISCRIMINATOR)?;
    let end = reader.place();
    if let Some((number, alternative)) = chosen(C::DISCRIMINATOR, C::ALTERNATIVES, &look) {
        reader.back_to(start);
        *value = C::empty(number);
        if value.value_mut().read(reader, alternative.form).is_ok() && reader.place() == end {
            return Ok(());
        }
    }
    // One alternative is tried, not all: choices within choices would be read again and again.
    reader.back_to(start);
    *value = C::unrecognized(reader.any()?);
    Ok(())
}

/// Writes a choice: what `Wire::write` of a generated one calls. The discriminator is written where it is not set.
pub fn write<C: Choice>(value: &C, writer: &mut Writer) {
    let (number, value) = value.value();
    let Some(alternative) = C::ALTERNATIVES.get(number) else {
        return value.write(writer, Form::Proto);
    };
    let start = writer.written().len();
    value.write(writer, alternative.form);
    if let [tag, ..] = alternative.values
        && lacks(writer.written().get(start..).unwrap_or_default(), C::DISCRIMINATOR)
    {
        writer.insert_member(start, C::DISCRIMINATOR, tag);
    }
}

/// Whether a text is an object without a key.
fn lacks(object: &str, key: &str) -> bool {
    let mut found = false;
    let read = Reader::new(object).object(&mut |reader, name| {
        found |= name == key;
        reader.skip()
    });
    read.is_ok() && !found
}

fn look<'a>(reader: &mut Reader<'a>, discriminator: &str) -> Result<Look<'a>, Error> {
    let mut look = Look::default();
    if reader.peek() == Some(b'{') {
        look.looks.push('o');
        let mut more = reader.open(b'{', b'}', "an object")?;
        while more {
            let key = reader.key_and_colon()?;
            if key == discriminator && reader.at_string() {
                look.says = Some(reader.string()?);
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
        look.looks.push('[');
        if !reader.open(b'[', b']', "a list")? {
            break;
        }
    }
    look.looks.push_str(match reader.peek() {
        Some(b'"') => "s",
        Some(b'{') => "o",
        Some(b't' | b'f') => "b",
        Some(b'-' | b'0'..=b'9') => "n",
        // An empty list, or one of nothing.
        _ => "",
    });
    reader.back_to(start);
    reader.skip()?;
    Ok(look)
}

/// The alternative that a value looks like, with its number.
fn chosen<'a>(
    discriminator: &str,
    alternatives: &'a [Alternative],
    look: &Look<'_>,
) -> Option<(usize, &'a Alternative)> {
    let all = || alternatives.iter().enumerate().filter(|(_, one)| is_like(one.looks, &look.looks));
    if look.looks != "o" {
        return all().next();
    }
    let has = |key: &str| look.keys.iter().any(|known| known == key);
    if !discriminator.is_empty()
        && let Some(says) = look.says.as_deref()
    {
        if let Some(found) = all().find(|(_, one)| one.values.contains(&says)) {
            return Some(found);
        }
        // It says what nobody knows yet.
        if all().all(|(_, one)| !one.values.is_empty()) {
            return None;
        }
    }
    if let (Some(only), None) = (all().next(), all().nth(1)) {
        return Some(only);
    }
    let fits = all().filter(|(_, one)| one.required.iter().all(|key| has(key)));
    // The first of those with the most keys.
    fits.max_by_key(|(number, one)| (one.known.iter().filter(|key| has(key)).count(), std::cmp::Reverse(*number)))
}

/// Whether a value of one kind can be an alternative of another; `[` alone is an empty list.
fn is_like(alternative: &str, value: &str) -> bool {
    let (same, rest) = match alternative.split_once('?') {
        Some((before, _)) => (before, true),
        None => (alternative, false),
    };
    value == same || (rest && value.starts_with(same)) || (value.ends_with('[') && same.starts_with(value))
}
