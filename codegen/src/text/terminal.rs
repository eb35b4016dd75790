//! Text for a terminal, which shows control characters and does not interpret them.

use super::line::{is_command, visible};
use super::safe::Safe;
use std::borrow::Cow;

/// The target: a terminal.
pub enum Target {}

/// Text for a terminal.
pub type Terminal = Safe<Target>;

/// Returns text as one line of a terminal or log, in which control characters show as `\u{1b}`, and commands to the
/// runner of a workflow as text.
pub fn escape(text: &str) -> Terminal {
    Safe::escaped(without_commands(visible(text)).into_owned())
}

/// Returns text with the first character of commands such as `##[error]` escaped, which runners find anywhere in a line.
pub(crate) fn without_commands(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains("##") {
        return text;
    }
    let mut out = String::with_capacity(text.len().saturating_add(8));
    for (at, c) in text.char_indices() {
        match text.get(at..).is_some_and(is_command) {
            true => out.push_str("\\u{23}"),
            false => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Returns text as one line of output, in which it begins no command either: GitHub's runner takes lines that begin with
/// two colons for its commands.
pub fn line(text: &str) -> Terminal {
    let text = escape(text).into_string();
    Safe::escaped(match text.split_once("::") {
        Some((indent, rest)) if indent.trim_start().is_empty() => format!("{indent}\\u{{3a}}:{rest}"),
        _ => text,
    })
}

/// Returns text of several lines for a terminal: line feeds and tabs stay, other control characters show as `\u{1b}`.
pub fn escape_lines(text: &str) -> Terminal {
    Safe::escaped(text.split('\n').map(escape_cells).collect::<Vec<_>>().join("\n"))
}

/// Returns text as one line in which tabs stay.
pub(crate) fn escape_cells(text: &str) -> String {
    text.split('\t').map(|cell| escape(cell).into_string()).collect::<Vec<_>>().join("\t")
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
        assert_eq!(line("a ##[error]b ###[x] ##vso[y]").as_str(), "a \\u{23}#[error]b #\\u{23}#[x] \\u{23}#vso[y]");
        assert_eq!(line("## head [x] # [y] ##1[z]").as_str(), "## head [x] # [y] ##1[z]");
    }
}
