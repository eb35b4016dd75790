//! Text for a terminal: the most severe findings first, within the width of the terminal.

use super::Options;
use super::words::{
    LEGEND, Piece, advice, arrow, counted, is_prose, methods, number, pieces, semver, severe, tally, title, values,
};
use crate::diff::change::{Change, Finding, Report};
use crate::diff::review::Review;
use crate::diff::verdict::{Bump, WireCompatibility};
use crate::text::{Terminal, terminal, visible};
use std::collections::HashSet;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns before the text of a finding.
const INDENT: usize = 20;

/// Longest value that is shown, in characters.
const LONGEST_VALUE: usize = 100;

pub(super) fn render(review: &Review, options: &Options) -> String {
    let mut page = Page { out: String::new(), options };
    for (at, report) in review.reports.iter().enumerate() {
        if at > 0 {
            page.out.push('\n');
        }
        one(&mut page, report);
    }
    for (names, change) in [(&review.removed, "removed"), (&review.added, "added")] {
        for name in names {
            page.line(0, &[(name, Style::Bold), (&format!(" {change}"), Style::Plain)]);
        }
    }
    if review.folders {
        let (count, bump) = (counted(review.reports.len(), "API"), semver(review.semver()));
        let summary =
            format!("{count} changed, {} added, {} removed: {bump}", review.added.len(), review.removed.len());
        if !page.out.is_empty() {
            page.out.push('\n');
        }
        page.plain(&summary);
    }
    if review.reports.iter().any(|report| !report.findings.is_empty()) {
        page.out.push('\n');
        for line in LEGEND {
            page.line(0, &[(line, Style::Dim)]);
        }
    }
    page.out
}

fn one(page: &mut Page<'_>, report: &Report) {
    page.line(0, &[(&title(report), Style::Bold)]);
    page.plain(&advice(report));
    if report.findings.is_empty() {
        return;
    }
    let counts: Vec<String> = tally(report)
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(wire, count)| format!("{} {wire}", number(*count)))
        .collect();
    let (bump, atomic) = (semver(report.semver()), counted(report.atomic().count(), "change"));
    let findings = counted(report.findings.len(), "finding");
    page.plain(&format!("{bump} · {} · {findings} from {atomic}", counts.join(" · ")));
    page.out.push('\n');
    for note in &report.notes {
        page.line(0, &[("note: ", Style::Dim), (note, Style::Plain)]);
    }
    let wanted = |finding: &&Finding| finding.change.wire >= page.options.severity;
    let (prose, rest): (Vec<&Finding>, Vec<&Finding>) =
        report.findings.iter().filter(wanted).partition(|finding| is_prose(finding));
    let limit = page.options.limit.unwrap_or(usize::MAX);
    let mut explained = HashSet::new();
    for finding in rest.iter().chain(&prose).take(limit) {
        match is_prose(finding) {
            true => {
                let [wire, rust, arrow] = columns(&finding.change);
                let words = [wire, rust, arrow].map(|column| (column, Style::Head));
                let words = words.iter().map(|(column, style)| (column.as_str(), *style));
                page.line(INDENT, &words.chain([(&*finding.change.message, Style::Dim)]).collect::<Vec<_>>());
            }
            false => self::finding(page, report, finding, &mut explained),
        }
    }
    let shown = rest.len().saturating_add(prose.len()).min(limit);
    let hidden = report.findings.len().saturating_sub(shown);
    if hidden > 0 {
        page.plain(&format!("{} not shown (--severity, --limit)", counted(hidden, "finding")));
    }
}

