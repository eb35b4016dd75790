//! Server-sent events: <https://html.spec.whatwg.org/multipage/server-sent-events.html>.

use bytes::{Buf, Bytes, BytesMut};
use memchr::memchr2;

/// A parser of server-sent events that gives their data.
///
/// Data in one line that arrives in one piece, as it does as a rule, is not copied.
#[derive(Debug, Default)]
pub struct ServerSentEvents {
    /// What was pushed and not read.
    chunk: Bytes,
    /// The beginning of a line whose end is not there yet.
    line: BytesMut,
    /// The data of an event whose end is not there yet.
    data: Option<Data>,
    /// Whether the last line ended with a carriage return, of which a line feed may be the rest.
    after_return: bool,
    /// Whether a line was read; before the first one there may be a byte order mark.
    begun: bool,
}

/// The lines of an event's data.
#[derive(Debug)]
enum Data {
    One(Bytes),
    More(BytesMut),
}

impl ServerSentEvents {
    /// A parser at the beginning of a stream.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a piece of the stream. To be called when [`Self::next`] gives nothing.
    pub fn push(&mut self, chunk: Bytes) {
        if self.chunk.is_empty() {
            self.chunk = chunk;
        } else {
            self.chunk = [&self.chunk[..], &chunk[..]].concat().into();
        }
    }

    /// The data of the next event that is there completely.
    #[allow(clippy::should_implement_trait, reason = "`None` is not the end: there may be more after a push")]
    pub fn next(&mut self) -> Option<Bytes> {
        loop {
            if self.after_return && !self.chunk.is_empty() {
                self.after_return = false;
                if self.chunk.first() == Some(&b'\n') {
                    self.chunk.advance(1);
                }
            }
            let Some(end) = memchr2(b'\n', b'\r', &self.chunk) else {
                self.line.extend_from_slice(&self.chunk);
                self.chunk.clear();
                return None;
            };
            self.after_return = self.chunk.get(end) == Some(&b'\r');
            let mut line = self.chunk.split_to(end);
            self.chunk.advance(1);
            if !self.line.is_empty() {
                self.line.extend_from_slice(&line);
                line = self.line.split().freeze();
            }
            if let Some(data) = self.take_line(line) {
                return Some(data);
            }
        }
    }

    /// What is left when the stream has ended: the data of an event that lacks the empty line after it.
    pub fn finish(&mut self) -> Option<Bytes> {
        let line = self.line.split().freeze();
        self.take_line(line).or_else(|| self.data.take().map(Data::into_bytes))
    }

    /// How many bytes of an event that is not complete are kept.
    #[must_use]
    pub fn pending(&self) -> u64 {
        let data = match &self.data {
            None => 0,
            Some(Data::One(data)) => data.len(),
            Some(Data::More(data)) => data.len(),
        };
        self.line.len().saturating_add(data) as u64
    }

    /// The data of the event that `line` ends.
    fn take_line(&mut self, mut line: Bytes) -> Option<Bytes> {
        if !self.begun {
            self.begun = true;
            if line.starts_with("\u{feff}".as_bytes()) {
                line.advance(3);
            }
        }
        if line.is_empty() {
            return self.data.take().map(Data::into_bytes);
        }
        let value = line.strip_prefix(b"data")?;
        let skip = match value {
            [] => 4,
            [b':', b' ', ..] => 6,
            [b':', ..] => 5,
            // Another field, whose name begins like this.
            _ => return None,
        };
        line.advance(skip);
        self.data = Some(match self.data.take() {
            None => Data::One(line),
            Some(data) => data.joined(&line),
        });
        None
    }
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
                          data\n\ndata: last";

    fn parse(pieces: &[&[u8]]) -> Vec<String> {
        let mut parser = ServerSentEvents::new();
        let mut events = Vec::new();
        for piece in pieces {
            parser.push(Bytes::copy_from_slice(piece));
            while let Some(event) = parser.next() {
                events.push(event);
            }
        }
        events.extend(parser.finish());
        events.into_iter().map(|event| String::from_utf8(event.to_vec()).unwrap()).collect()
    }

    #[test]
    fn at_every_split_the_same() {
        let stream = STREAM.as_bytes();
        let events = ["{\"a\":\"é\"}", "{\n}", "1\n2", "", "last"];
        assert_eq!(parse(&[stream]), events);
        for first in 0..stream.len() {
            for second in first..stream.len() {
                let pieces = [&stream[..first], &stream[first..second], &stream[second..]];
                assert_eq!(parse(&pieces), events, "split at {first} and {second}");
            }
        }
        assert_eq!(parse(&stream.chunks(1).collect::<Vec<_>>()), events);
    }

    #[test]
    fn what_is_pending_is_known() {
        let mut parser = ServerSentEvents::new();
        parser.push(Bytes::from_static(b"data: 12345\nda"));
        assert_eq!(parser.next(), None);
        assert_eq!(parser.pending(), 7);
    }
}
