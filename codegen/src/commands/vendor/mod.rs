//! `vendor`: a document fit to be kept in a repository.

mod json;
pub mod prune;

use super::{Answer, Outcome, put};
use crate::commands::vendor::prune::vendor;
use crate::parser::overlay;
use crate::source::files;
use std::path::PathBuf;

/// Arguments of `vendor`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The Discovery document; `-` is standard input.
    file: PathBuf,
    /// The methods to keep, with what they reach. The document notes them, as `x-include`.
    #[arg(long, value_name = "PATTERN", required = true)]
    include: Vec<String>,
    /// Where to write it. The overlay beside it says which schemas are needed as well.
    #[arg(long, value_name = "FILE")]
    output: PathBuf,
}

pub(super) fn run(args: &Args) -> Outcome {
    let beside = overlay::beside(&args.output);
    let notes = if beside.is_file() { Some(overlay::read(&files::read(&beside)?)?) } else { None };
    put(&args.output, &vendor(&files::read(&args.file)?, &args.include, notes.as_ref())?)?;
    Ok(Answer::Yes)
}
