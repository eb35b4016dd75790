//! `diff`: compares two API revisions.

mod accept;
pub mod review;
mod rules;

use super::terminal::{is_stdout_colored, status, write_output};
use super::{Answer, Outcome};
use crate::commands::diff::review::{Request, review};
use crate::diagnostic::Diagnostic;
use crate::diff::render::{Format, Options, is_report, render};
use crate::diff::review::Review;
use crate::diff::{Bump, Finding, WireCompatibility};
use crate::source::{Source, files};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Arguments of `diff`.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, after_help = format!("\
Examples:
  discovery-codegen diff old.json new.json
  discovery-codegen diff HEAD~1:spec spec --format markdown
  discovery-codegen diff HEAD~1                   # the documents of spec/codegen.toml
  discovery-codegen diff old/ new/ --fail-on breaking,major --accept accept.toml
  discovery-codegen diff accept 0c7c1d3f6a1b2e4d --reason 'no client sends it' --until 2027-03-31
  discovery-codegen diff rules property-removed

{}

Legend:
  wire  breaking: calls of old clients fail; risky: some may; safe: none do
  rust  version of the generated crate: major (0.x: minor), minor (0.x: patch), patch
  →     in requests   ← in responses   ↔ in both   · reached by no method

Exit codes: 0 no finding fails; 1 a finding fails (--fail-on); 2 invalid input or usage (in folders, the valid documents are
still compared).", super::PATTERNS))]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    /// Old revision: a file, a folder, `-`, a URL, or a git revision with a path, `HEAD~1:spec/x.json`. Without NEW: a
    /// git revision of the documents of codegen.toml.
    old: Option<String>,
    /// New revision.
    new: Option<String>,
    /// Path of codegen.toml, for a comparison without NEW.
    #[arg(long, value_name = "FILE", default_value = "spec/codegen.toml")]
    config: PathBuf,
    /// Overlay of the old revision [default: the one next to it].
    #[arg(long, value_name = "FILE")]
    old_overlay: Option<PathBuf>,
    /// Overlay of the new revision [default: the one next to it].
    #[arg(long, value_name = "FILE")]
    new_overlay: Option<PathBuf>,
    /// Compare only methods that match this pattern, and what they use; may be repeated.
    #[arg(long, value_name = "PATTERN")]
    include: Vec<String>,
    /// Format of the report.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Path of the report [default: standard output].
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Least severe findings to show as text.
    #[arg(long, value_name = "LEVEL", value_enum, default_value_t)]
    severity: Severity,
    /// Largest number of findings of an API to show as text.
    #[arg(long, value_name = "COUNT")]
    limit: Option<usize>,
    /// Exit with code 1 if any finding is at least this severe: on the wire, in Rust, or either.
    #[arg(long, value_name = "LEVEL", value_enum, value_delimiter = ',', default_value = "never")]
    fail_on: Vec<FailOn>,
    /// TOML file of accepted changes, which --fail-on ignores.
    #[arg(long, value_name = "FILE")]
    accept: Option<PathBuf>,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Add a change to the file of accepted changes.
    Accept(accept::Args),
    /// List the rules, or explain one.
    Rules(rules::Args),
}

/// Least severe findings to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Severity {
    /// All findings.
    #[default]
    Safe,
    /// Risky and breaking findings.
    Risky,
    /// Breaking findings.
    Breaking,
}

/// Findings that fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum FailOn {
    /// Findings that break old clients.
    Breaking,
    /// Findings that may break old clients.
    Risky,
    /// Findings that need a new major version of the generated crate.
    Major,
    /// Findings that need a new minor version of the generated crate.
    Minor,
    /// No finding.
    Never,
}

impl FailOn {
    /// Returns `true` if the verdicts of a finding, or of a whole review, fail.
    fn fails(self, wire: WireCompatibility, rust: Option<Bump>) -> bool {
        match self {
            FailOn::Breaking => wire == WireCompatibility::Breaking,
            FailOn::Risky => wire >= WireCompatibility::Risky,
            FailOn::Major => rust >= Some(Bump::Major),
            FailOn::Minor => rust >= Some(Bump::Minor),
            FailOn::Never => false,
        }
    }
}

