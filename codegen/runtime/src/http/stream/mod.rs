//! Responses that are streams of messages.

mod json_array;
mod json_lines;
mod parser;
mod sse;

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use ::http::response;
use futures_core::Stream;
use tokio::time::Sleep;

use super::call::Call;
use super::call_parts::CallParts;
use super::deadline;
use super::descriptor::Method;
use super::error::{DecodeError, Error};
use super::kind::Streaming;
use super::response::Response;
use super::sender::{BodyMode, Sender};
use super::transport::{Body, BoxFuture};
use super::{error_body, request, send};
use crate::json::{self, Writer};
use parser::{Format, Item, Parser};

pub use json_array::JsonArray;
pub use sse::{ServerSentEvent, ServerSentEvents};

impl<R: Response> Call<R, Streaming> {
    /// Returns a stream of the messages of the response. The call is sent when the stream is first polled.
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
        let sender = Sender::new(&call, options);
        let (limit, pause) = (sender.response_limit(), sender.attempt_timeout());
        let (head, body) = sender.send(request, BodyMode::Streamed).await?.into_parts();
        let parser = match call.method.returns_http_body {
            true => Parser::of_content(),
            false => Parser::new(&head, format(&call)),
        };
        let timer = Box::pin(tokio::time::sleep(pause));
        Ok(Reading { method: call.method, head, body, parser, limit, pause, timer })
    })
}

/// Returns the format of the stream that a call requests.
fn format(call: &CallParts) -> Format {
    let accept = call.method.accept;
    match call.method.whole_events {
        _ if call.json_array => Format::Array,
        true => Format::WholeEvents,
        false if accept.is_empty() || accept.starts_with("text/event-stream") => Format::Events,
        false => Format::Lines,
    }
}

/// Stream of the messages of a response. It ends with the response or after an error.
///
/// The connection is read only when the stream is polled, so that a slow reader slows the service.
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
    method: &'static Method,
    head: response::Parts,
    body: Body,
    parser: Parser,
    limit: u64,
    pause: Duration,
    timer: Pin<Box<Sleep>>,
}

impl<R: Response> Messages<R> {
    /// Returns the next message; `None` at the end. Cancel safe: dropping the future loses no message.
    ///
    /// # Errors
    /// All of [`Error`] but [`Error::Operation`]. An error that the service reports in the stream is
    /// [`Error::Service`]. The stream ends after it.
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
                    let message = match ready!(reading.poll_item(cx)) {
                        Ok(Some(Item::Message(message))) => decode(&reading.head, &message),
                        Ok(Some(Item::Content(chunk))) => match send::content(reading.method, &reading.head, &chunk) {
                            Some(content) => Ok(content),
                            None => send::decode(&reading.head, &chunk),
                        },
                        Ok(Some(Item::Error(error))) => Err(error_body::read(&reading.head, &error).into()),
                        Ok(None) => {
                            this.state = State::Ended;
                            return Poll::Ready(None);
                        }
                        Err(error) => Err(error),
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

/// Decodes a message. If its type is text, it may be the text itself, not a JSON string.
fn decode<R: Response>(head: &response::Parts, message: &[u8]) -> Result<R, Error> {
    let decoded = send::decode(head, message);
    if matches!(decoded, Err(Error::Decode(_)))
        && R::decode(b"{}").is_err()
        && let Ok(text) = str::from_utf8(message)
    {
        let mut writer = Writer::new();
        writer.string(text);
        return writer.finish().and_then(|json| R::decode(json.as_bytes())).or(decoded);
    }
    decoded
}

impl Reading {
    /// Reads the next element of the stream; `None` at its end.
    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Item>, Error>> {
        loop {
            match self.parser.next() {
                // An empty message keeps the connection alive.
                Ok(Some(Item::Message(message))) if message.trim_ascii().is_empty() => continue,
                // The end of a stream as OpenAI's API and those compatible with it mark it.
                Ok(Some(Item::Message(message))) if message.trim_ascii() == b"[DONE]" => return Poll::Ready(Ok(None)),
                Ok(Some(item)) => return Poll::Ready(Ok(Some(item))),
                Ok(None) if self.parser.has_ended() => {
                    return Poll::Ready(self.parser.check_end().map(|()| None).map_err(Error::from));
                }
                Ok(None) => {}
                Err(error) => return Poll::Ready(Err(self.decode_error(error))),
            }
            if self.parser.pending() > self.limit {
                return Poll::Ready(Err(Error::TooLarge { limit: self.limit }));
            }
            match self.body.poll_chunk(cx) {
                Poll::Ready(Some(Ok(chunk))) => {
                    self.timer.as_mut().reset(deadline::from_now(self.pause));
                    self.parser.push(chunk);
                }
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Err(error.into())),
                Poll::Ready(None) => self.parser.finish(),
                Poll::Pending => {
                    ready!(self.timer.as_mut().poll(cx));
                    return Poll::Ready(Err(Error::Timeout { after: self.pause }));
                }
            }
        }
    }

    fn decode_error(&self, error: json::Error) -> Error {
        DecodeError::new(&self.head, &[], error).into()
    }
}

impl<R> fmt::Debug for Messages<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Messages")
    }
}
