//! Workspace of generated crates, which compiles shared dependencies once, and the errors of rustc for each crate.

use super::probe;
use crate::project;
use discovery_codegen::pipeline::{self, Input};
use discovery_codegen::rust::naming::Names;
use discovery_codegen::rust::package;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Workspace of generated crates, and of programs that use them.
pub(super) struct Bench {
    folder: tempfile::TempDir,
    generated: Vec<String>,
    /// Items that the lines of each program use.
    probes: BTreeMap<String, Vec<String>>,
}

impl Bench {
    /// Creates an empty workspace.
    pub(super) fn new() -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        Ok(Self { folder, generated: Vec::new(), probes: BTreeMap::new() })
    }

    /// Adds the crate of a document, and returns the names of its bindings. Items in `earlier` keep their names.
    pub(super) fn generate(&mut self, name: &str, input: &Input, earlier: &Names) -> Result<Names, String> {
        let output = pipeline::generate(input, &[], earlier).map_err(|errors| errors.to_string())?;
        let runtime = project::path("codegen/runtime");
        let runtime = runtime.canonicalize().map_err(|error| error.to_string())?;
        for (path, text) in package::single(&output.part, name, None, runtime.to_str()) {
            // A generated crate is its own workspace.
            let text = if path.ends_with("Cargo.toml") { text.replace("[workspace]", "") } else { text };
            write(&self.folder.path().join(name).join(path), &text)?;
        }
        self.generated.push(name.to_owned());
        Ok(output.names)
    }

    /// Returns `true` if two crates have the same code, apart from comments and the document that they come from.
    pub(super) fn is_same_code(&self, old: &str, new: &str) -> Result<bool, String> {
        let code = |name: &str, file: &str| -> Result<Vec<String>, String> {
            let path = self.folder.path().join(name).join("src").join(file);
            let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            Ok(text.lines().filter(|line| !line.trim_start().starts_with("//")).map(str::to_owned).collect())
        };
        for file in ["types.rs", "methods.rs"] {
            if code(old, file)? != code(new, file)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Adds a program that uses every item of one crate, to be compiled against another.
    pub(super) fn probe(&mut self, name: &str, of: &str, against: &str) -> Result<(), String> {
        let runtime = project::path("codegen/runtime");
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[dependencies]\n\
             {against} = {{ path = \"../{against}\", default-features = false }}\n\
             discovery-runtime = {{ path = {runtime:?}, default-features = false }}\n"
        );
        let folder = self.folder.path().join(name);
        write(&folder.join("Cargo.toml"), &manifest)?;
        let sources = self.folder.path().join(of).join("src");
        let (text, items): (Vec<String>, Vec<String>) =
            probe::lines(against, &sources)?.into_iter().map(|line| (line.text, line.item)).unzip();
        write(&folder.join("src/lib.rs"), &text.join("\n"))?;
        self.probes.insert(name.to_owned(), items);
        Ok(())
    }

    /// Compiles everything, and returns the errors of each program.
    ///
    /// rustc reports no other errors of a program with unresolved names. Such a program is compiled again without the
    /// lines that have these names, until all names are resolved.
    ///
    /// # Errors
    /// When a generated crate does not compile, or a program was not compiled.
    pub(super) fn check(&self) -> Result<BTreeMap<String, Vec<Fault>>, String> {
        let mut faults = self.compile(self.generated.iter().chain(self.probes.keys()).collect())?;
        if let Some((name, faults)) = self.generated.iter().find_map(|name| Some((name, faults.get(name)?))) {
            return Err(format!("`{name}` does not compile: {faults:#?}"));
        }
        let mut last = faults.clone();
        loop {
            let unresolved = |faults: &Vec<Fault>| -> BTreeSet<usize> {
                faults.iter().filter(|fault| fault.is_unresolved()).map(|fault| fault.line).collect()
            };
            let lines = last.iter().map(|(name, faults)| (name, unresolved(faults)));
            let unresolved: BTreeMap<&String, BTreeSet<usize>> = lines.filter(|(_, lines)| !lines.is_empty()).collect();
            if unresolved.is_empty() {
                return Ok(faults);
            }
            for (name, lines) in &unresolved {
                self.leave_out(name, lines)?;
            }
            last = self.compile(unresolved.into_keys().collect())?;
            for (name, more) in &last {
                faults.entry(name.clone()).or_default().extend(more.iter().cloned());
            }
        }
    }

    /// Empties lines of a program.
    fn leave_out(&self, probe: &str, lines: &BTreeSet<usize>) -> Result<(), String> {
        let path = self.folder.path().join(probe).join("src/lib.rs");
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let kept = text.lines().enumerate().map(|(at, line)| if lines.contains(&(at + 1)) { "" } else { line });
        write(&path, &kept.collect::<Vec<_>>().join("\n"))
    }

    /// Compiles some crates, and returns the errors of those that have any.
    fn compile(&self, names: Vec<&String>) -> Result<BTreeMap<String, Vec<Fault>>, String> {
        let output = self
            .cargo("check")?
            .args(["--keep-going", "--message-format=json"])
            .args(names.iter().flat_map(|name| ["--package", name]))
            .output()
            .map_err(|error| format!("cargo: {error}"))?;
        let mut faults: BTreeMap<String, Vec<Fault>> = BTreeMap::new();
        let mut compiled = BTreeSet::new();
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let Ok(message) = serde_json::from_str::<Value>(line) else { continue };
            let Some(name) = message["target"]["name"].as_str() else { continue };
            match message["reason"].as_str() {
                Some("compiler-artifact") => {
                    compiled.insert(name.to_owned());
                }
                Some("compiler-message") if message["message"]["level"] == "error" => {
                    if let Some(mut fault) = Fault::new(&message["message"]) {
                        let items = self.probes.get(name);
                        fault.item = items.and_then(|items| items.get(fault.line - 1)).cloned().unwrap_or_default();
                        faults.entry(name.to_owned()).or_default().push(fault);
                    }
                }
                _ => {}
            }
        }
        let unseen: Vec<&&String> =
            names.iter().filter(|name| !compiled.contains(**name) && !faults.contains_key(**name)).collect();
        if unseen.is_empty() {
            return Ok(faults);
        }
        let stderr = String::from_utf8_lossy(&output.stderr);
        Err(format!("{} crates were not compiled: {unseen:?}\n{stderr}", unseen.len()))
    }

    /// Documents the generated crates as JSON with rustdoc, and returns the folder with one file for each crate.
    ///
    /// The JSON output of rustdoc is unstable, so it needs a nightly compiler, or one that accepts unstable features.
    pub(super) fn rustdoc(&self) -> Result<PathBuf, String> {
        let packages = self.generated.iter().flat_map(|name| ["--package", name]);
        let output = self
            .cargo("doc")?
            .arg("--no-deps")
            .args(packages)
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTDOCFLAGS", "-Zunstable-options --output-format=json --cap-lints=allow")
            .output()
            .map_err(|error| format!("cargo: {error}"))?;
        if !output.status.success() {
            return Err(format!("cargo doc failed:\n{}", String::from_utf8_lossy(&output.stderr)));
        }
        let folder = self.folder.path().join("target/doc");
        for name in &self.generated {
            // cargo-semver-checks compares crates of the same name only.
            let path = folder.join(format!("{name}.json"));
            let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            write(&path, &text.replace(&format!("\"{name}\""), "\"probed\""))?;
        }
        Ok(folder)
    }

    fn cargo(&self, command: &str) -> Result<Command, String> {
        let folder = self.folder.path();
        let members: Vec<&String> = self.generated.iter().chain(self.probes.keys()).collect();
        write(&folder.join("Cargo.toml"), &format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"))?;
        write(&folder.join("Cargo.lock"), &project::text("Cargo.lock")?)?;
        let mut cargo = Command::new("cargo");
        cargo.args([command, "--quiet", "--no-default-features"]).current_dir(folder);
        cargo.env("CARGO_TARGET_DIR", folder.join("target")).env("CARGO_INCREMENTAL", "0");
        Ok(cargo)
    }
}

/// Error of rustc.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    /// Code, `E0308`.
    pub(super) code: String,
    /// The message, with its location.
    pub(super) text: String,
    /// Item that the line uses: `types::Plant.label`.
    pub(super) item: String,
    line: usize,
}

impl Fault {
    /// Parses a message; `None` for one without a location, which only summarizes others.
    fn new(message: &Value) -> Option<Self> {
        let line =
            message["spans"].as_array()?.iter().find(|span| span["is_primary"] == true)?["line_start"].as_u64()?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let (code, text) = (text(&message["code"]["code"]), text(&message["rendered"]));
        Some(Self { code, text, item: String::new(), line: usize::try_from(line).ok()? })
    }

    /// Returns `true` for a name that is unresolved in imports and paths, an error that precedes type checking.
    pub(super) fn is_unresolved(&self) -> bool {
        ["E0405", "E0412", "E0425", "E0432", "E0433"].contains(&&*self.code)
    }
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let fault = |error: std::io::Error| format!("{}: {error}", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(fault)?;
    }
    fs::write(path, text).map_err(fault)
}
