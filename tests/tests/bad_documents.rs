//! Invalid documents, with one fault each: the error has a location and a suggestion, the exit code is 2, and the
//! output is unchanged.

use conformance::{project, tree};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Documents whose errors apply to the whole file and have no line.
const WHOLE: [&str; 5] = ["a-list.json", "a-web-page.json", "a-string.json", "empty.json", "only-spaces.json"];

/// A crate that was generated earlier, which invalid documents must not change.
struct Output {
    folder: tempfile::TempDir,
}

impl Output {
    fn new() -> Self {
        let output = Self { folder: tempfile::tempdir().unwrap() };
        let (code, errors) = output.generate(&project::path("tests/documents"), "zoo.json", &[]);
        assert_eq!(code, Some(0), "{errors}");
        fs::write(output.folder.path().join("src/notes.txt"), "not generated").unwrap();
        output
    }

    /// Generates from a file in a folder. Returns the exit code and standard error.
    fn generate(&self, folder: &Path, file: &str, more: &[&str]) -> (Option<i32>, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_command"))
            .current_dir(folder)
            .args(["generate", "--spec", file, "--out"])
            .arg(self.folder.path())
            .args(more)
            .output()
            .unwrap();
        assert!(output.stdout.is_empty(), "{file}: {}", String::from_utf8_lossy(&output.stdout));
        // Temporary paths differ in each run.
        let text = String::from_utf8(output.stderr).unwrap();
        (output.status.code(), text.replace(&self.folder.path().display().to_string(), "OUT"))
    }

    /// Generates from an invalid document, and returns the errors.
    fn rejects(&self, folder: &Path, file: &str, more: &[&str]) -> String {
        let before = tree::of(self.folder.path());
        let (code, errors) = self.generate(folder, file, more);
        assert_eq!(code, Some(2), "{file}: {errors}");
        assert!(tree::of(self.folder.path()) == before, "{file}: the output has changed");
        assert!(errors.starts_with("error: "), "{file}: {errors}");
        assert!(errors.contains("help: "), "{file}: no help: {errors}");
        errors
    }
}

#[test]
fn errors_have_a_location_and_help() {
    let folder = project::path("tests/bad/documents");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 40);
    let output = Output::new();
    let mut printed = String::new();
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap();
        let errors = output.rejects(&folder, name, &[]);
        if !WHOLE.contains(&name) {
            let place = errors.split(&format!("--> {name}:")).nth(1).unwrap_or_else(|| panic!("no location: {errors}"));
            let (line, column) = place.lines().next().unwrap().split_once(':').unwrap();
            assert!(line.parse::<u32>().is_ok() && column.parse::<u32>().is_ok(), "{errors}");
        }
        writeln!(printed, "## {name}\n\n{errors}").unwrap();
    }
    insta::assert_snapshot!("bad_documents", printed);
}

/// Faults that a file of the repository cannot have, or that concern the arguments.
#[test]
fn generated_faults() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let good = project::text("tests/documents/zoo.json");
    let deep = 100_000;
    let schema = |open: &str, close: &str| {
        let nested = open.repeat(deep) + "{}" + &close.repeat(deep);
        good.replacen("\"Animal\": {", &format!("\"Deep\": {nested}, \"Animal\": {{"), 1)
    };
    let inputs: Vec<(&str, Vec<u8>)> = vec![
        ("good.json", good.clone().into()),
        ("deep-objects.json", schema(r#"{"type":"object","properties":{"a":"#, "}}").into()),
        ("deep-lists.json", schema(r#"{"type":"array","items":"#, "}").into()),
        ("deep-brackets.json", "[".repeat(deep).into()),
        ("not-utf-8.json", good.replace("Zoo API", "Zoo \u{e9}").chars().map(|c| c as u8).collect()),
        ("nul.json", vec![0; 64]),
        ("twin.json", good.clone().into()),
        ("other.overlay.toml", b"[schemas.Animal.properties.leggs]\ndoc = \"Legs.\"\n".into()),
    ];
    for (name, bytes) in inputs {
        fs::write(here.join(name), bytes).unwrap();
    }
    fs::create_dir(here.join("empty-folder")).unwrap();
    let output = Output::new();
    let mut printed = String::new();
    let mut refused = |file: &str, more: &[&str]| {
        let errors = output.rejects(here, file, more);
        // A line of a hundred thousand levels is abbreviated.
        assert!(errors.len() < 4_000, "{file}: {} bytes", errors.len());
        writeln!(printed, "## {file} {}\n\n{errors}", more.join(" ")).unwrap();
    };
    for file in ["deep-objects.json", "deep-lists.json", "deep-brackets.json", "not-utf-8.json", "nul.json"] {
        refused(file, &[]);
    }
    refused("empty-folder", &[]);
    refused("god.json", &[]);
    refused("good.json", &["--overlay", "empty-folder"]);
    refused("good.json", &["--overlay", "other.overlay.toml"]);
    refused("good.json", &["--include", "cage.**"]);
    refused("good.json", &["--include", "cages.{get"]);
    refused("good.json", &["--crate-name", "Zoo of mine"]);
    refused("good.json", &["--runtime-path", "empty-folder"]);
    refused("good.json", &["--spec", "twin.json"]);
    refused("good.json", &["--lock", "good.json"]);
    insta::assert_snapshot!("generated_faults", printed);
}

#[test]
fn existing_files_of_others_are_not_overwritten() {
    let output = Output::new();
    fs::write(output.folder.path().join("src/types.rs"), "// by hand\n").unwrap();
    let errors = output.rejects(&project::path("tests/documents"), "zoo.json", &[]);
    assert!(errors.contains("types.rs") && errors.contains("was not generated"), "{errors}");
}

#[test]
fn a_byte_order_mark_is_valid() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("\u{feff}{}", project::text("tests/documents/zoo.json"));
    fs::write(folder.path().join("bom.json"), text).unwrap();
    let (code, errors) = Output::new().generate(folder.path(), "bom.json", &[]);
    assert_eq!(code, Some(0), "{errors}");
}

#[test]
fn invalid_arguments_print_the_usage() {
    let output = Command::new(env!("CARGO_BIN_EXE_command")).args(["generate", "--spec"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--spec"));
}
