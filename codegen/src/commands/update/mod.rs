//! `update`: brings the crate of a configuration to the current revisions of its documents.
//!
//! Everything is computed in memory, and written at the end, all of it or nothing.

mod step;

use super::bump::version::{self, Stated};
use super::bump::{add_files, dependents, of_workspace, workspace_task};
use super::config::Config;
use super::fetch::cache;
use super::fetch::documents::{Locks, Options};
use super::generate::{self, config::assemble};
use super::terminal::{detail, print_line};
use super::{Answer, Outcome, protos};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::diff::Bump;
use crate::diff::review::Review;
use crate::output::{Overwrite, Plan};
use crate::pipeline::Output;
use crate::source::Source;
use crate::text::one_line;
use rayon::prelude::*;
use semver::Version;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use step::{Current, Step};

/// Arguments of `update`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  discovery-codegen update
  discovery-codegen update --check

Runs these commands for every API of codegen.toml:
  fetch            downloads the document, if it has changed
  vendor           prunes it, if it has `x-include`
  overlay tidy     removes entries of the overlay whose targets no longer exist
  unions import    imports unions from the protos that codegen.toml names
  unions check     reports properties that look like members of unions
  overlay missing  lists missing descriptions, if codegen.toml requires them
  diff             compares the document with the old one
  generate         generates the bindings
  bump             writes the crate's version, changelog and review

Open tasks are listed, and added to the review; everything else is done. All files are written at the end, or
none.

Exit codes: 0 success; 1 tasks are open, or `--check` found changes; 2 invalid input or usage, or a document could not
be fetched.")]
pub(super) struct Args {
    /// Path of codegen.toml.
    #[arg(long, value_name = "FILE", default_value = "spec/codegen.toml")]
    config: PathBuf,
    /// Report what would change without writing anything.
    #[arg(long)]
    check: bool,
    /// Folder of fetched documents and protos, instead of the one in the user's cache folder.
    #[arg(long, value_name = "DIR")]
    cache: Option<PathBuf>,
    /// URL of the directory that lists the URL of each API's document, instead of Google's.
    #[arg(long, value_name = "URL")]
    directory: Option<String>,
}

pub(super) fn run(args: &Args) -> Outcome {
    let config = Config::read(&args.config)?;
    let cache = args.cache.clone().map_or_else(cache::folder, Ok)?;
    let _lock = cache::lock_package(&cache, &config.package.path)?;
    let options = Options { directory: args.directory.clone(), ..Options::default() };
    let (steps, outputs): (Vec<Step>, Vec<_>) = steps_of(&config, &options, &cache)?.into_iter().unzip();
    let mut open: Vec<String> = steps.iter().flat_map(|step| step.open.iter().cloned()).collect();
    let review = Review {
        folders: config.apis.len() > 1,
        reports: steps.iter().filter_map(|step| step.report.clone()).collect(),
        ..Review::default()
    };
    // A new document changes generated files at least.
    let bump = steps.iter().any(|step| step.report.is_some()).then(|| review.semver().unwrap_or(Bump::Patch));
    let Release { manifest, version, change } = release_of(&config, bump, &mut open)?;
    open.extend(dependents::outdated(&config, &manifest)?);
    let mut plan = assemble(&config, outputs, &manifest)?.plan;
    for (path, text) in steps.iter().flat_map(|step| &step.files) {
        plan.add(path.clone(), text.clone(), Overwrite::Any)?;
    }
    for (path, text) in locks_of(&steps)?.texts()? {
        plan.add(path, text, Overwrite::Generated)?;
    }
    if let Some(version) = &version {
        add_files(&mut plan, &config, &review, version, &open)?;
    }
    // Only now: what fails before changes nothing.
    for step in &steps {
        print_line(&step.summary);
        step.changes.iter().for_each(|line| print_line(&format!("  {line}")));
        step.details.iter().for_each(|line| detail(&format!("  {line}")));
    }
    change.iter().for_each(|line| print_line(line));
    finish(&plan, &open, args.check, steps.iter().any(|step| step.failed))
}

/// Returns the locks of fetched documents with the new texts.
fn locks_of(steps: &[Step]) -> Result<Locks, Diagnostic> {
    let mut locks = Locks::default();
    for step in steps {
        if let (Some(report), Some((path, text))) = (&step.report, step.files.first()) {
            locks.renew(path, text, report.new.revision.as_deref())?;
        }
    }
    Ok(locks)
}

