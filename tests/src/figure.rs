//! Output of measured figures.

use std::io::Write;

/// Prints a figure to standard error directly, since the test runner captures the output of passing tests.
pub fn print(figure: &str) {
    // A closed standard error is not a failure.
    let _ = writeln!(std::io::stderr(), "{figure}");
}