fn finding(page: &mut Page<'_>, report: &Report, finding: &Finding, explained: &mut HashSet<&'static str>) {
    let change = &finding.change;
    let [wire, rust, arrow] = columns(change);
    let mut words = vec![
        (wire.as_str(), Style::Wire(change.wire)),
        (rust.as_str(), Style::Rust(change.rust)),
        (arrow.as_str(), Style::Head),
    ];
    words.extend(pieces(&change.message).map(|piece| match piece {
        Piece::Text(text) => (text, Style::Plain),
        Piece::Code(name) => (name, Style::Bold),
    }));
    page.line(INDENT, &words);
    if !finding.includes.is_empty() && !finding.group {
        page.detail(&format!("{} more explained by it", number(finding.includes.len())));
    }
    if let Some(reason) = &finding.accepted {
        page.detail(&format!("accepted: {reason}"));
    }
    if !severe(change) {
        return;
    }
    let (methods, rest) = methods(report, finding);
    if !methods.is_empty() {
        let more = if rest > 0 { format!(", and {} more", number(rest)) } else { String::new() };
        let count = counted(methods.len().saturating_add(rest), "method");
        page.detail(&format!("{count}: {}{more}", methods.join(", ")));
    }
    if let Some((before, after)) = values(change) {
        let length = before.chars().count().saturating_add(after.chars().count());
        if length < LONGEST_VALUE {
            page.detail(&format!("{before} → {after}"));
        }
    }
    if let (Some(before), Some(after)) = (&change.rust_before, &change.rust_after)
        && before != after
    {
        page.detail(&format!("{before} → {after}"));
    }
    // The reason of a rule is the same for all of its findings.
    if explained.insert(change.rule.id) {
        page.detail(change.rule.rationale);
    }
    page.detail(&format!("{} {}", change.rule.id, change.fingerprint));
}

/// Returns the columns before the text of a finding, each of which a space follows: [`INDENT`] columns together.
fn columns(change: &Change) -> [String; 3] {
    [format!("{:9}", change.wire), format!("{:7}", change.rust), arrow(change.direction).to_owned()]
}

/// Style of some words.
#[derive(Clone, Copy, PartialEq)]
enum Style {
    Plain,
    Bold,
    Dim,
    /// Column at the beginning of a line, never wrapped.
    Head,
    Wire(WireCompatibility),
    Rust(Bump),
}

impl Style {
    /// Returns the parameters of the escape sequence that begins the style.
    fn code(self) -> Option<&'static str> {
        Some(match self {
            Style::Plain | Style::Head => return None,
            Style::Bold => "1",
            Style::Dim | Style::Rust(Bump::Patch) => "2",
            Style::Wire(WireCompatibility::Breaking) => "1;31",
            Style::Wire(WireCompatibility::Risky) => "33",
            Style::Wire(WireCompatibility::Safe) => "32",
            Style::Rust(Bump::Major) => "35",
            Style::Rust(Bump::Minor) => "36",
        })
    }

    fn is_column(self) -> bool {
        matches!(self, Style::Head | Style::Wire(_) | Style::Rust(_))
    }
}

struct Page<'a> {
    out: String,
    options: &'a Options,
}

impl Page<'_> {
    fn plain(&mut self, text: &str) {
        self.line(0, &[(text, Style::Plain)]);
    }

    fn detail(&mut self, text: &str) {
        self.line(INDENT, &[("", Style::Head), (text, Style::Dim)]);
    }

    /// Writes words, wrapped at the width, with later lines indented. Control characters from documents are escaped.
    fn line(&mut self, indent: usize, parts: &[(&str, Style)]) {
        let start = self.out.len();
        let mut column = 0_usize;
        for (text, style) in parts.iter().filter(|(_, style)| style.is_column()) {
            self.styled(text, *style);
            column = column.saturating_add(text.width()).saturating_add(1);
            self.out.push(' ');
        }
        let mut first = true;
        let mut space = false;
        for (text, style) in parts.iter().filter(|(_, style)| !style.is_column()) {
            let text = visible(&text.replace(['\n', '\t', '\r'], " ")).into_owned();
            if first && column < indent {
                self.out.extend(std::iter::repeat_n(' ', indent.saturating_sub(column)));
                column = indent;
            }
            for (at, mut word) in text.split(' ').enumerate() {
                // Words of one part are separated by spaces; parts are not, unless they begin or end with one.
                space |= at > 0;
                if word.is_empty() {
                    continue;
                }
                if space && !first {
                    let room = self.options.width.saturating_sub(column.saturating_add(1));
                    if is_wider(word, room) {
                        column = self.break_line(indent);
                    } else {
                        self.out.push(' ');
                        column = column.saturating_add(1);
                    }
                }
                while let Some((start, rest)) = divided(word, self.options.width.saturating_sub(column)) {
                    self.styled(start, *style);
                    column = self.break_line(indent);
                    word = rest;
                }
                self.styled(word, *style);
                column = column.saturating_add(word.width());
                (first, space) = (false, false);
            }
        }
        let end = self.out.trim_end_matches(' ').len();
        self.out.truncate(end);
        // Parts that follow each other may be a command only together.
        let written = self.out.split_off(start);
        self.out.push_str(&terminal::without_commands(written.into()));
        self.out.push('\n');
    }

    /// Begins a line, and returns its column.
    fn break_line(&mut self, indent: usize) -> usize {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n(' ', indent));
        indent
    }

    fn styled(&mut self, text: &str, style: Style) {
        let begins = || self.out.trim_end_matches(' ').bytes().last().is_none_or(|byte| byte == b'\n');
        let escaped = (text.starts_with("::") && begins()).then(|| terminal::line(text));
        let text = escaped.as_ref().map_or(text, Terminal::as_str);
        match style.code().filter(|_| self.options.color && !text.is_empty()) {
            Some(code) => self.out.push_str(&format!("\u{1b}[{code}m{text}\u{1b}[0m")),
            None => self.out.push_str(text),
        }
    }
}

