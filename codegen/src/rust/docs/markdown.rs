//! Conversion of descriptions, which are roughly Markdown, to Markdown that renders as intended.

use std::collections::{BTreeMap, VecDeque};

/// Returns the lines of a description. `link` returns the path of the item that a code span names, if there is one.
pub(super) fn lines(text: &str, link: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut fenced = false;
    for line in text.replace('\t', " ").lines() {
        let line: String = line.trim().chars().filter(|c| !is_hidden(*c)).collect();
        if line.starts_with("```") {
            // Code in a description is rarely Rust, and never a doctest.
            out.push(if fenced { "```".to_owned() } else { "```text".to_owned() });
            fenced = !fenced;
        } else if fenced {
            out.push(line);
        } else if line.is_empty() {
            if out.last().is_some_and(|last| !last.is_empty()) {
                out.push(line);
            }
        } else {
            let line = block(&line, link);
            // Without an empty line, Markdown would continue the list item.
            if out.last().is_some_and(|last| is_item(last)) && !is_item(&line) {
                out.push(format!("  {line}"));
            } else if is_item(&line)
                && out.last().is_some_and(|last| !last.is_empty() && !is_item(last) && !last.starts_with("  "))
            {
                out.push(String::new());
                out.push(line);
            } else if out.last().is_some_and(|last| last.starts_with("  ")) && !is_item(&line) {
                out.push(format!("  {line}"));
            } else {
                out.push(line);
            }
        }
    }
    if fenced {
        out.push("```".to_owned());
    }
    while out.last().is_some_and(String::is_empty) {
        out.pop();
    }
    out
}

/// Returns `true` for characters that are not shown: controls, and those that change the direction of text.
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control() || is_bidi(c)
}

/// Returns `true` for characters that change the direction of text, which rustc rejects in source code.
fn is_bidi(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_item(line: &str) -> bool {
    line.starts_with("- ")
}

/// Escapes a line whose beginning has a meaning in Markdown.
fn block(line: &str, link: &dyn Fn(&str) -> Option<String>) -> String {
    if let Some(item) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")).or_else(|| line.strip_prefix("+ "))
    {
        let item = item.trim_start();
        return format!("- {}", begin_line(item.bytes().next(), inline(item, SPECIAL, link)));
    }
    begin_line(line.bytes().next(), inline(line, SPECIAL, link))
}

/// Escapes the first character of a line if it has a meaning there, and [`inline`] does not escape it.
pub(super) fn begin_line(first: Option<u8>, inline: String) -> String {
    match first {
        Some(b'#' | b'+' | b'=' | b'-' | b':') => format!("\\{inline}"),
        // `1.` at the start of a line would begin a list item, which includes the following lines.
        Some(b'0'..=b'9') => {
            let mark = inline.trim_start_matches(|c: char| c.is_ascii_digit());
            match (inline.strip_suffix(mark), mark.starts_with(['.', ')'])) {
                (Some(digits), true) => format!("{digits}\\{mark}"),
                _ => inline,
            }
        }
        _ => inline,
    }
}

/// Characters that have a meaning within a line. `h` begins links.
pub(super) const SPECIAL: &[char] = &['`', '[', '<', '>', ']', '\\', '*', '_', '~', '|', 'h'];

/// The same, with the beginning of HTML's entities.
pub(super) const SPECIAL_WITH_ENTITIES: &[char] = &['`', '[', '<', '>', ']', '\\', '*', '_', '~', '|', 'h', '&'];

/// Escapes the special characters of text within a line, each of them one byte long, and keeps code spans and links.
pub(super) fn inline(text: &str, special: &[char], link: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len().saturating_add(8));
    let mut line = Line::new(text);
    loop {
        let rest = line.rest();
        let Some(at) = rest.find(special) else {
            out.push_str(rest);
            return out;
        };
        let (plain, rest) = rest.split_at(at);
        out.push_str(plain);
        line.skip(at);
        if rest.starts_with('`') {
            let ticks = run(rest);
            match line.code_span(ticks) {
                Some(span) => {
                    line.skip(span.len());
                    let name = span.trim_matches('`');
                    match link(name) {
                        // A label that equals the path needs no target.
                        Some(path) if path == name => out.push_str(&format!("[{span}]")),
                        Some(path) => out.push_str(&format!("[{span}]({path})")),
                        None => out.push_str(span),
                    }
                }
                None => {
                    line.skip(ticks);
                    out.push_str(&"\\`".repeat(ticks));
                }
            }
        } else if rest.starts_with("http://") || rest.starts_with("https://") {
            let url = url(rest);
            line.skip(url.len());
            if url.len() > "https://".len() && !url.ends_with("//") {
                out.push_str(&format!("<{url}>"));
            } else {
                out.push_str(url);
            }
        } else if let Some((label, target)) = line.web_link() {
            line.skip("[](".len().saturating_add(label.len()).saturating_add(target.len()).saturating_add(1));
            out.push_str(&format!("[{}](<{target}>)", inline_label(label)));
        } else {
            // Each of the special characters is one byte long.
            let (special, _) = rest.split_at(1);
            line.skip(1);
            if special != "h" {
                out.push('\\');
            }
            out.push_str(special);
        }
    }
}

