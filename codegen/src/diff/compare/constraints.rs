//! Comparison of constraints of a property, parameter or type.

use super::values::{accepts, are_disjoint, enum_values};
use super::{Comparison, Draft, Place};
use crate::diff::rules::{self, Rule};
use crate::diff::verdict::Bump;
use crate::model::{AlternativeConstraints, Api, Bound, Constraints, Field, Int, Shape, Type, compare_numbers};
use crate::rust::rust_type::has_null_setter;
use serde_json::{Value, json};
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashSet};

/// Rules of a limit: added, lowered, raised, removed.
type LimitRules = [&'static Rule; 4];

const MINIMUM: LimitRules =
    [&rules::MINIMUM_ADDED, &rules::MINIMUM_LOWERED, &rules::MINIMUM_RAISED, &rules::MINIMUM_REMOVED];
const MAXIMUM: LimitRules =
    [&rules::MAXIMUM_ADDED, &rules::MAXIMUM_LOWERED, &rules::MAXIMUM_RAISED, &rules::MAXIMUM_REMOVED];
const MIN_SIZE: LimitRules =
    [&rules::MIN_SIZE_ADDED, &rules::MIN_SIZE_LOWERED, &rules::MIN_SIZE_RAISED, &rules::MIN_SIZE_REMOVED];
const MAX_SIZE: LimitRules =
    [&rules::MAX_SIZE_ADDED, &rules::MAX_SIZE_LOWERED, &rules::MAX_SIZE_RAISED, &rules::MAX_SIZE_REMOVED];

/// Change of one constraint.
pub(super) struct ConstraintChange {
    pub(super) rule: &'static Rule,
    /// Keyword of JSON Schema.
    key: &'static str,
    old: Value,
    new: Value,
    /// Steps from the place to the constrained value.
    steps: Vec<Step>,
}

/// Step to a value within another.
#[derive(Clone)]
enum Step {
    /// The elements of a list, or the values of a map.
    Items,
    /// An alternative of a choice, by its kind.
    Alternative(String),
}

impl Comparison<'_> {
    /// Compares the constraints of values of two types. Constraints of the types themselves are compared where they are
    /// declared, unless another type is referenced.
    pub(super) fn value_constraints(&mut self, place: &Place, old: (&Type, &Constraints), new: (&Type, &Constraints)) {
        let changes = self.value_constraint_changes(old, new);
        self.push_constraints(place, changes, false);
    }

    /// Returns the changes that [`Self::value_constraints`] reports.
    pub(super) fn value_constraint_changes(
        &self,
        old: (&Type, &Constraints),
        new: (&Type, &Constraints),
    ) -> Vec<ConstraintChange> {
        let same = matches!((old.0.schema(), new.0.schema()), (Some(a), Some(b)) if self.renames.schema(a) == Some(b));
        let named = |ty: &Type| ty.schema().and_then(|name| self.old.schemas.get(name)).is_some_and(|s| !s.is_inline());
        let (from, to) = match (same, old.1 == new.1) {
            (true, true) => return Vec::new(),
            // Changes within a named type are reported where it is declared.
            (true, false) if named(old.0) => (effective(self.old, old), effective(self.old, (old.0, new.1))),
            (true, false) => (old.1.clone(), new.1.clone()),
            (false, _) => (effective(self.old, old), effective(self.new, new)),
        };
        let mut changes = changes(&plain(self.old, old.0, from), &plain(self.new, new.0, to));
        // Old clients send no other values than those of an enum that became text.
        if let Some(sent) = enum_values(self.old, old.0).filter(|_| enum_values(self.new, new.0).is_none()) {
            changes.retain(|change| !accepts(change.key, &change.new, &sent));
        }
        changes
    }

    /// Compares the constraints of a property.
    pub(super) fn field_constraints(&mut self, place: &Place, old: &Field, new: &Field) {
        let changes = self.value_constraint_changes((&old.ty, &old.constraints), (&new.ty, &new.constraints));
        let sets_null = has_null_setter(self.old, old) != has_null_setter(self.new, new);
        self.push_constraints(place, changes, sets_null);
    }

    /// Compares the constraints of a declared type.
    pub(super) fn schema_constraints(&mut self, place: &Place, name: &str, old: &Constraints, new: &Constraints) {
        let is_any = *self.old.resolve(&Type::Schema(name.to_owned())) == Type::Any;
        self.push_constraints(place, changes(old, new), self.property_types.contains(name) && !is_any);
    }

    /// Compares the constraints of one value.
    pub(super) fn constraints(&mut self, place: &Place, old: &Constraints, new: &Constraints) {
        self.push_constraints(place, changes(old, new), false);
    }

    /// Reports changes. `sets_null` is true for those of properties that have a setter of `null` in the revision in which
    /// they may be `null`.
    fn push_constraints(&mut self, place: &Place, changes: Vec<ConstraintChange>, sets_null: bool) {
        for ConstraintChange { rule, key, old, new, steps } in changes {
            let has_setter = sets_null && key == "nullable" && steps.is_empty();
            let mut part = place.clone();
            for step in steps {
                part = match step {
                    Step::Items => Place { label: format!("{}[]", part.label), ..part.part("items") },
                    Step::Alternative(kind) => {
                        let label = format!("{} ({kind})", part.label);
                        Place { label, ..part.part(&format!("alternatives.{kind}")) }
                    }
                };
            }
            fn text(value: &Value) -> String {
                match value {
                    Value::String(text) => text.replace('`', "'"),
                    Value::Array(values) => values.iter().map(text).collect::<Vec<_>>().join(", "),
                    other => other.to_string(),
                }
            }
            let label = &part.label;
            let message = match (&old, &new) {
                (Value::Null, new) => format!("`{label}`: {key} `{}` added", text(new)),
                (old, Value::Null) => format!("`{label}`: {key} `{}` removed", text(old)),
                (old, new) => format!("`{label}`: {key} `{}` → `{}`", text(old), text(new)),
            };
            let mut draft = Draft::new(rule, &part, message);
            if [&rules::VALUE_NULLABLE, &rules::VALUE_NOT_NULLABLE].contains(&rule) {
                draft = if has_setter { draft.raises() } else { draft.in_rust(Bump::Patch) };
            }
            // A property that need not be set need not have a value either.
            if key == "nullable" {
                draft = draft.caused_by_any(&part.subject, rules::presence());
            }
            // A changed type explains its other constraints, and other kinds of elements at a position their type.
            let subjects = [&place.subject, &part.subject];
            for subject in subjects.into_iter().filter(|_| rule != &rules::FIRST_ITEMS_CHANGED) {
                draft = draft.caused_by_any(subject, rules::types());
            }
            // Both revisions contain the constrained value, so that a removed constraint is a change of both.
            self.push(draft.values(json!({ key: old }), json!({ key: new })));
        }
    }
}

