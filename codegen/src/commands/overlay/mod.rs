//! `overlay`: removes entries whose targets no longer exist, and lists missing descriptions and sources.

use super::config::{ApiConfig, Config};
use super::terminal::{print_line, status};
use super::{Answer, Outcome};
use crate::diagnostic::Diagnostics;
use crate::import::missing::{Missing, missing};
use crate::import::tidy::tidy;
use crate::output::{Overwrite, Plan};
use crate::parser::{self, overlay};
use crate::passes::prune;
use crate::pipeline::{Input, Mode};
use crate::source::Source;
use std::path::PathBuf;
use std::sync::Arc;

/// Arguments of `overlay`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  discovery-codegen overlay tidy
  discovery-codegen overlay missing --spec cloudkms.v1.json

Exit codes: 0 success; 1 something was found; 2 invalid input or usage.")]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Remove and report entries whose targets the document does not have.
    Tidy(Tidy),
    /// List items without a description and facts without a source, in the order of the methods that use them.
    Missing(Which),
}

/// Documents, with their overlays.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  discovery-codegen overlay missing --spec cloudkms.v1.json

Exit codes: 0 nothing is missing; 1 something is missing; 2 invalid input or usage.")]
struct Which {
    /// Path of codegen.toml.
    #[arg(long, value_name = "FILE", default_value = "spec/codegen.toml", conflicts_with_all = ["spec", "overlay"])]
    config: PathBuf,
    /// Path of a document, instead of those of codegen.toml.
    #[arg(long, value_name = "FILE")]
    spec: Option<PathBuf>,
    /// Overlay of the document, instead of the one next to it.
    #[arg(long, value_name = "FILE", requires = "spec")]
    overlay: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  discovery-codegen overlay tidy
  discovery-codegen overlay tidy --spec cloudkms.v1.json --check

Exit codes: 0 success; 1 `--check` found targets that the document does not have; 2 invalid input or usage.")]
struct Tidy {
    #[command(flatten)]
    which: Which,
    /// Report without writing anything.
    #[arg(long)]
    check: bool,
}

impl Which {
    fn apis(&self) -> Result<Vec<ApiConfig>, Diagnostics> {
        match &self.spec {
            None => Ok(Config::read(&self.config)?.apis),
            Some(spec) => Ok(vec![ApiConfig::new(spec.clone(), self.overlay.clone())]),
        }
    }
}

pub(super) fn run(args: &Args) -> Outcome {
    match &args.command {
        Command::Tidy(args) => run_tidy(args),
        Command::Missing(args) => run_missing(args),
    }
}

fn run_tidy(args: &Tidy) -> Outcome {
    let mut plan = Plan::default();
    let mut count = 0usize;
    let done = if args.check { "to remove" } else { "removed" };
    for api in args.which.apis()? {
        let document = parser::read(&api.document()?)?;
        let overlay = api.read_overlay()?;
        let tidied = tidy(&document, &overlay)?;
        count = count.saturating_add(tidied.removed.len());
        tidied.removed.iter().for_each(|line| print_line(&format!("{done}: {line}")));
        if tidied.text != overlay.text {
            plan.add(api.overlay_path(), tidied.text, Overwrite::Any)?;
        }
    }
    status(&format!("{count} {done}"));
    if args.check {
        return Ok(if count == 0 { Answer::Yes } else { Answer::No });
    }
    plan.apply()?;
    Ok(Answer::Yes)
}

fn run_missing(args: &Which) -> Outcome {
    let mut count = 0usize;
    for api in args.apis()? {
        let (input, _) = api.read()?;
        let found = missing_in(&input, &api.include)?;
        count = count.saturating_add(found.len());
        found.iter().for_each(|missing| print_line(&missing.to_string()));
    }
    status(&format!("{count} missing"));
    Ok(if count == 0 { Answer::Yes } else { Answer::No })
}

/// Returns what the generated items of a document lack.
pub(super) fn missing_in(input: &Input, include: &[String]) -> Result<Vec<Missing>, Diagnostics> {
    let (api, _) = input.api(Mode::Lenient)?;
    let api = prune::prune(api, include)?;
    let empty = || Arc::new(Source::new("", ""));
    Ok(missing(&api, &overlay::read(&input.overlay.clone().unwrap_or_else(empty))?))
}
