//! Errors and warnings about inputs, each with its location, the line in the text, and a suggestion.

use crate::source::{Line, Source};
use crate::text::terminal;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// Severity of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is lost: a name was chosen where the document has one for several items.
    Note,
    /// The output is written anyway.
    Warning,
    /// Error, with which nothing is written.
    Error,
}

/// An error, a warning or a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Severity of the message.
    pub severity: Severity,
    /// The message, without a full stop.
    pub message: String,
    /// The location that the message is about.
    pub location: Option<Location>,
    /// Suggested correction, shown after `help:`.
    pub help: Option<String>,
}

/// A location in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// Text that contains the location.
    pub source: Arc<Source>,
    /// The part of the text.
    pub at: At,
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum At {
    /// The value that a JSON pointer names.
    Pointer(String),
    /// A range of bytes.
    Span(Range<usize>),
    /// A range of bytes, one of several locations that a JSON pointer names.
    Key(String, Range<usize>),
    /// The whole text, or a file that could not be read.
    Whole,
}

impl Location {
    /// Returns the JSON pointer of the location, if it has one.
    pub fn pointer(&self) -> Option<&str> {
        match &self.at {
            At::Pointer(pointer) | At::Key(pointer, _) => Some(pointer),
            At::Span(_) | At::Whole => None,
        }
    }
}

