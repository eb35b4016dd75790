//! SARIF 2.1.0, which code scanning services read.

use super::words::{plain, title};
use crate::diff::change::Finding;
use crate::diff::review::Review;
use crate::diff::rules;
use crate::diff::verdict::{Bump, WireCompatibility};
use crate::text::json::pretty;
use serde::Serialize;
use serde_json::{Value, json};

/// A log with the parts of the format that reports use. Written from the findings: thousands of them as values of JSON would
/// take several times the memory of the text.
#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    runs: [Run<'a>; 1],
    version: &'static str,
}

#[derive(Serialize)]
struct Run<'a> {
    properties: Revisions,
    results: Vec<Outcome<'a>>,
    tool: Value,
}

#[derive(Serialize)]
struct Revisions {
    revisions: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    level: &'static str,
    locations: [Location<'a>; 1],
    message: Text,
    partial_fingerprints: Fingerprints<'a>,
    properties: Verdicts,
    rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressions: Option<[Suppression<'a>; 1]>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    logical_locations: [LogicalLocation<'a>; 1],
    physical_location: PhysicalLocation,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation<'a> {
    fully_qualified_name: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
struct Fingerprints<'a> {
    #[serde(rename = "change/v1")]
    change: &'a str,
}

#[derive(Serialize)]
struct Verdicts {
    direction: &'static str,
    rust: &'static str,
    wire: &'static str,
}

#[derive(Serialize)]
struct Suppression<'a> {
    justification: &'a str,
    kind: &'static str,
}

pub(super) fn render(review: &Review) -> String {
    let results = review.reports.iter().flat_map(|report| {
        let path = uri(&report.new.path);
        report.findings.iter().map(move |finding| result(finding.file.as_deref().map_or(path.clone(), uri), finding))
    });
    let rules: Vec<Value> = rules::all()
        .map(|rule| {
            json!({
                "id": rule.id,
                "shortDescription": {"text": rule.example},
                "fullDescription": {"text": rule.rationale},
            })
        })
        .collect();
    let tool = json!({"driver": {
        "name": "discovery-codegen",
        "version": env!("CARGO_PKG_VERSION"),
        "rules": rules,
    }});
    let properties = Revisions { revisions: review.reports.iter().map(title).collect() };
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        runs: [Run { properties, results: results.collect(), tool }],
        version: "2.1.0",
    };
    // Texts, numbers and lists are always serializable.
    pretty(&log).unwrap_or_default() + "\n"
}

fn result(uri: String, finding: &Finding) -> Outcome<'_> {
    let change = &finding.change;
    let level = match (change.wire, change.rust) {
        (WireCompatibility::Breaking, _) => "error",
        (WireCompatibility::Risky, _) => "warning",
        (WireCompatibility::Safe, Bump::Major) => "note",
        _ => "none",
    };
    let region = finding.line.map(|start_line| Region { start_line });
    let physical_location = PhysicalLocation { artifact_location: Artifact { uri }, region };
    let subject = LogicalLocation { fully_qualified_name: &change.subject };
    let (direction, rust, wire) = (change.direction.as_str(), change.rust.as_str(), change.wire.as_str());
    let suppression = |reason| [Suppression { justification: reason, kind: "external" }];
    Outcome {
        level,
        locations: [Location { logical_locations: [subject], physical_location }],
        message: Text { text: plain(&change.message) },
        partial_fingerprints: Fingerprints { change: &change.fingerprint },
        properties: Verdicts { direction, rust, wire },
        rule_id: change.rule.id,
        suppressions: finding.accepted.as_deref().map(suppression),
    }
}

/// Returns a path as a relative reference of a URI.
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/:".contains(&byte);
    path.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
