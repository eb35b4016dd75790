//! Comparison of Rust code by tokens, except literals and docs.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::BTreeMap;

/// Returns the tokens of Rust code: names and punctuation as text, literals by their kind, without docs.
///
/// # Errors
/// When the text is not valid Rust.
pub fn tokens(text: &str) -> Result<Vec<String>, String> {
    let stream: TokenStream = text.parse().map_err(|error| format!("not Rust: {error}"))?;
    let mut out = Vec::new();
    push(stream, &mut out);
    Ok(out)
}

fn push(stream: TokenStream, out: &mut Vec<String>) {
    let mut trees = stream.into_iter().peekable();
    while let Some(tree) = trees.next() {
        match tree {
            TokenTree::Punct(punct) if punct.as_char() == '#' => {
                let inner = trees.next_if(|tree| matches!(tree, TokenTree::Punct(p) if p.as_char() == '!'));
                if trees.next_if(is_doc).is_none() {
                    out.push("#".to_owned());
                    out.extend(inner.map(|_| "!".to_owned()));
                }
            }
            TokenTree::Punct(punct) => out.push(punct.as_char().to_string()),
            TokenTree::Ident(ident) => out.push(ident.to_string()),
            TokenTree::Literal(literal) => out.push(kind(&literal.to_string()).to_owned()),
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                out.push(open.to_owned());
                push(group.stream(), out);
                // A list on several lines has a trailing comma.
                if out.last().is_some_and(|last| last == ",") {
                    out.pop();
                }
                out.push(close.to_owned());
            }
        }
    }
}

/// Returns `true` for `[doc = "…"]`.
fn is_doc(tree: &TokenTree) -> bool {
    let TokenTree::Group(group) = tree else { return false };
    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
    match inner.as_slice() {
        [TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Literal(_)] => name == "doc",
        _ => false,
    }
}

fn kind(literal: &str) -> &'static str {
    match literal.as_bytes() {
        [b'"', ..] | [b'r', ..] => "\"text\"",
        [b'b', ..] => "b\"bytes\"",
        [b'\'', ..] => "'c'",
        _ => "0",
    }
}

/// Checks that two Rust texts differ only in literals, docs and consistently replaced names.
///
/// # Errors
/// The first other difference.
pub fn same(hostile: &str, twin: &str) -> Result<(), String> {
    let (mut hostile, mut twin) = (tokens(hostile)?, tokens(twin)?);
    // The arms of a match have braces if a line is too long. Braces without other tokens have no effect.
    for tokens in [&mut hostile, &mut twin] {
        tokens.retain(|token| !matches!(token.as_str(), "{" | "}" | ","));
    }
    if renamed(&hostile, &twin) || shape(&hostile) == shape(&twin) {
        return Ok(());
    }
    let at = hostile.iter().zip(&twin).position(|(a, b)| a != b).unwrap_or(hostile.len().min(twin.len()));
    let show = |tokens: &[String]| {
        let from = at.saturating_sub(12).min(tokens.len());
        tokens[from..(at + 24).min(tokens.len())].join(" ")
    };
    Err(format!("code differs\n  hostile:  {}\n  harmless: {}", show(&hostile), show(&twin)))
}

/// Returns `true` if the token lists are equal after a consistent replacement of names.
fn renamed(one: &[String], other: &[String]) -> bool {
    let mut there = BTreeMap::new();
    let mut back = BTreeMap::new();
    one.len() == other.len()
        && one.iter().zip(other).all(|(a, b)| {
            let both = a == b || is_name(a) && is_name(b);
            both && *there.entry(a).or_insert(b) == b && *back.entry(b).or_insert(a) == a
        })
}

/// Counts tokens, all names as one kind, so that the order of items does not matter.
fn shape(tokens: &[String]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for token in tokens {
        *counts.entry(if is_name(token) { "name" } else { token.as_str() }).or_insert(0) += 1;
    }
    counts
}

/// Returns `true` for names that are not keywords or names of the standard library.
fn is_name(token: &str) -> bool {
    const KEYWORDS: [&str; 24] = [
        "as", "const", "crate", "enum", "extern", "fn", "for", "impl", "in", "let", "match", "mod", "move", "mut",
        "pub", "ref", "return", "self", "static", "struct", "super", "type", "use", "where",
    ];
    token.starts_with(|c: char| c.is_alphabetic() || c == '_') && !KEYWORDS.contains(&token)
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn only_literals_docs_and_names_may_differ() {
        assert!(same("/// a\nfn f() { g(\"x\") }", "/// b\n/// c\nfn f() { g(\"y\") }").is_ok());
        assert!(same("struct A; impl A {}", "struct B; impl B {}").is_ok());
        assert!(same("struct A; impl A {}", "struct B; impl C {}").is_ok(), "names may be in another order");
        assert!(same("/// a\nfn f() {}\nfn g() {}", "/// b\nfn f() {}").is_err());
        assert!(same("#[doc = include_str!(\"x\")] fn f() {}", "#[doc = \"x\"] fn f() {}").is_err());
        assert!(same("fn f() { /*", "fn f() {}").is_err());
    }
}