/// Returns the length of the run of backticks at the start of the text.
fn run(text: &str) -> usize {
    text.bytes().take_while(|byte| *byte == b'`').count()
}

/// Line and reading position. Each position that lies ahead is searched for once, so that reading takes time linear in
/// the length of the line.
struct Line<'a> {
    text: &'a str,
    at: usize,
    /// Positions of later runs of backticks, by their length.
    runs: BTreeMap<usize, VecDeque<usize>>,
    /// Position of the next `](`, if there is one.
    middle: Option<usize>,
    /// Position of the first `)` after that, if there is one.
    close: Option<usize>,
}

impl<'a> Line<'a> {
    fn new(text: &'a str) -> Self {
        let mut runs: BTreeMap<usize, VecDeque<usize>> = BTreeMap::new();
        let mut at = 0_usize;
        while let Some(found) = text.get(at..).and_then(|rest| rest.find('`')) {
            at = at.saturating_add(found);
            let ticks = run(text.get(at..).unwrap_or_default());
            runs.entry(ticks).or_default().push_back(at);
            at = at.saturating_add(ticks);
        }
        let mut line = Self { text, at: 0, runs, middle: None, close: None };
        line.find_link();
        line
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip(&mut self, bytes: usize) {
        self.at = self.at.saturating_add(bytes);
        if self.middle.is_some_and(|middle| middle < self.at) {
            self.find_link();
        }
    }

    /// Finds the next `](`, and the `)` after it.
    fn find_link(&mut self) {
        let find = |from: usize, text: &str| Some(self.text.get(from..)?.find(text)?.saturating_add(from));
        self.middle = find(self.at, "](");
        self.close = self.middle.and_then(|middle| match self.close {
            Some(close) if close > middle => Some(close),
            _ => find(middle, ")"),
        });
        if self.close.is_none() {
            self.middle = None;
        }
    }

    /// Returns the code span that begins at the position with a run of backticks.
    fn code_span(&mut self, ticks: usize) -> Option<&'a str> {
        let ahead = self.runs.get_mut(&ticks)?;
        while ahead.front().is_some_and(|start| *start <= self.at) {
            ahead.pop_front();
        }
        let end = ahead.front()?.saturating_add(ticks);
        let span = self.text.get(self.at..end)?;
        let filled = span.chars().any(|c| c != '`' && !c.is_whitespace());
        filled.then_some(span)
    }

    /// Returns label and target of the link `[label](https://…)` at the position.
    fn web_link(&self) -> Option<(&'a str, &'a str)> {
        let label = self.text.get(self.at..self.middle?)?.strip_prefix('[')?;
        // Another link may begin within a label; it is parsed when the position reaches it.
        let is_code = label
            .strip_prefix('`')
            .and_then(|label| label.strip_suffix('`'))
            .is_some_and(|code| !code.trim().is_empty() && !code.contains('`'));
        if label.is_empty() || label.contains(['[', ']']) || (label.contains('`') && !is_code) {
            return None;
        }
        let target = self.text.get(self.middle?.saturating_add("](".len())..self.close?)?;
        let plain = target.starts_with("http") && !target.contains(|c: char| c.is_whitespace() || "<>\\".contains(c));
        plain.then_some((label, target))
    }
}

/// Returns the URL at the start of the text, without the punctuation of the sentence around it.
fn url(text: &str) -> &str {
    let end = text.find(|c: char| c.is_whitespace() || "<>`\"'|\\^{}[]*".contains(c)).unwrap_or(text.len());
    let (mut url, _) = text.split_at(end);
    let (open, mut closed) = (url.matches('(').count(), url.matches(')').count());
    loop {
        let trimmed = url.trim_end_matches(['.', ',', ';', ':', '!', '?']);
        // A closing parenthesis belongs to the URL only if it is matched.
        let trimmed = match trimmed.strip_suffix(')') {
            Some(inner) if open < closed => {
                closed = closed.saturating_sub(1);
                inner
            }
            _ => trimmed,
        };
        if trimmed.len() == url.len() {
            return url;
        }
        url = trimmed;
    }
}

