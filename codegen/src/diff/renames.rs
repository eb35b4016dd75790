//! Renamed and moved items, found by shape, so that each is one change instead of two.

use super::alternatives;
use super::media_types::{keeps_request, sent};
use super::pairing::{Likeness, pair};
use super::shapes::Shapes;
use super::similarity::Name;
use super::url::url;
use crate::model::{Api, DefinedIn, Field, Message, Method, MethodName, Parameter, Schema, Shape, Type};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// New names of items, by their old names.
#[derive(Debug, Default)]
pub(crate) struct Renames {
    /// Schemas of the old revision that still exist, inline ones included.
    schemas: BTreeMap<String, String>,
    /// Renamed properties, by the old schema and property.
    fields: HashMap<(String, String), String>,
    /// New names of alternatives of choices, by the old schema and alternative.
    alternatives: HashMap<(String, String), String>,
    /// New names of renamed methods, by their old names.
    pub(crate) methods: BTreeMap<String, String>,
    /// Properties that moved to another message: the new schema, by the old schema and property.
    pub(crate) moved: BTreeMap<(String, String), String>,
    /// The same properties, by the new schema.
    pub(crate) moved_into: HashMap<String, Vec<(String, String)>>,
    /// Schemas and properties of the new revision that properties moved to.
    moved_to: HashSet<(String, String)>,
}

impl Renames {
    pub(crate) fn new(old: &Api, new: &Api) -> Self {
        let mut renames = Self { methods: methods(old, new), ..Self::default() };
        let shapes = Shapes::new(old, new);
        renames.schemas = schemas(old, new, &renames.methods, &shapes);
        renames.fields(old, new, &shapes);
        renames.moves(old, new, &shapes);
        renames
    }

    /// Returns the new name of a schema of the old revision.
    pub(crate) fn schema(&self, old: &str) -> Option<&str> {
        self.schemas.get(old).map(String::as_str)
    }

    pub(crate) fn schemas(&self) -> impl Iterator<Item = (&str, &str)> {
        self.schemas.iter().map(|(old, new)| (old.as_str(), new.as_str()))
    }

    /// Returns the new name of a property of the old revision, if the new message has it.
    pub(crate) fn field<'a>(&'a self, schema: &str, field: &'a str, new: &Message) -> Option<&'a str> {
        if new.fields.contains_key(field) {
            return Some(field);
        }
        self.fields.get(&(schema.to_owned(), field.to_owned())).map(String::as_str)
    }

    /// Returns the new name of a method of the old revision, if it still exists.
    pub(crate) fn method<'a>(&'a self, old: &'a str, new: &Api) -> Option<&'a str> {
        match self.methods.get(old) {
            Some(name) => Some(name),
            None => new.methods.contains_key(old).then_some(old),
        }
    }

    /// Returns `true` if a property of the new revision moved there from another message.
    pub(crate) fn is_moved(&self, schema: &str, field: &str) -> bool {
        !self.moved_to.is_empty() && self.moved_to.contains(&(schema.to_owned(), field.to_owned()))
    }

    fn fields(&mut self, old: &Api, new: &Api, shapes: &Shapes<'_>) {
        // A schema comes before its inline schemas, whose names begin with its own.
        for (name, schema) in &old.schemas {
            let Some(other) = self.new_name(name, schema, (old, new)) else {
                continue;
            };
            let (Shape::Message(message), Some(Schema { shape: Shape::Message(new_message), .. })) =
                (&schema.shape, new.schemas.get(&other))
            else {
                if let (Shape::OneOf(one), Some(Schema { shape: Shape::OneOf(new_one), .. })) =
                    (&schema.shape, new.schemas.get(&other))
                {
                    for (alternative, other) in alternatives::pairs((old, new), (one, new_one), shapes) {
                        self.alternatives.insert((name.clone(), alternative), other);
                    }
                }
                self.schemas.insert(name.clone(), other);
                continue;
            };
            let removed = message.fields.iter().filter(|(field, _)| !new_message.fields.contains_key(*field));
            let added: Vec<_> = new_message.fields.iter().filter(|(f, _)| !message.fields.contains_key(*f)).collect();
            if !added.is_empty() {
                let removed: Vec<_> = removed.collect();
                let pairs = pair(
                    &removed,
                    &added,
                    |(field, _)| Name::new(field),
                    |(a, f), (b, g)| {
                        let alike = shapes.same_field(f, g) && is_member(message, a) == is_member(new_message, b);
                        alike.then(|| Likeness {
                            docs: (f.doc.as_deref(), g.doc.as_deref()),
                            plain: f.ty.schema().is_none(),
                        })
                    },
                );
                for ((old_field, _), (new_field, _)) in pairs {
                    self.fields.insert((name.clone(), (*old_field).clone()), (*new_field).clone());
                }
            }
            self.schemas.insert(name.clone(), other);
        }
    }

