//! Comparison of schemas: added and removed ones, and their shapes.

use super::constraints::plain;
use super::{Comparison, Draft, Place, schema_label, schema_subject};
use crate::diff::change::GroupKey;
use crate::diff::describe;
use crate::diff::rules;
use crate::diff::signature::Item;
use crate::diff::similarity::{delta, step};
use crate::model::{Api, DefinedIn, Message, Shape, Type};
use crate::source::parent;
use std::collections::HashSet;

impl Comparison<'_> {
    /// Reports schemas that only the old revision has. Inline schemas are reported with their parents.
    pub(super) fn removed_schemas(&mut self) {
        for (name, schema) in self.old.schemas.iter().filter(|(_, s)| !s.is_inline()) {
            if self.renames.schema(name).is_none() {
                let place = self.schema_place(name, name);
                let draft = Draft::new(&rules::SCHEMA_REMOVED, &place, format!("`{name}` removed"));
                let draft = draft.before(describe::schema(self.old, schema)).doc(&schema.doc);
                self.push(draft.no_longer_reached(schema.shape.schemas(|_| true)).no_longer_reached([name.as_str()]));
            }
        }
    }

    /// Reports schemas that only the new revision has.
    pub(super) fn added_schemas(&mut self) {
        let kept: HashSet<&str> = self.renames.schemas().map(|(_, new)| new).collect();
        for (name, schema) in self.new.schemas.iter().filter(|(_, s)| !s.is_inline()) {
            if !kept.contains(name.as_str()) {
                let place = self.schema_place(name, name);
                let draft = Draft::new(&rules::SCHEMA_ADDED, &place, format!("`{name}` added"));
                let draft = draft.after(describe::schema(self.new, schema)).doc(&schema.doc);
                self.push(draft.newly_reached(schema.shape.schemas(|_| true)).newly_reached([name.as_str()]));
            }
        }
    }

    /// Returns the place of a schema, by its names in both revisions.
    pub(super) fn schema_place(&self, old: &str, new: &str) -> Place {
        let (api, name) = match self.old.schemas.contains_key(old) {
            true => (self.old, old),
            false => (self.new, new),
        };
        let items = (Some(Item::Schema(old.to_owned())), Some(Item::Schema(new.to_owned())));
        let pointer = self.new.schemas.get(new).map(|schema| schema.pointer.clone());
        let former = || self.old.schemas.get(old).map(|schema| parent(&schema.pointer));
        let pointer = pointer.or_else(former).unwrap_or_default();
        Place {
            subject: schema_subject(api, name),
            label: schema_label(api, name),
            leaf: String::new(),
            pointer,
            old: self.old_reach.schema(old),
            new: self.new_reach.schema(new),
            items,
        }
    }

    /// Compares a schema that both revisions have.
    pub(super) fn schema(&mut self, old_name: &str, new_name: &str) {
        let (old, new) = (self.old, self.new);
        let (Some(a), Some(b)) = (old.schemas.get(old_name), new.schemas.get(new_name)) else {
            return;
        };
        let place = self.schema_place(old_name, new_name);
        // Changes of an inline schema are reported on the property that contains it.
        if !a.is_inline() {
            self.schema_itself(&place, old_name, new_name);
        }
        if !matches!(b.shape, Shape::Alias(_)) {
            self.schema_name(&place, old_name, new_name);
        }
        // Those of an inline type are constraints of the value that has it, except for objects among the alternatives
        // of a choice.
        let is_alternative = matches!(a.defined_in, DefinedIn::Alternative { .. })
            && !matches!(a.shape, Shape::Enum(_) | Shape::Alias(_));
        if !a.is_inline() || is_alternative {
            let (was, is) = (declared(old_name, &a.shape), declared(new_name, &b.shape));
            let (was, is) = (plain(old, &was, a.constraints.clone()), plain(new, &is, b.constraints.clone()));
            self.schema_constraints(&place, old_name, &was, &is);
        }
        // An alias of an object that becomes an object like it, or the reverse.
        let like = match (&a.shape, &b.shape) {
            (Shape::Alias(ty), Shape::Message(new)) => alike(self.old, ty, new)
                .map(|(name, old)| ((name, old), (new_name, new), name, "no longer another name of")),
            (Shape::Message(old), Shape::Alias(ty)) => {
                alike(self.new, ty, old).map(|(name, new)| ((old_name, old), (name, new), name, "another name of"))
            }
            _ => None,
        };
        if let Some(((old_like, old), (new_like, new), other, words)) = like {
            let message = format!("`{}` is {words} `{other}`", place.label);
            let draft = Draft::new(&rules::REFERENCE_CHANGED, &place, message);
            let draft = draft.no_longer_reached(a.shape.schemas(|_| true)).newly_reached(b.shape.schemas(|_| true));
            let was = describe::ty(self.old, &declared(old_name, &a.shape));
            self.push(draft.values(was, describe::ty(self.new, &declared(new_name, &b.shape))));
            return self.message(&place, old_like, new_like, old, new);
        }
        match (&a.shape, &b.shape) {
            (Shape::Message(m), Shape::Message(n)) => self.message(&place, old_name, new_name, m, n),
            (Shape::Enum(e), Shape::Enum(f)) => self.enumeration(&place, (old_name, e), (new_name, f)),
            (Shape::Alias(t), Shape::Alias(u)) => {
                let relation = self.relation(t, u);
                self.type_change(&place, relation, t, u);
            }
            (Shape::OneOf(one), Shape::OneOf(other)) => self.choice(&place, (old_name, one), (new_name, other)),
            (Shape::Alias(_) | Shape::OneOf(_), _) | (_, Shape::Alias(_) | Shape::OneOf(_)) => {
                let (old, new) = (declared(old_name, &a.shape), declared(new_name, &b.shape));
                let relation = self.shape_relation(&old, &new);
                self.type_change(&place, relation, &old, &new);
            }
            _ => {
                let draft = Draft::new(
                    &rules::SCHEMA_KIND_CHANGED,
                    &place,
                    format!("`{}` becomes another kind of type", place.label),
                );
                let draft = draft.values(describe::schema(old, a), describe::schema(new, b));
                self.push(draft.newly_reached(b.shape.schemas(|_| true)).no_longer_reached(a.shape.schemas(|_| true)));
            }
        }
    }

    fn schema_itself(&mut self, place: &Place, old_name: &str, new_name: &str) {
        let (Some(a), Some(b)) = (self.old.schemas.get(old_name), self.new.schemas.get(new_name)) else {
            return;
        };
        self.prose(place, &a.doc, &b.doc);
        if old_name != new_name {
            let (was, is) = delta(old_name, new_name);
            let group = GroupKey {
                key: format!("{was} → {is}"),
                rule: &rules::SCHEMA_RENAMED,
                subject: format!("schemas.*{was}*"),
                message: format!("names of {{n}} schemas: {}", step(&was, &is)),
                least: 3,
            };
            let draft = Draft::new(&rules::SCHEMA_RENAMED, place, format!("`{old_name}` renamed to `{new_name}`"));
            // Payloads without a name are named after their webhooks.
            let payloads =
                self.old.webhooks.iter().filter(|(_, webhook)| {
                    webhook.payload.as_ref().and_then(|payload| payload.schema()) == Some(old_name)
                });
            let draft = payloads
                .fold(draft, |draft, (name, _)| draft.caused_by(&format!("webhooks.{name}"), &rules::WEBHOOK_REMOVED));
            self.push(
                draft.values(place.subject.clone(), format!("schemas.{new_name}")).unless_same_signature().group(group),
            );
        }
        if a.deprecated != b.deprecated {
            let draft = match b.deprecated {
                true => Draft::new(&rules::SCHEMA_DEPRECATED, place, format!("`{old_name}` deprecated")),
                false => Draft::new(&rules::SCHEMA_UNDEPRECATED, place, format!("`{old_name}` no longer deprecated")),
            };
            self.push(draft.values(a.deprecated, b.deprecated));
        }
    }
}

/// Returns the object that a type refers to, if it has a property of another one.
fn alike<'a>(api: &'a Api, ty: &'a Type, other: &Message) -> Option<(&'a str, &'a Message)> {
    let Type::Schema(name) = api.resolve(ty) else { return None };
    match api.shape(name) {
        Some(Shape::Message(message)) if message.fields.keys().any(|field| other.fields.contains_key(field)) => {
            Some((name, message))
        }
        _ => None,
    }
}

/// Returns the type of a declared schema; for an alias, its target.
fn declared(name: &str, shape: &Shape) -> Type {
    match shape {
        Shape::Alias(ty) => ty.clone(),
        _ => Type::Schema(name.to_owned()),
    }
}
