//! Notes on schemas: docs, unions, behaviors.

use super::Apply;
use crate::model::{Behavior, Message, Shape, Type, Union};
use crate::parser::overlay::{Member, PropertyNotes, SchemaNotes, UnionNotes};
use crate::text::quoted;
use std::collections::{BTreeMap, BTreeSet};

impl Apply<'_> {
    /// Applies the notes on a schema.
    pub(super) fn schema(&mut self, name: &str, notes: &SchemaNotes) {
        // Removed for now, so that its parts can be changed while the rest of the API is read.
        let Some(mut schema) = self.api.schemas.remove(name) else {
            let known = self.schema_names();
            self.absent(format!("unknown schema `{name}`"), &["schemas", name], name, &known);
            return;
        };
        if notes.doc.is_some() {
            schema.doc.clone_from(&notes.doc);
        }
        if let Some(resource) = &notes.resource {
            let named = format!("Its name has the form {}.", quoted(&resource.patterns, " or "));
            schema.doc = Some(schema.doc.map_or_else(|| named.clone(), |doc| format!("{doc}\n\n{named}")));
        }
        match &mut schema.shape {
            Shape::Message(message) => {
                for (union, notes) in &notes.unions {
                    self.union(name, message, union, notes);
                }
                for (property, notes) in &notes.properties {
                    self.property(name, message, property, notes);
                }
            }
            Shape::Enum(_) | Shape::Alias(_) | Shape::OneOf(_) => {
                let parts = notes.unions.keys().map(|key| ("unions", key));
                let parts = parts.chain(notes.properties.keys().map(|key| ("properties", key)));
                for (kind, key) in parts {
                    let message = format!("`{name}` is not a message and has no {kind}");
                    self.unfit(message, &["schemas", name, kind, key], |diagnostic| diagnostic);
                }
            }
        }
        self.api.schemas.insert(name.to_owned(), schema);
    }

    fn union(&mut self, schema: &str, message: &mut Message, name: &str, notes: &UnionNotes) {
        let here = ["schemas", schema, "unions", name];
        if notes.members.is_empty() {
            self.error(format!("empty union `{name}`"), &here);
        }
        let mut members: Vec<String> = Vec::new();
        let mut known = BTreeSet::new();
        let mut member_sources = BTreeMap::new();
        for (index, member) in notes.members.iter().enumerate() {
            let index = index.to_string();
            let place = ["schemas", schema, "unions", name, "members", &index];
            let property = member.name();
            if !message.fields.contains_key(property) {
                let text = format!("unknown property `{property}` of `{schema}` in the union `{name}`");
                let known = self.candidates(message.fields.keys());
                self.absent(text, &place, property, &known);
                continue;
            }
            let other = message.unions.of(property).map(|(other, _)| other).filter(|other| *other != name);
            if let Some(other) = other {
                let text = format!("`{property}` is already a member of the union `{other}`");
                self.error(text, &place);
                continue;
            }
            if !known.insert(property) {
                self.error(format!("duplicate member `{property}` of the union `{name}`"), &place);
                continue;
            }
            members.push(property.to_owned());
            if let Member::Sourced(_, source) = member {
                member_sources.insert(property.to_owned(), source.clone());
            }
        }
        for (index, member) in notes.not_members.iter().enumerate() {
            let property = member.name();
            let index = index.to_string();
            let place = ["schemas", schema, "unions", name, "not_members", &index];
            if known.contains(property) {
                self.error(format!("`{property}` is both a member of the union `{name}` and excluded from it"), &place);
            } else if !message.fields.contains_key(property) {
                let known = self.candidates(message.fields.keys());
                self.absent(format!("unknown property `{property}` of `{schema}`"), &place, property, &known);
            }
        }
        if members.is_empty() {
            return;
        }
        let mut union = Union { members, doc: notes.doc.clone(), source: notes.source.clone(), member_sources };
        // The overlay adds to the union that the document states itself.
        if let Some(stated) = message.unions.remove(name) {
            for member in stated.members {
                if !known.contains(member.as_str()) {
                    union.member_sources.insert(member.clone(), stated.source.clone());
                    union.members.push(member);
                }
            }
            union.doc = union.doc.or(stated.doc);
        }
        message.unions.insert(name.to_owned(), union);
    }

    fn property(&mut self, schema: &str, message: &mut Message, name: &str, notes: &PropertyNotes) {
        let Some(field) = message.fields.get_mut(name) else {
            let known = self.candidates(message.fields.keys());
            let text = format!("unknown property `{name}` of `{schema}`");
            self.absent(text, &["schemas", schema, "properties", name], name, &known);
            return;
        };
        if notes.doc.is_some() {
            field.doc.clone_from(&notes.doc);
        }
        merge(&mut field.behavior, &notes.behavior);
        if !notes.values.is_empty() {
            let ty = field.ty.clone();
            self.values(schema, name, &ty, &notes.values);
        }
    }

    /// Sets the docs of the values of a property's enum.
    fn values(&mut self, schema: &str, property: &str, ty: &Type, values: &BTreeMap<String, String>) {
        let here = ["schemas", schema, "properties", property, "values"];
        let found = ty.schema().and_then(|name| self.api.schemas.get_mut(name)).map(|schema| &mut schema.shape);
        let Some(Shape::Enum(enumeration)) = found else {
            self.unfit(format!("`{schema}.{property}` is not an enum and has no values"), &here, |diagnostic| {
                diagnostic
            });
            return;
        };
        let mut absent: BTreeMap<&str, &String> = values.iter().map(|(value, doc)| (value.as_str(), doc)).collect();
        for known in &mut enumeration.values {
            if let Some(doc) = absent.remove(known.name.as_str()) {
                known.doc = Some(doc.clone());
            }
        }
        let known: Vec<String> = enumeration.values.iter().map(|value| value.name.clone()).collect();
        for value in absent.into_keys() {
            let place: Vec<&str> = here.iter().copied().chain([value]).collect();
            self.absent(format!("unknown value `{value}` of `{schema}.{property}`"), &place, value, &known);
        }
    }
}

/// Adds behaviors to those that the document states. The overlay decides if a property is required or optional.
fn merge(stated: &mut BTreeSet<Behavior>, noted: &[Behavior]) {
    if noted.contains(&Behavior::Required) {
        stated.remove(&Behavior::Optional);
    }
    if noted.contains(&Behavior::Optional) {
        stated.remove(&Behavior::Required);
    }
    stated.extend(noted);
}
