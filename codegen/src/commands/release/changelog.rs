//! Entries of a changelog in the form of Keep a Changelog.

use crate::append;
use crate::diff::render;
use crate::diff::review::Review;
use crate::text::Markdown;
use crate::text::markdown::code;
use semver::Version;

/// Returns the entry of a release.
pub(crate) fn entry(review: &Review, version: &Version, date: &str, review_link: Option<&str>) -> String {
    let mut out = Markdown::default();
    append!(out, "{}", render::changelog(review));
    if let Some(link) = review_link {
        append!(out, "\nReview: {}\n", code(link));
    }
    // Neither has characters that mean something in Markdown.
    format!("## {version} - {date}\n\n{}", out.as_str())
}

/// Returns a changelog with an entry before those of other versions. A changelog that has an entry of this version is
/// not changed.
pub(crate) fn inserted(old: Option<&str>, name: &str, version: &Version, entry: &str) -> String {
    let Some(old) = old else {
        let mut head = Markdown::default();
        append!(head, "# Changelog\n\nAll notable changes to {}.\n\n", code(name));
        return format!("{}{entry}", head.as_str());
    };
    let of_version = |line: &str| {
        let heading = line.strip_prefix("## ").map(|rest| rest.trim_start_matches('['));
        heading.and_then(|rest| rest.split([' ', ']']).next().map(str::to_owned))
    };
    let mut at = None;
    let mut offset = 0usize;
    for line in old.split_inclusive('\n') {
        match of_version(line.trim_end()) {
            Some(other) if other == version.to_string() => return old.to_owned(),
            Some(other) if at.is_none() && Version::parse(other.trim_start_matches('v')).is_ok() => at = Some(offset),
            _ => {}
        }
        offset = offset.saturating_add(line.len());
    }
    let (before, after) = old.split_at_checked(at.unwrap_or(old.len())).unwrap_or((old, ""));
    let before = before.trim_end();
    let after = if after.is_empty() { String::new() } else { format!("\n{after}") };
    format!("{before}\n\n{entry}{after}")
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
    use super::inserted;
    use semver::Version;

    #[test]
    fn entries_are_inserted_before_older_ones() {
        let version = Version::new(0, 2, 0);
        let new = inserted(None, "x", &version, "## 0.2.0 - today\n\nA.\n");
        assert_eq!(new, "# Changelog\n\nAll notable changes to `x`.\n\n## 0.2.0 - today\n\nA.\n");
        assert_eq!(inserted(Some(&new), "x", &version, "## 0.2.0 - today\n\nB.\n"), new);
        let next = inserted(Some(&new), "x", &Version::new(0, 3, 0), "## 0.3.0 - today\n\nB.\n");
        assert!(next.contains("`x`.\n\n## 0.3.0 - today\n\nB.\n\n## 0.2.0"), "{next}");
        let own = "# Changes\n\n## Unreleased\n\n- mine\n\n## [0.1.0]\n\n- first\n";
        let next = inserted(Some(own), "x", &version, "## 0.2.0 - today\n");
        assert_eq!(next, "# Changes\n\n## Unreleased\n\n- mine\n\n## 0.2.0 - today\n\n## [0.1.0]\n\n- first\n");
    }
}
