//! Constructs of documents that frameworks export.

use discovery_codegen::model::{Api, Shape, Type};
use discovery_codegen::parser;
use discovery_codegen::rust::naming::Names;
use discovery_codegen::source::Source;
use std::path::Path;
use std::sync::Arc;

fn api() -> Api {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/documents/openapi/exports.yaml");
    let text = std::fs::read_to_string(&path).unwrap();
    parser::read(&Arc::new(Source::new("exports.yaml", text))).unwrap_or_else(|errors| panic!("{errors}"))
}

fn field(api: &Api, schema: &str, name: &str) -> Type {
    let Shape::Message(message) = &api.schemas[schema].shape else { panic!("{schema} is a message") };
    message.fields[name].ty.clone()
}

#[test]
fn null_behind_a_reference_is_no_alternative() {
    let api = api();
    let Type::Schema(status) = field(&api, "Thing", "status") else { panic!("an enum") };
    let Shape::Enum(values) = &api.schemas[&status].shape else { panic!("{status} is an enum") };
    assert_eq!(values.values.iter().map(|value| value.name.as_str()).collect::<Vec<_>>(), ["draft", "live", ""]);
    let Shape::Message(thing) = &api.schemas["Thing"].shape else { panic!("a message") };
    assert!(thing.fields["status"].constraints.nullable);
}

#[test]
fn an_empty_list_of_properties_beside_a_schema_of_others_is_a_map() {
    let api = api();
    assert_eq!(field(&api, "Thing", "details"), Type::Map(Box::new(Type::String)));
    assert_eq!(api.schemas["Record_string.number_"].shape, Shape::Alias(Type::Map(Box::new(Type::Double))));
    assert_eq!(field(&api, "Thing", "closed"), Type::Schema("Thing.closed".into()));
}

#[test]
fn files_in_forms_beside_json() {
    let api = api();
    let form = |name: &str| {
        let Some(Type::Schema(form)) = api.methods[name].request.clone() else { panic!("{name} takes a form") };
        form
    };
    assert_eq!(field(&api, &form("createMessage_multipart"), "files[0]"), Type::File);
    assert_eq!(field(&api, &form("createMessage_multipart"), "text"), Type::String);
    assert_eq!(field(&api, &form("createImage_multipart"), "image"), Type::File);
}

#[test]
fn a_merge_patch_is_preferred_to_a_list_of_changes() {
    let method = &api().methods["patchThing"];
    assert_eq!(method.request, Some(Type::Schema("Thing".into())));
    assert_eq!(method.request_media_type.as_deref(), Some("application/merge-patch+json"));
}

#[test]
fn a_server_with_a_host_is_preferred_to_a_relative_one() {
    let api = api();
    assert_eq!((api.root_url.as_str(), api.service_path.as_str()), ("https://api.example.com/", "v1/"));
    assert!(api.skipped.iter().all(|skipped| !skipped.subject.contains("server")), "{:?}", api.skipped);
}

/// Keys of OData, patterns and marks of routes, and headers that the HTTP library sets.
#[test]
fn paths_of_frameworks() {
    let api = api();
    let path = |name: &str| api.methods[name].path.to_string();
    assert_eq!([path("Items.delete"), path("Items.Parts.list")], ["Items({key})", "Items({key})/Parts"]);
    let route = &api.methods["getRoute"];
    assert_eq!(route.path.to_string(), "routes/{year}/{+rest}");
    assert_eq!(route.parameters.keys().collect::<Vec<_>>(), ["id[]", "limit", "rest", "sort", "year"]);
    assert_eq!(route.accept(), Some("application/vnd.api+json; ext=\"https://x.test/Atomic\""));
    let raw = &api.methods["raw.update"];
    assert!(raw.parameters.is_empty() && raw.media_download);
    assert_eq!(raw.request, Some(Type::Bytes), "content of any type");
}

#[test]
fn any_values_leave_no_types_behind() {
    let api = api();
    assert_eq!([field(&api, "AnyValues", "one"), field(&api, "AnyValues", "map")], [Type::Any, Type::Object]);
    assert!(!api.schemas.keys().any(|name| name.starts_with("AnyValues.")));
    let values = Type::Map(Box::new(Type::Schema("Long".into())));
    assert_eq!(api.schemas["Record"].shape, Shape::Alias(values), "TypeSpec's maps");
}

