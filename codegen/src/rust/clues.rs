//! Facts by which the runtime selects the alternative of a choice.

use super::context::Context;
use crate::model::{Alternative, Api, Behavior, Enumeration, Field, Int, Message, OneOf, Scalar, Shape, Type};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Number of keys that lead to a property that distinguishes alternatives, at most.
const STEPS: usize = 4;

/// Depth of choices within choices up to which shapes and keys are determined.
const CHOICES: usize = 8;

/// Largest number of alternatives that are compared with each other; a choice with more has no clues. Comparing takes
/// quadratic time.
const MAX_COMPARED: usize = 256;

/// Budget for comparing the alternatives of all choices of a document, in compared properties.
const WORK: usize = 10_000_000;
/// Addition to the budget for each property of the document.
const WORK_PER_FIELD: usize = 32;
/// Cost of a pair of alternatives, besides their properties.
const WORK_OF_PAIR: usize = 8;

/// Number of clues and values that an alternative lists at most: some, and some more for each of its keys.
const CLUES: usize = 64;
const CLUES_PER_KEY: usize = 4;

/// JSON shape of a type.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct JsonShape {
    /// Name of the runtime's `JsonKind`.
    pub(super) kind: &'static str,
    /// Number of lists around it.
    pub(super) list_depth: u8,
}

/// Keys of the objects of a type.
#[derive(Default)]
pub(super) struct Keys<'a> {
    pub(super) known: BTreeSet<&'a str>,
    pub(super) required: BTreeSet<&'a str>,
    /// True if the document rules out other keys.
    pub(super) closed: bool,
}

/// Property that differs from those of other alternatives.
pub(super) struct Clue {
    pub(super) shape: JsonShape,
    /// Values that it can have, if these differ; empty otherwise.
    pub(super) values: Vec<Scalar>,
}

/// Clues of an alternative, by the keys that lead to the property.
pub(super) type Clues<'a> = BTreeMap<Vec<&'a str>, Clue>;

/// Returns the number of alternatives up to which those of a choice are compared: less than [`MAX_COMPARED`] in a
/// document whose choices would take too long together.
pub(super) fn most_compared(api: &Api) -> usize {
    let fields = |shape: &Shape| if let Shape::Message(message) = shape { message.fields.len() } else { 0 };
    let work_of = |one: &Alternative| {
        let shape = api.resolve(&one.ty).schema().and_then(|name| api.shape(name));
        shape.map_or(0, fields).saturating_add(WORK_OF_PAIR)
    };
    let mut choices: Vec<(usize, usize)> = Vec::new();
    let mut left = WORK;
    for schema in api.schemas.values() {
        left = left.saturating_add(fields(&schema.shape).saturating_mul(WORK_PER_FIELD));
        if let Shape::OneOf(OneOf { alternatives, .. }) = &schema.shape
            && alternatives.len() <= MAX_COMPARED
        {
            let work = alternatives.iter().map(work_of).fold(0, usize::saturating_add);
            choices.push((alternatives.len(), work.saturating_mul(alternatives.len())));
        }
    }
    choices.sort_unstable();
    for (count, work) in choices {
        let Some(rest) = left.checked_sub(work) else { return count.saturating_sub(1) };
        left = rest;
    }
    MAX_COMPARED
}

/// Returns the JSON shape of a type. `known` holds the shapes of choices.
fn shape_within<'a>(
    context: &'a Context<'_>,
    ty: &'a Type,
    depth: usize,
    known: &mut BTreeMap<&'a str, JsonShape>,
) -> JsonShape {
    let plain = |kind| JsonShape { kind, list_depth: 0 };
    match context.api.resolve(ty) {
        Type::Bool => plain("Bool"),
        Type::Int(Int::I64 | Int::U64) => plain("String"),
        Type::Int(_) => plain("Integer"),
        Type::Float | Type::Double => plain("Number"),
        Type::String
        | Type::Bytes
        | Type::UrlSafeBytes
        | Type::File
        | Type::Timestamp
        | Type::DateTime
        | Type::Duration
        | Type::FieldMask
        | Type::Date => plain("String"),
        Type::Any => plain("Any"),
        Type::Object | Type::Map(_) => plain("Object"),
        Type::Nullable(inner) => shape_within(context, inner, depth, known),
        Type::List(inner) => {
            let JsonShape { kind, list_depth } = shape_within(context, inner, depth, known);
            JsonShape { kind, list_depth: list_depth.saturating_add(1) }
        }
        Type::Schema(name) => match context.api.shape(name) {
            Some(Shape::Enum(values)) => plain(kind_of_values(values)),
            Some(Shape::OneOf(one_of)) if depth < CHOICES => {
                if let Some(shape) = known.get(name.as_str()) {
                    return *shape;
                }
                // A choice within itself can be anything.
                known.insert(name, plain("Any"));
                let mut shapes = one_of
                    .alternatives
                    .iter()
                    .map(|one| shape_within(context, &one.ty, depth.saturating_add(1), known));
                let first = shapes.next();
                let shape = first.filter(|first| shapes.all(|shape| shape == *first)).unwrap_or(plain("Any"));
                known.insert(name, shape);
                shape
            }
            Some(Shape::OneOf(_)) => plain("Any"),
            Some(Shape::Message(_) | Shape::Alias(_)) | None => plain("Object"),
        },
    }
}

