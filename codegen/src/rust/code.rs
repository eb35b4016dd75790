//! Rust code as text.
//!
//! Most code is written by templates. Functions of methods and aliases are built of tokens, which `syn` and
//! `prettyplease` format.

use crate::append;
use crate::text::{Code, Fragment, rust};
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

/// Longest line that is not broken, in bytes.
pub(super) const WIDTH: usize = 100;

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

/// Writes the attribute of a deprecated item.
pub(super) fn deprecated(out: &mut Code, indent: usize, deprecated: bool) {
    if deprecated {
        append!(out, "{}#[deprecated]\n", spaces(indent));
    }
}

/// Returns an `impl` block of functions, which are indented.
pub(super) fn implementation(ident: &Ident, functions: impl IntoIterator<Item = Code>) -> Code {
    let mut out = crate::code!("impl {} {{\n", ident);
    for function in functions {
        out.push(&function);
    }
    append!(out, "}}\n");
    out
}

/// Formats tokens of functions of an `impl` block, indented. A block of thousands is formatted function by function:
/// its syntax tree would take gigabytes.
///
/// # Panics
/// Panics if the tokens are not valid Rust, which is a bug in this crate.
pub(super) fn functions(tokens: TokenStream) -> Code {
    let mut out = Code::default();
    out.push_inside(&items(quote! { impl Type { #tokens } }));
    out
}

/// Writes a struct that wraps a value of a type with arguments.
pub(super) fn wrapper(out: &mut Code, ident: &Ident, ty: &'static str, arguments: &[Code]) {
    append!(out, "#[derive(Clone, Debug)]\n");
    if arguments.is_empty() {
        append!(out, "pub struct {}(pub(crate) {});\n", ident, ty);
        return;
    }
    let start = out.len();
    append!(out, "pub struct {}(pub(crate) {}<{}>);\n", ident, ty, Code::join(arguments, ", "));
    if out.len().saturating_sub(start) > WIDTH {
        out.truncate(start);
        append!(out, "pub struct {}(\n", ident);
        list(out, 4, &crate::code!("pub(crate) {}<", ty), arguments, ">,");
        append!(out, ");\n");
    }
}

/// Returns a number of spaces, up to sixteen.
pub(super) fn spaces(number: usize) -> &'static str {
    const SPACES: &str = "                ";
    SPACES.get(..number).unwrap_or(SPACES)
}
