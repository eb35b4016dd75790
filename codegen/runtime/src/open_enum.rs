//! Enums that keep unknown values.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use crate::json::{Error, Reader, Writer};

/// A value that an enum of the bindings has no variant for.
///
/// Created by the enum's `From<&str>` and by decoding, and only from a string that no variant has, so that two equal
/// values are always the same variant.
pub struct Unrecognized<E> {
    text: Box<str>,
    /// True for a number or boolean.
    is_literal: bool,
    of: PhantomData<fn() -> E>,
}

impl<E> Unrecognized<E> {
    /// Returns the value as it was decoded; a number or boolean is given as its JSON text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl<E> Clone for Unrecognized<E> {
    fn clone(&self) -> Self {
        Self { text: self.text.clone(), is_literal: self.is_literal, of: PhantomData }
    }
}

impl<E> PartialEq for Unrecognized<E> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.is_literal == other.is_literal
    }
}

impl<E> Eq for Unrecognized<E> {}

impl<E> PartialOrd for Unrecognized<E> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<E> Ord for Unrecognized<E> {
    fn cmp(&self, other: &Self) -> Ordering {
        (&self.text, self.is_literal).cmp(&(&other.text, other.is_literal))
    }
}

impl<E> Hash for Unrecognized<E> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
        self.is_literal.hash(state);
    }
}

impl<E> fmt::Debug for Unrecognized<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.text, f)
    }
}

/// Enum of the bindings. Implemented only by generated code.
pub trait OpenEnum: Sized {
    /// Returns the variant of a name.
    fn known(name: &str) -> Option<Self>;

    /// Wraps a value that has no variant.
    fn unrecognized(value: Unrecognized<Self>) -> Self;

    /// Returns the variant's name in JSON, or the value that has no variant.
    ///
    /// # Errors
    /// The value that has no variant.
    fn name(&self) -> Result<&'static str, &Unrecognized<Self>>;

    /// Returns `true` if the variant is a number or boolean in JSON.
    #[inline]
    fn is_literal(&self) -> bool {
        false
    }

    /// Returns the variant of a name, or wraps the name.
    fn from_name(name: &str) -> Self {
        Self::known(name).unwrap_or_else(|| unknown(name, false))
    }

    /// Returns the value's name in JSON.
    fn as_wire_str(&self) -> &str {
        match self.name() {
            Ok(name) => name,
            Err(unknown) => unknown.as_str(),
        }
    }
}

fn unknown<E: OpenEnum>(text: &str, is_literal: bool) -> E {
    E::unrecognized(Unrecognized { text: text.into(), is_literal, of: PhantomData })
}

/// Implements `JsonCodec::read` of a generated enum.
///
/// # Errors
/// When the JSON is malformed, or neither a string nor a number nor a boolean.
#[inline]
pub fn read<E: OpenEnum>(value: &mut E, reader: &mut Reader<'_>) -> Result<(), Error> {
    let (text, is_literal) = read_text(reader)?;
    *value = match E::known(&text) {
        Some(known) => {
            // `1` for `"1"`: written back as it was.
            reader.lossy |= known.is_literal() != is_literal;
            known
        }
        None => unknown(&text, is_literal),
    };
    Ok(())
}

fn read_text<'a>(reader: &mut Reader<'a>) -> Result<(Cow<'a, str>, bool), Error> {
    match reader.peek() {
        Some(b'"') => Ok((reader.string()?, false)),
        Some(b't' | b'f') => Ok((if reader.bool()? { "true" } else { "false" }.into(), true)),
        _ => Ok((reader.number("a string")?.into(), true)),
    }
}

/// Implements `JsonCodec::write` of a generated enum.
#[inline]
pub fn write<E: OpenEnum>(value: &E, writer: &mut Writer) {
    match value.name() {
        Ok(name) => write_text(name, value.is_literal(), writer),
        Err(unknown) => write_text(&unknown.text, unknown.is_literal, writer),
    }
}

fn write_text(text: &str, is_literal: bool, writer: &mut Writer) {
    if is_literal {
        writer.raw(text);
    } else {
        writer.string(text);
    }
}