    /// Returns the new name of a schema: for a top-level one, as found by shape; for an inline one, after the new name
    /// of its parent.
    fn new_name(&self, name: &str, schema: &Schema, (old, new): (&Api, &Api)) -> Option<String> {
        let candidate = match &schema.defined_in {
            DefinedIn::TopLevel => return self.schemas.get(name).cloned(),
            DefinedIn::Field { schema, field: part } | DefinedIn::Alternative { schema, alternative: part } => {
                let parent = self.schemas.get(schema)?;
                let key = (schema.clone(), part.clone());
                let renamed = self.fields.get(&key).or_else(|| self.alternatives.get(&key));
                // Another schema may have its name, so that it has a number.
                let number = name.strip_prefix(schema.as_str())?.strip_prefix('.')?.strip_prefix(part.as_str())?;
                format!("{parent}.{}{number}", renamed.unwrap_or(part))
            }
            DefinedIn::Element { schema: parent } | DefinedIn::AdditionalProperties { schema: parent } => {
                let part = name.strip_prefix(parent.as_str())?;
                format!("{}{part}", self.schemas.get(parent)?)
            }
            DefinedIn::Parameter { method, .. }
            | DefinedIn::RequestBody { method }
            | DefinedIn::ResponseBody { method }
            | DefinedIn::ErrorBody { method, .. }
            | DefinedIn::OtherBody { method, .. } => {
                let part = name.strip_prefix(method)?;
                let new_method = self.methods.get(method).unwrap_or(method);
                match self.other_request((name, &schema.defined_in), (method, old), (new_method, new)) {
                    Some(body) => body?.to_owned(),
                    None => format!("{new_method}{part}"),
                }
            }
        };
        new.schemas.get(&candidate).is_some_and(|s| s.is_inline()).then_some(candidate)
    }

