//! Overlays: what the committed ones say, and what is said of bad ones.

use discovery_codegen::model::{Api, Behavior, Shape};
use discovery_codegen::passes::overlay::{Mode, apply};
use discovery_codegen::source::Source;
use discovery_codegen::spec::{self, overlay};
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn source(path: &Path) -> Arc<Source> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Arc::new(Source::new(path.file_name().unwrap().to_string_lossy(), text))
}

/// A document with the overlay beside it, or all that is wrong.
fn read(document: &Path) -> Result<(Api, String), String> {
    let api = spec::read(&source(document)).map_err(|e| e.render(false))?;
    let notes = overlay::read(&source(&overlay::beside(document))).map_err(|e| e.render(false))?;
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
fn vertex_ai_knows_its_unions() {
    let api = committed("aiplatform.v1.json");
    let job = message(&api, "GoogleCloudAiplatformV1TuningJob");
    let (name, union) = job.union_of("preferenceOptimizationSpec").unwrap();
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
fn gemini_knows_its_operations() {
    let api = committed("generativelanguage.v1beta.json");
    let create = api.methods["tunedModels.create"].operation.as_ref().unwrap();
    assert_eq!(create.response.as_deref(), Some("TunedModel"));
    assert_eq!(message(&api, "CreateTunedModelMetadata").fields.len(), 5);
}
