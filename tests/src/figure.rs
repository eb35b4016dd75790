//! Figures that proofs come to.

use std::io::Write;

/// Prints a figure where the test runner does not keep it to itself, as it does with what passing tests print.
pub fn print(figure: &str) {
    // Whoever has closed standard error does not want it.
    let _ = writeln!(std::io::stderr(), "{figure}");
}