/// Returns the schemas that are types of properties.
pub(super) fn property_types(api: &Api) -> HashSet<&str> {
    let messages = api.schemas.values().filter_map(|schema| match &schema.shape {
        Shape::Message(message) => Some(message),
        _ => None,
    });
    messages.flat_map(|message| message.fields.values()).filter_map(|field| field.ty.schema()).collect()
}

/// Compares constraints.
pub(super) fn changes(old: &Constraints, new: &Constraints) -> Vec<ConstraintChange> {
    let mut found = Changes::default();
    found.compare(old, new);
    found.changes
}

/// Changes found so far.
#[derive(Default)]
pub(super) struct Changes {
    changes: Vec<ConstraintChange>,
    steps: Vec<Step>,
}

impl Changes {
    fn compare(&mut self, old: &Constraints, new: &Constraints) {
        if old == new {
            return;
        }
        // Any text matches these.
        let limits = |pattern: &&String| !matches!(pattern.as_str(), "" | ".*" | "^" | "$");
        let pattern = |of: &Constraints| of.pattern.as_ref().filter(limits).cloned();
        let (old_pattern, new_pattern) = (pattern(old), pattern(new));
        let texts = [
            (
                "default",
                &old.default,
                &new.default,
                [&rules::DEFAULT_ADDED, &rules::DEFAULT_CHANGED, &rules::DEFAULT_REMOVED],
            ),
            (
                "pattern",
                &old_pattern,
                &new_pattern,
                [&rules::PATTERN_ADDED, &rules::PATTERN_CHANGED, &rules::PATTERN_REMOVED],
            ),
            (
                "format",
                &old.format,
                &new.format,
                [&rules::VALUE_FORMAT_ADDED, &rules::VALUE_FORMAT_CHANGED, &rules::VALUE_FORMAT_REMOVED],
            ),
        ];
        for (key, old, new, [added, changed, removed]) in texts {
            let rule = match (old, new) {
                (None, Some(_)) => added,
                (Some(_), None) => removed,
                (Some(a), Some(b)) if key == "pattern" && are_disjoint(a, b) => &rules::PATTERN_REPLACED,
                (Some(a), Some(b)) if a != b => changed,
                _ => continue,
            };
            self.push(rule, key, json!(old), json!(new));
        }
        self.number_bound("minimum", MINIMUM, &old.minimum, &new.minimum, 1.0);
        self.number_bound("maximum", MAXIMUM, &old.maximum, &new.maximum, -1.0);
        self.multiple_of(old, new);
        let sizes = [
            ("minLength", MIN_SIZE, old.min_length, new.min_length),
            ("maxLength", MAX_SIZE, old.max_length, new.max_length),
            ("minItems", MIN_SIZE, old.min_items, new.min_items),
            ("maxItems", MAX_SIZE, old.max_items, new.max_items),
            ("minProperties", MIN_SIZE, old.min_properties, new.min_properties),
            ("maxProperties", MAX_SIZE, old.max_properties, new.max_properties),
        ];
        for (key, rules, old, new) in sizes {
            // Sizes are not negative.
            let (old, new) =
                if rules == MIN_SIZE { (old.filter(|n| *n > 0), new.filter(|n| *n > 0)) } else { (old, new) };
            let order = old.zip(new).map(|(old, new)| new.cmp(&old));
            self.limit(key, rules, json!(old), json!(new), order);
        }
        let flags = [
            (
                "uniqueItems",
                old.unique_items,
                new.unique_items,
                &rules::UNIQUE_ITEMS_ADDED,
                &rules::UNIQUE_ITEMS_REMOVED,
            ),
            ("nullable", old.nullable, new.nullable, &rules::VALUE_NULLABLE, &rules::VALUE_NOT_NULLABLE),
        ];
        for (key, old, new, set, unset) in flags {
            if old != new {
                self.push(if new { set } else { unset }, key, json!(old), json!(new));
            }
        }
        // In documents of OpenAPI 3.0, many nullable enums do not list it.
        if old.lists_null == Some(true) && new.lists_null == Some(false) {
            self.push(&rules::VALUE_NOT_NULLABLE, "enum", json!("null"), Value::Null);
        }
        self.allowed_values(&old.values, &new.values);
        self.known_values(&old.known_values, &new.known_values);
        self.presence(old, new);
        for key in old.unread.keys().chain(new.unread.keys()).collect::<BTreeSet<_>>() {
            let (old, new) = (old.unread.get(key), new.unread.get(key));
            // These accept values that other keywords reject: properties of a closed object, lists without an element.
            let widens = *key == "patternProperties" || *key == "minContains";
            let rule = match (old, new) {
                (None, Some(_)) if !widens => &rules::OTHER_CONSTRAINT_ADDED,
                (Some(_), None) if !widens => &rules::OTHER_CONSTRAINT_REMOVED,
                (old, new) if old != new => &rules::OTHER_CONSTRAINT_CHANGED,
                _ => continue,
            };
            self.push(rule, key, json!(old), json!(new));
        }
        self.first_items(&old.first_items, &new.first_items);
        // Elements at other positions are other elements.
        let same_positions = old.first_items == new.first_items;
        if old.items != new.items && (same_positions || old.first_items.is_empty() || new.first_items.is_empty()) {
            let none = Constraints::default();
            self.steps.push(Step::Items);
            self.compare(old.items.as_deref().unwrap_or(&none), new.items.as_deref().unwrap_or(&none));
            self.steps.pop();
        }
        if old.alternatives != new.alternatives {
            self.alternatives(&old.alternatives, &new.alternatives);
        }
    }

