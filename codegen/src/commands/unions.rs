//! `unions`: import unions from sources that state them, and check them against the document.

use super::terminal::{print, status, write_output};
use super::{Answer, Outcome};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::import;
use crate::parser::overlay::beside;
use crate::source::Source;
use crate::source::files;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Arguments of `unions`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  discovery-codegen unions import --spec cloudkms.v1.json --proto-path protos
  discovery-codegen unions check --spec cloudkms.v1.json

Exit codes: 0 success; 1 `check` reported something; 2 invalid input or usage.")]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Import unions and other facts from .proto files or reference pages into the overlay.
    ///
    /// Protos state unions, results of long-running operations, behaviors of fields, names of resources, and methods
    /// that the document lacks. Such a method is added if the document has the schemas that it needs. Methods that
    /// `vendor` has pruned (`x-include`) are not added. Existing entries of the overlay are kept; a second import of the
    /// same sources changes nothing. A report is printed on standard error.
    Import(Import),
    /// Report union members missing from the document, and properties that look like undeclared members.
    Check(Check),
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  discovery-codegen unions import --spec cloudkms.v1.json \\
    --proto-path node_modules/@google-cloud/kms/build/protos node_modules/google-gax/build/protos
  discovery-codegen unions import --spec cloudkms.v1.json --reference page.html

Exit codes: 0 success; 2 invalid input or usage.")]
struct Import {
    /// Path of the document.
    #[arg(long, value_name = "FILE")]
    spec: PathBuf,
    /// Overlay of the document, instead of the one beside it; created if it does not exist.
    #[arg(long, value_name = "FILE")]
    overlay: Option<PathBuf>,
    /// Folders with `.proto` files and their imports.
    #[arg(long, value_name = "DIR", num_args = 1.., required_unless_present = "reference", conflicts_with = "reference")]
    proto_path: Vec<PathBuf>,
    /// Pages of REST reference documentation, saved as text or HTML, in any language.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    reference: Vec<PathBuf>,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  discovery-codegen unions check --spec cloudkms.v1.json

To settle a report, add the property to `members` or `not_members` of the union in the overlay.

Exit codes: 0 nothing to report; 1 something was reported; 2 invalid input or usage.")]
struct Check {
    /// Path of the document.
    #[arg(long, value_name = "FILE")]
    spec: PathBuf,
    /// Overlay of the document, instead of the one beside it.
    #[arg(long, value_name = "FILE")]
    overlay: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> Outcome {
    match &args.command {
        Command::Import(args) => import(args),
        Command::Check(args) => check(args),
    }
}

fn import(args: &Import) -> Outcome {
    let document = files::read(&args.spec)?;
    let path = overlay_path(&args.spec, args.overlay.as_deref())?;
    let before = overlay(&path)?;
    let mut after = before.clone();
    if args.reference.is_empty() {
        after = step(&after, protos(&document, &after, &args.proto_path)?);
    }
    for page in &args.reference {
        after = step(&after, import::import_page(&document, &after, &*files::read(page)?)?);
    }
    if after.text != before.text {
        write_output(&path, &after.text)?;
    }
    Ok(Answer::Yes)
}

/// Reports on one source, and returns the overlay with its facts.
fn step(overlay: &Source, written: import::apply::Written) -> Arc<Source> {
    status(written.report.to_string().trim_end());
    Arc::new(Source::new(overlay.name.clone(), written.text))
}

#[cfg(feature = "import")]
fn protos(
    document: &Arc<Source>,
    overlay: &Arc<Source>,
    folders: &[PathBuf],
) -> Result<import::apply::Written, Diagnostics> {
    import::import_protos(document, overlay, folders)
}

#[cfg(not(feature = "import"))]
fn protos(_: &Arc<Source>, _: &Arc<Source>, _: &[PathBuf]) -> Result<import::apply::Written, Diagnostics> {
    Err(Diagnostic::error("this build does not support protos").help("build with the feature `import`").into())
}

fn check(args: &Check) -> Outcome {
    let document = files::read(&args.spec)?;
    let path = overlay_path(&args.spec, args.overlay.as_deref())?;
    let report = import::check(&document, &overlay(&path)?)?;
    for missing in &report.missing {
        print(&format!("{missing}\n"));
    }
    for unknown in &report.unknown {
        print(&unknown.to_string());
    }
    if report.checked == 0 && report.messages > 0 {
        print("nothing was checked: neither the document nor the overlay declares a union\n");
        status("help: import unions with `unions import`, or declare them in the overlay");
    } else {
        status(&format!("{} of {} messages declare unions and were checked", report.checked, report.messages));
    }
    Ok(if report.is_settled() { Answer::Yes } else { Answer::No })
}

/// Returns the path of the overlay, which may not exist before an import.
fn overlay_path(spec: &Path, overlay: Option<&Path>) -> Result<PathBuf, Diagnostic> {
    match overlay {
        Some(path) => Ok(path.to_owned()),
        None if spec.as_os_str() == "-" => Err(Diagnostic::error("a document on standard input requires `--overlay`")),
        None => Ok(beside(spec)),
    }
}

fn overlay(path: &Path) -> Result<Arc<Source>, Diagnostic> {
    if path.exists() { files::read(path) } else { Ok(Arc::new(Source::new(path.display().to_string(), ""))) }
}
