//! Answers that are streams of messages.

mod json_array;
mod sse;

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use ::http::header::CONTENT_TYPE;
use ::http::{StatusCode, response};
use bytes::Bytes;
use futures_core::Stream;
use tokio::time::Sleep;

use super::call::Call;
use super::deadline;
use super::error::{DecodeError, Error, TransportError};
use super::exchange::{Exchange, Want};
use super::kind::Streaming;
use super::response::Response;
use super::service_error::ServiceError;
use super::transport::{Body, BoxFuture};
use super::{request, send};
use crate::json;

pub use json_array::JsonArray;
pub use sse::ServerSentEvents;

impl<R: Response> Call<R, Streaming> {
    /// The same call, with the answer asked for as one JSON array that grows, rather than as server-sent events.
    pub fn with_json_array(&self) -> Self {
        let mut call = self.clone();
        call.parts.json_array = true;
        call
    }

    /// Sends the call, when first asked, and reads the answer message by message.
    pub fn stream(&self) -> Messages<R> {
        let opened = open(self);
        Messages { state: State::Opening(opened), types: PhantomData }
    }
}

fn open<R>(call: &Call<R, Streaming>) -> BoxFuture<'static, Result<Reading, Error>> {
    let call = call.parts.clone();
    Box::pin(async move {
        let request = request::build(&call)?;
        let options = request::effective_options(&call)?;
        let exchange = Exchange::new(&call, options);
        let (limit, pause) = (exchange.response_limit(), exchange.attempt_timeout());
        let (head, body) = exchange.run(request, Want::Stream).await?.into_parts();
        let events =
            head.headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"));
        let parser = if events { Parser::Events(ServerSentEvents::new()) } else { Parser::Array(JsonArray::new()) };
        let timer = Box::pin(tokio::time::sleep(pause));
        Ok(Reading { head, body, parser, limit, pause, timer, beginning: Some(Bytes::new()) })
    })
}

/// A stream of the messages that an answer consists of. It ends with the answer or with an error.
///
/// Nothing is read from the connection but what is asked for: a slow reader slows the service.
pub struct Messages<R> {
    state: State,
    types: PhantomData<fn() -> R>,
}

enum State {
    Opening(BoxFuture<'static, Result<Reading, Error>>),
    Reading(Box<Reading>),
    Ended,
}

struct Reading {
    head: response::Parts,
    body: Body,
    parser: Parser,
    limit: u64,
    pause: Duration,
    timer: Pin<Box<Sleep>>,
    /// The first piece of the answer, until there was a message.
    beginning: Option<Bytes>,
}

enum Parser {
    Events(ServerSentEvents),
    Array(JsonArray),
}

impl<R: Response> Messages<R> {
    /// The next message; `None` at the end. Losing the future loses nothing.
    ///
    /// # Errors
    /// All of [`Error`] but [`Error::Operation`]. There is nothing after that.
    pub async fn next(&mut self) -> Option<Result<R, Error>> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }
}

impl<R: Response> Stream for Messages<R> {
    type Item = Result<R, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            match &mut this.state {
                State::Ended => return Poll::Ready(None),
                State::Opening(opening) => match ready!(opening.as_mut().poll(cx)) {
                    Ok(reading) => this.state = State::Reading(Box::new(reading)),
                    Err(error) => {
                        this.state = State::Ended;
                        return Poll::Ready(Some(Err(error)));
                    }
                },
                State::Reading(reading) => {
                    let message = match ready!(reading.poll_message(cx)) {
                        Some(Ok(message)) => reading.decode(&message),
                        Some(Err(error)) => Err(error),
                        None => {
                            this.state = State::Ended;
                            return Poll::Ready(None);
                        }
                    };
                    if message.is_err() {
                        this.state = State::Ended;
                    }
                    return Poll::Ready(Some(message));
                }
            }
        }
    }
}

impl Reading {
    /// The JSON of the next message.
    fn poll_message(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        loop {
            match self.parser.next() {
                // How many services that are not Google's say that there is no more.
                Ok(Some(message)) if message == "[DONE]" => return Poll::Ready(None),
                Ok(Some(message)) => {
                    self.beginning = None;
                    return Poll::Ready(Some(Ok(message)));
                }
                Ok(None) => {}
                Err(error) => return Poll::Ready(Some(Err(self.fault(error)))),
            }
            if self.parser.pending() > self.limit {
                return Poll::Ready(Some(Err(Error::TooLarge { limit: self.limit })));
            }
            match self.body.poll_chunk(cx) {
                Poll::Ready(Some(Ok(chunk))) => {
                    self.timer.as_mut().reset(deadline::from_now(self.pause));
                    if let Some(beginning) = self.beginning.as_mut().filter(|beginning| beginning.is_empty()) {
                        beginning.clone_from(&chunk);
                    }
                    self.parser.push(chunk);
                }
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error.into()))),
                Poll::Ready(None) => {
                    let rest = self.parser.finish().map_err(Error::from).transpose();
                    return Poll::Ready(rest.or_else(|| self.nothing().map(Err)));
                }
                Poll::Pending => {
                    ready!(self.timer.as_mut().poll(cx));
                    return Poll::Ready(Some(Err(Error::Timeout { after: self.pause })));
                }
            }
        }
    }

    /// The fault of an answer that has ended and had something in it, but no message: it is not what it says it is, and
    /// not a stream of nothing.
    fn nothing(&self) -> Option<Error> {
        let beginning = self.beginning.as_ref().filter(|_| matches!(self.parser, Parser::Events(_)))?;
        let text = String::from_utf8_lossy(beginning);
        (!text.trim().is_empty()).then(|| self.fault(json::Error::at("expected server-sent events", &text, 0)))
    }

    /// A message, or the refusal that a service gives when it has begun to answer.
    fn decode<R: Response>(&self, message: &[u8]) -> Result<R, Error> {
        if is_refusal(message) {
            let refusal = ServiceError::new(self.head.status, self.head.headers.clone(), message);
            let status = u16::try_from(refusal.status.code).ok().and_then(|code| StatusCode::from_u16(code).ok());
            return Err(ServiceError { http_status: status.unwrap_or(refusal.http_status), ..refusal }.into());
        }
        send::decode(&self.head, message)
    }

    fn fault(&self, error: json::Error) -> Error {
        Error::Decode(Box::new(DecodeError {
            http_status: self.head.status,
            headers: self.head.headers.clone(),
            error,
        }))
    }
}

/// Whether the first key of a message is `error` and has an object.
fn is_refusal(message: &[u8]) -> bool {
    let mut rest = message;
    [&b"{"[..], b"\"error\"", b":", b"{"].into_iter().all(|token| match rest.trim_ascii_start().strip_prefix(token) {
        Some(after) => {
            rest = after;
            true
        }
        None => false,
    })
}

impl Parser {
    fn push(&mut self, chunk: Bytes) {
        match self {
            Self::Events(parser) => parser.push(chunk),
            Self::Array(parser) => parser.push(chunk),
        }
    }

    fn next(&mut self) -> Result<Option<Bytes>, json::Error> {
        match self {
            Self::Events(parser) => Ok(parser.next()),
            Self::Array(parser) => parser.next(),
        }
    }

    fn pending(&self) -> u64 {
        match self {
            Self::Events(parser) => parser.pending(),
            Self::Array(parser) => parser.pending(),
        }
    }

    fn finish(&mut self) -> Result<Option<Bytes>, TransportError> {
        match self {
            Self::Events(parser) => Ok(parser.finish()),
            Self::Array(parser) => parser.finish().map(|()| None),
        }
    }
}

impl<R> fmt::Debug for Messages<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Messages")
    }
}
