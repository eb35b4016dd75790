//! `bump`: writes version, changelog and review of the generated crate, from the verdicts of a comparison.

mod changelog;
pub(super) mod dependents;
pub(super) mod version;

use super::config::Config;
use super::diff::expect_report;
use super::diff::review::{Request, review};
use super::input::git_file_at;
use super::terminal::{print_line, status};
use super::{Answer, Outcome};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::diff::accept;
use crate::diff::render::{self, Format, Options};
use crate::diff::review::Review;
use crate::output::{Overwrite, Plan};
use crate::source::{Source, files};
use crate::text::counted;
use semver::Version;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use version::Stated;

/// Arguments of `bump`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  discovery-codegen bump v0.3.0
  discovery-codegen bump HEAD --check

The documents of codegen.toml at the git revision OLD are compared with those on disk. The version that the verdict
requires, by Cargo's rules, is written to the crate's manifest, an entry to its changelog, and the review to `reviews/`. A
version that is already high enough is not changed; that of a workspace is left to you.

Exit codes: 0 success; 1 `--check` found that the version is too low, or that of the workspace is; 2 invalid input or
usage.")]
pub(super) struct Args {
    /// Git revision of the last release.
    old: String,
    /// Path of codegen.toml.
    #[arg(long, value_name = "FILE", default_value = "spec/codegen.toml")]
    config: PathBuf,
    /// Report the required version without writing anything.
    #[arg(long)]
    check: bool,
}

pub(super) fn run(args: &Args) -> Outcome {
    if args.old == "-" || args.old.contains(':') {
        let error = Diagnostic::error(format!("`{}` is not a git revision", args.old));
        return Err(error.help("name the revision of the last release, such as `v0.3.0`").into());
    }
    let config = Config::read(&args.config)?;
    let review = review(&Request { old: &args.old, config: Some(&args.config), ..Request::default() })?;
    let Some(bump) = review.semver() else {
        print_line("nothing changed: no new version is required");
        return Ok(Answer::Yes);
    };
    let manifest = config.read_manifest()?;
    let is_own = matches!(version::of(&manifest)?, Stated::Own(_));
    let (current, old) = (current_version(&config, &manifest)?, version_at(&args.old, &config)?);
    let required = version::bumped(&old, bump);
    if current >= required {
        print_line(&format!("the version {current} is high enough: {bump} changes after {old} require {required}"));
        return Ok(Answer::Yes);
    }
    print_line(&format!("{bump} changes after {old} require {required}"));
    if args.check {
        return Ok(Answer::No);
    }
    let mut plan = Plan::default();
    let mut tasks = Vec::new();
    let manifest = if is_own {
        let manifest = Arc::new(Source::new(manifest.name.clone(), version::with_version(&manifest, &required)?));
        plan.add(config.manifest(), manifest.text.clone(), Overwrite::Any)?;
        manifest
    } else {
        let (workspace, current) = of_workspace(&config, &manifest)?;
        tasks.push(workspace_task(&workspace, &current, &required));
        manifest
    };
    add_files(&mut plan, &config, &review, &required, &tasks)?;
    plan.apply()?;
    status(&format!("{} written", counted(plan.write.len(), "file")));
    tasks.extend(dependents::outdated(&config, &manifest)?);
    tasks.iter().for_each(|task| print_line(&format!("to do: {task}")));
    Ok(if is_own { Answer::Yes } else { Answer::No })
}

/// Returns the version of the crate: its own, or that of the workspace.
///
/// # Errors
/// An invalid or missing version.
fn current_version(config: &Config, manifest: &Arc<Source>) -> Result<Version, Diagnostic> {
    match version::of(manifest)? {
        Stated::Own(version) => Ok(version),
        Stated::Inherited => of_workspace(config, manifest).map(|(_, version)| version),
        Stated::Missing => Err(no_version(manifest)),
    }
}

