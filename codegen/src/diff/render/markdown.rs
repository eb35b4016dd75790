//! Comment on a pull request, within GitHub's size limit, which states the number of omitted findings; or a whole file.

use super::Options;
use super::words::{LEGEND, Piece, advice, arrow, counted, is_prose, methods, number, pieces, semver, tally, title};
use crate::append;
use crate::diff::change::{Change, Finding, Report};
use crate::diff::review::Review;
use crate::diff::verdict::{Bump, WireCompatibility};
use crate::text::Markdown;
use crate::text::markdown::{code, escape};

/// Largest number of characters of a comment on GitHub, in UTF-16 units.
const LIMIT: usize = 65_536;

/// Characters reserved for the ends of blocks and for the statement of omitted findings.
const RESERVE: usize = 800;

pub(super) fn render(review: &Review, options: &Options) -> String {
    let limit = if options.whole { usize::MAX } else { LIMIT };
    let mut page = Page { out: Markdown::default(), length: 0, limit, left_out: [0; 4] };
    // The most severe reports come first.
    let mut reports: Vec<&Report> = review.reports.iter().collect();
    reports.sort_by_key(|report| std::cmp::Reverse((report.wire(), report.semver())));
    if review.folders {
        overview(&mut page, review, &reports);
    }
    let level = if review.folders { "##" } else { "#" };
    // Breaking findings of any API come before milder ones of the first.
    for report in &reports {
        if !review.folders || report.wire() == WireCompatibility::Breaking {
            head(&mut page, report, level, review.folders);
            write_section(&mut page, report, Section::Breaking);
        }
    }
    for report in &reports {
        if review.folders && !report.findings.iter().all(|finding| Section::of(finding) == Section::Breaking) {
            let mut heading = Markdown::default();
            append!(heading, "## {}\n\n", escape(&title(report)));
            page.add(&heading, None, 0);
        }
        for section in [Section::Risky, Section::Major, Section::Safe] {
            write_section(&mut page, report, section);
        }
    }
    page.finish()
}

/// Section of the comment, by the verdicts of its findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Section {
    Breaking,
    Risky,
    Major,
    Safe,
}

impl Section {
    const ALL: [Section; 4] = [Section::Breaking, Section::Risky, Section::Major, Section::Safe];

    fn of(finding: &Finding) -> Self {
        match (finding.change.wire, finding.change.rust) {
            (WireCompatibility::Breaking, _) => Section::Breaking,
            (WireCompatibility::Risky, _) => Section::Risky,
            (WireCompatibility::Safe, Bump::Major) => Section::Major,
            (WireCompatibility::Safe, _) => Section::Safe,
        }
    }

    fn heading(self) -> &'static str {
        match self {
            Section::Breaking => "🔴 Breaking",
            Section::Risky => "🟡 Risky",
            Section::Major => "🟢 Safe on the wire, major in Rust",
            Section::Safe => "🟢 Safe",
        }
    }
}

/// Writes a table of all APIs.
fn overview(page: &mut Page, review: &Review, reports: &[&Report]) {
    let mut out = Markdown::default();
    let count = counted(reports.len(), "API");
    append!(out, "# {} changed: {}\n\n", escape(&count), semver(review.semver()));
    for (names, change) in [(&review.removed, "Removed"), (&review.added, "Added")] {
        if !names.is_empty() {
            let names: Vec<Markdown> = names.iter().map(|name| code(name)).collect();
            append!(out, "{}: {}\n\n", change, Markdown::join(&names, ", "));
        }
    }
    page.add(&out, None, 0);
    if reports.is_empty() {
        return;
    }
    let mut table = Markdown::fixed("| API | wire | Rust | breaking | risky | safe |\n|---|---|---|--:|--:|--:|\n");
    for report in reports {
        let [(_, breaking), (_, risky), (_, safe)] = tally(report);
        append!(
            table,
            "| {} | {} | {} | {} | {} | {} |\n",
            escape(&title(report)),
            report.wire().as_str(),
            semver(report.semver()),
            breaking,
            risky,
            safe
        );
    }
    append!(table, "\n");
    page.add(&table, None, 0);
    legend(page);
}

fn legend(page: &mut Page) {
    let mut out = Markdown::fixed("<details><summary>Legend</summary>\n\n");
    for line in LEGEND {
        append!(out, "- {}\n", line);
    }
    append!(out, "\n</details>\n\n");
    page.add(&out, None, 0);
}

fn head(page: &mut Page, report: &Report, level: &'static str, brief: bool) {
    let findings = &report.findings;
    let mut out = Markdown::default();
    append!(out, "{} {}\n\n{}\n\n", level, escape(&title(report)), escape(&advice(report)));
    if !brief && !findings.is_empty() {
        let [(_, breaking), (_, risky), (_, safe)] = tally(report);
        let rust = |bump: Bump| findings.iter().filter(|finding| finding.change.rust == bump).count();
        append!(
            out,
            "**{}** · {} from {}\n\n| wire | | Rust | |\n|---|--:|---|--:|\n",
            semver(report.semver()),
            escape(&counted(findings.len(), "finding")),
            escape(&counted(report.atomic().count(), "change"))
        );
        append!(out, "| 🔴 breaking | {} | major | {} |\n", breaking, rust(Bump::Major));
        append!(out, "| 🟡 risky | {} | minor | {} |\n", risky, rust(Bump::Minor));
        append!(out, "| 🟢 safe | {} | patch | {} |\n\n", safe, rust(Bump::Patch));
    }
    for note in &report.notes {
        append!(out, "> {}\n\n", escape(note));
    }
    page.add(&out, None, 0);
    if !brief && !findings.is_empty() {
        legend(page);
    }
}

