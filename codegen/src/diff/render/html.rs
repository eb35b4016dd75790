//! HTML page that works offline: it is self-contained, and readable without scripts.

use super::words::{
    LEGEND, Piece, advice, arrow, counted, is_prose, number, pieces, resource, semver, severe, tally, title, value,
};
use crate::append;
use crate::diff::change::{Change, Finding, Report};
use crate::diff::review::Review;
use crate::diff::rules;
use crate::diff::verdict::{Bump, Direction, WireCompatibility};
use crate::text::html::{escape, json};
use crate::text::{Html, one_line};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Largest number of methods that a finding names.
const METHODS: usize = 60;

/// Largest number of changes that a finding lists.
const INCLUDES: usize = 400;

/// Size in bytes of findings with details. Later findings take one line each, so that a page of any size opens at once.
const DETAILED: usize = 5_000_000;

/// Number of findings up to which those that are safe, and not major, have details too.
const FEW: usize = 2_000;

/// Facts about the page that all findings of a report share.
struct Index {
    /// Numbers of the methods of the report, which filters refer to; `None` for those that no finding affects.
    numbers: Vec<Option<usize>>,
    /// True if there are more than [`FEW`] findings.
    is_large: bool,
}

pub(super) fn render(review: &Review) -> String {
    let names: BTreeSet<&str> = review.reports.iter().flat_map(|report| report.methods_of(&report.findings)).collect();
    let numbers: BTreeMap<&str, usize> = names.iter().enumerate().map(|(at, name)| (*name, at)).collect();
    let (mut head, mut body) = (Html::default(), Html::default());
    let is_large = review.reports.iter().map(|report| report.findings.len()).sum::<usize>() > FEW;
    if review.folders {
        folders(&mut head, review);
        legend(&mut head);
    }
    if is_large {
        append!(
            head,
            "<p class=note>Findings that are safe and not major take one line each. Details: <code>--format json</code></p>"
        );
    }
    for report in &review.reports {
        append!(body, "<section class=api id=\"api-{}\">", escape(&report.new.id));
        // The heading of a single report comes before the filters; that of one of several comes before its own
        // findings.
        heading(if review.folders { &mut body } else { &mut head }, report, review.folders);
        let numbers = report.methods.all().iter().map(|name| numbers.get(name.as_str()).copied()).collect();
        findings(&mut body, report, &Index { numbers, is_large });
        append!(body, "</section>");
    }
    let name = match review.reports.as_slice() {
        [report] if !review.folders => title(report),
        reports => format!("{} changed", counted(reports.len(), "API")),
    };
    let resources: BTreeSet<&str> = names.iter().map(|name| resource(name)).collect();
    fill(&[
        ("title", &escape(&name)),
        ("style", &Html::fixed(STYLE)),
        ("resources", &options(&resources)),
        ("names", &json(&names.iter().copied().collect())),
        ("script", &Html::fixed(SCRIPT)),
        ("head", &head),
        ("body", &body),
    ])
}

/// Replaces the `{{name}}` placeholders of the page in one pass: placeholders in a value are text.
fn fill(values: &[(&str, &Html)]) -> String {
    let mut parts = PAGE.split("{{");
    let mut page = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once("}}").unwrap_or(("", part));
        page.push_str(values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value.as_str()));
        page.push_str(rest);
    }
    page
}

fn options(names: &BTreeSet<&str>) -> Html {
    let mut out = Html::default();
    for name in names {
        append!(out, "<option value=\"{}\">", escape(name));
    }
    out
}

fn folders(out: &mut Html, review: &Review) {
    let verdict = semver(review.semver());
    append!(
        out,
        "<header class=top><p class=eyebrow>API review</p><h1>{} changed</h1><p class=verdict><b class=\"pill {}\">{}</b></p>",
        escape(&counted(review.reports.len(), "API")),
        verdict,
        verdict
    );
    for (names, change) in [(&review.removed, "Removed"), (&review.added, "Added")] {
        if !names.is_empty() {
            append!(out, "<p>{}: {}</p>", change, codes(names.iter().map(String::as_str), ", "));
        }
    }
    append!(out, "<ul class=apis>");
    for report in &review.reports {
        append!(
            out,
            "<li><a href=\"#api-{}\"><i class=\"dot {}\"></i>{} <small>{}</small></a></li>",
            escape(&report.new.id),
            report.wire().as_str(),
            escape(&report.new.id),
            semver(report.semver())
        );
    }
    append!(out, "</ul></header>");
}

/// Returns names as code.
fn codes<'a>(names: impl Iterator<Item = &'a str>, between: &'static str) -> Html {
    let names: Vec<Html> = names
        .map(|name| {
            let mut out = Html::default();
            append!(out, "<code>{}</code>", escape(name));
            out
        })
        .collect();
    Html::join(&names, between)
}

