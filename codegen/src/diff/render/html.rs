//! One page that works offline: everything is in it, and all of it can be read without scripts.

use super::words::{
    Piece, advice, arrow, clean, counted, is_prose, number, pieces, resource, semver, tally, title, value,
};
use crate::diff::change::{Change, Finding, Report};
use crate::diff::review::Review;
use crate::diff::rules;
use crate::diff::verdict::{Bump, Direction, WireCompatibility};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// How many methods a finding names before it only counts them.
const METHODS: usize = 60;

pub(super) fn render(review: &Review) -> String {
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for report in &review.reports {
        for finding in &report.findings {
            names.extend(report.methods(&finding.change));
        }
    }
    let numbers: BTreeMap<&str, usize> = names.iter().enumerate().map(|(at, name)| (*name, at)).collect();
    let (mut head, mut body) = (String::new(), String::new());
    if review.folders {
        folders(&mut head, review);
    }
    for report in &review.reports {
        let _ = write!(body, "<section class=api id=\"api-{}\">", escape(&report.new.id));
        // One report's head stands above the filters; of several, each stands above its own findings.
        heading(if review.folders { &mut body } else { &mut head }, report, review.folders);
        findings(&mut body, report, &numbers);
        body.push_str("</section>");
    }
    let name = match review.reports.as_slice() {
        [report] if !review.folders => title(report),
        reports => format!("{} changed", counted(reports.len(), "API")),
    };
    let list: Vec<&str> = names.iter().copied().collect();
    let resources: BTreeSet<&str> = names.iter().map(|name| resource(name)).collect();
    let options = |names: &mut dyn Iterator<Item = &str>| {
        names.map(|n| format!("<option value=\"{}\">", escape(n))).collect::<String>()
    };
    fill(
        PAGE,
        &[
            ("title", &escape(&name)),
            ("style", STYLE),
            ("resources", &options(&mut resources.iter().copied())),
            ("methods", &options(&mut list.iter().copied())),
            // `</script>` must not stand in a script.
            ("names", &serde_json::to_string(&list).unwrap_or_default().replace('<', "\\u003c")),
            ("script", SCRIPT),
            ("head", &head),
            ("body", &body),
        ],
    )
}

/// Fills the `{{name}}` marks of a template in one pass: marks in a value are text.
fn fill(template: &'static str, values: &[(&str, &str)]) -> String {
    let mut parts = template.split("{{");
    let mut page = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once("}}").unwrap_or(("", part));
        page.push_str(values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
        page.push_str(rest);
    }
    page
}

fn folders(out: &mut String, review: &Review) {
    let verdict = semver(review.semver());
    let count = counted(review.reports.len(), "API");
    let _ = write!(
        out,
        "<header class=top><p class=eyebrow>API review</p><h1>{count} changed</h1><p class=verdict><b class=\"pill {verdict}\">{verdict}</b></p>"
    );
    for (names, word) in [(&review.removed, "Gone"), (&review.added, "New")] {
        if !names.is_empty() {
            let names: Vec<String> = names.iter().map(|name| format!("<code>{}</code>", escape(name))).collect();
            let _ = write!(out, "<p>{word}: {}</p>", names.join(", "));
        }
    }
    let _ = write!(out, "<ul class=apis>");
    for report in &review.reports {
        let (id, wire) = (escape(&report.new.id), report.wire());
        let _ = write!(
            out,
            "<li><a href=\"#api-{id}\"><i class=\"dot {wire}\"></i>{id} <small>{}</small></a></li>",
            semver(report.semver())
        );
    }
    let _ = write!(out, "</ul></header>");
}

fn heading(out: &mut String, report: &Report, many: bool) {
    let (old, new) = (&report.old, &report.new);
    let revision = |revision: &Option<String>| escape(revision.as_deref().unwrap_or("unknown"));
    let verdict = semver(report.semver());
    let heading = if many { "h2" } else { "h1" };
    let name = if old.id == new.id {
        escape(&new.id)
    } else {
        format!("{} <span>→</span> {}", escape(&old.id), escape(&new.id))
    };
    let _ = write!(
        out,
        "<header class=top><p class=eyebrow>API review</p><{heading}>{name}</{heading}>\
         <p class=step><span>{}</span> <b>→</b> <span>{}</span></p>\
         <p class=verdict><b class=\"pill {verdict}\">{verdict}</b> {}</p>",
        revision(&old.revision),
        revision(&new.revision),
        escape(&advice(report)),
    );
    if !report.findings.is_empty() {
        tiles(out, report);
    }
    for note in &report.notes {
        let _ = write!(out, "<p class=note>{}</p>", escape(note));
    }
    out.push_str("</header>");
}

