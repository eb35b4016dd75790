//! Values that may be `null`: in lists and maps, and whole responses.

use super::JsonCodec;
use crate::json::{Error, Reader, Writer};
use crate::message::ValueEncoding;

impl<T: JsonCodec> JsonCodec for Option<T> {
    #[inline]
    fn empty() -> Self {
        None
    }

    #[inline]
    fn read(&mut self, reader: &mut Reader<'_>, encoding: ValueEncoding) -> Result<(), Error> {
        if reader.take_null()? {
            *self = None;
            return Ok(());
        }
        self.insert(T::empty()).read(reader, encoding)
    }

    #[inline]
    fn write(&self, writer: &mut Writer, encoding: ValueEncoding) {
        match self {
            Some(value) => value.write(writer, encoding),
            None => writer.raw("null"),
        }
    }

    fn null_is_data() -> bool {
        true
    }

    fn takes_null(&self) -> bool {
        true
    }
}
