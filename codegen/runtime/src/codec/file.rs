//! Files in forms.

use super::JsonCodec;
use crate::json::{Error, Reader, Writer};
use crate::message::NumberEncoding;
use bytes::Bytes;

/// A file in a form (`multipart/form-data`): what it holds, and what is said about it.
///
/// Bytes and text become one by themselves; services that tell formats by a file's name need to be told one:
///
/// ```
/// use discovery_runtime::File;
///
/// let speech = File::new(vec![0x49, 0x44, 0x33]).with_name("speech.mp3").with_content_type("audio/mpeg");
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct File {
    /// What it holds.
    pub content: Bytes,
    /// Its name; that of its field where none is set.
    pub name: Option<String>,
    /// Its media type; `application/octet-stream` where none is set.
    pub content_type: Option<String>,
}

impl File {
    /// A file that holds this.
    pub fn new(content: impl Into<Bytes>) -> Self {
        Self { content: content.into(), ..Self::default() }
    }

    /// Names it. Quotes and line breaks are sent as browsers do.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Says what it is, `audio/mpeg`. What is no value of a header is an error when the request is made.
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }
}

impl From<Bytes> for File {
    fn from(content: Bytes) -> Self {
        Self::new(content)
    }
}

impl From<Vec<u8>> for File {
    fn from(content: Vec<u8>) -> Self {
        Self::new(content)
    }
}

impl From<String> for File {
    fn from(content: String) -> Self {
        Self::new(content)
    }
}

impl From<&'static [u8]> for File {
    fn from(content: &'static [u8]) -> Self {
        Self::new(content)
    }
}

impl From<&'static str> for File {
    fn from(content: &'static str) -> Self {
        Self::new(content)
    }
}

/// In JSON a file is its bytes.
impl JsonCodec for File {
    fn empty() -> Self {
        Self::default()
    }

    fn read(&mut self, reader: &mut Reader<'_>, encoding: NumberEncoding) -> Result<(), Error> {
        self.content.read(reader, encoding)
    }

    fn write(&self, writer: &mut Writer, encoding: NumberEncoding) {
        self.content.write(writer, encoding);
    }
}
