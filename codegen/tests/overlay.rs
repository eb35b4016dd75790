//! Overlays: facts of the committed ones, and messages for invalid ones.

use discovery_codegen::model::{Api, Behavior, Shape};
use discovery_codegen::parser::{self, overlay};
use discovery_codegen::passes::overlay::{Mode, apply};
use discovery_codegen::source::Source;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn source(path: &Path) -> Arc<Source> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Arc::new(Source::new(path.file_name().unwrap().to_string_lossy(), text))
}

/// Reads a document with its overlay, or returns the errors.
fn read(document: &Path) -> Result<(Api, String), String> {
    let api = parser::read(&source(document)).map_err(|e| e.render(false))?;
    let notes = overlay::read(&source(&overlay::path_for(document))).map_err(|e| e.render(false))?;
    let (api, warnings) = apply(api, &notes, Mode::Strict).map_err(|e| e.render(false))?;
    Ok((api, warnings.iter().map(|warning| warning.render(false)).collect()))
}

fn committed(name: &str) -> Api {
    let (api, warnings) = read(&root().join("spec").join(name)).unwrap_or_else(|text| panic!("{text}"));
    assert_eq!(warnings, "");
    api
}

fn message<'a>(api: &'a Api, name: &str) -> &'a discovery_codegen::model::Message {
    match &api.schemas[name].shape {
        Shape::Message(message) => message,
        other => panic!("{name} is {other:?}"),
    }
}

#[test]
fn vertex_ai_has_unions() {
    let api = committed("aiplatform.v1.json");
    let job = message(&api, "GoogleCloudAiplatformV1TuningJob");
    let (name, union) = job.unions.of("preferenceOptimizationSpec").unwrap();
    assert_eq!((name, union.is_strict()), ("tuning_spec", false));
    assert_eq!(job.unions["source_model"].members, ["baseModel", "preTunedModel"]);
    assert!(job.unions["source_model"].is_strict());
    assert!(job.fields["createTime"].behavior.contains(&Behavior::OutputOnly));
    let create = &api.methods["projects.locations.tuningJobs.create"];
    assert_eq!(create.job.as_ref().unwrap().get, "projects.locations.tuningJobs.get");
    let rebase = api.methods["projects.locations.tuningJobs.rebaseTunedModel"].operation.as_ref().unwrap();
    assert_eq!(rebase.metadata.as_deref(), Some("GoogleCloudAiplatformV1RebaseTunedModelOperationMetadata"));
}

#[test]
fn gemini_has_operations() {
    let api = committed("generativelanguage.v1beta.json");
    let create = api.methods["tunedModels.create"].operation.as_ref().unwrap();
    assert_eq!(create.response.as_deref(), Some("TunedModel"));
    assert_eq!(message(&api, "CreateTunedModelMetadata").fields.len(), 5);
}

/// Every overlay in the folder has one fault. Each line of its text file must be part of the error.
#[test]
fn invalid_overlays_are_errors_with_location_and_suggestion() {
    let folder = root().join("tests/bad/overlays");
    let api = parser::read(&source(&folder.join("zoo.json"))).unwrap();
    let mut count = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let Some(name) = path.file_name().unwrap().to_str().unwrap().strip_suffix(".overlay.toml") else { continue };
        let output = match overlay::read(&source(&path)) {
            Err(faults) => faults,
            Ok(notes) => apply(api.clone(), &notes, Mode::Strict).map(drop).expect_err(name),
        };
        let output = output.render(false);
        let expected = std::fs::read_to_string(folder.join(format!("{name}.expected.txt"))).unwrap();
        for part in expected.lines() {
            assert!(output.contains(part), "{name}: `{part}` in\n{output}");
        }
        // One fault, one error.
        assert_eq!(output.matches("error:").count(), 1, "{name}:\n{output}");
        count += 1;
    }
    assert!(count >= 20, "{count} overlays");
}

#[test]
fn unknown_targets_are_warnings_in_lenient_mode() {
    let folder = root().join("tests/bad/overlays");
    let api = parser::read(&source(&folder.join("zoo.json"))).unwrap();
    for name in ["absent-schema", "absent-member", "absent-method", "absent-response", "added-twice"] {
        let notes = overlay::read(&source(&folder.join(format!("{name}.overlay.toml")))).unwrap();
        let (_, warnings) =
            apply(api.clone(), &notes, Mode::Lenient).unwrap_or_else(|faults| panic!("{name}: {faults}"));
        assert_eq!(warnings.len(), 1, "{name}");
    }
}

#[test]
fn an_overlay_that_repeats_the_document_has_no_effect() {
    let text = r#"{"name": "zoo", "version": "v1", "rootUrl": "https://zoo.example.com/", "schemas": {"Animal": {"type": "object",
        "properties": {"name": {"type": "string", "readOnly": true}, "meat": {"type": "string"}, "hay": {"type": "string"}},
        "x-unions": {"food": ["meat"]}}}}"#;
    let api = parser::read(&Arc::new(Source::new("zoo.json", text))).unwrap();
    let notes = "[schemas.Animal.unions.food]\nmembers = [\"hay\"]\nsource = { kind = \"manual\", ref = \"x\" }\n\n\
                 [schemas.Animal.properties.name]\nbehavior = [\"output-only\"]\n";
    let notes = overlay::read(&Arc::new(Source::new("zoo.overlay.toml", notes))).unwrap();
    let (api, _) = apply(api, &notes, Mode::Strict).unwrap();
    let animal = message(&api, "Animal");
    assert_eq!(animal.fields["name"].behavior.iter().collect::<Vec<_>>(), [&Behavior::OutputOnly]);
    // The members of the document keep their source.
    assert_eq!(animal.unions["food"].members, ["hay", "meat"]);
    assert!(animal.unions["food"].member_sources.contains_key("meat"));
}

/// It is part of comments, manifests and reports.
#[test]
fn a_title_is_one_line() {
    let document = r#"{"name": "x", "version": "v1", "rootUrl": "https://x.test/"}"#;
    let api = parser::read(&Arc::new(Source::new("x.json", document))).unwrap();
    let notes = overlay::read(&Arc::new(Source::new("x.overlay.toml", "title = \"A\\r\\n\\u001bB\""))).unwrap();
    assert_eq!(apply(api, &notes, Mode::Strict).unwrap().0.title.as_deref(), Some("A B"));
}
