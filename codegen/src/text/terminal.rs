//! A terminal: text that it shows and never obeys.

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
}
