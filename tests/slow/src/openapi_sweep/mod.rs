//! Real OpenAPI documents are generated whole and one method at a time, and every path in the output exists.

mod resolve;

use crate::openapi_documents::{self, Document};
use crate::project;
use discovery_codegen::commands::generate::crates::{self, CrateOptions};
use discovery_codegen::pipeline::{Input, Prepared};
use discovery_codegen::rust::hooks::Hooks;
use discovery_codegen::rust::naming::Names;
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// Number of methods of each document that are generated separately, except for those in [`COMPLETE`].
const SAMPLE: usize = 20;

/// Documents of which every method is generated separately.
const COMPLETE: [&str; 10] = [
    "asana.com.json",
    "box.com.json",
    "digitalocean.com.json",
    "spotify.com/sonallux.json",
    "plaid.com.json",
    "slack.com.json",
    "openai/official/openapi.yml",
    "anthropic/official/openapi.yml",
    "adyen.com/CheckoutService-v71.json",
    "@figma/rest-api-spec",
];

/// Documents that are compiled whole; of those in [`COMPLETE`], the largest crate of one method as well.
const COMPILED: [&str; 8] = [
    "asana.com.json",
    "box.com.json",
    "spotify.com/sonallux.json",
    "slack.com.json",
    "openai/official/openapi.yml",
    "anthropic/official/openapi.yml",
    "cohere/official/openapi.yml",
    "@figma/rest-api-spec",
];

/// Result for one document.
struct Row {
    name: String,
    methods: usize,
    schemas: usize,
    left_out: usize,
    warnings: usize,
    single: usize,
    /// Method whose crate is the largest one.
    largest: Option<String>,
    unresolved: Vec<String>,
    time: Duration,
    /// Number of omitted parts, by reason.
    reasons: BTreeMap<String, usize>,
}

/// Generates the documents, checks the paths of what was generated, and compiles some of the crates.
///
/// # Errors
/// When a document is not generated, a path in the output does not exist, or a crate does not compile.
pub(crate) fn run() -> Result<(), String> {
    let documents = openapi_documents::all()?;
    let begin = Instant::now();
    let mut rows: Vec<Row> = Vec::new();
    let mut failed = Vec::new();
    println!("| document | methods | schemas | left out | warnings | one-method crates | unresolved paths | s |");
    println!("|---|---|---|---|---|---|---|---|");
    for document in &documents {
        match sweep(document) {
            Ok(row) => {
                println!("{row}");
                rows.push(row);
            }
            Err(error) => failed.push(format!("{}: {error}", document.name)),
        }
    }
    print(&rows, begin.elapsed());
    for row in &rows {
        failed.extend(row.unresolved.iter().map(|fault| format!("{}: {fault}", row.name)));
    }
    if !failed.is_empty() {
        return Err(format!("{} faults\n{}", failed.len(), failed.join("\n")));
    }
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    for document in &documents {
        if COMPILED.contains(&document.name.as_str()) {
            compile(document, &[], folder.path())?;
        }
    }
    for row in rows.iter().filter(|row| COMPLETE.contains(&row.name.as_str())) {
        if let (Some(document), Some(method)) = (documents.iter().find(|one| one.name == row.name), &row.largest) {
            compile(document, std::slice::from_ref(method), folder.path())?;
        }
    }
    Ok(())
}

