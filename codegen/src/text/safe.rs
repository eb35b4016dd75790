//! Text of one target, and the templates by which it grows.

use std::fmt;
use std::fmt::Write;
use std::marker::PhantomData;

/// Text that is safe in the target `T`: it was written by the generator, or escaped for that target.
pub struct Safe<T> {
    text: String,
    target: PhantomData<T>,
}

/// Text that a template of the target `T` may contain unescaped.
pub trait Fragment<T>: sealed::Sealed<T> {}

impl<T, F: sealed::Sealed<T> + ?Sized> Fragment<T> for F {}

pub(super) mod sealed {
    /// Kept within the crate's module of texts, so that no other code can declare a type to be safe.
    pub trait Sealed<T> {
        /// Appends the text to that of the target.
        fn append_to(&self, out: &mut String);
    }
}

use sealed::Sealed;

impl<T> Safe<T> {
    /// Text that an escape of the target has made.
    pub(super) fn escaped(text: String) -> Self {
        Self { text, target: PhantomData }
    }

    /// Text of the generator's own.
    pub fn fixed(text: &'static str) -> Self {
        Self::escaped(text.to_owned())
    }

    /// Appends a fragment.
    pub fn push<F: Fragment<T> + ?Sized>(&mut self, fragment: &F) {
        fragment.append_to(&mut self.text);
    }

    /// Appends a template, in which each `{}` is the next of the fragments, `{0}` the first and so on, `{{` and `}}`
    /// are braces. Call it by [`append!`](crate::append), which compares the template with the fragments at compile
    /// time.
    pub fn append(&mut self, template: &'static str, fragments: &[&dyn Fragment<T>]) {
        let mut next = 0_usize;
        let mut rest = template;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, after) = rest.split_at(at);
            self.text.push_str(before);
            if let Some(literal) = after.strip_prefix("{{") {
                self.text.push('{');
                rest = literal;
            } else if let Some(literal) = after.strip_prefix("}}") {
                self.text.push('}');
                rest = literal;
            } else {
                let (name, tail) = after.trim_start_matches('{').split_once('}').unwrap_or_default();
                let index: usize = name.parse().unwrap_or(next);
                next = if name.is_empty() { next.saturating_add(1) } else { next };
                if let Some(fragment) = fragments.get(index) {
                    fragment.append_to(&mut self.text);
                }
                rest = tail;
            }
        }
        self.text.push_str(rest);
    }

    /// Returns the text in the target's language.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text, to be written to a file or a stream.
    pub fn into_string(self) -> String {
        self.text
    }

    /// Returns `true` if the text is empty.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Returns the length in bytes.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Shortens the text to a length that it had before.
    pub fn truncate(&mut self, len: usize) {
        self.text.truncate(len);
    }

    /// Appends text line by line, each line that is not empty after some spaces.
    pub fn push_indented(&mut self, spaces: usize, text: &Safe<T>) {
        for line in text.text.lines() {
            if !line.is_empty() {
                self.text.extend(std::iter::repeat_n(' ', spaces));
                self.text.push_str(line);
            }
            self.text.push('\n');
        }
    }

    /// Appends text of several lines without the first and the last.
    pub fn push_inside(&mut self, text: &Safe<T>) {
        let inside = text.text.split_once('\n').and_then(|(_, rest)| rest.trim_end().rsplit_once('\n'));
        for line in inside.map(|(lines, _)| lines.lines()).into_iter().flatten() {
            self.text.push_str(line);
            self.text.push('\n');
        }
    }

    /// Texts in a row, with one between each two.
    pub fn join<'a>(texts: impl IntoIterator<Item = &'a Safe<T>>, between: &'static str) -> Self
    where
        T: 'a,
    {
        let mut out = Self::default();
        for (index, text) in texts.into_iter().enumerate() {
            if index > 0 {
                out.text.push_str(between);
            }
            out.text.push_str(&text.text);
        }
        out
    }
}

