//! Comparison of Markdown by syntax tree.

use pulldown_cmark::{Event, Options, Parser, Tag};
use std::collections::BTreeMap;

/// Checks that two Markdown texts have the same elements, except for their text and code.
pub(crate) fn same(hostile: &str, twin: &str) -> Result<(), String> {
    let (hostile_parts, twin_parts) = (parts(hostile), parts(twin));
    if hostile_parts == twin_parts {
        return Ok(());
    }
    Err(format!("Markdown differs: {hostile_parts:?} and {twin_parts:?}\n{hostile}\n----\n{twin}"))
}

/// Checks that two reviews have the same kinds of elements. Their numbers differ with the lines of values.
pub(crate) fn same_kinds(hostile: &str, twin: &str) -> Result<(), String> {
    // Elements of reviews, of which a smaller change has fewer.
    let own = ["code", "strong", "hard break", "HTML <br", "HTML <details", "HTML </details"];
    let (hostile_kinds, twin_kinds) = (parts(hostile), parts(twin));
    let is_new = |kind: &&String| !twin_kinds.contains_key(*kind) && !own.contains(&kind.as_str());
    let more: Vec<&String> = hostile_kinds.keys().filter(is_new).collect();
    if more.is_empty() {
        Ok(())
    } else {
        Err(format!("Markdown has elements that its twin does not have: {more:?}\n{hostile}\n----\n{twin}"))
    }
}

/// Counts the elements of each kind.
fn parts(text: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    // GitHub's extensions of CommonMark.
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_FOOTNOTES;
    for event in Parser::new_ext(text, options) {
        let name = match event {
            // Text and breaks between the parts.
            Event::Text(_) | Event::SoftBreak | Event::End(_) => continue,
            Event::Start(Tag::Link { dest_url, .. }) => format!("link to {}", kind(&dest_url)),
            Event::Start(Tag::Strong) => "strong".to_owned(),
            Event::Start(tag) => format!("{:?}", std::mem::discriminant(&tag)),
            Event::Html(text) | Event::InlineHtml(text) => {
                format!("HTML {}", text.split(['=', ' ', '>']).next().unwrap_or(""))
            }
            Event::Code(_) => "code".to_owned(),
            Event::HardBreak => "hard break".to_owned(),
            other => format!("{:?}", std::mem::discriminant(&other)),
        };
        *counts.entry(name).or_insert(0) += 1;
    }
    counts
}

/// Returns the scheme of a link; `#` for a link within the page.
fn kind(url: &str) -> &str {
    if url.starts_with('#') { "#" } else { url.split_once(':').map_or("a path", |(scheme, _)| scheme) }
}
