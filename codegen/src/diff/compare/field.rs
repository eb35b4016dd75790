//! Comparison of the properties of messages.

use super::message::Pair;
use super::relation::Relation;
use super::union::Unions;
use super::{Comparison, Draft, Place, one_of};
use crate::diff::affected::{AffectedMethods, MethodSet};
use crate::diff::change::GroupKey;
use crate::diff::describe;
use crate::diff::rules::{self, Rule};
use crate::diff::signature::Item;
use crate::model::{Api, Behavior, DefinedIn, Field, Shape, Style, Type};
use serde_json::json;
use std::collections::HashSet;

impl Comparison<'_> {
    /// Returns the place of a property, by its names in both revisions.
    pub(super) fn field_place(&self, pair: &Pair<'_>, old: Option<&str>, new: Option<&str>) -> Place {
        let name = old.or(new).unwrap_or_default();
        let touch = |reach: &crate::diff::reachability::Reachability, schema: &str, field: Option<&Field>| match field {
            Some(field) => reach.field(schema, field),
            None => reach.schema(schema),
        };
        let was = old.and_then(|name| pair.old.fields.get(name));
        let is = new.and_then(|name| pair.new.fields.get(name));
        let mut place = Place {
            subject: format!("{}.properties.{name}", pair.place.subject),
            label: format!("{}.{name}", pair.place.label),
            leaf: format!("properties.{name}"),
            pointer: match new {
                Some(name) if pair.new.fields.contains_key(name) => {
                    format!("{}/properties/{}", pair.place.pointer, crate::source::escape(name))
                }
                _ => pair.place.pointer.clone(),
            },
            old: touch(self.old_reach, pair.old_name, was.or(is)),
            new: touch(self.new_reach, pair.new_name, is.or(was)),
            items: (
                old.map(|name| Item::Field(pair.old_name.to_owned(), name.to_owned())),
                new.map(|name| Item::Field(pair.new_name.to_owned(), name.to_owned())),
            ),
        };
        if pair.place.subject.ends_with(".additionalProperties") {
            place.subject = format!("{}.{name}", pair.place.subject);
        }
        place
    }

    pub(super) fn field_removed(&mut self, pair: &Pair<'_>, name: &str, field: &Field, unions: &Unions) {
        let place = self.field_place(pair, Some(name), None);
        let key = (pair.old_name.to_owned(), name.to_owned());
        let described = describe::field(self.old, field);
        if let Some(target) = self.renames.moved.get(&key) {
            let after = format!("{}.properties.{name}", super::schema_subject(self.new, target));
            let message = format!("`{}` moved to `{}`", place.label, super::schema_label(self.new, target));
            let draft = Draft::new(&rules::PROPERTY_MOVED, &place, message);
            self.push(
                draft
                    .values(place.subject.clone(), after)
                    .no_longer_reached(field.ty.schema())
                    .newly_reached(field.ty.schema()),
            );
            return;
        }
        let union = pair.old.unions.of(name).map(|(union, _)| union);
        let draft = match union {
            Some(union) => {
                let message = format!("`{}` removed from the union `{union}`", place.label);
                let mut draft = Draft::new(&rules::UNION_MEMBER_REMOVED, &place, message);
                if unions.old_to_new(union).is_none() {
                    let subject = format!("{}.unions.{union}", pair.place.subject);
                    draft =
                        draft.caused_by(&subject, &rules::UNION_REMOVED).caused_by(&subject, &rules::UNION_DISSOLVED);
                }
                draft
            }
            None => Draft::new(&rules::PROPERTY_REMOVED, &place, format!("`{}` removed", place.label)),
        };
        let draft = draft.caused_by(&pair.place.subject, &rules::OBJECT_EMPTIED);
        let draft = self.explained_by_discriminator(draft, pair, name);
        self.push(draft.before(described).doc(&field.doc).no_longer_reached(field.ty.schema()));
    }

    pub(super) fn field_added(&mut self, pair: &Pair<'_>, name: &str, field: &Field, unions: &Unions) {
        if self.renames.is_moved(pair.new_name, name) {
            return;
        }
        let place = self.field_place(pair, None, Some(name));
        let required = field.behavior.contains(&Behavior::Required);
        let mut because: Vec<(String, &'static Rule)> = Vec::new();
        let (rule, message): (&'static Rule, String) = match pair.new.unions.of(name) {
            Some((union, _)) => {
                let subject = format!("{}.unions.{union}", pair.place.subject);
                let before = unions.new_to_old(union).and_then(|u| pair.old.unions.get(u));
                match before {
                    Some(_) => (&rules::UNION_MEMBER_ADDED, format!("`{}` added to the union `{union}`", place.label)),
                    None => {
                        because = vec![(subject.clone(), &rules::UNION_ADDED), (subject, &rules::UNION_FORMED)];
                        (&rules::UNION_MEMBER_ADDED, format!("`{}` added, in the union `{union}`", place.label))
                    }
                }
            }
            None if required && self.bound(pair.old_name, name) => (
                &rules::REQUIRED_PROPERTY_ADDED_BOUND,
                format!("`{}` added and required; old requests have it in the path", place.label),
            ),
            None if required && field.constraints.default.is_some() => (
                &rules::REQUIRED_PROPERTY_WITH_DEFAULT_ADDED,
                format!("`{}` added and required, with a default", place.label),
            ),
            None if required && pair.old.undeclared.contains(name) => {
                (&rules::PROPERTY_ADDED, format!("`{}` added; it was required before", place.label))
            }
            None if required => (&rules::REQUIRED_PROPERTY_ADDED, format!("`{}` added and required", place.label)),
            None => (&rules::PROPERTY_ADDED, format!("`{}` added", place.label)),
        };
        let mut draft = Draft::new(rule, &place, message);
        for (subject, rule) in &because {
            draft = draft.caused_by(subject, rule);
        }
        let draft = draft.caused_by(&pair.place.subject, &rules::EMPTY_OBJECT_FILLED);
        let mut draft = self.explained_by_discriminator(draft, pair, name);
        // An object without a name that other properties moved to.
        let inline =
            field.ty.schema().filter(|name| self.new.schemas.get(*name).is_some_and(|schema| schema.is_inline()));
        for (schema, moved) in inline.and_then(|name| self.renames.moved_into.get(name)).into_iter().flatten() {
            let subject = format!("{}.properties.{moved}", super::schema_subject(self.old, schema));
            draft = draft.caused_by(&subject, &rules::PROPERTY_MOVED);
        }
        self.push(draft.after(describe::field(self.new, field)).doc(&field.doc).newly_reached(field.ty.schema()));
    }

    /// Lets the new discriminator of a choice explain the properties of its alternatives that select one.
    fn explained_by_discriminator<'d>(&self, draft: Draft<'d>, pair: &Pair<'_>, name: &str) -> Draft<'d> {
        let discriminator = |api: &Api, choice: &str| one_of(api, choice)?.discriminator.clone();
        let choices = self.choices.0.get(pair.old_name).into_iter().flatten();
        choices.fold(draft, |draft, (choice, _)| {
            let new = self.renames.schema(choice).and_then(|choice| discriminator(self.new, choice));
            let selects = [discriminator(self.old, choice), new].iter().any(|one| one.as_deref() == Some(name));
            match selects {
                true => {
                    let subject = super::schema_subject(self.old, choice);
                    draft.caused_by(&subject, &rules::CHOICE_DISCRIMINATOR_CHANGED).raises()
                }
                false => draft,
            }
        })
    }

    /// Returns `true` if the path of every old request with the schema as its body contains a value of that name.
    fn bound(&self, schema: &str, field: &str) -> bool {
        // Google's services take such a property from the path. Elsewhere, the two only have the same name.
        if self.new.third_party {
            return false;
        }
        let touch = self.old_reach.schema(schema);
        let all = self.methods.names(&touch.request).all(|name| {
            self.old.methods.get(name).is_some_and(|method| {
                let body = method.request.as_ref().map(|ty| self.old.resolve(ty));
                let direct = matches!(body, Some(Type::Schema(body)) if body == schema);
                direct && method.path.variables().any(|v| v.rsplit('.').next() == Some(field))
            })
        });
        all && !touch.request.is_empty()
    }

    /// Returns `true` if a schema is sent as a form alone, in a parameter or in XML, whose values are text.
    fn is_text(&self, schema: &str) -> bool {
        match self.old.schemas.get(schema).map(|schema| &schema.defined_in) {
            Some(DefinedIn::OtherBody { body, .. }) => return !body.ends_with("json"),
            Some(DefinedIn::Parameter { method, parameter }) => {
                let parameter = self.old.methods.get(method).and_then(|method| method.parameters.get(parameter));
                return parameter.is_some_and(|parameter| parameter.style != Style::Json);
            }
            _ => {}
        }
        let touch = self.old_reach.schema(schema);
        let is_form = |name: &str| {
            let method = self.old.methods.get(name);
            method.is_some_and(|method| {
                let kind = method.request_media_type.as_deref().unwrap_or_default();
                let body = method.request.as_ref().map(|ty| self.old.resolve(ty));
                (kind.starts_with("application/x-www-form-urlencoded") || kind.starts_with("multipart/"))
                    && matches!(body, Some(Type::Schema(body)) if body == schema)
            })
        };
        touch.response.is_empty() && !touch.request.is_empty() && self.methods.names(&touch.request).all(is_form)
    }

    pub(super) fn field(&mut self, pair: &Pair<'_>, old_name: &str, new_name: &str, unions: &Unions) {
        let (Some(a), Some(b)) = (pair.old.fields.get(old_name), pair.new.fields.get(new_name)) else {
            return;
        };
        // Fast path: nearly all properties are unchanged, in the document and in Rust.
        if pair.same_names && old_name == new_name && a == b && self.relation(&a.ty, &b.ty) == Relation::Same {
            return;
        }
        let place = self.field_place(pair, Some(old_name), Some(new_name));
        self.prose(&place, &a.doc, &b.doc);
        self.field_name(&place, (pair.old_name, old_name), (pair.new_name, new_name));
        let moved = self.membership(pair, &place, old_name, new_name, unions);
        if old_name != new_name {
            let rule = if moved.is_some() { &rules::UNION_MEMBER_RENAMED } else { &rules::PROPERTY_RENAMED };
            let after = format!("{}.properties.{new_name}", pair.place.subject);
            let message = format!("`{}` renamed to `{new_name}`", place.label);
            let group = GroupKey {
                key: format!("{old_name} → {new_name}"),
                rule,
                subject: format!("schemas.*.properties.{old_name}"),
                message: format!("`{old_name}` renamed to `{new_name}`, in {{n}} places{{owners}}"),
                least: 3,
            };
            let draft = Draft::new(rule, &place, message).values(place.subject.clone(), after);
            self.push(draft.unless_same_signature().group(group));
        }
        let relation = match self.is_text(pair.old_name) {
            true => self.text_relation(&a.ty, &b.ty),
            false => self.relation(&a.ty, &b.ty),
        };
        self.type_change(&place, relation, &a.ty, &b.ty);
        self.behavior(pair, &place, old_name, a, b);
        if a.deprecated != b.deprecated {
            let draft = match b.deprecated {
                true => Draft::new(&rules::PROPERTY_DEPRECATED, &place, format!("`{}` deprecated", place.label)),
                false => {
                    Draft::new(&rules::PROPERTY_UNDEPRECATED, &place, format!("`{}` no longer deprecated", place.label))
                }
            };
            self.push(draft.values(json!({"deprecated": a.deprecated}), json!({"deprecated": b.deprecated})));
        }
        self.field_constraints(&place, a, b);
    }

    /// Reports a changed type.
    pub(super) fn type_change(&mut self, place: &Place, relation: Relation, old: &Type, new: &Type) {
        let Some(rule) = relation.rule(!place.old.request.is_empty(), !place.old.response.is_empty()) else {
            return;
        };
        let (mut before, mut after) = (describe::ty(self.old, old), describe::ty(self.new, new));
        let content = |api: &Api, ty: &Type| -> Vec<String> {
            let shape = ty.schema().and_then(|name| api.shape(name));
            shape.iter().flat_map(|shape| shape.schemas(|_| true)).map(str::to_owned).collect()
        };
        let (mut lost, mut gained) = (Vec::new(), Vec::new());
        // A schema is shown by what it contains.
        let same = before == after;
        if same || before == place.label {
            (before, lost) = (describe::content(self.old, old), content(self.old, old));
        }
        if same || after == place.label {
            (after, gained) = (describe::content(self.new, new), content(self.new, new));
        }
        let difference = match relation {
            Relation::Reference(..) if rule != &rules::REFERENCE_CHANGED => self.difference(old, new),
            _ => None,
        };
        let difference = difference.map(|words| format!(" ({words})")).unwrap_or_default();
        let message = format!("`{}`: `{before}` → `{after}`{difference}", place.label);
        let mut draft = Draft::new(rule, place, message).values(before, after);
        // An enum and a choice may have one name, and are used in different ways.
        if is_choice(self.old, old) == is_choice(self.new, new) {
            draft = draft.unless_same_signature();
        }
        // A parameter that moved may have another type there.
        let draft = draft.caused_by(&place.subject, &rules::PARAMETER_RELOCATED).raises();
        // So may the elements of a list.
        let draft = draft.caused_by(&place.subject, &rules::FIRST_ITEMS_CHANGED);
        let draft = self.explained_by_statuses(draft, place);
        let draft = match self.reference_group(rule, relation, old, new) {
            Some(group) => draft.group(group),
            None => self.explaining_null(draft, old, new),
        };
        let draft = draft.no_longer_reached(old.schema()).newly_reached(new.schema());
        let draft = draft.no_longer_reached(lost.iter().map(String::as_str));
        self.push(draft.newly_reached(gained.iter().map(String::as_str)));
    }

    /// Lets elements of a list or map that may be `null`, or no longer, explain their schema, which states it.
    fn explaining_null<'d>(&self, draft: Draft<'d>, old: &Type, new: &Type) -> Draft<'d> {
        let (schema, verb) = match (element(old), element(new)) {
            (Some(Type::Schema(old)), Some(Type::Nullable(new))) if self.renames.schema(old) == new.schema() => {
                (old.as_str(), "may be")
            }
            (Some(Type::Nullable(old)), Some(Type::Schema(new))) => match old.schema() {
                Some(old) if self.renames.schema(old) == Some(new) => (old, "may no longer be"),
                _ => return draft,
            },
            _ => return draft,
        };
        let subject = super::schema_subject(self.old, schema);
        let group = GroupKey {
            key: format!("{schema} {verb} null"),
            rule: draft.rule,
            subject: format!("{subject}.*"),
            message: format!("elements of type `{schema}` {verb} `null`, in {{n}} places"),
            least: 2,
        };
        draft.explains(&subject, [&rules::VALUE_NULLABLE, &rules::VALUE_NOT_NULLABLE]).group(group)
    }

    /// Lets removed statuses explain a response that no longer has the types of their bodies.
    fn explained_by_statuses<'d>(&self, draft: Draft<'d>, place: &Place) -> Draft<'d> {
        let method = place.subject.strip_suffix(".response").unwrap_or_default();
        let old = method.strip_prefix("methods.").and_then(|name| self.old.methods.get(name));
        old.iter().flat_map(|old| old.responses.keys()).fold(draft, |draft, status| {
            draft.caused_by(&format!("{method}.responses.{status}"), &rules::SUCCESS_STATUS_REMOVED)
        })
    }

    /// Returns the group of all places that refer to one schema instead of another.
    fn reference_group(&self, rule: &'static Rule, relation: Relation, old: &Type, new: &Type) -> Option<GroupKey> {
        let named = |api: &Api, ty: &Type| -> Option<String> {
            let name = ty.schema()?;
            api.schemas.get(name).filter(|schema| !schema.is_inline()).map(|_| name.to_owned())
        };
        let (from, to) = (named(self.old, old), named(self.new, new));
        if !matches!(relation, Relation::Reference(..)) {
            // A schema in place of another type, or the reverse.
            let replaced = from.is_some() && new.schema().is_none() || to.is_some() && old.schema().is_none();
            let message = format!("`{}` → `{}`", describe::ty(self.old, old), describe::ty(self.new, new));
            return replaced.then(|| GroupKey {
                key: message.clone(),
                rule,
                subject: from.or(to).map(|name| format!("schemas.{name}.*")).unwrap_or_default(),
                message: format!("{message}, in {{n}} places"),
                least: 2,
            });
        }
        let message = match (&from, &to) {
            (Some(from), Some(to)) => format!("`{from}` → `{to}`"),
            (Some(from), None) => format!("`{from}` → types without a name"),
            (None, Some(to)) => format!("types without a name → `{to}`"),
            (None, None) => return None,
        };
        let subject = from.as_ref().or(to.as_ref()).map(|name| format!("schemas.{name}.*")).unwrap_or_default();
        let message = format!("{message}, in {{n}} places");
        Some(GroupKey { key: format!("{from:?} → {to:?}"), rule, subject, message, least: 2 })
    }

    fn behavior(&mut self, pair: &Pair<'_>, place: &Place, name: &str, a: &Field, b: &Field) {
        let is_sent = |field: &Field| !field.behavior.contains(&Behavior::OutputOnly);
        let required = |field: &Field| field.behavior.contains(&Behavior::Required);
        // Old clients sent the object without it.
        let place = &match is_sent(b) && !is_sent(a) {
            true => {
                let request = self.old_reach.schema(pair.old_name).request;
                Place { old: AffectedMethods { request, ..place.old.clone() }, ..place.clone() }
            }
            false => place.clone(),
        };
        let marks: [(Behavior, &'static Rule, &str, &'static Rule, &str); 4] = [
            (
                Behavior::Required,
                &rules::PROPERTY_REQUIRED,
                "becomes required",
                &rules::PROPERTY_OPTIONAL,
                "becomes optional",
            ),
            (
                Behavior::OutputOnly,
                &rules::PROPERTY_READ_ONLY,
                "becomes read-only",
                &rules::PROPERTY_WRITABLE,
                "is no longer read-only",
            ),
            (
                Behavior::InputOnly,
                &rules::PROPERTY_WRITE_ONLY,
                "becomes write-only",
                &rules::PROPERTY_READABLE,
                "is no longer write-only",
            ),
            (
                Behavior::Immutable,
                &rules::PROPERTY_IMMUTABLE,
                "becomes immutable",
                &rules::PROPERTY_MUTABLE,
                "is no longer immutable",
            ),
        ];
        // Requests that must not set a property need not have it.
        let in_responses = Place {
            old: AffectedMethods::response(place.old.response.clone()),
            new: AffectedMethods::response(place.new.response.clone()),
            ..place.clone()
        };
        for (mark, set, is_set, unset, is_unset) in marks {
            let place = if mark == Behavior::Required && !is_sent(b) { &in_responses } else { place };
            let (was, is) = (a.behavior.contains(&mark), b.behavior.contains(&mark));
            if was == is {
                continue;
            }
            let bound = set == &rules::PROPERTY_REQUIRED && is && self.bound(pair.old_name, name);
            // Google's documents mark requirements of requests: responses omit default values in any case.
            let guaranteed = mark == Behavior::Required && !self.new.is_google() && !place.old.response.is_empty();
            let (rule, words): (&'static Rule, _) = match is {
                false if guaranteed => (&rules::PROPERTY_NO_LONGER_GUARANTEED, is_unset),
                true if bound => {
                    (&rules::PROPERTY_REQUIRED_BOUND, "becomes required; old requests have it in the path")
                }
                true => (set, is_set),
                false if unset == &rules::PROPERTY_WRITABLE && required(a) && required(b) => {
                    (&rules::PROPERTY_REQUIRED, "is no longer read-only, so that requests must have it")
                }
                false => (unset, is_unset),
            };
            let value = |set: bool| json!({ mark.as_str(): set });
            let draft = Draft::new(rule, place, format!("`{}` {words}", place.label));
            // A property that requests can no longer set, or can set now, is required or not by that.
            let draft = match mark {
                Behavior::Required if is => draft.caused_by(&place.subject, &rules::PROPERTY_READ_ONLY),
                Behavior::OutputOnly if is => draft.no_longer_reached(a.ty.schema()),
                Behavior::OutputOnly => {
                    draft.newly_reached(b.ty.schema()).caused_by(&place.subject, &rules::PROPERTY_REQUIRED)
                }
                _ => draft,
            };
            self.push(draft.values(value(was), value(is)));
        }
        self.required_by(place, a, b);
    }

    /// Compares the methods that require the property; new methods may require any.
    fn required_by(&mut self, place: &Place, a: &Field, b: &Field) {
        let old: HashSet<&String> = a.required_by.iter().collect();
        let new: HashSet<&String> = b.required_by.iter().collect();
        let known = |id: &str| {
            let method = self.ids.get(id);
            method
                .filter(|name| self.renames.method(name, self.new).is_some())
                .and_then(|name| self.methods.index(name))
        };
        let sets: [(&'static Rule, _); 2] = [
            (&rules::PROPERTY_REQUIRED_BY, new.difference(&old)),
            (&rules::PROPERTY_NOT_REQUIRED_BY, old.difference(&new)),
        ];
        let mut found = Vec::new();
        for (rule, ids) in sets {
            let mut ids: Vec<&str> = ids.map(|id| id.as_str()).collect();
            ids.sort_unstable();
            let methods = ids.iter().filter_map(|id| known(id)).fold(MethodSet::default(), |mut set, index| {
                set.insert(index);
                set
            });
            if !methods.is_empty() {
                found.push((rule, AffectedMethods::request(methods), ids.join(", ")));
            }
        }
        for (rule, touch, ids) in found {
            let place = Place { old: touch.clone(), new: touch, ..place.clone() };
            let (message, was, is) = match rule {
                rule if rule == &rules::PROPERTY_REQUIRED_BY => {
                    (format!("`{}` becomes required by `{ids}`", place.label), json!([]), json!([ids]))
                }
                _ => (format!("`{}` is no longer required by `{ids}`", place.label), json!([ids]), json!([])),
            };
            self.push(Draft::new(rule, &place, message).values(was, is));
        }
    }
}

/// Returns the type of the elements of a list or map within others.
fn element(ty: &Type) -> Option<&Type> {
    match ty {
        Type::List(inner) | Type::Map(inner) => Some(element(inner).unwrap_or(inner)),
        _ => None,
    }
}

/// Returns `true` for a choice, or for lists and maps of one.
fn is_choice(api: &Api, ty: &Type) -> bool {
    let name = api.resolve(ty).schema();
    name.and_then(|name| api.schemas.get(name)).is_some_and(|schema| matches!(schema.shape, Shape::OneOf(_)))
}
