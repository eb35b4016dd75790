//! Errors and warnings about what was read: each says where, shows the line, and says what would be right.

use crate::source::Source;
use crate::text::visible;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth a look; the work goes on.
    Warning,
    /// Nothing is written.
    Error,
}

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// Where it is.
    pub place: Option<Place>,
    /// What would be right.
    pub help: Option<String>,
}

/// A place in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The text.
    pub source: Arc<Source>,
    /// Where in it.
    pub at: At,
}

/// Where in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum At {
    /// At what a JSON pointer names.
    Pointer(String),
    /// At these bytes.
    Span(Range<usize>),
    /// At these bytes, one of several places that a JSON pointer names.
    Key(String, Range<usize>),
    /// The text as a whole, or a file that could not be read.
    Whole,
}

impl Diagnostic {
    /// An error without a place yet.
    pub fn error(message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, message: message.into(), place: None, help: None }
    }

    /// A warning without a place yet.
    pub fn warning(message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(message) }
    }

    /// Says where it is: at what a JSON pointer names.
    pub fn at_pointer(mut self, source: &Arc<Source>, pointer: impl Into<String>) -> Self {
        self.place = Some(Place { source: source.clone(), at: At::Pointer(pointer.into()) });
        self
    }

    /// Says where it is: at these bytes.
    pub fn at_span(mut self, source: &Arc<Source>, span: Range<usize>) -> Self {
        self.place = Some(Place { source: source.clone(), at: At::Span(span) });
        self
    }

    /// Says where it is: at these bytes, one of several places that a JSON pointer names.
    pub fn at_key(mut self, source: &Arc<Source>, pointer: impl Into<String>, span: Range<usize>) -> Self {
        self.place = Some(Place { source: source.clone(), at: At::Key(pointer.into(), span) });
        self
    }

    /// Says which text it is about.
    pub fn in_source(mut self, source: &Arc<Source>) -> Self {
        self.place = Some(Place { source: source.clone(), at: At::Whole });
        self
    }

    /// Says what would be right.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says what would be right, if anything is near: `did you mean …?`.
    pub fn suggest<'a>(mut self, wrong: &str, right: impl IntoIterator<Item = &'a str>) -> Self {
        if let Some(near) = nearest(wrong, right) {
            self.help = Some(format!("did you mean `{near}`?"));
        }
        self
    }

    /// As text for a terminal, with the line it is about.
    pub fn render(&self, color: bool) -> String {
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        let level = match self.severity {
            Severity::Warning => Level::WARNING,
            Severity::Error => Level::ERROR,
        };
        let message = visible(&self.message);
        let help = self.help.as_deref().map(visible);
        let (label, name);
        let mut group = Group::with_title(level.primary_title(&*message));
        match &self.place {
            Some(place) if place.at != At::Whole => {
                let (line, number, span) = place.line();
                let mut mark = AnnotationKind::Primary.span(span);
                if let At::Pointer(pointer) | At::Key(pointer, _) = &place.at {
                    label = visible(pointer);
                    mark = mark.label(&*label);
                }
                name = visible(&place.source.name);
                group = group.element(Snippet::source(line).line_start(number).path(&*name).annotation(mark));
            }
            Some(place) => {
                name = visible(&place.source.name);
                group = group.element(Origin::path(&*name));
            }
            None => {}
        }
        if let Some(help) = &help {
            group = group.element(Level::HELP.message(&**help));
        }
        renderer.render(&[group])
    }

    /// The line and column where it is, both counted from one.
    pub fn position(&self) -> Option<(usize, usize)> {
        let place = self.place.as_ref().filter(|place| place.at != At::Whole)?;
        let (line, number, span) = place.line();
        Some((number, line[..span.start].chars().count() + 1))
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Diagnostic {}

impl Place {
    /// The line that the place begins in, its number, and the place within it.
    fn line(&self) -> (&str, usize, Range<usize>) {
        let text = self.source.text.as_str();
        let span = match &self.at {
            At::Pointer(pointer) => self.source.locate(pointer),
            At::Span(span) | At::Key(_, span) => span.clone(),
            At::Whole => 0..0,
        };
        let at = span.start.min(text.len());
        let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
        let end = text[at..].find('\n').map_or(text.len(), |i| at + i);
        let number = text[..start].bytes().filter(|b| *b == b'\n').count() + 1;
        let last = span.end.clamp(at, end);
        (&text[start..end], number, at - start..last - start)
    }
}

/// Several things that are wrong; at least one of them an error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(pub Vec<Diagnostic>);

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Whether any of them is an error.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|d| d.severity == Severity::Error)
    }

    /// All of them as text, errors last, so that they are what a terminal still shows.
    pub fn render(&self, color: bool) -> String {
        let mut sorted: Vec<_> = self.0.iter().collect();
        sorted.sort_by_key(|d| d.severity);
        sorted.iter().map(|d| d.render(color) + "\n").collect()
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

/// What comes nearest to a name that is not there, if anything is near enough to be meant.
pub fn nearest<'a>(wrong: &str, right: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = wrong.to_lowercase();
    right
        .into_iter()
        .map(|name| (strsim::normalized_damerau_levenshtein(&lower, &name.to_lowercase()), name))
        .filter(|(score, _)| *score >= 0.6)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_shows_its_line_and_says_what_would_be_right() {
        let source = Arc::new(Source::new("x.json", "{\n  \"schemas\": {\"Foo\": {\"$ref\": \"Baar\"}}\n}\n"));
        let error = Diagnostic::error("`$ref` names a schema that is not there")
            .at_pointer(&source, "/schemas/Foo/$ref")
            .suggest("Baar", ["Foo", "Bar"]);
        assert_eq!(error.position(), Some((2, 23)));
        let text = error.render(false);
        for part in ["x.json:2:23", "/schemas/Foo/$ref", "\"Baar\"", "did you mean `Bar`?"] {
            assert!(text.contains(part), "{part} in\n{text}");
        }
    }

    #[test]
    fn what_is_far_is_not_suggested() {
        assert_eq!(nearest("tunedModel", ["state", "tunedModels"]), Some("tunedModels"));
        assert_eq!(nearest("tunedModel", ["state", "x"]), None);
    }
}
