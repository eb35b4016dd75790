//! Schemas as types of the model.

use super::choice::Choice;
use super::node::Node;
use super::normalize::{Chosen, Normalized, first_items, is_null};
use super::object::lists_properties;
use super::reader::Reader;
use super::scalar::{integer, is_file, text_format};
use super::view::{NodeId, View};
use crate::model::{DefinedIn, Schema, Shape, Type};
use crate::parser::lowering::formats;
use crate::parser::lowering::schemas::inline_name;
use crate::parser::names::MAX_INLINE_LENGTH;
use std::collections::HashMap;

/// Types of inline schemas, by their value and the name of the place where they are written.
#[derive(Default)]
pub(super) struct InlineTypes {
    known: HashMap<(NodeId, String), Type>,
    /// Those that are being read; `true` if one of their own properties has the same type.
    open: HashMap<(NodeId, String), bool>,
}

impl<'a> Reader<'a> {
    /// Returns the schemas that the document lists, by name. One that is written in another file has the first name under
    /// which it is listed, wherever it is referred to.
    pub(super) fn listed_schemas(&mut self, schemas: Option<&View<'a>>) -> Vec<(&'a str, View<'a>)> {
        let mut listed = Vec::new();
        for (name, schema) in schemas.into_iter().flat_map(View::members) {
            let is_reference = schema.node.len() == 1 && schema.node.get("$ref").is_some();
            let other = if is_reference { self.follow(&schema).filter(|other| other.file != 0) } else { None };
            let target = other.and_then(|other| self.target(&other)).filter(|target| target.file != 0);
            let target =
                target.filter(|target| *self.names.given.entry(target.id()).or_insert_with(|| name.to_owned()) == name);
            listed.push((name, target.unwrap_or(schema)));
        }
        listed
    }

    /// Reads a schema that has a name.
    pub(super) fn schema(&mut self, name: &str, view: &View<'a>) {
        self.in_multipart = self.multipart_schemas.contains(&view.id());
        self.limits.excess = None;
        let shape = self.shape(name, view);
        let shape = if self.is_excessive(view, name) { Shape::Alias(Type::Any) } else { shape };
        self.in_multipart = false;
        self.keep(name.to_owned(), view, shape, DefinedIn::TopLevel);
    }

    fn keep(&mut self, name: String, view: &View<'a>, shape: Shape, defined_in: DefinedIn) {
        let pointer = self.files.show(view);
        if self.may_name(view, name.len().saturating_add(pointer.len())) {
            let (doc, constraints) = (doc(view), self.constraints(view));
            let schema = Schema { doc, deprecated: view.flag("deprecated"), shape, constraints, defined_in, pointer };
            self.insert(name, schema);
        }
    }

    fn shape(&mut self, name: &str, view: &View<'a>) -> Shape {
        let defined_in = DefinedIn::Element { schema: name.to_owned() };
        if !matches!(view.node, Node::Object(_)) || view.node.get("$ref").is_some() {
            return Shape::Alias(self.ty(view, &defined_in));
        }
        if self.is_exhausted(view) {
            return Shape::Alias(Type::Any);
        }
        match self.normalize(view) {
            Normalized::Same(inner) if inner.node.get("$ref").is_none() => self.shape(name, &inner),
            Normalized::Enum => Shape::Enum(self.enumeration(std::slice::from_ref(view))),
            kind @ (Normalized::OneOf(_)
            | Normalized::ObjectWithChoice(_)
            | Normalized::Types(_)
            | Normalized::Extended) => match self.choice(view, kind, name, &defined_in) {
                Choice::Enum(values) => Shape::Enum(values),
                Choice::Type(ty) => Shape::Alias(ty),
                Choice::Same(inner) => self.shape(name, &inner),
                Choice::OneOf(one_of) => Shape::OneOf(one_of),
            },
            Normalized::Object => self.object_shape(name, view, &defined_in),
            _ => Shape::Alias(self.ty(view, &defined_in)),
        }
    }

    fn object_shape(&mut self, name: &str, view: &View<'a>, defined_in: &DefinedIn) -> Shape {
        let parts = self.parts(view, name);
        let listed = parts.iter().any(|part| lists_properties(&part.view));
        let map = if listed { None } else { self.map(view, defined_in) };
        map.map_or_else(|| Shape::Message(self.message(&parts)), Shape::Alias)
    }