impl Diagnostic {
    /// Creates an error without a location.
    pub fn error(message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, message: message.into(), location: None, help: None }
    }

    /// Creates a warning without a location.
    pub fn warning(message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(message) }
    }

    /// Lowers the severity to a note.
    pub(crate) fn into_note(self) -> Self {
        Self { severity: Severity::Note, ..self }
    }

    /// Sets the location: the value that a JSON pointer names.
    pub fn at_pointer(mut self, source: &Arc<Source>, pointer: impl Into<String>) -> Self {
        self.location = Some(Location { source: source.clone(), at: At::Pointer(pointer.into()) });
        self
    }

    /// Sets the location: a range of bytes.
    pub fn at_span(mut self, source: &Arc<Source>, span: Range<usize>) -> Self {
        self.location = Some(Location { source: source.clone(), at: At::Span(span) });
        self
    }

    /// Sets the location: a range of bytes, one of several locations that a JSON pointer names.
    pub fn at_key(mut self, source: &Arc<Source>, pointer: impl Into<String>, span: Range<usize>) -> Self {
        self.location = Some(Location { source: source.clone(), at: At::Key(pointer.into(), span) });
        self
    }

    /// Sets the location: a whole text.
    pub fn in_source(mut self, source: &Arc<Source>) -> Self {
        self.location = Some(Location { source: source.clone(), at: At::Whole });
        self
    }

    /// Sets the help.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Sets the help to `did you mean …?` if one of the names is similar.
    pub fn suggest<'a>(mut self, wrong: &str, right: impl IntoIterator<Item = &'a str>) -> Self {
        // A name that exists elsewhere is not a correction of itself.
        if let Some(near) = nearest(wrong, right.into_iter().filter(|name| *name != wrong)) {
            self.help = Some(format!("did you mean `{near}`?"));
        }
        self
    }

    /// Renders the diagnostic for a terminal, with the line that it is about.
    pub fn render(&self, color: bool) -> String {
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        let level = match self.severity {
            Severity::Note => Level::NOTE,
            Severity::Warning => Level::WARNING,
            Severity::Error => Level::ERROR,
        };
        let message = visible(&self.message);
        let help = self.help.as_deref().map(visible);
        let mut group = Group::with_title(level.primary_title(message.as_str()));
        if let Some(location) = &self.location {
            let name = visible(&location.source.name);
            group = match location.excerpt() {
                Some(excerpt) => {
                    let mut mark = AnnotationKind::Primary.span(excerpt.marked);
                    if let Some(pointer) = location.pointer() {
                        mark = mark.label(visible(&crate::text::shortened(pointer)));
                    }
                    let snippet = Snippet::source(excerpt.text).line_start(excerpt.line.number).annotation(mark);
                    if excerpt.is_cut {
                        // The column is not that of the excerpt.
                        let origin = Origin::path(name).line(excerpt.line.number).char_column(excerpt.line.column);
                        group.element(origin).element(snippet)
                    } else {
                        group.element(snippet.path(name))
                    }
                }
                None => group.element(Origin::path(name)),
            };
        }
        if let Some(help) = &help {
            group = group.element(Level::HELP.message(&**help));
        }
        // A command may begin before a place and end in it.
        terminal::without_commands(renderer.render(&[group]).into()).into_owned()
    }

    /// Returns the line and column, both counted from one.
    pub fn position(&self) -> Option<(usize, usize)> {
        let location = self.location.as_ref()?;
        let line = location.source.line(location.span()?.start);
        Some((line.number, line.column))
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Diagnostic {}

/// The first line of a location, as a terminal shows it.
struct Excerpt {
    line: Line,
    /// The line, or the part of a long one around the location, with its control characters escaped.
    text: String,
    /// Range of the location in that text.
    marked: Range<usize>,
    /// True if the beginning of the line is left out.
    is_cut: bool,
}

impl Location {
    /// Returns the range of bytes of the location, unless that is the whole text.
    pub(crate) fn span(&self) -> Option<Range<usize>> {
        match &self.at {
            At::Pointer(pointer) => Some(self.source.locate(pointer)),
            At::Span(span) | At::Key(_, span) => Some(span.clone()),
            At::Whole => None,
        }
    }

    fn excerpt(&self) -> Option<Excerpt> {
        let span = self.span()?;
        let line = self.source.line(span.start);
        let part = |range: Range<usize>| self.source.text.get(range).unwrap_or_default();
        // The location of an error at the end of a text may be after its last character.
        let start = span.start.min(line.range.end);
        let before = part(line.range.start..start);
        let rest = part(start..line.range.end);
        let hidden = before.char_indices().rev().take(EXCERPT).last().map_or(before.len(), |(at, _)| at);
        let shown = rest.char_indices().nth(EXCERPT).map_or(rest.len(), |(at, _)| at);
        let rest = rest.get(..shown).unwrap_or_default();
        let (marked, after) = rest.split_at_checked(span.len()).unwrap_or((rest, ""));
        let mut text = visible(before.get(hidden..).unwrap_or_default());
        let begin = text.len();
        text.push_str(&visible(marked));
        let marked = begin..text.len();
        text.push_str(&visible(after));
        Some(Excerpt { line, text, marked, is_cut: hidden > 0 })
    }
}

/// Diagnostics in the order that they were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(pub Vec<Diagnostic>);

impl Diagnostics {
    /// Adds a diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Returns `true` if any of them is an error.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|d| d.severity == Severity::Error)
    }

    /// Returns the number of similar names that the next diagnostic may be compared with: none once there are many
    /// diagnostics, so that a document full of unknown names takes no longer than any other.
    pub(crate) fn candidates(&self) -> usize {
        if self.0.len() < SHOWN { usize::MAX } else { 0 }
    }

    /// Returns the diagnostics with the ranges of the locations that JSON pointers name. Each text is read once.
    pub(crate) fn located(mut self) -> Self {
        let mut locations: Vec<&mut Location> =
            self.0.iter_mut().filter_map(|diagnostic| diagnostic.location.as_mut()).collect();
        locations.retain(|location| matches!(location.at, At::Pointer(_)));
        while let Some(source) = locations.first().map(|location| location.source.clone()) {
            let (same, others): (Vec<_>, Vec<_>) =
                locations.into_iter().partition(|location| Arc::ptr_eq(&location.source, &source));
            let pointers: Vec<String> =
                same.iter().map(|location| location.pointer().unwrap_or_default().to_owned()).collect();
            let spans = source.locate_all(&pointers.iter().map(String::as_str).collect::<Vec<_>>());
            for ((location, pointer), span) in same.into_iter().zip(pointers).zip(spans) {
                location.at = At::Key(pointer, span);
            }
            locations = others;
        }
        self
    }

    /// Renders the diagnostics, errors last, where a terminal still shows them. Of each severity only the first are
    /// shown, and the others counted.
    pub fn render(&self, color: bool) -> String {
        let mut text = String::new();
        let severities = [(Severity::Note, "notes"), (Severity::Warning, "warnings"), (Severity::Error, "errors")];
        for (severity, plural) in severities {
            let mut diagnostics = self.0.iter().filter(|d| d.severity == severity);
            let shown = diagnostics.by_ref().take(SHOWN).cloned().collect();
            for diagnostic in Self(shown).located().0 {
                text.push_str(&diagnostic.render(color));
                text.push('\n');
            }
            match diagnostics.count() {
                0 => {}
                more => text.push_str(&format!("… and {more} more {plural}\n")),
            }
        }
        text
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Diagnostics {}

/// Number of characters of a line that are shown before a location, and from it: more than a terminal is wide.
const EXCERPT: usize = 500;

/// Number of diagnostics of one severity that are rendered.
const SHOWN: usize = 50;

/// Length in bytes of the longest names that are compared.
const COMPARED: usize = 200;

/// Returns the most similar of the names, if one is similar enough to be meant.
pub fn nearest<'a>(wrong: &str, right: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if wrong.len() > COMPARED {
        return None;
    }
    let lower = wrong.to_lowercase();
    right
        .into_iter()
        .filter(|name| name.len() <= COMPARED)
        .map(|name| (strsim::normalized_damerau_levenshtein(&lower, &name.to_lowercase()), name))
        .filter(|(score, _)| *score >= 0.6)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, name)| name)
}

