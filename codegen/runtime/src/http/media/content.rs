//! Files to upload.

use std::fmt;
use std::pin::Pin;
use std::task::{Poll, ready};

use ::http::header::{CONTENT_TYPE, HeaderValue};
use bytes::{Bytes, BytesMut};
use tokio::io::{AsyncRead, ReadBuf};

use crate::http::error::{Error, TransportError};
use crate::http::usage_error::UsageError;

/// Size of one read, in bytes. A part grows with what is read, so that a large part size does not take memory by
/// itself.
const READ: usize = 256 << 10;

/// File to upload: its media type, and its bytes or a reader of them.
pub struct Media {
    pub(super) content_type: String,
    pub(super) source: Source,
    /// Length in bytes, if known.
    pub(super) length: Option<u64>,
}

/// Function that gets the number of bytes that the service has confirmed.
pub(super) type Progress = dyn FnMut(u64) + Send;

/// Returns the value of a `content-type` header.
pub(super) fn header(content_type: &str) -> Result<HeaderValue, UsageError> {
    HeaderValue::try_from(content_type).map_err(|_| UsageError::Header { name: CONTENT_TYPE.to_string() })
}

pub(super) enum Source {
    Bytes(Bytes),
    Reader(Pin<Box<dyn AsyncRead + Send>>),
}

impl Media {
    /// Creates a file from bytes in memory.
    pub fn new(content_type: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        Self { content_type: content_type.into(), length: Some(bytes.len() as u64), source: Source::Bytes(bytes) }
    }

    /// Creates a file that is read part by part during the upload. The method must have the resumable protocol.
    /// `length` is in bytes, if known.
    pub fn from_reader(
        content_type: impl Into<String>,
        reader: impl AsyncRead + Send + 'static,
        length: Option<u64>,
    ) -> Self {
        Self { content_type: content_type.into(), length, source: Source::Reader(Box::pin(reader)) }
    }
}

impl Source {
    /// Reads the next `size` bytes; fewer only at the end of the file.
    pub(super) async fn take(&mut self, size: usize) -> Result<Bytes, Error> {
        let reader = match self {
            Self::Bytes(bytes) => return Ok(bytes.split_to(size.min(bytes.len()))),
            Self::Reader(reader) => reader,
        };
        let mut part = BytesMut::new();
        let mut piece = vec![0; size.min(READ)];
        while part.len() < size {
            let read = std::future::poll_fn(|cx| {
                let room = piece.len().min(size.saturating_sub(part.len()));
                let mut buffer = ReadBuf::new(piece.get_mut(..room).unwrap_or_default());
                ready!(reader.as_mut().poll_read(cx, &mut buffer))?;
                part.extend_from_slice(buffer.filled());
                Poll::Ready(Ok::<_, std::io::Error>(buffer.filled().len()))
            });
            if read.await.map_err(TransportError::connect)? == 0 {
                break;
            }
        }
        Ok(part.freeze())
    }
}

/// Omits the bytes.
impl fmt::Debug for Media {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Media")
            .field("content_type", &self.content_type)
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}