/// Writes the findings of one section; safe ones are folded, in one line each.
fn write_section(page: &mut Page, report: &Report, section: Section) {
    let of_severity = report.findings.iter().filter(|finding| Section::of(finding) == section);
    let (prose, findings): (Vec<&Finding>, Vec<&Finding>) = of_severity.partition(|finding| is_prose(finding));
    if !findings.is_empty() {
        let folded = section == Section::Safe;
        let mut open = Markdown::default();
        let count = number(findings.len());
        match folded {
            true => {
                append!(open, "<details><summary>{} ({})</summary>\n\n", section.heading(), escape(&count));
            }
            false => append!(open, "### {} ({})\n\n", section.heading(), escape(&count)),
        }
        if page.add(&open, Some(section), findings.len()) {
            for finding in findings {
                let text = if folded { brief(finding) } else { full(report, finding) };
                page.add(&text, Some(section), 1);
            }
            page.must(&Markdown::fixed(if folded { "\n</details>\n\n" } else { "\n" }));
        }
    }
    for finding in prose {
        let mut out = Markdown::default();
        append!(out, "{}\n\n", message(&finding.change.message));
        page.add(&out, Some(section), 1);
    }
}

fn brief(finding: &Finding) -> Markdown {
    let change = &finding.change;
    let mut out = Markdown::default();
    append!(out, "- {} {} {}", change.rust.as_str(), arrow(change.direction), message(&change.message));
    if !finding.includes.is_empty() {
        append!(out, " ({})", escape(&counted(finding.atomic(), "change")));
    }
    append!(out, "\n");
    out
}

/// Returns a finding with its details.
fn full(report: &Report, finding: &Finding) -> Markdown {
    let change = &finding.change;
    let mut out = Markdown::default();
    append!(out, "- **{}** {} {}\n", change.rust.as_str(), arrow(change.direction), message(&change.message));
    append!(out, "  <br>{} · `{}` `{}`\n", code(&change.subject), change.rule.id, escape(&change.fingerprint));
    if !finding.includes.is_empty() {
        let words = if finding.group { "changes in all" } else { "more explained by it" };
        append!(out, "  <br>{} {}\n", escape(&number(finding.includes.len())), words);
    }
    append!(out, "  <br>{}\n", escape(change.rule.rationale));
    values(&mut out, change);
    let (methods, rest) = methods(report, finding);
    if !methods.is_empty() {
        let named: Vec<Markdown> = methods.iter().map(|name| code(name)).collect();
        let count = counted(methods.len().saturating_add(rest), "method");
        append!(out, "  <br>{}: {}", escape(&count), Markdown::join(&named, ", "));
        if rest > 0 {
            append!(out, ", and {} more", rest);
        }
        append!(out, "\n");
    }
    if let Some(reason) = &finding.accepted {
        append!(out, "  <br>accepted: {}\n", escape(reason));
    }
    out
}

fn values(out: &mut Markdown, change: &Change) {
    if let Some((before, after)) = super::words::values(change) {
        append!(out, "  <br>{} → {}\n", code(&short(&before)), code(&short(&after)));
    }
    if let (Some(before), Some(after)) = (&change.rust_before, &change.rust_after)
        && before != after
    {
        append!(out, "  <br>Rust: {} → {}\n", code(&short(before)), code(&short(after)));
    }
}

/// Returns a sentence with the names between backticks as code.
pub fn message(text: &str) -> Markdown {
    let parts: Vec<Markdown> = pieces(text)
        .map(|piece| match piece {
            Piece::Text(words) => escape(words),
            Piece::Code(name) => code(name),
        })
        .collect();
    Markdown::join(&parts, "")
}

fn short(text: &str) -> String {
    const LONGEST: usize = 160;
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match one_line.char_indices().nth(LONGEST).and_then(|(at, _)| one_line.get(..at)) {
        Some(start) => format!("{start}…"),
        None => one_line,
    }
}

/// Page of limited length.
struct Page {
    out: Markdown,
    /// Length in UTF-16 units.
    length: usize,
    /// Largest length, in the same units.
    limit: usize,
    /// Number of omitted findings, by section.
    left_out: [usize; 4],
}

impl Page {
    /// Writes a part that is always included.
    fn must(&mut self, text: &Markdown) {
        self.length = self.length.saturating_add(text.as_str().encode_utf16().count());
        self.out.push(text);
    }

    /// Writes a part if it fits; otherwise counts its findings as omitted and returns `false`.
    fn add(&mut self, text: &Markdown, section: Option<Section>, findings: usize) -> bool {
        let length = self.length.saturating_add(text.as_str().encode_utf16().count());
        let fits = length.saturating_add(RESERVE) <= self.limit;
        if fits {
            self.must(text);
        } else if let Some(at) = section.and_then(|section| Section::ALL.iter().position(|one| *one == section))
            && let Some(count) = self.left_out.get_mut(at)
        {
            *count = count.saturating_add(findings);
        }
        fits
    }

    fn finish(mut self) -> String {
        let cut: Vec<String> = Section::ALL
            .iter()
            .zip(self.left_out)
            .filter(|(_, count)| *count > 0)
            .map(|(section, count)| {
                let name = match section {
                    Section::Breaking => "breaking",
                    Section::Risky => "risky",
                    Section::Major => "safe, major in Rust",
                    Section::Safe => "safe",
                };
                format!("{} {name}", number(count))
            })
            .collect();
        if !cut.is_empty() {
            let total: usize = self.left_out.iter().fold(0_usize, |sum, count| sum.saturating_add(*count));
            let mut out = Markdown::default();
            append!(
                out,
                "\n**{} more did not fit here** ({}): `--format html` or `json` shows them.\n",
                escape(&counted(total, "finding")),
                escape(&cut.join("; "))
            );
            self.must(&out);
        }
        self.out.into_string()
    }
}
