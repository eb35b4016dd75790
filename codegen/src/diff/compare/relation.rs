//! Relation of two types: compatibility of old clients, which encode or decode the old type, with the new type.

use super::Comparison;
use super::constraints::changes;
use super::scalars::{one_number_is_text, scalars};
use crate::diff::rules::{self, Rule};
use crate::diff::verdict::WireCompatibility;
use crate::model::{Api, Behavior, Enumeration, Field, Message, OneOf, Schema, Shape, Type};
use std::collections::{HashMap, HashSet};

/// Verdicts for requests and for responses.
type Verdicts = (WireCompatibility, WireCompatibility);

const SAFE: Verdicts = (WireCompatibility::Safe, WireCompatibility::Safe);
const BREAKING: Verdicts = (WireCompatibility::Breaking, WireCompatibility::Breaking);

/// Largest number of pairs of types that are compared; of more, the worst is assumed.
const MOST_PAIRS: usize = 1_000_000;
/// Largest number of properties of messages that are compared; of more, the worst is assumed.
const MOST_FIELDS: usize = 20_000_000;
/// Largest number of declared types within each other that are compared.
const MOST_NESTED: usize = 200;

/// Relation of a new type to an old one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Relation {
    /// Same type. Changes within it are reported where it is declared.
    Same,
    /// Types that differ according to this rule.
    Rule(&'static Rule),
    /// Declared types with different names, with these verdicts.
    Reference(WireCompatibility, WireCompatibility),
}

impl Relation {
    /// Returns the rule of a change of a type that old clients send, receive or both.
    pub(super) fn rule(self, sends: bool, receives: bool) -> Option<&'static Rule> {
        match self {
            Relation::Same => None,
            Relation::Rule(rule) => Some(rule),
            Relation::Reference(request, response) => {
                let request = if sends { request } else { WireCompatibility::Safe };
                let response = if receives { response } else { WireCompatibility::Safe };
                Some(match request.max(response) {
                    WireCompatibility::Safe => &rules::REFERENCE_CHANGED,
                    WireCompatibility::Risky => &rules::REFERENCE_CHANGED_RISKY,
                    WireCompatibility::Breaking => &rules::REFERENCE_CHANGED_BREAKING,
                })
            }
        }
    }

    fn verdicts(self) -> Verdicts {
        match self {
            Relation::Same => SAFE,
            Relation::Rule(rule) => (rule.request, rule.response),
            Relation::Reference(request, response) => (request, response),
        }
    }
}

/// Relations of declared types that were found, and those that are being found.
#[derive(Default)]
pub(super) struct Relations {
    found: HashMap<(Type, Type), Relation>,
    /// Pairs that contain the one being compared, with the number of pairs around each.
    open: HashMap<(Type, Type), usize>,
    /// Number of pairs around the outermost open pair that a relation was based on since this was reset.
    outermost: Option<usize>,
    /// Number of pairs that were compared.
    compared: usize,
    /// Number of properties that were compared.
    fields: usize,
}

