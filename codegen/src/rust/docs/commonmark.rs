//! Conversion of descriptions in CommonMark, with HTML in them, to Markdown that renders the same and holds no HTML, no
//! doctest and no link but to the web.

use super::markdown::{SPECIAL_WITH_ENTITIES, begin_line, inline, is_hidden};
use crate::text::markdown::{code, fence};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// Returns the lines of a description.
pub(super) fn lines(text: &str) -> Vec<String> {
    let mut writer = Writer::default();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        writer.event(event);
    }
    writer.block();
    while writer.lines.last().is_some_and(String::is_empty) {
        writer.lines.pop();
    }
    writer.lines
}

#[derive(Default)]
struct Writer {
    lines: Vec<String>,
    line: String,
    /// The lists around the position: the number of the next item, or `None` for bullets.
    lists: Vec<Option<u64>>,
    /// Code that is collected, if the position is within a block of it.
    fenced: Option<String>,
    /// True within `<code>`.
    in_code: bool,
    /// Targets of the open links; `None` for a link of which only the text is written.
    links: Vec<Option<String>>,
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(text) => self.push(code(&text).into_string().as_str()),
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html),
            Event::SoftBreak => self.next_line(),
            Event::HardBreak | Event::Rule => self.block(),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::TableHead | Tag::TableRow | Tag::HtmlBlock => self.paragraph(),
            Tag::Heading { .. } => {
                self.block();
                self.push("**");
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.block();
                self.fenced = Some(String::new());
            }
            Tag::List(first) => {
                self.block();
                self.lists.push(first);
            }
            Tag::Item => self.item(),
            Tag::TableCell if !self.line.is_empty() => self.push(" \u{b7} "),
            Tag::Emphasis => self.push("*"),
            Tag::Strong => self.push("**"),
            Tag::Strikethrough => self.push("~~"),
            Tag::Link { dest_url, .. } => self.link(&dest_url),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::TableHead | TagEnd::TableRow | TagEnd::HtmlBlock => self.block(),
            TagEnd::Heading(_) => {
                self.close("**");
                self.block();
            }
            TagEnd::CodeBlock => self.code_block(),
            TagEnd::List(_) => {
                self.block();
                self.lists.pop();
            }
            TagEnd::Item => self.next_line(),
            TagEnd::Emphasis => self.close("*"),
            TagEnd::Strong => self.close("**"),
            TagEnd::Strikethrough => self.close("~~"),
            TagEnd::Link => self.end_link(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(code) = &mut self.fenced {
            code.push_str(text);
            return;
        }
        if self.in_code {
            let text: String = text.chars().filter(|c| !is_hidden(*c)).collect();
            if !text.trim().is_empty() {
                self.push(code(&text).into_string().as_str());
            }
            return;
        }
        let text = one_space(text);
        let is_start = self.is_at_start();
        let text = if is_start || self.line.ends_with(' ') { text.trim_start() } else { &text };
        let escaped = inline(text, SPECIAL_WITH_ENTITIES, &|_| None);
        self.push(&if is_start { begin_line(text.bytes().next(), escaped) } else { escaped });
    }

    /// Returns `true` if the line has no text yet, only marks of an item or of emphasis.
    fn is_at_start(&self) -> bool {
        let line = self.line.trim_start().trim_end_matches(['*', '~']).trim_end();
        line.is_empty() || line == "-" || line.strip_suffix('.').is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()))
    }

    fn push(&mut self, text: &str) {
        // Within lists, lines are indented by two spaces: four would make a block of code.
        if self.line.is_empty() && !self.lists.is_empty() {
            self.line.push_str("  ");
        }
        self.line.push_str(text);
    }

    /// Writes a closing mark, or removes the opening one if there is nothing between them.
    fn close(&mut self, mark: &str) {
        let trimmed = self.line.trim_end();
        match trimmed.strip_suffix(mark) {
            Some(rest) if !rest.ends_with('\\') => self.line.truncate(rest.len()),
            _ => {
                self.line.truncate(trimmed.len());
                self.line.push_str(mark);
            }
        }
    }

    fn link(&mut self, target: &str) {
        let web = target.starts_with("https://") || target.starts_with("http://");
        let plain = web && !target.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\\".contains(c));
        if plain {
            self.push("[");
        }
        self.links.push(plain.then(|| target.to_owned()));
    }

    fn end_link(&mut self) {
        if let Some(Some(target)) = self.links.pop() {
            match self.line.strip_suffix('[').map(str::len) {
                Some(end) => self.line.truncate(end),
                None => self.push(&format!("](<{target}>)")),
            }
        }
    }

    fn next_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if !line.trim().is_empty() {
            self.lines.push(line.trim_end().to_owned());
        }
    }

    /// Ends a paragraph.
    fn block(&mut self) {
        self.next_line();
        if self.lines.last().is_some_and(|last| !last.is_empty()) {
            self.lines.push(String::new());
        }
    }

    /// Begins a paragraph, unless the mark of an item has just been written.
    fn paragraph(&mut self) {
        if !self.is_at_start() {
            self.next_line();
        }
    }

    fn item(&mut self) {
        self.next_line();
        if self.lines.last().is_some_and(|last| last.is_empty()) && self.lines.len() > 1 && self.continues_list() {
            self.lines.pop();
        }
        let indent = if self.lists.len() > 1 { "  " } else { "" };
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                let mark = format!("{number}. ");
                *number = number.saturating_add(1);
                mark
            }
            _ => "- ".to_owned(),
        };
        self.line = format!("{indent}{mark}");
    }

    /// Returns `true` if the line before the last, empty one is of the same list.
    fn continues_list(&self) -> bool {
        let before = self.lines.iter().rev().nth(1).map_or("", |line| line.trim_start());
        before.starts_with("- ") || before.split_once(". ").is_some_and(|(n, _)| n.bytes().all(|b| b.is_ascii_digit()))
    }

    fn code_block(&mut self) {
        let Some(text) = self.fenced.take() else { return };
        let fence = fence(&text, 3);
        // Code in a description is rarely Rust, and never a doctest.
        self.lines.push(format!("{fence}text"));
        for line in text.lines() {
            self.lines.push(line.replace('\t', "    ").chars().filter(|c| !is_hidden(*c)).collect());
        }
        self.lines.push(fence);
        self.block();
    }

    /// Writes HTML: the tags that Markdown has marks for, and the text of others.
    fn html(&mut self, html: &str) {
        let mut rest = html;
        while let Some((before, tag)) = rest.split_once('<') {
            self.html_text(before);
            let Some((tag, after)) = tag.split_once('>') else {
                self.html_text(&format!("<{tag}"));
                return;
            };
            self.tag(tag);
            rest = after;
        }
        self.html_text(rest);
    }

    fn html_text(&mut self, text: &str) {
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 && !self.line.trim().is_empty() && !self.line.ends_with(' ') {
                self.line.push(' ');
            }
            if !line.trim().is_empty() {
                let plain =
                    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")];
                let line = plain.iter().fold(line.to_owned(), |line, (entity, c)| line.replace(entity, c));
                self.text(&line);
            }
        }
    }

    fn tag(&mut self, tag: &str) {
        let (name, closes) = match tag.strip_prefix('/') {
            Some(name) => (name, true),
            None => (tag, false),
        };
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let (name, attributes) = name.split_at_checked(end).unwrap_or((name, ""));
        match (name.to_ascii_lowercase().as_str(), closes) {
            ("b" | "strong", false) => self.push("**"),
            ("b" | "strong", true) => self.close("**"),
            ("i" | "em", false) => self.push("*"),
            ("i" | "em", true) => self.close("*"),
            ("code" | "tt" | "kbd", closes) => self.in_code = !closes,
            ("a", false) => {
                let target = attributes.split_once("href=").map_or("", |(_, value)| value);
                let quote = target.chars().next().filter(|c| matches!(c, '"' | '\''));
                let target = match quote {
                    Some(quote) => target.trim_start_matches(quote).split(quote).next().unwrap_or_default(),
                    None => target.split_whitespace().next().unwrap_or_default(),
                };
                self.link(target);
            }
            ("a", true) => self.end_link(),
            ("ul", false) => {
                self.block();
                self.lists.push(None);
            }
            ("ol", false) => {
                self.block();
                self.lists.push(Some(1));
            }
            ("ul" | "ol", true) => {
                self.block();
                self.lists.pop();
            }
            ("li", false) => self.item(),
            ("li" | "tr" | "dt" | "dd", true) => self.next_line(),
            ("td" | "th", true) => self.push(" \u{b7} "),
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", false) => {
                self.block();
                self.push("**");
            }
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", true) => {
                self.close("**");
                self.block();
            }
            ("p" | "div" | "br" | "table" | "pre" | "hr" | "dl" | "blockquote", _) => self.block(),
            _ => {}
        }
    }
}

