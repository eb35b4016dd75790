//! Parser of server-sent events: <https://html.spec.whatwg.org/multipage/server-sent-events.html>.

use bytes::{Buf, Bytes, BytesMut};
use memchr::memchr2;
use serde_core::de::IgnoredAny;
use serde_json::Value;
use std::collections::BTreeMap;

/// Incremental parser of server-sent events.
///
/// Data that is one line and arrives in one chunk, the usual case, is not copied.
#[derive(Debug, Default)]
pub struct ServerSentEvents {
    /// Bytes that are not parsed yet.
    chunk: Bytes,
    /// Beginning of a line whose end has not arrived.
    line: BytesMut,
    /// Data of an event whose end has not arrived.
    data: Option<Data>,
    /// True if the type of that event is `error`.
    is_error: bool,
    /// Other fields of that event, if whole events are returned.
    fields: Option<Fields>,
    /// True if the last line ended with a carriage return, to which a line feed may belong.
    after_return: bool,
    /// True after the first line, before which a byte order mark is allowed.
    started: bool,
    /// True if any line was a comment or a field that the standard defines.
    recognized: bool,
    /// The first line with a field that the standard does not define.
    unknown_field: Option<Bytes>,
}

/// One element of an event stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServerSentEvent {
    /// Data of an event.
    Data(Bytes),
    /// Data of an event of the type `error`, empty if it has none.
    Error(Bytes),
    /// Text that is not part of an event stream, as JSON or HTML that a server or a proxy writes when it gives up: the
    /// line that cannot be a field, and the bytes after it that have arrived. Nothing follows it.
    Invalid(Bytes),
}

/// Fields of an event apart from its data.
#[derive(Debug, Default)]
struct Fields {
    name: String,
    id: String,
    retry: String,
}

/// Data lines of one event.
#[derive(Debug)]
enum Data {
    One(Bytes),
    More(BytesMut),
}

impl ServerSentEvents {
    /// Creates a parser for the beginning of a stream.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a parser whose events are objects with `event`, `data`, `id` and `retry`. Data that is JSON is that JSON,
    /// any other is a string. Data that has the members `event` and `data` itself is the event.
    pub(super) fn whole() -> Self {
        Self { fields: Some(Fields::default()), ..Self::default() }
    }

    /// Adds a chunk of the stream. Call it when [`Self::next`] returns `None`.
    pub fn push(&mut self, chunk: Bytes) {
        if self.chunk.is_empty() {
            self.chunk = chunk;
        } else {
            self.chunk = [&self.chunk[..], &chunk[..]].concat().into();
        }
    }

    /// Marks the end of the stream: [`Self::next`] returns an event that lacks the empty line after it.
    pub fn finish(&mut self) {
        self.push(Bytes::from_static(b"\n\n"));
    }

    /// Returns the next complete event, or `None` if more of the stream is needed.
    #[allow(clippy::should_implement_trait, reason = "`None` is not the end: a push may complete an event")]
    pub fn next(&mut self) -> Option<ServerSentEvent> {
        loop {
            if self.after_return && !self.chunk.is_empty() {
                self.after_return = false;
                if self.chunk.starts_with(b"\n") {
                    self.chunk.advance(1);
                }
            }
            let Some(end) = memchr2(b'\n', b'\r', &self.chunk) else {
                // JSON where a line begins may be all that comes, without a line feed at its end.
                if self.line.is_empty() && matches!(self.chunk.first(), Some(b'{' | b'[')) {
                    return Some(self.invalid());
                }
                self.line.extend_from_slice(&self.chunk);
                self.chunk.clear();
                return None;
            };
            let mut line = self.chunk.split_to(end);
            if !self.line.is_empty() {
                self.line.extend_from_slice(&line);
                line = self.line.split().freeze();
            }
            if !self.started {
                self.started = true;
                if line.starts_with("\u{feff}".as_bytes()) {
                    line.advance(3);
                }
            }
            if !may_be_field(&line) {
                self.chunk = [&line[..], &self.chunk[..]].concat().into();
                return Some(self.invalid());
            }
            self.after_return = self.chunk.starts_with(b"\r");
            self.chunk.advance(1);
            if let Some(event) = self.take_line(line) {
                return Some(event);
            }
        }
    }

    /// Returns the first line of a stream that had lines, but none of an event stream.
    #[must_use]
    pub fn unrecognized(&self) -> Option<&[u8]> {
        self.unknown_field.as_deref().filter(|_| !self.recognized)
    }

    /// Returns the number of buffered bytes of an incomplete event.
    #[must_use]
    pub fn pending(&self) -> u64 {
        let data = match &self.data {
            None => 0,
            Some(Data::One(data)) => data.len(),
            Some(Data::More(data)) => data.len(),
        };
        (self.line.len() as u64).saturating_add(data as u64)
    }

