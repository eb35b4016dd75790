//! Files that come back.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use ::http::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue};
use ::http::response;
use bytes::Bytes;
use futures_core::Stream;

use crate::http::call::Call;
use crate::http::error::Error;
use crate::http::exchange::{self, Exchange, Want};
use crate::http::kind::Download;
use crate::http::request::{self, Query};
use crate::http::transport::Body;

impl<R> Call<R, Download> {
    /// Sends the call and gives the file that is the answer (`alt=media`). A part of it is had with a header:
    /// `CallOptions::new().with_header("range", "bytes=0-99")`.
    ///
    /// # Errors
    /// All of [`Error`] but [`Error::Operation`] and [`Error::Decode`].
    pub fn download(&self) -> impl Future<Output = Result<Content, Error>> + Send + use<R> {
        let call = self.parts.clone();
        async move {
            let options = request::effective_options(&call)?;
            let mut query = Query::of(&call, &options)?;
            query.add("alt", "media");
            let url = request::url(&call, call.client.api().service_path, call.method.path, &query)?;
            let mut request = request::request(&call, &options, call.method.verb, url, request::body(&call)?)?;
            request.headers_mut().insert(ACCEPT, HeaderValue::from_static("*/*"));
            let exchange = Exchange::new(&call, options);
            let limit = exchange.response_limit();
            let (head, body) = exchange.run(request, Want::Stream).await?.into_parts();
            Ok(Content { head, body, limit })
        }
    }
}

/// A file that comes back, piece by piece: a stream of bytes.
pub struct Content {
    head: response::Parts,
    body: Body,
    limit: u64,
}

impl Content {
    /// The headers of the answer.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// The file's media type, if the service names it.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.head.headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    /// The next piece; `None` at the end. Its size is not limited: nothing is kept here.
    ///
    /// # Errors
    /// When the connection broke.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, Error>> {
        self.body.chunk().await.map(|chunk| chunk.map_err(Error::from))
    }

    /// All of it, if it is not larger than the call's limit.
    ///
    /// # Errors
    /// When the connection broke, or the file is too large.
    pub async fn bytes(mut self) -> Result<Bytes, Error> {
        exchange::collect(&mut self.body, self.limit).await
    }
}

impl Stream for Content {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(ready!(self.body.poll_chunk(cx)).map(|chunk| chunk.map_err(Error::from)))
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Content").field("status", &self.head.status).finish_non_exhaustive()
    }
}
