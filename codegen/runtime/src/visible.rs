//! Text of a service in messages.

use std::fmt;

/// Displays text with escapes for control characters, so that a service cannot write to a terminal or begin a line of a
/// log.
pub(crate) struct Visible<'a>(pub(crate) &'a str);

impl fmt::Display for Visible<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|char| match char.is_control() {
            true => write!(f, "{}", char.escape_debug()),
            false => write!(f, "{char}"),
        })
    }
}