    /// Returns the type of a property, element or body. An inline schema becomes a schema of its own, named after the
    /// place where it is written.
    pub(super) fn ty(&mut self, view: &View<'a>, defined_in: &DefinedIn) -> Type {
        match view.node {
            Node::Object(_) => {}
            Node::Bool(_) => return Type::Any,
            other => {
                self.warn(view, format!("a schema must be an object, not {}: read as any JSON value", other.kind()));
                return Type::Any;
            }
        }
        if view.node.get("$ref").is_some() {
            // A file of a form has no name: elsewhere, its schema is text.
            if self.in_multipart
                && self.takes_file(view, 0)
                && let Some(target) = self.target(view)
            {
                let kind = self.normalize(&target);
                return self.type_of(&target, kind, defined_in);
            }
            return match self.follow(view) {
                Some(found) => Type::Schema(self.name(&found)),
                None => Type::Any,
            };
        }
        if let Some(data) = view.get("contentSchema").filter(|_| self.streams.data.contains(&view.id())) {
            return self.ty(&data, defined_in);
        }
        let kind = if self.is_exhausted(view) { Normalized::Any } else { self.normalize(view) };
        self.type_of(view, kind, defined_in)
    }

    /// Returns the type of a value that cannot be left unset: an element of a list or map, or a whole body.
    pub(super) fn value_type(&mut self, view: &View<'a>, defined_in: &DefinedIn) -> Type {
        match self.ty(view, defined_in) {
            // No part of a form is `null`.
            ty @ (Type::Any | Type::File) => ty,
            ty if self.may_be_null(view) => Type::Nullable(Box::new(ty)),
            ty => ty,
        }
    }

    /// Returns the type of a schema of a kind. An inline schema that several messages have is read once.
    pub(super) fn type_of(&mut self, view: &View<'a>, kind: Normalized<'a>, defined_in: &DefinedIn) -> Type {
        use Normalized::{Enum, Extended, Object, ObjectWithChoice, OneOf, Types};
        if !matches!(kind, Object | Enum | OneOf(_) | ObjectWithChoice(_) | Types(_) | Extended) {
            return self.read_type(view, kind, defined_in);
        }
        let key = (view.id(), inline_name(defined_in, None));
        if let Some(known) = self.inline_types.known.get(&key) {
            return known.clone();
        }
        if key.1.len() > MAX_INLINE_LENGTH {
            let message = "the names of the schemas and properties around this schema are too long together";
            let warning = self.warning_at(view, format!("{message}: read as any JSON value"));
            self.report(view, warning.help("move it to `components/schemas`, under a name of its own"));
            return Type::Any;
        }
        if let Some(is_referred) = self.inline_types.open.get_mut(&key) {
            // A property of the schema that it extends: its type is the one that is being read.
            *is_referred = true;
            return Type::Schema(self.inline_name(view, defined_in));
        }
        self.inline_types.open.insert(key.clone(), false);
        // An excess noted before is that of the schema around this one.
        let outer = self.limits.excess.take();
        let ty = self.read_type(view, kind, defined_in);
        let ty = if self.is_excessive(view, &key.1) { Type::Any } else { ty };
        self.limits.excess = outer;
        if self.inline_types.open.remove(&key) == Some(true) {
            let name = self.inline_name(view, defined_in);
            if ty != Type::Schema(name.clone()) {
                self.inline_as(name, view, Shape::Alias(ty.clone()), defined_in);
            }
        }
        self.inline_types.known.insert(key, ty.clone());
        ty
    }

