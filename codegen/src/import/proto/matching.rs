//! Which message each schema is.

use super::Protos;
use crate::model::{Api, Home, Message, Shape};
use prost_reflect::MessageDescriptor;
use std::collections::{BTreeMap, BTreeSet};

/// Schemas with their messages, and what has none, with the reason.
pub(super) struct Matched {
    pub(super) messages: BTreeMap<String, MessageDescriptor>,
    pub(super) unmatched: Vec<String>,
}

/// Finds the message of every schema that has one.
pub(super) fn matches(api: &Api, protos: &Protos) -> Matched {
    let names = Names::new(protos);
    let mut matched = Matched { messages: BTreeMap::new(), unmatched: Vec::new() };
    let mut nameless: Vec<&str> = Vec::new();
    let mut open: BTreeMap<&str, Vec<MessageDescriptor>> = BTreeMap::new();
    for (name, schema) in api.schemas.iter().filter(|(_, schema)| schema.home == Home::Top) {
        let Shape::Message(shape) = &schema.shape else {
            continue;
        };
        let mut candidates = names.of(name);
        let before = candidates.len();
        candidates.retain(|message| alike(shape, message));
        match candidates.as_slice() {
            [] if before > 0 => {
                matched.unmatched.push(format!("`{name}`: it has no property in common with the message of its name"))
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
        matched
            .unmatched
            .push(format!("no message of `{}` or of what it imports has the name of: {names}", protos.package));
    }
    settle(api, &mut matched, &mut open);
    // A message that bears the name alone, where nothing in the document refers to the schema.
    for (name, candidates) in open {
        let unreferred = !is_referred(api, name);
        let path = candidates.iter().filter(|message| message.parent_message().is_none()).collect::<Vec<_>>();
        if let (true, [one]) = (unreferred, path.as_slice()) {
            matched.messages.insert(name.to_owned(), (*one).clone());
            continue;
        }
        let names: Vec<String> = candidates.iter().map(|message| format!("`{}`", message.full_name())).collect();
        matched.unmatched.push(format!("`{name}`: it could be any of {}", names.join(", ")));
    }
    contradicted(api, &mut matched);
    matched
}

/// Decides who is meant by what matched messages refer to, as long as that decides anything.
fn settle(api: &Api, matched: &mut Matched, open: &mut BTreeMap<&str, Vec<MessageDescriptor>>) {
    while !open.is_empty() {
        let referred = references(api, &matched.messages);
        let settled: Vec<(String, MessageDescriptor)> = open
            .iter()
            .filter_map(|(name, candidates)| {
                let meant = referred.get(*name).filter(|meant| meant.len() == 1)?;
                let one = candidates.iter().find(|message| meant.contains(message.full_name()))?;
                Some(((*name).to_owned(), one.clone()))
            })
            .collect();
        if settled.is_empty() {
            break;
        }
        for (name, message) in settled {
            open.remove(name.as_str());
            matched.messages.insert(name, message);
        }
    }
}

/// Drops what has the right name, and is not what matched messages refer to.
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
        let meant: Vec<String> = referred[&name].iter().map(|full| format!("`{full}`")).collect();
        matched
            .unmatched
            .push(format!("`{name}`: what refers to it means {}, which has another name", meant.join(" or ")));
    }
}

/// Whether any property of the document holds a schema.
fn is_referred(api: &Api, name: &str) -> bool {
    api.schemas.values().any(|schema| match &schema.shape {
        Shape::Message(shape) => shape.fields.values().any(|field| field.ty.schema() == Some(name)),
        Shape::Alias(ty) => ty.schema() == Some(name),
        Shape::OneOf(one_of) => one_of.alternatives.iter().any(|one| one.ty.schema() == Some(name)),
        Shape::Enum(_) => false,
    })
}

/// For each schema, the messages that the properties which refer to it hold, as far as their own messages are known.
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

/// The message that a field holds, itself or as the value of a map.
fn held(field: &prost_reflect::FieldDescriptor) -> Option<MessageDescriptor> {
    let kind = field.kind();
    let message = kind.as_message()?;
    if field.is_map() {
        return message.map_entry_value_field().kind().as_message().cloned();
    }
    Some(message.clone())
}

/// Whether a schema and a message have a property in common, or one of them has none.
fn alike(shape: &Message, message: &MessageDescriptor) -> bool {
    shape.fields.is_empty()
        || message.fields().len() == 0
        || message.fields().any(|field| shape.fields.contains_key(field.json_name()))
}

/// Messages by the names that documents give them.
struct Names {
    full: BTreeMap<String, Vec<MessageDescriptor>>,
    path: BTreeMap<String, Vec<MessageDescriptor>>,
    last: BTreeMap<String, Vec<MessageDescriptor>>,
    imported: BTreeMap<String, Vec<MessageDescriptor>>,
}

impl Names {
    fn new(protos: &Protos) -> Self {
        let mut names =
            Names { full: BTreeMap::new(), path: BTreeMap::new(), last: BTreeMap::new(), imported: BTreeMap::new() };
        for message in protos.pool.all_messages().filter(|message| !message.is_map_entry()) {
            let path = message.full_name().strip_prefix(message.package_name()).unwrap_or_default().replace('.', "");
            let package: String = message.package_name().split(['.', '_']).map(capital).collect();
            names.full.entry(format!("{package}{path}")).or_default().push(message.clone());
            if message.package_name() == protos.package {
                names.path.entry(path).or_default().push(message.clone());
                names.last.entry(message.name().to_owned()).or_default().push(message.clone());
            } else if message.parent_message().is_none() {
                names.imported.entry(message.name().to_owned()).or_default().push(message.clone());
            }
        }
        names
    }

    /// The messages that a document may mean by a name: those with this full name, else those of the package with this
    /// path or last name, else those of what it imports. (A path does not go before a last name: a message that REST does
    /// not serve leaves its name to a nested one.)
    fn of(&self, name: &str) -> Vec<MessageDescriptor> {
        if let Some(full) = self.full.get(name) {
            return full.clone();
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

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
