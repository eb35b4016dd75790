//! Real protos of Google's npm packages, which `npm` downloads once into the cache of real documents.

use super::real;
use std::path::PathBuf;
use std::sync::LazyLock;

/// Packages with the messages of both APIs, and their imports.
const PACKAGES: [&str; 3] =
    ["@google-cloud/aiplatform@6.11.0", "@google-ai/generativelanguage@3.7.1", "google-gax@5.0.8"];

/// Returns the folders with protos.
pub(crate) fn folders() -> &'static [PathBuf] {
    static FOLDERS: LazyLock<Vec<PathBuf>> = LazyLock::new(|| PACKAGES.iter().map(|package| folder(package)).collect());
    &FOLDERS
}

/// Returns the files of a package, by their import paths.
pub(crate) fn files(package: &str) -> Vec<String> {
    let name = package.replace('.', "/");
    let folder = folders().iter().map(|folder| folder.join(&name)).find(|folder| folder.is_dir());
    let folder = folder.unwrap_or_else(|| panic!("no npm package has {package}"));
    let mut files: Vec<String> = (std::fs::read_dir(folder).unwrap().flatten())
        .filter(|file| file.path().is_file())
        .map(|file| format!("{name}/{}", file.file_name().to_string_lossy()))
        .collect();
    files.sort();
    files
}

/// Returns the texts of the files of a package.
pub(crate) fn texts(package: &str) -> Vec<String> {
    let path = |file: &String| folders().iter().map(|folder| folder.join(file)).find(|path| path.is_file()).unwrap();
    files(package).iter().map(|file| std::fs::read_to_string(path(file)).unwrap()).collect()
}

fn folder(package: &str) -> PathBuf {
    let protos = real::npm_package(package).join("build/protos");
    assert!(protos.is_dir(), "{package} has no protos: remove {}", protos.display());
    protos
}

/// Returns the oneofs in the text of a proto: path of the message, name, and JSON names of the fields.
pub(crate) fn oneofs(text: &str) -> Vec<(String, String, Vec<String>)> {
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    let spaced = lines.collect::<Vec<_>>().join(" ").replace('{', " { ").replace('}', " } ").replace(';', " ; ");
    // Open blocks, outermost first: kind and name.
    let mut open: Vec<(&str, &str)> = Vec::new();
    let mut statement: Vec<&str> = Vec::new();
    let mut found: Vec<(String, String, Vec<String>)> = Vec::new();
    for word in spaced.split_whitespace() {
        match word {
            "{" => {
                let (kind, name) = (statement.first().copied(), statement.get(1).copied());
                // A value of an option in braces is not a block.
                let block = matches!(kind, Some("message" | "oneof" | "enum" | "service" | "rpc"));
                open.push(if block { (kind.unwrap_or_default(), name.unwrap_or_default()) } else { ("", "") });
                if let Some(&("oneof", name)) = open.last() {
                    let path = open.iter().filter(|(kind, _)| *kind == "message").map(|(_, name)| *name).collect();
                    found.push((path, name.to_owned(), Vec::new()));
                }
                if block {
                    statement.clear();
                }
            }
            "}" => {
                if open.pop().is_some_and(|(kind, _)| !kind.is_empty()) {
                    statement.clear();
                }
            }
            ";" => {
                if let (Some(("oneof", _)), [kind, name, "=", ..]) = (open.last(), statement.as_slice())
                    && *kind != "option"
                    && let Some((_, _, fields)) = found.last_mut()
                {
                    fields.push(lower_camel(name));
                }
                statement.clear();
            }
            word => statement.push(word),
        }
    }
    found
}

fn lower_camel(name: &str) -> String {
    let mut upper = false;
    let mut camel = String::new();
    for c in name.chars() {
        match c {
            '_' => upper = true,
            c => {
                camel.push(if upper { c.to_ascii_uppercase() } else { c });
                upper = false;
            }
        }
    }
    camel
}