impl Comparison<'_> {
    pub(super) fn relation(&self, old: &Type, new: &Type) -> Relation {
        self.relate(old, new, &mut self.relations.borrow_mut())
    }

    /// Relates the shapes of two declared types, even if one is the other under the same name.
    pub(super) fn shape_relation(&self, old: &Type, new: &Type) -> Relation {
        let relations = &mut self.relations.borrow_mut();
        match (one_of(self.old, old), one_of(self.new, new)) {
            (None, None) => match (self.old.resolve(old), self.new.resolve(new)) {
                (Type::Schema(old), Type::Schema(new)) => {
                    let (request, response) = self.judge(old, new, relations);
                    Relation::Reference(request, response)
                }
                (old, new) => self.relate(old, new, relations),
            },
            (old_one_of, new_one_of) => {
                match self.judge_alternatives((old, old_one_of), (new, new_one_of), relations) {
                    (WireCompatibility::Safe, WireCompatibility::Safe) => Relation::Rule(&rules::REFERENCE_CHANGED),
                    (WireCompatibility::Safe, _) => Relation::Rule(&rules::TYPE_WIDENED),
                    (_, WireCompatibility::Safe) => Relation::Rule(&rules::TYPE_NARROWED),
                    _ => Relation::Rule(&rules::TYPE_CHANGED),
                }
            }
        }
    }

    /// Relates two types. A type within itself is as compatible as the rest of it.
    pub(super) fn relate(&self, old: &Type, new: &Type, relations: &mut Relations) -> Relation {
        if old.schema().is_none() && new.schema().is_none() {
            return self.relate_anew(old, new, relations);
        }
        let pair = (old.clone(), new.clone());
        if let Some(known) = relations.found.get(&pair) {
            return *known;
        }
        let around = relations.open.len();
        if let Some(open) = relations.open.get(&pair) {
            relations.outermost = Some(relations.outermost.map_or(*open, |outermost| outermost.min(*open)));
            return Relation::Reference(WireCompatibility::Safe, WireCompatibility::Safe);
        }
        relations.compared = relations.compared.saturating_add(1);
        if relations.compared > MOST_PAIRS || around > MOST_NESTED {
            return Relation::Reference(WireCompatibility::Breaking, WireCompatibility::Breaking);
        }
        relations.open.insert(pair.clone(), around);
        let outer = relations.outermost.take();
        let relation = self.relate_anew(old, new, relations);
        relations.open.remove(&pair);
        // A relation that is based on one around it is final only together with that one.
        let inner = relations.outermost.filter(|outermost| *outermost < around);
        if inner.is_none() || relation.verdicts() == BREAKING {
            relations.found.insert(pair, relation);
        }
        relations.outermost = inner.into_iter().chain(outer).min();
        relation
    }

    fn relate_anew(&self, old: &Type, new: &Type, relations: &mut Relations) -> Relation {
        use Relation::{Reference, Same};
        if let (Type::Schema(a), Type::Schema(b)) = (old, new)
            && self.renames.schema(a) == Some(b)
        {
            return Same;
        }
        let (old, new) = (self.old.resolve(old), self.new.resolve(new));
        if let (Type::Schema(a), Type::Schema(b)) = (old, new)
            && self.renames.schema(a) == Some(b)
        {
            // An alias in between has no name in Rust.
            return Same;
        }
        match (old, new) {
            (Type::Any, _) | (_, Type::Any) => {}
            (Type::Nullable(a), Type::Nullable(b)) => return self.relate(a, b, relations),
            (a, Type::Nullable(b)) => {
                return Relation::Rule(match self.relate(a, b, relations).verdicts() {
                    (WireCompatibility::Safe, _) => &rules::TYPE_WIDENED,
                    _ => &rules::TYPE_CHANGED,
                });
            }
            (Type::Nullable(a), b) => {
                return Relation::Rule(match self.relate(a, b, relations).verdicts() {
                    (_, WireCompatibility::Safe) => &rules::TYPE_NARROWED,
                    _ => &rules::TYPE_CHANGED,
                });
            }
            _ => {}
        }
        match (one_of(self.old, old), one_of(self.new, new)) {
            (None, None) => {}
            (old_one_of, new_one_of) => {
                let (sends, receives) = self.judge_alternatives((old, old_one_of), (new, new_one_of), relations);
                return match (old, new) {
                    (Type::Schema(_), Type::Schema(_)) if old_one_of.is_some() == new_one_of.is_some() => {
                        Reference(sends, receives)
                    }
                    _ => Relation::Rule(match (sends, receives) {
                        // One of the types includes the others.
                        (WireCompatibility::Safe, WireCompatibility::Safe) => &rules::REFERENCE_CHANGED,
                        (WireCompatibility::Safe, _) => &rules::TYPE_WIDENED,
                        (_, WireCompatibility::Safe) => &rules::TYPE_NARROWED,
                        _ if matches!(new, Type::Any) => &rules::TYPE_OPENED,
                        _ if matches!(old, Type::Any) => &rules::TYPE_CLOSED,
                        _ => &rules::TYPE_CHANGED,
                    }),
                };
            }
        }
        match (old, new) {
            (Type::Schema(a), Type::Schema(b)) => {
                let (request, response) = self.judge(a, b, relations);
                Reference(request, response)
            }
            (a, b) if a == b => Same,
            (Type::Timestamp | Type::DateTime, Type::Timestamp | Type::DateTime) => Same,
            (Type::List(a), Type::List(b)) | (Type::Map(a), Type::Map(b)) => self.relate(a, b, relations),
            (Type::Schema(a), Type::String) if is_enum(self.old, a) => Relation::Rule(&rules::ENUM_OPENED_TO_TEXT),
            (Type::String, Type::Schema(b)) if is_enum(self.new, b) => Relation::Rule(&rules::ENUM_CLOSED_OVER_TEXT),
            (Type::Any, _) => Relation::Rule(&rules::TYPE_CLOSED),
            (_, Type::Any) => Relation::Rule(&rules::TYPE_OPENED),
            (Type::Object, b) if is_object(self.new, b) => Relation::Rule(&rules::TYPE_CLOSED),
            (a, Type::Object) if is_object(self.old, a) => Relation::Rule(&rules::TYPE_OPENED),
            // `{}` is a map of anything.
            (Type::Schema(a), Type::Map(_)) if is_empty(self.old, a) => Relation::Rule(&rules::TYPE_WIDENED),
            (Type::Map(_), Type::Schema(b)) if is_empty(self.new, b) => Relation::Rule(&rules::TYPE_NARROWED),
            _ if self.like_map(old, new, relations) => Relation::Rule(&rules::REFERENCE_CHANGED_RISKY),
            (Type::List(_), _) | (_, Type::List(_)) => Relation::Rule(&rules::LIST_CHANGED),
            (Type::Map(_) | Type::Object, _) | (_, Type::Map(_) | Type::Object) => Relation::Rule(&rules::MAP_CHANGED),
            // In protobuf's JSON mapping, a number may be a string. Other services distinguish them.
            (a, b) if self.new.third_party && one_number_is_text(a, b) => Relation::Rule(&rules::TYPE_CHANGED),
            (a, b) => Relation::Rule(scalars(a, b)),
        }
    }

    /// Judges types of which at least one is a choice: requests are safe if the new type accepts every old
    /// alternative, responses are safe if the old one knows every new alternative. A choice that gains alternatives
    /// keeps values that it does not know.
    fn judge_alternatives(
        &self,
        (old, old_one_of): (&Type, Option<&OneOf>),
        (new, new_one_of): (&Type, Option<&OneOf>),
        relations: &mut Relations,
    ) -> Verdicts {
        let list = |ty: &Type, one_of: Option<&OneOf>| -> Vec<Type> {
            one_of.map_or_else(
                || vec![ty.clone()],
                |one_of| one_of.alternatives.iter().map(|one| one.ty.clone()).collect(),
            )
        };
        let (old_types, new_types) = (list(old, old_one_of), list(new, new_one_of));
        if old_types.len().saturating_mul(new_types.len()) > MOST_PAIRS {
            return BREAKING;
        }
        let mut verdict = |from: &[Type], to: &[Type], forward: bool| {
            let mut worst = WireCompatibility::Safe;
            for a in from {
                let mut best = WireCompatibility::Breaking;
                for b in to {
                    let relation = if forward { self.relate(a, b, relations) } else { self.relate(b, a, relations) };
                    let (request, response) = relation.verdicts();
                    best = best.min(if forward { request } else { response });
                }
                worst = worst.max(best);
            }
            worst
        };
        let requests = verdict(&old_types, &new_types, true);
        let responses = verdict(&new_types, &old_types, false);
        (requests, responses)
    }

    /// Returns the verdicts for declared types with different names.
    fn judge(&self, old: &str, new: &str, relations: &mut Relations) -> Verdicts {
        let (Some(a), Some(b)) = (self.old.schemas.get(old), self.new.schemas.get(new)) else {
            return BREAKING;
        };
        let shapes = match (&a.shape, &b.shape) {
            (Shape::Message(a), Shape::Message(b)) => self.judge_messages(a, b, relations),
            (Shape::Enum(a), Shape::Enum(b)) => judge_enums(a, b),
            _ => BREAKING,
        };
        worse(shapes, judge_constraints(a, b))
    }

    /// Judges messages by the rules of changes within them.
    fn judge_messages(&self, old: &Message, new: &Message, relations: &mut Relations) -> Verdicts {
        let fields = old.fields.len().saturating_add(new.fields.len());
        relations.fields = relations.fields.saturating_add(fields);
        if relations.fields > MOST_FIELDS {
            return BREAKING;
        }
        let mut verdicts = SAFE;
        // Messages without any property in common are nothing that a client could decode; one without any is empty.
        if !old.fields.is_empty()
            && !new.fields.is_empty()
            && !new.fields.keys().any(|name| old.fields.contains_key(name))
        {
            verdicts = (WireCompatibility::Safe, WireCompatibility::Breaking);
        }
        if old.closed != new.closed {
            verdicts =
                worse(verdicts, verdicts_of(if new.closed { &rules::OBJECT_CLOSED } else { &rules::OBJECT_OPENED }));
        }
        for (name, field) in &old.fields {
            let change = match new.fields.get(name) {
                // Old clients do not send a property that only responses had.
                Some(other) if is_marked(field, Behavior::OutputOnly) && !is_marked(other, Behavior::OutputOnly) => {
                    let (_, response) = self.judge_fields(field, other, relations);
                    let required = is_marked(other, Behavior::Required);
                    (if required { rules::PROPERTY_REQUIRED.request } else { WireCompatibility::Safe }, response)
                }
                Some(other) => carried(self.judge_fields(field, other, relations), field),
                None => carried(verdicts_of(&rules::PROPERTY_REMOVED), field),
            };
            verdicts = worse(verdicts, change);
        }
        for (name, field) in new.fields.iter().filter(|(name, _)| !old.fields.contains_key(*name)) {
            let required = is_marked(field, Behavior::Required) && !old.undeclared.contains(name);
            let rule = match (required, &field.constraints.default) {
                (true, None) => &rules::REQUIRED_PROPERTY_ADDED,
                (true, Some(_)) => &rules::REQUIRED_PROPERTY_WITH_DEFAULT_ADDED,
                (false, _) => &rules::PROPERTY_ADDED,
            };
            verdicts = worse(verdicts, carried(verdicts_of(rule), field));
        }
        if new.undeclared.iter().any(|name| !old.undeclared.contains(name) && !old.fields.contains_key(name)) {
            verdicts = worse(verdicts, verdicts_of(&rules::REQUIRED_NAME_ADDED));
        }
        if old.undeclared.iter().any(|name| !new.undeclared.contains(name) && !new.fields.contains_key(name)) {
            verdicts = worse(verdicts, verdicts_of(&rules::REQUIRED_NAME_REMOVED));
        }
        match (&old.additional, &new.additional) {
            (Some(a), Some(b)) => worse(verdicts, self.relate(a, b, relations).verdicts()),
            (Some(_), None) => worse(verdicts, verdicts_of(&rules::ADDITIONAL_PROPERTIES_REMOVED)),
            (None, Some(_)) => worse(verdicts, verdicts_of(&rules::ADDITIONAL_PROPERTIES_ADDED)),
            (None, None) => verdicts,
        }
    }

    fn judge_fields(&self, old: &Field, new: &Field, relations: &mut Relations) -> Verdicts {
        let mut verdicts = self.relate(&old.ty, &new.ty, relations).verdicts();
        for change in self.value_constraint_changes((&old.ty, &old.constraints), (&new.ty, &new.constraints)) {
            verdicts = worse(verdicts, verdicts_of(change.rule));
        }
        // Google's documents mark requirements of requests: responses omit default values in any case.
        let optional = match self.new.is_google() {
            true => &rules::PROPERTY_OPTIONAL,
            false => &rules::PROPERTY_NO_LONGER_GUARANTEED,
        };
        for (mark, set, unset) in [
            (Behavior::Required, &rules::PROPERTY_REQUIRED, optional),
            (Behavior::OutputOnly, &rules::PROPERTY_READ_ONLY, &rules::PROPERTY_WRITABLE),
            (Behavior::InputOnly, &rules::PROPERTY_WRITE_ONLY, &rules::PROPERTY_READABLE),
            (Behavior::Immutable, &rules::PROPERTY_IMMUTABLE, &rules::PROPERTY_MUTABLE),
        ] {
            match (is_marked(old, mark), is_marked(new, mark)) {
                (false, true) => verdicts = worse(verdicts, verdicts_of(set)),
                (true, false) => verdicts = worse(verdicts, verdicts_of(unset)),
                _ => {}
            }
        }
        verdicts
    }
}

