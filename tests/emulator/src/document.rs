//! API documents of the emulator.

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

/// Documents in `spec/`, each with its name, its text and the text of its overlay.
pub const DOCUMENTS: [(&str, &str, &str); 3] =
    [document!("generativelanguage.v1beta3"), document!("generativelanguage.v1beta"), document!("aiplatform.v1")];

/// Returns the complete APIs of the documents.
///
/// # Panics
/// When a document or an overlay is invalid, which the tests of the generator rule out.
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
