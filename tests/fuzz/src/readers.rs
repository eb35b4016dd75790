//! Targets of all parsers of the generator: no text causes a panic, and invalid texts have error messages.

use crate::generator::{TestInput, rendered};
use crate::seeds;
use discovery_codegen::diff::{self, accept};
use discovery_codegen::import;
use discovery_codegen::pipeline::Mode;
use discovery_codegen::rust::naming::Names;
use discovery_codegen::source::Source;
use std::sync::{Arc, OnceLock};

/// Target for Discovery documents.
pub fn discovery(data: &[u8]) {
    document("x.json", data);
}

/// Target for OpenAPI documents in JSON.
pub fn openapi_json(data: &[u8]) {
    document("x.json", data);
}

/// Target for OpenAPI documents in YAML.
pub fn openapi_yaml(data: &[u8]) {
    document("x.yaml", data);
}

fn document(name: &'static str, data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    assert_explained(TestInput::new(name, text).output().map(drop));
}

/// Target for overlays of the Discovery document with every construct.
pub fn overlay(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let input = TestInput { overlay: Some(text.to_owned()), ..TestInput::new("park.json", seeds::PARK) };
    assert_explained(input.output().map(drop));
    assert_explained(input.input().api(Mode::Lenient).map(drop).map_err(rendered));
}

/// Target for locks.
pub fn lock(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    assert_explained(TestInput { lock: Some(text.to_owned()), ..seeds::park() }.output().map(drop));
}

/// Target for files of accepted changes.
pub fn accept(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    static REPORT: OnceLock<diff::Report> = OnceLock::new();
    let report = REPORT.get_or_init(|| {
        let api = |document: &str| TestInput::new("park.json", document).input().api(Mode::Strict).map(|(api, _)| api);
        let changed = seeds::PARK.replace("\"age\"", "\"years\"");
        match (api(seeds::PARK), api(&changed)) {
            (Ok(old), Ok(new)) => diff::diff(&old, &new, &[], &Names::default()),
            (Err(errors), _) | (_, Err(errors)) => panic!("{}", rendered(errors)),
        }
    });
    // `0` is replaced by the fingerprint of the first finding.
    let text = text.replace("\"0\"", &format!("{:?}", report.findings[0].change.fingerprint));
    let source = Arc::new(Source::new("accept.toml", text));
    assert_explained(accept::apply(&mut [report.clone()], &source, accept::today()).map_err(rendered));
}

/// Target for pages of reference documentation.
pub fn reference(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let input = TestInput::new("park.json", seeds::PARK);
    let overlay = Arc::new(Source::new("park.overlay.toml", seeds::PARK_OVERLAY));
    match import::import_page(&input.input().document, &overlay, &Source::new("page.html", text)) {
        // The result must be a valid overlay of the document.
        Ok(written) => {
            let with = TestInput { overlay: Some(written.text.clone()), ..input };
            let (_, warnings) = with.input().api(Mode::Lenient).unwrap_or_else(|errors| panic!("{}", rendered(errors)));
            drop(warnings);
        }
        Err(errors) => assert_explained(Err(rendered(errors))),
    }
}

/// Target for proto files.
pub fn protos(data: &[u8]) {
    let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
    std::fs::write(folder.path().join("park.proto"), data).unwrap_or_else(|error| panic!("{error}"));
    let input = TestInput::new("park.json", seeds::PARK);
    let overlay = Arc::new(Source::new("park.overlay.toml", "package = \"example.park.v1\"\n"));
    match import::import_protos(&input.input().document, &overlay, &[folder.path().to_owned()]) {
        Ok(written) => {
            let with = TestInput { overlay: Some(written.text.clone()), ..input };
            with.input().api(Mode::Lenient).unwrap_or_else(|errors| panic!("{}", rendered(errors)));
        }
        Err(errors) => assert_explained(Err(rendered(errors))),
    }
}

/// Asserts that an error has a message without control characters.
fn assert_explained(result: Result<(), String>) {
    if let Err(message) = result {
        assert!(!message.trim().is_empty(), "empty error message");
        assert_eq!(crate::hostile::control(&message), None, "{message:?}");
    }
}
