//! Targets of everything that the generator reads: no text makes it panic, and what it refuses it explains.

use crate::generator::{Given, shown};
use crate::seeds;
use discovery_codegen::diff::{self, accept};
use discovery_codegen::import;
use discovery_codegen::pipeline::Mode;
use discovery_codegen::rust::naming::Names;
use discovery_codegen::source::Source;
use std::sync::{Arc, OnceLock};

/// A Discovery document.
pub fn discovery(data: &[u8]) {
    document("x.json", data);
}

/// An OpenAPI document in JSON.
pub fn openapi_json(data: &[u8]) {
    document("x.json", data);
}

/// An OpenAPI document in YAML.
pub fn openapi_yaml(data: &[u8]) {
    document("x.yaml", data);
}

fn document(name: &'static str, data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    explained(Given::new(name, text).output().map(drop));
}

/// An overlay, of the Discovery document with every construct.
pub fn overlay(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let given = Given { overlay: Some(text.to_owned()), ..Given::new("park.json", seeds::PARK) };
    explained(given.output().map(drop));
    explained(given.input().api(Mode::Lenient).map(drop).map_err(shown));
}

/// A lock.
pub fn lock(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    explained(Given { lock: Some(text.to_owned()), ..seeds::park() }.output().map(drop));
}

/// A file of accepted changes.
pub fn accept(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    static REPORT: OnceLock<diff::Report> = OnceLock::new();
    let report = REPORT.get_or_init(|| {
        let api = |document: &str| Given::new("park.json", document).input().api(Mode::Strict).map(|(api, _)| api);
        let changed = seeds::PARK.replace("\"age\"", "\"years\"");
        match (api(seeds::PARK), api(&changed)) {
            (Ok(old), Ok(new)) => diff::diff(&old, &new, &[], &Names::default()),
            (Err(errors), _) | (_, Err(errors)) => panic!("{}", shown(errors)),
        }
    });
    // Fingerprints are known once there is a report: `0` is replaced by that of the first finding.
    let text = text.replace("\"0\"", &format!("{:?}", report.findings[0].change.fingerprint));
    let source = Arc::new(Source::new("accept.toml", text));
    explained(accept::apply(&mut [report.clone()], &source, accept::today()).map_err(shown));
}

/// A page of reference documentation.
pub fn reference(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let given = Given::new("park.json", seeds::PARK);
    let overlay = Arc::new(Source::new("park.overlay.toml", seeds::PARK_OVERLAY));
    match import::import_page(&given.input().document, &overlay, &Source::new("page.html", text)) {
        // The result must be an overlay that fits the document.
        Ok(written) => {
            let with = Given { overlay: Some(written.text.clone()), ..given };
            let (_, warnings) = with.input().api(Mode::Lenient).unwrap_or_else(|errors| panic!("{}", shown(errors)));
            drop(warnings);
        }
        Err(errors) => explained(Err(shown(errors))),
    }
}

/// A file of protos.
pub fn protos(data: &[u8]) {
    let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
    std::fs::write(folder.path().join("park.proto"), data).unwrap_or_else(|error| panic!("{error}"));
    let given = Given::new("park.json", seeds::PARK);
    let overlay = Arc::new(Source::new("park.overlay.toml", "package = \"example.park.v1\"\n"));
    match import::import_protos(&given.input().document, &overlay, &[folder.path().to_owned()]) {
        Ok(written) => {
            let with = Given { overlay: Some(written.text.clone()), ..given };
            with.input().api(Mode::Lenient).unwrap_or_else(|errors| panic!("{}", shown(errors)));
        }
        Err(errors) => explained(Err(shown(errors))),
    }
}

/// A refusal says something, and nothing that a terminal would obey.
fn explained(result: Result<(), String>) {
    if let Err(message) = result {
        assert!(!message.trim().is_empty(), "a refusal without a word");
        assert_eq!(crate::hostile::control(&message), None, "{message:?}");
    }
}
