//! Text for a terminal, which shows control characters and does not interpret them.

use super::line::visible;
use super::safe::Safe;

/// The target: a terminal.
pub enum Target {}

/// Text for a terminal.
pub type Terminal = Safe<Target>;

/// Returns text as one line of a terminal, in which control characters show as `\u{1b}`.
pub fn escape(text: &str) -> Terminal {
    Safe::escaped(visible(text).into_owned())
}

/// Returns text as one line of output that the log of a workflow may show, too: GitHub's runner takes lines that begin
/// with two colons for its commands.
pub fn line(text: &str) -> Terminal {
    let text = visible(text);
    Safe::escaped(match text.split_once("::") {
        Some((indent, rest)) if indent.trim_start().is_empty() => format!("{indent}\\u{{3a}}:{rest}"),
        _ => text.into_owned(),
    })
}

/// Returns text of several lines for a terminal: line feeds and tabs stay, other control characters show as `\u{1b}`.
pub fn escape_lines(text: &str) -> Terminal {
    let lines: Vec<String> =
        text.split('\n').map(|line| line.split('\t').map(visible).collect::<Vec<_>>().join("\t")).collect();
    Safe::escaped(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_escaped() {
        assert_eq!(escape("\u{1b}]0;title\u{7}\n").as_str(), "\\u{1b}]0;title\\u{7}\\u{a}");
        assert_eq!(escape_lines("a\r\n\tb\u{9b}31m").as_str(), "a\\u{d}\n\tb\\u{9b}31m");
    }

    #[test]
    fn lines_are_no_commands_of_a_runner() {
        assert_eq!(line("a\n::error::b").as_str(), "a\\u{a}::error::b");
        assert_eq!(line("  ::error::b").as_str(), "  \\u{3a}:error::b");
        assert_eq!(line("").as_str(), "");
    }
}
