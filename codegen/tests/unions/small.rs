//! Imports of small protos and documents, one special case each.

use discovery_codegen::import;
use discovery_codegen::source::Source;
use serde_json::{Value, json};
use std::sync::Arc;

const FIELD_BEHAVIOR: &str = r#"syntax = "proto3";
package google.api;
import "google/protobuf/descriptor.proto";
enum FieldBehavior { FIELD_BEHAVIOR_UNSPECIFIED = 0; OPTIONAL = 1; REQUIRED = 2; }
extend google.protobuf.FieldOptions { repeated FieldBehavior field_behavior = 1052; }
"#;

const HTTP: &str = include_str!("../../../tests/documents/imports/protos/google/api/annotations.proto");

fn document(schemas: &Value) -> Arc<Source> {
    let document = json!({
        "name": "small",
        "version": "v1",
        "rootUrl": "https://small.example.com/",
        "servicePath": "v1/",
        "schemas": schemas,
    });
    Arc::new(Source::new("small.json", document.to_string()))
}

/// Returns an overlay after an import.
fn import(messages: &str, schemas: &Value, overlay: &str) -> import::apply::Imported {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("google/api")).unwrap();
    std::fs::write(folder.path().join("google/api/field_behavior.proto"), FIELD_BEHAVIOR).unwrap();
    std::fs::write(folder.path().join("google/api/annotations.proto"), HTTP).unwrap();
    let imports = "import \"google/api/field_behavior.proto\"; import \"google/api/annotations.proto\";";
    let proto = format!("syntax = \"proto3\";\npackage small.v1;\n{imports}\n{messages}");
    std::fs::write(folder.path().join("small.proto"), proto).unwrap();
    let overlay = Arc::new(Source::new("small.overlay.toml", format!("package = \"small.v1\"\n{overlay}")));
    import::import_protos(&document(schemas), &overlay, &[folder.path().to_owned()]).unwrap()
}

fn text(name: &str) -> Value {
    json!({ name: {"type": "string"} })
}

#[test]
fn a_message_of_the_same_name_that_is_not_referenced() {
    let messages = "message Animal { Person owner = 1; }
        message Person { string name = 1; }
        message Owner { string name = 1; oneof home { string house = 2; } }";
    let owner = json!({"name": {"type": "string"}, "house": {"type": "string"}});
    let referred = json!({
        "Animal": {"type": "object", "properties": {"owner": {"$ref": "Owner"}}},
        "Owner": {"type": "object", "properties": owner},
    });
    let written = import(messages, &referred, "");
    assert!(!written.text.contains("home"), "{}", written.text);
    let reason = "`Owner`: the properties that refer to it have the type `small.v1.Person`, which has another name";
    assert!(written.report.unmatched.iter().any(|line| line == reason), "{}", written.report);
    // Without references, the name decides.
    let alone = json!({"Owner": {"type": "object", "properties": owner}});
    assert!(import(messages, &alone, "").text.contains("[schemas.Owner.unions.home]"));
}

#[test]
fn a_message_of_the_same_name_without_common_properties() {
    let schemas = json!({"Lamp": {"type": "object", "properties": text("watts")}});
    let written = import("message Lamp { string color = 1; }", &schemas, "");
    let reason = "`Lamp`: no property in common with the message of the same name";
    assert!(written.report.unmatched.iter().any(|line| line == reason), "{}", written.report);
}

#[test]
fn manual_behaviors_are_kept() {
    let by_hand = "\n[schemas.Lamp.properties.watts]\nbehavior = [\"optional\"]\n\
                   source = { kind = \"manual\", ref = \"seen\" }\n";
    let messages = "message Lamp { string watts = 1 [(google.api.field_behavior) = REQUIRED]; }";
    let schemas = json!({"Lamp": {"type": "object", "properties": text("watts")}});
    let written = import(messages, &schemas, by_hand);
    assert_eq!(written.text, format!("package = \"small.v1\"\n{by_hand}"));
    let disagreements = &written.report.disagreements;
    assert!(
        disagreements.len() == 1 && disagreements[0].contains("is required") && disagreements[0].contains("optional"),
        "{disagreements:?}"
    );
    // Without a manual entry, the behavior of the proto is imported.
    assert!(import(messages, &schemas, "").text.contains("behavior = [\"required\"]"));
}

#[test]
fn a_member_of_a_oneof_is_not_required() {
    let messages = "message Lamp { oneof light { string watts = 1 [(google.api.field_behavior) = REQUIRED];
        string lumens = 2; } }";
    let schemas =
        json!({"Lamp": {"type": "object", "properties": {"watts": {"type": "string"}, "lumens": {"type": "string"}}}});
    let text = import(messages, &schemas, "").text;
    assert!(text.contains("members = [\"watts\", \"lumens\"]") && !text.contains("required"), "{text}");
}

const JOB: &str = "message Job {
    oneof task { TrainSpec train_spec = 1; TestSpec test_spec = 2; }
    CloudSpec cloud_spec = 3;
    repeated CloudSpec more_spec = 4;
}
message TrainSpec {} message TestSpec {} message CloudSpec {}";

fn job() -> Value {
    let empty = json!({"type": "object", "properties": {}});
    let properties = json!({
        "trainSpec": {"$ref": "TrainSpec"},
        "testSpec": {"$ref": "TestSpec"},
        "cloudSpec": {"$ref": "CloudSpec"},
        "moreSpec": {"type": "array", "items": {"$ref": "CloudSpec"}},
    });
    json!({
        "Job": {"type": "object", "properties": properties}, "TrainSpec": empty, "TestSpec": empty, "CloudSpec": empty,
    })
}

