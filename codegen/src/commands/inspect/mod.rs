//! `inspect`: what a document has, and what it is called in Rust.

pub mod listing;

use super::{Answer, Outcome, give, show};
use crate::diagnostic::Diagnostics;
use crate::passes::prune;
use crate::pipeline::{Input, Mode};
use crate::rust::naming::Names;
use listing::{Format, Parts};
use std::path::PathBuf;

/// Arguments of `inspect`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The document; `-` is standard input.
    file: PathBuf,
    /// Its overlay, where it is not the one beside it.
    #[arg(long)]
    overlay: Option<PathBuf>,
    /// List methods.
    #[arg(long)]
    methods: bool,
    /// List schemas and their properties.
    #[arg(long)]
    schemas: bool,
    /// List unions.
    #[arg(long)]
    unions: bool,
    /// Only these methods, and what they reach.
    #[arg(long, value_name = "PATTERN")]
    include: Vec<String>,
    /// How to list them.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(args: &Args) -> Outcome {
    let (whole, warnings) = Input::read(&args.file, args.overlay.as_deref())?.api(Mode::Strict)?;
    show(&Diagnostics(warnings));
    let names = Names::of(&whole, &Names::default());
    let api = prune::prune(whole, &args.include)?;
    let all = !(args.methods || args.schemas || args.unions);
    let parts = Parts { methods: all || args.methods, schemas: all || args.schemas, unions: all || args.unions };
    give(&listing::render(&api, &names, parts, args.format));
    Ok(Answer::Yes)
}