impl<T> Default for Safe<T> {
    fn default() -> Self {
        Self::escaped(String::new())
    }
}

impl<T> Clone for Safe<T> {
    fn clone(&self) -> Self {
        Self::escaped(self.text.clone())
    }
}

impl<T> PartialEq for Safe<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<T> Eq for Safe<T> {}

impl<T> fmt::Debug for Safe<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

impl<T> Sealed<T> for Safe<T> {
    fn append_to(&self, out: &mut String) {
        out.push_str(&self.text);
    }
}

impl<T> Sealed<T> for &'static str {
    fn append_to(&self, out: &mut String) {
        out.push_str(self);
    }
}

impl<T> Sealed<T> for &Safe<T> {
    fn append_to(&self, out: &mut String) {
        out.push_str(&self.text);
    }
}

impl<T> Sealed<T> for &dyn Fragment<T> {
    fn append_to(&self, out: &mut String) {
        (**self).append_to(out);
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl<T> Sealed<T> for $number {
            fn append_to(&self, out: &mut String) {
                let _ = write!(out, "{self}");
            }
        }
    )*};
}

numbers!(bool, u16, u32, u64, usize, i64);

/// Returns the number of fragments that a template takes: the count of its `{}`, or one more than its largest index.
///
/// Evaluated at compile time: a template does not compile if a placeholder is neither `{}` nor `{0}` and the like, or
/// if a brace is written once.
#[expect(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "evaluated only at compile time")]
#[expect(clippy::panic, reason = "an invalid template is an error of the compiler")]
pub const fn placeholders(template: &str) -> usize {
    let bytes = template.as_bytes();
    let (mut at, mut count, mut largest) = (0, 0, 0);
    while at < bytes.len() {
        let next = if at + 1 < bytes.len() { bytes[at + 1] } else { 0 };
        match (bytes[at], next) {
            (b'{', b'{') | (b'}', b'}') => at += 2,
            (b'{', b'}') => {
                count += 1;
                at += 2;
            }
            (b'{', b'0'..=b'9') if at + 2 < bytes.len() && bytes[at + 2] == b'}' => {
                let index = (next - b'0') as usize + 1;
                largest = if index > largest { index } else { largest };
                at += 3;
            }
            (b'{' | b'}', _) => panic!("invalid placeholder"),
            _ => at += 1,
        }
    }
    if count > largest { count } else { largest }
}

/// Appends a template with its fragments to a [`Safe`](crate::text::Safe) text.
#[doc(hidden)]
#[macro_export]
macro_rules! append {
    ($out:expr, $template:literal $(, $fragment:expr)* $(,)?) => {{
        const {
            let given: &[&str] = &[$(stringify!($fragment)),*];
            assert!($crate::text::placeholders($template) == given.len(), "placeholders and fragments differ in number");
        }
        $out.append($template, &[$(&$fragment),*]);
    }};
}

/// Rust code from a template and its fragments.
#[doc(hidden)]
#[macro_export]
macro_rules! code {
    ($template:literal $(, $fragment:expr)* $(,)?) => {{
        let mut code = $crate::text::Code::default();
        $crate::append!(code, $template $(, $fragment)*);
        code
    }};
}

#[cfg(test)]
mod tests {
    use crate::text::{Code, rust};

    #[test]
    fn templates_are_those_of_format() {
        let name = rust::literal("a\n\"b\"");
        assert_eq!(code!("{{ {}: {} }}", "x", name).as_str(), r#"{ x: "a\n\"b\"" }"#);
        assert_eq!(code!("{0}-{1}-{0}", 1_usize, Code::fixed("x")).as_str(), "1-x-1");
        assert_eq!(code!("plain").as_str(), "plain");
    }

    #[test]
    fn indented_lines_stay_lines() {
        let mut out = Code::default();
        out.push_indented(4, &Code::fixed("a {\n\n    b\n}"));
        assert_eq!(out.as_str(), "    a {\n\n        b\n    }\n");
    }
}