fn heading(out: &mut Html, report: &Report, many: bool) {
    let (old, new) = (&report.old, &report.new);
    let revision = |revision: &Option<String>| escape(revision.as_deref().unwrap_or("unknown"));
    let verdict = semver(report.semver());
    let level = if many { "h2" } else { "h1" };
    let mut name = escape(&old.id);
    if old.id != new.id {
        append!(name, " <span>→</span> {}", escape(&new.id));
    }
    append!(out, "<header class=top><p class=eyebrow>API review</p><{}>{}</{}>", level, name, level);
    match (revision(&old.revision), revision(&new.revision)) {
        (old, new) if old == new => append!(out, "<p class=step><span>{}</span></p>", new),
        (old, new) => append!(out, "<p class=step><span>{}</span> <b>→</b> <span>{}</span></p>", old, new),
    }
    append!(out, "<p class=verdict><b class=\"pill {}\">{}</b> {}</p>", verdict, verdict, escape(&advice(report)));
    if !report.findings.is_empty() {
        tiles(out, report);
        if !many {
            legend(out);
        }
    }
    for note in &report.notes {
        append!(out, "<p class=note>{}</p>", escape(note));
    }
    append!(out, "</header>");
}

fn legend(out: &mut Html) {
    append!(out, "<details class=legend><summary>Legend</summary>");
    for line in LEGEND {
        append!(out, "<p>{}</p>", line);
    }
    append!(out, "</details>");
}

/// Condition of the findings of a section.
type Filter = fn(&Finding) -> bool;

fn findings(out: &mut Html, report: &Report, index: &Index) {
    use WireCompatibility::{Breaking, Risky, Safe};
    let sections: [(&'static str, Filter); 6] = [
        ("Breaking", |f| f.change.wire == Breaking),
        ("Risky", |f| f.change.wire == Risky),
        ("Safe on the wire, major in Rust", |f| f.change.wire == Safe && f.change.rust == Bump::Major),
        ("Safe, minor", |f| f.change.wire == Safe && f.change.rust == Bump::Minor),
        ("Safe, patch", |f| f.change.wire == Safe && f.change.rust == Bump::Patch && !is_prose(f)),
        ("Descriptions", is_prose),
    ];
    for (heading, filter) in sections {
        let findings: Vec<&Finding> = report.findings.iter().filter(|finding| filter(finding)).collect();
        if findings.is_empty() {
            continue;
        }
        let count = escape(&number(findings.len()));
        append!(out, "<section class=group><h3>{} <small>{}</small></h3>", heading, count);
        for one in findings {
            finding(out, report, index, one);
        }
        append!(out, "</section>");
    }
}

fn tiles(out: &mut Html, report: &Report) {
    append!(out, "<div class=tiles>");
    let mut tile = |class: &'static str, count: usize, word: &'static str, suffix: &'static str| {
        let zero = if count == 0 { " zero" } else { "" };
        append!(
            out,
            "<div class=\"tile {}{}\"><b>{}</b><span>{}{}</span></div>",
            class,
            zero,
            escape(&number(count)),
            word,
            suffix
        );
    };
    for (wire, count) in tally(report) {
        tile(wire.as_str(), count, wire.as_str(), "");
    }
    for bump in [Bump::Major, Bump::Minor, Bump::Patch] {
        let count = report.findings.iter().filter(|f| f.change.rust == bump).count();
        tile(bump.as_str(), count, bump.as_str(), " in Rust");
    }
    tile("all", report.atomic().count(), "changes in all", "");
    append!(out, "</div>");
}

fn finding(out: &mut Html, report: &Report, index: &Index, finding: &Finding) {
    let change = &finding.change;
    let numbers = change.touch.iter().filter_map(|method| index.numbers.get(method).copied().flatten());
    let (wire, rust) = (change.wire.as_str(), change.rust.as_str());
    append!(
        out,
        "<details class=\"f {}\" id=\"{}\" data-w={} data-r={} data-d={} data-m=\"{}\"><summary>",
        wire,
        escape(&change.fingerprint),
        wire,
        rust,
        change.direction.as_str(),
        escape(&ranges(numbers))
    );
    append!(out, "<span class=\"tag {}\">{}</span><span class=\"tag {}\">{}</span>", wire, wire, rust, rust);
    let is_detailed = (!index.is_large || severe(change)) && out.len() < DETAILED;
    let arrow = arrow(change.direction);
    if is_detailed {
        let (what, subject) = (message(&change.message), escape(&change.subject));
        append!(out, "<span class=way title=\"{}\">{}</span>", way(change.direction), arrow);
        append!(out, "<span class=what>{}<span class=where>{}</span></span>", what, subject);
    } else {
        append!(out, "<span class=way>{}</span><span class=what>{}</span>", arrow, message(&change.message));
    }
    let count = escape(&number(finding.includes.len()));
    match (finding.group, finding.includes.len()) {
        (_, 0) => {}
        (true, _) => append!(out, "<span class=count>×{}</span>", count),
        (false, _) => append!(out, "<span class=count>+{}</span>", count),
    }
    append!(out, "</summary>");
    if is_detailed {
        more(out, report, finding);
    }
    append!(out, "</details>");
}

/// Returns numbers in ascending order as ranges, `3 5-9`: one change may affect thousands of methods.
fn ranges(numbers: impl Iterator<Item = usize>) -> String {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if last.saturating_add(1) == number => *last = number,
            _ => ranges.push((number, number)),
        }
    }
    let text =
        |(first, last): (usize, usize)| if first == last { first.to_string() } else { format!("{first}-{last}") };
    ranges.into_iter().map(text).collect::<Vec<_>>().join(" ")
}

