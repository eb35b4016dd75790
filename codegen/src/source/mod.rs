//! Texts of documents, and positions in them.
//!
//! Models carry no positions: a place is named by its JSON pointer, and found in the text only when an error shows it.

pub mod digest;
pub mod files;
mod locate;
mod positions;
pub mod toml;

use crate::diagnostic::Diagnostic;
use locate::Wanted;
use positions::Positions;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// Text of a document, with its name.
#[derive(Clone)]
pub struct Source {
    /// The path as it was given, `-` for standard input, or the URL.
    pub name: String,
    /// Content of the document.
    pub text: String,
    /// Files next to the document, if it is not one of the file system, and its path among them.
    tree: Option<(Arc<dyn Tree>, PathBuf)>,
    /// Set by the first place that is asked for.
    positions: OnceLock<Positions>,
}

/// Files other than those of the file system, such as those of a git revision.
pub(crate) trait Tree: Send + Sync {
    /// Reads the text of a file.
    ///
    /// # Errors
    /// A file that does not exist, or that is not UTF-8.
    fn text(&self, path: &Path) -> Result<String, Diagnostic>;

    /// Returns the name of a file for messages: `HEAD~1:spec/petstore.yaml`.
    fn name(&self, path: &Path) -> String;
}

/// A line that contains a place of a text.
pub(crate) struct Line {
    /// Number of the line, counted from one.
    pub(crate) number: usize,
    /// Number of the first character of the place within the line, counted from one.
    pub(crate) column: usize,
    /// Offsets of the line, without its end.
    pub(crate) range: Range<usize>,
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, &self.text) == (&other.name, &other.text)
    }
}

impl Eq for Source {}

