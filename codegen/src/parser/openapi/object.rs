//! Objects as messages: their properties, by all declarations of each.

use super::choice::subject;
use super::composition::Part;
use super::limits::{COMPOSITION_DEPTH, Excess};
use super::node::Node;
use super::normalize::{Normalized, restricts_type};
use super::reader::Reader;
use super::schema::doc;
use super::view::{NodeId, View};
use crate::model::{Behavior, DefinedIn, FactSource, FactSourceKind, Field, Message, Schema, Shape, Type, Union};
use crate::parser::lowering::behavior::stated_behavior;
use crate::parser::names::MAX_INLINE_LENGTH;
use heck::ToUpperCamelCase;
use std::collections::{BTreeMap, BTreeSet};

/// A property as one part of an object declares it.
struct Declaration<'a> {
    defined_in: DefinedIn,
    view: View<'a>,
    optional: bool,
}

impl<'a> Reader<'a> {
    /// Returns the message that the parts of an object make.
    pub(super) fn message(&mut self, parts: &[Part<'a>]) -> Message {
        let owner = parts.last().map_or("", |part| part.owner.as_str());
        let mut required = BTreeSet::new();
        let mut properties: BTreeMap<&'a str, Vec<Declaration<'a>>> = BTreeMap::new();
        let mut unions = Vec::new();
        for part in parts {
            if !self.may_copy_part(&part.view) {
                return Message::default();
            }
            if !part.optional
                && let Some(names) = self.list(&part.view, "required")
            {
                required.extend(names.items().filter_map(|name| name.node.text()));
            }
            for (name, view) in self.object(&part.view, "properties").iter().flat_map(View::members) {
                let property = if part.prefix.is_empty() {
                    name.to_owned()
                } else {
                    format!("{}{}", part.prefix, name.to_upper_camel_case())
                };
                let defined_in = DefinedIn::Field { schema: part.owner.clone(), field: property };
                properties.entry(name).or_default().push(Declaration { defined_in, view, optional: part.optional });
            }
            unions.extend(self.object(&part.view, "x-unions").iter().flat_map(View::members));
        }
        let mut message = Message::default();
        // A property that is `false` may not be set.
        properties.retain(|_, all| !all.iter().any(|one| !one.optional && one.view.node == &Node::Bool(false)));
        for (name, declarations) in properties {
            if let Some(field) = self.field(owner, name, &declarations, required.contains(name)) {
                message.fields.insert(name.to_owned(), field);
            }
        }
        for name in required {
            match message.fields.contains_key(name) {
                true => message.required.push(name.to_owned()),
                false => message.undeclared.extend([name.to_owned()]),
            }
        }
        let mut union_of = BTreeMap::new();
        for (name, members) in unions {
            self.union(&mut message, name, &members, &mut union_of);
        }
        for part in parts {
            for key in ["additionalProperties", "unevaluatedProperties"] {
                message.closed |= !part.optional && part.view.node.get(key) == Some(&Node::Bool(false));
            }
            // Properties that are not listed and have no type are kept in any case.
            let Some(additional) = further(&part.view).filter(|a| restricts_type(a)) else {
                continue;
            };
            if matches!(additional.node, Node::Object(_)) {
                let defined_in = DefinedIn::AdditionalProperties { schema: part.owner.clone() };
                message.additional = Some(self.ty(&additional, &defined_in)).filter(|ty| *ty != Type::Any);
            }
        }
        message
    }

    /// Returns a property by all of its declarations, of which the last wins; `None` without any.
    fn field(&mut self, message: &str, name: &str, declarations: &[Declaration<'a>], required: bool) -> Option<Field> {
        let views: Vec<View<'a>> = declarations.iter().map(|declaration| declaration.view.clone()).collect();
        let mut typed: Vec<&Declaration<'a>> = declarations.iter().filter(|one| restricts_type(&one.view)).collect();
        if typed.is_empty() {
            // It has no type, and its faults are reported.
            typed.extend(declarations.last());
        }
        let view = &typed.last()?.view;
        let ty = self.property_type(message, name, &typed);
        let mut behavior = BTreeSet::new();
        for view in &views {
            behavior.extend(view.text("description").map(stated_behavior).unwrap_or_default());
        }
        for view in views.iter().flat_map(|view| self.marked(view)) {
            for (mark, stated) in [
                ("readOnly", Behavior::OutputOnly),
                ("writeOnly", Behavior::InputOnly),
                ("x-google-immutable", Behavior::Immutable),
            ] {
                if view.flag(mark) {
                    behavior.insert(stated);
                }
            }
        }
        if required {
            behavior.insert(Behavior::Required);
        }
        Some(Field {
            ty,
            doc: views.iter().rev().find_map(doc),
            behavior,
            deprecated: views.iter().any(|view| view.flag("deprecated")),
            required,
            constraints: self.constraints(view),
            required_by: Vec::new(),
        })
    }

    /// Returns the schemas whose marks are those of a property: its own, and those that it refers to or is made of.
    fn marked(&mut self, view: &View<'a>) -> Vec<View<'a>> {
        let mut found = Vec::new();
        let mut open = vec![view.clone()];
        for _ in 0..COMPOSITION_DEPTH {
            let Some(at) = open.pop() else { break };
            open.extend(at.get("allOf").iter().flat_map(View::items));
            open.extend(at.node.get("$ref").and_then(|_| self.target(&at)).filter(|target| target.id() != at.id()));
            found.push(at);
        }
        found
    }

    /// Returns the type of a property by those of its declarations that have one.
    fn property_type(&mut self, message: &str, name: &str, typed: &[&Declaration<'a>]) -> Type {
        let Some((last, others)) = typed.split_last() else { return Type::Any };
        // Declarations of alternatives are all valid; otherwise the last one wins.
        if others.is_empty() || !last.optional {
            return self.merged(last, others).unwrap_or_else(|| self.ty(&last.view, &last.defined_in));
        }
        let mut inline_enum = |one: &&Declaration<'a>| one.view.node.get("$ref").is_none() && self.is_enum(&one.view);
        if typed.iter().all(&mut inline_enum) {
            // Each alternative names itself by a value of its own.
            let views: Vec<View<'a>> = typed.iter().map(|declaration| declaration.view.clone()).collect();
            let values = self.enumeration(&views);
            let defined_in = DefinedIn::Field { schema: message.to_owned(), field: name.to_owned() };
            return self.inline(&last.view, Shape::Enum(values), &defined_in);
        }
        let types: Vec<Type> =
            typed.iter().map(|declaration| self.ty(&declaration.view, &declaration.defined_in)).collect();
        let ty = self.common(&types);
        if ty == Type::Any && types.iter().any(|ty| *ty != Type::Any) {
            self.skip(&last.view, subject(&last.defined_in), "of several types: read as any JSON value");
        }
        ty
    }

    /// Returns the type of a property that several parts declare as objects, if the last of them lacks properties of the
    /// others: one of all properties.
    fn merged(&mut self, last: &Declaration<'a>, others: &[&Declaration<'a>]) -> Option<Type> {
        if others.is_empty() {
            return None;
        }
        let declarations = || others.iter().copied().chain([last]);
        let ids: Vec<NodeId> = declarations().map(|one| one.view.id()).collect();
        if let Some(known) = self.merged_types.get(&ids) {
            return known.clone();
        }
        let targets = declarations().map(|one| self.target(&one.view)).collect::<Option<Vec<View<'a>>>>()?;
        for target in &targets {
            if !matches!(self.normalize(target), Normalized::Object) {
                return None;
            }
        }
        let name = self.inline_name(&last.view, &last.defined_in);
        if name.len() > MAX_INLINE_LENGTH {
            return None;
        }
        let mut own = BTreeSet::new();
        let mut parts = Vec::new();
        for target in &targets {
            let of_one = self.parts(target, &name);
            own = property_names(&of_one).collect();
            parts.extend(of_one);
        }
        let adds = property_names(&parts).any(|name| !own.contains(name));
        // A property of the object that declares the same object is that object.
        let ty = adds.then(|| Type::Schema(name.clone()));
        self.merged_types.insert(ids, ty.clone());
        if adds {
            // An excess noted before is that of the schema around this one.
            let outer = self.limits.excess.take();
            let message = self.merged_message(&parts);
            let shape = match self.is_excessive(&last.view, &name) {
                true => Shape::Alias(Type::Any),
                false => Shape::Message(message),
            };
            self.inline(&last.view, shape, &last.defined_in);
            self.limits.excess = outer;
        }
        ty
    }

    /// Returns the object of all parts of several declarations. Its properties may be declared several times in turn: two
    /// chains of references meet in as many objects as they have pairs of schemas, so that their number and depth are
    /// bounded.
    fn merged_message(&mut self, parts: &[Part<'a>]) -> Message {
        if self.limits.merging >= COMPOSITION_DEPTH {
            self.limits.excess = Some(Excess::Depth);
            return Message::default();
        }
        if !self.may_copy(property_names(parts).count()) {
            return Message::default();
        }
        self.limits.merging = self.limits.merging.saturating_add(1);
        let message = self.message(parts);
        self.limits.merging = self.limits.merging.saturating_sub(1);
        message
    }

    fn is_enum(&mut self, view: &View<'a>) -> bool {
        matches!(self.normalize(view), Normalized::Enum)
    }

    /// Returns the type that takes the values of all of these.
    fn common(&self, types: &[Type]) -> Type {
        let text = |ty: &Type| match ty {
            Type::String => true,
            Type::Schema(name) => {
                matches!(
                    self.schemas.get(name),
                    Some(Schema { shape: Shape::Enum(_) | Shape::Alias(Type::String), .. })
                )
            }
            _ => false,
        };
        match types {
            [first, rest @ ..] if rest.iter().all(|ty| ty == first) => first.clone(),
            types if types.iter().all(text) => Type::String,
            types if types.iter().all(|ty| matches!(ty, Type::Int(_) | Type::Double | Type::Float)) => Type::Double,
            _ => Type::Any,
        }
    }

    /// Adds a union that the document states itself, by `x-unions`.
    fn union(
        &mut self,
        message: &mut Message,
        name: &'a str,
        members: &View<'a>,
        union_of: &mut BTreeMap<&'a str, &'a str>,
    ) {
        let mut names = Vec::new();
        for member in members.items() {
            let Some(text) = member.node.text() else {
                self.warn(&member, format!("the member of a union must be a string, not {}", member.node.kind()));
                continue;
            };
            if !message.fields.contains_key(text) {
                let warning = self.warning_at(&member, format!("unknown property `{text}` in the union `{name}`"));
                let known = message.fields.keys().map(String::as_str).take(self.diagnostics.candidates());
                self.report(&member, warning.suggest(text, known));
            } else if let Some(other) = union_of.insert(text, name) {
                let message = format!("`{text}` is already a member of the union `{other}`");
                self.warn(&member, message);
            } else {
                names.push(text.to_owned());
            }
        }
        if names.is_empty() {
            return;
        }
        let source = FactSource { kind: FactSourceKind::Document, reference: "x-unions".into() };
        let union = Union { members: names, doc: None, source, member_sources: BTreeMap::new() };
        message.unions.insert(name.to_owned(), union);
    }

    /// Returns the type of an object without listed properties: a map where the object has a schema for their values.
    pub(super) fn map(&mut self, view: &View<'a>, defined_in: &DefinedIn) -> Option<Type> {
        let patterns: Vec<View<'a>> =
            view.get("patternProperties").iter().flat_map(View::members).map(|(_, schema)| schema).collect();
        let additional = further(view).filter(|a| *a.node != Node::Bool(false));
        let additional = additional.filter(|a| patterns.is_empty() || restricts_type(a));
        let mut schemas = additional.into_iter().chain(patterns);
        let first = schemas.next()?;
        let value = self.value_type(&first, defined_in);
        // Properties of several types by the patterns of their names are any values.
        let value = schemas
            .fold(value, |value, schema| if self.value_type(&schema, defined_in) == value { value } else { Type::Any });
        Some(match value {
            Type::Any => Type::Object,
            value => Type::Map(Box::new(value)),
        })
    }
}

/// Returns the schema of the properties that an object does not list. Its message has those of all of its parts, so that
/// both keywords mean the same.
pub(super) fn further<'a>(view: &View<'a>) -> Option<View<'a>> {
    view.get("additionalProperties").or_else(|| view.get("unevaluatedProperties"))
}

/// Returns `true` if a schema lists properties. An empty list next to a schema of further ones is that of a map.
pub(super) fn lists_properties(view: &View<'_>) -> bool {
    let is_open = || further(view).is_some_and(|further| *further.node != Node::Bool(false));
    view.node.get("properties").is_some_and(|listed| listed.len() > 0 || !is_open())
}

/// Returns the names of the properties that parts of an object list.
fn property_names<'a>(parts: &[Part<'a>]) -> impl Iterator<Item = &'a str> {
    parts.iter().filter_map(|part| part.view.node.get("properties")).flat_map(Node::keys)
}