    fn read_type(&mut self, view: &View<'a>, kind: Normalized<'a>, defined_in: &DefinedIn) -> Type {
        let format = text_format(view);
        match kind {
            Normalized::Same(inner) => self.ty(&inner, defined_in),
            Normalized::Text if self.in_multipart && is_file(view) => Type::File,
            Normalized::Text => self.text_type(format),
            Normalized::Enum => match self.enumeration(std::slice::from_ref(view)) {
                null if null.is_null() => Type::Any,
                values => self.inline(view, Shape::Enum(values), defined_in),
            },
            Normalized::Integer => integer(view),
            Normalized::Number => match format {
                Some("float") => Type::Float,
                Some("int32" | "int64" | "uint32" | "uint64") => integer(view),
                _ => Type::Double,
            },
            Normalized::Bool => Type::Bool,
            Normalized::List(items) => {
                let item = match (first_items(view), items) {
                    (Some(first), _) => self.first_items_type(view, &first, defined_in),
                    (None, Some(items)) => self.value_type(&items, defined_in),
                    (None, None) => Type::Any,
                };
                Type::List(Box::new(item))
            }
            Normalized::Object => self.object_type(view, defined_in),
            kind @ (Normalized::OneOf(_)
            | Normalized::ObjectWithChoice(_)
            | Normalized::Types(_)
            | Normalized::Extended) => {
                let name = self.inline_name(view, defined_in);
                match self.choice(view, kind, &name, defined_in) {
                    Choice::Enum(values) => self.inline_as(name, view, Shape::Enum(values), defined_in),
                    Choice::Type(ty) => ty,
                    Choice::Same(inner) => {
                        // The name that the choice does not need.
                        self.names.inline.insert((inner.id(), inline_name(defined_in, None)), name);
                        self.ty(&inner, defined_in)
                    }
                    Choice::OneOf(one_of) => self.inline_as(name, view, Shape::OneOf(one_of), defined_in),
                }
            }
            Normalized::Any => Type::Any,
        }
    }

    /// Returns the type of a string with a format.
    pub(super) fn text_type(&self, format: Option<&str>) -> Type {
        match formats::string(format) {
            Type::DateTime if self.has_proto_times => Type::Timestamp,
            ty => ty,
        }
    }

    /// Returns the type of the elements of a list whose first elements have schemas of their own: one of these.
    fn first_items_type(&mut self, view: &View<'a>, first: &View<'a>, defined_in: &DefinedIn) -> Type {
        if self.list(view, "prefixItems").is_none() {
            self.warn(first, "`items` must be a schema, not a list: read as `prefixItems`");
        }
        let mut all: Vec<View<'a>> = first.items().collect();
        all.extend(view.get("items").filter(|items| matches!(items.node, Node::Object(_))));
        let may_be_null = all.iter().any(|one| self.may_be_null(one));
        all.retain(|one| !is_null(one));
        let ty = match all.as_slice() {
            [] => Type::Any,
            [one] => self.ty(one, defined_in),
            _ => self.type_of(view, Normalized::OneOf(all), defined_in),
        };
        match ty {
            Type::Any => Type::Any,
            ty if may_be_null => Type::Nullable(Box::new(ty)),
            ty => ty,
        }
    }

    fn object_type(&mut self, view: &View<'a>, defined_in: &DefinedIn) -> Type {
        // One of several types of a schema can be an object.
        if !self.lists_properties(view) {
            match self.map(view, defined_in) {
                Some(map) => return map,
                // An object without any property.
                None if view.node.get("additionalProperties") == Some(&Node::Bool(false)) => {}
                None => return Type::Object,
            }
        }
        let name = self.inline_name(view, defined_in);
        let parts = self.parts(view, &name);
        let shape = Shape::Message(self.message(&parts));
        self.inline_as(name, view, shape, defined_in)
    }

    /// Returns the type of an object that has one alternative of the choice that is one of its parts.
    pub(super) fn object_with(&mut self, chosen: &Chosen<'a>, view: &View<'a>, defined_in: &DefinedIn) -> Type {
        let name = self.inline_name(view, defined_in);
        let parts = self.parts_with(&chosen.whole, &name, Some(chosen));
        let shape = Shape::Message(self.message(&parts));
        self.inline_as(name, view, shape, defined_in)
    }

    /// Keeps an inline schema, and returns its type.
    pub(super) fn inline(&mut self, view: &View<'a>, shape: Shape, defined_in: &DefinedIn) -> Type {
        let name = self.inline_name(view, defined_in);
        self.inline_as(name, view, shape, defined_in)
    }

    fn inline_as(&mut self, name: String, view: &View<'a>, shape: Shape, defined_in: &DefinedIn) -> Type {
        self.keep(name.clone(), view, shape, defined_in.clone());
        Type::Schema(name)
    }
}

/// Returns the description of a schema.
pub(super) fn doc(view: &View<'_>) -> Option<String> {
    let text = view.text("description").or_else(|| view.text("summary")).filter(|text| !text.is_empty());
    text.map(str::to_owned)
}
