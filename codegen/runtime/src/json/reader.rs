//! Reader of JSON text, in one pass.

use std::borrow::Cow;

use super::{Error, MAX_DEPTH, scan};

/// Reads JSON text.
pub struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
    /// Number of objects and lists that may still be opened.
    pub(super) depth: u8,
    /// Set by a value that encodes to another text than it was decoded from, in a way that matters: its field keeps the
    /// text.
    pub(crate) lossy: bool,
    /// Number of values that their fields did not accept and keep.
    pub(crate) mismatches: usize,
    /// Index of the key that came after another one when last seen.
    pub(super) next: [u16; GUESSES],
}

/// Number of successions of keys that are remembered; a power of two.
pub(super) const GUESSES: usize = 256;

/// Returns bytes as text.
pub(super) fn utf8(json: &[u8]) -> Result<&str, Error> {
    std::str::from_utf8(json).map_err(|error| {
        let valid = json.get(..error.valid_up_to()).and_then(|valid| str::from_utf8(valid).ok()).unwrap_or_default();
        Error::at("the text is not UTF-8", valid, valid.len())
    })
}

impl<'a> Reader<'a> {
    /// Creates a reader at the beginning of a text.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            at: 0,
            depth: MAX_DEPTH,
            lossy: false,
            mismatches: 0,
            next: [u16::MAX; GUESSES],
        }
    }

    /// Returns the number of values that their fields did not accept and keep.
    #[must_use]
    pub fn mismatches(&self) -> usize {
        self.mismatches
    }

    /// Returns an error at the current position.
    #[cold]
    pub(crate) fn error(&self, message: impl Into<String>) -> Error {
        Error::at(message, self.text, self.at)
    }

    #[cold]
    pub(super) fn expected<T>(&self, what: &str) -> Result<T, Error> {
        Err(self.error(format!("expected {what}")))
    }

    /// Returns the byte at the current position.
    #[inline]
    pub(super) fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Returns the bytes from the current position on.
    #[inline]
    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Advances the position by some bytes. Unchecked, since no text is as long as the largest `usize`.
    #[inline]
    pub(super) fn advance(&mut self, bytes: usize) {
        self.at = self.at.wrapping_add(bytes);
    }

    /// Returns the text from `start` up to the current position.
    #[inline]
    pub(crate) fn text_from(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// Returns the current position, to return to later.
    pub(crate) fn place(&mut self) -> (usize, u8) {
        self.peek();
        (self.at, self.depth)
    }

    /// Returns to an earlier position.
    pub(crate) fn back_to(&mut self, (at, depth): (usize, u8)) {
        self.at = at;
        self.depth = depth;
    }

    /// Returns the next byte that is not whitespace.
    #[inline]
    pub(crate) fn peek(&mut self) -> Option<u8> {
        match self.bytes.get(self.at) {
            Some(&byte) if byte > b' ' => Some(byte),
            _ => self.peek_far(),
        }
    }

    fn peek_far(&mut self) -> Option<u8> {
        self.at = scan::not_space(self.bytes, self.at);
        self.bytes.get(self.at).copied()
    }

    /// Returns `true` if a `null` comes next.
    #[inline]
    pub fn at_null(&mut self) -> bool {
        self.peek() == Some(b'n')
    }

    /// Returns `true` if a string comes next.
    #[inline]
    pub fn at_string(&mut self) -> bool {
        self.peek() == Some(b'"')
    }

    /// Reads a `null`, if one comes next.
    ///
    /// # Errors
    /// When the next token only begins like one.
    #[inline]
    pub fn take_null(&mut self) -> Result<bool, Error> {
        if self.at_null() { self.null().map(|()| true) } else { Ok(false) }
    }

    /// Reads a `null`.
    ///
    /// # Errors
    /// When anything else comes next.
    pub fn null(&mut self) -> Result<(), Error> {
        self.peek();
        self.word("null", "null")
    }

    /// Reads a boolean.
    ///
    /// # Errors
    /// When anything else comes next.
    pub fn bool(&mut self) -> Result<bool, Error> {
        let value = self.peek() == Some(b't');
        self.word(if value { "true" } else { "false" }, "true or false")?;
        Ok(value)
    }

    /// Reads a keyword of JSON: `true`, `false` or `null`.
    pub(super) fn word(&mut self, word: &str, expected: &str) -> Result<(), Error> {
        if !self.rest().starts_with(word.as_bytes()) {
            return self.expected(expected);
        }
        self.advance(word.len());
        Ok(())
    }

    /// Checks that nothing but whitespace is left.
    ///
    /// # Errors
    /// When anything else follows.
    pub fn end(&mut self) -> Result<(), Error> {
        match self.peek() {
            None => Ok(()),
            Some(_) => self.expected("the end of the text"),
        }
    }

    /// Opens an object or a list. Returns `true` if it is not empty.
    #[inline]
    pub(crate) fn open(&mut self, open: u8, close: u8, expected: &str) -> Result<bool, Error> {
        if self.peek() != Some(open) {
            return self.expected(expected);
        }
        let Some(depth) = self.depth.checked_sub(1) else {
            return Err(self.error(format!("nested deeper than {MAX_DEPTH}")).fatal());
        };
        self.advance(1);
        if self.peek() == Some(close) {
            self.advance(1);
            return Ok(false);
        }
        self.depth = depth;
        Ok(true)
    }

    /// Goes on to the next entry; closes the object or list when there is none.
    #[inline]
    pub(crate) fn more(&mut self, close: u8) -> Result<bool, Error> {
        match self.peek() {
            Some(b',') => {
                self.advance(1);
                Ok(true)
            }
            Some(byte) if byte == close => {
                self.advance(1);
                self.depth = self.depth.saturating_add(1);
                Ok(false)
            }
            _ => self.expected(if close == b'}' { "`,` or `}`" } else { "`,` or `]`" }),
        }
    }

    pub(crate) fn key_and_colon(&mut self) -> Result<Cow<'a, str>, Error> {
        let key = self.key()?;
        self.colon()?;
        Ok(key)
    }

    #[inline]
    pub(super) fn colon(&mut self) -> Result<(), Error> {
        if self.peek() != Some(b':') {
            return self.expected("`:`");
        }
        self.advance(1);
        Ok(())
    }

    /// Reads a list, calling `item` at each of its items.
    ///
    /// # Errors
    /// When no list comes next, it is malformed, or `item` fails.
    pub fn list(&mut self, item: &mut dyn FnMut(&mut Self) -> Result<(), Error>) -> Result<(), Error> {
        let mut more = self.open(b'[', b']', "a list")?;
        let mut index = 0;
        while more {
            item(self).map_err(|error| error.within_index(index))?;
            index = index.saturating_add(1);
            more = self.more(b']')?;
        }
        Ok(())
    }

    /// Reads an object, calling `entry` with each key when its value comes next.
    ///
    /// # Errors
    /// When no object comes next, it is malformed, or `entry` fails.
    pub fn object(&mut self, entry: &mut dyn FnMut(&mut Self, &str) -> Result<(), Error>) -> Result<(), Error> {
        let mut more = self.open(b'{', b'}', "an object")?;
        while more {
            let key = self.key_and_colon()?;
            entry(self, &key).map_err(|error| error.within_key(key.into_owned()))?;
            more = self.more(b'}')?;
        }
        Ok(())
    }
}
