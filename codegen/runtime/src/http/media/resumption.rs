//! The rest of a file whose beginning is there.

use ::http::header::{CONTENT_RANGE, ETAG, HeaderMap, HeaderValue, IF_RANGE, RANGE};
use ::http::{Request, StatusCode, response};
use bytes::Bytes;

use crate::http::error::{Error, TransportError};
use crate::http::sender::{Sender, Want};
use crate::http::transport::{Body, BoxFuture};

/// A download that can go on where it was cut.
pub(super) struct Resumption {
    sender: Sender,
    request: Request<Bytes>,
    /// The revision of the file that the beginning is of.
    etag: HeaderValue,
    received: u64,
    /// How many more times a connection may break before anything comes of it.
    left: u32,
}

impl Resumption {
    /// `None` where it would not be safe: the request may not be repeated, or is for a part, or nothing says that the rest
    /// is of the same revision.
    pub(super) fn new(sender: Sender, request: Request<Bytes>, head: &response::Parts) -> Option<Self> {
        let etag = head.headers.get(ETAG).filter(|etag| !etag.as_bytes().starts_with(b"W/"))?.clone();
        let is_whole = head.status == StatusCode::OK && !request.headers().contains_key(RANGE);
        let left = sender.more_attempts();
        (is_whole && left > 0).then_some(Self { sender, request, etag, received: 0, left })
    }

    /// Counts a piece.
    pub(super) fn received(&mut self, piece: &Bytes) {
        self.received = self.received.saturating_add(piece.len() as u64);
        self.left = self.sender.more_attempts();
    }

    /// Asks for what was not received; `None` when that was in vain too often.
    pub(super) fn rest(&mut self) -> Option<BoxFuture<'static, Result<Body, Error>>> {
        self.left = self.left.checked_sub(1)?;
        let mut request = self.request.clone();
        if self.received > 0 {
            let range = HeaderValue::try_from(format!("bytes={}-", self.received)).ok()?;
            request.headers_mut().insert(RANGE, range);
            request.headers_mut().insert(IF_RANGE, self.etag.clone());
        }
        let answer = self.sender.clone().send(request, Want::Stream);
        let (etag, received) = (self.etag.clone(), self.received);
        Some(Box::pin(async move {
            let (head, body) = answer.await?.into_parts();
            let is_rest =
                received == 0 || head.status == StatusCode::PARTIAL_CONTENT && begins_at(&head.headers, received);
            if is_rest && head.headers.get(ETAG) == Some(&etag) {
                return Ok(body);
            }
            Err(TransportError::broken("the connection broke, and the rest of the same file is not to be had").into())
        }))
    }
}

/// Whether what is sent is what follows so many bytes.
fn begins_at(headers: &HeaderMap, received: u64) -> bool {
    let range = headers.get(CONTENT_RANGE).and_then(|range| range.to_str().ok());
    range.is_some_and(|range| range.starts_with(&format!("bytes {received}-")))
}
