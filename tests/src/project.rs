//! Where things are.

use discovery_codegen::model::Api;
use discovery_codegen::pipeline::{Input, Mode};
use std::path::{Path, PathBuf};

/// A path in this project.
pub fn path(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// The text of a file in this project.
///
/// # Panics
/// When it cannot be read.
pub fn text(path: &str) -> String {
    let path = self::path(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The API of a document in `spec/`, whole: `aiplatform.v1`.
///
/// # Panics
/// When there is anything wrong with the document or its overlay.
pub fn api(document: &str) -> Api {
    let input = Input::read(&path(&format!("spec/{document}.json")), None).unwrap_or_else(|error| panic!("{error}"));
    input.api(Mode::Strict).unwrap_or_else(|errors| panic!("{errors}")).0
}

/// The documents in `spec/`.
pub const DOCUMENTS: [&str; 3] = ["aiplatform.v1", "generativelanguage.v1beta", "generativelanguage.v1beta3"];
