//! `request`: the HTTP request that a call would send.

mod arguments;
mod body;
pub mod call;
mod descriptor;
mod form;
mod render;

use super::terminal::{print_json, print_lines, report, status};
use super::{Answer, Outcome};
use crate::commands::input::InputLocation;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::pipeline::Mode;
pub use body::Content;
use call::Host;
use render::Format;
use std::path::PathBuf;

/// Arguments of `request`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  discovery-codegen request drive.v3.json files.get --param fileId=abc --param fields=name
  echo '{\"name\": \"x\"}' | discovery-codegen request drive.v3.json files.create --body - --format curl

Exit codes: 0 success; 2 invalid input or usage.")]
pub(super) struct Args {
    /// The document: a file, `-`, a URL, or a git revision with a path, `HEAD~1:spec/x.json`.
    file: String,
    /// Name of the method: `tunedModels.create`.
    method: String,
    /// Overlay of the document, instead of the one next to it.
    #[arg(long, value_name = "FILE")]
    overlay: Option<PathBuf>,
    /// Parameter of the call; may be repeated, for other parameters and further values of a list.
    #[arg(long = "param", value_name = "NAME=VALUE", value_parser = parameter)]
    parameters: Vec<(String, String)>,
    /// JSON request body; snake_case (proto) field names are accepted. For a method that takes google.api.HttpBody, the
    /// content itself or that message in JSON. Forms are JSON objects too, whose files are text; other bodies are the
    /// content itself. `-` is standard input.
    #[arg(long, value_name = "FILE")]
    body: Option<PathBuf>,
    /// Root URL of the call, instead of the document's: `https`, or `http` on this machine.
    #[arg(long, value_name = "URL", conflicts_with = "location")]
    endpoint: Option<String>,
    /// Allow `http` to any host in --endpoint, such as an emulator in a container.
    #[arg(long, requires = "endpoint")]
    insecure: bool,
    /// Location whose endpoint is called, instead of that in the name of the resource; `global` is the root URL.
    #[arg(long)]
    location: Option<String>,
    /// Call regional endpoints, which keep requests in their region.
    #[arg(long, conflicts_with = "endpoint")]
    regional: bool,
    /// Format of the request.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(args: &Args) -> Outcome {
    if args.file == "-" && args.body.as_ref().is_some_and(|body| body.as_os_str() == "-") {
        return Err(Diagnostic::error("the document and the body cannot both be standard input").into());
    }
    let (api, warnings) = InputLocation::parse(&args.file)?.read(args.overlay.as_deref())?.input.api(Mode::Strict)?;
    report(&Diagnostics(warnings));
    let body = args.body.as_deref().map(Content::read).transpose()?;
    let host = Host {
        endpoint: args.endpoint.clone(),
        insecure: args.insecure,
        location: args.location.clone(),
        regional: args.regional,
    };
    let prepared = call::prepare(&api, &args.method, &args.parameters, body.as_ref(), &host)?;
    if let Some(credentials) = render::credentials(&prepared) {
        status(&format!("credentials: {credentials}"));
    }
    match args.format {
        Format::Json => print_json(&render::json(&prepared))?,
        Format::Http => print_lines(&render::http(&prepared)),
        Format::Curl => print_lines(&render::curl(&prepared)),
    }
    Ok(Answer::Yes)
}

fn parameter(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("expected NAME=VALUE".to_owned()),
    }
}