/// Which findings a section shows.
type Wanted = fn(&Finding) -> bool;

fn findings(out: &mut String, report: &Report, numbers: &BTreeMap<&str, usize>) {
    let sections: [(&str, Wanted); 5] = [
        ("Breaking", |f| f.change.wire == WireCompatibility::Breaking),
        ("Risky", |f| f.change.wire == WireCompatibility::Risky),
        ("Safe on the wire, major in Rust", |f| {
            f.change.wire == WireCompatibility::Safe && f.change.rust == Bump::Major
        }),
        ("Safe, minor", |f| f.change.wire == WireCompatibility::Safe && f.change.rust == Bump::Minor),
        ("Safe, patch", |f| f.change.wire == WireCompatibility::Safe && f.change.rust == Bump::Patch && !is_prose(f)),
    ];
    for (heading, wanted) in sections {
        list(out, report, numbers, heading, &wanted);
    }
    list(out, report, numbers, "Words", &is_prose);
}

fn tiles(out: &mut String, report: &Report) {
    out.push_str("<div class=tiles>");
    let mut tile = |class: &str, count: usize, word: &str| {
        let zero = if count == 0 { " zero" } else { "" };
        let _ = write!(out, "<div class=\"tile {class}{zero}\"><b>{}</b><span>{word}</span></div>", number(count));
    };
    for (wire, count) in tally(report) {
        tile(wire.as_str(), count, wire.as_str());
    }
    for bump in [Bump::Major, Bump::Minor, Bump::Patch] {
        let count = report.findings.iter().filter(|f| f.change.rust == bump).count();
        tile(bump.as_str(), count, &format!("{bump} in Rust"));
    }
    tile("all", report.atomic().count(), "changes in all");
    out.push_str("</div>");
}

fn list(
    out: &mut String,
    report: &Report,
    numbers: &BTreeMap<&str, usize>,
    heading: &str,
    wanted: &dyn Fn(&Finding) -> bool,
) {
    let findings: Vec<&Finding> = report.findings.iter().filter(|f| wanted(f)).collect();
    if findings.is_empty() {
        return;
    }
    let _ = write!(out, "<section class=group><h3>{heading} <small>{}</small></h3>", number(findings.len()));
    for finding in findings {
        told(out, report, numbers, finding);
    }
    out.push_str("</section>");
}