impl std::fmt::Debug for Source {
    /// Writes the name without the text, which may be megabytes.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Source").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Source {
    /// Creates a source of a text and its name.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into(), tree: None, positions: OnceLock::new() }
    }

    /// Reads a file of a tree. Files that the document refers to are read from the same tree.
    ///
    /// # Errors
    /// As [`Tree::text`].
    pub(crate) fn read_from(tree: Arc<dyn Tree>, path: &Path) -> Result<Self, Diagnostic> {
        let text = tree.text(path)?;
        Ok(Self { tree: Some((tree.clone(), path.to_owned())), ..Self::new(tree.name(path), text) })
    }

    /// Returns the same file with another text.
    #[cfg(feature = "cli")]
    pub(crate) fn with_text(&self, text: String) -> Self {
        Self { tree: self.tree.clone(), ..Self::new(self.name.as_str(), text) }
    }

    /// Returns the tree that the text was read from, unless that is the file system.
    pub(crate) fn tree(&self) -> Option<&Arc<dyn Tree>> {
        self.tree.as_ref().map(|(tree, _)| tree)
    }

    /// Returns the path of the file: in its tree, or in the file system.
    pub(crate) fn path(&self) -> &Path {
        self.tree.as_ref().map_or(Path::new(&self.name), |(_, path)| path)
    }

    /// Returns the name of the file without its extension: `petstore.v1` for `spec/petstore.v1.json`. Standard input
    /// has none, nor has a URL without a path.
    pub fn stem(&self) -> Option<String> {
        let name = self.path().to_string_lossy();
        let path = match name.split_once("://") {
            Some((_, rest)) => {
                rest.split(['?', '#']).next().and_then(|rest| rest.split_once('/')).map(|(_, path)| path)?
            }
            None => &*name,
        };
        let file = path.trim_end_matches('/').rsplit(['/', '\\']).next()?;
        let stem = match file.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => file,
        };
        Some(crate::text::one_line(stem)).filter(|stem| !stem.is_empty() && stem != "-")
    }

    /// Returns the part of a JSON or YAML text that a pointer names: the key of an object's member, the value
    /// elsewhere. Where the last steps of the pointer are not in the text, returns the nearest part above them.
    pub fn locate(&self, pointer: &str) -> Range<usize> {
        self.locate_all(&[pointer]).pop().unwrap_or_default()
    }

    /// Returns the parts that several pointers name, as [`Self::locate`] does, in the order of the pointers. The text
    /// is read once.
    pub fn locate_all(&self, pointers: &[&str]) -> Vec<Range<usize>> {
        let wanted = Wanted::new(pointers);
        let mut found = vec![0..0; pointers.len()];
        if self.is_json() {
            locate::json::locate(&self.text, &wanted, &mut found);
        } else {
            locate::yaml::locate(&self.text, &wanted, &mut found);
        }
        found
    }

    /// Returns the lines, counted from one, of the parts that pointers name, in the order of the pointers.
    pub fn lines(&self, pointers: &[&str]) -> Vec<usize> {
        self.locate_all(pointers).iter().map(|span| self.positions().line(span.start).saturating_add(1)).collect()
    }

    /// Returns the line that contains a byte offset.
    pub(crate) fn line(&self, at: usize) -> Line {
        let positions = self.positions();
        let line = positions.line(at);
        let range = positions.range(line, &self.text);
        let column = positions.characters(range.start..at, &self.text).saturating_add(1);
        Line { number: line.saturating_add(1), column, range }
    }

    fn positions(&self) -> &Positions {
        self.positions.get_or_init(|| Positions::of(&self.text))
    }

    /// Returns `true` if this looks like JSON: a list, or an object whose first key is in quotes. Anything else is read
    /// as YAML, which has such lists and objects, too, with keys of any form.
    pub fn is_json(&self) -> bool {
        is_json(&self.text)
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

/// Returns `true` if a text looks like JSON, as [`Source::is_json`].
pub(crate) fn is_json(text: &str) -> bool {
    let space = [' ', '\t', '\r', '\n'];
    let text = text.trim_start_matches('\u{feff}').trim_start_matches(space);
    match text.strip_prefix('{') {
        Some(inner) => inner.trim_start_matches(space).chars().next().is_none_or(|first| matches!(first, '"' | '}')),
        None => text.starts_with('['),
    }
}

/// Escapes a step of a JSON pointer.
pub fn escape(part: &str) -> String {
    part.replace('~', "~0").replace('/', "~1")
}

/// Returns the pointer to what contains the part that a pointer names.
#[cfg(feature = "cli")]
pub(crate) fn parent(pointer: &str) -> String {
    pointer.rsplit_once('/').map_or("", |(parent, _)| parent).to_owned()
}

/// Decodes a step of a JSON pointer.
pub(crate) fn unescape(part: &str) -> String {
    part.replace("~1", "/").replace("~0", "~")
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
            ("a:b.yaml", Some("a:b")),
            (r"c:\spec\petstore.yaml", Some("petstore")),
            ("https://example.com/v3/api-docs?group=x.y", Some("api-docs")),
            ("https://example.com/petstore.yaml#x", Some("petstore")),
            ("https://example.com", None),
            (".json", Some(".json")),
            ("a\n\u{1b}b.json", Some("a b")),
            ("-", None),
        ] {
            assert_eq!(Source::new(name, "").stem().as_deref(), stem, "{name}");
        }
    }

    #[test]
    fn json_has_keys_in_quotes() {
        for text in ["{\"a\": 1}", "\u{feff} {\n \"a\"", "{}", "{", "[a]"] {
            assert!(Source::new("x", text).is_json(), "{text}");
        }
        for text in ["{a: 1}", "{'a': 1}", "{ # why\n \"a\": 1}", "a: {\"b\": 1}", "", "---\n{\"a\": 1}"] {
            assert!(!Source::new("x", text).is_json(), "{text}");
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
    fn several_parts_in_one_pass() {
        let json = "{\n\"a\": {\n\"b\": [1,\n2],\n\"c\": 3},\n\"d\": 4}";
        let yaml = "a:\n  b:\n  - é\n  - 2\n  c: 3\nd: 4\n";
        let pointers = ["/d", "/a/b/1", "/a/b/x", "/a", "/a/c", "/a/c", "/x", ""];
        for (text, lines) in [(json, [6, 4, 3, 2, 5, 5, 1, 1]), (yaml, [6, 4, 2, 1, 5, 5, 1, 1])] {
            let source = Source::new("x", text);
            assert_eq!(source.lines(&pointers), lines, "{text}");
            let each: Vec<_> = pointers.iter().map(|pointer| source.locate(pointer)).collect();
            assert_eq!(source.locate_all(&pointers), each, "{text}");
        }
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
