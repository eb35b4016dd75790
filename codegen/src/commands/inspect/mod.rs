//! `inspect`: methods, schemas and unions of a document, with their Rust paths.

pub mod listing;

use super::terminal::{print_json, print_line, report, status};
use super::{Answer, Outcome};
use crate::commands::input::{Document, InputLocation};
use crate::diagnostic::Diagnostics;
use crate::model::Shape;
use crate::passes::prune;
use crate::pipeline::Mode;
use crate::rust::naming::Names;
use crate::text::counted;
use listing::{Format, Parts};
use std::path::PathBuf;

/// Arguments of `inspect`.
#[derive(Debug, clap::Args)]
#[command(after_help = format!("\
Examples:
  discovery-codegen inspect drive.v3.json --methods --include 'files.**'
  discovery-codegen inspect drive.v3.json --unions --format json

{}

Exit codes: 0 success; 2 invalid input or usage.", super::PATTERNS))]
pub(super) struct Args {
    /// The document: a file, `-`, a URL, or a git revision with a path, `HEAD~1:spec/x.json`.
    file: String,
    /// Overlay of the document, instead of the one next to it.
    #[arg(long, value_name = "FILE")]
    overlay: Option<PathBuf>,
    /// List methods. By default, everything is listed.
    #[arg(long)]
    methods: bool,
    /// List schemas and their properties.
    #[arg(long)]
    schemas: bool,
    /// List unions.
    #[arg(long)]
    unions: bool,
    /// List only these methods, and the schemas that they use; may be repeated.
    #[arg(long, value_name = "PATTERN")]
    include: Vec<String>,
    /// Format of the list.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(args: &Args) -> Outcome {
    let Document { input, lock } = InputLocation::parse(&args.file)?.read(args.overlay.as_deref())?;
    let (whole, warnings) = input.api(Mode::Strict)?;
    report(&Diagnostics(warnings));
    let earlier = lock.unwrap_or_default();
    let whole = earlier.keep_order(whole);
    let names = Names::of(&whole, &earlier);
    let api = prune::prune(whole, &args.include)?;
    let all = !(args.methods || args.schemas || args.unions);
    let parts = Parts { methods: all || args.methods, schemas: all || args.schemas, unions: all || args.unions };
    let listing = listing::list(&api, &names, parts);
    let one_of = api.schemas.values().filter(|schema| matches!(schema.shape, Shape::OneOf(_))).count();
    if args.unions && !args.schemas && listing.unions.is_empty() && one_of > 0 {
        let schemas = counted(one_of, "schema");
        status(&format!("no unions of properties; {schemas} with alternatives (`oneOf`), which `--schemas` lists"));
    }
    match args.format {
        Format::Text => listing.to_string().lines().for_each(print_line),
        Format::Json => print_json(&listing)?,
    }
    Ok(Answer::Yes)
}