    /// Returns the schema of the body in the same media type, if one revision sends that media type and the other one
    /// accepts it without sending it.
    fn other_request<'n>(
        &self,
        (name, defined_in): (&str, &DefinedIn),
        (old_name, old): (&str, &Api),
        (new_name, new): (&str, &'n Api),
    ) -> Option<Option<&'n str>> {
        let other = match defined_in {
            DefinedIn::RequestBody { .. } => None,
            DefinedIn::OtherBody { body, .. } if body.starts_with("request.") => Some(body),
            _ => return None,
        };
        let methods = old.methods.get(old_name).zip(new.methods.get(new_name));
        let (old_method, new_method) = methods.filter(|(old, new)| keeps_request(old, new))?;
        let key = other.cloned().unwrap_or_else(|| format!("request.{}", sent(old_method)));
        let body = |api: &'n Api, method: &str, key: &str| {
            api.other_bodies.bodies.get(method).and_then(|bodies| bodies.get(key)).and_then(|body| body.ty.schema())
        };
        let new_key = format!("request.{}", sent(new_method));
        // Both media types may have had one body.
        let shared = || {
            let others = old.other_bodies.bodies.get(old_name)?;
            others.get(&new_key).filter(|body| body.ty.schema() == Some(name))
        };
        if key == new_key || body(new, new_name, &key).is_none() && shared().is_some() {
            return Some(new_method.request.as_ref().and_then(Type::schema));
        }
        Some(body(new, new_name, &key))
    }

    /// Returns the new name of an alternative of a choice of the old revision, if the new choice has it.
    pub(crate) fn alternative(&self, schema: &str, alternative: &str) -> Option<&str> {
        self.alternatives.get(&(schema.to_owned(), alternative.to_owned())).map(String::as_str)
    }

    /// Finds properties that moved from a message to one that it contains, or that contains it.
    fn moves(&mut self, old: &Api, new: &Api, shapes: &Shapes<'_>) {
        let back: HashMap<&str, &str> = self.schemas().map(|(old, new)| (new, old)).collect();
        let mut added: HashMap<&str, HashMap<&str, &Field>> = HashMap::new();
        // Messages of the new revision that contain each other, or are contained.
        let mut near: HashMap<&str, HashSet<&str>> = HashMap::new();
        for (name, schema) in &new.schemas {
            for other in schema.shape.schemas(|_| true) {
                near.entry(name).or_default().insert(other);
                near.entry(other).or_default().insert(name);
            }
            let Shape::Message(message) = &schema.shape else {
                continue;
            };
            let before = back.get(name.as_str()).and_then(|old_name| old.schemas.get(*old_name));
            for (field, value) in &message.fields {
                let known =
                    matches!(before, Some(Schema { shape: Shape::Message(m), .. }) if m.fields.contains_key(field));
                if !known {
                    added.entry(field).or_default().insert(name, value);
                }
            }
        }
        let mut moved = BTreeMap::new();
        for (name, schema) in &old.schemas {
            let (Shape::Message(message), Some(other)) = (&schema.shape, self.schema(name)) else {
                continue;
            };
            let Some(Schema { shape: Shape::Message(new_message), .. }) = new.schemas.get(other) else {
                continue;
            };
            for (field, value) in &message.fields {
                if self.field(name, field, new_message).is_some() {
                    continue;
                }
                let (Some(added), Some(near)) = (added.get(field.as_str()), near.get(other)) else {
                    continue;
                };
                // The shorter list is searched.
                let places: Vec<&str> = match added.len() < near.len() {
                    true => added.keys().filter(|target| near.contains(*target)).copied().collect(),
                    false => near.iter().filter(|target| added.contains_key(*target)).copied().collect(),
                };
                let mut places = places.into_iter().filter(|target| {
                    *target != other
                        && added.get(target).is_some_and(|new_value| {
                            let described =
                                value.doc.is_none() || new_value.doc.is_none() || value.doc == new_value.doc;
                            described && shapes.same_field(value, new_value)
                        })
                });
                if let (Some(target), None) = (places.next(), places.next()) {
                    moved.insert((name.clone(), field.clone()), target.to_owned());
                }
            }
        }
        self.moved_to = moved.iter().map(|((_, field), target)| (target.clone(), field.clone())).collect();
        for (from, target) in &moved {
            self.moved_into.entry(target.clone()).or_default().push(from.clone());
        }
        self.moved = moved;
    }
}

fn is_member(message: &Message, field: &str) -> bool {
    message.unions.of(field).is_some()
}

