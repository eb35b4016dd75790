//! Items without a description, and facts without a source, in the order of their use.

use crate::model::{Api, Shape, Type};
use crate::parser::overlay::Overlay;
use std::collections::BTreeSet;
use std::fmt;

/// Something that an item lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Kind of the missing part.
    pub kind: MissingKind,
    /// Entry of an overlay that would add it.
    pub entry: String,
}

/// Kind of a missing part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingKind {
    /// Description of a method, a parameter, a schema, a property or an enum value.
    Description,
    /// Source of a fact of the overlay.
    Source,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            MissingKind::Description => "no description",
            MissingKind::Source => "no source",
        };
        write!(f, "{kind}: {}", self.entry)
    }
}

/// Returns what the items of an API lack: of each method with its parameters, of the schemas that it uses, and so on.
/// `api` is the document with the overlay applied, without the methods that are not generated.
pub fn missing(api: &Api, overlay: &Overlay) -> Vec<Missing> {
    let mut walk = Walk { api, overlay, found: Vec::new(), seen: BTreeSet::new() };
    for name in api.methods.keys() {
        walk.method(name);
    }
    for name in api.schemas.keys() {
        walk.schemas(vec![name.clone()]);
    }
    walk.found
}

struct Walk<'a> {
    api: &'a Api,
    overlay: &'a Overlay,
    found: Vec<Missing>,
    seen: BTreeSet<String>,
}

impl Walk<'_> {
    fn method(&mut self, name: &str) {
        let Some(method) = self.api.methods.get(name) else { return };
        let entry = format!("methods.{}", key(name));
        self.described(method.doc.as_deref(), || entry.clone());
        if let Some(notes) = self.overlay.methods.get(name) {
            let facts = notes.scopes.is_some() || notes.idempotent.is_some() || notes.streaming.is_some();
            self.sourced(facts && notes.source.is_none(), || entry.clone());
            self.sourced(notes.job.as_ref().is_some_and(|job| job.source.is_none()), || format!("{entry}.job"));
        }
        let mut open = Vec::new();
        for (parameter, stated) in &method.parameters {
            let entry = format!("{entry}.parameters.{}", key(parameter));
            self.described(stated.doc.as_deref(), || entry.clone());
            let notes = self.overlay.methods.get(name).and_then(|notes| notes.parameters.get(parameter));
            self.sourced(notes.is_some_and(|notes| !notes.behavior.is_empty() && notes.source.is_none()), || entry);
            open.extend(stated.ty.schema().map(str::to_owned));
        }
        open.extend(method.request.iter().chain(&method.response).filter_map(Type::schema).map(str::to_owned));
        if let Some(operation) = &method.operation {
            open.extend(operation.response.iter().chain(&operation.metadata).cloned());
        }
        open.reverse();
        self.schemas(open);
    }

    /// Walks schemas, the last one first, each with the schemas that it uses.
    fn schemas(&mut self, mut open: Vec<String>) {
        while let Some(name) = open.pop() {
            let Some(schema) = self.api.schemas.get(&name) else { continue };
            if !self.seen.insert(name.clone()) {
                continue;
            }
            let entry = format!("schemas.{}", key(&name));
            // The description of an inline schema is that of its property.
            if !schema.is_inline() {
                self.described(schema.doc.as_deref(), || entry.clone());
            }
            let notes = self.overlay.schemas.get(&name);
            match &schema.shape {
                Shape::Message(message) => {
                    for (property, field) in &message.fields {
                        let entry = format!("{entry}.properties.{}", key(property));
                        self.described(field.doc.as_deref(), || entry.clone());
                        let notes = notes.and_then(|notes| notes.properties.get(property));
                        let unsourced = notes.is_some_and(|notes| !notes.behavior.is_empty() && notes.source.is_none());
                        self.sourced(unsourced, || entry.clone());
                        if let Some(Shape::Enum(enumeration)) = field.ty.schema().and_then(|name| self.api.shape(name))
                        {
                            for value in &enumeration.values {
                                self.described(value.doc.as_deref(), || format!("{entry}.values.{}", key(&value.name)));
                            }
                        }
                    }
                    let used = message.fields.values().map(|field| &field.ty).chain(&message.additional);
                    let used: Vec<String> = used.filter_map(Type::schema).map(str::to_owned).collect();
                    open.extend(used.into_iter().rev());
                }
                Shape::Alias(ty) => open.extend(ty.schema().map(str::to_owned)),
                Shape::OneOf(one_of) => {
                    open.extend(one_of.alternatives.iter().rev().filter_map(|one| one.ty.schema()).map(str::to_owned));
                }
                Shape::Enum(_) => {}
            }
        }
    }

    fn described(&mut self, doc: Option<&str>, entry: impl FnOnce() -> String) {
        if doc.is_none() {
            self.found.push(Missing { kind: MissingKind::Description, entry: entry() });
        }
    }

    fn sourced(&mut self, missing: bool, entry: impl FnOnce() -> String) {
        if missing {
            self.found.push(Missing { kind: MissingKind::Source, entry: entry() });
        }
    }
}

/// Returns a key of TOML, in quotes if it needs some.
fn key(name: &str) -> String {
    toml_edit::Key::new(name).to_string()
}

#[cfg(test)]
mod tests {
    #[test]
    fn keys_are_those_of_toml() {
        for (name, key) in [("Pet", "Pet"), ("page[size]", "\"page[size]\""), ("x.y z", "\"x.y z\"")] {
            assert_eq!(super::key(name), key);
        }
        let document: toml_edit::DocumentMut = format!("{} = 1", super::key("A\u{ad}\"\n")).parse().unwrap();
        assert_eq!(document.iter().next().map(|(key, _)| key), Some("A\u{ad}\"\n"));
    }
}
