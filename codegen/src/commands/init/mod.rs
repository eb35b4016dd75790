//! `init`: a new member of a workspace, with bindings of some APIs.

mod manifests;
mod workspace;

use super::config::Config;
use super::fetch::cache;
use super::fetch::documents::{Options, Wanted};
use super::generate::config::{assemble, bindings};
use super::generate::crates::relative;
use super::input::InputLocation;
use super::terminal::{print_line, report, shell_word, status};
use super::vendor::prune::{vendor, whole};
use super::{Answer, Outcome, PATTERNS};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Api;
use crate::output::{Overwrite, Plan};
use crate::parser;
use crate::passes::prune::parse;
use crate::pipeline::Input;
use crate::rust::naming::Names;
use crate::rust::package;
use crate::source::Source;
use crate::text::counted;
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

Writes `spec/codegen.toml`, the documents, pruned to the methods, and a crate that is a member of the workspace; for a
new workspace, `Cargo.toml` and `.gitignore`. Asks for what no option states. Existing files are not overwritten.

{PATTERNS}

Exit codes: 0 success; 2 invalid input or usage, or a document could not be fetched."))]
pub(super) struct Args {
    /// Documents: names such as `drive:v3`, URLs or files.
    documents: Vec<String>,
    /// Methods to generate, with the types that they use; may be repeated.
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
        let names = args.documents.iter().filter_map(|name| Wanted::parse(name).ok());
        let (name, stem) = match names.map(|wanted| wanted.stem()).next() {
            Some(stem) => (stem.replacen('.', ":", 1), stem),
            None => ("drive:v3".to_owned(), "drive.v3".to_owned()),
        };
        let path = spec.join(format!("{stem}.json"));
        let help = format!(
            "to add an API, `fetch {name} --output {}`, add `[[api]]` with `spec = \"{stem}.json\"` to the file, and run \
             `generate`",
            shell_word(&path.display().to_string())
        );
        return Err(error.help(help).into());
    }
    let read_all = |names: &[String]| -> Result<Vec<Document>, Diagnostics> {
        if names.is_empty() {
            return Err(Diagnostic::error("missing document").help("for example `init drive:v3`").into());
        }
        names.iter().map(|name| read(name, args)).collect()
    };
    let documents = if args.documents.is_empty() {
        let question = "documents, separated by spaces (names as `drive:v3`, URLs or files)";
        ask(question, None, |answer| read_all(&words(answer)))?
    } else {
        read_all(&args.documents)?
    };
    let methods = || documents.iter().flat_map(|document| document.api.methods.keys().map(String::as_str));
    let include = if args.include.is_empty() {
        let question = format!("methods to generate, of {}, as patterns separated by spaces", methods().count());
        ask(&question, Some("**"), |answer| {
            let include = words(answer);
            documents.iter().try_for_each(|document| of_document(&include, &document.api, &documents).map(drop))?;
            Ok(include)
        })?
    } else {
        args.include.clone()
    };
    let suggested = documents.first().map(|document| crate_name(&document.api)).unwrap_or_default();
    let free = |name: &str| -> Result<String, Diagnostics> {
        let help = "choose another name with `--name`";
        if let Some(message) = package::check_crate_name(name) {
            return Err(Diagnostic::error(message).help(help).into());
        }
        let owner = TAKEN.iter().find(|(folder, _)| folder.eq_ignore_ascii_case(name)).map(|(_, owner)| owner);
        if let Some(owner) = owner {
            let error = Diagnostic::error(format!("invalid crate name `{name}`: it is the folder of {owner}"));
            return Err(error.help(help).into());
        }
        let manifest = args.path.join(name).join("Cargo.toml");
        match manifest.exists() {
            true => Err(Diagnostic::error(format!("`{}` exists", manifest.display())).help(help).into()),
            false => Ok(name.to_owned()),
        }
    };
    let name = match &args.name {
        Some(name) => free(name)?,
        None => ask("name of the crate", Some(&suggested), free)?,
    };
    let plan = plan(args, &spec, &documents, &include, &name)?;
    plan.apply()?;
    status(&format!("{} written", counted(plan.write.len(), "file")));
    let path = args.path.display().to_string();
    let folder = if path == "." { String::new() } else { format!("cd {} && ", shell_word(&path)) };
    print_line(&format!("{folder}cargo run -p {name} --example request"));
    Ok(Answer::Yes)
}

