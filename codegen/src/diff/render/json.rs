//! JSON reports for programs.

use super::words::semver;
use crate::diff::change::{Change, Finding, Report, Revision};
use crate::diff::review::Review;
use crate::text::json::pretty;
use serde::Serialize;
use serde_json::Value;

/// Returns the report as JSON; for folders, an object with a report for each document.
pub(super) fn render(review: &Review) -> String {
    let text = match (review.folders, review.reports.as_slice()) {
        (false, [report]) => pretty(&json(report)),
        _ => pretty(&Folders {
            semver: semver(review.semver()),
            added: &review.added,
            removed: &review.removed,
            apis: review.reports.iter().map(json).collect(),
        }),
    };
    // A value made of strings, numbers and lists is always serializable.
    text.unwrap_or_default() + "\n"
}

/// Number of affected methods that the changes of a report list in total. Thousands of changes of one schema may affect
/// thousands of methods.
const ALL_METHODS: usize = 1_000_000;
/// Number of affected methods that each change lists if all of them are too many.
const METHODS: usize = 200;

#[derive(Serialize)]
struct Folders<'a> {
    semver: &'static str,
    added: &'a [String],
    removed: &'a [String],
    apis: Vec<JsonReport<'a>>,
}

#[derive(Serialize)]
struct JsonReport<'a> {
    semver: &'static str,
    wire: &'static str,
    old: JsonRevision<'a>,
    new: JsonRevision<'a>,
    atomic: usize,
    notes: &'a [String],
    changes: Vec<JsonFinding<'a>>,
}

#[derive(Serialize)]
struct JsonRevision<'a> {
    id: &'a str,
    revision: Option<&'a str>,
    source: &'a str,
}

#[derive(Serialize)]
struct JsonFinding<'a> {
    #[serde(flatten)]
    change: JsonChange<'a>,
    /// True if the finding is a group of changes.
    group: bool,
    accepted: Option<&'a str>,
    includes: Vec<JsonChange<'a>>,
}

#[derive(Serialize)]
struct JsonChange<'a> {
    rule: &'static str,
    fingerprint: &'a str,
    wire: &'static str,
    rust: &'static str,
    subject: &'a str,
    pointer: &'a str,
    direction: &'static str,
    /// The affected methods, or the first [`METHODS`] of them.
    methods: Vec<&'a str>,
    /// Number of all affected methods.
    method_count: usize,
    before: &'a Option<Value>,
    after: &'a Option<Value>,
    message: &'a str,
    rationale: &'static str,
    rust_before: Option<&'a str>,
    rust_after: Option<&'a str>,
}

fn json(report: &Report) -> JsonReport<'_> {
    fn revision(revision: &Revision) -> JsonRevision<'_> {
        JsonRevision { id: &revision.id, revision: revision.revision.as_deref(), source: &revision.source }
    }
    let changes = report.findings.iter().flat_map(|finding| [&finding.change].into_iter().chain(&finding.includes));
    let all = changes.map(|change| change.touch.len()).fold(0, usize::saturating_add);
    let most = if all <= ALL_METHODS { usize::MAX } else { METHODS };
    JsonReport {
        semver: semver(report.semver()),
        wire: report.wire().as_str(),
        old: revision(&report.old),
        new: revision(&report.new),
        atomic: report.atomic().count(),
        notes: &report.notes,
        changes: report.findings.iter().map(|f| finding(report, f, most)).collect(),
    }
}

fn finding<'a>(report: &'a Report, finding: &'a Finding, most: usize) -> JsonFinding<'a> {
    JsonFinding {
        change: change(report, &finding.change, most),
        group: finding.group,
        accepted: finding.accepted.as_deref(),
        includes: finding.includes.iter().map(|c| change(report, c, most)).collect(),
    }
}

fn change<'a>(report: &'a Report, change: &'a Change, most: usize) -> JsonChange<'a> {
    JsonChange {
        rule: change.rule.id,
        fingerprint: &change.fingerprint,
        wire: change.wire.as_str(),
        rust: change.rust.as_str(),
        subject: &change.subject,
        pointer: &change.pointer,
        direction: change.direction.as_str(),
        methods: report.methods(change).take(most).collect(),
        method_count: change.touch.len(),
        before: &change.before,
        after: &change.after,
        message: &change.message,
        rationale: change.rule.rationale,
        rust_before: change.rust_before.as_deref(),
        rust_after: change.rust_after.as_deref(),
    }
}
