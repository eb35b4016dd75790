//! For a pull request: within what GitHub takes in one comment, and says what it left out.

use super::words::{Piece, advice, arrow, clean, counted, is_prose, number, pieces, semver, tally, title, value};
use crate::diff::change::{Finding, Report};
use crate::diff::review::Review;
use crate::diff::verdict::{Bump, WireCompatibility};

/// The most characters that GitHub takes in a comment, counted as UTF-16 does in the worst case.
const LIMIT: usize = 65_536;

/// What is kept free for the ends of open blocks and for saying what was cut.
const RESERVE: usize = 600;

/// How many methods are named.
const METHODS: usize = 8;

pub(super) fn render(review: &Review) -> String {
    let mut page = Page { out: String::new(), length: 0, cut: 0 };
    if review.folders {
        let verdict = semver(review.semver());
        page.must(&format!("# {} changed: {verdict}\n\n", counted(review.reports.len(), "API")));
        let list = |names: &[String]| names.iter().map(|name| code(name)).collect::<Vec<_>>().join(", ");
        for (names, word) in [(&review.removed, "Gone"), (&review.added, "New")] {
            if !names.is_empty() {
                page.block(&format!("{word}: {}\n\n", list(names)), names.len());
            }
        }
    }
    // The most severe of all come first, so that a cut takes what matters least.
    let mut reports: Vec<&Report> = review.reports.iter().collect();
    reports.sort_by_key(|report| std::cmp::Reverse((report.wire(), report.semver())));
    for report in reports {
        one(&mut page, report, if review.folders { "##" } else { "#" });
    }
    page.finish()
}

fn one(page: &mut Page, report: &Report, level: &str) {
    let findings = &report.findings;
    if !page.block(&format!("{level} {}\n\n{}\n\n", text(&title(report)), text(&advice(report))), findings.len()) {
        return;
    }
    if findings.is_empty() {
        return;
    }
    let rust = [Bump::Major, Bump::Minor, Bump::Patch].map(|b| findings.iter().filter(|f| f.change.rust == b).count());
    let [(_, breaking), (_, risky), (_, safe)] = tally(report);
    let table = format!(
        "**{}** · {} from {}\n\n| wire | | rust | |\n|---|---|---|---|\n| 🔴 breaking | {} | major | {} |\n| 🟡 risky | {} | minor | {} |\n| 🟢 safe | {} | patch | {} |\n\n",
        semver(report.semver()),
        counted(findings.len(), "finding"),
        counted(report.atomic().count(), "change"),
        number(breaking),
        number(rust[0]),
        number(risky),
        number(rust[1]),
        number(safe),
        number(rust[2]),
    );
    page.must(&table);
    for note in &report.notes {
        page.block(&format!("> {}\n\n", text(note)), 0);
    }
    let group =
        |wanted: &dyn Fn(&Finding) -> bool| findings.iter().filter(|f| !is_prose(f) && wanted(f)).collect::<Vec<_>>();
    section(page, report, level, "🔴 Breaking", &group(&|f| f.change.wire == WireCompatibility::Breaking));
    section(page, report, level, "🟡 Risky", &group(&|f| f.change.wire == WireCompatibility::Risky));
    section(
        page,
        report,
        level,
        "🟢 Safe on the wire, major in Rust",
        &group(&|f| f.change.wire == WireCompatibility::Safe && f.change.rust == Bump::Major),
    );
    folded(
        page,
        "🟢 Safe, minor",
        &group(&|f| f.change.wire == WireCompatibility::Safe && f.change.rust == Bump::Minor),
    );
    folded(
        page,
        "🟢 Safe, patch",
        &group(&|f| f.change.wire == WireCompatibility::Safe && f.change.rust == Bump::Patch),
    );
    for finding in findings.iter().filter(|f| is_prose(f)) {
        page.block(&format!("{}\n\n", message(&finding.change.message)), 1);
    }
}

/// Findings with all that a reviewer asks.
fn section(page: &mut Page, report: &Report, level: &str, heading: &str, findings: &[&Finding]) {
    if findings.is_empty() {
        return;
    }
    if !page.block(&format!("{level}# {heading} ({})\n\n", number(findings.len())), findings.len()) {
        return;
    }
    for finding in findings {
        page.block(&told(report, finding), 1);
    }
    page.block("\n", 0);
}

