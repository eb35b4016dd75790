//! What can go wrong between JSON and a message.

use std::borrow::Cow;
use std::fmt;

/// JSON that is malformed, or not what the message takes; or a message that nests too deep to be written.
///
/// It says where: the JSON path, the byte, and the text near it.
#[derive(Clone, PartialEq)]
pub struct Error(Box<Inner>);

#[derive(Clone, PartialEq)]
struct Inner {
    message: String,
    offset: usize,
    near: String,
    /// Innermost first: it is filled while the error travels outwards.
    path: Vec<Segment>,
}

#[derive(Clone, PartialEq)]
enum Segment {
    Key(Cow<'static, str>),
    Index(usize),
}

/// How much of the text is shown on either side, in bytes.
const NEAR: usize = 24;

impl Error {
    /// An error at a byte of a text.
    #[cold]
    pub(crate) fn at(message: impl Into<String>, text: &str, offset: usize) -> Self {
        let offset = offset.min(text.len());
        // `floor_char_boundary` of a later Rust.
        let boundary = |at: usize| (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
        let (start, end) = (offset.saturating_sub(NEAR), offset.saturating_add(NEAR).min(text.len()));
        let near = text.get(boundary(start)..boundary(end)).unwrap_or_default();
        Self(Box::new(Inner { message: message.into(), offset, near: near.into(), path: Vec::new() }))
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

    /// What was expected, or what is wrong.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The byte of the JSON text where it went wrong, from 0.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.0.offset
    }

    /// A few bytes of the JSON text on either side of [`offset`](Self::offset).
    #[must_use]
    pub fn near(&self) -> &str {
        &self.0.near
    }

    /// The place in the JSON, such as `tuningTask.snapshots[3].step`; empty for the outermost value.
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
            write!(f, "{path}: ")?;
        }
        write!(f, "{}, at byte {}", self.0.message, self.0.offset)?;
        if !self.0.near.is_empty() {
            f.write_str(", near `")?;
            for char in self.0.near.chars() {
                if char.is_control() {
                    write!(f, "{}", char.escape_debug())?;
                } else {
                    write!(f, "{char}")?;
                }
            }
            f.write_str("`")?;
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
