//! SARIF 2.1.0, which code scanning services read.

use super::words::{plain, title};
use crate::diff::change::{Finding, Report};
use crate::diff::review::Review;
use crate::diff::rules;
use crate::diff::verdict::{Bump, WireCompatibility};
use crate::text::json::pretty;
use serde_json::{Value, json};

pub(super) fn render(review: &Review) -> String {
    let results: Vec<Value> = review
        .reports
        .iter()
        .flat_map(|report| report.findings.iter().map(move |finding| result(report, finding)))
        .collect();
    let rules: Vec<Value> = rules::all()
        .map(|rule| {
            json!({
                "id": rule.id,
                "shortDescription": {"text": rule.example},
                "fullDescription": {"text": rule.rationale},
            })
        })
        .collect();
    let revisions: Vec<String> = review.reports.iter().map(title).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "discovery-codegen",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "results": results,
            "properties": {"revisions": revisions},
        }],
    });
    pretty(&log).unwrap_or_default() + "\n"
}

fn result(report: &Report, finding: &Finding) -> Value {
    let change = &finding.change;
    let level = match (change.wire, change.rust) {
        (WireCompatibility::Breaking, _) => "error",
        (WireCompatibility::Risky, _) => "warning",
        (WireCompatibility::Safe, Bump::Major) => "note",
        _ => "none",
    };
    let mut place = json!({"artifactLocation": {"uri": uri(&report.new.path)}});
    if let (Some(line), Some(place)) = (finding.line, place.as_object_mut()) {
        place.insert("region".into(), json!({"startLine": line}));
    }
    let mut result = json!({
        "ruleId": change.rule.id,
        "level": level,
        "message": {"text": plain(&change.message)},
        "locations": [{
            "physicalLocation": place,
            "logicalLocations": [{"fullyQualifiedName": change.subject}],
        }],
        "partialFingerprints": {"change/v1": change.fingerprint},
        "properties": {"wire": change.wire.as_str(), "rust": change.rust.as_str(), "direction": change.direction.as_str()},
    });
    if let (Some(reason), Some(result)) = (&finding.accepted, result.as_object_mut()) {
        result.insert("suppressions".into(), json!([{"kind": "external", "justification": reason}]));
    }
    result
}

/// Returns a path as a relative reference of a URI.
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/:".contains(&byte);
    path.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
