//! `unions`: learn unions from sources that state them, and watch them.

use super::{Answer, Outcome, give, put, say};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::import;
use crate::parser::overlay::beside;
use crate::source::Source;
use crate::source::files;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Arguments of `unions`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Write what protos or reference pages say into the overlay; a report goes to standard error.
    ///
    /// Protos say unions, what operations end in, behaviors of fields, names of resources, and methods that the document
    /// lacks. Such a method is written as `[add.methods]` where the document has the schemas that it needs; where it
    /// has not, the report says which. A document that `vendor` pruned says so (`x-include`), and nothing that it was
    /// pruned of is put back. What a person wrote stays; an import run twice changes nothing.
    Import(Import),
    /// Say which members vanished from the document, and which of its properties look like members and are unplaced.
    Check(Check),
}

#[derive(Debug, clap::Args)]
struct Import {
    /// The document.
    #[arg(long, value_name = "FILE")]
    spec: PathBuf,
    /// Its overlay, where it is not the one beside it.
    #[arg(long, value_name = "FILE")]
    overlay: Option<PathBuf>,
    /// Folders below which `.proto` files and what they import are.
    #[arg(long, value_name = "DIR", num_args = 1.., required_unless_present = "reference", conflicts_with = "reference")]
    proto_path: Vec<PathBuf>,
    /// Pages of REST reference documentation, saved as text or HTML, in any language.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    reference: Vec<PathBuf>,
}

#[derive(Debug, clap::Args)]
struct Check {
    /// The document.
    #[arg(long, value_name = "FILE")]
    spec: PathBuf,
    /// Its overlay, where it is not the one beside it.
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
        put(&path, &after.text)?;
    }
    Ok(Answer::Yes)
}

/// Reports on one source, and gives the overlay with what it says.
fn step(overlay: &Source, written: import::apply::Written) -> Arc<Source> {
    say(written.report.to_string().trim_end());
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
    Err(Diagnostic::error("this build does not read protos").help("build with the feature `import`").into())
}

fn check(args: &Check) -> Outcome {
    let document = files::read(&args.spec)?;
    let path = overlay_path(&args.spec, args.overlay.as_deref())?;
    let report = import::check(&document, &overlay(&path)?)?;
    for vanished in &report.vanished {
        give(&format!("{vanished}\n"));
    }
    for unknown in &report.unknown {
        give(&unknown.to_string());
    }
    Ok(if report.is_settled() { Answer::Yes } else { Answer::No })
}

/// The overlay that is meant, which an import may be about to make.
fn overlay_path(spec: &Path, overlay: Option<&Path>) -> Result<PathBuf, Diagnostic> {
    match overlay {
        Some(path) => Ok(path.to_owned()),
        None if spec.as_os_str() == "-" => {
            Err(Diagnostic::error("nothing lies beside standard input: name the overlay"))
        }
        None => Ok(beside(spec)),
    }
}

fn overlay(path: &Path) -> Result<Arc<Source>, Diagnostic> {
    if path.exists() { files::read(path) } else { Ok(Arc::new(Source::new(path.display().to_string(), ""))) }
}