    /// Interrupts the event stream at a line that cannot be a field. Data before it is an event if it is complete JSON.
    fn invalid(&mut self) -> ServerSentEvent {
        let is_json = |data: &Bytes| serde_json::from_slice::<IgnoredAny>(data).is_ok();
        match self.take_event() {
            Some(ServerSentEvent::Data(data)) if is_json(&data) => ServerSentEvent::Data(data),
            Some(ServerSentEvent::Error(data)) if !data.is_empty() => ServerSentEvent::Error(data),
            _ => ServerSentEvent::Invalid(std::mem::take(&mut self.chunk)),
        }
    }

    /// Ends the current event and returns it, if it is one.
    fn take_event(&mut self) -> Option<ServerSentEvent> {
        let is_error = std::mem::take(&mut self.is_error);
        let fields = self.fields.as_mut().map(std::mem::take);
        let data = self.data.take().map(Data::into_bytes);
        if is_error {
            return Some(ServerSentEvent::Error(data.unwrap_or_default()));
        }
        let data = data?;
        Some(ServerSentEvent::Data(fields.map_or(data.clone(), |fields| fields.event(data))))
    }

    /// Adds a line, and returns the event that it ends.
    fn take_line(&mut self, mut line: Bytes) -> Option<ServerSentEvent> {
        let skip = match &line[..] {
            [] => return self.take_event(),
            b"data" => 4,
            [b'd', b'a', b't', b'a', b':', b' ', ..] => 6,
            [b'd', b'a', b't', b'a', b':', ..] => 5,
            other => {
                let (name, value) = field(other);
                if let Some(fields) = &mut self.fields {
                    fields.set(name, value);
                }
                match name {
                    b"event" => self.is_error = value.trim_ascii().eq_ignore_ascii_case(b"error"),
                    b"" | b"id" | b"retry" => {}
                    _ => {
                        self.unknown_field.get_or_insert(line);
                        return None;
                    }
                }
                self.recognized = true;
                return None;
            }
        };
        self.recognized = true;
        line.advance(skip);
        self.data = Some(match self.data.take() {
            None => Data::One(line),
            Some(data) => data.joined(&line),
        });
        None
    }
}

impl Fields {
    fn set(&mut self, name: &[u8], value: &[u8]) {
        let field = match name {
            b"event" => &mut self.name,
            b"id" => &mut self.id,
            b"retry" => &mut self.retry,
            _ => return,
        };
        *field = String::from_utf8_lossy(value.strip_prefix(b" ").unwrap_or(value)).into_owned();
    }

    /// Returns the event as an object. Without a name, empty data and `[DONE]` stay: they keep the
    /// connection alive, or end the stream.
    fn event(self, data: Bytes) -> Bytes {
        let is_json = data.trim_ascii_start().starts_with(b"{")
            || data.trim_ascii_start().starts_with(b"[")
            || data.trim_ascii_start().starts_with(b"\"");
        let is_json = is_json && serde_json::from_slice::<IgnoredAny>(&data).is_ok();
        if self.name.is_empty() && !is_json && matches!(data.trim_ascii(), b"" | b"[DONE]") {
            return data;
        }
        let members = serde_json::from_slice::<BTreeMap<String, IgnoredAny>>(&data).unwrap_or_default();
        if members.contains_key("event") && members.contains_key("data") {
            return data;
        }
        let text = String::from_utf8_lossy(&data);
        let data = if is_json { text.into_owned() } else { Value::from(text).to_string() };
        // The standard's name of an event that states none.
        let name = if self.name.is_empty() { "message".to_owned() } else { self.name };
        let mut event = format!("{{\"event\":{},\"data\":{data}", Value::from(name));
        if !self.id.is_empty() {
            event.push_str(&format!(",\"id\":{}", Value::from(self.id)));
        }
        if let Ok(retry) = self.retry.parse::<u64>() {
            event.push_str(&format!(",\"retry\":{retry}"));
        }
        event.push('}');
        event.into()
    }
}

