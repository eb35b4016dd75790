//! `fetch`: documents from the network.

pub mod cache;
pub mod documents;
mod http;
mod lock;

use super::config;
use super::input::is_document;
use super::terminal::{print_line, write_output};
use super::{Answer, Outcome};
use crate::diagnostic::Diagnostic;
use crate::output::{Overwrite, Plan};
use crate::source::files;
use documents::{Locks, Options, SecretHeader, Wanted, fetch};
use std::path::{Path, PathBuf};

/// Arguments of `fetch`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  discovery-codegen fetch aiplatform:v1
  discovery-codegen fetch --check
  discovery-codegen fetch petstore:v1 --url https://example.com/openapi.yaml --header authorization=TOKEN

Documents are written to `spec/`, or in a sub-folder to that of the configuration above, and recorded in `spec.lock` there
with URL, ETag, digest and revision. A file that was not fetched, or has been edited, is not overwritten.

Exit codes: 0 success; 1 `--check` found changes; 2 invalid input or usage, or a document could not be fetched.")]
pub(super) struct Args {
    /// Documents to fetch, such as `aiplatform:v1`; all documents of `spec/spec.lock` if none is given.
    #[arg(value_name = "API:VERSION")]
    documents: Vec<String>,
    /// URL of the document, if it is not in Google's directory of APIs (requires exactly one API:VERSION).
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Report changes without writing anything; exit with code 1 if there are any.
    #[arg(long)]
    check: bool,
    /// Write the one document to this file instead of `spec/`, without a lock; `-` is standard output.
    #[arg(long, value_name = "FILE", conflicts_with = "check")]
    output: Option<PathBuf>,
    /// Header to send, whose value is taken from an environment variable; redirects are not followed then.
    #[arg(long, value_name = "NAME=VARIABLE")]
    header: Option<String>,
    /// URL of the directory that lists the URL of each API's document, instead of Google's.
    #[arg(long, value_name = "URL", conflicts_with = "url")]
    directory: Option<String>,
}

pub(super) fn run(args: &Args) -> Outcome {
    let mut wanted = args.documents.iter().map(|text| Wanted::parse(text)).collect::<Result<Vec<_>, _>>()?;
    if let Some(url) = &args.url {
        let [one] = wanted.as_mut_slice() else {
            let error = Diagnostic::error("`--url` requires exactly one document");
            return Err(error.help("name it: `fetch aiplatform:v1 --url …`").into());
        };
        one.url = Some(url.clone());
    }
    let header = args.header.as_deref().map(SecretHeader::from_env).transpose().map_err(|error| {
        // Not the argument itself, which may be the secret by mistake.
        let error = Diagnostic::error(format!("invalid `--header`: {error}"));
        error.help("name an environment variable that has the value: `--header authorization=TOKEN`")
    })?;
    let options = Options { check: args.check, header, directory: args.directory.clone() };
    if let Some(output) = &args.output {
        let [one] = wanted.as_slice() else {
            return Err(Diagnostic::error("`--output` requires exactly one document").into());
        };
        let documents::Text { text, revision } = documents::text(one, &options)?;
        let is_empty = || files::read(output).is_ok_and(|old| old.text.trim().is_empty());
        if output.is_file() && !is_document(output) && !is_empty() {
            let error = Diagnostic::error(format!("`{}` exists, and is not the document of an API", output.display()));
            return Err(error.help("choose another path for `--output`").into());
        }
        if output.as_os_str() == "-" {
            write_output(output, &text)?;
            return Ok(Answer::Yes);
        }
        let mut locks = Locks::default();
        locks.renew(output, &text, revision.as_deref())?;
        let mut plan = Plan::default();
        for (path, text) in locks.texts()? {
            plan.add(path, text, Overwrite::Generated)?;
        }
        plan.add(output.clone(), text, Overwrite::Any)?;
        plan.apply()?;
        return Ok(Answer::Yes);
    }
    let outcomes = fetch(&folder(), &wanted, &options)?;
    for outcome in &outcomes {
        print_line(&outcome.to_string());
    }
    let changed = outcomes.iter().any(|outcome| outcome.changed);
    Ok(if args.check && changed { Answer::No } else { Answer::Yes })
}

/// Returns the folder of documents: `spec/`, or in a sub-folder that of the configuration or the lock above.
fn folder() -> PathBuf {
    let found = ["spec/codegen.toml", "spec/spec.lock"].map(|name| config::find(Path::new(name)));
    let spec = Path::new("spec");
    let above = || found.iter().find(|path| path.is_file()).and_then(|path| path.parent());
    if spec.exists() { spec } else { above().unwrap_or(spec) }.to_owned()
}
