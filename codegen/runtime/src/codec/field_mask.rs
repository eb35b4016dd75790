//! Field masks: paths of fields.

use super::JsonCodec;
use crate::json::{Error, Reader, Writer};
use crate::message::ValueEncoding;

/// Fields of a message to update or to return: `google.protobuf.FieldMask`.
///
/// In JSON a comma-separated list of paths in lowerCamelCase, such as `displayName,tuningTask.hyperparameters`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FieldMask(String);

impl FieldMask {
    /// Creates a mask of these paths.
    pub fn new<P: AsRef<str>>(paths: impl IntoIterator<Item = P>) -> Self {
        let mut mask = String::new();
        for path in paths {
            if !mask.is_empty() {
                mask.push(',');
            }
            mask.push_str(path.as_ref());
        }
        Self(mask)
    }

    /// Returns the paths of the mask.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.split(',').filter(|path| !path.is_empty())
    }

    /// Returns the mask in its JSON form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for FieldMask {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for FieldMask {
    fn from(mask: &str) -> Self {
        Self(mask.into())
    }
}

impl From<String> for FieldMask {
    fn from(mask: String) -> Self {
        Self(mask)
    }
}

impl JsonCodec for FieldMask {
    fn empty() -> Self {
        Self::default()
    }

    fn read(&mut self, reader: &mut Reader<'_>, _: ValueEncoding) -> Result<(), Error> {
        self.0 = reader.string()?.into_owned();
        Ok(())
    }

    fn write(&self, writer: &mut Writer, _: ValueEncoding) {
        writer.string(&self.0);
    }
}
