//! `init`: a new member of a workspace, with bindings of some APIs.

mod manifests;

use super::config::Config;
use super::fetch::cache;
use super::fetch::documents::{Options, Wanted};
use super::generate::config::{assemble, bindings};
use super::generate::crates::relative;
use super::input::Origin;
use super::terminal::{print, report, status};
use super::vendor::prune::vendor;
use super::{Answer, Outcome, PATTERNS};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Api;
use crate::output::{Overwrite, Plan};
use crate::parser;
use crate::passes::prune::parse;
use crate::pipeline::Input;
use crate::rust::naming::Names;
use crate::rust::package;
use crate::source::{Source, files};
use std::collections::BTreeSet;
use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Arguments of `init`.
#[derive(Debug, clap::Args)]
#[command(after_help = format!("\
Examples:
  discovery-codegen init
  discovery-codegen init drive:v3 --include 'files.{{get,list}}' --name drive
  discovery-codegen init https://example.com/openapi.yaml --include '**' --name petstore

Writes `spec/codegen.toml`, the documents, pruned to the methods, and a crate that is a member of the workspace. Asks for
what no option states. Existing files are not overwritten.

{PATTERNS}

Exit codes: 0 success; 2 invalid input or usage, or a document could not be fetched."))]
pub(super) struct Args {
    /// Documents: names such as `drive:v3`, URLs or files.
    documents: Vec<String>,
    /// Methods to generate, with the types that they use.
    #[arg(long, value_name = "PATTERN")]
    include: Vec<String>,
    /// Name of the crate, and of its folder.
    #[arg(long)]
    name: Option<String>,
    /// Folder of the workspace; created if it does not exist.
    #[arg(long, value_name = "DIR", default_value = ".")]
    path: PathBuf,
    /// Keep the documents as they are, with all methods and descriptions; the patterns select what is generated.
    #[arg(long)]
    whole: bool,
    /// Folder of `discovery-runtime`, if the crate does not use the published version.
    #[arg(long, value_name = "DIR")]
    runtime_path: Option<PathBuf>,
    /// Folder of fetched documents, instead of the one in the user's cache folder.
    #[arg(long, value_name = "DIR")]
    cache: Option<PathBuf>,
    /// URL of the directory that lists the URL of each API's document, instead of Google's.
    #[arg(long, value_name = "URL")]
    directory: Option<String>,
}

/// A document, and where it comes from.
struct Document {
    source: Arc<Source>,
    api: Api,
    /// URL, if Google's directory does not have it.
    url: Option<String>,
}

pub(super) fn run(args: &Args) -> Outcome {
    let spec = args.path.join("spec");
    let configuration = spec.join("codegen.toml");
    if configuration.exists() {
        let error = Diagnostic::error(format!("`{}` exists", configuration.display()));
        return Err(error.help("add an `[[api]]` table to it, and run `generate`").into());
    }
    let documents = if args.documents.is_empty() {
        words(&ask("documents (names as `drive:v3`, URLs or files)", None)?)
    } else {
        args.documents.clone()
    };
    if documents.is_empty() {
        return Err(Diagnostic::error("no document was named").help("for example `init drive:v3`").into());
    }
    let documents = documents.iter().map(|name| read(name, args)).collect::<Result<Vec<_>, _>>()?;
    let include = if args.include.is_empty() {
        let count: usize = documents.iter().map(|document| document.api.methods.len()).sum();
        words(&ask(&format!("methods to generate, as patterns (of {count})"), Some("**"))?)
    } else {
        args.include.clone()
    };
    let suggested = documents.first().map(|document| crate_name(&document.api)).unwrap_or_default();
    let name = match &args.name {
        Some(name) => name.clone(),
        None => ask("name of the crate", Some(&suggested))?,
    };
    if let Some(message) = package::check_crate_name(&name) {
        return Err(Diagnostic::error(message).help("choose another name with `--name`").into());
    }
    let manifest = args.path.join(&name).join("Cargo.toml");
    if manifest.exists() {
        let error = Diagnostic::error(format!("`{}` exists", manifest.display()));
        return Err(error.help("choose another name with `--name`").into());
    }
    let plan = plan(args, &spec, &documents, &include, &name)?;
    plan.apply()?;
    status(&format!("{} files written", plan.write.len()));
    let folder = if args.path == Path::new(".") { String::new() } else { format!("cd {} && ", args.path.display()) };
    print(&format!("{folder}cargo run -p {name} --example request\n"));
    Ok(Answer::Yes)
}

