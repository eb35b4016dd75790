//! Downloads of files, as streams.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use ::http::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderValue};
use ::http::{StatusCode, response};
use bytes::Bytes;
use futures_core::Stream;
use tokio::time::Sleep;

use super::integrity::Integrity;
use super::resumption::Resumption;
use crate::http::call::Call;
use crate::http::deadline;
use crate::http::error::Error;
use crate::http::kind::Download;
use crate::http::request::{self, Query};
use crate::http::sender::{self, BodyMode, Sender};
use crate::http::transport::{Body, BoxFuture};

impl<R> Call<R, Download> {
    /// Sends the call and returns the content of the response (`alt=media` in Google's APIs). A header requests a part
    /// of a file: `CallOptions::new().with_header("range", "bytes=0-99")`.
    ///
    /// A body that is shorter than the server states, or has another hash (`content-length`, `content-range`,
    /// `x-goog-stored-content-length`, `x-goog-hash`), is an error. If the connection is lost or the body is short, the
    /// rest is requested as the retry policy allows, provided that the response has a strong `ETag` and the rest has
    /// the same one.
    ///
    /// # Errors
    /// All of [`Error`] but [`Error::Operation`] and [`Error::Decode`].
    pub fn download(&self) -> impl Future<Output = Result<Content, Error>> + Send + use<R> {
        let call = self.parts.clone();
        async move {
            let options = request::effective_options(&call)?;
            let mut query = Query::of(&call, &options)?;
            let by_alt = call.method.accept.is_empty() && !call.method.returns_http_body;
            if by_alt {
                query.add("alt", "media");
            }
            let url = request::url(&call, request::service_path(&call), call.method.path, &query)?;
            let mut request = request::request(&call, &options, call.method.http_method, url, request::body(&call)?)?;
            if by_alt {
                request.headers_mut().insert(ACCEPT, HeaderValue::from_static("*/*"));
            }
            // Received bytes are counted, and compared with the length and the hashes of the file.
            request.headers_mut().entry(ACCEPT_ENCODING).or_insert(HeaderValue::from_static("identity"));
            let sender = Sender::new(&call, options);
            let (limit, pause) = (sender.response_limit(), sender.attempt_timeout());
            let (head, body) = sender.clone().send(request.clone(), BodyMode::Streamed).await?.into_parts();
            let resumption = Resumption::new(sender, request, &head);
            let integrity = Integrity::new(&head);
            let timer = Box::pin(tokio::time::sleep(pause));
            Ok(Content { head, state: State::Reading(body), integrity, resumption, limit, pause, timer })
        }
    }
}

/// Content of a response, as a stream of chunks.
pub struct Content {
    head: response::Parts,
    state: State,
    integrity: Integrity,
    resumption: Option<Resumption>,
    limit: u64,
    /// Timeout of the next chunk.
    pause: Duration,
    timer: Pin<Box<Sleep>>,
}

enum State {
    Reading(Body),
    /// Requesting the rest, and the error that made it necessary.
    Resuming(BoxFuture<'static, Result<Body, Error>>, Error),
    Ended,
}

impl Content {
    /// Returns the headers of the response.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// Returns the media type, if the response has one.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.head.headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    /// Returns the next chunk; `None` at the end. The total size is not limited, since nothing is buffered.
    ///
    /// # Errors
    /// When the connection is lost, the body is short or damaged, or no chunk arrives within the timeout of an attempt,
    /// and the download cannot be resumed. The stream ends after it.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, Error>> {
        std::future::poll_fn(|cx| self.poll_chunk(cx)).await
    }

    /// Returns the whole content as text. Invalid UTF-8 is replaced.
    ///
    /// # Errors
    /// Those of [`Self::chunk`], and [`Error::TooLarge`] if the content is larger than the call's limit.
    pub async fn text(self) -> Result<String, Error> {
        Ok(String::from_utf8_lossy(&self.bytes().await?).into_owned())
    }

    /// Returns the whole content.
    ///
    /// # Errors
    /// Those of [`Self::chunk`], and [`Error::TooLarge`] if the content is larger than the call's limit.
    pub async fn bytes(self) -> Result<Bytes, Error> {
        let limit = self.limit;
        sender::collect(self, limit).await
    }

    fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        loop {
            let error = match &mut self.state {
                State::Ended => return Poll::Ready(None),
                State::Resuming(opening, _) => match ready!(opening.as_mut().poll(cx)) {
                    Ok(body) => {
                        self.timer.as_mut().reset(deadline::from_now(self.pause));
                        self.state = State::Reading(body);
                        continue;
                    }
                    Err(error) => {
                        let State::Resuming(_, cause) = std::mem::replace(&mut self.state, State::Ended) else {
                            return Poll::Ready(None);
                        };
                        // Nothing is missing: the bytes that have arrived are the whole file, and corrupted.
                        let has_no_rest = error.http_status() == Some(StatusCode::RANGE_NOT_SATISFIABLE);
                        return Poll::Ready(Some(Err(if has_no_rest { cause } else { error })));
                    }
                },
                State::Reading(body) => match body.poll_chunk(cx) {
                    Poll::Ready(Some(Ok(chunk))) => {
                        self.timer.as_mut().reset(deadline::from_now(self.pause));
                        self.integrity.update(&chunk);
                        if let Some(resumption) = &mut self.resumption {
                            resumption.received(&chunk);
                        }
                        return Poll::Ready(Some(Ok(chunk)));
                    }
                    Poll::Ready(None) => match self.integrity.check() {
                        Ok(()) => {
                            self.state = State::Ended;
                            return Poll::Ready(None);
                        }
                        Err(error) if self.integrity.may_be_short() => error.into(),
                        Err(error) => {
                            self.state = State::Ended;
                            return Poll::Ready(Some(Err(error.into())));
                        }
                    },
                    Poll::Ready(Some(Err(error))) => error.into(),
                    Poll::Pending => {
                        ready!(self.timer.as_mut().poll(cx));
                        Error::Timeout { after: self.pause }
                    }
                },
            };
            match self.resumption.as_mut().and_then(Resumption::rest) {
                Some(opening) => self.state = State::Resuming(opening, error),
                None => {
                    self.state = State::Ended;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }
}

impl Stream for Content {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_chunk(cx)
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Content").field("status", &self.head.status).finish_non_exhaustive()
    }
}
