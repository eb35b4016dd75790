//! Enums that keep what they do not know.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use crate::Form;
use crate::json::{Error, Reader, Writer};

/// A value that an enum of the bindings has no variant for.
///
/// Made only by [`OpenEnum::from_name`] and by the codec, and only from a string that no variant has, so that two
/// equal values are always one variant.
pub struct Unrecognized<E> {
    text: Box<str>,
    number: bool,
    of: PhantomData<fn() -> E>,
}

impl<E> Unrecognized<E> {
    /// The value as it was read; a number is given in digits.
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
    /// The variant of this name.
    fn known(name: &str) -> Option<Self>;

    /// The variant for everything else.
    fn unrecognized(value: Unrecognized<Self>) -> Self;

    /// The variant's name on the wire, or the value that has no variant.
    ///
    /// # Errors
    /// The value that has no variant.
    fn name(&self) -> Result<&'static str, &Unrecognized<Self>>;

    /// The value of this name, with or without a variant.
    fn from_name(name: &str) -> Self {
        Self::known(name).unwrap_or_else(|| unknown(name, false))
    }

    /// The value's name on the wire.
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

/// Reads an enum's value: what `Wire::read` of a generated enum calls.
///
/// # Errors
/// When the JSON is malformed, or neither a string nor a number.
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

/// Writes an enum's value: what `Wire::write` of a generated enum calls.
pub fn write<E: OpenEnum>(value: &E, writer: &mut Writer, form: Form) {
    match value.name() {
        Ok(name) => write_text(name, form == Form::Number && name.parse::<i64>().is_ok(), writer),
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