fn told(report: &Report, finding: &Finding) -> String {
    let change = &finding.change;
    let mut out = format!(
        "- **{}**, {} {} {}\n",
        change.rust,
        change.direction,
        arrow(change.direction),
        message(&change.message)
    );
    let mut line = |text: String| out.push_str(&format!("  {text}\n"));
    line(format!("<br>{} · `{}` `{}`", code(&change.subject), change.rule.id, change.fingerprint));
    if !finding.includes.is_empty() {
        let words = if finding.group { "changes in all" } else { "more explained by it" };
        line(format!("<br>{} {words}", number(finding.includes.len())));
    }
    line(format!("<br>{}", text(change.rule.rationale)));
    if let (Some(before), Some(after)) = (&change.before, &change.after) {
        let (before, after) = (short(&value(before)), short(&value(after)));
        line(format!("<br>{} → {}", code(&before), code(&after)));
    }
    if let (Some(before), Some(after)) = (&change.rust_before, &change.rust_after)
        && before != after
    {
        line(format!("<br>Rust: {} → {}", code(&short(before)), code(&short(after))));
    }
    let methods = report.methods(change);
    if !methods.is_empty() {
        let named: Vec<String> = methods.iter().take(METHODS).map(|name| code(name)).collect();
        let more = methods.len().saturating_sub(METHODS);
        let more = if more > 0 { format!(", and {} more", number(more)) } else { String::new() };
        line(format!("<br>{}: {}{more}", counted(methods.len(), "method"), named.join(", ")));
    }
    if let Some(reason) = &finding.accepted {
        line(format!("<br>accepted: {}", text(reason)));
    }
    out
}

/// Findings in a line each, behind a fold.
fn folded(page: &mut Page, heading: &str, findings: &[&Finding]) {
    if findings.is_empty() {
        return;
    }
    let open = format!("<details><summary>{heading} ({})</summary>\n\n", number(findings.len()));
    if !page.block(&open, findings.len()) {
        return;
    }
    for finding in findings {
        let change = &finding.change;
        let more = if finding.includes.is_empty() {
            String::new()
        } else {
            format!(" ({} changes)", number(finding.atomic()))
        };
        let line =
            format!("- {} {} — {}{more}\n", arrow(change.direction), message(&change.message), code(&change.subject));
        page.block(&line, 1);
    }
    page.must("\n</details>\n\n");
}

fn message(text_with_names: &str) -> String {
    pieces(text_with_names)
        .map(|piece| match piece {
            Piece::Text(words) => text(words),
            Piece::Code(name) => code(name),
        })
        .collect()
}

/// Text that means nothing to Markdown or HTML, and calls nobody.
fn text(text: &str) -> String {
    let mut out = String::new();
    for c in clean(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '@' => out.push_str("@\u{200b}"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// A name, in a fence that is longer than any in it.
fn code(name: &str) -> String {
    let name = clean(name);
    let longest = name.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if name.starts_with('`') || name.ends_with('`') { " " } else { "" };
    if name.is_empty() { "(nothing)".into() } else { format!("{fence}{pad}{name}{pad}{fence}") }
}

fn short(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match one_line.char_indices().nth(160) {
        Some((at, _)) => format!("{}…", &one_line[..at]),
        None => one_line,
    }
}

/// What was written so far, and what no longer fitted.
struct Page {
    out: String,
    length: usize,
    cut: usize,
}

impl Page {
    /// Writes what the page cannot be without.
    fn must(&mut self, text: &str) {
        self.length += text.encode_utf16().count();
        self.out.push_str(text);
    }

    /// Writes a block if it fits; else counts the findings that it stood for.
    fn block(&mut self, text: &str, findings: usize) -> bool {
        let fits = self.length + text.encode_utf16().count() + RESERVE <= LIMIT;
        if fits {
            self.must(text);
        } else {
            self.cut += findings;
        }
        fits
    }

    fn finish(mut self) -> String {
        if self.cut > 0 {
            let words = counted(self.cut, "finding");
            self.must(&format!(
                "\n**{words} more did not fit here**, the mildest of all: `--format html` or `json` shows them.\n"
            ));
        }
        self.out
    }
}
