//! The command line: arguments in, exit code out.

mod bump;
mod config;
pub mod diff;
#[cfg(feature = "fetch")]
pub mod fetch;
pub mod generate;
#[cfg(feature = "fetch")]
mod init;
mod input;
pub mod inspect;
mod overlay;
mod packages;
#[cfg(all(feature = "fetch", feature = "import"))]
mod protos;
pub mod request;
mod shell;
mod terminal;
mod unions;
#[cfg(all(feature = "fetch", feature = "import"))]
mod update;
pub mod vendor;

use crate::diagnostic::Diagnostics;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use std::ffi::OsString;
use std::process::ExitCode;

/// Exit codes, at the end of each help text.
const EXIT_CODES: &str = "Exit codes: 0 success; 1 a check found something; 2 invalid input or usage.";

/// Syntax of patterns, in the help text of each command that takes some.
pub(crate) const PATTERNS: &str = "\
Patterns are globs over method names, the ids without the name of the API:
  *      any text within one part of a name; alone, one whole part
  **     any number of parts
  {a,b}  one of several alternatives
A pattern that matches no method is an error.";

/// Typed Rust bindings from Google Discovery and OpenAPI documents.
#[derive(Debug, Parser)]
#[command(name = "discovery-codegen", bin_name = "discovery-codegen", version, about, long_about = None)]
#[command(after_help = format!("\
Examples:
  discovery-codegen fetch drive:v3
  discovery-codegen generate --spec spec/drive.v3.json --include 'files.**' --out drive
  discovery-codegen diff HEAD~1:spec/drive.v3.json spec/drive.v3.json

{EXIT_CODES}"))]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    terminal: terminal::Options,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Create a member of a workspace with bindings of some APIs, and an example.
    #[cfg(feature = "fetch")]
    Init(init::Args),
    /// Generate bindings of documents.
    Generate(generate::Args),
    /// Compare two API revisions: changes, wire compatibility, required semver bump.
    Diff(diff::Args),
    /// Download documents, and record their digests.
    #[cfg(feature = "fetch")]
    Fetch(fetch::Args),
    /// List the methods, schemas and unions of a document, with their Rust paths.
    Inspect(inspect::Args),
    /// Print the HTTP request that a call would send.
    Request(request::Args),
    /// Prune a document and remove its descriptions, so that it is small enough to commit.
    Vendor(vendor::Args),
    /// Bring the APIs of codegen.toml to their current revisions: fetch, generate, review, bump.
    #[cfg(all(feature = "fetch", feature = "import"))]
    Update(update::Args),
    /// Remove entries of an overlay whose targets no longer exist; list missing descriptions and sources.
    Overlay(overlay::Args),
    /// Write the version, changelog entry and review that the changes since a git revision require.
    Bump(bump::Args),
    /// Import oneofs from .proto files or reference pages, and check the overlay against the document.
    Unions(unions::Args),
    /// Print completions for a shell.
    Completions(shell::Completions),
    /// Write the manual pages.
    Man(shell::Man),
}

/// The result of a command.
pub(crate) type Outcome = Result<Answer, Diagnostics>;

/// The answer of a command that ran to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Success, or a check that found nothing: exit code 0.
    Yes,
    /// A check that found something: exit code 1.
    No,
}

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    run_with(Cli::try_parse_from(&arguments).unwrap_or_else(|error| terminal::exit(&error, &arguments)))
}

/// Runs the command line of this process as Cargo starts it: with the name of the subcommand as the first argument.
pub fn run_as_cargo_subcommand() -> ExitCode {
    let is_name = |(index, argument): &(usize, OsString)| *index == 1 && argument == "discovery-codegen";
    let arguments = std::env::args_os().enumerate().filter(|argument| !is_name(argument)).map(|(_, argument)| argument);
    let arguments: Vec<OsString> = arguments.collect();
    let command = Cli::command().bin_name("cargo discovery-codegen");
    let matches = command.try_get_matches_from(&arguments);
    let cli = matches.and_then(|matches| Cli::from_arg_matches(&matches));
    run_with(cli.unwrap_or_else(|error| terminal::exit(&error, &arguments)))
}

fn run_with(cli: Cli) -> ExitCode {
    terminal::configure(cli.terminal);
    let outcome = match cli.command {
        #[cfg(feature = "fetch")]
        Command::Init(args) => init::run(&args),
        Command::Generate(args) => generate::run(&args),
        Command::Diff(args) => diff::run(&args),
        #[cfg(feature = "fetch")]
        Command::Fetch(args) => fetch::run(&args),
        Command::Inspect(args) => inspect::run(&args),
        Command::Request(args) => request::run(&args),
        Command::Vendor(args) => vendor::run(&args),
        #[cfg(all(feature = "fetch", feature = "import"))]
        Command::Update(args) => update::run(&args),
        Command::Overlay(args) => overlay::run(&args),
        Command::Bump(args) => bump::run(&args),
        Command::Unions(args) => unions::run(&args),
        Command::Completions(args) => shell::completions(&args),
        Command::Man(args) => shell::man(&args),
    };
    match outcome.and_then(|answer| Ok(terminal::check_results().map(|()| answer)?)) {
        Ok(Answer::Yes) => ExitCode::SUCCESS,
        Ok(Answer::No) => ExitCode::from(1),
        Err(diagnostics) => {
            terminal::report(&diagnostics);
            ExitCode::from(2)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Cli;
    use clap::CommandFactory;

    #[test]
    fn arguments_are_consistent() {
        Cli::command().debug_assert();
    }

    /// Every subcommand shows an example and exit codes, and the syntax of patterns if it takes some.
    #[test]
    fn every_help_text_is_complete() {
        fn check(command: &mut clap::Command, path: &str) {
            let help = command.render_long_help().to_string();
            let subcommands: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
            for part in ["Example", "Exit codes:"] {
                assert!(help.contains(part), "`{path} --help` has no `{part}`");
            }
            if help.contains("<PATTERN>") {
                assert!(help.contains("{a,b}"), "`{path} --help` does not explain patterns");
            }
            for name in subcommands.iter().filter(|name| *name != "help") {
                check(command.find_subcommand_mut(name).unwrap(), &format!("{path} {name}"));
            }
        }
        let mut command = Cli::command();
        command.build();
        check(&mut command, "discovery-codegen");
    }

    #[test]
    fn every_subcommand_is_in_the_readme() {
        let readme = include_str!("../../README.md");
        for command in Cli::command().get_subcommands() {
            let name = command.get_name();
            let row = readme.lines().find(|line| line.starts_with('|') && line.contains(&format!("`{name}`")));
            assert!(row.is_some(), "`{name}` is not in the table of commands");
        }
    }
}
