//! Rust: comments, doc comments and string literals.

use super::line::is_line_char;
use super::safe::{Safe, sealed::Sealed};
use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use std::fmt::Write;

/// The target: Rust source.
pub enum Rust {}

/// Rust source: a type, a path, items.
pub type Code = Safe<Rust>;

/// Text of a comment or doc comment, less its slashes: one line, which nothing leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment(String);

/// Returns text as that of a comment. White space of any other kind becomes a space, other characters that are not for
/// a line are left out.
pub fn comment(text: impl Into<String>) -> Comment {
    let text = text.into();
    if text.chars().all(is_line_char) {
        return Comment(text);
    }
    let line = text.chars().filter_map(|c| match is_line_char(c) {
        true => Some(c),
        false => c.is_whitespace().then_some(' '),
    });
    Comment(line.collect())
}

/// Returns text as a string literal, which holds exactly that text.
pub fn literal(text: &str) -> Code {
    Code::escaped(format!("{text:?}"))
}

/// Returns tokens as Rust, formatted. A string among tokens is a literal, whatever it holds.
///
/// # Errors
/// When the tokens are not Rust items.
pub fn items(tokens: TokenStream) -> Result<Code, syn::Error> {
    Ok(Code::escaped(prettyplease::unparse(&syn::parse2(tokens)?)))
}

/// Parses a path of a type or module.
///
/// # Errors
/// When the text is not a path.
pub fn path(text: &str) -> Result<Code, syn::Error> {
    let path: syn::Path = syn::parse_str(text)?;
    let item = items(quote::quote!(type Path = #path;))?;
    let formatted = item.as_str().trim_end().trim_start_matches("type Path = ").trim_end_matches(';');
    Ok(Code::escaped(formatted.to_owned()))
}

/// Returns code with the beginning of paths replaced, outside of strings and comments.
pub fn replace(code: &Code, from: &'static str, to: &Code) -> Code {
    let mut out = String::with_capacity(code.as_str().len());
    let mut rest = code.as_str();
    while !rest.is_empty() {
        let end = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with('"') {
            string_end(rest)
        } else if let Some(after) = rest.strip_prefix(from)
            && !out.ends_with(|c: char| is_word(c) || c == '>')
            && !after.starts_with(is_word)
        {
            out.push_str(to.as_str());
            rest = after;
            continue;
        } else {
            rest.chars().next().map_or(0, char::len_utf8)
        };
        let (part, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        out.push_str(part);
        rest = after;
    }
    Code::escaped(out)
}

fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

/// Returns the length of the string literal that a text begins with.
fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at.saturating_add(1),
            _ => escaped = c == '\\' && !escaped,
        }
    }
    text.len()
}

impl Comment {
    /// Returns the code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text after a space, where there is any.
    pub fn spaced(self) -> Self {
        if self.0.is_empty() { self } else { Self(format!(" {}", self.0)) }
    }
}

impl Sealed<Rust> for Comment {
    fn append_to(&self, out: &mut String) {
        out.push_str(&self.0);
    }
}

impl Sealed<Rust> for &Comment {
    fn append_to(&self, out: &mut String) {
        out.push_str(&self.0);
    }
}

/// As the value of a `doc` attribute.
impl ToTokens for Comment {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.0.to_tokens(tokens);
    }
}

impl Sealed<Rust> for Ident {
    fn append_to(&self, out: &mut String) {
        // Writing to a string never fails.
        let _ = write!(out, "{self}");
    }
}

impl Sealed<Rust> for &Ident {
    fn append_to(&self, out: &mut String) {
        Ident::append_to(self, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_is_one_line() {
        let text = "a\nb\rc\u{85}d\u{2028}e\u{2029}f\u{202e}g\0h */ \"#";
        let Comment(line) = comment(text);
        assert!(line.chars().all(is_line_char), "{line:?}");
        assert_eq!(line, "a b c d e fgh */ \"#");
    }

    #[test]
    fn literals_are_escaped() {
        for text in ["\n\r\u{85}\u{2028}\u{2029}\u{202e}\0\u{1b}", "\"#", "\\", "ünïcode", "{body}"] {
            let code = literal(text);
            assert!(code.as_str().chars().all(is_line_char), "{code:?}");
            let literal: syn::LitStr = syn::parse_str(code.as_str()).unwrap();
            assert_eq!(literal.value(), text);
        }
    }
}
