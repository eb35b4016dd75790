//! `generate`: bindings of the APIs in a configuration, or of documents that are named.

pub mod config;
pub mod crates;

use super::{Answer, Outcome, say, show};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Skipped;
use crate::output::Plan;
use crates::Request;
use std::path::PathBuf;

/// Arguments of `generate`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// What to generate: APIs, and the crate that they become.
    #[arg(long, default_value = "spec/codegen.toml", conflicts_with = "spec")]
    config: PathBuf,
    /// Only say whether what is on disk is what the documents give: exit code 1 where it is not.
    #[arg(long)]
    check: bool,
    /// Documents, or folders of them; each becomes a crate. `-` is standard input.
    #[arg(long, num_args = 1.., requires = "out")]
    spec: Vec<PathBuf>,
    /// The document's overlay, where it is not the one beside it.
    #[arg(long, requires = "spec")]
    overlay: Option<PathBuf>,
    /// Which methods, by a pattern of their names: `tunedModels.**`.
    #[arg(long, value_name = "PATTERN", requires = "spec")]
    include: Vec<String>,
    /// The folder of the crate; with several documents, the folder of the crates.
    #[arg(long, requires = "spec")]
    out: Option<PathBuf>,
    /// The crate's name.
    #[arg(long, requires = "spec")]
    crate_name: Option<String>,
    /// Where `discovery-runtime` is, if it does not come from a registry.
    #[arg(long, value_name = "DIR", requires = "spec")]
    runtime_path: Option<PathBuf>,
    /// A file that remembers names from one generation to the next.
    #[arg(long, requires = "spec")]
    lock: Option<PathBuf>,
    /// Folder that a document may refer to with `$ref`, beside its own.
    #[arg(long, value_name = "DIR", requires = "spec")]
    ref_folder: Vec<PathBuf>,
    /// Fail if a part of a document is invalid or unsupported, and would be left out.
    #[arg(long)]
    strict: bool,
}

pub(super) fn run(args: &Args) -> Outcome {
    let (plans, warnings, skipped) = match &args.out {
        Some(out) => {
            let request = Request {
                specs: &args.spec,
                overlay: args.overlay.as_deref(),
                include: &args.include,
                out,
                crate_name: args.crate_name.as_deref(),
                runtime_path: args.runtime_path.as_deref(),
                lock: args.lock.as_deref(),
                ref_folders: &args.ref_folder,
            };
            let made = crates::prepare(&request)?;
            (made.plans, made.warnings, made.skipped)
        }
        None => {
            let job = config::prepare(&args.config)?;
            let warnings = job.outputs.iter().flat_map(|output| output.warnings.clone()).collect();
            let skipped = job.outputs.iter().flat_map(|output| output.part.skipped.clone()).collect();
            (vec![job.plan], warnings, skipped)
        }
    };
    let invalid = warnings.len();
    show(&Diagnostics(warnings));
    left_out(&skipped, invalid, args.strict)?;
    if args.check { Ok(check(&plans)) } else { write(&plans) }
}

fn left_out(skipped: &[Skipped], invalid: usize, strict: bool) -> Result<(), Diagnostics> {
    for Skipped { subject, reason, pointer } in skipped {
        say(&format!("left out: {subject}: {reason} (at {pointer})"));
    }
    if strict && (invalid > 0 || !skipped.is_empty()) {
        let message = format!("{invalid} warnings, and {} unsupported parts of the document", skipped.len());
        return Err(Diagnostic::error(message).help("without `--strict`, the rest is generated").into());
    }
    Ok(())
}

fn check(plans: &[Plan]) -> Answer {
    let mut answer = Answer::Yes;
    for plan in plans {
        for (path, _) in &plan.write {
            say(&format!("not up to date: {}", path.display()));
        }
        for path in &plan.remove {
            say(&format!("should not be there: {}", path.display()));
        }
        if !plan.is_empty() {
            answer = Answer::No;
        }
    }
    if answer == Answer::No {
        say("run `generate` without `--check`");
    }
    answer
}

fn write(plans: &[Plan]) -> Outcome {
    for plan in plans {
        plan.apply()?;
    }
    let (mut written, mut removed, mut unchanged) = (0, 0, 0);
    for plan in plans {
        written += plan.write.len();
        removed += plan.remove.len();
        unchanged += plan.unchanged;
    }
    say(&format!("{written} files written, {removed} removed, {unchanged} unchanged"));
    Ok(Answer::Yes)
}
