//! Comparison of constraints of a property, parameter or type.

use super::presence;
use super::values::{accepts, are_disjoint, enum_values};
use super::{Comparison, Draft, Place};
use crate::diff::rules::{self, Rule};
use crate::diff::verdict::Bump;
use crate::model::{Api, Bound, Constraints, Field, Int, Shape, Type, compare_numbers};
use crate::rust::rust_type::has_null_setter;
use serde_json::{Value, json};
use std::cmp::Ordering;
use std::collections::HashSet;

/// Rules of a limit: added, lowered, raised, removed.
pub(super) type LimitRules = [&'static Rule; 4];

const MINIMUM: LimitRules =
    [&rules::MINIMUM_ADDED, &rules::MINIMUM_LOWERED, &rules::MINIMUM_RAISED, &rules::MINIMUM_REMOVED];
const MAXIMUM: LimitRules =
    [&rules::MAXIMUM_ADDED, &rules::MAXIMUM_LOWERED, &rules::MAXIMUM_RAISED, &rules::MAXIMUM_REMOVED];
pub(super) const MIN_SIZE: LimitRules =
    [&rules::MIN_SIZE_ADDED, &rules::MIN_SIZE_LOWERED, &rules::MIN_SIZE_RAISED, &rules::MIN_SIZE_REMOVED];
pub(super) const MAX_SIZE: LimitRules =
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
pub(super) enum Step {
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
        // Text that became an enum has no other values either.
        if let Some(values) = enum_values(self.new, new.0).filter(|_| enum_values(self.old, old.0).is_none()) {
            changes.retain(|change| !(change.new.is_null() && accepts(change.key, &change.old, &values)));
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
            let text = |value: &Value| match key {
                "required" | "dependentRequired" => presence::sets(value),
                _ => text(value),
            };
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

/// Returns a value of a constraint in words.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.replace('`', "'"),
        Value::Array(values) => values.iter().map(text).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
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

/// Returns the constraints that two revisions state differently.
pub(super) fn changes(old: &Constraints, new: &Constraints) -> Vec<ConstraintChange> {
    let mut found = Changes::default();
    found.compare(old, new);
    found.changes
}

/// Changes found so far.
#[derive(Default)]
pub(super) struct Changes {
    changes: Vec<ConstraintChange>,
    pub(super) steps: Vec<Step>,
}

impl Changes {
    pub(super) fn compare(&mut self, old: &Constraints, new: &Constraints) {
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
            (
                "contentMediaType",
                &old.media_type,
                &new.media_type,
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
        for (key, rules, was, is, inward) in [
            ("minimum", MINIMUM, &old.minimum, &new.minimum, 1.0),
            ("maximum", MAXIMUM, &old.maximum, &new.maximum, -1.0),
        ] {
            // A list of values has bounds already.
            let added = was.is_none() && are_within(&old.values, is, inward);
            let removed = is.is_none() && are_within(&new.values, was, inward);
            if !added && !removed {
                self.number_bound(key, rules, was, is, inward);
            }
        }
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
        self.unread(&old.unread, &new.unread);
        self.patterns(old.patterns.as_ref(), new.patterns.as_ref());
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
    pub(super) fn limit(
        &mut self,
        key: &'static str,
        rules: LimitRules,
        old: Value,
        new: Value,
        order: Option<Ordering>,
    ) {
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

/// Returns `true` if there are values, and all of them are on the inner side of a bound.
fn are_within(values: &[String], bound: &Option<Bound>, inward: f64) -> bool {
    let Some(Bound { value: limit, exclusive }) = bound else { return false };
    let inside = if inward > 0.0 { Ordering::Greater } else { Ordering::Less };
    let is_within = |value: &String| match compare_numbers(value, limit) {
        Ordering::Equal => !exclusive,
        order => order == inside,
    };
    !values.is_empty() && values.iter().all(is_within)
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
