//! Files in multipart forms and responses.

use super::JsonCodec;
use crate::json::{Error, Reader, Writer};
use crate::message::ValueEncoding;
use bytes::Bytes;

/// A file in a form (`multipart/form-data`) or a response, with its content, name and media type.
///
/// Bytes and text convert into a file without a name. Services that detect formats by the file's name need one:
///
/// ```
/// use discovery_runtime::File;
///
/// let speech = File::new(vec![0x49, 0x44, 0x33]).with_name("speech.mp3").with_content_type("audio/mpeg");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct File {
    /// Content of the file.
    pub content: Bytes,
    /// File name. Defaults to the name of the field.
    pub name: Option<String>,
    /// Media type. Defaults to `application/octet-stream`.
    pub content_type: Option<String>,
}

impl File {
    /// Creates a file with this content.
    pub fn new(content: impl Into<Bytes>) -> Self {
        Self { content: content.into(), ..Self::default() }
    }

    /// Sets the file name. Quotes and line breaks are escaped as in browsers.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the media type, such as `audio/mpeg`. An invalid header value is an error when the request is built.
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

    fn read(&mut self, reader: &mut Reader<'_>, encoding: ValueEncoding) -> Result<(), Error> {
        self.content.read(reader, encoding)
    }

    fn write(&self, writer: &mut Writer, encoding: ValueEncoding) {
        self.content.write(writer, encoding);
    }
}
