//! Paths of the project.

use discovery_codegen::model::Api;
use discovery_codegen::pipeline::{Input, Mode};
use std::path::{Path, PathBuf};

/// Returns the absolute path of a file in the project.
pub fn path(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// Returns the text of a file in the project.
///
/// # Panics
/// When the file cannot be read.
pub fn text(path: &str) -> String {
    let path = self::path(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns the complete API of a document in `spec/`, such as `aiplatform.v1`.
///
/// # Panics
/// When the document or its overlay is invalid.
pub fn api(document: &str) -> Api {
    let input = Input::read(&path(&format!("spec/{document}.json")), None).unwrap_or_else(|error| panic!("{error}"));
    input.api(Mode::Strict).unwrap_or_else(|errors| panic!("{errors}")).0
}

/// Names of the documents in `spec/`.
pub const DOCUMENTS: [&str; 3] = ["aiplatform.v1", "generativelanguage.v1beta", "generativelanguage.v1beta3"];
