//! For a terminal: aligned, most severe first.

use super::words::{
    Piece, advice, arrow, clean, counted, is_prose, number, pieces, semver, severe, tally, title, value,
};
use crate::diff::change::{Finding, Report};
use crate::diff::review::Review;
use crate::diff::verdict::{Bump, WireCompatibility};
use std::fmt::Write;

/// How many methods are named before the rest is only counted.
const METHODS: usize = 4;

/// Columns before a finding's text.
const INDENT: usize = 20;

pub(super) fn render(review: &Review, color: bool) -> String {
    let paint = Paint(color);
    let mut out = String::new();
    for (at, report) in review.reports.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        one(&mut out, paint, report);
    }
    for (names, words) in [(&review.removed, "is gone"), (&review.added, "is new")] {
        for name in names {
            let _ = writeln!(out, "{} {words}", paint.bold(&clean(name)));
        }
    }
    if review.folders {
        let (count, bump) = (counted(review.reports.len(), "API"), semver(review.semver()));
        let _ = writeln!(out, "\n{count} changed, {} new, {} gone: {bump}", review.added.len(), review.removed.len());
    }
    out
}

fn one(out: &mut String, paint: Paint, report: &Report) {
    let _ = writeln!(out, "{}", paint.bold(&clean(&title(report))));
    let _ = writeln!(out, "{}", advice(report));
    if !report.findings.is_empty() {
        let counts: Vec<String> = tally(report)
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(|(wire, count)| paint.wire(*wire, &format!("{} {wire}", number(*count))))
            .collect();
        let (bump, atomic) = (semver(report.semver()), counted(report.atomic().count(), "change"));
        let findings = counted(report.findings.len(), "finding");
        let _ = writeln!(out, "{bump} · {} · {findings} from {atomic}\n", counts.join(" · "));
    }
    for note in &report.notes {
        let _ = writeln!(out, "{} {}", paint.dim("note:"), clean(note));
    }
    let (prose, rest): (Vec<&Finding>, Vec<&Finding>) = report.findings.iter().partition(|f| is_prose(f));
    for finding in rest {
        told(out, paint, report, finding);
    }
    for finding in prose {
        let _ = writeln!(
            out,
            "{}",
            paint.dim(&format!("{:INDENT$}{}", "safe      patch  ·", clean(&finding.change.message)))
        );
    }
}

fn told(out: &mut String, paint: Paint, report: &Report, finding: &Finding) {
    let change = &finding.change;
    let wire = paint.wire(change.wire, &format!("{:8}", change.wire));
    let rust = paint.rust(change.rust, &format!("{:5}", change.rust));
    let message: String = pieces(&change.message)
        .map(|piece| match piece {
            Piece::Text(text) => clean(text),
            Piece::Code(name) => paint.bold(&clean(name)),
        })
        .collect();
    let _ = writeln!(out, "{wire}  {rust}  {}  {message}", arrow(change.direction));
    let mut line = |text: String| {
        let _ = writeln!(out, "{:INDENT$}{}", "", paint.dim(&text));
    };
    let mut about = vec![clean(&change.subject)];
    if !finding.includes.is_empty() {
        let words = if finding.group { "changes in all" } else { "more explained by it" };
        about.push(format!("{} {words}", number(finding.includes.len())));
    }
    line(about.join(" · "));
    if let Some(reason) = &finding.accepted {
        line(format!("accepted: {}", clean(reason)));
    }
    if !severe(change) {
        return;
    }
    let methods = report.methods(change);
    if !methods.is_empty() {
        let named: Vec<String> = methods.iter().take(METHODS).map(|name| clean(name)).collect();
        let more = methods.len().saturating_sub(METHODS);
        let more = if more > 0 { format!(", and {} more", number(more)) } else { String::new() };
        line(format!("{}: {}{more}", counted(methods.len(), "method"), named.join(", ")));
    }
    if let (Some(before), Some(after)) = (&change.before, &change.after) {
        let (before, after) = (clean(&value(before)), clean(&value(after)));
        if before.len() + after.len() < 100 && !change.message.contains(&before) {
            line(format!("{before} → {after}"));
        }
    }
    if let (Some(before), Some(after)) = (&change.rust_before, &change.rust_after)
        && before != after
    {
        line(format!("{} → {}", clean(before), clean(after)));
    }
    line(change.rule.rationale.to_owned());
    line(format!("{} {}", change.rule.id, change.fingerprint));
}

/// Colours, or none.
#[derive(Clone, Copy)]
struct Paint(bool);

impl Paint {
    fn with(self, code: &str, text: &str) -> String {
        if self.0 { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    fn dim(self, text: &str) -> String {
        self.with("2", text)
    }

    fn wire(self, wire: WireCompatibility, text: &str) -> String {
        let code = match wire {
            WireCompatibility::Breaking => "1;31",
            WireCompatibility::Risky => "33",
            WireCompatibility::Safe => "32",
        };
        self.with(code, text)
    }

    fn rust(self, bump: Bump, text: &str) -> String {
        let code = match bump {
            Bump::Major => "35",
            Bump::Minor => "36",
            Bump::Patch => "2",
        };
        self.with(code, text)
    }
}
