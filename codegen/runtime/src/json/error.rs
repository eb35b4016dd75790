//! Errors of decoding and encoding.

use std::borrow::Cow;
use std::fmt;

use crate::visible::Visible;

/// JSON that is malformed or is not what the type takes; or a message that nests too deep to be encoded.
///
/// Gives the JSON path, the byte offset and the text near it.
#[derive(Clone, PartialEq)]
pub struct Error(Box<Inner>);

#[derive(Clone, PartialEq)]
struct Inner {
    message: String,
    offset: usize,
    near: String,
    /// Innermost first: it is filled while the error travels outwards.
    path: Vec<Segment>,
    /// True if the whole text is lost, not one field: see [`Error::fatal`].
    fatal: bool,
}

#[derive(Clone, PartialEq)]
enum Segment {
    Key(Cow<'static, str>),
    Index(usize),
}

/// Number of bytes of the text that an error shows on either side.
const NEAR: usize = 24;
/// Largest number of characters of the path that an error shows: keys may be of any length.
const PATH: usize = 1_000;

impl Error {
    /// Creates an error at a byte of a text.
    #[cold]
    pub(crate) fn at(message: impl Into<String>, text: &str, offset: usize) -> Self {
        let offset = offset.min(text.len());
        // `floor_char_boundary` of a later Rust.
        let boundary = |at: usize| (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
        let (start, end) = (offset.saturating_sub(NEAR), offset.saturating_add(NEAR).min(text.len()));
        let near = text.get(boundary(start)..boundary(end)).unwrap_or_default();
        Self(Box::new(Inner { message: message.into(), offset, near: near.into(), path: Vec::new(), fatal: false }))
    }

    /// Marks an error that cannot be limited to one field: the text is not JSON, it nests too deep, or two members of a
    /// union exclude each other.
    #[cold]
    pub(crate) fn fatal(mut self) -> Self {
        self.0.fatal = true;
        self
    }

    pub(crate) fn is_fatal(&self) -> bool {
        self.0.fatal
    }

    #[cold]
    pub(crate) fn within_key(mut self, key: impl Into<Cow<'static, str>>) -> Self {
        self.0.path.push(Segment::Key(key.into()));
        self
    }

    #[cold]
    pub(crate) fn within_index(mut self, index: usize) -> Self {
        self.0.path.push(Segment::Index(index));
        self
    }

    /// Description of the fault, without its place.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Byte offset of the fault in the JSON text, from 0.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.0.offset
    }

    /// A few bytes of the JSON text on either side of [`offset`](Self::offset).
    #[must_use]
    pub fn near(&self) -> &str {
        &self.0.near
    }

    /// JSON path of the fault, such as `tuningTask.snapshots[3].step`; empty for the outermost value.
    #[must_use]
    pub fn path(&self) -> String {
        use fmt::Write as _;
        let mut path = String::new();
        for segment in self.0.path.iter().rev() {
            let _ = match segment {
                Segment::Index(index) => write!(path, "[{index}]"),
                Segment::Key(key) if key.is_empty() || key.contains(['.', '[', ']', '"']) => {
                    write!(path, "[{key:?}]")
                }
                Segment::Key(key) if path.is_empty() => write!(path, "{key}"),
                Segment::Key(key) => write!(path, ".{key}"),
            };
        }
        path
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path();
        if !path.is_empty() {
            let end = path.char_indices().nth(PATH).map(|(end, _)| end);
            let (shown, dots) = end.and_then(|end| path.get(..end)).map_or((&*path, ""), |start| (start, "…"));
            write!(f, "{}{dots}: ", Visible(shown))?;
        }
        write!(f, "{}, at byte {}", self.0.message, self.0.offset)?;
        if !self.0.near.is_empty() {
            write!(f, ", near `{}`", Visible(&self.0.near))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({self})")
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::Error;

    #[test]
    fn messages_are_short_and_without_controls() {
        let error = Error::at("expected a string", "\u{1b}[31m", 0).within_key("\u{1b}[31m".repeat(10_000));
        let shown = error.to_string();
        assert!(shown.len() < 10_000 && !shown.contains('\u{1b}') && shown.contains("…: expected a string"), "{shown}");
        let digits = "9".repeat(10_000);
        let error = <serde_json::Value as crate::http::Response>::decode(digits.as_bytes()).unwrap_err();
        assert!(error.to_string().len() < 1_000, "{error}");
    }
}
