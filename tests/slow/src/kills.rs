//! Slow tests of the package `conformance`: `generate` is killed at random moments, and at each system call that writes.

use crate::project;
use std::process::Command;

/// Runs the tests.
///
/// # Errors
/// When one fails, or cannot be run.
pub(crate) fn run() -> Result<(), String> {
    let status = Command::new(env!("CARGO"))
        .args(["test", "-p", "conformance", "--test", "kills", "--", "--ignored", "--nocapture", "--test-threads=1"])
        .current_dir(project::path(""))
        .status()
        .map_err(|error| error.to_string())?;
    if status.success() { Ok(()) } else { Err("see above".into()) }
}