/// Returns methods with a new name: the same HTTP method at the same URL, or else the same id of an operation, or a similar
/// call of the same resource.
fn methods(old: &Api, new: &Api) -> BTreeMap<String, String> {
    // A name that now belongs to another call may have been reassigned to it.
    let same_call = |name: &str| match (old.methods.get(name), new.methods.get(name)) {
        (Some(a), Some(b)) => a.http_method == b.http_method && url(a) == url(b),
        _ => false,
    };
    let moved = |api: &'_ Api| -> Vec<String> { api.methods.keys().filter(|name| !same_call(name)).cloned().collect() };
    let (removed, added) = (moved(old), moved(new));
    let removed: Vec<(&String, &Method)> = removed.iter().filter_map(|name| old.methods.get_key_value(name)).collect();
    let added: Vec<(&String, &Method)> = added.iter().filter_map(|name| new.methods.get_key_value(name)).collect();
    let mut renames = BTreeMap::new();
    let mut by_url: HashMap<_, (Vec<_>, Vec<_>)> = HashMap::new();
    for (name, method) in &removed {
        by_url.entry((method.http_method, url(method))).or_default().0.push(*name);
    }
    for (name, method) in &added {
        by_url.entry((method.http_method, url(method))).or_default().1.push(*name);
    }
    for (was, is) in by_url.into_values() {
        if let ([was], [is]) = (was.as_slice(), is.as_slice())
            && was != is
        {
            renames.insert((*was).clone(), (*is).clone());
        }
    }
    // The id of an operation that the document states.
    let mut by_id: HashMap<_, (Vec<_>, Vec<_>)> = HashMap::new();
    let known: HashSet<String> = renames.iter().flat_map(|(was, is)| [was.clone(), is.clone()]).collect();
    let same_name =
        |name: &String| known.contains(name) || old.methods.contains_key(name) && new.methods.contains_key(name);
    for (side, methods) in [&removed, &added].into_iter().enumerate() {
        for (name, method) in methods.iter().filter(|(name, _)| !same_name(name)) {
            let Some(id) = &method.operation_id else { continue };
            let pair = by_id.entry((id, method.streaming, method.media_download)).or_default();
            if side == 0 { pair.0.push(*name) } else { pair.1.push(*name) }
        }
    }
    for (was, is) in by_id.into_values() {
        if let ([was], [is]) = (was.as_slice(), is.as_slice()) {
            renames.insert((*was).clone(), (*is).clone());
        }
    }
    // A name whose call was moved is free for another.
    let taken: HashSet<String> = renames.values().cloned().collect();
    renames.retain(|was, is| !new.methods.contains_key(was) || taken.contains(was) || !old.methods.contains_key(is));
    let taken: HashSet<String> = renames.values().cloned().collect();
    let only = |name: &str, other: &Api| !other.methods.contains_key(name);
    let removed: Vec<_> = removed.into_iter().filter(|(n, _)| !renames.contains_key(*n) && only(n, new)).collect();
    let added: Vec<_> = added.into_iter().filter(|(n, _)| !taken.contains(*n) && only(n, old)).collect();
    let leaf = |name: &str| Name::new(MethodName(name).leaf());
    let pairs = pair(
        &removed,
        &added,
        |(name, _)| leaf(name),
        |(a, m), (b, n)| {
            let same = MethodName(a).resource() == MethodName(b).resource()
                && m.http_method == n.http_method
                && m.request == n.request
                && m.response == n.response
                && m.parameters
                    .iter()
                    .map(|(n, p)| (n, p.required))
                    .eq(n.parameters.iter().map(|(n, p)| (n, p.required)));
            // Calls of one resource with the same types are common, so that the name or the description must be
            // similar.
            let similar = || leaf(a).likeness(&leaf(b)) >= 0.5 || (m.doc.is_some() && m.doc == n.doc);
            (same && similar_urls(&url(m), &url(n)) && similar())
                .then_some(Likeness { docs: (m.doc.as_deref(), n.doc.as_deref()), plain: true })
        },
    );
    for ((old_name, _), (new_name, _)) in pairs {
        renames.insert((*old_name).clone(), (*new_name).clone());
    }
    renames
}

/// Returns `true` if two URLs have the same segments, or similar ones at the same positions.
fn similar_urls(a: &str, b: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split('/').collect(), b.split('/').collect());
    let similar = |a: &str, b: &str| {
        let is_renamed = || Name::new(a).is_renamed(&Name::new(b), 0.0);
        a == b || (a.contains('{') == b.contains('{') && is_renamed())
    };
    a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| similar(a, b))
}

/// Returns the new names of renamed parameters.
pub(crate) fn parameters(
    old: &Method,
    new: &Method,
    shapes_differ: impl Fn(&Type, &Type) -> bool,
) -> BTreeMap<String, String> {
    let removed: Vec<(&String, &Parameter)> =
        old.parameters.iter().filter(|(n, _)| !new.parameters.contains_key(*n)).collect();
    let added: Vec<(&String, &Parameter)> =
        new.parameters.iter().filter(|(n, _)| !old.parameters.contains_key(*n)).collect();
    let pairs = pair(
        &removed,
        &added,
        |(name, _)| Name::new(name),
        |(_, p), (_, q)| {
            let same = p.location == q.location
                && p.required == q.required
                && p.repeated == q.repeated
                && p.location != crate::model::ParameterLocation::Path
                && !shapes_differ(&p.ty, &q.ty);
            same.then_some(Likeness { docs: (p.doc.as_deref(), q.doc.as_deref()), plain: true })
        },
    );
    pairs.into_iter().map(|((old_name, _), (new_name, _))| ((*old_name).clone(), (*new_name).clone())).collect()
}