/// Writes what an open finding shows.
fn more(out: &mut Html, report: &Report, finding: &Finding) {
    let change = &finding.change;
    append!(out, "<div class=more>");
    if let Some(reason) = &finding.accepted {
        append!(out, "<p class=accepted>Accepted: {}</p>", escape(reason));
    }
    append!(out, "<p class=why>{}</p>", change.rule.rationale);
    details(out, report, finding);
    append!(
        out,
        "<p class=foot><a href=\"#{}\" title=\"link to this finding\"># {}</a> <code>{}</code> <span>{}</span></p></div>",
        escape(&change.fingerprint),
        escape(&change.fingerprint),
        change.rule.id,
        way(change.direction)
    );
}

fn details(out: &mut Html, report: &Report, finding: &Finding) {
    let change = &finding.change;
    if let Some(doc) = &change.doc {
        append!(out, "<blockquote>{}</blockquote>", escape(&one_line(doc)));
    }
    sides(out, "In the document", &text(&change.before), &text(&change.after));
    if change.rust_before != change.rust_after {
        sides(out, "In Rust", &change.rust_before, &change.rust_after);
    } else if let Some(line) = &change.rust_after {
        append!(out, "<h4>In Rust, as before</h4><pre>{}</pre>", escape(line));
    }
    let count = change.touch.len();
    if count > 0 {
        append!(
            out,
            "<h4>{}</h4><p class=methods>{}",
            escape(&counted(count, "method")),
            codes(report.methods(change).take(METHODS), " ")
        );
        let rest = count.saturating_sub(METHODS);
        if rest > 0 {
            append!(out, " and {} more", rest);
        }
        append!(out, "</p>");
    }
    includes(out, finding);
}

fn includes(out: &mut Html, finding: &Finding) {
    if finding.includes.is_empty() {
        return;
    }
    let words = if finding.group { "All changes" } else { "Explained by it" };
    let count = escape(&number(finding.includes.len()));
    append!(out, "<h4>{} <small>{}</small></h4><ul class=parts>", words, count);
    for change in finding.includes.iter().take(INCLUDES) {
        let rust = change.rust.as_str();
        append!(
            out,
            "<li><i class=\"dot {}\"></i><b class={}>{}</b> {}<span class=where>{}</span>",
            change.wire.as_str(),
            rust,
            rust,
            message(&change.message),
            escape(&change.subject)
        );
        descriptions(out, change);
        append!(out, "</li>");
    }
    let rest = finding.includes.len().saturating_sub(INCLUDES);
    if rest > 0 {
        append!(out, "<li>and {} more</li>", rest);
    }
    append!(out, "</ul>");
}

/// Writes both values of a changed description.
fn descriptions(out: &mut Html, change: &Change) {
    if change.rule == &rules::PROSE_CHANGED {
        sides(out, "", &text(&change.before), &text(&change.after));
    }
}

fn text(side: &Option<Value>) -> Option<String> {
    side.as_ref().map(value)
}

/// Writes old and new values side by side, and marks lines that only one side has.
fn sides(out: &mut Html, heading: &'static str, old: &Option<String>, new: &Option<String>) {
    if !heading.is_empty() && (old.is_some() || new.is_some()) {
        append!(out, "<h4>{}</h4>", heading);
    }
    let lines = |text: &Option<String>| -> Vec<String> {
        text.as_deref().map(|text| text.lines().map(str::to_owned).collect()).unwrap_or_default()
    };
    let (old_lines, new_lines) = (lines(old), lines(new));
    let side = |out: &mut Html, class: &'static str, mark: &'static str, own: &[String], other: &[String]| {
        let other: BTreeSet<&String> = other.iter().collect();
        append!(out, "<pre class={}>", class);
        for line in own {
            let tag = if other.contains(line) { "span" } else { mark };
            append!(out, "<{}>{}</{}>\n", tag, escape(line), tag);
        }
        append!(out, "</pre>");
    };
    match (old, new) {
        (Some(_), Some(_)) => {
            append!(out, "<div class=sides>");
            side(out, "was", "del", &old_lines, &new_lines);
            side(out, "is", "ins", &new_lines, &old_lines);
            append!(out, "</div>");
        }
        (Some(_), None) => side(out, "was", "del", &old_lines, &[]),
        (None, Some(_)) => side(out, "is", "ins", &new_lines, &[]),
        (None, None) => {}
    }
}

fn way(direction: Direction) -> &'static str {
    match direction {
        Direction::Request => "in requests",
        Direction::Response => "in responses",
        Direction::Both => "in requests and responses",
        Direction::Unused => "reached by no method",
    }
}

fn message(text: &str) -> Html {
    let parts: Vec<Html> = pieces(text)
        .map(|piece| match piece {
            Piece::Text(words) => escape(words),
            Piece::Code(name) => codes(std::iter::once(name), ""),
        })
        .collect();
    Html::join(&parts, "")
}