    /// Compares the kinds of the first elements of a list.
    fn first_items(&mut self, old: &[String], new: &[String]) {
        let kinds = |items: &[String]| items.iter().cloned().collect::<BTreeSet<_>>();
        let rule = match (old, new) {
            _ if old == new => return,
            // Further elements had any type.
            _ if new.starts_with(old) => &rules::OTHER_CONSTRAINT_ADDED,
            _ if old.starts_with(new) => &rules::OTHER_CONSTRAINT_REMOVED,
            _ if kinds(old) == kinds(new) || other_kind(old, new) => &rules::FIRST_ITEMS_CHANGED,
            // Other kinds are another type.
            _ => return,
        };
        let value = |items: &[String]| if items.is_empty() { Value::Null } else { json!(items) };
        self.push(rule, "prefixItems", value(old), value(new));
    }

    /// Compares alternatives of the same kind, in their order. Those of a kind that only one choice has are part of the
    /// type.
    fn alternatives(&mut self, old: &[AlternativeConstraints], new: &[AlternativeConstraints]) {
        let kinds: BTreeSet<&String> = old.iter().chain(new).map(|one| &one.kind).collect();
        for kind in kinds {
            let (mut was, mut is): (Vec<&AlternativeConstraints>, Vec<&AlternativeConstraints>) =
                (of_kind(old, kind), of_kind(new, kind));
            if was.is_empty() || is.is_empty() {
                continue;
            }
            // Constraints of a schema that both refer to are reported where it is declared.
            let same = |a: &AlternativeConstraints, b: &AlternativeConstraints| match (&a.schema, &b.schema) {
                (Some(a), Some(b)) => a == b,
                _ => a.constraints == b.constraints,
            };
            was.retain(|a| match is.iter().position(|b| same(a, b)) {
                Some(at) => {
                    is.remove(at);
                    false
                }
                None => true,
            });
            self.steps.push(Step::Alternative(kind.clone()));
            if was.len() == is.len() {
                for (was, is) in was.iter().zip(&is) {
                    self.compare(&was.constraints, &is.constraints);
                }
            } else {
                // More alternatives of a kind accept more values of it.
                let counts = |all: &[AlternativeConstraints]| json!(of_kind(all, kind).len());
                let rule = match was.len() < is.len() {
                    true => &rules::ALTERNATIVES_ADDED,
                    false => &rules::ALTERNATIVES_REMOVED,
                };
                self.push(rule, "alternatives", counts(old), counts(new));
            }
            self.steps.pop();
        }
    }