/// Largest number of pairs of schemas of one shape that are compared by their names.
const MOST_PAIRS: usize = 250_000;

/// Returns the new names of top-level schemas.
fn schemas(old: &Api, new: &Api, methods: &BTreeMap<String, String>, shapes: &Shapes<'_>) -> BTreeMap<String, String> {
    let top = |api: &Api| -> BTreeSet<String> {
        api.schemas.iter().filter(|(_, s)| !s.is_inline()).map(|(n, _)| n.clone()).collect()
    };
    let (old_top, new_top) = (top(old), top(new));
    let mut names: BTreeMap<String, String> = old_top.intersection(&new_top).map(|n| (n.clone(), n.clone())).collect();
    let removed: Vec<&String> = old_top.difference(&new_top).collect();
    let added: Vec<&String> = new_top.difference(&old_top).collect();
    if removed.is_empty() || added.is_empty() {
        return names;
    }
    let uses = replaced(old, new, methods);
    let mut by_shape: HashMap<u64, (Vec<&String>, Vec<&String>)> = HashMap::new();
    for name in removed {
        by_shape.entry(shapes.of_old(name)).or_default().0.push(name);
    }
    for name in added {
        by_shape.entry(shapes.of_new(name)).or_default().1.push(name);
    }
    for (was, is) in by_shape.into_values() {
        let few = was.len().saturating_mul(is.len()) <= MOST_PAIRS;
        let alone = was.len() == 1 && is.len() == 1;
        let new_names: HashMap<&str, (&String, Name)> =
            is.iter().map(|name| (name.as_str(), (*name, Name::new(name)))).collect();
        let mut scored = Vec::new();
        for a in was {
            let used = uses.get(a.as_str());
            let size = match old.schemas.get(a).map(|schema| &schema.shape) {
                Some(Shape::Message(message)) => message.fields.len(),
                Some(Shape::Enum(enumeration)) => enumeration.values.len(),
                Some(Shape::OneOf(one_of)) => one_of.alternatives.len(),
                Some(Shape::Alias(_)) | None => 1,
            };
            let name = Name::new(a);
            let candidates: Vec<&(&String, Name)> = match few {
                true => new_names.values().collect(),
                false => used.into_iter().flatten().filter_map(|b| new_names.get(b)).collect(),
            };
            for (b, new_name) in candidates {
                let (names, used) = (name.likeness(new_name), used.is_some_and(|used| used.contains(b.as_str())));
                if used || names >= 0.6 || (alone && size >= 2) {
                    scored.push((names + if used { 2.0 } else { 0.0 }, a, *b));
                }
            }
        }
        scored.sort_by(|x, y| {
            y.0.total_cmp(&x.0).then_with(|| (x.1.min(x.2), x.1.max(x.2)).cmp(&(y.1.min(y.2), y.1.max(y.2))))
        });
        let mut taken = HashSet::new();
        for (_, a, b) in scored {
            if !names.contains_key(a) && taken.insert(b) {
                names.insert(a.clone(), b.clone());
            }
        }
    }
    names
}

/// Returns the new schemas of every property or method whose schema was replaced, by the old one.
fn replaced<'a>(old: &'a Api, new: &'a Api, methods: &BTreeMap<String, String>) -> HashMap<&'a str, HashSet<&'a str>> {
    let mut found: HashMap<&str, HashSet<&str>> = HashMap::new();
    let mut note = |a: Option<&'a Type>, b: Option<&'a Type>| {
        if let (Some(a), Some(b)) = (a.and_then(Type::schema), b.and_then(Type::schema)) {
            found.entry(a).or_default().insert(b);
        }
    };
    for (name, schema) in &old.schemas {
        if let (Shape::Message(m), Some(Schema { shape: Shape::Message(n), .. })) =
            (&schema.shape, new.schemas.get(name))
        {
            for (field, value) in &m.fields {
                note(Some(&value.ty), n.fields.get(field).map(|f| &f.ty));
            }
        }
    }
    for (name, method) in &old.methods {
        if let Some(other) = new.methods.get(methods.get(name).unwrap_or(name)) {
            note(method.request.as_ref(), other.request.as_ref());
            note(method.response.as_ref(), other.response.as_ref());
        }
    }
    found
}
