//! Date.

use crate::json::{Error, Reader, Writer};
use crate::{Form, Wire};

/// Date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    seconds: i64,
}

impl Wire for Date {
    fn empty() -> Self {
        Self::default()
    }

    fn read(&mut self, reader: &mut Reader<'_>, _: Form) -> Result<(), Error> {
        reader.string().map(drop)
    }

    fn write(&self, writer: &mut Writer, _: Form) {
        writer.string("");
    }
}
