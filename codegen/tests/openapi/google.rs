//! Parsing of Google's OpenAPI documents.

use discovery_codegen::model::{Api, Behavior, HttpMethod, Shape, Type};
use discovery_codegen::parser;
use discovery_codegen::source::Source;
use std::path::Path;
use std::sync::Arc;

fn read(path: &str) -> Api {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let text = std::fs::read_to_string(&path).unwrap();
    parser::read(&Arc::new(Source::new(path.display().to_string(), text))).unwrap_or_else(|errors| panic!("{errors}"))
}

fn palm() -> Api {
    read("../spec/generativelanguage.v1beta3.json")
}

#[test]
fn the_api_is_named_as_in_discovery() {
    let api = palm();
    assert_eq!(api.id(), "generativelanguage:v1beta3");
    assert_eq!(api.root_url, "https://generativelanguage.googleapis.com/");
    assert_eq!(api.service_path, "");
    assert_eq!(api.revision.as_deref(), Some("20260717"));
    assert_eq!(api.parameters.keys().collect::<Vec<_>>(), ["$.xgafv", "alt", "callback", "prettyPrint"]);
    assert_eq!(api.skipped, []);
}

/// Name, HTTP method, path and parameters of every method.
#[test]
fn methods_are_named_by_path_and_verb() {
    let api = palm();
    let listed: Vec<String> = api
        .methods
        .iter()
        .map(|(name, method)| {
            assert_eq!(method.id, format!("generativelanguage.{name}"));
            let parameters: Vec<&str> = method.parameters.keys().map(String::as_str).collect();
            format!("{name}: {} {} ({})", method.http_method.as_str(), method.path, parameters.join(", "))
        })
        .collect();
    assert_eq!(
        listed,
        [
            "corpora.permissions.create: POST v1beta3/{+parent}/permissions (parent)",
            "corpora.permissions.delete: DELETE v1beta3/{+name} (name)",
            "corpora.permissions.get: GET v1beta3/{+name} (name)",
            "corpora.permissions.list: GET v1beta3/{+parent}/permissions (pageSize, pageToken, parent)",
            "corpora.permissions.patch: PATCH v1beta3/{+name} (name, updateMask)",
            "models.batchEmbedText: POST v1beta3/{+model}:batchEmbedText (model)",
            "models.countMessageTokens: POST v1beta3/{+model}:countMessageTokens (model)",
            "models.countTextTokens: POST v1beta3/{+model}:countTextTokens (model)",
            "models.embedText: POST v1beta3/{+model}:embedText (model)",
            "models.generateMessage: POST v1beta3/{+model}:generateMessage (model)",
            "models.generateText: POST v1beta3/{+model}:generateText (model)",
            "models.get: GET v1beta3/{+name} (name)",
            "models.list: GET v1beta3/models (pageSize, pageToken)",
            "tunedModels.create: POST v1beta3/tunedModels (tunedModelId)",
            "tunedModels.delete: DELETE v1beta3/{+name} (name)",
            "tunedModels.generateText: POST v1beta3/{+model}:generateText (model)",
            "tunedModels.get: GET v1beta3/{+name} (name)",
            "tunedModels.list: GET v1beta3/tunedModels (filter, pageSize, pageToken)",
            "tunedModels.patch: PATCH v1beta3/{+name} (name, updateMask)",
            "tunedModels.permissions.create: POST v1beta3/{+parent}/permissions (parent)",
            "tunedModels.permissions.delete: DELETE v1beta3/{+name} (name)",
            "tunedModels.permissions.get: GET v1beta3/{+name} (name)",
            "tunedModels.permissions.list: GET v1beta3/{+parent}/permissions (pageSize, pageToken, parent)",
            "tunedModels.permissions.patch: PATCH v1beta3/{+name} (name, updateMask)",
            "tunedModels.transferOwnership: POST v1beta3/{+name}:transferOwnership (name)",
        ]
    );
}

#[test]
fn a_path_variable_takes_a_whole_resource_name() {
    let api = palm();
    let method = &api.methods["tunedModels.permissions.patch"];
    let name = &method.parameters["name"];
    assert_eq!(name.constraints.pattern.as_deref(), Some("^tunedModels/[^/]+/permissions/[^/]+$"));
    assert_eq!(method.flat_path.as_deref(), Some("v1beta3/tunedModels/{tunedModelsId}/permissions/{permissionsId}"));
    assert_eq!(method.parameter_order, ["name", "updateMask"]);
    assert_eq!(method.parameters["updateMask"].ty, Type::FieldMask);
    assert_eq!(method.http_method, HttpMethod::Patch);
}

#[test]
fn operations_have_their_result_types() {
    let api = palm();
    let create = &api.methods["tunedModels.create"];
    assert_eq!(create.request, Some(Type::Schema("TunedModel".into())));
    assert_eq!(create.response, Some(Type::Schema("Operation".into())));
    let operation = create.operation.as_ref().unwrap();
    assert_eq!(operation.response.as_deref(), Some("TunedModel"));
    assert_eq!(operation.metadata.as_deref(), Some("CreateTunedModelMetadata"));
    let Shape::Message(message) = &api.schemas["Operation"].shape else { panic!("a message") };
    assert_eq!(message.fields.keys().collect::<Vec<_>>(), ["done", "error", "metadata", "name", "response"]);
    assert_eq!(message.fields["error"].ty, Type::Schema("Status".into()));
    assert_eq!(message.fields["response"].ty, Type::Object);
}

#[test]
fn behaviors_are_read_from_descriptions() {
    let api = palm();
    let Shape::Message(tuned) = &api.schemas["TunedModel"].shape else { panic!("a message") };
    let behavior = |name: &str| tuned.fields[name].behavior.iter().map(|b| b.as_str()).collect::<Vec<_>>();
    assert_eq!(behavior("createTime"), [Behavior::OutputOnly.as_str()]);
    assert_eq!(behavior("baseModel"), [Behavior::Immutable.as_str()]);
    assert_eq!(behavior("tuningTask"), [Behavior::Required.as_str()]);
    assert_eq!(tuned.fields["createTime"].ty, Type::Timestamp);
    assert_eq!(tuned.fields["state"].ty, Type::Schema("TunedModel.state".into()));
    assert_eq!(tuned.fields["tuningTask"].ty, Type::Schema("TuningTask".into()));
}

/// In a document converted from Discovery, operation ids are method names, and variables take resource names.
#[test]
fn operation_ids_of_discovery_are_method_names() {
    let api = read("../tests/documents/openapi/ids.yaml");
    let listed: Vec<String> = api
        .methods
        .iter()
        .map(|(name, method)| {
            let pattern = method.parameters.values().find_map(|p| p.constraints.pattern.as_deref()).unwrap_or_default();
            format!("{name}: {} {pattern}", method.path)
        })
        .collect();
    assert_eq!(
        listed,
        [
            "media.upload: v1beta/files ",
            "tunedModels.permissions.get: v1beta/{+name} ^tunedModels/[^/]+/permissions/[^/]+$",
            "tunedModels.permissions.list: v1beta/{+parent}/permissions ^tunedModels/[^/]+$",
        ]
    );
    let upload = &api.methods["media.upload"];
    assert_eq!(upload.request, Some(Type::Schema("CreateFileRequest".into())));
    let simple = upload.media_upload.as_ref().and_then(|upload| upload.simple.as_ref()).unwrap();
    assert_eq!(simple.path.to_string(), "/upload/v1beta/files");
    assert_eq!(api.skipped, []);
}