/// Folders of a workspace that cannot be those of a crate, with what they hold.
const TAKEN: [(&str, &str); 2] = [("spec", "the documents"), ("target", "Cargo's output")];

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
            let help = "rename the file of one of them, or add one later, with its `module`, to `spec/codegen.toml`";
            return Err(Diagnostic::error(format!("two documents have the name `{stem}`")).help(help).into());
        }
        let (text, shown) = match args.whole {
            true => (whole(source)?, patterns),
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
        plan.add(api.spec.clone(), entry.text, Overwrite::Generated).map_err(|error| {
            let path = shell_word(&api.spec.display().to_string());
            match api.spec.is_file() {
                true => error
                    .help(format!("nothing was written; move the file away, or use it whole: `init {path} --whole`")),
                false => error,
            }
        })?;
    }
    let example_path = folder.join("examples/request.rs");
    if let Some(example) = example.filter(|_| !example_path.exists()) {
        plan.add(example_path, example, Overwrite::Generated)?;
    }
    let (root, text) = workspace::with_member(&args.path, name)?;
    // As by `cargo new`: the output of a new workspace is not committed.
    let ignored = args.path.join(".gitignore");
    if !root.exists() && !ignored.exists() {
        plan.add(ignored, "/target\n".to_owned(), Overwrite::Generated)?;
    }
    plan.add(root, text, Overwrite::Any)?;
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
    if !is_url && !Path::new(name).exists() && !name.contains([':', '/', '\\', '.']) && name != "-" {
        let error = Diagnostic::error(format!("no file is named `{name}`"));
        return Err(error.help(format!("an API of Google is named with its version, such as `{name}:v1`")).into());
    }
    if !is_url && !Path::new(name).exists() && name.contains(['*', '{']) {
        let error = Diagnostic::error(format!("`{name}` is a pattern, and not a document"));
        return Err(error.help(format!("each pattern has an option of its own: `--include '{name}'`")).into());
    }
    if is_url || Path::new(name).exists() || Wanted::parse(name).is_err() {
        return parsed(InputLocation::parse(name)?.read(None)?.input.document, is_url.then(|| name.to_owned()));
    }
    let cache = args.cache.clone().map_or_else(cache::folder, Ok)?;
    let options = Options { directory: args.directory.clone(), ..Options::default() };
    match cache::fetch(&Wanted::parse(name)?, None, &options, &cache)? {
        cache::Fetched::Document(source) => parsed(source, None),
        cache::Fetched::Older(revision) => Err(Diagnostic::error(format!("unexpected revision {revision}")).into()),
    }
}

/// Asks on standard error, and reads lines of standard input until one is a valid answer. An empty line is the default.
fn ask<T>(
    question: &str,
    default: Option<&str>,
    check: impl Fn(&str) -> Result<T, Diagnostics>,
) -> Result<T, Diagnostics> {
    let shown = default.map(|default| format!(" [{default}]")).unwrap_or_default();
    let mut fault = None;
    loop {
        let _ = write!(std::io::stderr(), "{question}{shown}: ").and_then(|()| std::io::stderr().flush());
        let mut line = String::new();
        let read = std::io::stdin().lock().read_line(&mut line);
        let read = read.map_err(|error| Diagnostic::error(format!("cannot read standard input: {error}")))?;
        let answer = match (line.trim(), default) {
            // At the end of the input, the default does not correct a wrong answer.
            ("", _) if read == 0 && fault.is_some() => return Err(fault.unwrap_or_default()),
            ("", None) if read == 0 => {
                let error = Diagnostic::error(format!("missing answer: {question}"));
                return Err(error.help("name it as an argument").into());
            }
            ("", default) => default.unwrap_or_default(),
            (answer, _) => answer,
        };
        match check(answer) {
            Ok(answer) => return Ok(answer),
            Err(errors) => {
                let _ = writeln!(std::io::stderr());
                report(&errors);
                fault = Some(Diagnostics::from(Diagnostic::error(format!("invalid answer: {question}"))));
            }
        }
    }
}

/// Returns the words of an answer, without commas between them.
fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(|word| word.trim_end_matches(',').to_owned()).filter(|word| !word.is_empty()).collect()
}
