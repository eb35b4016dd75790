//! Matching of schemas and messages.

use super::Protos;
use crate::model::{Api, Message, Shape, Type};
use crate::text::quoted;
use prost_reflect::MessageDescriptor;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Messages by schema, and the reasons for schemas without one.
pub(super) struct Matched {
    pub(super) messages: BTreeMap<String, MessageDescriptor>,
    pub(super) unmatched: Vec<String>,
}

/// Finds the message of each schema.
pub(super) fn matches(api: &Api, protos: &Protos) -> Matched {
    let names = Names::new(protos);
    let mut matched = Matched { messages: BTreeMap::new(), unmatched: Vec::new() };
    let mut nameless: Vec<&str> = Vec::new();
    let mut open: BTreeMap<&str, Vec<MessageDescriptor>> = BTreeMap::new();
    for (name, schema) in api.schemas.iter().filter(|(_, schema)| !schema.is_inline()) {
        let Shape::Message(shape) = &schema.shape else {
            continue;
        };
        let mut candidates = names.of(name);
        candidates.retain(|message| !protos.mixed_in.contains(message.parent_file().name()) || holds(shape, message));
        let before = candidates.len();
        candidates.retain(|message| alike(shape, message));
        match candidates.as_slice() {
            [] if before > 0 => {
                matched.unmatched.push(format!("`{name}`: no property in common with the message of the same name"))
            }
            [] => nameless.push(name),
            [one] => {
                matched.messages.insert(name.clone(), one.clone());
            }
            _ => {
                open.insert(name, candidates);
            }
        }
    }
    if !nameless.is_empty() {
        let names = nameless.join(", ");
        matched.unmatched.push(format!("no message of `{}` or its imports has the name of: {names}", protos.package));
    }
    settle(api, &mut matched, &mut open);
    // If nothing in the document refers to the schema, the only top-level message of that name is used.
    let referred = referred(api);
    for (name, candidates) in open {
        let unreferred = !referred.contains(name);
        let path = candidates.iter().filter(|message| message.parent_message().is_none()).collect::<Vec<_>>();
        if let (true, [one]) = (unreferred, path.as_slice()) {
            matched.messages.insert(name.to_owned(), (*one).clone());
            continue;
        }
        let names = quoted(candidates.iter().map(|message| message.full_name()), ", ");
        matched.unmatched.push(format!("`{name}`: it could be any of {names}"));
    }
    contradicted(api, &mut matched);
    matched
}

/// Decides between several messages by the fields of matched messages, until nothing more is decided.
fn settle(api: &Api, matched: &mut Matched, open: &mut BTreeMap<&str, Vec<MessageDescriptor>>) {
    let mut referred = references(api, &matched.messages);
    // Schemas that gained references.
    let mut touched: Vec<String> = referred.keys().cloned().collect();
    while !open.is_empty() {
        let settled: BTreeMap<String, MessageDescriptor> = touched
            .into_iter()
            .filter_map(|name| {
                let meant = referred.get(&name).filter(|meant| meant.len() == 1)?;
                let one = open.get(name.as_str())?.iter().find(|message| meant.contains(message.full_name()))?;
                let one = one.clone();
                Some((name, one))
            })
            .collect();
        if settled.is_empty() {
            break;
        }
        let more = references(api, &settled);
        touched = more.keys().cloned().collect();
        for (name, messages) in more {
            referred.entry(name).or_default().extend(messages);
        }
        settled.keys().for_each(|name| {
            open.remove(name.as_str());
        });
        matched.messages.extend(settled);
    }
}

/// Removes matches that the fields of matched messages contradict.
fn contradicted(api: &Api, matched: &mut Matched) {
    let referred = references(api, &matched.messages);
    let wrong: Vec<String> = matched
        .messages
        .iter()
        .filter(|(name, message)| referred.get(*name).is_some_and(|meant| !meant.contains(message.full_name())))
        .map(|(name, _)| name.clone())
        .collect();
    for name in wrong {
        matched.messages.remove(&name);
        let types = quoted(referred.get(&name).into_iter().flatten(), " or ");
        matched
            .unmatched
            .push(format!("`{name}`: the properties that refer to it have the type {types}, which has another name"));
    }
}

/// Returns the schemas that are the type of a property, an element or an alternative.
fn referred(api: &Api) -> HashSet<&str> {
    let types = api.schemas.values().flat_map(|schema| -> Vec<&Type> {
        match &schema.shape {
            Shape::Message(shape) => shape.fields.values().map(|field| &field.ty).collect(),
            Shape::Alias(ty) => vec![ty],
            Shape::OneOf(one_of) => one_of.alternatives.iter().map(|one| &one.ty).collect(),
            Shape::Enum(_) => Vec::new(),
        }
    });
    types.filter_map(Type::schema).collect()
}

