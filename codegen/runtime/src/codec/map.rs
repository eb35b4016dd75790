//! Codec of maps with string keys.

use std::collections::BTreeMap;

use super::JsonCodec;
use crate::json::{Error, Reader, Writer};
use crate::message::ValueEncoding;

impl<T: JsonCodec> JsonCodec for BTreeMap<String, T> {
    #[inline]
    fn empty() -> Self {
        BTreeMap::new()
    }

    #[inline]
    fn read(&mut self, reader: &mut Reader<'_>, encoding: ValueEncoding) -> Result<(), Error> {
        reader.object(&mut |reader, key| {
            let mut value = T::empty();
            value.read(reader, encoding)?;
            self.insert(key.to_owned(), value);
            Ok(())
        })
    }

    #[inline]
    fn write(&self, writer: &mut Writer, encoding: ValueEncoding) {
        writer.object(&mut |writer| {
            for (key, value) in self {
                writer.map_key(key);
                value.write(writer, encoding);
            }
        });
    }
}
