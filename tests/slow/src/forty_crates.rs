//! Generates crates of forty large, old or unusual documents, and compiles them without warnings.

use crate::documents;
use crate::project;
use discovery_codegen::commands::generate::crates::{self, CrateOptions};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// Documents, by their special property.
const FORTY: [&str; 40] = [
    // Large.
    "compute.v1",
    "compute.alpha",
    "aiplatform.v1",
    "aiplatform.v1beta1",
    "searchads360.v23",
    "discoveryengine.v1alpha",
    "displayvideo.v4",
    "contactcenterinsights.v1",
    "apigee.v1",
    "dataplex.v1",
    "dlp.v2",
    "logging.v2",
    "healthcare.v1",
    "dialogflow.v2",
    "integrations.v1",
    // Old, of services without protobuf.
    "storage.v1",
    "bigquery.v2",
    "drive.v2",
    "drive.v3",
    "youtube.v3",
    "calendar.v3",
    "gmail.v1",
    "books.v1",
    "blogger.v3",
    "analytics.v3",
    "games.v1",
    "webmasters.v3",
    "siteVerification.v1",
    "pubsub.v1beta1a",
    "sqladmin.v1",
    // Unusual: wrapped data, dashes in names, parameters with dots, maps of maps, methods named like resources.
    "translate.v2",
    "dfareporting.v4",
    "customsearch.v1",
    "pagespeedonline.v5",
    "androidpublisher.v3",
    "admin.directory_v1",
    "sheets.v4",
    "docs.v1",
    "firestore.v1",
    "content.v2.1",
];

/// Documents whose crates are linted as well.
const LINTED: [&str; 8] = [
    "aiplatform-v1",
    "compute-v1",
    "translate-v2",
    "youtube-v3",
    "storage-v1",
    "drive-v3",
    "dfareporting-v4",
    "discoveryengine-v1alpha",
];

/// Documents whose docs are built as well.
const DOCUMENTED: [&str; 6] = ["aiplatform-v1", "compute-v1", "drive-v3", "youtube-v3", "books-v1", "gmail-v1"];

/// Generates and compiles the crates.
///
/// # Errors
/// When a document is missing, or its crate is not generated or does not compile without warnings.
pub(crate) fn run() -> Result<(), String> {
    let known = documents::all()?;
    let find = |name: &&str| {
        let is_it = |path: &&PathBuf| path.file_name().is_some_and(|file| *file == *format!("{name}.json"));
        known.iter().find(is_it).cloned().ok_or_else(|| format!("missing document {name}"))
    };
    let specs: Vec<PathBuf> = FORTY.iter().map(find).collect::<Result<_, _>>()?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    workspace(folder.path(), &specs)?;
    cargo(folder.path(), "check", &["--workspace"])?;
    cargo(folder.path(), "clippy", &packages(&LINTED))?;
    let mut arguments = packages(&DOCUMENTED);
    arguments.push("--no-deps");
    cargo(folder.path(), "doc", &arguments)
}

fn packages<'a>(names: &[&'a str]) -> Vec<&'a str> {
    names.iter().flat_map(|name| ["--package", name]).collect()
}

/// Generates the crates as members of one workspace, so that shared dependencies are compiled once.
fn workspace(folder: &Path, specs: &[PathBuf]) -> Result<(), String> {
    let begin = Instant::now();
    let runtime = project::path("codegen/runtime");
    let options = CrateOptions {
        specs,
        overlay: None,
        include: &[],
        out: folder,
        crate_name: None,
        runtime_path: Some(&runtime),
        lock: None,
        ref_folders: &[],
    };
    let prepared = crates::prepare(&options).map_err(|errors| errors.to_string())?;
    prepared.plan.apply().map_err(|error| error.to_string())?;
    println!("{} crates generated in {:.1} s", specs.len(), begin.elapsed().as_secs_f64());
    let write =
        |path: PathBuf, text: &str| fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()));
    for entry in fs::read_dir(folder).map_err(|error| error.to_string())?.flatten() {
        let manifest = entry.path().join("Cargo.toml");
        let text = fs::read_to_string(&manifest).map_err(|error| format!("{}: {error}", manifest.display()))?;
        // Generated crates are separate workspaces by default.
        write(manifest, text.trim_end().trim_end_matches("[workspace]"))?;
    }
    write(folder.join("Cargo.toml"), "[workspace]\nresolver = \"3\"\nmembers = [\"*-*\"]\n")?;
    write(folder.join("Cargo.lock"), &project::text("Cargo.lock")?)
}

/// Runs Cargo with warnings as errors, for types and requests only.
fn cargo(folder: &Path, command: &str, arguments: &[&str]) -> Result<(), String> {
    let begin = Instant::now();
    let status = Command::new("cargo")
        .args([command, "--quiet", "--no-default-features"])
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("RUSTFLAGS", "-Dwarnings")
        .env("RUSTDOCFLAGS", "-Dwarnings")
        .status()
        .map_err(|error| format!("cargo: {error}"))?;
    println!("cargo {command}: {:.0} s", begin.elapsed().as_secs_f64());
    if status.success() { Ok(()) } else { Err(format!("cargo {command} failed")) }
}