fn sweep(document: &Document) -> Result<Row, String> {
    let input = Input::read(&document.path, None).map_err(|error| error.to_string())?;
    let begin = Instant::now();
    let prepared = Prepared::new(&input, &Names::default(), &Hooks::default()).map_err(|errors| errors.to_string())?;
    let whole = prepared.clone().generate(&[]).map_err(|errors| errors.to_string())?;
    let time = begin.elapsed();
    let mut unresolved = resolve::unresolved(&whole.part.bindings)?;
    let methods: Vec<&String> = whole.api.methods.keys().collect();
    let is_complete = COMPLETE.contains(&document.name.as_str());
    let step = if is_complete { 1 } else { methods.len() / SAMPLE + 1 };
    let mut single = 0;
    let mut largest: Option<(usize, String)> = None;
    for method in methods.iter().step_by(step) {
        let only = prepared.clone().generate(&[(*method).clone()]).map_err(|errors| format!("{method}: {errors}"))?;
        let faults = resolve::unresolved(&only.part.bindings)?;
        unresolved.extend(faults.into_iter().map(|fault| format!("{method}: {fault}")));
        single += 1;
        let size = only.part.bindings.types.as_str().len();
        if largest.as_ref().is_none_or(|(known, _)| size > *known) {
            largest = Some((size, (*method).clone()));
        }
    }
    let mut reasons = BTreeMap::new();
    for skipped in &whole.api.skipped {
        *reasons.entry(skipped.reason.clone()).or_default() += 1;
    }
    Ok(Row {
        name: document.name.clone(),
        methods: methods.len(),
        schemas: whole.api.schemas.len(),
        left_out: whole.api.skipped.len(),
        warnings: whole.warnings.len(),
        single,
        largest: largest.map(|(_, method)| method),
        unresolved,
        time,
        reasons,
    })
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Row { name, methods, schemas, left_out, warnings, single, unresolved, time, .. } = self;
        let (faults, seconds) = (unresolved.len(), time.as_secs_f64());
        write!(f, "| {name} | {methods} | {schemas} | {left_out} | {warnings} | {single} | {faults} | {seconds:.2} |")
    }
}

/// Prints the sums, and the reasons for omitted parts.
fn print(rows: &[Row], took: Duration) {
    let sum = |of: fn(&Row) -> usize| rows.iter().map(of).sum::<usize>();
    println!(
        "{} documents: {} methods, {} parts left out, {} one-method crates, {} unresolved paths, {:.0} s",
        rows.len(),
        sum(|row| row.methods),
        sum(|row| row.left_out),
        sum(|row| row.single),
        sum(|row| row.unresolved.len()),
        took.as_secs_f64(),
    );
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for (reason, count) in rows.iter().flat_map(|row| &row.reasons) {
        *reasons.entry(reason).or_default() += count;
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for (reason, count) in reasons.into_iter().take(30) {
        println!("  {count:>6}  {reason}");
    }
}

/// Checks a crate with rustc, only types and requests, with warnings as errors.
fn compile(document: &Document, include: &[String], folder: &Path) -> Result<(), String> {
    let runtime = project::path("codegen/runtime");
    let name = document.name.replace(['@', '/', '.'], "-");
    let out = folder.join(include.first().map_or(name.clone(), |method| format!("{name}-{method}")));
    let options = CrateOptions {
        specs: std::slice::from_ref(&document.path),
        overlay: None,
        include,
        out: &out,
        crate_name: None,
        runtime_path: Some(&runtime),
        lock: None,
        ref_folders: &[],
    };
    let made = crates::prepare(&options).map_err(|errors| errors.to_string())?;
    made.plan.apply().map_err(|error| error.to_string())?;
    check(&out, folder).map_err(|error| format!("{}: {error}", document.name))
}

fn check(out: &Path, folder: &Path) -> Result<(), String> {
    let begin = Instant::now();
    let lock: PathBuf = out.join("Cargo.lock");
    fs::write(&lock, project::text("Cargo.lock")?).map_err(|error| error.to_string())?;
    let status = Command::new("cargo")
        .args(["check", "--quiet", "--no-default-features"])
        .current_dir(out)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("RUSTFLAGS", "-Dwarnings")
        .status()
        .map_err(|error| format!("cargo: {error}"))?;
    let name = out.file_name().unwrap_or_default().to_string_lossy();
    println!("cargo check of {name}: {:.0} s", begin.elapsed().as_secs_f64());
    if status.success() { Ok(()) } else { Err("cargo check failed".to_owned()) }
}
