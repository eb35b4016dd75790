//! Slow tests of the package `conformance`: `generate` is killed at random moments, and at each system call that
//! writes.

use crate::project;

/// Runs the tests.
///
/// # Errors
/// When one fails, or cannot be run.
pub(crate) fn run() -> Result<(), String> {
    let status = project::cargo()
        .args(["test", "-p", "conformance", "--test", "kills", "--", "--ignored", "--nocapture", "--test-threads=1"])
        .status()
        .map_err(|error| error.to_string())?;
    if status.success() { Ok(()) } else { Err("see above".into()) }
}
