//! What comes back.

use bytes::Bytes;

use super::http_body;
use crate::codec::JsonCodec;
use crate::json;
use crate::message::NumberEncoding;

/// What the response to a call becomes: any value of the wire, or `()` where the method has none.
pub trait Response: Sized + Send + 'static {
    /// Reads the response's body.
    ///
    /// # Errors
    /// When it is not JSON, or not what the type takes.
    fn decode(body: &[u8]) -> Result<Self, json::Error>;

    /// Returns true if the type is a message that has this JSON key, and `None` if it is no message.
    fn declares(_key: &str) -> Option<bool> {
        None
    }

    /// Returns the content of a response as a `google.api.HttpBody`, if the type is one.
    fn from_content(_content_type: Option<&str>, _data: Bytes) -> Option<Self> {
        None
    }
}

impl<W: JsonCodec + Send + 'static> Response for W {
    fn decode(body: &[u8]) -> Result<Self, json::Error> {
        let text = str::from_utf8(body).map_err(|_| {
            let valid = body.utf8_chunks().next().map_or("", |chunk| chunk.valid());
            json::Error::at("the text is not UTF-8", valid, valid.len())
        })?;
        let mut value = W::empty();
        let mut reader = json::Reader::new(text);
        value.read(&mut reader, NumberEncoding::String)?;
        reader.end()?;
        Ok(value)
    }

    fn declares(key: &str) -> Option<bool> {
        W::empty().as_message().map(|message| message.fields().iter().any(|field| field.key == key))
    }

    fn from_content(content_type: Option<&str>, data: Bytes) -> Option<Self> {
        let mut value = W::empty();
        http_body::set(value.as_message_mut()?, content_type, data).then_some(value)
    }
}

impl Response for () {
    fn decode(_: &[u8]) -> Result<Self, json::Error> {
        Ok(())
    }
}

/// The response of a method that lists in pages. Implemented by generated code alone.
pub trait Page: Response {
    /// What is listed; for a map a pair of key and value.
    type Item: Send + Unpin + 'static;

    /// The name of the parameter that takes the token of a page.
    const TOKEN: &'static str = "pageToken";

    /// The token of the page after this one.
    fn next_page_token(&self) -> Option<&str>;

    /// What the page has.
    fn into_items(self) -> Vec<Self::Item>;
}
