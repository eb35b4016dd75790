//! Schemas: messages, enumerations, names for types.

use super::Lowering;
use crate::diagnostic::Diagnostic;
use crate::model::{
    Behavior, Bound, Constraints, DefinedIn, EnumValue, Enumeration, FactSource, FactSourceKind, Field, Int, Message,
    Schema, Shape, Type, Union,
};
use crate::parser::discovery::document;
use crate::parser::lowering::behavior::stated_behavior;
use crate::parser::lowering::formats;
use crate::parser::lowering::schemas::inline_name;
use crate::parser::names::MAX_INLINE_LENGTH;
use crate::source::escape;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};

impl Lowering<'_> {
    /// A schema among the document's own.
    pub(crate) fn schema(&mut self, name: &str, schema: &document::Schema, pointer: &str) {
        if name.is_empty() {
            self.error("empty name of a schema", pointer, "name it as its `id` does");
        }
        let shape = self.shape(name, schema, pointer);
        self.insert(name.to_owned(), schema, shape, DefinedIn::TopLevel, pointer);
    }

    fn insert(&mut self, name: String, schema: &document::Schema, shape: Shape, defined_in: DefinedIn, pointer: &str) {
        let new = Schema {
            doc: schema.description.clone(),
            deprecated: schema.deprecated,
            shape,
            constraints: constraints(schema),
            defined_in,
            pointer: pointer.to_owned(),
        };
        if let Some(old) = self.schemas.get(&name) {
            let message = format!("duplicate schema `{name}`; the other one is at {}", old.pointer);
            self.error(message, pointer, "rename one of them");
        } else {
            self.schemas.insert(name, new);
        }
    }

    fn shape(&mut self, name: &str, schema: &document::Schema, pointer: &str) -> Shape {
        if schema.reference.is_none() && schema.kind.as_deref() == Some("object") {
            if schema.properties.is_some() || schema.additional_properties.is_none() {
                return Shape::Message(self.message(name, schema, pointer));
            }
        } else if let (Some("string"), Some(values)) = (schema.kind.as_deref(), &schema.values) {
            return Shape::Enum(self.enumeration(schema, values, pointer));
        }
        Shape::Alias(self.ty(schema, &DefinedIn::Element { schema: name.to_owned() }, pointer))
    }

    fn message(&mut self, name: &str, schema: &document::Schema, pointer: &str) -> Message {
        let mut message = Message::default();
        for (property, schema) in schema.properties.iter().flatten() {
            let pointer = format!("{pointer}/properties/{}", escape(property));
            if property.is_empty() {
                self.error("empty name of a property", &pointer, "a property's name is its key on the wire");
            }
            let defined_in = DefinedIn::Field { schema: name.to_owned(), field: property.clone() };
            let field = Field {
                ty: self.ty(schema, &defined_in, &pointer),
                doc: schema.description.clone(),
                behavior: behavior(schema),
                deprecated: schema.deprecated,
                required: false,
                constraints: constraints(schema),
                required_by: schema.annotations.as_ref().map(|a| a.required.clone()).unwrap_or_default(),
            };
            message.fields.insert(property.clone(), field);
        }
        if let Some(additional) = &schema.additional_properties {
            let defined_in = DefinedIn::AdditionalProperties { schema: name.to_owned() };
            message.additional = Some(self.ty(additional, &defined_in, &format!("{pointer}/additionalProperties")));
        }
        let mut union_of: HashMap<&str, &str> = HashMap::new();
        for (union, members) in &schema.unions {
            let pointer = format!("{pointer}/x-unions/{}", escape(union));
            if self.is_too_long(union, &pointer) {
                continue;
            }
            if members.is_empty() {
                self.error(format!("empty union `{union}`"), &pointer, "list its members, or remove it");
            }
            for (index, member) in members.iter().enumerate() {
                let pointer = format!("{pointer}/{index}");
                let other = union_of.insert(member.as_str(), union.as_str());
                if !message.fields.contains_key(member) {
                    let error =
                        Diagnostic::error(format!("unknown property `{member}` in the union `{union}` of `{name}`"))
                            .at_pointer(self.source, pointer)
                            .suggest(
                                member,
                                message.fields.keys().map(String::as_str).take(self.diagnostics.candidates()),
                            );
                    self.diagnostics.push(error);
                } else if other == Some(union) {
                    let message = format!("duplicate member `{member}` of the union `{union}`");
                    self.error(message, &pointer, "remove one of the two");
                } else if let Some(other) = other {
                    let message = format!("`{member}` is already a member of the union `{other}`");
                    self.error(message, &pointer, "a property is a member of one union at most");
                }
            }
            let source = FactSource { kind: FactSourceKind::Document, reference: "x-unions".into() };
            let union_of_members =
                Union { members: members.clone(), doc: None, source, member_sources: BTreeMap::new() };
            message.unions.insert(union.clone(), union_of_members);
        }
        message
    }

    fn enumeration(&mut self, schema: &document::Schema, values: &[String], pointer: &str) -> Enumeration {
        let mut seen = BTreeSet::new();
        if values.is_empty() {
            let help = "list its values; without `enum` this is a string";
            self.error("`enum` has no values", &format!("{pointer}/enum"), help);
        }
        let values = values
            .iter()
            .enumerate()
            // Some documents list a value twice.
            .filter(|(_, name)| seen.insert(name.as_str()))
            .map(|(i, name)| EnumValue {
                name: name.clone(),
                is_literal: false,
                doc: schema.enum_descriptions.get(i).filter(|doc| !doc.is_empty()).cloned(),
                deprecated: schema.enum_deprecated.get(i).copied().unwrap_or(false),
            })
            .collect();
        Enumeration { values, beside_text: false }
    }

    /// Returns the type of a property, element or body. An inline schema becomes a schema of its own, named after the
    /// place where it is written.
    pub(super) fn ty(&mut self, schema: &document::Schema, defined_in: &DefinedIn, pointer: &str) -> Type {
        if let Some(name) = &schema.reference {
            if !self.known.contains(name) {
                let error = Diagnostic::error(format!("unresolved `$ref`: no schema named `{name}`"))
                    .at_pointer(self.source, format!("{pointer}/$ref"))
                    .help("add the schema, or fetch the document again if it should be whole")
                    .suggest(name, self.known.iter().map(String::as_str).take(self.diagnostics.candidates()));
                self.diagnostics.push(error);
            }
            return Type::Schema(name.clone());
        }
        let format = schema.format.as_deref();
        match schema.kind.as_deref() {
            Some("string") => match (format, &schema.values) {
                (_, Some(values)) => match self.enumeration(schema, values, pointer) {
                    null if null.is_null() => Type::Any,
                    values => {
                        let name = self.inline_name(defined_in);
                        self.insert(name.clone(), schema, Shape::Enum(values), defined_in.clone(), pointer);
                        Type::Schema(name)
                    }
                },
                _ => formats::string(format),
            },
            Some("integer") => match format {
                Some("uint32") => Type::Int(Int::U32),
                Some("int64") => Type::Int(Int::I64Number),
                Some("uint64") => Type::Int(Int::U64Number),
                _ => Type::Int(Int::I32),
            },
            Some("number") => match format {
                Some("float") => Type::Float,
                _ => Type::Double,
            },
            Some("boolean") => Type::Bool,
            Some("any") => Type::Any,
            Some("array") => match &schema.items {
                Some(items) => Type::List(Box::new(self.ty(items, defined_in, &format!("{pointer}/items")))),
                None => {
                    self.error(
                        "missing `items` of an `array`",
                        pointer,
                        "`items` is the schema of the elements: a `type` or a `$ref`",
                    );
                    Type::List(Box::new(Type::Any))
                }
            },
            Some("object") => match (&schema.properties, &schema.additional_properties) {
                (Some(_), _) => {
                    let name = self.inline_name(defined_in);
                    if name.len() > MAX_INLINE_LENGTH {
                        let message =
                            "the names of the schemas and properties around this schema are too long together";
                        self.error(message, pointer, "move it to `schemas`, under a name of its own");
                        return Type::Any;
                    }
                    let shape = Shape::Message(self.message(&name, schema, pointer));
                    self.insert(name.clone(), schema, shape, defined_in.clone(), pointer);
                    Type::Schema(name)
                }
                (None, Some(additional)) => {
                    match self.ty(additional, defined_in, &format!("{pointer}/additionalProperties")) {
                        Type::Any => Type::Object,
                        value => Type::Map(Box::new(value)),
                    }
                }
                (None, None) => Type::Object,
            },
            Some(other) => {
                let known = ["any", "array", "boolean", "integer", "number", "object", "string"];
                let error = Diagnostic::error(format!("unknown type `{other}`"))
                    .at_pointer(self.source, format!("{pointer}/type"))
                    .help(format!("one of: {}", known.join(", ")));
                let near = crate::diagnostic::nearest(other, known).is_some();
                self.diagnostics.push(if near { error.suggest(other, known) } else { error });
                Type::Any
            }
            None => {
                let help = "add a type, such as `\"type\": \"string\"`; `any` is any JSON value";
                self.error("missing `type` or `$ref`", pointer, help);
                Type::Any
            }
        }
    }

    /// Returns the name of an inline schema, which is numbered if another schema has that name.
    fn inline_name(&self, defined_in: &DefinedIn) -> String {
        let is_taken = |name: &String| self.known.contains(name) || self.schemas.contains_key(name);
        let numbers = std::iter::once(None).chain((2u64..).map(Some));
        numbers.map(|number| inline_name(defined_in, number)).find(|name| !is_taken(name)).unwrap_or_default()
    }
}