fn verdicts_of(rule: &Rule) -> Verdicts {
    (rule.request, rule.response)
}

fn worse(one: Verdicts, other: Verdicts) -> Verdicts {
    (one.0.max(other.0), one.1.max(other.1))
}

fn is_marked(field: &Field, mark: Behavior) -> bool {
    field.behavior.contains(&mark)
}

/// Returns the verdicts of a change of a property for the directions in which the property is carried.
fn carried((request, response): Verdicts, field: &Field) -> Verdicts {
    let safe = WireCompatibility::Safe;
    (
        if is_marked(field, Behavior::OutputOnly) { safe } else { request },
        if is_marked(field, Behavior::InputOnly) { safe } else { response },
    )
}

fn judge_enums(old: &Enumeration, new: &Enumeration) -> Verdicts {
    let names = |of: &Enumeration| of.values.iter().map(|value| value.name.clone()).collect::<HashSet<String>>();
    let (old, new) = (names(old), names(new));
    if old.is_disjoint(&new) {
        return BREAKING;
    }
    let removed = if old.is_subset(&new) { SAFE } else { verdicts_of(&rules::ENUM_VALUE_REMOVED) };
    let added = if new.is_subset(&old) { SAFE } else { verdicts_of(&rules::ENUM_VALUE_ADDED) };
    worse(removed, added)
}

/// Judges the constraints that schemas state themselves.
fn judge_constraints(old: &Schema, new: &Schema) -> Verdicts {
    changes(&old.constraints, &new.constraints)
        .iter()
        .fold(SAFE, |verdicts, change| worse(verdicts, verdicts_of(change.rule)))
}

fn one_of<'a>(api: &'a Api, ty: &Type) -> Option<&'a OneOf> {
    match ty {
        Type::Schema(name) => match api.schemas.get(name).map(|schema| &schema.shape) {
            Some(Shape::OneOf(one_of)) => Some(one_of),
            _ => None,
        },
        _ => None,
    }
}

fn is_enum(api: &Api, name: &str) -> bool {
    api.schemas.get(name).is_some_and(|schema| matches!(schema.shape, Shape::Enum(_)))
}

/// Returns `true` for an object that has no property.
fn is_empty(api: &Api, name: &str) -> bool {
    match api.shape(name) {
        Some(Shape::Message(message)) => message.closed && message.fields.is_empty() && message.additional.is_none(),
        _ => false,
    }
}

fn is_object(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Map(_) => true,
        Type::Schema(name) => api.schemas.get(name).is_some_and(|s| matches!(s.shape, Shape::Message(_))),
        _ => false,
    }
}
