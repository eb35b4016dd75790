//! Resumption of downloads after a lost connection.

use ::http::header::{CONTENT_RANGE, ETAG, HeaderMap, HeaderValue, IF_RANGE, RANGE};
use ::http::{Request, StatusCode, response};
use bytes::Bytes;

use crate::http::error::{Error, TransportError};
use crate::http::sender::{BodyMode, Sender};
use crate::http::transport::{Body, BoxFuture};

const LOST: &str = "the connection was lost and the download cannot be resumed: the server did not return the requested range of \
                    the same ETag";

/// State of a download that can be resumed.
pub(super) struct Resumption {
    sender: Sender,
    request: Request<Bytes>,
    /// Revision of the file.
    etag: HeaderValue,
    received: u64,
    /// Number of attempts that are left before any more bytes arrive.
    left: u32,
}

impl Resumption {
    /// Returns `None` if the download cannot be resumed: the request may not be repeated, or is for a part, or the
    /// response has no strong `ETag` to recognize the same revision by.
    pub(super) fn new(sender: Sender, request: Request<Bytes>, head: &response::Parts) -> Option<Self> {
        let etag = head.headers.get(ETAG).filter(|etag| !etag.as_bytes().starts_with(b"W/"))?.clone();
        let is_whole = head.status == StatusCode::OK && !request.headers().contains_key(RANGE);
        let left = sender.max_retries();
        (is_whole && left > 0).then_some(Self { sender, request, etag, received: 0, left })
    }

    /// Counts a chunk that has arrived.
    pub(super) fn received(&mut self, piece: &Bytes) {
        self.received = self.received.saturating_add(piece.len() as u64);
        self.left = self.sender.max_retries();
    }

    /// Requests the bytes that have not arrived; `None` if no attempts are left.
    pub(super) fn rest(&mut self) -> Option<BoxFuture<'static, Result<Body, Error>>> {
        self.left = self.left.checked_sub(1)?;
        let mut request = self.request.clone();
        if self.received > 0 {
            let range = HeaderValue::try_from(format!("bytes={}-", self.received)).ok()?;
            request.headers_mut().insert(RANGE, range);
            request.headers_mut().insert(IF_RANGE, self.etag.clone());
        }
        let response = self.sender.clone().send(request, BodyMode::Streamed);
        let (etag, received) = (self.etag.clone(), self.received);
        Some(Box::pin(async move {
            let (head, body) = response.await?.into_parts();
            let is_rest =
                received == 0 || head.status == StatusCode::PARTIAL_CONTENT && begins_at(&head.headers, received);
            if is_rest && head.headers.get(ETAG) == Some(&etag) {
                return Ok(body);
            }
            Err(TransportError::broken(LOST).into())
        }))
    }
}

/// Returns `true` if the body of a partial response begins at this byte.
fn begins_at(headers: &HeaderMap, received: u64) -> bool {
    let range = headers.get(CONTENT_RANGE).and_then(|range| range.to_str().ok());
    range.is_some_and(|range| range.starts_with(&format!("bytes {received}-")))
}