pub(super) fn constraints(schema: &document::Schema) -> Constraints {
    let items = schema.items.as_deref().or(schema.additional_properties.as_deref()).map(constraints);
    Constraints {
        items: items.filter(|items| *items != Constraints::default()).map(Box::new),
        default: schema.default.as_ref().map(text),
        pattern: schema.pattern.clone(),
        minimum: schema.minimum.as_ref().map(text).map(Bound::inclusive),
        maximum: schema.maximum.as_ref().map(text).map(Bound::inclusive),
        unread: schema.variant.as_ref().map(|variant| ("variant", variants(variant))).into_iter().collect(),
        ..Constraints::default()
    }
}

/// Returns the schemas that the values of a property select, in words: `kind: herb → Herb, tree → Tree`.
fn variants(variant: &Value) -> String {
    let member = |value: &Value, key: &str| value.get(key).map(text).unwrap_or_default();
    let rows = variant.get("map").and_then(Value::as_array).into_iter().flatten();
    let rows: BTreeSet<String> =
        rows.map(|row| format!("{} → {}", member(row, "type_value"), member(row, "$ref"))).collect();
    format!("{}: {}", member(variant, "discriminant"), rows.into_iter().collect::<Vec<_>>().join(", "))
}

/// Discovery writes bounds and defaults as text; other tools that write its form use numbers.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn behavior(schema: &document::Schema) -> BTreeSet<Behavior> {
    let mut behavior = schema.description.as_deref().map(stated_behavior).unwrap_or_default();
    if schema.read_only {
        behavior.insert(Behavior::OutputOnly);
    }
    if schema.required {
        behavior.insert(Behavior::Required);
    }
    behavior
}
