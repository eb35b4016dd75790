//! Timestamp.

use crate::json::{Error, Reader, Writer};
use crate::{Form, Wire};

/// Timestamp.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    seconds: i64,
}

impl Wire for Timestamp {
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
