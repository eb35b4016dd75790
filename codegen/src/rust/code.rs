//! Rust as text.
//!
//! What is regular (structs, their setters, tables) is written as the text that it becomes; what is not is built of
//! tokens, which `syn` and `prettyplease` turn into text. What tokens cost is in the README.

use proc_macro2::TokenStream;
use quote::ToTokens;
use std::fmt::{self, Display};

/// The width up to which things stay on one line.
const WIDTH: usize = 100;

/// A type or a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Code(String);

impl Code {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl ToTokens for Code {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(self.0.parse::<TokenStream>().unwrap_or_else(|error| panic!("`{self}` is no Rust: {error}")));
    }
}

/// Items of tokens.
///
/// # Panics
/// When the tokens are no Rust, which is a fault of this crate.
pub(super) fn items(tokens: TokenStream) -> String {
    match syn::parse2(tokens) {
        Ok(file) => prettyplease::unparse(&file),
        Err(error) => panic!("generated code is no Rust: {error}"),
    }
}

/// A module of items, with docs of one line.
pub(super) fn module(doc: &str, name: &str, items: &[String]) -> String {
    let mut out = format!("/// {doc}\npub mod {name} {{\n");
    for (index, items) in items.iter().filter(|items| !items.is_empty()).enumerate() {
        if index > 0 {
            out.push('\n');
        }
        for line in items.lines() {
            if !line.is_empty() {
                out.push_str("    ");
                out.push_str(line);
            }
            out.push('\n');
        }
    }
    out.push_str("}\n");
    out
}

/// What stands between brackets, on one line if there is room for it behind `before`, which ends with the opening
/// bracket; `after` begins with the closing one. `indent` is that of the line, in spaces.
pub(super) fn list<T: Display>(out: &mut String, indent: usize, before: &str, list: &[T], after: &str) {
    use fmt::Write;
    let start = out.len();
    let _ = write!(out, "{:indent$}{before}", "");
    for (index, item) in list.iter().enumerate() {
        let _ = write!(out, "{}{item}", if index > 0 { ", " } else { "" });
    }
    let _ = writeln!(out, "{after}");
    if out.len() - start <= WIDTH || list.is_empty() {
        return;
    }
    out.truncate(start);
    let _ = writeln!(out, "{:indent$}{before}", "");
    for item in list {
        let _ = writeln!(out, "{:indent$}    {item},", "");
    }
    let _ = writeln!(out, "{:indent$}{after}", "");
}
