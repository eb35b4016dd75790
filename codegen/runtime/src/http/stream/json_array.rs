//! Incremental parser of a JSON array: `[{…},{…}]`.

use bytes::{Buf, Bytes, BytesMut};

use crate::http::error::TransportError;
use crate::json::{self, scan};

/// Incremental parser of a JSON array of objects, which returns each object as soon as it is complete. Objects without
/// an array around them are accepted too.
///
/// An object that arrives in one chunk is not copied.
#[derive(Debug, Default)]
pub struct JsonArray {
    /// Bytes that are not parsed yet.
    chunk: Bytes,
    /// Beginning of an object whose end has not arrived.
    object: BytesMut,
    /// Nesting depth of the next byte within an object; 0 between objects.
    depth: usize,
    /// True if the next byte is part of a string.
    in_string: bool,
    /// True if a backslash escapes the next byte.
    escaped: bool,
    /// Position of the next byte relative to the array.
    position: Position,
}

#[derive(Debug, Default, Clone, Copy, PartialEq)]
enum Position {
    #[default]
    Before,
    Within,
    After,
}

impl JsonArray {
    /// Creates a parser for the beginning of a stream.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a chunk of the stream. Call it when [`Self::next`] returns `None`.
    pub fn push(&mut self, chunk: Bytes) {
        if self.chunk.is_empty() {
            self.chunk = chunk;
        } else {
            self.chunk = [&self.chunk[..], &chunk[..]].concat().into();
        }
    }

    /// Returns the JSON of the next complete object, or `None` if more of the stream is needed.
    ///
    /// # Errors
    /// When the text between objects is not part of an array.
    #[allow(clippy::should_implement_trait, reason = "`None` is not the end: there may be more after a push")]
    pub fn next(&mut self) -> Result<Option<Bytes>, json::Error> {
        if self.depth == 0 && !self.skip_to_object()? {
            return Ok(None);
        }
        match self.end_of_object() {
            None => {
                self.object.extend_from_slice(&self.chunk);
                self.chunk.clear();
                Ok(None)
            }
            Some(end) => {
                let object = self.chunk.split_to(end);
                if self.object.is_empty() {
                    return Ok(Some(object));
                }
                self.object.extend_from_slice(&object);
                Ok(Some(self.object.split().freeze()))
            }
        }
    }

    /// Checks that the array is complete. Call it at the end of the stream.
    ///
    /// # Errors
    /// When the stream ended before the array did.
    pub fn finish(&self) -> Result<(), TransportError> {
        if self.depth > 0 || self.position == Position::Within {
            return Err(TransportError::broken("the response ended within a JSON array"));
        }
        Ok(())
    }

    /// Removes and returns the bytes that are not parsed yet.
    pub(super) fn take_rest(&mut self) -> Bytes {
        std::mem::take(&mut self.chunk)
    }

    /// Returns the number of buffered bytes of an incomplete object.
    #[must_use]
    pub fn pending(&self) -> u64 {
        self.object.len() as u64
    }

    /// Skips the text between objects. Returns `false` if no object has begun.
    fn skip_to_object(&mut self) -> Result<bool, json::Error> {
        while let Some(&byte) = self.chunk.first() {
            match (byte, self.position) {
                (b'{', Position::Before | Position::Within) => return Ok(true),
                (b'[', Position::Before) => self.position = Position::Within,
                (b']', Position::Within) => self.position = Position::After,
                (b',', Position::Within) | (b' ' | b'\t' | b'\r' | b'\n', _) => {}
                _ => {
                    let text = String::from_utf8_lossy(self.chunk.get(..64).unwrap_or(&self.chunk));
                    return Err(json::Error::at("expected an array of objects", &text, 0));
                }
            }
            self.chunk.advance(1);
        }
        Ok(false)
    }

