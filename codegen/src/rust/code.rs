//! Rust code as text.
//!
//! Regular code (structs, their setters, tables) is written by templates; other code is built of tokens, which `syn`
//! and `prettyplease` format. Measurements of both are in the README.

use crate::append;
use crate::text::{Code, Fragment, rust};
use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;

/// Longest line that is not broken, in bytes.
const WIDTH: usize = 100;

impl ToTokens for Code {
    #[expect(clippy::panic, reason = "code is made of templates and valid identifiers, so its tokens are valid")]
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let text = self.as_str();
        tokens.extend(text.parse::<TokenStream>().unwrap_or_else(|error| panic!("invalid tokens `{text}`: {error}")));
    }
}

/// Formats tokens of items.
///
/// # Panics
/// Panics if the tokens are not valid Rust, which is a bug in this crate.
#[expect(clippy::panic, reason = "tokens are made of templates and valid identifiers, so they are items")]
pub(super) fn items(tokens: TokenStream) -> Code {
    rust::items(tokens).unwrap_or_else(|error| panic!("generated code is not valid Rust: {error}"))
}

/// Returns a module of items, with its docs.
pub(super) fn module(docs: &super::docs::Docs, name: &Ident, items: &[Code]) -> Code {
    let mut out = Code::default();
    docs.write(&mut out, 0);
    append!(out, "pub mod {} {{\n", name);
    for (index, items) in items.iter().filter(|items| !items.is_empty()).enumerate() {
        if index > 0 {
            append!(out, "\n");
        }
        out.push_indented(4, items);
    }
    append!(out, "}}\n");
    out
}

/// Writes a list between brackets, on one line if it fits after `before`, which ends with the opening bracket; `after`
/// begins with the closing one. `indent` is that of the line, in spaces.
pub(super) fn list(
    out: &mut Code,
    indent: usize,
    before: &dyn Fragment<rust::Rust>,
    list: &[Code],
    after: &'static str,
) {
    let start = out.len();
    append!(out, "{}{}", spaces(indent), before);
    for (index, item) in list.iter().enumerate() {
        append!(out, "{}{}", if index > 0 { ", " } else { "" }, item);
    }
    append!(out, "{}\n", after);
    if out.len().saturating_sub(start) <= WIDTH || list.is_empty() {
        return;
    }
    out.truncate(start);
    append!(out, "{}{}\n", spaces(indent), before);
    for item in list {
        append!(out, "{}    {},\n", spaces(indent), item);
    }
    append!(out, "{}{}\n", spaces(indent), after);
}

/// Returns a number of spaces, up to sixteen.
pub(super) fn spaces(number: usize) -> &'static str {
    const SPACES: &str = "                ";
    SPACES.get(..number).unwrap_or(SPACES)
}