fn inline_label(label: &str) -> String {
    if label.starts_with('`') {
        return label.to_owned();
    }
    // A URL as its own label would become a link within a link.
    label.replace("://", ":&#47;/").chars().fold(String::new(), |mut out, c| {
        if "<>*_\\~".contains(c) {
            out.push('\\');
        }
        out.push(c);
        out
    })
}

#[cfg(test)]
mod tests {
    use super::lines;
    use crate::rust::docs::tests::assert_no_doctest;

    fn text(description: &str) -> String {
        lines(description, &|name| (name == "TunedModel").then(|| "super::TunedModel".to_owned())).join("\n")
    }

    #[test]
    fn accidental_markup_is_escaped() {
        assert_eq!(text("A Map<String> [0, 1] of a_b * c"), "A Map\\<String\\> \\[0, 1\\] of a\\_b \\* c");
        assert_eq!(text("# not a title"), "\\# not a title");
        assert_eq!(text("1. first"), "1\\. first");
        assert_eq!(text("an ` alone"), "an \\` alone");
    }

    #[test]
    fn the_text_of_an_item_is_not_code() {
        for doc in
            ["- -      std::process::exit(1);", "- 1.      let x = 1;", "-      let x = 1;", "- +      let x = 1;"]
        {
            assert_no_doctest(&lines(doc, &|_| None));
        }
        assert_eq!(text("> quote"), "\\> quote");
    }

    #[test]
    fn urls_and_links_are_links() {
        assert_eq!(text("See https://x.dev/a_b."), "See <https://x.dev/a_b>.");
        assert_eq!(text("See [the page](https://x.dev/a)."), "See [the page](<https://x.dev/a>).");
        assert_eq!(text("(see https://x.dev/(a))"), "(see <https://x.dev/(a)>)");
        assert_eq!(text("Use [`files.export`](https://x.dev/a_b)."), "Use [`files.export`](<https://x.dev/a_b>).");
        assert_eq!(text("[` `](https://x.dev)"), "\\[\\` \\`\\](<https://x.dev>)");
    }

    #[test]
    fn code_that_names_an_item_links_to_it() {
        assert_eq!(text("A `TunedModel` of `x<y>`."), "A [`TunedModel`](super::TunedModel) of `x<y>`.");
    }

    #[test]
    fn backticks_pair_with_runs_of_their_length() {
        assert_eq!(text("`` a`b `` and ``` c"), "`` a`b `` and \\`\\`\\` c");
        assert_eq!(text("`a` ``b` c"), "`a` \\`\\`b\\` c");
        assert_eq!(text("` ` x `y`"), "\\` ` x `y\\`");
    }

    #[test]
    fn a_link_is_the_innermost() {
        assert_eq!(text("[a [b](https://x.dev)"), "\\[a [b](<https://x.dev>)");
        assert_eq!(text("[a](b) [c](https://x.dev)"), "\\[a\\](b) [c](<https://x.dev>)");
        assert_eq!(text("[a](https://x.dev"), "\\[a\\](<https://x.dev>");
    }

    #[test]
    fn time_is_linear() {
        let hostile: [fn(usize) -> String; 8] = [
            |n| (1..=n.isqrt()).map(|ticks| "`".repeat(ticks) + " ").collect(),
            |n| "` ".repeat(n),
            |n| "[".repeat(n),
            |n| "[a](".repeat(n),
            |n| "[a".repeat(n) + "](https://x.dev/" + &"a".repeat(n),
            |n| "https://x.dev/".to_owned() + &")".repeat(n),
            |n| "http://(".repeat(n),
            |n| "](".repeat(n) + &"[".repeat(n),
        ];
        for make in hostile {
            let input = make(200_000);
            let start = std::time::Instant::now();
            text(&input);
            // Quadratic time would be minutes, on any machine.
            assert!(start.elapsed().as_secs() < 20, "{}…", input.chars().take(20).collect::<String>());
        }
    }

    #[test]
    fn descriptions_have_no_doctests() {
        assert_eq!(text("Example:\n\n    let x = 1;\n"), "Example:\n\nlet x = 1;");
        assert_eq!(text("```\nlet x = 1;\n"), "```text\nlet x = 1;\n```");
    }

    #[test]
    fn lists_hold_their_lines() {
        assert_eq!(text("Either:\n* one\nmore of it\n* two"), "Either:\n\n- one\n  more of it\n- two");
    }
}