fn told(out: &mut String, report: &Report, numbers: &BTreeMap<&str, usize>, finding: &Finding) {
    let change = &finding.change;
    let methods = report.methods(change);
    let indices: Vec<String> = methods.iter().filter_map(|name| numbers.get(name)).map(usize::to_string).collect();
    let id = &change.fingerprint;
    let more = match (finding.group, finding.includes.len()) {
        (_, 0) => String::new(),
        (true, count) => format!("<span class=count>×{}</span>", number(count)),
        (false, count) => format!("<span class=count>+{}</span>", number(count)),
    };
    let _ = write!(
        out,
        "<details class=\"f {wire}\" id=\"{id}\" data-w={wire} data-r={rust} data-d={direction} data-m=\"{}\"><summary>\
         <span class=\"tag {wire}\">{wire}</span><span class=\"tag {rust}\">{rust}</span>\
         <span class=way title=\"{}\">{}</span><span class=what>{}<span class=where>{}</span></span>{more}</summary><div class=more>",
        indices.join(" "),
        way(change.direction),
        arrow(change.direction),
        message(&change.message),
        escape(&change.subject),
        wire = change.wire,
        rust = change.rust,
        direction = change.direction,
    );
    if let Some(reason) = &finding.accepted {
        let _ = write!(out, "<p class=accepted>Accepted: {}</p>", escape(reason));
    }
    let _ = write!(out, "<p class=why>{}</p>", escape(change.rule.rationale));
    if let Some(doc) = &change.doc {
        let _ = write!(out, "<blockquote>{}</blockquote>", escape(doc));
    }
    sides(out, "In the document", &text(&change.before), &text(&change.after));
    if change.rust_before != change.rust_after {
        sides(out, "In Rust", &change.rust_before, &change.rust_after);
    } else if let Some(line) = &change.rust_after {
        let _ = write!(out, "<h4>In Rust, as before</h4><pre>{}</pre>", escape(line));
    }
    if !methods.is_empty() {
        let named: Vec<String> =
            methods.iter().take(METHODS).map(|name| format!("<code>{}</code>", escape(name))).collect();
        let rest = methods.len().saturating_sub(METHODS);
        let rest = if rest > 0 { format!(" and {} more", number(rest)) } else { String::new() };
        let _ =
            write!(out, "<h4>{}</h4><p class=methods>{}{rest}</p>", counted(methods.len(), "method"), named.join(" "));
    }
    includes(out, finding);
    let _ = write!(
        out,
        "<p class=foot><a href=\"#{id}\" title=\"link to this finding\"># {id}</a> <code>{}</code> <span>{}</span></p></div></details>",
        change.rule.id,
        way(change.direction),
    );
}

fn includes(out: &mut String, finding: &Finding) {
    if finding.includes.is_empty() {
        return;
    }
    let words = if finding.group { "All of it" } else { "Explained by it" };
    let _ = write!(out, "<h4>{words} <small>{}</small></h4><ul class=parts>", number(finding.includes.len()));
    for change in &finding.includes {
        let _ = write!(
            out,
            "<li><i class=\"dot {}\"></i><b class={rust}>{rust}</b> {}<span class=where>{}</span>{}</li>",
            change.wire,
            message(&change.message),
            escape(&change.subject),
            both(change),
            rust = change.rust,
        );
    }
    out.push_str("</ul>");
}

/// The two values of a part, where they are words.
fn both(change: &Change) -> String {
    let mut out = String::new();
    if change.rule == &rules::PROSE_CHANGED {
        sides(&mut out, "", &text(&change.before), &text(&change.after));
    }
    out
}

fn text(side: &Option<Value>) -> Option<String> {
    side.as_ref().map(value)
}

/// Before and after, side by side, with the lines marked that only one side has.
fn sides(out: &mut String, heading: &str, before: &Option<String>, after: &Option<String>) {
    if !heading.is_empty() && (before.is_some() || after.is_some()) {
        let _ = write!(out, "<h4>{heading}</h4>");
    }
    let lines = |text: &Option<String>| {
        text.as_deref().map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).unwrap_or_default()
    };
    let (was, is) = (lines(before), lines(after));
    let side = |out: &mut String, class: &str, mark: &str, own: &[String], other: &[String]| {
        let _ = write!(out, "<pre class={class}>");
        for line in own {
            let tag = if other.contains(line) { "span" } else { mark };
            let _ = writeln!(out, "<{tag}>{}</{tag}>", escape(line));
        }
        out.push_str("</pre>");
    };
    match (before, after) {
        (Some(_), Some(_)) => {
            out.push_str("<div class=sides>");
            side(out, "was", "del", &was, &is);
            side(out, "is", "ins", &is, &was);
            out.push_str("</div>");
        }
        (Some(_), None) => side(out, "was", "del", &was, &[]),
        (None, Some(_)) => side(out, "is", "ins", &is, &[]),
        (None, None) => {}
    }
}

fn way(direction: Direction) -> &'static str {
    match direction {
        Direction::Request => "in requests",
        Direction::Response => "in replies",
        Direction::Both => "in requests and replies",
        Direction::Unused => "reached by no method",
    }
}

fn message(text: &str) -> String {
    pieces(text)
        .map(|piece| match piece {
            Piece::Text(words) => escape(words),
            Piece::Code(name) => format!("<code>{}</code>", escape(name)),
        })
        .collect()
}

/// Text that means nothing to HTML. Long names may be broken where their parts meet.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
