//! Enums that keep unknown values.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use crate::json::{Error, Reader, Writer};
use crate::message::NumberEncoding;

/// A value that an enum of the bindings has no variant for.
///
/// Created by the enum's `From<&str>` and by decoding, and only from a string that no variant has, so that two equal
/// values are always the same variant.
pub struct Unrecognized<E> {
    text: Box<str>,
    number: bool,
    of: PhantomData<fn() -> E>,
}

impl<E> Unrecognized<E> {
    /// Returns the value as it was decoded; a number is given in digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl<E> Clone for Unrecognized<E> {
    fn clone(&self) -> Self {
        Self { text: self.text.clone(), number: self.number, of: PhantomData }
    }
}

impl<E> PartialEq for Unrecognized<E> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.number == other.number
    }
}

impl<E> fmt::Debug for Unrecognized<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.text, f)
    }
}

/// An enum of the bindings. Implemented by generated code alone.
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

fn unknown<E: OpenEnum>(text: &str, number: bool) -> E {
    E::unrecognized(Unrecognized { text: text.into(), number, of: PhantomData })
}

/// Implements `JsonCodec::read` of a generated enum.
///
/// # Errors
/// When the JSON is malformed, or neither a string nor a number.
#[inline]
pub fn read<E: OpenEnum>(value: &mut E, reader: &mut Reader<'_>) -> Result<(), Error> {
    let (text, number) = read_text(reader)?;
    *value = match E::known(&text) {
        Some(known) => known,
        None => unknown(&text, number),
    };
    Ok(())
}

fn read_text<'a>(reader: &mut Reader<'a>) -> Result<(Cow<'a, str>, bool), Error> {
    if reader.at_string() { Ok((reader.string()?, false)) } else { Ok((reader.number("a string")?.into(), true)) }
}

/// Implements `JsonCodec::write` of a generated enum.
#[inline]
pub fn write<E: OpenEnum>(value: &E, writer: &mut Writer, encoding: NumberEncoding) {
    match value.name() {
        Ok(name) => write_text(name, encoding == NumberEncoding::Number && name.parse::<i64>().is_ok(), writer),
        Err(unknown) => write_text(&unknown.text, unknown.number, writer),
    }
}

fn write_text(text: &str, number: bool, writer: &mut Writer) {
    if number {
        writer.raw(text);
    } else {
        writer.string(text);
    }
}
