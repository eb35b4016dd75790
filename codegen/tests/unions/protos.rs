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
    let messages = super::text::read(text).messages.into_iter();
    let of_message = |message: super::text::Message| {
        let path = message.path.concat();
        message.oneofs.into_iter().map(move |(name, fields)| (path.clone(), name, fields))
    };
    messages.flat_map(of_message).collect()
}
