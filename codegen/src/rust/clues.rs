//! Facts by which the runtime selects the alternative of a choice.

use super::context::Context;
use crate::model::{Alternative, Behavior, Enumeration, Field, Int, Message, OneOf, Scalar, Shape, Type};
use std::collections::{BTreeMap, BTreeSet};

/// Number of keys that lead to a property that distinguishes alternatives, at most.
const STEPS: usize = 3;

/// Depth of choices within choices up to which shapes and keys are determined.
const CHOICES: usize = 8;

/// Largest number of alternatives that are compared with each other; a choice with more has no clues. Comparing takes
/// quadratic time.
const MAX_COMPARED: usize = 256;

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
}

/// Property that differs from those of other alternatives.
pub(super) struct Clue {
    pub(super) shape: JsonShape,
    /// Values that it can have, if these differ; empty otherwise.
    pub(super) values: Vec<Scalar>,
}

/// Clues of an alternative, by the keys that lead to the property.
pub(super) type Clues<'a> = BTreeMap<Vec<&'a str>, Clue>;

/// Returns the JSON shape of a type.
pub(super) fn shape<'a>(context: &'a Context<'_>, ty: &'a Type) -> JsonShape {
    shape_within(context, ty, 0, &mut BTreeMap::new())
}

/// `known` holds the shapes of choices.
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
        Type::String | Type::Bytes | Type::File | Type::Timestamp | Type::Duration | Type::FieldMask | Type::Date => {
            plain("String")
        }
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

/// Adds the keys of a type to those of others: all that are known, and the required ones that all have. `seen` holds the
/// choices that were added.
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
            Keys { known: message.fields.keys().map(String::as_str).collect(), required: required.collect() }
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

/// Returns the properties of an alternative that differ from those of others that the discriminator does not
/// distinguish.
pub(super) fn clues<'a>(context: &'a Context<'_>, one_of: &'a OneOf, alternative: &'a Alternative) -> Clues<'a> {
    let mut clues = Clues::new();
    if one_of.alternatives.len() > MAX_COMPARED {
        return clues;
    }
    let Some(own) = message(context, &alternative.ty) else { return clues };
    let own_shape = shape(context, &alternative.ty);
    for other in one_of.alternatives.iter().filter(|other| other.name != alternative.name) {
        let is_named = !alternative.values.is_empty()
            && !other.values.is_empty()
            && !alternative.values.iter().any(|value| other.values.contains(value));
        if is_named || shape(context, &other.ty) != own_shape {
            continue;
        }
        if let Some(other) = message(context, &other.ty) {
            differences(context, own, other, &mut Vec::new(), &mut clues);
        }
    }
    clues
}

/// Adds the properties of a message that differ from those of another one, or those of the messages within.
fn differences<'a>(
    context: &'a Context<'_>,
    own: &'a Message,
    other: &'a Message,
    path: &mut Vec<&'a str>,
    clues: &mut Clues<'a>,
) {
    let both = own.fields.iter().filter_map(|(name, field)| Some((name, field, other.fields.get(name)?)));
    let differing = |(_, own, other): &(&String, &Field, &Field)| {
        own.ty != other.ty || own.constraints.values != other.constraints.values
    };
    let both: Vec<(&String, &Field, &Field)> = both.filter(differing).collect();
    let mut found = false;
    for (name, field, other) in &both {
        let (shape, other_shape) = (shape(context, &field.ty), shape(context, &other.ty));
        let (values, other_values) = (values(context, field), values(context, other));
        let by_value =
            !values.is_empty() && !other_values.is_empty() && !values.iter().any(|v| other_values.contains(v));
        if by_value || (shape != other_shape && shape.kind != "Any" && other_shape.kind != "Any") {
            found = true;
            path.push(name);
            let clue = clues.entry(path.clone()).or_insert(Clue { shape, values: Vec::new() });
            if by_value {
                clue.values = values;
            }
            path.pop();
        }
    }
    if found || path.len().saturating_add(1) >= STEPS {
        return;
    }
    for (name, field, other) in both {
        if let (Some(own), Some(other)) = (message(context, &field.ty), message(context, &other.ty))
            && own != other
        {
            path.push(name);
            differences(context, own, other, path, clues);
            path.pop();
        }
    }
}

/// Returns the values that a property can have, if the document lists them.
fn values(context: &Context<'_>, field: &Field) -> Vec<Scalar> {
    if let Type::Schema(name) = context.api.resolve(&field.ty)
        && let Some(Shape::Enum(listed)) = context.api.shape(name)
    {
        let scalar = |name: String, is_literal| if is_literal { Scalar::Literal(name) } else { Scalar::Text(name) };
        return listed.values.iter().map(|value| scalar(value.name.clone(), value.is_literal)).collect();
    }
    field.constraints.values.iter().cloned().map(Scalar::Literal).collect()
}
