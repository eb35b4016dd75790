//! The command line: arguments in, exit code out; no logic.

pub mod diff;
#[cfg(feature = "fetch")]
pub mod fetch;
pub mod generate;
pub mod inspect;
pub mod request;
mod unions;
pub mod vendor;

use crate::diagnostic::Diagnostics;
use clap::{Parser, Subcommand};
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

/// Typed Rust bindings from Google Discovery and OpenAPI documents.
#[derive(Debug, Parser)]
#[command(name = "discovery-codegen", version, about, long_about = None)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write bindings.
    Generate(generate::Args),
    /// Compare two revisions: what changed, whom it breaks, how the version must move.
    Diff(diff::Args),
    /// Fetch documents, remember what they were, say whether they have changed.
    #[cfg(feature = "fetch")]
    Fetch(fetch::Args),
    /// List the methods, schemas and unions of a document, with their paths in Rust.
    Inspect(inspect::Args),
    /// Show the HTTP request that a call would send.
    Request(request::Args),
    /// Prune a Discovery document and strip it of prose, so that it can be kept in a repository.
    Vendor(vendor::Args),
    /// Learn unions from protos and reference pages, and watch them as the document changes.
    Unions(unions::Args),
}

/// How a command ended.
pub(crate) type Outcome = Result<Answer, Diagnostics>;

/// What a command was asked, and the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Done, or yes: exit code 0.
    Yes,
    /// The question that was asked has the answer no: exit code 1.
    No,
}

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match cli.command {
        Command::Generate(args) => generate::run(&args),
        Command::Diff(args) => diff::run(&args),
        #[cfg(feature = "fetch")]
        Command::Fetch(args) => fetch::run(&args),
        Command::Inspect(args) => inspect::run(&args),
        Command::Request(args) => request::run(&args),
        Command::Vendor(args) => vendor::run(&args),
        Command::Unions(args) => unions::run(&args),
    };
    match outcome {
        Ok(Answer::Yes) => ExitCode::SUCCESS,
        Ok(Answer::No) => ExitCode::from(1),
        Err(diagnostics) => {
            show(&diagnostics);
            ExitCode::from(2)
        }
    }
}

/// Shows errors and warnings on standard error, in colour on a terminal.
pub(crate) fn show(diagnostics: &Diagnostics) {
    let stderr = std::io::stderr();
    let color = stderr.is_terminal() && std::env::var_os("NO_COLOR").is_none();
    // A reader that has gone away is no reason to fail.
    let _ = stderr.lock().write_all(diagnostics.render(color).as_bytes());
}

/// Says something on standard error.
pub(crate) fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Gives a result on standard output. A reader that has gone away, as `head` does, has had what it wanted.
pub(crate) fn give(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

/// Writes a result to a file; `-` is standard output.
pub(crate) fn put(path: &std::path::Path, text: &str) -> Result<(), crate::diagnostic::Diagnostic> {
    if path.as_os_str() == "-" {
        give(text);
        return Ok(());
    }
    crate::output::file::write(path, text)
}
