//! Entries of a changelog in the form of Keep a Changelog.

use crate::append;
use crate::diff::render;
use crate::diff::review::Review;
use crate::text::Markdown;
use crate::text::markdown::code;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use semver::Version;

/// Returns the entry of a release.
pub(crate) fn entry(review: &Review, version: &Version, date: &str, review_link: Option<&str>) -> String {
    let mut out = Markdown::default();
    append!(out, "{}", render::changelog(review));
    if let Some(link) = review_link {
        append!(out, "\nReview: {}\n", code(link));
    }
    // Neither has characters that mean something in Markdown.
    format!("## {version} - {date}\n\n{}", out.as_str().trim_start())
}

/// Returns a changelog with an entry before those of other versions, under a heading of the same level. A changelog
/// that has an entry of this version is not changed.
pub(crate) fn with_entry(old: Option<&str>, name: &str, version: &Version, entry: &str) -> String {
    let Some(old) = old.filter(|old| !old.trim().is_empty()) else {
        let mut head = Markdown::default();
        append!(head, "# Changelog\n\nAll notable changes to {}.\n\n", code(name));
        return format!("{}{entry}", head.as_str());
    };
    let earlier = releases(old);
    if earlier.iter().any(|release| release.version == *version) {
        return old.to_owned();
    }
    let (at, level) = match earlier.first() {
        Some(first) => (first.offset, first.level),
        None => (end_of_text(old), LEVEL),
    };
    let (before, after) = old.split_at_checked(at).unwrap_or((old, ""));
    let before = before.trim_end();
    let entry = with_level(entry, level);
    let start = if before.is_empty() { "" } else { "\n\n" };
    let end = if after.trim().is_empty() { "" } else { "\n" };
    format!("{before}{start}{entry}{end}{after}")
}

/// Level of the headings of entries in a changelog without others.
const LEVEL: usize = 2;

/// Place of a release in a changelog.
struct Release {
    version: Version,
    offset: usize,
    /// Level of its heading.
    level: usize,
}

/// Finds the releases of a changelog: headings that contain a version, and paragraphs that begin with one.
fn releases(text: &str) -> Vec<Release> {
    let mut found = Vec::new();
    // Block that is read: its place, the level of a heading, and its text.
    let mut block: Option<(usize, Option<usize>, String)> = None;
    let mut depth = 0usize;
    for (event, range) in Parser::new(text).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, .. }) if depth == 0 => {
                block = Some((range.start, Some(level as usize), String::new()));
            }
            Event::Start(Tag::Paragraph) if depth == 0 => block = Some((range.start, None, String::new())),
            Event::End(TagEnd::Heading(_) | TagEnd::Paragraph) => {
                let Some((offset, level, text)) = block.take() else { continue };
                let mut words = text.split_whitespace();
                let version = match level {
                    Some(_) => words.find_map(version_in),
                    None => words.next().and_then(version_in),
                };
                found.extend(version.map(|version| Release { version, offset, level: level.unwrap_or(LEVEL) }));
            }
            Event::Text(part) | Event::Code(part) => {
                if let Some((_, _, text)) = &mut block {
                    text.push_str(&part);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some((_, _, text)) = &mut block {
                    text.push(' ');
                }
            }
            Event::Start(Tag::List(_) | Tag::BlockQuote(_)) => depth = depth.saturating_add(1),
            Event::End(TagEnd::List(_) | TagEnd::BlockQuote(_)) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    found
}

/// Returns the version in a word: `0.1.0`, `[0.1.0]`, `v0.1.0`, `name@0.1.0`, `name-v0.1.0`.
fn version_in(word: &str) -> Option<Version> {
    let word = word.trim_matches(['[', ']', '(', ')', ':', ',', ';']);
    let word = word.rsplit('@').next().unwrap_or(word);
    let word = word.rsplit_once("-v").map_or(word, |(_, version)| version);
    Version::parse(word.strip_prefix(['v', 'V']).unwrap_or(word)).ok()
}

/// Returns the end of a text, before the definitions of links at its end.
fn end_of_text(text: &str) -> usize {
    let parser = Parser::new(text);
    let mut links: Vec<_> = parser.reference_definitions().iter().map(|(_, link)| link.span.clone()).collect();
    links.sort_by_key(|link| std::cmp::Reverse(link.end));
    links.iter().fold(text.len(), |end, link| match text.get(link.end..end) {
        Some(rest) if rest.trim().is_empty() => link.start,
        _ => end,
    })
}

/// Returns an entry whose heading has another level, and with it those in it.
fn with_level(entry: &str, level: usize) -> String {
    let line = |line: &str| match line.strip_prefix(&"#".repeat(LEVEL)) {
        Some(rest) => format!("{}{rest}", "#".repeat(level)),
        None => line.to_owned(),
    };
    entry.split_inclusive('\n').map(line).collect()
}