fn kind_of_values(values: &Enumeration) -> &'static str {
    if values.values.iter().any(|value| value.is_literal) { "Any" } else { "String" }
}

/// Returns the keys of the objects of a type, or of the objects in its lists.
pub(super) fn keys<'a>(context: &'a Context<'_>, ty: &'a Type) -> Keys<'a> {
    let mut keys = None;
    add_keys(context, ty, 0, &mut BTreeSet::new(), &mut keys);
    keys.unwrap_or_default()
}

/// Adds the keys of a type to those of others: all that are known, and the required ones that all have. `seen` holds
/// the choices that were added.
fn add_keys<'a>(
    context: &'a Context<'_>,
    ty: &'a Type,
    depth: usize,
    seen: &mut BTreeSet<&'a str>,
    keys: &mut Option<Keys<'a>>,
) {
    let shape = match item(context, ty) {
        Type::Schema(name) => context.api.shape(name).map(|shape| (name, shape)),
        _ => None,
    };
    let own = match shape {
        Some((_, Shape::Message(message))) => {
            // Responses do not contain input-only properties.
            let required = message
                .fields
                .iter()
                .filter(|(_, field)| field.behavior.contains(&Behavior::Required))
                .filter(|(_, field)| !field.behavior.contains(&Behavior::InputOnly))
                .map(|(name, _)| name.as_str());
            Keys {
                known: message.fields.keys().map(String::as_str).collect(),
                required: required.collect(),
                closed: message.closed,
            }
        }
        Some((name, Shape::OneOf(one_of))) if depth < CHOICES => {
            if seen.insert(name) {
                for one in &one_of.alternatives {
                    add_keys(context, &one.ty, depth.saturating_add(1), seen, keys);
                }
            }
            return;
        }
        _ => Keys::default(),
    };
    match keys {
        None => *keys = Some(own),
        Some(keys) => {
            keys.known.extend(own.known);
            keys.closed &= own.closed;
            keys.required.retain(|key| own.required.contains(key));
        }
    }
}

/// Returns the type of a value in lists of any depth, without `null`.
fn item<'a>(context: &'a Context<'_>, ty: &'a Type) -> &'a Type {
    match context.api.resolve(ty) {
        Type::List(inner) | Type::Nullable(inner) => item(context, inner),
        ty => ty,
    }
}

fn message<'a>(context: &'a Context<'_>, ty: &'a Type) -> Option<&'a Message> {
    match item(context, ty) {
        Type::Schema(name) => match context.api.shape(name) {
            Some(Shape::Message(message)) => Some(message),
            _ => None,
        },
        _ => None,
    }
}

/// Comparison of the alternatives of one choice with each other, with what is known of their types so far.
pub(super) struct Comparison<'a, 'c> {
    context: &'a Context<'c>,
    one_of: &'a OneOf,
    shapes: HashMap<&'a str, JsonShape>,
    /// Values that properties can have, by the address of their list.
    values: HashMap<usize, HashSet<Scalar>>,
    /// Pairs of such lists, with true for those that share no value.
    disjoint: HashMap<(usize, usize), bool>,
}

/// Alternatives and properties that one alternative was compared with.
struct Compared<'a> {
    clues: Clues<'a>,
    /// Number of clues and values that may still be added.
    left: usize,
    /// Messages that were compared with the one at the end of a path.
    seen: HashSet<(Vec<&'a str>, usize)>,
}

impl<'a, 'c> Comparison<'a, 'c> {
    pub(super) fn new(context: &'a Context<'c>, one_of: &'a OneOf) -> Self {
        Self { context, one_of, shapes: HashMap::new(), values: HashMap::new(), disjoint: HashMap::new() }
    }

