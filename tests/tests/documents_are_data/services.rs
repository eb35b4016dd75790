//! Formats of reviews that services read: each text of a document is in the place that the format has for it.

use discovery_codegen::diff::review::Review;
use discovery_codegen::diff::{Bump, Finding, WireCompatibility};
use discovery_codegen::text::visible;
use serde_json::Value;
use std::collections::BTreeSet;

fn findings(review: &Review) -> impl Iterator<Item = &Finding> {
    review.reports.iter().flat_map(|report| &report.findings)
}

/// Returns the sentence of a finding, as formats without markup have it.
fn message(finding: &Finding) -> String {
    finding.change.message.replace('`', "")
}

pub(crate) fn json(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| format!("{error}: {text}"))
}

/// Checks a log of SARIF: its results are the findings.
pub(crate) fn sarif(review: &Review, text: &str) -> Result<(), String> {
    let log = json(text)?;
    let results = log["runs"][0]["results"].as_array().cloned().unwrap_or_default();
    let messages: Vec<&str> = results.iter().filter_map(|result| result["message"]["text"].as_str()).collect();
    let expected: Vec<String> = findings(review).map(message).collect();
    if messages != expected {
        return Err(format!("SARIF has {messages:?}, not {expected:?}"));
    }
    let path = review.reports.iter().map(|report| report.new.path.as_str()).next().unwrap_or_default();
    let place = |result: &Value| result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].clone();
    let uris: BTreeSet<String> =
        results.iter().filter_map(|result| place(result).as_str().map(str::to_owned)).collect();
    match uris.iter().find(|uri| decoded(uri).as_deref() != Some(path)) {
        Some(uri) => Err(format!("{uri:?} is not the path {path:?}")),
        None => Ok(()),
    }
}

/// Returns the text of the path of a URI; `None` for what is none.
fn decoded(uri: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = uri.as_bytes();
    while let [first, after @ ..] = rest {
        let (byte, after) = match (first, after) {
            (b'%', [a, b, after @ ..]) => (u8::from_str_radix(std::str::from_utf8(&[*a, *b]).ok()?, 16).ok()?, after),
            (byte, after) if byte.is_ascii_alphanumeric() || b"-._~/:".contains(byte) => (*byte, after),
            _ => return None,
        };
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8(bytes).ok()
}

/// Checks JUnit XML: its elements are those of the format, and its cases the findings.
pub(crate) fn junit(review: &Review, text: &str) -> Result<(), String> {
    let document = roxmltree::Document::parse(text).map_err(|error| format!("{error}: {text}"))?;
    let mut cases = Vec::new();
    for node in document.descendants().filter(|node| !node.is_root()) {
        let attributes: Vec<&str> = node.attributes().map(|attribute| attribute.name()).collect();
        match (node.tag_name().name(), attributes.as_slice()) {
            ("testcase", ["name", "classname"]) => cases.extend(node.attribute("name").map(str::to_owned)),
            ("testsuites" | "skipped", [])
            | ("testsuite", ["name", "tests", "failures", "errors", "skipped"])
            | ("failure", ["type", "message"]) => {}
            ("", []) if node.text().is_some_and(|text| text.trim().is_empty()) => {}
            _ => return Err(format!("unexpected {node:?}")),
        }
    }
    let name = |finding: &Finding| {
        let change = &finding.change;
        visible(&format!("{} [{}, {}]", message(finding), change.wire, change.rust)).into_owned()
    };
    let expected: Vec<String> =
        findings(review).map(name).chain(review.removed.iter().map(|name| visible(name).into_owned())).collect();
    if cases == expected { Ok(()) } else { Err(format!("JUnit has {cases:?}, not {expected:?}")) }
}

/// Checks annotations of a workflow: each line is one command, whose text is that of a finding.
pub(crate) fn annotations(review: &Review, text: &str) -> Result<(), String> {
    let is_shown =
        |finding: &&Finding| finding.change.wire > WireCompatibility::Safe || finding.change.rust == Bump::Major;
    let sentence = |finding: &Finding| format!("{}. {}", escaped(&message(finding)), finding.change.rule.rationale);
    let removed = review.removed.iter().map(|name| escaped(&format!("{name} removed")));
    let expected: Vec<String> = findings(review).filter(is_shown).map(sentence).chain(removed).collect();
    let mut lines: Vec<&str> = text.lines().collect();
    // The last line is the summary.
    let summary = lines.pop().unwrap_or_default();
    let commands = lines.iter().map(|line| command(line)).collect::<Result<Vec<_>, _>>()?;
    command(summary)?;
    let (files, messages): (Vec<_>, Vec<_>) = commands.into_iter().unzip();
    if messages != expected {
        return Err(format!("annotations are {messages:?}, not {expected:?}"));
    }
    let path = review.reports.iter().map(|report| escaped(&report.new.path)).next();
    match files.into_iter().flatten().find(|file| Some(file) != path.as_ref()) {
        Some(file) => Err(format!("an annotation of the file {file:?}, not {path:?}")),
        None => Ok(()),
    }
}

/// Returns a text in which line feeds stay, which the format can represent, and other controls are escapes.
fn escaped(text: &str) -> String {
    text.split('\n').map(|line| visible(line).into_owned()).collect::<Vec<_>>().join("\n")
}

/// Returns the file and the text of a command, as the runner of GitHub reads them.
fn command(line: &str) -> Result<(Option<String>, String), String> {
    let (head, text) = line
        .strip_prefix("::")
        .and_then(|rest| rest.split_once("::"))
        .ok_or_else(|| format!("no command: {line:?}"))?;
    let (kind, properties) = head.split_once(' ').unwrap_or((head, ""));
    let properties: Vec<(&str, &str)> =
        properties.split(',').map(|property| property.split_once('=').unwrap_or((property, ""))).collect();
    let is_known = properties.iter().all(|(key, _)| ["file", "line", "title"].contains(key));
    if !["error", "warning", "notice"].contains(&kind) || !is_known {
        return Err(format!("unexpected command: {line:?}"));
    }
    let unescaped = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    let file = properties.iter().find(|(key, _)| *key == "file");
    let file = file.map(|(_, value)| unescaped(&value.replace("%3A", ":").replace("%2C", ",")));
    Ok((file, unescaped(text)))
}
