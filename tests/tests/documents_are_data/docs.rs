//! Comparison of doc comments by what rustdoc makes of them.

use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, Options, Parser, Tag};
use std::collections::BTreeMap;

/// Checks that the docs of a Rust text have no markup that those of its twin do not have, and no code that `cargo test`
/// compiles.
pub(crate) fn same(hostile: &str, twin: &str) -> Result<(), String> {
    let (hostile, twin) = (parts(hostile)?, parts(twin)?);
    for (part, count) in &hostile {
        let expected = twin.get(part).copied().unwrap_or_default();
        if *count > expected {
            return Err(format!("docs have {count} of `{part}`, not {expected}"));
        }
    }
    Ok(())
}

/// Counts the elements that only the generator itself may write: code that is compiled, headings, and links to items.
fn parts(text: &str) -> Result<BTreeMap<String, usize>, String> {
    let mut counts = BTreeMap::new();
    for doc in docs(text) {
        let mut references = 0;
        let mut reference = |_: BrokenLink<'_>| {
            references += 1;
            None
        };
        // All that rustdoc reads.
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_SMART_PUNCTUATION;
        for event in Parser::new_with_broken_link_callback(&doc, options, Some(&mut reference)) {
            let part = match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) if &*language == "text" => continue,
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => format!("code of {language}"),
                Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => return Err(format!("indented code in {doc}")),
                Event::Start(Tag::Link { dest_url, .. }) => match dest_url.split_once("//") {
                    Some(("https:" | "http:", _)) => continue,
                    _ if dest_url.chars().all(|c| c.is_ascii_alphanumeric() || "_:".contains(c)) => "link".to_owned(),
                    _ => return Err(format!("a link to {dest_url} in {doc}")),
                },
                Event::Start(Tag::Heading { .. }) => "heading".to_owned(),
                Event::Start(
                    Tag::Paragraph | Tag::List(_) | Tag::Item | Tag::Emphasis | Tag::Strong | Tag::Strikethrough,
                ) => continue,
                Event::Text(_) | Event::Code(_) | Event::SoftBreak | Event::End(_) => continue,
                other => return Err(format!("{other:?} in {doc}")),
            };
            *counts.entry(part).or_insert(0) += 1;
        }
        *counts.entry("reference".to_owned()).or_insert(0) += references;
    }
    Ok(counts)
}

/// Returns the doc comments of a Rust text, each of consecutive lines.
fn docs(text: &str) -> Vec<String> {
    let mut docs = Vec::new();
    let mut last = None;
    for line in text.lines().map(str::trim_start) {
        let mark = ["///", "//!"].into_iter().find(|mark| line.starts_with(mark));
        if let Some(mark) = mark {
            let line = line.trim_start_matches(mark);
            match docs.last_mut() {
                Some(doc) if last == Some(mark) => *doc = format!("{doc}\n{line}"),
                _ => docs.push(line.to_owned()),
            }
        }
        last = mark;
    }
    docs
}