#[test]
fn the_constant_of_an_alternative_is_its_name() {
    let api = api();
    let Shape::OneOf(tagged) = &api.schemas["Tagged"].shape else { panic!("a choice") };
    let names: Vec<&str> = tagged.alternatives.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["First", "Second", "Third", "C"]);
}

/// Signs that alone distinguish properties are words in their names.
#[test]
fn signs_of_properties() {
    let api = api();
    let names = Names::of(&api, &Names::default());
    let rust = ["@id", "id", "_givenName", "givenName", "Self", "self"].map(|name| names.field("Linked", name));
    assert_eq!(rust, ["at_id", "id", "underscore_given_name", "given_name", "self_", "self_2"]);
}

#[test]
fn streams_return_the_data_of_events() {
    let api = api();
    assert_eq!(api.methods["watchThings"].response, Some(Type::Schema("Thing".into())));
    assert_eq!(api.methods["watchMessages"].response, Some(Type::Schema("Message".into())));
}

#[test]
fn an_alternative_for_all_values_that_the_mapping_lacks() {
    let api = api();
    let Shape::OneOf(pet) = &api.schemas["Pet"].shape else { panic!("Pet is a choice") };
    let values: Vec<(&str, usize)> = pet.alternatives.iter().map(|one| (one.name.as_str(), one.values.len())).collect();
    assert_eq!((pet.discriminator.as_deref(), values.as_slice()), (Some("kind"), &[("Cat", 1), ("OtherPet", 0)][..]));
}

/// A comment that answers another one, with more properties.
#[test]
fn properties_that_extend_the_schema_that_they_are_in() {
    let api = api();
    assert_eq!(field(&api, "Comment", "answer"), Type::Schema("Comment.answer".into()));
    assert_eq!(field(&api, "Comment.answer", "answer"), Type::Schema("Comment.answer".into()));
    assert_eq!(field(&api, "Comment.answer", "rank"), field(&api, "Long", "rank"));
    let Type::Schema(either) = field(&api, "Comment.answer", "either") else { panic!("a choice") };
    let Shape::OneOf(either) = &api.schemas[&either].shape else { panic!("a choice") };
    let answer = either.alternatives.iter().find(|one| one.name == "Answer").unwrap();
    let Type::Schema(answer) = &answer.ty else { panic!("a message") };
    assert_eq!(field(&api, answer, "either"), field(&api, "Comment", "either"));
    let Type::Schema(chosen) = field(&api, "Comment", "chosen") else { panic!("a choice") };
    let Shape::OneOf(chosen) = &api.schemas[&chosen].shape else { panic!("a choice") };
    assert_eq!(chosen.alternatives.len(), 2);
}

#[test]
fn a_variable_of_several_segments() {
    let text = r#"{"openapi": "3.0.1", "info": {"title": "x", "version": "1"}, "servers": [{"url": "https://x.example.com"}],
        "paths": {"/files/{proxy+}": {"get": {"operationId": "get", "responses": {"204": {"description": ""}},
        "parameters": [{"name": "proxy", "in": "path", "required": true, "schema": {"type": "string"}}]}}}}"#;
    let api = parser::read(&Arc::new(Source::new("x.json", text))).unwrap_or_else(|errors| panic!("{errors}"));
    let get = &api.methods["get"];
    assert_eq!(
        (get.path.to_string().as_str(), get.parameter_order.as_slice()),
        ("files/{+proxy}", &["proxy".to_owned()][..])
    );
    assert_eq!(api.skipped, []);
}

#[test]
fn tuples_with_null() {
    let text = r#"{"openapi": "3.1.0", "info": {"title": "x", "version": "1"}, "servers": [{"url": "https://x.example.com"}],
        "paths": {}, "components": {"schemas": {
            "A": {"type": "array", "prefixItems": [{"type": "integer"}, {"anyOf": [{"type": "integer"}, {"type": "null"}]}]},
            "B": {"type": "array", "prefixItems": [{"type": ["string", "null"]}], "items": false},
            "C": {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "null"}]}}}}"#;
    let api = parser::read(&Arc::new(Source::new("x.json", text))).unwrap_or_else(|errors| panic!("{errors}"));
    for (name, item) in [("A", "Int(I64Number)"), ("B", "String"), ("C", "Int(I64Number)")] {
        let Shape::Alias(Type::List(items)) = &api.schemas[name].shape else { panic!("{name} is a list") };
        assert_eq!(format!("{items:?}"), format!("Nullable({item})"), "{name}");
    }
}
