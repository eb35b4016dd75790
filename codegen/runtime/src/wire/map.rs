//! Maps.

use std::collections::BTreeMap;

use super::Wire;
use crate::Form;
use crate::json::{Error, Reader, Writer};

impl<T: Wire> Wire for BTreeMap<String, T> {
    fn empty() -> Self {
        BTreeMap::new()
    }

    fn read(&mut self, reader: &mut Reader<'_>, form: Form) -> Result<(), Error> {
        reader.object(&mut |reader, key| {
            let mut value = T::empty();
            value.read(reader, form)?;
            self.insert(key.to_owned(), value);
            Ok(())
        })
    }

    fn write(&self, writer: &mut Writer, form: Form) {
        writer.object(&mut |writer| {
            for (key, value) in self {
                writer.map_key(key);
                value.write(writer, form);
            }
        });
    }
}
