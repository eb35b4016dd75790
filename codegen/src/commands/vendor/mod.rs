//! `vendor`: a pruned document without descriptions, to be committed.

mod json;
mod openapi;
pub mod prune;

use super::terminal::write_output;
use super::{Answer, Outcome};
use crate::commands::input::InputLocation;
use crate::commands::vendor::prune::vendor;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::parser::{self, overlay};
use crate::source::{Source, files};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Arguments of `vendor`.
#[derive(Debug, clap::Args)]
#[command(after_help = format!("\
Examples:
  discovery-codegen vendor aiplatform.json --include 'projects.locations.tuningJobs.**' --output spec/aiplatform.v1.json
  discovery-codegen vendor https://example.com/openapi.yaml --include '**' --output spec/petstore.json
  discovery-codegen vendor https://example.com/openapi.yaml --output spec/petstore.json   # again, with its patterns

The output is JSON, also of a YAML document.

{}

Exit codes: 0 success; 2 invalid input or usage.", super::PATTERNS))]
pub(super) struct Args {
    /// The document: a file, `-`, a URL, or a git revision with a path.
    file: String,
    /// Methods to keep, with the schemas that they use; `**` keeps all; may be repeated. The output
    /// records the patterns as `x-include`.
    /// [default: the `x-include` of the existing output]
    #[arg(long, value_name = "PATTERN")]
    include: Vec<String>,
    /// Path of the output; `-` is standard output. Schemas that the overlay next to it uses are kept, too.
    #[arg(long, value_name = "FILE")]
    output: PathBuf,
    /// Overwrite a file that `vendor` did not write, such as the document itself.
    #[arg(long)]
    force: bool,
}

pub(super) fn run(args: &Args) -> Outcome {
    let path = overlay::path_for(&args.output);
    let notes = if files::exists(&path) { Some(overlay::read(&files::read(&path)?)?) } else { None };
    let include = if args.include.is_empty() { recorded(&args.output)? } else { args.include.clone() };
    let document = InputLocation::parse(&args.file)?.read(None)?.input.document;
    if !args.force {
        expect_vendored(&args.output)?;
    }
    write_output(&args.output, &vendor(&document, &include, notes.as_ref())?)?;
    Ok(Answer::Yes)
}

/// Checks that a file is empty, or a document that was pruned.
fn expect_vendored(output: &Path) -> Result<(), Diagnostic> {
    if !output.is_file() {
        return Ok(());
    }
    let is_vendored = |source: &Arc<Source>| {
        source.text.trim().is_empty() || parser::read(source).is_ok_and(|api| !api.include.is_empty())
    };
    match files::read(output) {
        Ok(source) if is_vendored(&source) => Ok(()),
        _ => {
            let error = Diagnostic::error(format!("`{}` exists, and `vendor` did not write it", output.display()));
            Err(error.help("choose another path, or add `--force` to overwrite it"))
        }
    }
}

/// Returns the patterns that an existing document was pruned to.
fn recorded(output: &Path) -> Result<Vec<String>, Diagnostics> {
    let known = if output.is_file() { parser::read(&files::read(output)?)?.include } else { Vec::new() };
    if known.is_empty() {
        let help = "`--include '**'` keeps all methods";
        return Err(Diagnostic::error("missing `--include`").help(help).into());
    }
    Ok(known)
}
