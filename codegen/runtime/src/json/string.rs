//! Reading strings, and skipping values.

use std::borrow::Cow;

use super::{Error, MAX_DEPTH, Reader, scan};

impl<'a> Reader<'a> {
    /// Reads a string; borrowed from the text when nothing in it is escaped.
    ///
    /// # Errors
    /// When no string comes next, or it is malformed.
    pub fn string(&mut self) -> Result<Cow<'a, str>, Error> {
        self.string_or("a string")
    }

    /// Reads a string and parses it. `parse` also returns true if the value would be written as another one.
    pub(crate) fn parsed<T>(
        &mut self,
        expected: &str,
        parse: impl FnOnce(&str) -> Option<(T, bool)>,
    ) -> Result<T, Error> {
        self.peek();
        let start = self.at;
        match parse(&self.string_or(expected)?) {
            Some((value, lossy)) => {
                self.lossy |= lossy;
                Ok(value)
            }
            None => self.wrong(start, expected),
        }
    }

    pub(super) fn key(&mut self) -> Result<Cow<'a, str>, Error> {
        self.string_or("a key")
    }

    fn string_or(&mut self, expected: &str) -> Result<Cow<'a, str>, Error> {
        if self.peek() != Some(b'"') {
            return self.expected(expected);
        }
        self.advance(1);
        let start = self.at;
        self.at = scan::special(self.bytes, start);
        if self.byte() == Some(b'"') {
            let text = self.text_from(start);
            self.advance(1);
            return Ok(Cow::Borrowed(text));
        }
        self.unescape(start).map(Cow::Owned)
    }

    /// Continues reading at the first special byte, given the text before it.
    fn unescape(&mut self, start: usize) -> Result<String, Error> {
        let mut out = String::from(self.text_from(start));
        loop {
            match self.byte() {
                Some(b'"') => {
                    self.advance(1);
                    return Ok(out);
                }
                Some(b'\\') => {
                    self.advance(1);
                    out.push(self.escape()?);
                }
                Some(_) => return self.expected("no control character in a string"),
                None => return self.expected("the end of a string"),
            }
            let start = self.at;
            self.at = scan::special(self.bytes, start);
            out.push_str(self.text_from(start));
        }
    }

    fn escape(&mut self) -> Result<char, Error> {
        let char = match self.byte() {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.advance(1);
                return self.unicode();
            }
            _ => return self.expected("one of `\"\\/bfnrtu` after `\\`"),
        };
        self.advance(1);
        Ok(char)
    }

    fn unicode(&mut self) -> Result<char, Error> {
        let first = self.hex4()?;
        let second = if (0xD800..0xDC00).contains(&first) && self.rest().starts_with(b"\\u") {
            self.advance(2);
            Some(self.hex4()?)
        } else {
            None
        };
        let mut chars = char::decode_utf16([first].into_iter().chain(second));
        match (chars.next(), chars.next()) {
            (Some(Ok(char)), None) => Ok(char),
            _ => self.expected("both halves of a surrogate pair"),
        }
    }

    fn hex4(&mut self) -> Result<u16, Error> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.byte().and_then(|byte| char::from(byte).to_digit(16));
            let Some(digit) = digit.and_then(|digit| u16::try_from(digit).ok()) else {
                return self.expected("four hexadecimal digits after `\\u`");
            };
            code = code << 4 | digit;
            self.advance(1);
        }
        Ok(code)
    }

    /// Skips a value. Returns the depth of the objects and lists in it.
    ///
    /// # Errors
    /// When it is malformed or nests too deep.
    pub fn skip(&mut self) -> Result<u8, Error> {
        // No recursion: a bit for each open one distinguishes objects from lists.
        const { assert!(MAX_DEPTH < 128) };
        let outside = self.depth;
        let mut innermost = outside;
        let mut objects: u128 = 0;
        loop {
            let opened = match self.peek() {
                Some(b'"') => self.skip_string().map(|()| false)?,
                Some(b'{') => {
                    objects = objects << 1 | 1;
                    let any = self.open(b'{', b'}', "an object")?;
                    innermost = innermost.min(self.depth.saturating_sub(u8::from(!any)));
                    if !any {
                        objects >>= 1;
                    }
                    any
                }
                Some(b'[') => {
                    objects <<= 1;
                    let any = self.open(b'[', b']', "a list")?;
                    innermost = innermost.min(self.depth.saturating_sub(u8::from(!any)));
                    if !any {
                        objects >>= 1;
                    }
                    any
                }
                Some(b'n') => self.word("null", "a value").map(|()| false)?,
                Some(b't') => self.word("true", "a value").map(|()| false)?,
                Some(b'f') => self.word("false", "a value").map(|()| false)?,
                _ => self.number("a value").map(|_| false)?,
            };
            if !opened {
                loop {
                    if self.depth == outside {
                        return Ok(outside.saturating_sub(innermost));
                    }
                    if self.more(if objects & 1 == 1 { b'}' } else { b']' })? {
                        break;
                    }
                    objects >>= 1;
                }
            }
            if objects & 1 == 1 {
                self.peek();
                self.skip_key()?;
            }
        }
    }

    fn skip_key(&mut self) -> Result<(), Error> {
        if self.peek() != Some(b'"') {
            return self.expected("a key");
        }
        self.skip_string()?;
        self.colon()
    }

    fn skip_string(&mut self) -> Result<(), Error> {
        self.advance(1);
        let start = self.at;
        self.at = scan::special(self.bytes, start);
        if self.byte() == Some(b'"') {
            self.advance(1);
            return Ok(());
        }
        self.unescape(start).map(drop)
    }
}