/// Name and value of a field; of a comment, the name is empty.
fn field(line: &[u8]) -> (&[u8], &[u8]) {
    let mut parts = line.splitn(2, |byte| *byte == b':');
    (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
}

/// Returns `false` for a line that no server means as a field: its name is not a word. The standard would have it
/// ignored, and with it the reason why a stream ended.
fn may_be_field(line: &[u8]) -> bool {
    let is_word = |name: &[u8]| name.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    line.starts_with(b"data") || is_word(field(line).0)
}

impl Data {
    fn joined(self, line: &[u8]) -> Self {
        let mut data = match self {
            Self::One(first) => BytesMut::from(first),
            Self::More(data) => data,
        };
        data.extend_from_slice(b"\n");
        data.extend_from_slice(line);
        Self::More(data)
    }

    fn into_bytes(self) -> Bytes {
        match self {
            Self::One(data) => data,
            Self::More(data) => data.freeze(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STREAM: &str = "\u{feff}: hello\n\ndata: {\"a\":\"é\"}\r\n\r\nevent: x\rdata:{\rdata: }\r\rid: 1\n\ndata: 1\r\ndata: 2\r\n\r\ndatas: no\n\
                          data\n\nevent: error\ndata: 3\n\nevent:error\r\n\r\ndata: last";

    #[test]
    fn whole_events() {
        let mut parser = ServerSentEvents::whole();
        parser.push(Bytes::from_static(
            b"event: a\nid: 7\nretry: 50\ndata: {\"x\":\ndata: 1}\n\ndata: 5\n\ndata: \"t\"\n\nevent:b\ndata: a \"b\"\n\n\
              event: c\n\ndata: {\"event\":\"d\",\"data\":[]}\n\nevent: e\ndata: [DONE]\n\ndata: [DONE]\n\n\
              event: error\ndata: no\n\n",
        ));
        let events: Vec<_> = std::iter::from_fn(|| parser.next()).collect();
        let data = |text: &'static str| ServerSentEvent::Data(Bytes::from_static(text.as_bytes()));
        let expected = [
            data("{\"event\":\"a\",\"data\":{\"x\":\n1},\"id\":\"7\",\"retry\":50}"),
            data(r#"{"event":"message","data":"5"}"#),
            data(r#"{"event":"message","data":"t"}"#),
            data(r#"{"event":"b","data":"a \"b\""}"#),
            data(r#"{"event":"d","data":[]}"#),
            data(r#"{"event":"e","data":"[DONE]"}"#),
            data("[DONE]"),
            ServerSentEvent::Error(Bytes::from_static(b"no")),
        ];
        assert_eq!(events, expected);
    }

    fn parse(chunks: &[&[u8]]) -> Vec<ServerSentEvent> {
        let mut parser = ServerSentEvents::new();
        let mut events = Vec::new();
        let mut drain = |parser: &mut ServerSentEvents| {
            while let Some(event) = parser.next() {
                let ends = matches!(event, ServerSentEvent::Invalid(_));
                events.push(event);
                if ends {
                    return true;
                }
            }
            false
        };
        for chunk in chunks {
            parser.push(Bytes::copy_from_slice(chunk));
            if drain(&mut parser) {
                return events;
            }
        }
        parser.finish();
        drain(&mut parser);
        events
    }

    fn data(text: &'static str) -> ServerSentEvent {
        ServerSentEvent::Data(Bytes::from_static(text.as_bytes()))
    }

    fn error(text: &'static str) -> ServerSentEvent {
        ServerSentEvent::Error(Bytes::from_static(text.as_bytes()))
    }

    #[test]
    fn splits_have_no_effect() {
        let stream = STREAM.as_bytes();
        let events = [data("{\"a\":\"é\"}"), data("{\n}"), data("1\n2"), data(""), error("3"), error(""), data("last")];
        assert_eq!(parse(&[stream]), events);
        for first in 0..stream.len() {
            for second in first..stream.len() {
                let chunks = [&stream[..first], &stream[first..second], &stream[second..]];
                assert_eq!(parse(&chunks), events, "split at {first} and {second}");
            }
        }
        assert_eq!(parse(&stream.chunks(1).collect::<Vec<_>>()), events);
    }

    #[test]
    fn an_invalid_field_interrupts_the_stream() {
        let cases: [(&str, &[ServerSentEvent]); 5] = [
            ("data: 1\n\n{\r\n  \"error\"", &[data("1")]),
            ("data: 1\n<html>\n", &[data("1")]),
            ("data: {\"a\":\n[1", &[]),
            ("\u{feff}upstream connect error: reset\n", &[]),
            ("{\"a\":1}", &[]),
        ];
        for (stream, before) in cases {
            let events = parse(&[stream.as_bytes()]);
            let (last, events) = events.split_last().unwrap();
            assert_eq!(events, before, "{stream:?}");
            let ServerSentEvent::Invalid(text) = last else { panic!("{stream:?}: {last:?}") };
            assert!(stream.as_bytes().ends_with(text), "{stream:?}: {text:?}");
        }
    }

    #[test]
    fn a_body_of_unknown_fields_is_not_an_event_stream() {
        for (stream, unrecognized) in [("hello", true), ("hello\ndata: 1", false), (": hello\nx: y", false)] {
            let mut parser = ServerSentEvents::new();
            parser.push(Bytes::from_static(stream.as_bytes()));
            parser.finish();
            while parser.next().is_some() {}
            assert_eq!(parser.unrecognized().is_some(), unrecognized, "{stream}");
        }
    }

    #[test]
    fn pending_bytes_are_counted() {
        let mut parser = ServerSentEvents::new();
        parser.push(Bytes::from_static(b"data: 12345\nda"));
        assert_eq!(parser.next(), None);
        assert_eq!(parser.pending(), 7);
    }
}
