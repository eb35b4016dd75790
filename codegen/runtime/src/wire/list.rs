//! Lists, also of lists.

use super::Wire;
use crate::Form;
use crate::json::{Error, Reader, Writer};

impl<T: Wire> Wire for Vec<T> {
    fn empty() -> Self {
        Vec::new()
    }

    fn read(&mut self, reader: &mut Reader<'_>, form: Form) -> Result<(), Error> {
        reader.list(&mut |reader| {
            // In place: messages are large.
            self.push(T::empty());
            self.last_mut().map_or(Ok(()), |item| item.read(reader, form))
        })
    }

    fn write(&self, writer: &mut Writer, form: Form) {
        writer.list(&mut |writer| {
            for item in self {
                writer.item();
                item.write(writer, form);
            }
        });
    }
}
