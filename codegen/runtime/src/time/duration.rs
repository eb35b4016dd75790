//! Duration.

use crate::json::{Error, Reader, Writer};
use crate::{Form, Wire};

/// Duration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration {
    seconds: i64,
}

impl Wire for Duration {
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