/// Returns the part of a review that lists the open tasks.
pub(crate) fn open(open: &[String]) -> String {
    if open.is_empty() {
        return String::new();
    }
    let mut out = Markdown::fixed("\n## To do\n\n");
    for line in open {
        append!(out, "- {}\n", render::markdown_message(line));
    }
    out.into_string()
}

#[cfg(test)]
mod tests {
    use super::with_entry;
    use semver::Version;

    #[test]
    fn entries_are_inserted_before_older_ones() {
        let version = Version::new(0, 2, 0);
        let new = with_entry(None, "x", &version, "## 0.2.0 - today\n\nA.\n");
        assert_eq!(new, "# Changelog\n\nAll notable changes to `x`.\n\n## 0.2.0 - today\n\nA.\n");
        assert_eq!(with_entry(Some(&new), "x", &version, "## 0.2.0 - today\n\nB.\n"), new);
        let next = with_entry(Some(&new), "x", &Version::new(0, 3, 0), "## 0.3.0 - today\n\nB.\n");
        assert!(next.contains("`x`.\n\n## 0.3.0 - today\n\nB.\n\n## 0.2.0"), "{next}");
    }

    #[test]
    fn changelogs_of_other_forms_get_an_entry_of_their_own_form() {
        for (old, new) in [
            (
                "# Changes\n\n## Unreleased\n\n- mine\n\n## [0.1.0]\n\n- first\n",
                "# Changes\n\n## Unreleased\n\n- mine\n\n## NEW\n\n## [0.1.0]\n\n- first\n",
            ),
            ("## v0.1.0 (2025-01-01)\n", "## NEW\n\n## v0.1.0 (2025-01-01)\n"),
            ("# 0.1.0\n\nfirst\n\n# 0.0.9\n", "# NEW\n\n# 0.1.0\n\nfirst\n\n# 0.0.9\n"),
            ("Changes\n===\n\n### 0.1.0 / 2025\n", "Changes\n===\n\n### NEW\n\n### 0.1.0 / 2025\n"),
            ("Changes\n===\n\n0.1.0 (2025)\n---\n", "Changes\n===\n\n## NEW\n\n0.1.0 (2025)\n---\n"),
            ("# Notes\n\n## Version 0.1.0\n", "# Notes\n\n## NEW\n\n## Version 0.1.0\n"),
            ("# Notes\n\n## x@0.1.0\n", "# Notes\n\n## NEW\n\n## x@0.1.0\n"),
            ("# Notes\n\n## x-v0.1.0\n", "# Notes\n\n## NEW\n\n## x-v0.1.0\n"),
            ("# Notes\n\n## [0.1.0](https://x) (2025)\n", "# Notes\n\n## NEW\n\n## [0.1.0](https://x) (2025)\n"),
            ("# Notes\n\n**0.1.0** (2025)\n\n- first\n", "# Notes\n\n## NEW\n\n**0.1.0** (2025)\n\n- first\n"),
            ("# Notes\n\n```\n## 0.0.1\n```\n\n## 0.1.0\n", "# Notes\n\n```\n## 0.0.1\n```\n\n## NEW\n\n## 0.1.0\n"),
            ("# Notes\n\n- 0.1.0\n", "# Notes\n\n- 0.1.0\n\n## NEW\n"),
            (
                "# Notes\n\n## Unreleased\n\n[Unreleased]: https://x\n[a]: https://y\n",
                "# Notes\n\n## Unreleased\n\n## NEW\n\n[Unreleased]: https://x\n[a]: https://y\n",
            ),
        ] {
            let entry = |level| format!("{} 0.2.0 - today\n", "#".repeat(level));
            let level = new.split(" NEW").next().unwrap().rsplit('\n').next().unwrap().len();
            let expected = new.replace(&format!("{} NEW\n", "#".repeat(level)), &entry(level));
            let version = Version::new(0, 2, 0);
            assert_eq!(with_entry(Some(old), "x", &version, &entry(2)), expected);
            assert_eq!(with_entry(Some(&expected), "x", &version, &entry(2)), expected);
        }
        let first = with_entry(Some(" \n"), "x", &Version::new(0, 1, 0), "## 0.1.0\n");
        assert!(first.starts_with("# Changelog\n"), "{first}");
        let sections = with_entry(Some("# 0.1.0\n"), "x", &Version::new(0, 2, 0), "## 0.2.0\n\n### Added\n\n- A.\n");
        assert_eq!(sections, "# 0.2.0\n\n## Added\n\n- A.\n\n# 0.1.0\n");
    }
}
