//! `generate`: bindings of the APIs in `codegen.toml`, or a crate for each named document.

pub mod config;
pub mod crates;

use super::terminal::{detail, report, status};
use super::{Answer, Outcome};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::model::Skipped;
use crate::output::Plan;
use crate::text::{counted, shortened};
use crates::CrateOptions;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Arguments of `generate`.
#[derive(Debug, clap::Args)]
#[command(after_help = format!("\
Examples:
  discovery-codegen generate
  discovery-codegen generate --check
  discovery-codegen generate --spec drive.v3.json --include 'files.{{get,list}}' --out drive

{}

Exit codes: 0 success; 1 `--check` found files that are not up to date; 2 invalid input or usage.", super::PATTERNS))]
pub(super) struct Args {
    /// Path of codegen.toml: the list of APIs and the output crate.
    #[arg(
        long,
        value_name = "FILE",
        default_value = "spec/codegen.toml",
        conflicts_with_all = ["spec", "overlay", "include", "out", "crate_name", "runtime_path", "lock", "ref_folder"]
    )]
    config: PathBuf,
    /// Check that the generated files are up to date; write nothing; exit with code 1 if they are not.
    #[arg(long)]
    check: bool,
    /// Documents, or folders of documents; each becomes a crate. `-` is standard input. Google Discovery, or
    /// OpenAPI 3.0, 3.1 and parts of 3.2.
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "out")]
    spec: Vec<PathBuf>,
    /// Overlay of the document, instead of the one next to it.
    #[arg(long, value_name = "FILE", requires = "spec")]
    overlay: Option<PathBuf>,
    /// Methods to generate, with the types that they use; all methods and types by default. Several patterns, or the
    /// option several times, select all that any matches.
    #[arg(long, value_name = "PATTERN", num_args = 1.., requires = "spec")]
    include: Vec<String>,
    /// Folder of the crate; with several documents, the parent folder of the crates.
    #[arg(long, value_name = "DIR", requires = "spec")]
    out: Option<PathBuf>,
    /// Name of the crate [default: name and version of Google's APIs; name of the file of other OpenAPI documents].
    #[arg(long, value_name = "NAME", requires = "spec")]
    crate_name: Option<String>,
    /// Folder of `discovery-runtime`, if the crate does not use the published version.
    #[arg(long, value_name = "DIR", requires = "spec")]
    runtime_path: Option<PathBuf>,
    /// File that records the generated names, so that later runs do not change them.
    #[arg(long, value_name = "FILE", requires = "spec")]
    lock: Option<PathBuf>,
    /// Folders that a document may refer to with `$ref`, in addition to its own.
    #[arg(long, value_name = "DIR", num_args = 1.., requires = "spec")]
    ref_folder: Vec<PathBuf>,
    /// Fail if a part of a document is invalid or unsupported, and would be left out.
    #[arg(long)]
    strict: bool,
}

pub(super) fn run(args: &Args) -> Outcome {
    let (plan, warnings, skipped) = match &args.out {
        Some(out) => {
            if let Some(folder) = args.ref_folder.iter().find(|folder| !folder.is_dir()) {
                let error = Diagnostic::error(format!("`{}` is not a folder", folder.display()));
                return Err(error.help("correct `--ref-folder`").into());
            }
            let options = CrateOptions {
                specs: &args.spec,
                overlay: args.overlay.as_deref(),
                include: &args.include,
                out,
                crate_name: args.crate_name.as_deref(),
                runtime_path: args.runtime_path.as_deref(),
                lock: args.lock.as_deref(),
                ref_folders: &args.ref_folder,
            };
            let made = crates::prepare(&options)?;
            (made.plan, made.warnings, made.skipped)
        }
        None => {
            let job = config::prepare(&args.config)?;
            let warnings = job.outputs.iter().flat_map(|output| output.warnings.clone()).collect();
            let skipped = job.outputs.iter().flat_map(|output| output.part.skipped.clone()).collect();
            (job.plan, warnings, skipped)
        }
    };
    let invalid = warnings.iter().filter(|one| one.severity > Severity::Note).count();
    report(&Diagnostics(warnings));
    left_out(&skipped, invalid, args.strict)?;
    if args.check { Ok(check(&plan, "generate")) } else { write(&plan) }
}

/// Number of parts with one reason that are listed each.
const GROUP: usize = 3;

fn left_out(skipped: &[Skipped], invalid: usize, strict: bool) -> Result<(), Diagnostics> {
    let mut groups: BTreeMap<&str, Vec<&Skipped>> = BTreeMap::new();
    for one in skipped {
        groups.entry(&one.reason).or_default().push(one);
    }
    for (reason, parts) in groups {
        let shown = |one: &&Skipped| match one.pointer.as_str() {
            "" => format!("left out: {}: {reason}", one.subject),
            pointer => format!("left out: {}: {reason} (at {})", one.subject, shortened(pointer)),
        };
        if parts.len() <= GROUP {
            parts.iter().for_each(|one| status(&shown(one)));
        } else {
            let first: Vec<&str> = parts.iter().take(GROUP).map(|one| one.subject.as_str()).collect();
            let others = counted(parts.len().saturating_sub(GROUP), "other");
            status(&format!("left out: {reason}: {}, and {others} (listed with --verbose)", first.join(", ")));
            parts.iter().for_each(|one| detail(&shown(one)));
        }
    }
    if strict && (invalid > 0 || !skipped.is_empty()) {
        let (warnings, parts) = (counted(invalid, "warning"), counted(skipped.len(), "unsupported part"));
        let message = format!("{warnings}, and {parts} of the document");
        return Err(Diagnostic::error(message).help("without `--strict`, the rest is generated").into());
    }
    Ok(())
}

/// Lists the files that are not up to date, for the command that writes them.
pub(super) fn check(plan: &Plan, command: &str) -> Answer {
    for (path, _) in &plan.write {
        status(&format!("not up to date: {}", path.display()));
    }
    for path in &plan.remove {
        status(&format!("no longer needed: {}", path.display()));
    }
    if plan.is_empty() {
        return Answer::Yes;
    }
    status(&format!("run `{command}` without `--check`"));
    Answer::No
}

pub(super) fn write(plan: &Plan) -> Outcome {
    plan.apply()?;
    plan.write.iter().for_each(|(path, _)| detail(&format!("written: {}", path.display())));
    plan.remove.iter().for_each(|path| detail(&format!("removed: {}", path.display())));
    let written = counted(plan.write.len(), "file");
    status(&format!("{written} written, {} removed, {} unchanged", plan.remove.len(), plan.unchanged));
    Ok(Answer::Yes)
}
