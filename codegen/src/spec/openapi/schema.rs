//! Schemas as types of the model.

use super::choice::{Choice, subject};
use super::files::View;
use super::node::Node;
use super::reader::Reader;
use crate::model::{
    Behavior, Constraints, EnumValue, Enumeration, Evidence, EvidenceKind, Field, Home, Int, Message, Schema, Shape,
    Type, Union,
};
use crate::spec::behavior::stated_behavior;
use crate::spec::discovery::inline_name;
use heck::{ToLowerCamelCase, ToUpperCamelCase};
use std::collections::{BTreeMap, BTreeSet};

/// What a schema comes down to.
pub(super) enum Form<'a> {
    /// No more and no less than another schema.
    Same(View<'a>),
    /// Text, of a format.
    Text,
    /// Text out of a list.
    Enum,
    Integer,
    Number,
    Bool,
    /// A list of what this says.
    List(Option<View<'a>>),
    /// An object: its own properties and those of what it is made of.
    Object,
    /// One of these.
    OneOf(Vec<View<'a>>),
    /// One of these types, which the schema itself names.
    Types(Vec<&'a str>),
    Any,
}

/// A part of an object that `allOf` makes out of several, and whose it is.
pub(super) struct Part<'a> {
    /// The schema that inline ones within are named after.
    owner: String,
    /// What goes before a property's name there, if the part has no name of its own.
    prefix: String,
    pub(super) view: View<'a>,
    /// Whether it is one of several that an object may be: what it requires, not all objects have.
    pub(super) maybe: bool,
}

/// What a part of an object says of a property.
struct Said<'a> {
    home: Home,
    view: View<'a>,
    maybe: bool,
}

impl<'a> Reader<'a> {
    /// A schema that has a name.
    pub(super) fn schema(&mut self, name: &str, view: &View<'a>) {
        self.in_form = self.forms.contains(&view.place());
        let shape = self.shape(name, view);
        self.in_form = false;
        self.keep(name.to_owned(), view, shape, Home::Top);
    }

    fn keep(&mut self, name: String, view: &View<'a>, shape: Shape, home: Home) {
        let schema =
            Schema { doc: doc(view), deprecated: view.flag("deprecated"), shape, home, pointer: self.files.show(view) };
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
            Form::Text if self.in_form && is_file(view) => Type::Bytes,
            Form::Text => text(format),
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

    /// What a schema comes down to. A `$ref` is for the caller to follow.
    pub(super) fn form(&mut self, view: &View<'a>) -> Form<'a> {
        let own = view.node.get("properties").is_some();
        if let Some(all) = self.list(view, "allOf") {
            let members: Vec<_> = all.items().filter(says_something).collect();
            let others = own || view.node.get("oneOf").is_some() || view.node.get("anyOf").is_some();
            match members.as_slice() {
                [] => {}
                [one] if !others => return Form::Same(one.clone()),
                many => {
                    let plain = many.iter().find(|member| !self.is_object(member)).cloned();
                    return match plain {
                        None => Form::Object,
                        // What the others say beside it can only narrow it.
                        Some(plain) => Form::Same(plain),
                    };
                }
            }
        }
        for key in ["oneOf", "anyOf"] {
            let Some(list) = self.list(view, key) else {
                continue;
            };
            let choices: Vec<_> = list.items().filter(says_something).filter(|choice| !is_null(choice)).collect();
            match choices.as_slice() {
                [] => {}
                _ if own => return Form::Object,
                [one] => return Form::Same(one.clone()),
                _ => return Form::OneOf(choices),
            }
        }
        let types: Vec<&str> = match view.node.get("type") {
            Some(Node::Text(kind)) => vec![kind.as_str()],
            Some(Node::List(kinds)) => kinds.iter().filter_map(Node::text).filter(|kind| *kind != "null").collect(),
            Some(other) => {
                let place = view.child(other, "type");
                self.error(&place, format!("`type` must be a string or a list; this is {}", other.kind()));
                return Form::Any;
            }
            None => Vec::new(),
        };
        let kind = match types.as_slice() {
            [] => implied(view.node),
            [one] => one,
            ["integer", "number"] | ["number", "integer"] => "number",
            _ => return Form::Types(types),
        };
        self.of_type(view, kind)
    }

    /// What a schema comes down to that is of one type.
    pub(super) fn of_type(&mut self, view: &View<'a>, kind: &str) -> Form<'a> {
        let values = view.node.get("enum").is_some() || view.node.get("const").is_some();
        match kind {
            "string" if values => Form::Enum,
            "string" => Form::Text,
            "integer" => Form::Integer,
            "number" => Form::Number,
            "boolean" => Form::Bool,
            "array" => Form::List(view.get("items").filter(|_| view.node.get("prefixItems").is_none())),
            "object" => Form::Object,
            "any" | "null" => Form::Any,
            other => {
                let known = ["array", "boolean", "integer", "number", "object", "string"];
                let place = view.get("type").unwrap_or_else(|| view.clone());
                let error = self.fault(&place, format!("`{other}` is no type of an OpenAPI document"));
                let error = error.help(format!("one of: {}", known.join(", "))).suggest(other, known);
                self.tell(error);
                Form::Any
            }
        }
    }

    /// Whether a schema is an object, itself or by what it refers to.
    pub(super) fn is_object(&mut self, view: &View<'a>) -> bool {
        // What is made of itself is told where its parts are gathered.
        if self.depth > 32 {
            return true;
        }
        let Some(target) = self.target(view) else { return true };
        self.depth += 1;
        let is = match self.form(&target) {
            Form::Object => true,
            Form::Same(inner) => self.is_object(&inner),
            Form::OneOf(choices) => choices.iter().all(|choice| self.is_object(choice)),
            _ => false,
        };
        self.depth -= 1;
        is
    }

    /// What an object is made of, itself last, so that what it says again counts.
    pub(super) fn parts(&mut self, view: &View<'a>, owner: &str) -> Vec<Part<'a>> {
        let mut parts = Vec::new();
        self.gather(view, (owner, ""), false, &mut vec![view.place()], &mut parts);
        parts
    }

    fn gather(
        &mut self,
        view: &View<'a>,
        (owner, prefix): (&str, &str),
        maybe: bool,
        path: &mut Vec<(usize, String)>,
        parts: &mut Vec<Part<'a>>,
    ) {
        for (key, several) in [("allOf", false), ("oneOf", true), ("anyOf", true)] {
            let Some(list) = view.get(key) else { continue };
            for (index, member) in list.items().enumerate() {
                if !says_something(&member) || is_null(&member) {
                    continue;
                }
                let mut at = member.clone();
                let mut owner = owner.to_owned();
                let mut prefix = match at.text("title") {
                    _ if !several => prefix.to_owned(),
                    Some(title) => title.to_lower_camel_case(),
                    None => format!("option{}", index + 1),
                };
                if at.node.get("$ref").is_some() {
                    let Some(target) = self.target(&at) else {
                        continue;
                    };
                    owner = self.name(&target);
                    prefix = String::new();
                    at = target;
                }
                if path.contains(&at.place()) {
                    self.error(&member, format!("`{owner}` is made of itself"));
                    continue;
                }
                path.push(at.place());
                self.gather(&at, (&owner, &prefix), maybe || several, path, parts);
                path.pop();
            }
        }
        parts.push(Part { owner: owner.to_owned(), prefix: prefix.to_owned(), view: view.clone(), maybe });
    }

    fn message(&mut self, parts: &[Part<'a>]) -> Message {
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
            constraints: constraints(view),
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
    fn map(&mut self, view: &View<'a>, home: &Home) -> Option<Type> {
        let patterns =
            view.get("patternProperties").and_then(|patterns| patterns.members().next().map(|(_, only)| only));
        let value = view.get("additionalProperties").filter(|a| *a.node != Node::Bool(false)).or(patterns)?;
        Some(match self.ty(&value, home) {
            Type::Any => Type::Object,
            value => Type::Map(Box::new(value)),
        })
    }

    /// The values that schemas list, all of them together.
    pub(super) fn enumeration(&mut self, views: &[View<'a>]) -> Enumeration {
        let mut values: Vec<EnumValue> = Vec::new();
        for view in views {
            let docs = ["x-google-enum-descriptions", "x-enumDescriptions", "x-enum-descriptions"];
            let docs = docs.into_iter().find_map(|key| view.node.get(key));
            let deprecated = view.node.get("x-google-enum-deprecated");
            let named = |list: Option<&'a Node>, index: usize, name: &str| match list {
                Some(Node::List(items)) => items.get(index),
                Some(Node::Object(members)) => members.get(name),
                _ => None,
            };
            let constant = view.get("const");
            let listed = self.list(view, "enum");
            if listed.is_none() && constant.is_none() {
                continue;
            }
            let listed: Vec<View<'a>> = listed.iter().flat_map(View::items).chain(constant).collect();
            if listed.is_empty() {
                let place = view.get("enum").unwrap_or_else(|| view.clone());
                self.error(&place, "an `enum` without values");
            }
            for (index, value) in listed.iter().enumerate() {
                // `null` among the values says that it may be left unset, as everything may.
                if *value.node == Node::Null {
                    continue;
                }
                let name = value.node.to_string();
                if values.iter().any(|value| value.name == name) {
                    continue;
                }
                let doc = named(docs, index, &name).and_then(Node::text).filter(|doc| !doc.is_empty());
                let deprecated = matches!(named(deprecated, index, &name), Some(Node::Bool(true)));
                values.push(EnumValue { doc: doc.map(str::to_owned), deprecated, name });
            }
        }
        Enumeration { values }
    }
}

/// What a schema is for. Whole numbers have no enumeration in the model: their values are told.
pub(super) fn doc(view: &View<'_>) -> Option<String> {
    let text = view.text("description").or_else(|| view.text("summary")).filter(|text| !text.is_empty());
    let values = match (view.node.get("type"), view.node.get("enum")) {
        (Some(Node::Text(kind)), Some(Node::List(values))) if kind == "integer" || kind == "number" => {
            let values: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
            Some(format!("One of {}.", values.join(", ")))
        }
        _ => None,
    };
    match (text, values) {
        (Some(text), Some(values)) => Some(format!("{text}\n\n{values}")),
        (text, values) => text.map(str::to_owned).or(values),
    }
}

pub(super) fn constraints(view: &View<'_>) -> Constraints {
    let shown = |key| view.node.get(key).map(Node::to_string);
    Constraints {
        default: shown("default").filter(|_| view.node.get("default") != Some(&Node::Null)),
        pattern: view.text("pattern").map(str::to_owned),
        minimum: shown("minimum"),
        maximum: shown("maximum"),
    }
}

pub(super) fn text(format: Option<&str>) -> Type {
    match format {
        Some("int64") => Type::Int(Int::I64),
        Some("uint64") => Type::Int(Int::U64),
        Some("byte") => Type::Bytes,
        Some("google-datetime" | "date-time") => Type::Timestamp,
        Some("google-duration") => Type::Duration,
        Some("google-fieldmask") => Type::FieldMask,
        Some("date") => Type::Date,
        _ => Type::String,
    }
}

/// Whether text is a file, in a form.
fn is_file(view: &View<'_>) -> bool {
    let media = view.node.get("contentMediaType").is_some() && view.node.get("contentEncoding").is_none();
    view.text("format") == Some("binary") || media
}

/// A whole number without a format has no bounds: the widest type takes it.
fn integer(format: Option<&str>) -> Type {
    Type::Int(match format {
        Some("int32" | "int16" | "int8" | "uint8" | "uint16") => Int::I32,
        Some("uint32") => Int::U32,
        Some("uint64") => Int::U64Number,
        _ => Int::I64Number,
    })
}

/// The type that a schema without `type` speaks of.
fn implied(node: &Node) -> &'static str {
    let has = |key| node.get(key).is_some();
    let values = || match (node.get("enum"), node.get("const")) {
        (Some(Node::List(values)), _) => values.iter().find(|value| **value != Node::Null),
        (_, constant) => constant,
    };
    if has("properties") || has("additionalProperties") || has("patternProperties") || has("allOf") {
        return "object";
    }
    if has("items") {
        return "array";
    }
    match values() {
        Some(Node::Text(_)) => "string",
        Some(Node::Bool(_)) => "boolean",
        Some(Node::Number(number)) if number.is_f64() => "number",
        Some(Node::Number(_)) => "integer",
        _ => "any",
    }
}

/// Whether a schema says anything of the type: not only what it is for, or what must be set.
pub(super) fn says_something(view: &View<'_>) -> bool {
    let typing = [
        "$ref",
        "type",
        "properties",
        "additionalProperties",
        "patternProperties",
        "items",
        "prefixItems",
        "enum",
        "const",
        "allOf",
        "oneOf",
        "anyOf",
    ];
    typing.into_iter().any(|key| view.node.get(key).is_some())
}

fn is_null(view: &View<'_>) -> bool {
    let only_null = |key| matches!(view.node.get(key), Some(Node::List(values)) if *values == [Node::Null]);
    view.text("type") == Some("null") || only_null("enum")
}
