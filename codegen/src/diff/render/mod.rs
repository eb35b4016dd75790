//! Reports for people and programs.

mod html;
mod json;
mod markdown;
mod text;
mod words;

use super::review::Review;

/// How a review is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Format {
    /// For a terminal.
    #[default]
    Text,
    /// For a pull request.
    Markdown,
    /// For programs.
    Json,
    /// One page that works offline.
    Html,
}

/// Renders a review. `color` is for text alone.
pub fn render(review: &Review, format: Format, color: bool) -> String {
    match format {
        Format::Text => text::render(review, color),
        Format::Markdown => markdown::render(review),
        Format::Json => json::render(review),
        Format::Html => html::render(review),
    }
}
