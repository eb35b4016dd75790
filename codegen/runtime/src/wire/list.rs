//! Lists, also of lists.

use super::Wire;
use crate::Form;
use crate::json::{Error, Reader, Writer};

impl<T: Wire> Wire for Vec<T> {
    fn empty() -> Self {
        Vec::new()
    }

    fn read(&mut self, reader: &mut Reader<'_>, form: Form) -> Result<(), Error> {
        reader.list(&mut |reader| self.push_mut(T::empty()).read(reader, form))
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