#[test]
fn properties_that_only_look_like_members_are_recorded() {
    let union = "\n[schemas.Job.unions.task]\nmembers = [\"trainSpec\", \"testSpec\"]\n\
                 source = { kind = \"proto\", ref = \"small.proto\" }\n";
    let before = Arc::new(Source::new("small.overlay.toml", union));
    let report = import::check(&document(&job()), &before).unwrap();
    // A list can only look like a member by name, since unions have no lists.
    let suspects: Vec<&str> = report.unknown.iter().map(|unknown| unknown.property.as_str()).collect();
    assert_eq!(suspects, ["cloudSpec"]);
    let mut more = job();
    let properties = more["Job"]["properties"].as_object_mut().unwrap();
    properties.remove("cloudSpec");
    let list = properties.remove("moreSpec").unwrap();
    properties.insert("trainTaskSpec".into(), list);
    assert!(import::check(&document(&more), &before).unwrap().is_settled());
    let written = import(JOB, &job(), union);
    assert!(written.text.contains("not_members = [\"cloudSpec\"]"), "{}", written.text);
    let after = Arc::new(Source::new("small.overlay.toml", written.text.clone()));
    assert!(import::check(&document(&job()), &after).unwrap().is_settled());
    assert_eq!(import(JOB, &job(), written.text.strip_prefix("package = \"small.v1\"\n").unwrap()).text, written.text);
}

#[test]
fn manually_excluded_members_are_not_added() {
    let union = "\n[schemas.Job.unions.task]\nmembers = [\"trainSpec\"]\nnot_members = [\"testSpec\", \"cloudSpec\"]\n\
                 source = { kind = \"proto\", ref = \"small.proto\" }\n";
    let written = import(JOB, &job(), union);
    assert_eq!(written.text, format!("package = \"small.v1\"\n{union}"));
    let disagreements = &written.report.disagreements;
    assert!(disagreements.len() == 1 && disagreements[0].contains("has the member `testSpec`"), "{disagreements:?}");
}

#[test]
fn response_bodies_and_paths_outside_of_the_service_path() {
    let messages = "service Lamps {
        rpc GetLamp(GetLampRequest) returns (GetLampResponse) {
            option (google.api.http) = { get: \"/v1/{name=lamps/*}\" response_body: \"lamp\" };
        }
        rpc GetOther(GetLampRequest) returns (GetLampResponse) {
            option (google.api.http) = { get: \"/v1beta/{name=lamps/*}\" response_body: \"lamp\" };
        }
    }
    message GetLampRequest { string name = 1; }
    message GetLampResponse { Lamp lamp = 1; }
    message Lamp { string watts = 1; }";
    let schemas = json!({"Lamp": {"type": "object", "properties": text("watts")}});
    let written = import(messages, &schemas, "");
    let expected = r#"
[add.methods."lamps.get"]
httpMethod = "GET"
path = "{+name}"
flatPath = "lamps/{lampsId}"
parameterOrder = ["name"]
response = { "$ref" = "Lamp" }
source = { kind = "proto", ref = "small.proto" }
"#;
    assert!(written.text.contains(expected), "{}", written.text);
    let reason = "GetOther`, GET /v1beta/{name=lamps/*}: its path is outside of the service path";
    assert!(written.report.unmatched.iter().any(|line| line.contains(reason)), "{}", written.report);
}

/// Google's documents use several forms of message names for schemas.
#[test]
fn forms_of_schema_names() {
    let messages = "message Request { message Config { oneof kind { string a = 1; string b = 2; } } }";
    let properties = json!({"a": {"type": "string"}, "b": {"type": "string"}});
    for name in
        ["SmallV1RequestConfig", "SmallV1Config", "SmallV1_Config", "SmallV1_RequestConfig", "RequestConfig", "Config"]
    {
        let schemas = json!({name: {"type": "object", "properties": properties}});
        let written = import(messages, &schemas, "");
        assert!(written.text.contains(&format!("[schemas.{name}.unions.kind]")), "{name}: {}", written.report);
        assert_eq!(written.report.warnings, [""; 0]);
    }
}

#[test]
fn protos_of_another_document_are_a_warning() {
    let schemas = json!({"Cat": {"type": "object", "properties": text("name")}});
    let written = import("message Dog { string name = 1; }", &schemas, "");
    assert!(written.report.to_string().starts_with("warning: only 0 of 1 schemas match"), "{}", written.report);
}

/// Without any declared union, `unions check` has nothing to compare, which is not a success.
#[test]
fn an_unchecked_document_is_not_a_success() {
    let schemas = json!({"Cat": {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}}});
    let overlay = Arc::new(Source::new("small.overlay.toml", String::new()));
    let report = import::check(&document(&schemas), &overlay).unwrap();
    assert_eq!((report.checked, report.messages), (0, 1));
    assert!(!report.is_settled());
    // Protos that were imported state all unions.
    let messages = "message Cat { string a = 1 [(google.api.field_behavior) = REQUIRED]; string b = 2; }";
    let overlay = Arc::new(Source::new("small.overlay.toml", import(messages, &schemas, "").text));
    assert!(import::check(&document(&schemas), &overlay).unwrap().is_settled());
}
