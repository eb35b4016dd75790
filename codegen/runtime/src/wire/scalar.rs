//! Strings, truth values and numbers.

use super::Wire;
use crate::Form;
use crate::json::{Error, Reader, Writer};

impl Wire for String {
    fn empty() -> Self {
        String::new()
    }

    fn read(&mut self, reader: &mut Reader<'_>, _: Form) -> Result<(), Error> {
        *self = reader.string()?.into_owned();
        Ok(())
    }

    fn write(&self, writer: &mut Writer, _: Form) {
        writer.string(self);
    }
}

impl Wire for bool {
    fn empty() -> Self {
        false
    }

    fn read(&mut self, reader: &mut Reader<'_>, _: Form) -> Result<(), Error> {
        *self = reader.bool()?;
        Ok(())
    }

    fn write(&self, writer: &mut Writer, _: Form) {
        writer.raw(if *self { "true" } else { "false" });
    }
}

impl Wire for i32 {
    fn empty() -> Self {
        0
    }

    fn read(&mut self, reader: &mut Reader<'_>, _: Form) -> Result<(), Error> {
        *self = reader.integer("a 32-bit integer")?;
        Ok(())
    }

    fn write(&self, writer: &mut Writer, _: Form) {
        writer.raw(itoa::Buffer::new().format(*self));
    }
}

impl Wire for u32 {
    fn empty() -> Self {
        0
    }

    fn read(&mut self, reader: &mut Reader<'_>, _: Form) -> Result<(), Error> {
        *self = reader.integer("an unsigned 32-bit integer")?;
        Ok(())
    }

    fn write(&self, writer: &mut Writer, _: Form) {
        writer.raw(itoa::Buffer::new().format(*self));
    }
}

impl Wire for i64 {
    fn empty() -> Self {
        0
    }

    fn read(&mut self, reader: &mut Reader<'_>, _: Form) -> Result<(), Error> {
        *self = reader.integer("a 64-bit integer")?;
        Ok(())
    }

    fn write(&self, writer: &mut Writer, form: Form) {
        writer.long(itoa::Buffer::new().format(*self), form);
    }
}

impl Wire for u64 {
    fn empty() -> Self {
        0
    }

    fn read(&mut self, reader: &mut Reader<'_>, _: Form) -> Result<(), Error> {
        *self = reader.integer("an unsigned 64-bit integer")?;
        Ok(())
    }

    fn write(&self, writer: &mut Writer, form: Form) {
        writer.long(itoa::Buffer::new().format(*self), form);
    }
}

impl Writer {
    /// Writes an integer of 64 bits.
    fn long(&mut self, digits: &str, form: Form) {
        if form == Form::Number {
            self.raw(digits);
        } else {
            self.bare(digits);
        }
    }
}

impl Wire for f32 {
    fn empty() -> Self {
        0.0
    }

    fn read(&mut self, reader: &mut Reader<'_>, _: Form) -> Result<(), Error> {
        *self = reader.f32()?;
        Ok(())
    }

    fn write(&self, writer: &mut Writer, _: Form) {
        writer.f32(*self);
    }
}

impl Wire for f64 {
    fn empty() -> Self {
        0.0
    }

    fn read(&mut self, reader: &mut Reader<'_>, _: Form) -> Result<(), Error> {
        *self = reader.f64()?;
        Ok(())
    }

    fn write(&self, writer: &mut Writer, _: Form) {
        writer.f64(*self);
    }
}
