//! Parts of a JSON text.

use super::{Found, Wanted};
use std::collections::HashSet;
use std::ops::Range;

/// Finds parts of a JSON text.
pub(in crate::source) fn locate(text: &str, wanted: &Wanted, spans: &mut [Range<usize>]) {
    let mut scanner = Scanner { text: text.as_bytes(), at: 0 };
    scanner.space();
    let root = scanner.at..scanner.at.saturating_add(1).min(text.len());
    let mut found = Found::new(spans);
    found.set(wanted, &root);
    if found.pending() {
        scanner.find(wanted, &mut found);
    }
}

/// Walks well-formed JSON without building it. On text that is not well-formed it stops early.
struct Scanner<'a> {
    text: &'a [u8],
    at: usize,
}

impl Scanner<'_> {
    /// Finds the wanted parts within the next value, and moves past it. Once all parts are found, the rest of the text
    /// is not read.
    fn find(&mut self, wanted: &Wanted, found: &mut Found<'_>) -> Option<()> {
        if wanted.children.is_empty() {
            return self.skip();
        }
        match self.peek()? {
            b'{' => self.members(wanted, found),
            b'[' => self.elements(wanted, found),
            _ => self.skip(),
        }
    }

    fn members(&mut self, wanted: &Wanted, found: &mut Found<'_>) -> Option<()> {
        self.advance();
        let mut known = HashSet::new();
        loop {
            self.space();
            if self.peek()? == b'}' {
                self.advance();
                return Some(());
            }
            let start = self.at;
            let key = self.string()?;
            let end = self.at;
            self.space();
            self.expect(b':')?;
            self.space();
            // The first of several members of one name is the one.
            match wanted.children.get_key_value(&key) {
                Some((key, child)) if known.insert(key) => {
                    found.set(child, &(start..end));
                    if !found.pending() {
                        return None;
                    }
                    self.find(child, found)?;
                }
                _ => self.skip()?,
            }
            self.comma();
        }
    }

    fn elements(&mut self, wanted: &Wanted, found: &mut Found<'_>) -> Option<()> {
        self.advance();
        for index in 0usize.. {
            self.space();
            if self.peek()? == b']' {
                self.advance();
                return Some(());
            }
            match wanted.children.get(&index.to_string()) {
                Some(child) => {
                    let start = self.at;
                    let mut ahead = Scanner { text: self.text, at: start };
                    ahead.skip()?;
                    found.set(child, &(start..ahead.at));
                    if !found.pending() {
                        return None;
                    }
                    self.find(child, found)?;
                }
                None => self.skip()?,
            }
            self.comma();
        }
        None
    }

    /// Moves past a comma, if there is one.
    fn comma(&mut self) {
        self.space();
        if self.peek() == Some(b',') {
            self.advance();
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn advance(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.advance())
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.advance();
        }
    }

    /// Reads a string, and moves past it.
    fn string(&mut self) -> Option<String> {
        let start = self.at;
        self.skip_string()?;
        serde_json::from_slice(self.text.get(start..self.at)?).ok()
    }

    fn skip_string(&mut self) -> Option<()> {
        self.expect(b'"')?;
        loop {
            let byte = self.peek()?;
            self.advance();
            match byte {
                b'"' => return Some(()),
                b'\\' => self.advance(),
                _ => {}
            }
        }
    }

    /// Moves past the next value.
    fn skip(&mut self) -> Option<()> {
        let mut depth = 0usize;
        loop {
            match self.peek()? {
                b'"' => self.skip_string()?,
                b'{' | b'[' => {
                    depth = depth.saturating_add(1);
                    self.advance();
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.advance();
                }
                b' ' | b'\t' | b'\n' | b'\r' | b',' | b':' => {
                    self.advance();
                    continue;
                }
                _ => {
                    while !matches!(self.peek(), None | Some(b',' | b'}' | b']' | b':' | b' ' | b'\t' | b'\n' | b'\r'))
                    {
                        self.advance();
                    }
                }
            }
            if depth == 0 {
                return Some(());
            }
        }
    }
}
