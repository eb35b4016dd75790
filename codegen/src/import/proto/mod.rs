//! Facts of `.proto` files.
//!
//! A message matches a schema by name: the schema has the full name of the message in camel case
//! (`GoogleCloudAiplatformV1TuningJob`), the package and the last part of its name, the path of its name
//! (`LogprobsResultCandidate`), or the last part alone; the last two only within the packages of the document and their
//! imports. If several messages match, the properties that refer to the schema decide.

mod added;
mod bindings;
mod compile;
mod imports;
mod limits;
mod matching;
mod methods;
mod packages;
mod query;

pub use compile::{Protos, compile};

use super::facts::{BehaviorFact, Facts, NotMemberFact, ResourceFact, UnionFact};
use crate::model::{Api, Behavior, FactSource, FactSourceKind, Shape};
use prost_reflect::{DynamicMessage, ExtensionDescriptor, FieldDescriptor, FileDescriptor, MessageDescriptor, Value};

/// Returns the facts of protos about a document.
pub fn facts(api: &Api, protos: &Protos) -> Facts {
    let matched = matching::matches(api, protos);
    let mut facts = Facts { package: Some(protos.package.clone()), unmatched: matched.unmatched, ..Facts::default() };
    facts.warnings.extend_from_slice(&protos.left_out);
    let behavior = protos.pool.get_extension_by_name("google.api.field_behavior");
    let resource = protos.pool.get_extension_by_name("google.api.resource");
    let schemas =
        api.schemas.values().filter(|schema| !schema.is_inline() && matches!(schema.shape, Shape::Message(_)));
    let schemas = schemas.count();
    if matched.messages.len().saturating_mul(4) < schemas {
        facts.warnings.push(format!(
            "only {} of {schemas} schemas match a message of `{}`: check that these are the protos of the document",
            matched.messages.len(),
            protos.package
        ));
    }
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
                facts.unmatched.push(format!("`{}`: `{schema}` has none of the members", oneof.full_name()));
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
            let is_alone = field.containing_oneof().is_none_or(|oneof| oneof.is_synthetic());
            if is_alone {
                let source = stated(&message.parent_file());
                facts.not_members.push(NotMemberFact { schema: schema.clone(), property: property.clone(), source });
            }
            let mut found = behavior.as_ref().map(|extension| behaviors(&field, extension)).unwrap_or_default();
            // One member of a oneof is required, and not each of them.
            found.retain(|behavior| is_alone || *behavior != Behavior::Required);
            if !found.is_empty() {
                let source = stated(&message.parent_file());
                facts.behaviors.push(BehaviorFact { schema: schema.clone(), property, behavior: found, source });
            }
        }
    }
    methods::facts(api, protos, &matched.messages, &mut facts);
    facts
}

fn stated(file: &FileDescriptor) -> FactSource {
    FactSource { kind: FactSourceKind::Proto, reference: file.name().to_owned() }
}

/// Returns `google.api.field_behavior` by its numbers. Numbers above 5 do not concern callers.
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

/// Returns type and patterns of `google.api.resource`, without the pattern for any text.
fn resource_of(message: &MessageDescriptor, extension: &ExtensionDescriptor) -> Option<(String, Vec<String>)> {
    let options = message.options();
    let resource = options.get_extension(extension);
    let resource = resource.as_message()?;
    let patterns = resource.get_field_by_name("pattern")?;
    let patterns = patterns.as_list()?.iter().filter_map(|pattern| pattern.as_str()).filter(|pattern| *pattern != "*");
    let patterns: Vec<String> = patterns.map(str::to_owned).collect();
    (!patterns.is_empty()).then_some((text(resource, "type")?, patterns))
}

/// Returns a string field of a dynamic message.
fn text(message: &DynamicMessage, key: &str) -> Option<String> {
    match message.get_field_by_name(key)?.as_ref() {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        _ => None,
    }
}
