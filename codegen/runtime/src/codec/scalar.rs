//! Strings, booleans and numbers.

use super::JsonCodec;
use crate::json::{Error, Reader, Writer};
use crate::message::ValueEncoding;

impl JsonCodec for String {
    fn empty() -> Self {
        String::new()
    }

    fn read(&mut self, reader: &mut Reader<'_>, _: ValueEncoding) -> Result<(), Error> {
        *self = reader.string()?.into_owned();
        Ok(())
    }

    fn write(&self, writer: &mut Writer, _: ValueEncoding) {
        writer.string(self);
    }
}

impl JsonCodec for bool {
    fn empty() -> Self {
        false
    }

    fn read(&mut self, reader: &mut Reader<'_>, _: ValueEncoding) -> Result<(), Error> {
        *self = reader.bool()?;
        Ok(())
    }

    fn write(&self, writer: &mut Writer, _: ValueEncoding) {
        writer.raw(if *self { "true" } else { "false" });
    }
}

impl JsonCodec for i32 {
    fn empty() -> Self {
        0
    }

    fn read(&mut self, reader: &mut Reader<'_>, encoding: ValueEncoding) -> Result<(), Error> {
        *self = reader.encoded_integer("a 32-bit integer", encoding)?;
        Ok(())
    }

    fn write(&self, writer: &mut Writer, _: ValueEncoding) {
        writer.raw(itoa::Buffer::new().format(*self));
    }
}

impl JsonCodec for u32 {
    fn empty() -> Self {
        0
    }

    fn read(&mut self, reader: &mut Reader<'_>, encoding: ValueEncoding) -> Result<(), Error> {
        *self = reader.encoded_integer("an unsigned 32-bit integer", encoding)?;
        Ok(())
    }

    fn write(&self, writer: &mut Writer, _: ValueEncoding) {
        writer.raw(itoa::Buffer::new().format(*self));
    }
}

impl JsonCodec for i64 {
    fn empty() -> Self {
        0
    }

    fn read(&mut self, reader: &mut Reader<'_>, encoding: ValueEncoding) -> Result<(), Error> {
        *self = reader.long("a 64-bit integer", encoding)?;
        Ok(())
    }

    fn write(&self, writer: &mut Writer, encoding: ValueEncoding) {
        writer.long(itoa::Buffer::new().format(*self), encoding);
    }
}

impl JsonCodec for u64 {
    fn empty() -> Self {
        0
    }

    fn read(&mut self, reader: &mut Reader<'_>, encoding: ValueEncoding) -> Result<(), Error> {
        *self = reader.long("an unsigned 64-bit integer", encoding)?;
        Ok(())
    }

    fn write(&self, writer: &mut Writer, encoding: ValueEncoding) {
        writer.long(itoa::Buffer::new().format(*self), encoding);
    }
}

impl Reader<'_> {
    /// Reads an integer of 32 bits, and marks one in quotes, which it is written without.
    fn encoded_integer<T: TryFrom<i128>>(&mut self, expected: &str, encoding: ValueEncoding) -> Result<T, Error> {
        self.mark_quotes(encoding);
        self.integer(expected)
    }

    /// Reads an integer of 64 bits, and marks one that would be written with quotes, or without them.
    fn long<T: TryFrom<i128>>(&mut self, expected: &str, encoding: ValueEncoding) -> Result<T, Error> {
        self.lossy |= match encoding {
            ValueEncoding::Number => self.at_string(),
            ValueEncoding::AsRead => !self.at_string(),
            ValueEncoding::String | ValueEncoding::UrlSafe => false,
        };
        self.integer(expected)
    }

    /// Marks a number in quotes that would be written without them.
    fn mark_quotes(&mut self, encoding: ValueEncoding) {
        self.lossy |= encoding == ValueEncoding::AsRead && self.at_string();
    }
}

impl Writer {
    /// Writes an integer of 64 bits.
    fn long(&mut self, digits: &str, encoding: ValueEncoding) {
        if encoding == ValueEncoding::Number {
            self.raw(digits);
        } else {
            self.bare(digits);
        }
    }
}

impl JsonCodec for f32 {
    fn empty() -> Self {
        0.0
    }

    fn read(&mut self, reader: &mut Reader<'_>, encoding: ValueEncoding) -> Result<(), Error> {
        reader.mark_quotes(encoding);
        *self = reader.f32()?;
        Ok(())
    }

    fn write(&self, writer: &mut Writer, _: ValueEncoding) {
        writer.f32(*self);
    }
}

impl JsonCodec for f64 {
    fn empty() -> Self {
        0.0
    }

    fn read(&mut self, reader: &mut Reader<'_>, encoding: ValueEncoding) -> Result<(), Error> {
        reader.mark_quotes(encoding);
        *self = reader.f64()?;
        Ok(())
    }

    fn write(&self, writer: &mut Writer, _: ValueEncoding) {
        writer.f64(*self);
    }
}
