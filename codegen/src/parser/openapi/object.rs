//! Objects as messages: their properties, by all that is said of each.

use super::choice::subject;
use super::composition::Part;
use super::files::View;
use super::form::{Form, says_something};
use super::node::Node;
use super::reader::Reader;
use super::schema::doc;
use crate::model::{Behavior, Evidence, EvidenceKind, Field, Home, Message, Schema, Shape, Type, Union};
use crate::parser::lowering::behavior::stated_behavior;
use heck::ToUpperCamelCase;
use std::collections::{BTreeMap, BTreeSet};

/// What a part of an object says of a property.
struct Said<'a> {
    home: Home,
    view: View<'a>,
    maybe: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn message(&mut self, parts: &[Part<'a>]) -> Message {
        let owner = parts.last().map_or("", |part| part.owner.as_str());
        let mut required = BTreeSet::new();
        let mut properties: BTreeMap<&'a str, Vec<Said<'a>>> = BTreeMap::new();
        let mut unions = Vec::new();
        for part in parts {
            if !part.maybe
                && let Some(names) = self.list(&part.view, "required")
            {
                required.extend(names.items().filter_map(|name| name.node.text()));
            }
            for (name, property) in self.object(&part.view, "properties").iter().flat_map(View::members) {
                let inside = if part.prefix.is_empty() {
                    name.to_owned()
                } else {
                    format!("{}{}", part.prefix, name.to_upper_camel_case())
                };
                let home = Home::Property { schema: part.owner.clone(), property: inside };
                properties.entry(name).or_default().push(Said { home, view: property, maybe: part.maybe });
            }
            unions.extend(self.object(&part.view, "x-unions").iter().flat_map(View::members));
        }
        let mut message = Message::default();
        for (name, said) in properties {
            let field = self.field(owner, name, &said, required.contains(name));
            message.fields.insert(name.to_owned(), field);
        }
        for (name, members) in unions {
            self.union(&mut message, name, &members);
        }
        for part in parts {
            // What is not listed and has no type is kept in any case.
            for key in ["additionalProperties", "unevaluatedProperties"] {
                message.closed |= !part.maybe && part.view.node.get(key) == Some(&Node::Bool(false));
            }
            let Some(additional) = part.view.get("additionalProperties").filter(|a| says_something(a)) else {
                continue;
            };
            if matches!(additional.node, Node::Object(_)) {
                let home = Home::Property { schema: part.owner.clone(), property: "additionalProperties".into() };
                message.additional = Some(self.ty(&additional, &home)).filter(|ty| *ty != Type::Any);
            }
        }
        message
    }

    /// A property, by all that is said of it, the last word last.
    fn field(&mut self, message: &str, name: &str, said: &[Said<'a>], required: bool) -> Field {
        let views: Vec<View<'a>> = said.iter().map(|said| said.view.clone()).collect();
        let typed: Vec<&Said<'a>> = said.iter().filter(|said| says_something(&said.view)).collect();
        let lists = typed.len() > 1
            && typed.last().is_some_and(|last| last.maybe)
            && typed
                .iter()
                .all(|said| said.view.node.get("$ref").is_none() && matches!(self.form(&said.view), Form::Enum));
        let ty = match typed.as_slice() {
            [] => Type::Any,
            [.., last] if lists => {
                // Each of several objects names itself by a value of its own.
                let values = self.enumeration(&views);
                let home = Home::Property { schema: message.to_owned(), property: name.to_owned() };
                self.inline(&last.view, Shape::Enum(values), &home)
            }
            [all @ .., last] if last.maybe && !all.is_empty() => {
                let types: Vec<Type> = typed.iter().map(|said| self.ty(&said.view, &said.home)).collect();
                let ty = self.common(&types);
                if ty == Type::Any && types.iter().any(|ty| *ty != Type::Any) {
                    self.skip(&last.view, subject(&last.home), "of several types: read as any JSON value");
                }
                ty
            }
            [.., last] => self.ty(&last.view, &last.home),
        };
        let Some(view) = typed.last().map(|said| &said.view).or(views.last()) else {
            unreachable!("a property is said at least once")
        };
        let mut behavior = BTreeSet::new();
        for view in &views {
            behavior.extend(view.text("description").map(stated_behavior).unwrap_or_default());
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
        Field {
            ty,
            doc: views.iter().rev().find_map(doc),
            behavior,
            deprecated: views.iter().any(|view| view.flag("deprecated")),
            constraints: self.constraints(view),
            required_by: Vec::new(),
        }
    }

    /// The type that takes what any of these takes.
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

    /// A union that the document states itself.
    fn union(&mut self, message: &mut Message, name: &str, members: &View<'a>) {
        let mut names = Vec::new();
        for member in members.items() {
            let Some(text) = member.node.text() else {
                self.error(&member, format!("a member's name must be a string; this is {}", member.node.kind()));
                continue;
            };
            if !message.fields.contains_key(text) {
                let error =
                    self.fault(&member, format!("the union `{name}` names a property that is not there: `{text}`"));
                self.tell(error.suggest(text, message.fields.keys().map(String::as_str)));
            } else if let Some((other, _)) = message.union_of(text) {
                let message = format!("`{text}` is already a member of the union `{other}`");
                self.error(&member, message);
            } else {
                names.push(text.to_owned());
            }
        }
        let source = Evidence { kind: EvidenceKind::Document, reference: "x-unions".into() };
        let union = Union { members: names, doc: None, source, member_sources: BTreeMap::new() };
        message.unions.insert(name.to_owned(), union);
    }

    /// The type of an object's properties where none are listed; `None` where the object says nothing of them.
    pub(super) fn map(&mut self, view: &View<'a>, home: &Home) -> Option<Type> {
        let patterns =
            view.get("patternProperties").and_then(|patterns| patterns.members().next().map(|(_, only)| only));
        let value = view.get("additionalProperties").filter(|a| *a.node != Node::Bool(false)).or(patterns)?;
        Some(match self.ty(&value, home) {
            Type::Any => Type::Object,
            value => Type::Map(Box::new(value)),
        })
    }
}