    /// Compares bounds. `inward` is the sign of the direction that makes the range smaller.
    fn number_bound(
        &mut self,
        key: &'static str,
        rules: LimitRules,
        old: &Option<Bound>,
        new: &Option<Bound>,
        inward: f64,
    ) {
        let text = |bound: &Option<Bound>| match bound {
            Some(Bound { value, exclusive: true }) => json!(format!("{value} (exclusive)")),
            bound => json!(bound.as_ref().map(|bound| &bound.value)),
        };
        let order = old.as_ref().zip(new.as_ref()).map(|(old, new)| {
            // An exclusive bound is stricter than an inclusive one of the same value.
            let inside = new.exclusive.cmp(&old.exclusive);
            compare_numbers(&new.value, &old.value).then(if inward > 0.0 { inside } else { inside.reverse() })
        });
        self.limit(key, rules, text(old), text(new), order);
    }

    /// Adds a limit that was added, removed, or moved in the given direction.
    fn limit(&mut self, key: &'static str, rules: LimitRules, old: Value, new: Value, order: Option<Ordering>) {
        let [added, lowered, raised, removed] = rules;
        let rule = match (order, old.is_null(), new.is_null()) {
            (Some(Ordering::Less), ..) => lowered,
            (Some(Ordering::Greater), ..) => raised,
            (None, true, false) => added,
            (None, false, true) => removed,
            _ => return,
        };
        self.push(rule, key, old, new);
    }