/// Returns the version of the crate at a git revision: its own, or that of the workspace, whose manifest is where it is
/// today.
///
/// # Errors
/// An invalid or missing version.
fn version_at(revision: &str, config: &Config) -> Result<Version, Diagnostic> {
    let manifest = git_file_at(revision, &config.manifest())?;
    match version::of(&manifest)? {
        Stated::Own(version) => Ok(version),
        Stated::Inherited => {
            let (workspace, _) = of_workspace(config, &manifest)?;
            let workspace = git_file_at(revision, Path::new(&workspace.name))?;
            version::inherited(&workspace)?.ok_or_else(|| no_version(&workspace))
        }
        Stated::Missing => Err(no_version(&manifest)),
    }
}

fn no_version(manifest: &Source) -> Diagnostic {
    let error = Diagnostic::error(format!("`{}` states no version", manifest.name));
    error.help("give the crate a `version` of its own, also at the old revision")
}

/// Returns the manifest of the workspace, with the version that the crate inherits from it.
///
/// # Errors
/// A workspace that is missing or invalid, or states no version.
pub(super) fn of_workspace(config: &Config, manifest: &Arc<Source>) -> Result<(Arc<Source>, Version), Diagnostic> {
    version::of_workspace(&config.package.path)?.ok_or_else(|| {
        let error = Diagnostic::error("no workspace states the version of the crate").in_source(manifest);
        error.help("add `version` to `[workspace.package]` of the workspace, or give the crate one of its own")
    })
}

/// Returns the task of a person, since the version of a workspace is that of other crates, too.
pub(super) fn workspace_task(workspace: &Source, current: &Version, required: &Version) -> String {
    format!(
        "the version of the workspace in `{}` is {current}: change it to {required}, and those of its other members with \
         it",
        workspace.name
    )
}

/// Adds the changelog and the review to the files of a release, and the lock file of Cargo, if the version is the
/// crate's own. `open` lists the open tasks.
pub(super) fn add_files(
    plan: &mut Plan,
    config: &Config,
    review: &Review,
    version: &Version,
    open: &[String],
) -> Result<(), Diagnostics> {
    let path = config.reviews().join(format!("{version}.md"));
    let options = Options { whole: true, ..Options::default() };
    let mut text = render::render(review, Format::Markdown, &options);
    text.push_str(&changelog::open(open));
    let link = relative(&config.changelog(), &path);
    expect_report(&path)?;
    plan.add(path, text, Overwrite::Any)?;
    let path = config.changelog();
    let old = if path.exists() { Some(files::read(&path)?) } else { None };
    let today = accept::today();
    let entry = changelog::entry(review, version, &today.to_string(), link.as_deref());
    let old = old.as_deref().map(|old| old.text.as_str());
    let text = changelog::with_entry(old, &config.package.name, version, &entry);
    if old.is_some_and(|old| old == text) {
        status(&format!("`{}` has an entry of {version} already, which is not changed", path.display()));
    }
    plan.add(path, text, Overwrite::Any)?;
    plan.reject_links(&config.package.path)?;
    if !matches!(version::of(&config.read_manifest()?)?, Stated::Own(_)) {
        return Ok(());
    }
    let folder = std::path::absolute(&config.package.path)
        .map_err(|error| Diagnostic::error(format!("cannot resolve `{}`: {error}", config.package.path.display())))?;
    if let Some(lock) = folder.ancestors().map(|folder| folder.join("Cargo.lock")).find(|path| path.is_file()) {
        let lock = files::seen_from_here(lock);
        let text = version::lock_with_version(&files::read(&lock)?, &config.package.name, version)?;
        plan.add(lock, text, Overwrite::Any)?;
    }
    Ok(())
}

/// Returns the path of a file as a link in another one; `None` if it is not below the folder of that one.
fn relative(from: &Path, to: &Path) -> Option<String> {
    let below = to.strip_prefix(from.parent()?).ok()?;
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    Some(parts.join("/"))
}
