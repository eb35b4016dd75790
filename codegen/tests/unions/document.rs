//! Discovery documents made from protos, for APIs whose documents tests cannot download.

use super::protos;
use discovery_codegen::source::Source;
use prost_reflect::{DescriptorPool, FieldDescriptor, Kind, MessageDescriptor};
use protox::file::{ChainFileResolver, GoogleFileResolver, IncludeFileResolver};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Returns the document of a package of the Gemini API: all messages with the types that they use, without methods.
pub(crate) fn of_package(package: &str) -> Arc<Source> {
    let pool = compile(package);
    let mut schemas: BTreeMap<String, Value> = BTreeMap::new();
    let mut open: Vec<MessageDescriptor> =
        pool.all_messages().filter(|message| message.package_name() == package && !message.is_map_entry()).collect();
    let services = pool.services().filter(|service| service.package_name() == package);
    open.extend(services.flat_map(|service| service.methods().map(|method| method.output()).collect::<Vec<_>>()));
    while let Some(message) = open.pop() {
        let name = name(&message);
        if !schemas.contains_key(&name) {
            let properties: Map<String, Value> =
                message.fields().map(|field| (field.json_name().to_owned(), property(&field, &mut open))).collect();
            schemas.insert(name.clone(), json!({"id": name, "type": "object", "properties": properties}));
        }
    }
    let version = package.rsplit('.').next().unwrap();
    let document = json!({
        "name": "generativelanguage",
        "version": version,
        "rootUrl": "https://generativelanguage.googleapis.com/",
        "servicePath": "",
        "schemas": schemas,
    });
    Arc::new(Source::new(format!("generativelanguage.{version}.json"), document.to_string()))
}

fn compile(package: &str) -> DescriptorPool {
    let mut resolver = ChainFileResolver::new();
    // Protobuf's own files in packages use an edition that the compiler does not support.
    resolver.add(GoogleFileResolver::new());
    protos::folders().iter().for_each(|folder| resolver.add(IncludeFileResolver::new(folder.clone())));
    let mut compiler = protox::Compiler::with_file_resolver(resolver);
    for file in protos::files(package) {
        compiler.open_file(file).unwrap();
    }
    compiler.descriptor_pool()
}

/// Returns the path of the message in its package, which is the name of its schema.
fn name(message: &MessageDescriptor) -> String {
    message.full_name().strip_prefix(message.package_name()).unwrap().replace('.', "")
}

fn property(field: &FieldDescriptor, open: &mut Vec<MessageDescriptor>) -> Value {
    match field.kind() {
        Kind::Message(entry) if field.is_map() => {
            json!({"type": "object", "additionalProperties": value(&entry.map_entry_value_field().kind(), open)})
        }
        kind if field.is_list() => json!({"type": "array", "items": value(&kind, open)}),
        kind => value(&kind, open),
    }
}

fn value(kind: &Kind, open: &mut Vec<MessageDescriptor>) -> Value {
    let message = match kind {
        Kind::Message(message) => message,
        Kind::Enum(values) => {
            return json!({"type": "string", "enum": values.values().map(|v| v.name().to_owned()).collect::<Vec<_>>()});
        }
        Kind::Bool => return json!({"type": "boolean"}),
        Kind::Float => return json!({"type": "number", "format": "float"}),
        Kind::Double => return json!({"type": "number", "format": "double"}),
        Kind::Int32 => return json!({"type": "integer", "format": "int32"}),
        Kind::Int64 => return json!({"type": "string", "format": "int64"}),
        Kind::Bytes => return json!({"type": "string", "format": "byte"}),
        Kind::String => return json!({"type": "string"}),
        other => panic!("unexpected type {other:?}"),
    };
    match message.full_name().strip_prefix("google.protobuf.") {
        Some("Timestamp") => json!({"type": "string", "format": "google-datetime"}),
        Some("Duration") => json!({"type": "string", "format": "google-duration"}),
        Some("FieldMask") => json!({"type": "string", "format": "google-fieldmask"}),
        Some("Struct" | "Any") => json!({"type": "object", "additionalProperties": {"type": "any"}}),
        Some("Value") => json!({"type": "any"}),
        Some("ListValue") => json!({"type": "array", "items": {"type": "any"}}),
        Some(other) => panic!("unexpected type {other}"),
        None => {
            open.push(message.clone());
            json!({"$ref": name(message)})
        }
    }
}