pub(super) fn run(args: &Args) -> Outcome {
    match &args.command {
        Some(Command::Accept(args)) => return accept::run(args),
        Some(Command::Rules(args)) => return rules::run(args),
        None => {}
    }
    let Some(old) = &args.old else {
        let help = "`diff OLD NEW`, or `diff REVISION` for the documents of codegen.toml";
        return Err(Diagnostic::error("nothing to compare").help(help).into());
    };
    let review = review(&Request {
        old,
        new: args.new.as_deref(),
        config: Some(&args.config),
        old_overlay: args.old_overlay.as_deref(),
        new_overlay: args.new_overlay.as_deref(),
        include: &args.include,
        accept: args.accept.as_deref(),
        lines: matches!(args.format, Format::Github | Format::Sarif),
    })?;
    let terminal = args.output.is_none() && std::io::stdout().is_terminal();
    let mut options = Options {
        color: args.output.is_none() && is_stdout_colored(),
        severity: match args.severity {
            Severity::Safe => WireCompatibility::Safe,
            Severity::Risky => WireCompatibility::Risky,
            Severity::Breaking => WireCompatibility::Breaking,
        },
        limit: args.limit,
        ..Options::default()
    };
    if let Some(width) = width(terminal) {
        options.width = width;
    }
    if let Some(path) = &args.output {
        expect_report(path)?;
    }
    write_output(args.output.as_deref().unwrap_or(Path::new("-")), &render(&review, args.format, &options))?;
    if review.errors.has_errors() {
        return Err(review.errors);
    }
    let (wire, rust) = (review.wire_unaccepted(), review.semver_unaccepted());
    if !args.fail_on.iter().any(|fail_on| fail_on.fails(wire, rust)) {
        return Ok(Answer::Yes);
    }
    failed(&args.fail_on, &review);
    Ok(Answer::No)
}

/// Checks that a file which a report replaces is empty or an earlier report.
///
/// # Errors
/// Another file.
pub(super) fn expect_report(path: &Path) -> Result<(), Diagnostic> {
    if path.as_os_str() == "-" || !path.is_file() {
        return Ok(());
    }
    let is_report = |source: Arc<Source>| source.text.trim().is_empty() || is_report(&source.text);
    if files::read(path).is_ok_and(is_report) {
        return Ok(());
    }
    let error = Diagnostic::error(format!("`{}` exists, and is not a report", path.display()));
    Err(error.help("nothing was written; choose another path, or move the file away"))
}

/// Number of failed findings that are listed.
const LISTED: usize = 20;

/// Lists what fails, with the fingerprints that `diff accept` takes.
fn failed(fail_on: &[FailOn], review: &Review) {
    let findings = review.reports.iter().flat_map(|report| &report.findings);
    let fails = |finding: &&Finding| {
        let change = &finding.change;
        fail_on.iter().any(|fail_on| fail_on.fails(change.wire, Some(change.rust)))
    };
    let failed: Vec<&Finding> = findings.filter(|finding| finding.accepted.is_none()).filter(fails).collect();
    let values: Vec<String> = fail_on
        .iter()
        .filter_map(|fail_on| Some(clap::ValueEnum::to_possible_value(fail_on)?.get_name().to_owned()))
        .collect();
    let documents = review.removed.iter().map(|name| format!("removed: {name}"));
    let documents: Vec<String> = documents.chain(review.added.iter().map(|name| format!("added: {name}"))).collect();
    status(&format!("failed by `--fail-on {}`:", values.join(",")));
    documents.iter().for_each(|document| status(&format!("  {document}")));
    for finding in failed.iter().take(LISTED) {
        status(&format!("  {}  {}", finding.change.fingerprint, finding.change.message));
    }
    match failed.len().saturating_sub(LISTED) {
        0 => {}
        more => status(&format!("  … and {more} more, listed with `--format json`")),
    }
    if !failed.is_empty() {
        status("to accept one: `diff accept FINGERPRINT --reason … --until DAY`, and `--accept accept.toml` of `diff`");
    }
}

/// Returns the width of the terminal, or that of the environment variable `COLUMNS`.
fn width(terminal: bool) -> Option<usize> {
    const NARROWEST: usize = 40;
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let size = || terminal.then(terminal_size::terminal_size).flatten().map(|(width, _)| usize::from(width.0));
    columns.or_else(size).map(|width| width.max(NARROWEST))
}