    /// Returns the index after the end of the current object.
    fn end_of_object(&mut self) -> Option<usize> {
        let bytes = &self.chunk[..];
        let mut at = 0;
        loop {
            if self.escaped {
                // The other characters of a longer escape cannot end a string.
                bytes.get(at)?;
                self.escaped = false;
                at = at.saturating_add(1);
            }
            if self.in_string {
                at = scan::special(bytes, at);
                match bytes.get(at)? {
                    b'"' => self.in_string = false,
                    b'\\' => self.escaped = true,
                    // A control character, which is an error when the object is decoded.
                    _ => {}
                }
                at = at.saturating_add(1);
            } else {
                let rest = bytes.get(at..)?;
                let index = rest.iter().position(|byte| STRUCTURE.get(usize::from(*byte)) == Some(&true))?;
                at = at.saturating_add(index).saturating_add(1);
                match rest.get(index)? {
                    b'"' => self.in_string = true,
                    b'{' | b'[' => self.depth = self.depth.saturating_add(1),
                    _ => {
                        self.depth = self.depth.saturating_sub(1);
                        if self.depth == 0 {
                            return Some(at);
                        }
                    }
                }
            }
        }
    }
}

/// True for the bytes that have a meaning outside of strings. A table, for speed.
#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler")]
static STRUCTURE: [bool; 256] = {
    let mut counts = [false; 256];
    let mut index = 0;
    while index < 5 {
        counts[b"\"{}[]"[index] as usize] = true;
        index += 1;
    }
    counts
};

#[cfg(test)]
mod tests {
    use super::*;

    const STREAM: &str = " [{\"a\":\"é}]\\\"{\\\\\"}\r\n,\n{\"b\":[{},[1,2],\"]\"]} , {}\n,{\"c\":\"} a text that is longer than most \\\"]}\"}]\n";

    fn parse(pieces: &[&[u8]]) -> Vec<String> {
        let mut parser = JsonArray::new();
        let mut objects = Vec::new();
        for piece in pieces {
            parser.push(Bytes::copy_from_slice(piece));
            while let Some(object) = parser.next().unwrap() {
                objects.push(String::from_utf8(object.to_vec()).unwrap());
            }
        }
        parser.finish().unwrap();
        objects
    }

    #[test]
    fn splits_have_no_effect() {
        let stream = STREAM.as_bytes();
        let objects = [
            "{\"a\":\"é}]\\\"{\\\\\"}",
            "{\"b\":[{},[1,2],\"]\"]}",
            "{}",
            "{\"c\":\"} a text that is longer than most \\\"]}\"}",
        ];
        assert_eq!(parse(&[stream]), objects);
        for first in 0..stream.len() {
            for second in first..stream.len() {
                let pieces = [&stream[..first], &stream[first..second], &stream[second..]];
                assert_eq!(parse(&pieces), objects, "split at {first} and {second}");
            }
        }
        assert_eq!(parse(&stream.chunks(1).collect::<Vec<_>>()), objects);
    }

    #[test]
    fn an_object_without_an_array() {
        assert_eq!(parse(&[b"{\"a\":{}}"]), ["{\"a\":{}}"]);
        assert_eq!(parse(&[b"[", b"]"]), [""; 0]);
    }

    #[test]
    fn faults() {
        for garbage in ["<html>", "]", "[1]", "[{}] {}", "[]]", "nothing"] {
            let mut parser = JsonArray::new();
            parser.push(Bytes::from_static(garbage.as_bytes()));
            let result = std::iter::from_fn(|| parser.next().transpose()).collect::<Result<Vec<_>, _>>();
            assert!(result.is_err(), "{garbage}");
        }
        for cut in ["[", "[{}", "[{}, ", "[{\"a\":"] {
            let mut parser = JsonArray::new();
            parser.push(Bytes::from_static(cut.as_bytes()));
            while parser.next().unwrap().is_some() {}
            assert!(parser.finish().is_err(), "{cut}");
        }
    }
}
