//! Lists, also of lists.

use super::JsonCodec;
use crate::json::{Error, Reader, Writer};
use crate::message::ValueEncoding;

impl<T: JsonCodec> JsonCodec for Vec<T> {
    #[inline]
    fn empty() -> Self {
        Vec::new()
    }

    #[inline]
    fn read(&mut self, reader: &mut Reader<'_>, encoding: ValueEncoding) -> Result<(), Error> {
        reader.list(&mut |reader| {
            // In place: messages are large.
            self.push(T::empty());
            self.last_mut().map_or(Ok(()), |item| item.read(reader, encoding))
        })
    }

    #[inline]
    fn write(&self, writer: &mut Writer, encoding: ValueEncoding) {
        writer.list(&mut |writer| {
            for item in self {
                writer.item();
                item.write(writer, encoding);
            }
        });
    }
}
