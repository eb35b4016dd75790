//! Incremental parser of JSON texts, each on a line of its own, or after a record separator (RFC 7464).

use bytes::{Buf, Bytes, BytesMut};
use memchr::memchr;

/// Character that begins each text of a JSON text sequence.
pub(super) const RECORD_SEPARATOR: u8 = 0x1e;

/// Incremental parser of JSON texts between separators.
///
/// A text that arrives in one chunk is not copied.
#[derive(Debug)]
pub(super) struct JsonLines {
    separator: u8,
    /// Bytes that are not parsed yet.
    chunk: Bytes,
    /// Beginning of a text whose end has not arrived.
    line: BytesMut,
}

impl JsonLines {
    /// Creates a parser of a stream, by its first byte.
    pub(super) fn new(first: u8) -> Self {
        let separator = if first == RECORD_SEPARATOR { first } else { b'\n' };
        Self { separator, chunk: Bytes::new(), line: BytesMut::new() }
    }

    /// Adds a chunk of the stream. Call it when [`Self::next`] returns `None`.
    pub(super) fn push(&mut self, chunk: Bytes) {
        self.chunk = if self.chunk.is_empty() { chunk } else { [&self.chunk[..], &chunk[..]].concat().into() };
    }

    /// Marks the end of the stream: [`Self::next`] returns the text that has no separator after it.
    pub(super) fn finish(&mut self) {
        self.push(Bytes::copy_from_slice(&[self.separator]));
    }

    /// Returns the next text, which may be empty, or `None` if more of the stream is needed.
    pub(super) fn next(&mut self) -> Option<Bytes> {
        let Some(end) = memchr(self.separator, &self.chunk) else {
            self.line.extend_from_slice(&self.chunk);
            self.chunk.clear();
            return None;
        };
        let rest = self.chunk.split_to(end);
        self.chunk.advance(1);
        if self.line.is_empty() {
            return Some(rest);
        }
        self.line.extend_from_slice(&rest);
        Some(self.line.split().freeze())
    }

    /// Returns the number of buffered bytes of an incomplete text.
    pub(super) fn pending(&self) -> u64 {
        self.line.len() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(stream: &[u8], size: usize) -> Vec<String> {
        let mut parser = JsonLines::new(stream[0]);
        let mut texts = Vec::new();
        let mut drain = |parser: &mut JsonLines| {
            while let Some(text) = parser.next() {
                texts.push(String::from_utf8(text.trim_ascii().to_vec()).unwrap());
            }
        };
        for chunk in stream.chunks(size) {
            parser.push(Bytes::copy_from_slice(chunk));
            drain(&mut parser);
        }
        parser.finish();
        drain(&mut parser);
        texts.retain(|text| !text.is_empty());
        texts
    }

    #[test]
    fn splits_have_no_effect() {
        let lines = "{\"a\":\"é\"}\r\n\n[1,2]\n\"x\"\n5";
        let sequence = "\u{1e}{\"a\":\n\"é\"}\n\u{1e}[1,\n2]\n\u{1e}\"x\"\n\u{1e}5";
        for size in 1..lines.len() {
            assert_eq!(parse(lines.as_bytes(), size), ["{\"a\":\"é\"}", "[1,2]", "\"x\"", "5"]);
            assert_eq!(parse(sequence.as_bytes(), size), ["{\"a\":\n\"é\"}", "[1,\n2]", "\"x\"", "5"]);
        }
    }
}