/// Returns the message types of the fields that refer to each schema, by schema.
fn references(api: &Api, messages: &BTreeMap<String, MessageDescriptor>) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (owner, message) in messages {
        let Some(Shape::Message(shape)) = api.schemas.get(owner).map(|schema| &schema.shape) else { continue };
        for (property, field) in &shape.fields {
            if let Some(schema) = field.ty.schema()
                && let Some(field) = message.get_field_by_json_name(property)
                && let Some(inner) = held(&field)
            {
                found.entry(schema.to_owned()).or_default().insert(inner.full_name().to_owned());
            }
        }
    }
    found
}

/// Returns the message type of a field, or of the values of a map.
fn held(field: &prost_reflect::FieldDescriptor) -> Option<MessageDescriptor> {
    let kind = field.kind();
    let message = kind.as_message()?;
    if field.is_map() {
        return message.map_entry_value_field().kind().as_message().cloned();
    }
    Some(message.clone())
}

/// Returns `true` if a schema and a message have a property in common, or one of them has no properties.
fn alike(shape: &Message, message: &MessageDescriptor) -> bool {
    shape.fields.is_empty()
        || message.fields().len() == 0
        || message.fields().any(|field| shape.fields.contains_key(field.json_name()))
}

/// Returns `true` if a message has all properties of a schema.
fn holds(shape: &Message, message: &MessageDescriptor) -> bool {
    shape.fields.keys().all(|name| message.get_field_by_json_name(name).is_some())
}

/// Messages by the names that documents use.
#[derive(Default)]
struct Names {
    /// Package and path in camel case: `GoogleCloudAiplatformV1TuningJob`.
    full: BTreeMap<String, Vec<MessageDescriptor>>,
    /// Package and last name: `GooglePrivacyDlpV2ImageRedactionConfig` of a nested message.
    prefixed: BTreeMap<String, Vec<MessageDescriptor>>,
    /// Path of the messages of the package: `LogprobsResultCandidate`.
    path: BTreeMap<String, Vec<MessageDescriptor>>,
    /// Last name of the messages of the package.
    last: BTreeMap<String, Vec<MessageDescriptor>>,
    /// Last name of the messages of imported packages.
    imported: BTreeMap<String, Vec<MessageDescriptor>>,
}

impl Names {
    fn new(protos: &Protos) -> Self {
        let mut names = Names::default();
        for message in protos.pool.all_messages().filter(|message| !message.is_map_entry()) {
            let path = message.full_name().strip_prefix(message.package_name()).unwrap_or_default().replace('.', "");
            let package = camel(message.package_name());
            names.full.entry(format!("{package}{path}")).or_default().push(message.clone());
            if message.parent_message().is_some() {
                names.prefixed.entry(format!("{package}{}", message.name())).or_default().push(message.clone());
            }
            if protos.is_package(message.package_name()) {
                names.path.entry(path).or_default().push(message.clone());
                names.last.entry(message.name().to_owned()).or_default().push(message.clone());
            } else if !protos.others.contains(message.parent_file().name()) {
                names.imported.entry(message.name().to_owned()).or_default().push(message.clone());
            }
        }
        names
    }

    /// Returns the messages that a schema name may refer to: those of the full name, then of package and last name,
    /// then of the path or last name within the package, then of the last name in an imported package. (A path has no
    /// priority over a last name: a message that REST does not use leaves its name to a nested one.)
    ///
    /// Some documents separate package and name with an underscore: `GoogleCloudVideointelligenceV1_LabelSegment`.
    fn of(&self, name: &str) -> Vec<MessageDescriptor> {
        let joined = name.replace('_', "");
        let by_package = [&self.full, &self.prefixed].into_iter().find_map(|map| map.get(name).or(map.get(&joined)));
        if let Some(messages) = by_package {
            return messages.clone();
        }
        let mut own: Vec<MessageDescriptor> = self.path.get(name).cloned().unwrap_or_default();
        for message in self.last.get(name).into_iter().flatten() {
            if !own.contains(message) {
                own.push(message.clone());
            }
        }
        if own.is_empty() { self.imported.get(name).cloned().unwrap_or_default() } else { own }
    }
}

/// Returns a package in camel case: `GoogleCloudAiplatformV1`.
pub(super) fn camel(package: &str) -> String {
    package.split(['.', '_']).map(capital).collect()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