/// Returns the files of the new crate.
fn plan(args: &Args, spec: &Path, documents: &[Document], include: &[String], name: &str) -> Result<Plan, Diagnostics> {
    let folder = args.path.join(name);
    let mut entries = Vec::new();
    let mut stems = BTreeSet::new();
    for Document { source, api, url } in documents {
        // A pattern may be of one of several documents.
        let patterns = of_document(include, api, documents)?;
        let google = Wanted::parse(&api.id()).ok().filter(|_| api.versioned);
        let stem = google.map_or_else(|| crate_name(api), |wanted| wanted.stem());
        if !stems.insert(stem.clone()) {
            return Err(Diagnostic::error(format!("two documents have the name `{stem}`")).into());
        }
        let (text, shown) = match args.whole {
            true => (source.text.clone(), patterns),
            false => (vendor(source, &patterns, None)?, Vec::new()),
        };
        let extension = if Source::new("", text.as_str()).is_json() { "json" } else { "yaml" };
        let spec = format!("{stem}.{extension}");
        entries.push(manifests::Entry { spec, text, url: url.clone(), include: shown });
    }
    let path = spec.join("codegen.toml");
    let source = Arc::new(Source::new(path.display().to_string(), manifests::configuration(name, &entries)));
    let config = Config::parse(source.clone(), spec)?;
    let mut outputs = Vec::new();
    let mut warnings = Vec::new();
    for (api, entry) in config.apis.iter().zip(&entries) {
        let document = Arc::new(Source::new(api.spec.display().to_string(), entry.text.as_str()));
        let input = Input { document, overlay: None, ref_folders: Vec::new() };
        let output = bindings(api, &input, &Names::default())?;
        warnings.extend(output.warnings.iter().cloned());
        outputs.push(output);
    }
    report(&Diagnostics(warnings));
    let runtime = args.runtime_path.as_deref().map(|path| relative(&folder, path)).transpose()?;
    let title = documents.first().and_then(|document| document.api.title.clone()).unwrap_or_else(|| name.to_owned());
    let manifest = manifests::of_crate(name, &title, runtime.as_deref())?;
    let manifest = Arc::new(Source::new(config.manifest().display().to_string(), manifest));
    let example = outputs
        .first()
        .map(|output| package::program(&output.part, &package::module_path(&output.part, name)).into_string());
    let mut plan = assemble(&config, outputs, &manifest)?.plan;
    plan.add(path, source.text.clone(), Overwrite::Generated)?;
    for (api, entry) in config.apis.iter().zip(entries) {
        plan.add(api.spec.clone(), entry.text, Overwrite::Generated)?;
    }
    let example_path = folder.join("examples/request.rs");
    if let Some(example) = example.filter(|_| !example_path.exists()) {
        plan.add(example_path, example, Overwrite::Generated)?;
    }
    let root = args.path.join("Cargo.toml");
    let old = if root.exists() { Some(files::read(&root)?) } else { None };
    plan.add(root, manifests::of_workspace(old.as_deref(), name)?, Overwrite::Any)?;
    plan.reject_links(&args.path)?;
    Ok(plan)
}

/// Returns the name of the crate of an API.
fn crate_name(api: &Api) -> String {
    package::crate_name(&Names::of(api, &Names::default()))
}

/// Returns the patterns that match methods of a document, or its errors if a pattern matches none of any document.
fn of_document(include: &[String], api: &Api, documents: &[Document]) -> Result<Vec<String>, Diagnostics> {
    let all = documents.iter().flat_map(|document| document.api.methods.keys().map(String::as_str));
    parse(include, all)?;
    let matching =
        |pattern: &&String| parse(std::slice::from_ref(*pattern), api.methods.keys().map(String::as_str)).is_ok();
    let own: Vec<String> = include.iter().filter(matching).cloned().collect();
    if own.is_empty() {
        return Err(Diagnostic::error(format!("no pattern matches a method of {}", api.id())).into());
    }
    Ok(own)
}

/// Reads a document: a file, or one from the network.
fn read(name: &str, args: &Args) -> Result<Document, Diagnostics> {
    let parsed = |source: Arc<Source>, url| -> Result<Document, Diagnostics> {
        let api = parser::read(&source)?;
        Ok(Document { source, api, url })
    };
    let is_url = name.starts_with("https://") || name.starts_with("http://");
    if is_url || Path::new(name).exists() || Wanted::parse(name).is_err() {
        return parsed(Origin::parse(name)?.read(None)?.input.document, is_url.then(|| name.to_owned()));
    }
    let cache = args.cache.clone().map_or_else(cache::folder, Ok)?;
    let options = Options { directory: args.directory.clone(), ..Options::default() };
    match cache::fetch(&Wanted::parse(name)?, None, &options, &cache)? {
        cache::Fetched::Document(source) => parsed(source, None),
        cache::Fetched::Older(revision) => Err(Diagnostic::error(format!("unexpected revision {revision}")).into()),
    }
}

/// Asks on standard error, and reads a line of standard input. An empty line is the default.
fn ask(question: &str, default: Option<&str>) -> Result<String, Diagnostic> {
    let shown = default.map(|default| format!(" [{default}]")).unwrap_or_default();
    let _ = write!(std::io::stderr(), "{question}{shown}: ").and_then(|()| std::io::stderr().flush());
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    match (read, default) {
        (Err(error), _) => Err(Diagnostic::error(format!("cannot read standard input: {error}"))),
        (Ok(0), None) => Err(Diagnostic::error(format!("no answer: {question}")).help("name it as an argument")),
        (Ok(_), _) if line.trim().is_empty() => Ok(default.unwrap_or_default().to_owned()),
        (Ok(_), _) => Ok(line.trim().to_owned()),
    }
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}
