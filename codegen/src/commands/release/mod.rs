//! Releases of the generated crate: version, changelog and review, from the verdicts of a comparison.

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
version that is already high enough is not changed.

Exit codes: 0 success; 1 `--check` found that the version is too low; 2 invalid input or usage.")]
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
    let old = git_file_at(&args.old, &config.manifest())?;
    let (current, old) = (own_version(&manifest)?, own_version(&old)?);
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
    let manifest = Arc::new(Source::new(manifest.name.clone(), version::with_version(&manifest, &required)?));
    plan.add(config.manifest(), manifest.text.clone(), Overwrite::Any)?;
    add_files(&mut plan, &config, &review, &required, &[])?;
    plan.apply()?;
    status(&format!("{} written", counted(plan.write.len(), "file")));
    dependents::outdated(&config, &manifest)?.iter().for_each(|task| print_line(&format!("to do: {task}")));
    Ok(Answer::Yes)
}

/// Returns the version that a manifest states.
///
/// # Errors
/// An invalid manifest or version; a version that is that of the workspace, or missing.
fn own_version(manifest: &Arc<Source>) -> Result<Version, Diagnostic> {
    let error = match version::of(manifest)? {
        Stated::Own(version) => return Ok(version),
        Stated::Inherited => format!("the version in `{}` is that of the workspace", manifest.name),
        Stated::Missing => format!("`{}` states no version", manifest.name),
    };
    Err(Diagnostic::error(error).help("give the crate a `version` of its own, also at the old revision"))
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
