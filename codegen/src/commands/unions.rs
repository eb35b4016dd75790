//! `unions`: import unions from sources that state them, and check them against the document.

use super::config::{ApiConfig, Config};
use super::terminal::{print_line, print_lines, status, write_output};
use super::{Answer, Outcome};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::import;
#[cfg(all(feature = "fetch", feature = "import"))]
use crate::output::{Overwrite, Plan};
use crate::parser::overlay::path_for;
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
    /// `vendor` has pruned (`x-include`) are not added. Existing entries of the overlay are kept; a second import of
    /// the same sources changes nothing. A report is printed on standard error.
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
  discovery-codegen unions import                   # from the protos that spec/codegen.toml names

Exit codes: 0 success; 2 invalid input or usage.")]
struct Import {
    /// Path of codegen.toml, whose documents and protos are used without `--spec`.
    #[arg(
        long,
        value_name = "FILE",
        default_value = "spec/codegen.toml",
        conflicts_with_all = ["spec", "overlay", "proto_path", "reference"]
    )]
    config: PathBuf,
    /// Folder of protos that codegen.toml names, instead of the one in the user's cache folder.
    #[arg(long, value_name = "DIR", conflicts_with = "spec")]
    cache: Option<PathBuf>,
    /// Path of the document.
    #[arg(long, value_name = "FILE")]
    spec: Option<PathBuf>,
    /// Overlay of the document, instead of the one next to it; created if it does not exist.
    #[arg(long, value_name = "FILE", requires = "spec")]
    overlay: Option<PathBuf>,
    /// Folders with `.proto` files and their imports.
    #[arg(long, value_name = "DIR", num_args = 1.., conflicts_with = "reference", requires = "spec")]
    proto_path: Vec<PathBuf>,
    /// Pages of REST reference documentation, saved as text or HTML, in any language.
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "spec")]
    reference: Vec<PathBuf>,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  discovery-codegen unions check --spec cloudkms.v1.json

To resolve a report, add the property to `members` or `not_members` of the union in the overlay.

Exit codes: 0 nothing to report; 1 something was reported; 2 invalid input or usage.")]
struct Check {
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

pub(super) fn run(args: &Args) -> Outcome {
    match &args.command {
        Command::Import(args) => import(args),
        Command::Check(args) => check(args),
    }
}

fn import(args: &Import) -> Outcome {
    let Some(spec) = &args.spec else { return import_configured(args) };
    if args.proto_path.is_empty() && args.reference.is_empty() {
        let help = "add `--proto-path DIR` or `--reference FILE`";
        return Err(Diagnostic::error("missing protos or reference pages").help(help).into());
    }
    let path = overlay_path(spec, args.overlay.as_deref())?;
    let text = imported(&files::read(spec)?, &path, &args.proto_path, &args.reference)?;
    if text != overlay(&path)?.text {
        write_output(&path, &text)?;
    }
    Ok(Answer::Yes)
}

/// Returns the text of an overlay with the facts of protos or pages.
fn imported(
    document: &Arc<Source>,
    path: &Path,
    folders: &[PathBuf],
    pages: &[PathBuf],
) -> Result<String, Diagnostics> {
    let mut after = overlay(path)?;
    if !folders.is_empty() {
        after = step(&after, protos(document, &after, folders)?);
    }
    for page in pages {
        after = step(&after, import::import_page(document, &after, &*files::read(page)?)?);
    }
    Ok(after.text.clone())
}

/// Imports from the protos that the configuration names.
#[cfg(all(feature = "fetch", feature = "import"))]
fn import_configured(args: &Import) -> Outcome {
    let config = Config::read(&args.config)?;
    if config.apis.iter().all(|api| api.protos.is_empty()) {
        let error = Diagnostic::error("no API of the configuration has `protos`").in_source(&config.source);
        let help =
            "add `protos` to its `[[api]]` table, or name a document and folders: `--spec FILE --proto-path DIR`";
        return Err(error.help(help).into());
    }
    let cache = args.cache.clone().map_or_else(super::fetch::cache::folder, Ok)?;
    let mut plan = Plan::default();
    for api in &config.apis {
        let folders = super::protos::folders(&config, api, &cache)?;
        if !folders.is_empty() {
            let path = api.overlay_path();
            let text = imported(&api.document()?, &path, &folders, &[])?;
            plan.add(path, text, Overwrite::Any)?;
        }
    }
    plan.apply()?;
    Ok(Answer::Yes)
}

#[cfg(not(all(feature = "fetch", feature = "import")))]
fn import_configured(_: &Import) -> Outcome {
    Err(Diagnostic::error("missing `--spec`").help("this build was made without `fetch` or `import`").into())
}

/// Reports on one source, and returns the overlay with its facts.
fn step(overlay: &Source, imported: import::apply::Imported) -> Arc<Source> {
    imported.report.to_string().lines().for_each(status);
    Arc::new(Source::new(overlay.name.clone(), imported.text))
}

#[cfg(feature = "import")]
fn protos(
    document: &Arc<Source>,
    overlay: &Arc<Source>,
    folders: &[PathBuf],
) -> Result<import::apply::Imported, Diagnostics> {
    import::import_protos(document, overlay, folders)
}

#[cfg(not(feature = "import"))]
fn protos(_: &Arc<Source>, _: &Arc<Source>, _: &[PathBuf]) -> Result<import::apply::Imported, Diagnostics> {
    Err(Diagnostic::error("this build does not support protos").help("build with the feature `import`").into())
}

fn check(args: &Check) -> Outcome {
    let apis = match &args.spec {
        Some(spec) => {
            // Standard input has no overlay next to it.
            overlay_path(spec, args.overlay.as_deref())?;
            vec![ApiConfig::new(spec.clone(), args.overlay.clone())]
        }
        None => Config::read(&args.config)?.apis,
    };
    let mut settled = true;
    for api in apis {
        settled &= check_one(&api)?;
    }
    Ok(if settled { Answer::Yes } else { Answer::No })
}

/// Reports on a document, and returns `true` if nothing was found.
fn check_one(api: &ApiConfig) -> Result<bool, Diagnostics> {
    let report = import::check(&api.document()?, &api.read_overlay()?)?;
    for missing in &report.missing {
        print_lines(&format!("{missing}\n"));
    }
    for unknown in &report.unknown {
        unknown.to_string().lines().for_each(print_line);
    }
    let document = api.spec.display();
    if report.is_unchecked() {
        print_line(&format!("{document}: nothing was checked: neither the document nor the overlay declares a union"));
        status("help: import unions with `unions import`, or declare them in the overlay");
    } else {
        let (checked, messages) = (report.checked, report.messages);
        status(&format!("{document}: {checked} of {messages} messages declare unions and were checked"));
    }
    Ok(report.is_settled())
}

/// Returns the path of the overlay, which may not exist before an import.
fn overlay_path(spec: &Path, overlay: Option<&Path>) -> Result<PathBuf, Diagnostic> {
    match overlay {
        Some(path) => Ok(path.to_owned()),
        None if spec.as_os_str() == "-" => Err(Diagnostic::error("a document on standard input requires `--overlay`")),
        None => Ok(path_for(spec)),
    }
}

fn overlay(path: &Path) -> Result<Arc<Source>, Diagnostic> {
    if path.exists() { files::read(path) } else { Ok(Arc::new(Source::new(path.display().to_string(), ""))) }
}
