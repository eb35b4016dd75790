//! What `.proto` files say.
//!
//! A message is brought together with a schema by its name alone: the document has it under its full name in camel case
//! (`GoogleCloudAiplatformV1TuningJob`), under its path (`LogprobsResultCandidate`) or under its last name, and the
//! last two only within the overlay's package and what that imports. Where several messages could be meant, the
//! properties that refer to the schema decide. Nothing is matched because it looks alike.

mod bindings;
mod compile;
mod matching;

pub use compile::{Protos, compile};

use super::facts::{ApartFact, BehaviorFact, Facts, OperationFact, ResourceFact, UnionFact};
use crate::model::{Api, Behavior, Evidence, EvidenceKind, Shape};
use prost_reflect::{DynamicMessage, ExtensionDescriptor, FieldDescriptor, FileDescriptor, MessageDescriptor, Value};
use std::collections::BTreeMap;

/// Brings protos and a document together.
pub fn facts(api: &Api, protos: &Protos) -> Facts {
    let matched = matching::matches(api, protos);
    let mut facts = Facts { package: Some(protos.package.clone()), unmatched: matched.unmatched, ..Facts::default() };
    let behavior = protos.pool.get_extension_by_name("google.api.field_behavior");
    let resource = protos.pool.get_extension_by_name("google.api.resource");
    for (schema, message) in &matched.messages {
        let Some(Shape::Message(shape)) = api.schemas.get(schema).map(|schema| &schema.shape) else {
            continue;
        };
        if let Some((kind, patterns)) = resource.as_ref().and_then(|extension| resource_of(message, extension)) {
            let source = stated(&message.parent_file());
            facts.resources.push(ResourceFact { schema: schema.clone(), kind, patterns, source });
        }
        for oneof in message.oneofs().filter(|oneof| !oneof.is_synthetic()) {
            let members: Vec<String> = oneof
                .fields()
                .map(|field| field.json_name().to_owned())
                .filter(|name| shape.fields.contains_key(name))
                .collect();
            if members.is_empty() {
                facts.unmatched.push(format!("`{}`: `{schema}` has none of its members", oneof.full_name()));
            } else {
                let name = oneof.name().to_owned();
                facts.unions.push(UnionFact {
                    schema: schema.clone(),
                    name,
                    members,
                    source: stated(&message.parent_file()),
                });
            }
        }
        for field in message.fields().filter(|field| shape.fields.contains_key(field.json_name())) {
            let property = field.json_name().to_owned();
            if field.containing_oneof().is_none_or(|oneof| oneof.is_synthetic()) {
                let source = stated(&message.parent_file());
                facts.apart.push(ApartFact { schema: schema.clone(), property: property.clone(), source });
            }
            let found = behavior.as_ref().map(|extension| behaviors(&field, extension)).unwrap_or_default();
            if !found.is_empty() {
                let source = stated(&message.parent_file());
                facts.behaviors.push(BehaviorFact { schema: schema.clone(), property, behavior: found, source });
            }
        }
    }
    operations(api, protos, &matched.messages, &mut facts);
    facts
}

fn stated(file: &FileDescriptor) -> Evidence {
    Evidence { kind: EvidenceKind::Proto, reference: file.name().to_owned() }
}

/// `google.api.field_behavior`, by its numbers: those beyond five say nothing that callers act on.
fn behaviors(field: &FieldDescriptor, extension: &ExtensionDescriptor) -> Vec<Behavior> {
    let options = field.options();
    let value = options.get_extension(extension);
    let Some(values) = value.as_list() else {
        return Vec::new();
    };
    let mut found: Vec<Behavior> = values
        .iter()
        .filter_map(|value| match value.as_enum_number()? {
            1 => Some(Behavior::Optional),
            2 => Some(Behavior::Required),
            3 => Some(Behavior::OutputOnly),
            4 => Some(Behavior::InputOnly),
            5 => Some(Behavior::Immutable),
            _ => None,
        })
        .collect();
    found.sort();
    found.dedup();
    found
}

/// `google.api.resource`: the type, and the forms of its name, less those that are any text.
fn resource_of(message: &MessageDescriptor, extension: &ExtensionDescriptor) -> Option<(String, Vec<String>)> {
    let options = message.options();
    let resource = options.get_extension(extension);
    let resource = resource.as_message()?;
    let patterns = resource.get_field_by_name("pattern")?;
    let patterns = patterns.as_list()?.iter().filter_map(|pattern| pattern.as_str()).filter(|pattern| *pattern != "*");
    let patterns: Vec<String> = patterns.map(str::to_owned).collect();
    (!patterns.is_empty()).then_some((text(resource, "type")?, patterns))
}

/// `google.longrunning.operation_info` of the methods that the document has.
fn operations(api: &Api, protos: &Protos, messages: &BTreeMap<String, MessageDescriptor>, facts: &mut Facts) {
    let (Some(http), Some(info)) = (
        protos.pool.get_extension_by_name("google.api.http"),
        protos.pool.get_extension_by_name("google.longrunning.operation_info"),
    ) else {
        return;
    };
    let paths = bindings::of_document(api);
    let schemas: BTreeMap<&str, &str> =
        messages.iter().map(|(schema, message)| (message.full_name(), schema.as_str())).collect();
    let mut lacking = Vec::new();
    for service in protos.pool.services().filter(|service| protos.is_own(service.package_name())) {
        for method in service.methods() {
            let options = method.options();
            let rules = bindings::of_rule(&options, &http);
            let found: Vec<&String> = rules.iter().filter_map(|rule| paths.get(rule)).collect();
            if found.is_empty() && !rules.is_empty() {
                lacking.push(method.full_name().to_owned());
            }
            if !options.has_extension(&info) {
                continue;
            }
            let info = options.get_extension(&info);
            let Some(info) = info.as_message() else {
                continue;
            };
            for name in found {
                let mut ends = |key: &str| {
                    let message = named(info, key)?;
                    let full = resolve(protos, method.parent_file().package_name(), &message)?;
                    let schema = schemas.get(full.as_str()).map(|schema| (*schema).to_owned());
                    if schema.is_none() {
                        facts.unmatched.push(format!("`{name}`: the document has no schema for `{full}`, its {key}"));
                    }
                    schema
                };
                let (response, metadata) = (ends("response_type"), ends("metadata_type"));
                if response.is_some() || metadata.is_some() {
                    let source = stated(&method.parent_file());
                    facts.operations.push(OperationFact { method: name.clone(), response, metadata, source });
                }
            }
        }
    }
    if !lacking.is_empty() {
        facts.unmatched.push(format!("the document has no method for: {}", lacking.join(", ")));
    }
}

fn named(info: &DynamicMessage, key: &str) -> Option<String> {
    let value = info.get_field_by_name(key)?;
    let text = value.as_str()?;
    (!text.is_empty()).then(|| text.to_owned())
}

/// The full name of a message that an option names, as seen from a package.
fn resolve(protos: &Protos, package: &str, name: &str) -> Option<String> {
    let name = name.trim_start_matches('.');
    [format!("{package}.{name}"), name.to_owned()]
        .into_iter()
        .find(|full| protos.pool.get_message_by_name(full).is_some())
        .or_else(|| Some(name.to_owned()))
}

/// A string out of a dynamic message.
fn text(message: &DynamicMessage, key: &str) -> Option<String> {
    match message.get_field_by_name(key)?.as_ref() {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        _ => None,
    }
}