    /// Returns the properties of an alternative that differ from those of others that the discriminator does not
    /// distinguish.
    pub(super) fn clues(&mut self, alternative: &'a Alternative, known_keys: usize) -> Clues<'a> {
        let left = known_keys.saturating_mul(CLUES_PER_KEY).saturating_add(CLUES);
        let mut compared = Compared { clues: Clues::new(), left, seen: HashSet::new() };
        if self.one_of.alternatives.len() > self.context.most_compared {
            return compared.clues;
        }
        let own_shape = self.shape(&alternative.ty);
        let own_values: HashSet<&Scalar> = alternative.values.iter().collect();
        for other in self.one_of.alternatives.iter().filter(|other| other.name != alternative.name) {
            let is_named = !own_values.is_empty()
                && !other.values.is_empty()
                && !other.values.iter().any(|value| own_values.contains(value));
            if is_named || self.shape(&other.ty) != own_shape {
                continue;
            }
            let (own, other) = (Value::of(&alternative.ty), Value::of(&other.ty));
            if let (Some(listed), true) = (self.listed(own), self.is_disjoint(own, other)) {
                self.add(own, own_shape, Some(listed), &[], &mut compared);
            }
            self.within(own, other, &mut Vec::new(), &mut compared);
        }
        compared.clues
    }

    /// Returns the JSON shape of a type.
    pub(super) fn shape(&mut self, ty: &'a Type) -> JsonShape {
        match self.context.api.resolve(ty) {
            Type::Nullable(inner) => self.shape(inner),
            Type::List(inner) => {
                let JsonShape { kind, list_depth } = self.shape(inner);
                JsonShape { kind, list_depth: list_depth.saturating_add(1) }
            }
            Type::Schema(name) => {
                let context = self.context;
                *self.shapes.entry(name).or_insert_with(|| shape_within(context, ty, 0, &mut BTreeMap::new()))
            }
            ty => shape_within(self.context, ty, 0, &mut BTreeMap::new()),
        }
    }

    /// Adds what differs between the messages and maps of two types.
    fn within(&mut self, own: Value<'a>, other: Value<'a>, path: &mut Vec<&'a str>, compared: &mut Compared<'a>) {
        if let (Some(own), Some(other)) = (message(self.context, own.ty), message(self.context, other.ty)) {
            self.differences(own, other, path, compared);
            return;
        }
        let Type::Map(own) = item(self.context, own.ty) else { return };
        // The first member of a map represents the others.
        path.push("");
        match item(self.context, other.ty) {
            Type::Map(other) if own != other => {
                self.pair(Value::of(own), Value::of(other), path, compared);
            }
            Type::Schema(_) => {
                let shape = self.shape(own);
                if shape.kind != "Any" {
                    self.add(Value::of(own), shape, None, path, compared);
                }
            }
            _ => {}
        }
        path.pop();
    }

    /// Adds what differs between the values at the end of a path, or within them.
    fn pair(&mut self, own: Value<'a>, other: Value<'a>, path: &mut Vec<&'a str>, compared: &mut Compared<'a>) {
        if !self.differ(own, other, path, compared) && path.len() < STEPS {
            self.within(own, other, path, compared);
        }
    }

    /// Adds a clue if two values differ in shape, or share no listed value. Returns `true` if they do.
    fn differ(&mut self, own: Value<'a>, other: Value<'a>, path: &[&'a str], compared: &mut Compared<'a>) -> bool {
        let (shape, other_shape) = (self.value_shape(own), self.value_shape(other));
        let listed = self.listed(own).filter(|_| self.is_disjoint(own, other));
        let differ = listed.is_some() || (shape != other_shape && shape.kind != "Any" && other_shape.kind != "Any");
        if differ {
            self.add(own, shape, listed, path, compared);
        }
        differ
    }

    /// Returns the shape of a value. `null` has a shape of its own.
    fn value_shape(&mut self, value: Value<'a>) -> JsonShape {
        if value.is_null() && *value.ty == Type::Any {
            return JsonShape { kind: "Null", list_depth: 0 };
        }
        self.shape(value.ty)
    }

    /// Adds the properties of a message that differ from those of another one, or those of the messages within.
    fn differences(
        &mut self,
        own: &'a Message,
        other: &'a Message,
        path: &mut Vec<&'a str>,
        compared: &mut Compared<'a>,
    ) {
        if !compared.seen.insert((path.clone(), std::ptr::from_ref(other).addr())) || own == other {
            return;
        }
        let differing = |(name, own, other): &(&'a String, &'a Field, &'a Field)| {
            !name.is_empty() && (own.ty != other.ty || own.constraints.values != other.constraints.values)
        };
        let both = || {
            let both = own.fields.iter().filter_map(|(name, field)| Some((name, field, other.fields.get(name)?)));
            both.filter(differing)
        };
        let mut found = false;
        for (name, field, other) in both() {
            if compared.left == 0 {
                return;
            }
            path.push(name);
            found |= self.differ(Value::of_field(field), Value::of_field(other), path, compared);
            path.pop();
        }
        if !path.is_empty() && !found {
            self.only(own, other, path, compared);
        }
        if found || path.len().saturating_add(1) >= STEPS {
            return;
        }
        for (name, field, other) in both() {
            path.push(name);
            self.within(Value::of_field(field), Value::of_field(other), path, compared);
            path.pop();
        }
    }

    /// Adds the properties that a message has and another one does not. Those of the alternatives themselves are known
    /// by their keys.
    fn only(&mut self, own: &'a Message, other: &'a Message, path: &mut Vec<&'a str>, compared: &mut Compared<'a>) {
        for (name, field) in own.fields.iter().filter(|(name, _)| !name.is_empty() && !other.fields.contains_key(*name))
        {
            let shape = self.shape(&field.ty);
            path.push(name);
            self.add(Value::of_field(field), shape, None, path, compared);
            path.pop();
        }
    }

    /// Adds a clue, with its values if these differ.
    fn add(
        &mut self,
        value: Value<'a>,
        shape: JsonShape,
        listed: Option<usize>,
        path: &[&'a str],
        compared: &mut Compared<'a>,
    ) {
        if compared.clues.get(path).is_some_and(|known| listed.is_none() || !known.values.is_empty()) {
            return;
        }
        let count = listed.and_then(|address| self.values.get(&address)).map_or(0, HashSet::len);
        if let Some(left) = compared.left.checked_sub(count.saturating_add(1)) {
            compared.left = left;
            let values = if listed.is_some() { values(self.context, value) } else { Vec::new() };
            compared.clues.insert(path.to_vec(), Clue { shape, values });
        }
    }

    /// Returns `true` if the document lists values of both properties, of which none is the same.
    fn is_disjoint(&mut self, own: Value<'a>, other: Value<'a>) -> bool {
        let (Some(own), Some(other)) = (self.listed(own), self.listed(other)) else { return false };
        let pair = (own.min(other), own.max(other));
        if let Some(known) = self.disjoint.get(&pair) {
            return *known;
        }
        let (Some(a), Some(b)) = (self.values.get(&own), self.values.get(&other)) else { return false };
        let (few, many) = if a.len() < b.len() { (a, b) } else { (b, a) };
        let is = few.iter().all(|value| !many.contains(value));
        self.disjoint.insert(pair, is);
        is
    }

    /// Returns the address of the list of values that a property can have, which are known from then on; `None` without
    /// values.
    fn listed(&mut self, value: Value<'a>) -> Option<usize> {
        let address = match enumeration(self.context, value) {
            _ if value.is_null() => return None,
            _ if !value.literals.is_empty() => value.literals.as_ptr().addr(),
            Some(listed) if !listed.values.is_empty() => std::ptr::from_ref(listed).addr(),
            _ => return None,
        };
        let context = self.context;
        self.values.entry(address).or_insert_with(|| values(context, value).into_iter().collect());
        Some(address)
    }
}

/// A value that distinguishes alternatives.
#[derive(Clone, Copy)]
struct Value<'a> {
    ty: &'a Type,
    /// Allowed values that are not those of an enum, or fewer than these, as JSON.
    literals: &'a [String],
}

impl<'a> Value<'a> {
    fn of(ty: &'a Type) -> Self {
        Self { ty, literals: &[] }
    }

    fn of_field(field: &'a Field) -> Self {
        Self { ty: &field.ty, literals: &field.constraints.values }
    }

    /// Returns `true` if the value is always `null`.
    fn is_null(self) -> bool {
        matches!(self.literals, [only] if only == "null")
    }
}

/// Returns the enum that is the type of a value, or of the items of a list.
fn enumeration<'a>(context: &'a Context<'_>, value: Value<'a>) -> Option<&'a Enumeration> {
    match item(context, value.ty) {
        Type::Schema(name) => match context.api.shape(name) {
            Some(Shape::Enum(listed)) => Some(listed),
            _ => None,
        },
        _ => None,
    }
}

/// Returns the values that a value can have, if the document lists them.
fn values(context: &Context<'_>, value: Value<'_>) -> Vec<Scalar> {
    if let Some(listed) = enumeration(context, value) {
        let scalar = |name: String, is_literal| if is_literal { Scalar::Literal(name) } else { Scalar::Text(name) };
        let narrowed: HashSet<&String> = value.literals.iter().collect();
        let allowed = listed.values.iter().filter(|one| narrowed.is_empty() || narrowed.contains(&one.name));
        return allowed.map(|value| scalar(value.name.clone(), value.is_literal)).collect();
    }
    value.literals.iter().cloned().map(Scalar::Literal).collect()
}
