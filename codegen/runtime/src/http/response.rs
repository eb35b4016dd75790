//! Types of responses.

use std::any::Any;

use bytes::Bytes;

use super::http_body;
use crate::codec::{File, JsonCodec, Lenient};
use crate::json;
use crate::message::ValueEncoding;

/// Type of a response: any JSON value, or `()` for a method without a response.
pub trait Response: Sized + Send + 'static {
    /// Decodes the body of a response.
    ///
    /// # Errors
    /// When the body is not JSON, or not of this type.
    fn decode(body: &[u8]) -> Result<Self, json::Error>;

    /// Returns `true` if the type is a message that has this JSON key, and `None` if it is not a message.
    fn declares(_key: &str) -> Option<bool> {
        None
    }

    /// Returns a redirect, if the type is one.
    #[doc(hidden)]
    fn from_redirect(_location: &str) -> Option<Self> {
        None
    }

    /// Returns the content of a response as a [`File`] or a `google.api.HttpBody`, if the type is one.
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
        value.read(&mut reader, ValueEncoding::String)?;
        reader.end()?;
        Ok(value)
    }

    fn declares(key: &str) -> Option<bool> {
        W::empty().as_message().map(|message| message.fields().iter().any(|field| field.key == key))
    }

    fn from_content(content_type: Option<&str>, data: Bytes) -> Option<Self> {
        let mut value = W::empty();
        if let Some(file) = (&mut value as &mut dyn Any).downcast_mut::<File>() {
            *file = File { content: data, content_type: content_type.map(str::to_owned), name: None };
            return Some(value);
        }
        http_body::set(value.as_message_mut()?, content_type, data).then_some(value)
    }
}

impl Response for () {
    fn decode(_: &[u8]) -> Result<Self, json::Error> {
        Ok(())
    }
}

/// Redirect, which is not followed: the response of methods for which the document states no other.
///
/// Its location may be a file that is requested without the API's credentials, or a page for a browser.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Redirect {
    /// The URL that the response leads to: the header `location`, resolved against the URL of the request.
    pub location: String,
}

impl Response for Redirect {
    fn decode(body: &[u8]) -> Result<Self, json::Error> {
        let text = str::from_utf8(body).unwrap_or_default();
        Err(json::Error::at("the response is not a redirect with a `location`", text, 0))
    }

    fn from_redirect(location: &str) -> Option<Self> {
        Some(Self { location: location.to_owned() })
    }
}

/// Response of a method that lists in pages. Implemented by generated code.
pub trait Page: Response {
    /// Type of the listed items; for a map, a pair of key and value.
    type Item: Send + Unpin + 'static;

    /// Name of the parameter for a page token.
    const TOKEN: &'static str = "pageToken";

    /// Returns the token of the next page.
    fn next_page_token(&self) -> Option<&str>;

    /// Returns the number of items of the page.
    fn item_count(&self) -> usize {
        0
    }

    /// Returns the items of the page.
    fn into_items(self) -> Vec<Self::Item>;
}

/// A response that is a list itself: the method states the way to the next page.
impl<T: JsonCodec + Send + Unpin + 'static> Page for Vec<T>
where
    Self: Response,
{
    type Item = T;

    fn next_page_token(&self) -> Option<&str> {
        None
    }

    fn item_count(&self) -> usize {
        self.len()
    }

    fn into_items(self) -> Self {
        self
    }
}

impl<T: JsonCodec + Send + Unpin + 'static> Page for Lenient<Vec<T>>
where
    Self: Response,
{
    type Item = T;

    fn next_page_token(&self) -> Option<&str> {
        None
    }

    fn item_count(&self) -> usize {
        // Entries of another type are entries of the page.
        self.entries.len().saturating_add(self.unread())
    }

    fn into_items(self) -> Vec<T> {
        self.entries
    }
}
