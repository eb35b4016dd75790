//! Markdown of human-readable files: READMEs and reports.

use super::line::visible;
use super::safe::Safe;

/// The target: Markdown as GitHub renders it.
pub enum Target {}

/// Markdown whose text is escaped.
pub type Markdown = Safe<Target>;

/// Returns text as Markdown that shows it on one line: no markup, no HTML, no link.
pub fn escape(text: &str) -> Markdown {
    let text = visible(text);
    let mut out = String::with_capacity(text.len().saturating_add(8));
    // Some marks mean something at the beginning of a line alone, `1.` among them.
    let mut begins = true;
    for (at, c) in text.char_indices() {
        let (before, rest) = text.split_at_checked(at).unwrap_or_default();
        let rest = rest.strip_prefix(c).unwrap_or_default();
        match c {
            '&' if may_be_entity(rest) => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // Not a mention, a link, an autolink or an emoji.
            '@' => out.push_str("&#64;"),
            ':' if is_mark(rest) => out.push_str("&#58;"),
            // Within a word, it is no emphasis.
            '_' if is_within_word(before, rest) => out.push(c),
            // Before anything but a bracket, which is escaped itself, it is no image; the next text may be one.
            '!' if !rest.is_empty() => out.push(c),
            '\\' | '`' | '*' | '_' | '~' | '[' | ']' | '|' | '#' | '!' | '$' => {
                out.push('\\');
                out.push(c);
            }
            '-' | '+' | '=' if begins => {
                out.push('\\');
                out.push(c);
            }
            // The number of an item of a list, not that of a version.
            '.' | ')' if begins && rest.chars().next().is_none_or(char::is_whitespace) => {
                out.push('\\');
                out.push(c);
            }
            // Not the address of a site.
            '.' if ends_with_www(before) => out.push_str("&#46;"),
            _ => out.push(c),
        }
        begins = begins && c.is_ascii_digit();
    }
    Safe::escaped(out)
}

/// Returns `true` if a colon before a text begins an address or the name of an emoji.
fn is_mark(rest: &str) -> bool {
    let word = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-'));
    // The next text may go on.
    rest.is_empty() || rest.starts_with('/') || (word.len() < rest.len() && word.starts_with(':'))
}

/// Returns `true` if an ampersand before a text may begin an entity. The next text may go on.
fn may_be_entity(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| c.is_ascii_alphanumeric() || c == '#')
}

/// Returns `true` if a mark between two texts has a letter or a digit on both sides.
fn is_within_word(before: &str, rest: &str) -> bool {
    before.ends_with(|c: char| c.is_ascii_alphanumeric()) && rest.starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// Returns `true` if a dot after a text may make a link of the text: `www.`.
fn ends_with_www(before: &str) -> bool {
    let last = before.len().checked_sub(3).and_then(|start| before.get(start..));
    last.is_some_and(|last| last.eq_ignore_ascii_case("www"))
}

/// Returns a run of backticks that is longer than those in a text, and of a least length.
pub fn fence(text: &str, least: usize) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    "`".repeat(longest.saturating_add(1).max(least))
}

/// Returns text as a code span, whatever it holds.
pub fn code(text: &str) -> Markdown {
    let text = visible(text);
    let fence = fence(&text, 1);
    let blank = text.trim().is_empty();
    // A span that begins or ends with a backtick or a space has a space of padding, which is not shown.
    let pad = if !blank && (text.starts_with(['`', ' ']) || text.ends_with(['`', ' '])) { " " } else { "" };
    let text = if text.is_empty() { " ".into() } else { text };
    Safe::escaped(format!("{fence}{pad}{text}{pad}{fence}"))
}

/// Returns text as a block of code, whatever it holds.
pub fn block(language: &'static str, text: &str) -> Markdown {
    let fence = fence(text, 3);
    let lines: Vec<_> = text.lines().map(visible).collect();
    Safe::escaped(format!("{fence}{language}\n{}\n{fence}\n", lines.join("\n")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped() {
        for (text, markdown) in [
            ("<script>", "&lt;script&gt;"),
            ("a & b", "a & b"),
            ("&lt;a&", "&amp;lt;a&amp;"),
            ("&#60;", "&amp;\\#60;"),
            ("a_b *c* `d`", "a_b \\*c\\* \\`d\\`"),
            ("_a_ a__b _", "\\_a\\_ a\\_\\_b \\_"),
            ("(0.x: minor)", "(0.x: minor)"),
            ("1) item", "1\\) item"),
            ("new! ![x] x!", "new! !\\[x\\] x\\!"),
            ("[x](http://y)", "\\[x\\](http&#58;//y)"),
            ("www.x.com WWW.y", "www&#46;x.com WWW&#46;y"),
            ("# title", "\\# title"),
            ("- item", "\\- item"),
            ("1. item", "1\\. item"),
            ("1.", "1\\."),
            ("1.0.0", "1.0.0"),
            ("drive:v3: new", "drive&#58;v3: new"),
            ("drive:v3", "drive:v3"),
            ("http:", "http&#58;"),
            ("`a`: value", "\\`a\\`: value"),
            (":smile:", "&#58;smile&#58;"),
            ("a:b:c", "a&#58;b:c"),
            ("a-b.c", "a-b.c"),
            ("two\nlines", "two\\\\u{a}lines"),
        ] {
            assert_eq!(escape(text).as_str(), markdown);
        }
    }

    #[test]
    fn code_with_backticks() {
        for (text, markdown) in [("x", "`x`"), ("a`b", "``a`b``"), ("``", "``` `` ```"), ("", "` `"), (" x", "`  x `")]
        {
            assert_eq!(code(text).as_str(), markdown);
        }
    }
}