/// Version that changes require.
struct Release {
    /// Manifest with the version, if it is the crate's own.
    manifest: Arc<Source>,
    /// The version, if there are changes.
    version: Option<Version>,
    /// The change of the version, as a sentence.
    change: Option<String>,
}

/// Returns the version that changes require. What a person has to do for it is added to the open tasks.
fn release_of(config: &Config, bump: Option<Bump>, open: &mut Vec<String>) -> Result<Release, Diagnostic> {
    let manifest = config.read_manifest()?;
    let next = |old: &Version, bump: Bump| {
        let new = version::bumped(old, bump);
        let change = format!("version: {old} → {new} ({bump} changes)");
        (new, change)
    };
    match (version::of(&manifest)?, bump) {
        (Stated::Own(_) | Stated::Missing, None) => Ok(Release { manifest, version: None, change: None }),
        (Stated::Own(old), Some(bump)) => {
            let (new, change) = next(&old, bump);
            let text = version::with_version(&manifest, &new)?;
            let manifest = Arc::new(Source::new(manifest.name.clone(), text));
            Ok(Release { manifest, version: Some(new), change: Some(change) })
        }
        (Stated::Missing, Some(bump)) => {
            let name = &manifest.name;
            open.push(format!("`{name}` states no version: add one, such as `version = \"0.1.0\"` ({bump} changes)"));
            Ok(Release { manifest, version: None, change: None })
        }
        (Stated::Inherited, bump) => {
            let (workspace, current) = of_workspace(config, &manifest)?;
            // That of an earlier update, if the workspace does not have it yet.
            let reviewed = version::reviewed(&config.reviews()).filter(|reviewed| *reviewed > current);
            let (release, change) = bump.map(|bump| next(reviewed.as_ref().unwrap_or(&current), bump)).unzip();
            if let Some(required) = release.as_ref().or(reviewed.as_ref()) {
                open.push(workspace_task(&workspace, &current, required));
            }
            Ok(Release { manifest, version: release, change })
        }
    }
}

/// Writes the files, and lists the open tasks. `failed` is true if a new document could not be used.
fn finish(plan: &Plan, open: &[String], check: bool, failed: bool) -> Outcome {
    if !open.is_empty() {
        print_line("to do:");
        open.iter().for_each(|line| print_line(&format!("  {line}")));
    }
    let answer = if plan.is_empty() {
        if !check {
            plan.apply()?;
        }
        if !failed {
            print_line("up to date");
        }
        Answer::Yes
    } else if check {
        generate::check(plan, "update")
    } else {
        generate::write(plan)?
    };
    Ok(if open.is_empty() { answer } else { Answer::No })
}

/// An API after its steps, and its bindings.
type Stepped = (Step, Output);

/// Runs the steps of all APIs, after everything was fetched.
fn steps_of(config: &Config, options: &Options, cache: &Path) -> Result<Vec<Stepped>, Diagnostics> {
    let mut faults = Diagnostics::default();
    let mut fetched = Vec::new();
    for api in &config.apis {
        let one = Current::read(api).and_then(|current| {
            let document = current.fetch(api, options, cache)?;
            Ok((current, document, protos::folders(config, api, cache)?))
        });
        match one {
            Ok(one) => fetched.push((api, one)),
            Err(errors) => faults.0.extend(config.located(api, errors).0),
        }
    }
    if faults.has_errors() {
        return Err(faults);
    }
    let required = config.update.require_descriptions;
    let stepped: Vec<Result<Stepped, Diagnostics>> = fetched
        .into_par_iter()
        .map(|(api, (current, document, folders))| current.step(api, document, &folders, required))
        .collect();
    let mut steps = Vec::new();
    for step in stepped {
        match step {
            Ok(step) => steps.push(step),
            Err(errors) => faults.0.extend(errors.0),
        }
    }
    if faults.has_errors() { Err(faults) } else { Ok(steps) }
}

/// Returns an error as one line.
fn summary(error: &Diagnostic) -> String {
    let message = one_line(&error.message);
    match &error.help {
        Some(help) => format!("{message} ({})", one_line(help)),
        None => message,
    }
}

#[cfg(test)]
mod tests {
    use super::{Diagnostic, summary};

    #[test]
    fn a_task_is_one_line() {
        let error = Diagnostic::error("unknown `a\n## b`").help("did you mean\n`c`?");
        assert_eq!(summary(&error), "unknown `a ## b` (did you mean `c`?)");
    }
}
