//! Schemas as types of the model.

use super::choice::Choice;
use super::files::View;
use super::form::Form;
use super::node::Node;
use super::reader::Reader;
use super::scalar::{integer, is_file};
use crate::model::{Home, Schema, Shape, Type};
use crate::parser::lowering::formats;
use crate::parser::lowering::schemas::inline_name;

impl<'a> Reader<'a> {
    /// A schema that has a name.
    pub(super) fn schema(&mut self, name: &str, view: &View<'a>) {
        self.in_form = self.forms.contains(&view.place());
        let shape = self.shape(name, view);
        self.in_form = false;
        self.keep(name.to_owned(), view, shape, Home::Top);
    }

    fn keep(&mut self, name: String, view: &View<'a>, shape: Shape, home: Home) {
        let schema = Schema {
            doc: doc(view),
            deprecated: view.flag("deprecated"),
            shape,
            constraints: self.constraints(view),
            home,
            pointer: self.files.show(view),
        };
        self.insert(name, schema, view);
    }

    fn shape(&mut self, name: &str, view: &View<'a>) -> Shape {
        let home = Home::Property { schema: name.to_owned(), property: "item".into() };
        if view.node.get("$ref").is_some() {
            return Shape::Alias(self.ty(view, &home));
        }
        match self.form(view) {
            Form::Same(inner) if inner.node.get("$ref").is_none() => self.shape(name, &inner),
            Form::Enum => Shape::Enum(self.enumeration(std::slice::from_ref(view))),
            form @ (Form::OneOf(_) | Form::Types(_)) => match self.choice(view, form, name, &home) {
                Choice::Enum(values) => Shape::Enum(values),
                Choice::Type(ty) => Shape::Alias(ty),
                Choice::OneOf(one_of) => Shape::OneOf(one_of),
            },
            Form::Object => self.object_shape(name, view, &home),
            _ => Shape::Alias(self.ty(view, &home)),
        }
    }

    fn object_shape(&mut self, name: &str, view: &View<'a>, home: &Home) -> Shape {
        let parts = self.parts(view, name);
        let listed = parts.iter().any(|part| part.view.node.get("properties").is_some());
        match self.map(view, home) {
            Some(map) if !listed => Shape::Alias(map),
            _ => Shape::Message(self.message(&parts)),
        }
    }

    /// What a property, element or body holds. What is written inline becomes a schema of its own, named after where
    /// it was found.
    pub(super) fn ty(&mut self, view: &View<'a>, home: &Home) -> Type {
        match view.node {
            Node::Object(_) => {}
            Node::Bool(_) => return Type::Any,
            other => {
                self.error(view, format!("a schema must be an object; this is {}", other.kind()));
                return Type::Any;
            }
        }
        if view.node.get("$ref").is_some() {
            return match self.follow(view) {
                Some(found) => Type::Schema(self.name(&found)),
                None => Type::Any,
            };
        }
        let form = self.form(view);
        self.formed(view, form, home)
    }

    /// The type of a schema that comes down to a form.
    pub(super) fn formed(&mut self, view: &View<'a>, form: Form<'a>, home: &Home) -> Type {
        let format = view.text("format");
        match form {
            Form::Same(inner) => self.ty(&inner, home),
            Form::Text if self.in_form && is_file(view) => Type::File,
            Form::Text => formats::string(format),
            Form::Enum => match self.enumeration(std::slice::from_ref(view)) {
                null if null.is_null() => Type::Any,
                values => self.inline(view, Shape::Enum(values), home),
            },
            Form::Integer => integer(format),
            Form::Number => match format {
                Some("float") => Type::Float,
                Some("int32" | "int64" | "uint32" | "uint64") => integer(format),
                _ => Type::Double,
            },
            Form::Bool => Type::Bool,
            Form::List(items) => Type::List(Box::new(items.map_or(Type::Any, |items| self.ty(&items, home)))),
            Form::Object => self.object_type(view, home),
            form @ (Form::OneOf(_) | Form::Types(_)) => match self.choice(view, form, &inline_name(home), home) {
                Choice::Enum(values) => self.inline(view, Shape::Enum(values), home),
                Choice::Type(ty) => ty,
                Choice::OneOf(one_of) => self.inline(view, Shape::OneOf(one_of), home),
            },
            Form::Any => Type::Any,
        }
    }

    fn object_type(&mut self, view: &View<'a>, home: &Home) -> Type {
        let parts = self.parts(view, &inline_name(home));
        if !parts.iter().any(|part| part.view.node.get("properties").is_some()) {
            return self.map(view, home).unwrap_or(Type::Object);
        }
        let shape = Shape::Message(self.message(&parts));
        self.inline(view, shape, home)
    }

    pub(super) fn inline(&mut self, view: &View<'a>, shape: Shape, home: &Home) -> Type {
        let name = inline_name(home);
        self.keep(name.clone(), view, shape, home.clone());
        Type::Schema(name)
    }
}

/// Description of a schema.
pub(super) fn doc(view: &View<'_>) -> Option<String> {
    let text = view.text("description").or_else(|| view.text("summary")).filter(|text| !text.is_empty());
    text.map(str::to_owned)
}