    fn multiple_of(&mut self, old: &Constraints, new: &Constraints) {
        let value = |of: &Constraints| of.multiple_of.as_deref().and_then(number).filter(|n| *n != 0.0);
        let rule = match (value(old), value(new)) {
            (None, Some(_)) => &rules::MULTIPLE_OF_ADDED,
            (Some(old), Some(new)) if old == new => return,
            // Multiples of ten are multiples of five.
            (Some(old), Some(new)) if is_multiple(old, new) => &rules::MULTIPLE_OF_RELAXED,
            (Some(_), Some(_)) => &rules::MULTIPLE_OF_CHANGED,
            (Some(_), None) => &rules::MULTIPLE_OF_RELAXED,
            (None, None) => return,
        };
        self.push(rule, "multipleOf", json!(old.multiple_of), json!(new.multiple_of));
    }

    fn allowed_values(&mut self, old: &[String], new: &[String]) {
        let (was, is): (HashSet<&String>, HashSet<&String>) = (old.iter().collect(), new.iter().collect());
        let removed = !was.is_subset(&is);
        let added = !is.is_subset(&was);
        let mut found: Vec<&'static Rule> = Vec::new();
        match (old, new) {
            ([], []) => {}
            ([], _) => found.push(&rules::ALLOWED_VALUES_ADDED),
            (_, []) => found.push(&rules::ALLOWED_VALUES_REMOVED),
            _ if removed && added => found.push(&rules::ALLOWED_VALUES_CHANGED),
            _ => {
                found.extend(removed.then_some(&rules::ALLOWED_VALUE_REMOVED));
                found.extend(added.then_some(&rules::ALLOWED_VALUE_ADDED));
            }
        }
        for rule in found {
            let listed = |values: &[String]| if values.is_empty() { Value::Null } else { json!(values) };
            self.push(rule, "enum", listed(old), listed(new));
        }
    }

    /// Compares lists of values that exclude no others; without one of both, nothing is known to have changed.
    fn known_values(&mut self, old: &[String], new: &[String]) {
        if old.is_empty() || new.is_empty() {
            return;
        }
        let (was, is): (HashSet<&String>, HashSet<&String>) = (old.iter().collect(), new.iter().collect());
        for (rule, changed) in
            [(&rules::KNOWN_VALUE_REMOVED, !was.is_subset(&is)), (&rules::KNOWN_VALUE_ADDED, !is.is_subset(&was))]
        {
            if changed {
                self.push(rule, "x-extensible-enum", json!(old), json!(new));
            }
        }
    }

    pub(super) fn push(&mut self, rule: &'static Rule, key: &'static str, old: Value, new: Value) {
        self.changes.push(ConstraintChange { rule, key, old, new, steps: self.steps.clone() });
    }
}

fn of_kind<'a>(all: &'a [AlternativeConstraints], kind: &str) -> Vec<&'a AlternativeConstraints> {
    all.iter().filter(|one| one.kind == kind).collect()
}

