//! The documents that the emulator is driven by.

use discovery_codegen::model::Api;
use discovery_codegen::pipeline::{Input, Mode};
use discovery_codegen::source::Source;
use std::sync::{Arc, OnceLock};

macro_rules! document {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!("../../../spec/", $name, ".json")),
            include_str!(concat!("../../../spec/", $name, ".overlay.toml")),
        )
    };
}

/// The documents in `spec/`, each with its name, its text and its overlay's.
pub const DOCUMENTS: [(&str, &str, &str); 3] =
    [document!("generativelanguage.v1beta3"), document!("generativelanguage.v1beta"), document!("aiplatform.v1")];

/// The APIs of the documents, whole.
///
/// # Panics
/// When there is anything wrong with a document or an overlay, which the tests of the generator rule out.
pub fn apis() -> &'static [Api] {
    static APIS: OnceLock<Vec<Api>> = OnceLock::new();
    APIS.get_or_init(|| DOCUMENTS.iter().map(|(name, text, overlay)| read(name, text, overlay)).collect())
}

fn read(name: &str, text: &str, overlay: &str) -> Api {
    let source = |suffix: &str, text: &str| Arc::new(Source::new(format!("{name}{suffix}"), text.to_owned()));
    let input = Input {
        document: source(".json", text),
        overlay: Some(source(".overlay.toml", overlay)),
        ref_folders: Vec::new(),
    };
    input.api(Mode::Strict).unwrap_or_else(|errors| panic!("{errors}")).0
}
