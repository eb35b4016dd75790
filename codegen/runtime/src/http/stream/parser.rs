//! Parser of the body of a streaming method, in whichever format it arrives.

use ::http::header::CONTENT_TYPE;
use ::http::response;
use bytes::{Bytes, BytesMut};

use super::json_array::JsonArray;
use super::json_lines::JsonLines;
use super::sse::{ServerSentEvent, ServerSentEvents};
use crate::http::error::TransportError;
use crate::http::error_body;
use crate::json;

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// One element of a stream.
pub(super) enum Item {
    /// A chunk of content that is not a stream of messages.
    Content(Bytes),
    /// JSON of a message, or of an error object in its place.
    Message(Bytes),
    /// JSON or text of an error.
    Error(Bytes),
}

/// Format of a stream that a call requests.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Format {
    /// Server-sent events, of which the data is a message.
    Events,
    /// Server-sent events, which are messages as a whole.
    WholeEvents,
    /// JSON array.
    Array,
    /// JSON texts, each on a line or after a record separator.
    Lines,
}

/// Parser of server-sent events, a JSON array or lines of JSON. The body decides which of them it is: content types of
/// services and proxies do not always.
pub(super) struct Parser {
    state: State,
    /// The format that the call requested.
    requested: Format,
    /// True if the response claims to be server-sent events.
    has_event_type: bool,
    /// True if the response claims to be JSON.
    has_json_type: bool,
    /// True after the last chunk of the body.
    ended: bool,
}

enum State {
    /// Nothing but whitespace and a byte order mark has arrived.
    Start(BytesMut),
    Events(ServerSentEvents),
    Array(JsonArray),
    Lines(JsonLines),
    /// JSON where the stream should continue. Only an error is valid there.
    Interrupted(JsonArray),
    /// Content of any media type, of which each chunk is an element.
    Content(Bytes),
}

impl Parser {
    pub(super) fn new(head: &response::Parts, requested: Format) -> Self {
        let media_type = head.headers.get(CONTENT_TYPE).map_or(&b""[..], |value| value.as_bytes());
        let media_type = media_type.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
        let has_event_type = media_type.eq_ignore_ascii_case(b"text/event-stream");
        let has_json_type = media_type.eq_ignore_ascii_case(b"application/json");
        Self { state: State::Start(BytesMut::new()), requested, has_event_type, has_json_type, ended: false }
    }

    /// Creates a parser for content that is not a stream of messages.
    pub(super) fn of_content() -> Self {
        let state = State::Content(Bytes::new());
        Self { state, requested: Format::Array, has_event_type: false, has_json_type: false, ended: false }
    }

    /// Adds a chunk of the body. Call it when [`Self::next`] returns `None`.
    pub(super) fn push(&mut self, chunk: Bytes) {
        match &mut self.state {
            State::Start(text) => {
                text.extend_from_slice(&chunk);
                let text = text.split().freeze();
                self.state = self.format_of(text);
            }
            State::Events(parser) => parser.push(chunk),
            State::Lines(parser) => parser.push(chunk),
            State::Content(content) => *content = chunk,
            State::Array(parser) | State::Interrupted(parser) => parser.push(chunk),
        }
    }

    /// Marks the end of the body: what [`Self::next`] returns from then on is the rest.
    pub(super) fn finish(&mut self) {
        self.ended = true;
        match &mut self.state {
            State::Events(parser) => parser.finish(),
            State::Lines(parser) => parser.finish(),
            State::Start(_) | State::Array(_) | State::Interrupted(_) | State::Content(_) => {}
        }
    }

    /// Checks that the body was complete. Call it when [`Self::next`] returns `None` after [`Self::finish`].
    pub(super) fn check_end(&self) -> Result<(), TransportError> {
        match &self.state {
            State::Array(parser) | State::Interrupted(parser) => parser.finish(),
            State::Start(_) | State::Events(_) | State::Lines(_) | State::Content(_) => Ok(()),
        }
    }

    /// Returns `true` after [`Self::finish`].
    pub(super) fn has_ended(&self) -> bool {
        self.ended
    }

    /// Returns the number of buffered bytes of an incomplete element.
    pub(super) fn pending(&self) -> u64 {
        match &self.state {
            State::Start(text) => text.len() as u64,
            State::Content(_) => 0,
            State::Events(parser) => parser.pending(),
            State::Lines(parser) => parser.pending(),
            State::Array(parser) | State::Interrupted(parser) => parser.pending(),
        }
    }