/// Returns `true` if a text takes more columns than these. A long text is not read to its end.
fn is_wider(text: &str, columns: usize) -> bool {
    let mut used = 0_usize;
    text.chars().any(|c| {
        used = used.saturating_add(c.width().unwrap_or(0));
        used > columns
    })
}

/// Divides a word that is longer than the rest of a line, after the last separator of a name that fits.
fn divided(word: &str, room: usize) -> Option<(&str, &str)> {
    if !is_wider(word, room) {
        return None;
    }
    let mut used = 0_usize;
    let fits = word.char_indices().take_while(|(_, c)| {
        used = used.saturating_add(c.width().unwrap_or(0));
        used <= room
    });
    // Text of wide characters has no spaces, and breaks anywhere.
    let is_break = |c: char| matches!(c, '.' | '/' | '_' | '-' | ':') || c.width() == Some(2);
    let (at, separator) = fits.filter(|(_, c)| is_break(*c)).last()?;
    word.split_at_checked(at.saturating_add(separator.len_utf8())).filter(|(_, rest)| !rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(width: usize, parts: &[(&str, Style)]) -> String {
        let options = Options { width, ..Options::default() };
        let mut page = Page { out: String::new(), options: &options };
        page.line(2, parts);
        page.out
    }

    #[test]
    fn lines_break_between_words() {
        let text = written(12, &[("one two three four", Style::Plain)]);
        assert_eq!(text, "  one two\n  three four\n");
        assert_eq!(written(4, &[("unbreakable", Style::Plain)]), "  unbreakable\n");
        let names = [("of ", Style::Plain), ("some.long.name", Style::Bold), (": text", Style::Plain)];
        assert_eq!(written(12, &names), "  of\n  some.long.\n  name: text\n");
    }

    #[test]
    fn adjacent_parts_are_joined_without_changes() {
        let parts = [("safe", Style::Head), ("path of ", Style::Plain), ("a.b", Style::Bold), (": c", Style::Plain)];
        assert_eq!(written(80, &parts), "safe path of a.b: c\n");
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(written(8, &[("a 日本 b", Style::Plain)]), "  a 日本\n  b\n");
        assert_eq!(written(8, &[("日本語文字", Style::Plain)]), "  日本語\n  文字\n");
    }

    #[test]
    fn no_text_is_a_command_of_a_runner() {
        assert_eq!(written(14, &[("abcdef ::error::x", Style::Plain)]), "  abcdef\n  \\u{3a}:error::x\n");
        assert_eq!(written(80, &[("::error::x", Style::Plain)]), "  \\u{3a}:error::x\n");
        assert_eq!(written(80, &[("a::b ::c", Style::Plain)]), "  a::b ::c\n");
        assert_eq!(written(80, &[("##", Style::Plain), ("[x]", Style::Bold)]), "  \\u{23}#[x]\n");
    }

    #[test]
    fn controls_are_escaped() {
        assert!(!written(80, &[("a\u{1b}[31m", Style::Plain)]).contains('\u{1b}'));
    }
}