/// Returns `true` if elements at the same position are of other kinds, of which neither includes the other. Schemas, which
/// are named or described, may have changed under their names.
fn other_kind(old: &[String], new: &[String]) -> bool {
    let is_kind = |kind: &&String| matches!(kind.as_str(), "string" | "integer" | "number" | "boolean" | "array");
    let is_number = |kind: &String| matches!(kind.as_str(), "integer" | "number");
    let mut pairs = old.iter().zip(new).filter(|(a, b)| is_kind(a) && is_kind(b));
    pairs.any(|(a, b)| a != b && !(is_number(a) && is_number(b)))
}

/// Returns the constraints of a value, including those of the schema that its type refers to.
fn effective(api: &Api, (ty, own): (&Type, &Constraints)) -> Constraints {
    let mut constraints = own.clone();
    let mut ty = ty;
    for _ in 0..=api.schemas.len() {
        let Type::Schema(name) = ty else { break };
        let Some(schema) = api.schemas.get(name) else { break };
        constraints = constraints.and(&schema.constraints);
        match &schema.shape {
            Shape::Alias(inner) => ty = inner,
            _ => break,
        }
    }
    // A value of any type may be `null`.
    constraints.nullable |= *ty == Type::Any;
    constraints
}

/// Returns the constraints of a value in one spelling: an integer above 0 is 1 or more, all are multiples of 1, and bounds
/// that its type has already are none.
pub(super) fn plain(api: &Api, ty: &Type, mut constraints: Constraints) -> Constraints {
    for one in constraints.alternatives.iter_mut().filter(|one| one.kind == "integer") {
        one.constraints = plain(api, &Type::Int(Int::I64Number), std::mem::take(&mut one.constraints));
    }
    match api.resolve(ty) {
        Type::Nullable(inner) => plain(api, inner, constraints),
        Type::String => {
            constraints.items = constraints.items.map(|items| Box::new(plain(api, ty, *items)));
            for one in &mut constraints.alternatives {
                one.constraints.values.append(&mut one.texts);
            }
            constraints
        }
        Type::List(inner) => {
            constraints.items = constraints.items.map(|items| Box::new(plain(api, inner, *items)));
            constraints
        }
        Type::Int(int) => {
            // Those of the values of a repeated parameter.
            constraints.items = constraints.items.map(|items| Box::new(plain(api, ty, *items)));
            let inclusive = |bound: Option<Bound>, step: f64| {
                let bound = bound?;
                // Floats have all integers up to this one.
                let exact = |value: &f64| value.fract() == 0.0 && value.abs() < 2f64.powi(53);
                Some(match number(&bound.value).filter(exact) {
                    Some(value) if bound.exclusive => Bound { value: (value + step).to_string(), exclusive: false },
                    _ => bound,
                })
            };
            let (least, most) = int.range();
            constraints.minimum = inclusive(constraints.minimum, 1.0)
                .filter(|bound| compare_numbers(&bound.value, &least.to_string()) == Ordering::Greater);
            constraints.maximum = inclusive(constraints.maximum, -1.0)
                .filter(|bound| compare_numbers(&bound.value, &most.to_string()) == Ordering::Less);
            constraints.multiple_of = constraints.multiple_of.filter(|of| number(of) != Some(1.0));
            constraints
        }
        _ => constraints,
    }
}

/// Parses a decimal number.
fn number(text: &str) -> Option<f64> {
    text.parse().ok()
}

/// Returns `true` if a number is a multiple of another one: 0.1 of 0.01, though binary fractions have a remainder.
fn is_multiple(number: f64, of: f64) -> bool {
    let times = number / of;
    (times - times.round()).abs() <= times.abs() * 1e-9 && times.round() != 0.0
}

/// Returns the name of a subject's method.
pub(super) fn method_of(subject: &str) -> &str {
    subject.strip_prefix("methods.").unwrap_or(subject)
}
