//! Text that all human-readable renderers share.

use crate::diff::change::{Change, Finding, Report};
use crate::diff::rules;
use crate::diff::verdict::{Bump, Direction, WireCompatibility};
use serde_json::Value;

/// Part of a sentence: plain text, or a name between backticks.
pub(super) enum Piece<'a> {
    Text(&'a str),
    Code(&'a str),
}

/// Returns the parts of a message. Names come from the document: each renderer must escape them.
pub(super) fn pieces(message: &str) -> impl Iterator<Item = Piece<'_>> {
    let parts = message.split('`').enumerate().filter(|(_, part)| !part.is_empty());
    parts.map(|(at, part)| if at % 2 == 0 { Piece::Text(part) } else { Piece::Code(part) })
}

/// Legend of the columns and symbols of reports.
pub const LEGEND: [&str; 3] = [
    "wire: breaking: calls of old clients fail; risky: some may; safe: none do",
    "rust: version of the generated crate: major: programs may no longer compile (0.x: minor); minor: additions (0.x: patch); patch",
    "→ in requests  ← in responses  ↔ in both  · reached by no method",
];

/// Returns a message without the backticks around names.
pub(super) fn plain(message: &str) -> String {
    message.replace('`', "")
}

/// Returns an arrow for a direction: to the service, from it, both, none.
pub(super) fn arrow(direction: Direction) -> &'static str {
    match direction {
        Direction::Request => "→",
        Direction::Response => "←",
        Direction::Both => "↔",
        Direction::Unused => "·",
    }
}

/// Formats a number with separators: `1,370`.
pub(super) fn number(count: usize) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && digits.len().saturating_sub(at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Formats a number with its noun: `1 method`, `2 methods`.
pub(super) fn counted(count: usize, one: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{} {one}{ending}", number(count))
}

/// Returns the API and its revisions: `aiplatform:v1, 20260601 → 20260717`.
pub(super) fn title(report: &Report) -> String {
    let (old, new) = (&report.old, &report.new);
    let ids = if old.id == new.id { new.id.clone() } else { format!("{} → {}", old.id, new.id) };
    match (&old.revision, &new.revision) {
        (None, None) => ids,
        (Some(old), Some(new)) if old == new => format!("{ids}, {new}"),
        (old, new) => {
            let revision = |revision: &Option<String>| revision.clone().unwrap_or_else(|| "unknown".into());
            format!("{ids}, {} → {}", revision(old), revision(new))
        }
    }
}

/// Returns the verdict as a word: `major`, or `none` if nothing changed.
pub(super) fn semver(bump: Option<Bump>) -> &'static str {
    bump.map_or("none", Bump::as_str)
}

/// Returns the number of findings by wire verdict.
pub(super) fn tally(report: &Report) -> [(WireCompatibility, usize); 3] {
    [WireCompatibility::Breaking, WireCompatibility::Risky, WireCompatibility::Safe]
        .map(|wire| (wire, report.findings.iter().filter(|f| f.change.wire == wire).count()))
}

/// Returns a sentence that recommends an action.
pub(super) fn advice(report: &Report) -> String {
    let touched =
        |wire: WireCompatibility| report.methods_of(report.findings.iter().filter(|f| f.change.wire == wire)).len();
    let wire = match report.wire() {
        WireCompatibility::Breaking => {
            format!("Breaks callers of {}.", counted(touched(WireCompatibility::Breaking), "method"))
        }
        WireCompatibility::Risky => {
            format!("May break callers of {}.", counted(touched(WireCompatibility::Risky), "method"))
        }
        WireCompatibility::Safe if report.findings.is_empty() => return "Nothing changed.".into(),
        WireCompatibility::Safe => "Old clients still work.".into(),
    };
    let rust = match report.semver() {
        Some(Bump::Major) => "The generated crate needs a new major version (0.x: a new minor version).",
        Some(Bump::Minor) => "The generated crate needs a new minor version (0.x: a patch version).",
        Some(Bump::Patch) | None => "A patch version of the generated crate is enough.",
    };
    format!("{wire} {rust}")
}

/// Returns `true` if the finding is about changed descriptions only.
pub(super) fn is_prose(finding: &Finding) -> bool {
    finding.change.rule == &rules::PROSE_CHANGED
}

/// Returns the resource of a method, which reports can be filtered by.
pub(super) fn resource(method: &str) -> &str {
    method.rsplit_once('.').map_or(method, |(resource, _)| resource)
}

/// Returns the old and the new value of a change, if its message does not have them: a value with a key, such as
/// `{"maxLength": 5}`, is one that the message names.
pub(super) fn values(change: &Change) -> Option<(String, String)> {
    let (before, after) = (change.before.as_ref()?, change.after.as_ref()?);
    if before.is_object() && after.is_object() {
        return None;
    }
    let shown = |side: &Value| match side {
        // Lists of names are read as such; the message has the meaning of other lists.
        Value::Array(all) => all.iter().map(Value::as_str).collect::<Option<Vec<_>>>().map(|names| names.join(", ")),
        other => Some(value(other)),
    };
    let (before, after) = (shown(before)?, shown(after)?);
    (!change.message.contains(&before)).then_some((before, after))
}

/// Returns the names of the methods that a finding affects, as many as a report shows, and the number of the rest. A
/// change of the only method is not repeated.
pub(super) fn methods<'a>(report: &'a Report, finding: &'a Finding) -> (Vec<&'a str>, usize) {
    const SHOWN: usize = 4;
    const REMOVED: usize = 60;
    let change = &finding.change;
    let count = change.touch.len();
    if count == 1 && report.methods(change).any(|only| change.message.contains(only)) {
        return (Vec::new(), 0);
    }
    let removed = finding.group && [&rules::METHOD_REMOVED, &rules::RESOURCE_REMOVED].contains(&finding.change.rule);
    let shown = if removed { REMOVED } else { SHOWN };
    (report.methods(change).take(shown).collect(), count.saturating_sub(shown))
}

/// Formats a value for display: text without quotes, everything else as JSON.
pub(super) fn value(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => serde_json::to_string_pretty(other).unwrap_or_default(),
    }
}

/// Returns `true` if reports show the details of a change.
pub(super) fn severe(change: &Change) -> bool {
    change.wire > WireCompatibility::Safe || change.rust == Bump::Major
}
