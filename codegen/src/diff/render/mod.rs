//! Reports for people and programs.

mod changelog;
mod github;
mod html;
mod json;
mod junit;
mod markdown;
mod sarif;
mod text;
mod words;

use super::review::Review;
use super::verdict::WireCompatibility;
pub use changelog::changelog;
pub use markdown::message as markdown_message;
pub use words::LEGEND;

/// Format of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Format {
    /// Text for a terminal.
    #[default]
    Text,
    /// Comment on a pull request.
    Markdown,
    /// JSON, for programs.
    Json,
    /// One HTML page that works offline.
    Html,
    /// Annotations of a GitHub workflow.
    Github,
    /// JUnit XML: a test case for each finding.
    Junit,
    /// SARIF 2.1.0, for code scanning services.
    Sarif,
}

/// Options of a report.
#[derive(Clone, Debug)]
pub struct Options {
    /// True to color text.
    pub color: bool,
    /// Width of text, in columns.
    pub width: usize,
    /// Least severe findings that text shows.
    pub severity: WireCompatibility,
    /// Largest number of findings of an API that text shows.
    pub limit: Option<usize>,
    /// True for Markdown without the size limit of a comment.
    pub whole: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { color: false, width: 100, severity: WireCompatibility::Safe, limit: None, whole: false }
    }
}

/// Renders a review.
pub fn render(review: &Review, format: Format, options: &Options) -> String {
    match format {
        Format::Text => text::render(review, options),
        Format::Markdown => markdown::render(review, options),
        Format::Json => json::render(review),
        Format::Html => html::render(review),
        Format::Github => github::render(review),
        Format::Junit => junit::render(review),
        Format::Sarif => sarif::render(review),
    }
}

/// Returns `true` for the text of a report in one of the formats, by the lines that all reports of the format have.
#[cfg(feature = "cli")]
pub(crate) fn is_report(text: &str) -> bool {
    let is_count = |part: &str| {
        part.split_once(' ').is_some_and(|(count, word)| {
            count.starts_with(|c: char| c.is_ascii_digit())
                && count.chars().all(|c| c.is_ascii_digit() || c == ',')
                && ["finding", "breaking", "risky", "safe"].iter().any(|known| word.starts_with(known))
        })
    };
    let is_counts = |line: &str| line.contains(" · ") && line.split(" · ").any(is_count);
    let is_summary = |line: &str| {
        line == "Nothing changed."
            || (line.contains(" changed, ") && line.contains(" removed: "))
            || (line.starts_with("# ") && line.contains(" changed: "))
    };
    let commands = ["::error ", "::warning ", "::notice "];
    text.starts_with("{\n  \"semver\": ")
        || (text.starts_with("{\n  \"$schema\": ") && text.contains("\"name\": \"discovery-codegen\""))
        || (text.starts_with("<?xml") && text.contains("\n<testsuites>\n"))
        || text.contains("<meta name=\"generator\" content=\"discovery-codegen\">")
        || text.lines().all(|line| commands.iter().any(|command| line.starts_with(command)))
        || text.lines().any(|line| is_counts(line) || is_summary(line))
}