/// Returns `true` if a name is similar enough to be meant.
pub(crate) fn is_similar(wrong: &str, right: &str) -> bool {
    nearest(wrong, [right]).is_some()
}

/// Escapes what a terminal or the runner of a workflow would interpret: controls but for tabs, marks of direction, and
/// commands.
fn visible(text: &str) -> String {
    terminal::escape_cells(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_shows_its_line_and_a_suggestion() {
        let source = Arc::new(Source::new("x.json", "{\n  \"schemas\": {\"Foo\": {\"$ref\": \"Baar\"}}\n}\n"));
        let error = Diagnostic::error("unresolved `$ref`")
            .at_pointer(&source, "/schemas/Foo/$ref")
            .suggest("Baar", ["Foo", "Bar"]);
        assert_eq!(error.position(), Some((2, 23)));
        let text = error.render(false);
        for part in ["x.json:2:23", "/schemas/Foo/$ref", "\"Baar\"", "did you mean `Bar`?"] {
            assert!(text.contains(part), "{part} in\n{text}");
        }
    }

    #[test]
    fn only_similar_names_are_suggested() {
        assert_eq!(nearest("tunedModel", ["state", "tunedModels"]), Some("tunedModels"));
        assert_eq!(nearest("tunedModel", ["state", "x"]), None);
    }

    #[test]
    fn controls_are_escaped() {
        let text = "{\"a\u{1b}[2J\": 1,\u{202e} \"b\u{9b}\": 2}";
        let source = Arc::new(Source::new("x\u{1b}]0;title\u{7}\r\n.json", text));
        for at in ["/a\u{1b}[2J", "/b\u{9b}"] {
            let error = Diagnostic::error("bad \u{1b}[31m\r").at_pointer(&source, at).help("\u{2066}help\u{0}");
            let shown = error.render(false);
            assert!(shown.chars().all(|c| c == '\n' || crate::text::is_line_char(c)), "{shown:?}");
            assert!(shown.contains("bad \\u{1b}[31m"), "{shown}");
        }
        let runner = Arc::new(Source::new("x.json", "##[error]"));
        let error = Diagnostic::error("##[error]").at_span(&runner, 1..2);
        assert!(!error.render(false).contains("##["), "{error}");
        let error = Diagnostic::error("bad").at_span(&source, 1..7);
        assert!(error.render(false).contains("^^^^^^^^^^^"), "the mark is under the escaped text");
    }

    #[test]
    fn a_part_of_a_long_line_is_shown_with_its_column() {
        let source = Arc::new(Source::new(
            "x.json",
            format!("{{\"{}é\": 1, \"b\": 2{}}}", "a".repeat(5_000), " ".repeat(9_000)),
        ));
        let error = Diagnostic::error("invalid").at_pointer(&source, "/b");
        assert_eq!(error.position(), Some((1, 5_010)));
        let text = error.render(false);
        assert!(text.contains("x.json:1:5010") && text.contains("1, \"b\": 2"), "{text}");
        assert!(text.len() < 2_000, "{}", text.len());
    }

    #[test]
    fn the_first_of_many_errors_are_rendered() {
        let mut all = Diagnostics::default();
        (0..1_000).for_each(|number| all.push(Diagnostic::error(format!("error {number}"))));
        let text = all.render(false);
        assert!(text.contains("error 49\n") && !text.contains("error 50\n"), "{text}");
        assert!(text.ends_with("… and 950 more errors\n"), "{text}");
    }
}
