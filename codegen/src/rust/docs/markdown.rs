//! A vendor's prose, which is Markdown by intention, as Markdown that says what it looks like.

/// A description's lines. `link` gives the path of what a code span names, if it names an item.
pub(super) fn lines(text: &str, link: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut fenced = false;
    for line in text.replace('\t', " ").lines() {
        let line: String = line.trim().chars().filter(|c| !c.is_control() && !is_bidi(*c)).collect();
        if line.starts_with("```") {
            // Code in a description is hardly ever Rust, and never a test.
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
            // What follows a list item without an empty line would be taken into it.
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

/// Characters that turn the direction of text, which rustc rightly refuses in source.
fn is_bidi(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_item(line: &str) -> bool {
    line.starts_with("- ")
}

/// A line whose beginning means something to Markdown.
fn block(line: &str, link: &dyn Fn(&str) -> Option<String>) -> String {
    if let Some(item) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")).or_else(|| line.strip_prefix("+ "))
    {
        return format!("- {}", inline(item.trim_start(), link));
    }
    let inline = inline(line, link);
    match line.as_bytes()[0] {
        b'#' | b'+' | b'=' | b'-' | b'|' | b'~' | b':' => format!("\\{inline}"),
        b'>' => format!("\\{inline}"),
        // `1.` at the start of a line begins a list, and the lines after it would be its item.
        b'0'..=b'9' => {
            let digits = inline.bytes().take_while(u8::is_ascii_digit).count();
            match inline.as_bytes().get(digits) {
                Some(b'.' | b')') => format!("{}\\{}", &inline[..digits], &inline[digits..]),
                _ => inline,
            }
        }
        _ => inline,
    }
}

/// Text within a line: code spans, links, and everything that must not be taken for one.
fn inline(text: &str, link: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c == '`' {
            if let Some((span, after)) = code_span(rest) {
                let name = span.trim_matches('`');
                match link(name) {
                    // A label that is the path itself needs no target.
                    Some(path) if path == name => out.push_str(&format!("[{span}]")),
                    Some(path) => out.push_str(&format!("[{span}]({path})")),
                    None => out.push_str(span),
                }
                rest = after;
            } else {
                out.push_str("\\`");
                rest = &rest[1..];
            }
        } else if rest.starts_with("http://") || rest.starts_with("https://") {
            let (url, after) = url(rest);
            if url.len() > "https://".len() && !url.ends_with("//") {
                out.push_str(&format!("<{url}>"));
            } else {
                out.push_str(url);
            }
            rest = after;
        } else if c == '[' {
            if let Some((label, target, after)) = web_link(rest) {
                out.push_str(&format!("[{}](<{target}>)", inline_label(label)));
                rest = after;
            } else {
                out.push_str("\\[");
                rest = &rest[1..];
            }
        } else {
            if matches!(c, '<' | '>' | ']' | '\\' | '*' | '_' | '~' | '|') {
                out.push('\\');
            }
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// A code span at the start of the text, and what follows it.
fn code_span(text: &str) -> Option<(&str, &str)> {
    let ticks = text.bytes().take_while(|b| *b == b'`').count();
    let fence = &text[..ticks];
    let mut at = ticks;
    loop {
        let found = at + text[at..].find(fence)?;
        let run = text[found..].bytes().take_while(|b| *b == b'`').count();
        if run == ticks {
            let end = found + ticks;
            return (!text[ticks..found].trim().is_empty()).then(|| (&text[..end], &text[end..]));
        }
        at = found + run;
    }
}

/// A URL at the start of the text, less the punctuation of the sentence around it.
fn url(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| c.is_whitespace() || "<>`\"'|\\^{}[]*".contains(c)).unwrap_or(text.len());
    let mut url = &text[..end];
    loop {
        let trimmed = url.trim_end_matches(['.', ',', ';', ':', '!', '?']);
        // A closing parenthesis belongs to the URL only with its partner.
        let trimmed = match trimmed.strip_suffix(')') {
            Some(inner) if trimmed.matches('(').count() < trimmed.matches(')').count() => inner,
            _ => trimmed,
        };
        if trimmed.len() == url.len() {
            return (url, &text[url.len()..]);
        }
        url = trimmed;
    }
}

/// `[label](https://…)` at the start of the text: label, target, and what follows.
fn web_link(text: &str) -> Option<(&str, &str, &str)> {
    let middle = text.find("](")?;
    let label = &text[1..middle];
    let target = &text[middle + 2..];
    let end = target.find(')')?;
    let (target, after) = (&target[..end], &target[end + 1..]);
    let plain = target.starts_with("http") && !target.contains(|c: char| c.is_whitespace() || "<>\\".contains(c));
    (plain && !label.is_empty() && !label.contains(['[', ']', '`'])).then_some((label, target, after))
}

fn inline_label(label: &str) -> String {
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

    fn text(description: &str) -> String {
        lines(description, &|name| (name == "TunedModel").then(|| "super::TunedModel".to_owned())).join("\n")
    }

    #[test]
    fn what_is_no_markup_is_escaped() {
        assert_eq!(text("A Map<String> [0, 1] of a_b * c"), "A Map\\<String\\> \\[0, 1\\] of a\\_b \\* c");
        assert_eq!(text("# not a title"), "\\# not a title");
        assert_eq!(text("1. first"), "1\\. first");
        assert_eq!(text("an ` alone"), "an \\` alone");
    }

    #[test]
    fn urls_and_links_are_links() {
        assert_eq!(text("See https://x.dev/a_b."), "See <https://x.dev/a_b>.");
        assert_eq!(text("See [the page](https://x.dev/a)."), "See [the page](<https://x.dev/a>).");
        assert_eq!(text("(see https://x.dev/(a))"), "(see <https://x.dev/(a)>)");
    }

    #[test]
    fn code_that_names_an_item_links_to_it() {
        assert_eq!(text("A `TunedModel` of `x<y>`."), "A [`TunedModel`](super::TunedModel) of `x<y>`.");
    }

    #[test]
    fn nothing_is_a_doctest() {
        assert_eq!(text("Example:\n\n    let x = 1;\n"), "Example:\n\nlet x = 1;");
        assert_eq!(text("```\nlet x = 1;\n"), "```text\nlet x = 1;\n```");
    }

    #[test]
    fn lists_hold_their_lines() {
        assert_eq!(text("Either:\n* one\nmore of it\n* two"), "Either:\n\n- one\n  more of it\n- two");
    }
}