/// Returns text with one space in place of each run of whitespace, without hidden characters.
fn one_space(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c if is_hidden(c) => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::lines;
    use crate::rust::docs::tests::assert_no_doctest;

    fn text(doc: &str) -> String {
        lines(doc).join("\n")
    }

    #[test]
    fn commonmark_renders_as_intended() {
        for (doc, markdown) in [
            ("A **bold** and *italic* `word` word.", "A **bold** and *italic* `word` word."),
            ("# Title\nText\n## Next", "**Title**\n\nText\n\n**Next**"),
            ("one\ntwo\n\nthree", "one\ntwo\n\nthree"),
            ("- a\n- b\n  - c\n    - d\n\nend", "- a\n- b\n  - c\n  - d\n\nend"),
            ("1. a\n2. b", "1. a\n2. b"),
            ("[x](https://a.dev/b) [y](/c) ![z](https://i)", "[x](<https://a.dev/b>) y z"),
            ("```js\nlet x = 1;\n```\n\n    indented", "```text\nlet x = 1;\n```\n\n```text\nindented\n```"),
            ("| a | b |\n|---|---|\n| 1 | 2 |", "a \u{b7} b\n\n1 \u{b7} 2"),
            ("a_b, [c] <= 5 & \\#", "a\\_b, \\[c\\] \\<= 5 \\& #"),
            ("See https://a.dev/?x=1&y=2 `a&b` a\tb  c", "See <https://a.dev/?x=1&y=2> `a&b` a b c"),
            ("1. a\n\n2. b", "1. a\n2. b"),
        ] {
            assert_eq!(text(doc), markdown, "{doc}");
        }
    }

    #[test]
    fn html_becomes_markdown() {
        for (doc, markdown) in [
            ("<p>One <b>bold</b> &lt;x&gt;.</p>\n<p>Two <code>c</code></p>", "One **bold** \\<x\\>.\n\nTwo `c`"),
            (
                "See <a href=\"https://a.dev\">this</a> or <a href='javascript:x'>that</a>.",
                "See [this](<https://a.dev>) or that.",
            ),
            ("Line<br>next<br/>last", "Line\n\nnext\n\nlast"),
            ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
            ("<script>alert(1)</script>", "alert(1)"),
            ("<b></b>x", "x"),
            ("a <unclosed", "a \\<unclosed"),
        ] {
            assert_eq!(text(doc), markdown, "{doc}");
        }
    }

    #[test]
    fn descriptions_have_no_doctests_and_no_tags() {
        for doc in [
            "<ul><ul><ul><ul><li>x<p>y</ul>",
            "- a\n\n      code\n",
            "> quote\n\n\tcode",
            "````\n```\nfn main() {}\n````",
            "<li>\n\n        let x = 1;",
            "&#60;script&#62; &lt;b&gt;",
            "- <span>      std::process::exit(1);</span>",
            "<i>      let x = 1;</i>",
            "1. <b>      let x = 1;</b>",
            "<ul><li>&nbsp;     let x = 1;</ul>",
        ] {
            assert_no_doctest(&lines(doc));
            let mut fence: Option<String> = None;
            for line in lines(doc) {
                match &fence {
                    Some(open) if line == *open => fence = None,
                    Some(_) => {}
                    None if line.starts_with("```") => {
                        assert!(line.ends_with("text"), "{doc}: {line}");
                        fence = Some(line.trim_end_matches("text").to_owned());
                    }
                    None => {
                        assert!(!line.starts_with("    "), "{doc}: {line:?}");
                        let before = [' '].into_iter().chain(line.chars());
                        let tag =
                            before.zip(line.chars()).any(|(before, c)| c == '<' && before != '\\' && before != '(');
                        assert!(!tag, "{doc}: {line}");
                    }
                }
            }
            assert_eq!(fence, None, "{doc}");
        }
    }
}
