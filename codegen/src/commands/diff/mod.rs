//! `diff`: what changed between two revisions, whom it breaks, and how the version must move.

mod input;
pub mod review;

use super::{Answer, Outcome, put};
use crate::commands::diff::review::{Request, review};
use crate::diff::WireCompatibility;
use crate::diff::render::{Format, render};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// Arguments of `diff`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The old revision: a file, a folder, `-`, a URL, or a revision of git and a path, `HEAD~1:spec/x.json`.
    old: String,
    /// The new one.
    new: String,
    /// The old one's overlay, where it is not the one beside it.
    #[arg(long, value_name = "FILE")]
    old_overlay: Option<PathBuf>,
    /// The new one's overlay, where it is not the one beside it.
    #[arg(long, value_name = "FILE")]
    new_overlay: Option<PathBuf>,
    /// Only what touches these methods.
    #[arg(long, value_name = "PATTERN")]
    include: Vec<String>,
    /// How to show it.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Where to write it; standard output if not given.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Which changes, if there are any, are exit code 1.
    #[arg(long, value_enum, default_value_t)]
    fail_on: FailOn,
    /// Changes that were looked at and do not fail: `[[accept]]` with `fingerprint`, `reason` and `expires`.
    #[arg(long, value_name = "FILE")]
    accept: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum FailOn {
    /// What breaks an old client.
    Breaking,
    /// What may trouble an old client, too.
    Risky,
    /// Nothing.
    #[default]
    Never,
}

pub(super) fn run(args: &Args) -> Outcome {
    let review = review(&Request {
        old: &args.old,
        new: &args.new,
        old_overlay: args.old_overlay.as_deref(),
        new_overlay: args.new_overlay.as_deref(),
        include: &args.include,
        accept: args.accept.as_deref(),
    })?;
    let color = args.output.is_none() && std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    put(args.output.as_deref().unwrap_or(Path::new("-")), &render(&review, args.format, color))?;
    let fails = match args.fail_on {
        FailOn::Breaking => review.wire_unaccepted() == WireCompatibility::Breaking,
        FailOn::Risky => review.wire_unaccepted() >= WireCompatibility::Risky,
        FailOn::Never => false,
    };
    Ok(if fails { Answer::No } else { Answer::Yes })
}
