//! `vendor`: a pruned document without descriptions, to be committed.

mod json;
pub mod prune;

use super::terminal::write_output;
use super::{Answer, Outcome};
use crate::commands::vendor::prune::vendor;
use crate::parser::overlay;
use crate::source::files;
use std::path::PathBuf;

/// Arguments of `vendor`.
#[derive(Debug, clap::Args)]
#[command(after_help = format!("\
Example:
  discovery-codegen vendor aiplatform.json --include 'projects.locations.tuningJobs.**' --output spec/aiplatform.v1.json

{}

Exit codes: 0 success; 2 invalid input or usage.", super::PATTERNS))]
pub(super) struct Args {
    /// Path of the Discovery document; `-` is standard input.
    file: PathBuf,
    /// Methods to keep, with the schemas that they use. The output records the patterns as `x-include`.
    #[arg(long, value_name = "PATTERN", required = true)]
    include: Vec<String>,
    /// Path of the output; `-` is standard output. Schemas that the overlay beside it uses are kept, too.
    #[arg(long, value_name = "FILE")]
    output: PathBuf,
}

pub(super) fn run(args: &Args) -> Outcome {
    let beside = overlay::beside(&args.output);
    let notes = if beside.is_file() { Some(overlay::read(&files::read(&beside)?)?) } else { None };
    write_output(&args.output, &vendor(&files::read(&args.file)?, &args.include, notes.as_ref())?)?;
    Ok(Answer::Yes)
}
