//! `fetch`: documents from the network.

pub mod documents;
mod http;
mod lock;

use super::{Answer, Outcome, give};
use crate::commands::fetch::documents::{Wanted, fetch};
use crate::diagnostic::Diagnostic;
use std::path::Path;

/// Arguments of `fetch`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The documents, as `aiplatform:v1`; those of `spec/spec.lock` where none is named.
    #[arg(value_name = "API:VERSION")]
    documents: Vec<String>,
    /// Where the one document that is named is, if not where Google serves the documents of its APIs.
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Only say whether anything has changed: exit code 1 if so.
    #[arg(long)]
    check: bool,
}

pub(super) fn run(args: &Args) -> Outcome {
    let mut wanted = args.documents.iter().map(|text| Wanted::parse(text)).collect::<Result<Vec<_>, _>>()?;
    if let Some(url) = &args.url {
        let [one] = wanted.as_mut_slice() else {
            let error = Diagnostic::error("`--url` says where one document is");
            return Err(error.help("name that document: `fetch aiplatform:v1 --url …`").into());
        };
        one.url = Some(url.clone());
    }
    let outcomes = fetch(Path::new("spec"), &wanted, args.check)?;
    for outcome in &outcomes {
        give(&format!("{outcome}\n"));
    }
    let changed = outcomes.iter().any(|outcome| outcome.changed);
    Ok(if args.check && changed { Answer::No } else { Answer::Yes })
}