    /// Returns the next complete element, or `None` if more of the body is needed.
    ///
    /// # Errors
    /// When the body is in none of the formats, or is interrupted by anything but an error.
    pub(super) fn next(&mut self) -> Result<Option<Item>, json::Error> {
        match &mut self.state {
            State::Start(_) => Ok(None),
            State::Content(content) if content.is_empty() => Ok(None),
            State::Content(content) => Ok(Some(Item::Content(std::mem::take(content)))),
            State::Events(parser) => match parser.next() {
                Some(ServerSentEvent::Data(data)) => Ok(Some(Item::Message(data))),
                Some(ServerSentEvent::Error(data)) => Ok(Some(Item::Error(data))),
                Some(ServerSentEvent::Invalid(text)) => self.interrupt(text),
                None => match parser.unrecognized().filter(|_| self.ended) {
                    Some(line) => Err(unexpected("expected server-sent events", line)),
                    None => Ok(None),
                },
            },
            State::Lines(parser) => Ok(parser.next().map(Item::Message)),
            State::Array(parser) => match parser.next() {
                Ok(message) => Ok(message.map(Item::Message)),
                Err(error) => match parser.take_rest() {
                    rest if rest.starts_with(b"{") || rest.starts_with(b"[") => self.interrupt(rest),
                    _ => Err(error),
                },
            },
            State::Interrupted(parser) => match parser.next()? {
                Some(object) if error_body::has_error(&object) => Ok(Some(Item::Error(object))),
                Some(object) => Err(unexpected("JSON outside of the stream's messages", &object)),
                None => Ok(None),
            },
        }
    }

    /// Goes on with text that is not in the stream's format.
    fn interrupt(&mut self, text: Bytes) -> Result<Option<Item>, json::Error> {
        if !text.starts_with(b"{") && !text.starts_with(b"[") {
            return Err(unexpected("expected server-sent events", &text));
        }
        let mut parser = JsonArray::new();
        parser.push(text);
        self.state = State::Interrupted(parser);
        self.next()
    }

    /// Chooses the format by the first significant byte of the body.
    fn format_of(&self, text: Bytes) -> State {
        if text.len() < BYTE_ORDER_MARK.len() && BYTE_ORDER_MARK.starts_with(&text) {
            return State::Start(text.into());
        }
        let mark = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
        let whole = text.clone();
        let text = text.slice(mark..);
        let json = |text| {
            let mut parser = JsonArray::new();
            parser.push(text);
            parser
        };
        // Of the whitespace before the first message, the last character counts: a line that begins with a space is no
        // field.
        let significant = text.iter().position(|byte| !byte.is_ascii_whitespace());
        let text = text.slice(significant.unwrap_or(text.len()).saturating_sub(1)..);
        match text.trim_ascii_start().first() {
            // With its byte order mark: a second one is part of the text.
            None => {
                let mut start = BytesMut::from(whole.get(..mark).unwrap_or_default());
                start.extend_from_slice(&text);
                State::Start(start)
            }
            Some(b'{') if self.has_event_type => State::Interrupted(json(text)),
            Some(first) if self.requested == Format::Lines && !self.has_event_type && !self.has_json_type => {
                let mut parser = JsonLines::new(*first);
                parser.push(text);
                State::Lines(parser)
            }
            Some(b'[' | b'{') => State::Array(json(text)),
            // The first letters of fields, and of a comment.
            Some(first)
                if matches!(self.requested, Format::Events | Format::WholeEvents)
                    || self.has_event_type
                    || b"deir:".contains(first) =>
            {
                let mut parser = match self.requested {
                    Format::WholeEvents => ServerSentEvents::whole(),
                    _ => ServerSentEvents::new(),
                };
                parser.push(text);
                State::Events(parser)
            }
            Some(_) => State::Array(json(text)),
        }
    }
}

/// An error that shows the beginning of a text.
fn unexpected(message: &str, text: &[u8]) -> json::Error {
    json::Error::at(message, &String::from_utf8_lossy(text.get(..256).unwrap_or(text)), 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(parser: &mut Parser) -> Vec<Bytes> {
        let mut messages = Vec::new();
        while let Ok(Some(Item::Message(message))) = parser.next() {
            messages.extend(Some(message).filter(|message| !message.is_empty()));
        }
        messages
    }

    #[test]
    fn whitespace_before_the_first_message_is_not_buffered() {
        for mark in ["", "\u{feff}"] {
            for (first, format) in
                [("data: {}\r\n\r\n", Format::Events), ("[{}]", Format::Array), ("{}\n", Format::Lines)]
            {
                let head = ::http::Response::new(()).into_parts().0;
                let mut parser = Parser::new(&head, format);
                for chunk in [mark, "\r\n \t\r", "\n", &"\n".repeat(1 << 16), first] {
                    parser.push(Bytes::copy_from_slice(chunk.as_bytes()));
                    assert!(parser.pending() <= 4, "{}", parser.pending());
                    if chunk == first {
                        break;
                    }
                    assert!(matches!(parser.next(), Ok(None)));
                }
                assert_eq!(messages(&mut parser), ["{}"], "{mark:?}");

                let head = ::http::Response::new(()).into_parts().0;
                let mut parser = Parser::new(&head, format);
                parser.push(format!("{mark}\r\n \t\r\n{first}").into());
                assert_eq!(messages(&mut parser), ["{}"], "{mark:?}, at once");
            }
        }
    }
}
