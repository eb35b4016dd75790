//! A text that was read, and how to find a place in it again.
//!
//! Models carry no positions: a place is named by its JSON pointer, and found in the text only when an error shows it.

pub mod digest;
pub mod files;
pub mod toml;

use std::ops::Range;

/// Text of a document, with its name.
#[derive(Clone, PartialEq, Eq)]
pub struct Source {
    /// The path as it was given, `-` for standard input, or the URL.
    pub name: String,
    /// Content of the document.
    pub text: String,
}

impl std::fmt::Debug for Source {
    /// Writes the name without the text, which may be megabytes.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Source").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Source {
    /// Creates a source of a text and its name.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into() }
    }

    /// Returns the name of the file without its extension: `petstore.v1` for `HEAD~1:spec/petstore.v1.json`. Standard
    /// input has none, nor has a URL without a path.
    pub fn stem(&self) -> Option<String> {
        let path = match self.name.split_once("://") {
            Some((_, rest)) => {
                rest.split(['?', '#']).next().and_then(|rest| rest.split_once('/')).map(|(_, path)| path)?
            }
            None => &self.name,
        };
        // The colon ends a git revision, or the drive of a path on Windows.
        let file = path.trim_end_matches('/').rsplit(['/', '\\', ':']).next()?;
        let stem = match file.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => file,
        };
        Some(crate::text::one_line(stem)).filter(|stem| !stem.is_empty() && stem != "-")
    }

    /// Returns the part of a JSON or YAML text that a pointer names: the key of an object's member, the value elsewhere.
    /// Where the last steps of the pointer are not in the text, returns the nearest part above them.
    pub fn locate(&self, pointer: &str) -> Range<usize> {
        if !self.is_json() {
            let steps: Vec<String> = pointer.split('/').skip(1).map(unescape).collect();
            return crate::parser::openapi::locate(&self.text, &steps);
        }
        let mut scanner = Scanner { text: self.text.as_bytes(), at: 0 };
        scanner.space();
        let mut found = scanner.at..scanner.at;
        for step in pointer.split('/').skip(1) {
            let step = unescape(step);
            match scanner.enter(&step) {
                Some(span) => found = span,
                None => break,
            }
        }
        if found.is_empty() {
            let end = found.start.saturating_add(1).min(self.text.len());
            found = found.start..end;
        }
        found
    }

    /// Returns true if this looks like JSON. Anything else is read as YAML.
    pub fn is_json(&self) -> bool {
        self.text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).starts_with(['{', '['])
    }

    /// Returns the byte offset of a line and column, both counted from one, as `serde_json` reports them.
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let lines = self.text.split_inclusive('\n').take(line.saturating_sub(1));
        let start = lines.map(str::len).fold(0, usize::saturating_add);
        let mut at = start.saturating_add(column.saturating_sub(1)).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at = at.saturating_sub(1);
        }
        at
    }
}

/// Escapes a step of a JSON pointer.
pub fn escape(part: &str) -> String {
    part.replace('~', "~0").replace('/', "~1")
}

/// Decodes a step of a JSON pointer.
pub(crate) fn unescape(part: &str) -> String {
    part.replace("~1", "/").replace("~0", "~")
}

/// Walks well-formed JSON without building it. On text that is not well-formed it stops early.
struct Scanner<'a> {
    text: &'a [u8],
    at: usize,
}

impl Scanner<'_> {
    /// Steps into a member or element: returns its span and stands at its value.
    fn enter(&mut self, step: &str) -> Option<Range<usize>> {
        match self.peek()? {
            b'{' => {
                self.advance();
                loop {
                    self.space();
                    let start = self.at;
                    let key = self.string()?;
                    let end = self.at;
                    self.space();
                    self.expect(b':')?;
                    self.space();
                    if key == step {
                        return Some(start..end);
                    }
                    self.skip()?;
                    self.space();
                    self.expect(b',')?;
                }
            }
            b'[' => {
                self.advance();
                let wanted: usize = step.parse().ok()?;
                for _ in 0..wanted {
                    self.space();
                    self.skip()?;
                    self.space();
                    self.expect(b',')?;
                }
                self.space();
                let start = self.at;
                let mut ahead = Scanner { text: self.text, at: start };
                ahead.skip()?;
                Some(start..ahead.at)
            }
            _ => None,
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

    /// Reads a string and stands behind it.
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

    /// Stands behind the value that it stood before.
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

#[cfg(test)]
mod tests {
    use super::Source;

    fn located<'a>(source: &'a Source, pointer: &str) -> &'a str {
        &source.text[source.locate(pointer)]
    }

    #[test]
    fn stems() {
        for (name, stem) in [
            ("spec/petstore.v1.json", Some("petstore.v1")),
            ("HEAD~1:petstore.yaml", Some("petstore")),
            (r"c:\spec\petstore.yaml", Some("petstore")),
            ("https://example.com/v3/api-docs?group=x.y", Some("api-docs")),
            ("https://example.com/petstore.yaml#x", Some("petstore")),
            ("https://example.com", None),
            (".json", Some(".json")),
            ("-", None),
        ] {
            assert_eq!(Source::new(name, "").stem().as_deref(), stem, "{name}");
        }
    }

    #[test]
    fn members_elements_and_what_is_nearest() {
        let source = Source::new("x", r#" {"a": {"b/c": [1, {"d": "}"}, [2]]}, "e": true}"#);
        assert_eq!(located(&source, "/a"), r#""a""#);
        assert_eq!(located(&source, "/a/b~1c/1"), r#"{"d": "}"}"#);
        assert_eq!(located(&source, "/a/b~1c/1/d"), r#""d""#);
        assert_eq!(located(&source, "/e"), r#""e""#);
        assert_eq!(located(&source, "/a/nothing"), r#""a""#);
        assert_eq!(located(&source, ""), "{");
    }

    #[test]
    fn truncated_text_does_not_panic() {
        let whole = r#"{"a": {"b": [1, "x\"y", {"c": null}]}}"#;
        for end in 0..whole.len() {
            Source::new("x", &whole[..end]).locate("/a/b/2/c");
        }
    }

    #[test]
    fn offsets_of_lines_and_columns() {
        let source = Source::new("x", "ab\ncd\né");
        assert_eq!(source.offset(1, 1), 0);
        assert_eq!(source.offset(2, 2), 4);
        assert_eq!(source.offset(3, 2), 6);
        assert_eq!(source.offset(9, 9), 8);
    }
}
