//! What an API has, and what it is called in Rust.

use crate::model::{Api, Int, Message, Shape, Type};
use crate::rust::naming::{Names, RustPath, parent};
use serde::Serialize;
use std::fmt::Write;

/// What to list.
#[derive(Clone, Copy, Debug)]
pub struct Parts {
    /// Methods.
    pub methods: bool,
    /// Schemas and their properties.
    pub schemas: bool,
    /// Unions.
    pub unions: bool,
}

/// How to list it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// The list, as JSON has it. A part that was not asked for is empty.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Listing {
    /// Methods by name.
    pub methods: Vec<Method>,
    /// Schemas by name.
    pub schemas: Vec<Schema>,
    /// Unions by schema and name.
    pub unions: Vec<Union>,
}

/// A method.
#[derive(Clone, Debug, Serialize)]
pub struct Method {
    /// Its name.
    pub name: String,
    /// Its id.
    pub id: String,
    /// The verb.
    pub http_method: &'static str,
    /// The path template, under the root and service path.
    pub path: String,
    /// The function that makes a call of it.
    pub rust: String,
}

/// A schema.
#[derive(Clone, Debug, Serialize)]
pub struct Schema {
    /// Its name.
    pub name: String,
    /// Its item.
    pub rust: String,
    /// Its properties.
    pub properties: Vec<Property>,
}

/// A property.
#[derive(Clone, Debug, Serialize)]
pub struct Property {
    /// Its name on the wire.
    pub name: String,
    /// What it holds, in the document's words.
    #[serde(rename = "type")]
    pub ty: String,
    /// The field, or the variant of a union.
    pub rust: String,
}

/// A union.
#[derive(Clone, Debug, Serialize)]
pub struct Union {
    /// The schema that has it.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// Its enum.
    pub rust: String,
    /// Its members.
    pub members: Vec<String>,
    /// How we know.
    pub source: Source,
}

/// How we know.
#[derive(Clone, Debug, Serialize)]
pub struct Source {
    /// `proto`, `reference`, `document` or `manual`.
    pub kind: &'static str,
    /// The file, page or reason.
    #[serde(rename = "ref")]
    pub reference: String,
}

/// Lists an API.
pub fn list(api: &Api, names: &Names, parts: Parts) -> Listing {
    let mut listing = Listing::default();
    if parts.methods {
        listing.methods = api
            .methods
            .iter()
            .map(|(name, method)| {
                let mut path = names.resource_module(parent(name));
                path.push(names.resource_handle(parent(name)).to_owned());
                path.push(names.method_function(name).to_owned());
                Method {
                    name: name.clone(),
                    id: method.id.clone(),
                    http_method: method.http_method.as_str(),
                    path: method.path.to_string(),
                    rust: shown(&path),
                }
            })
            .collect();
    }
    for (name, schema) in &api.schemas {
        let Shape::Message(message) = &schema.shape else {
            if parts.schemas {
                listing.schemas.push(Schema {
                    name: name.clone(),
                    rust: shown(&names.schema(api, name)),
                    properties: vec![],
                });
            }
            continue;
        };
        if parts.schemas {
            let properties = message.fields.iter().map(|(field, stated)| Property {
                name: field.clone(),
                ty: type_text(&stated.ty),
                rust: property(api, names, name, message, field),
            });
            let properties = properties.collect();
            listing.schemas.push(Schema { name: name.clone(), rust: shown(&names.schema(api, name)), properties });
        }
        if parts.unions {
            listing.unions.extend(message.unions.iter().map(|(union, stated)| Union {
                schema: name.clone(),
                name: union.clone(),
                rust: shown(&names.union(api, name, union)),
                members: stated.members.clone(),
                source: Source { kind: stated.source.kind.as_str(), reference: stated.source.reference.clone() },
            }));
        }
    }
    listing
}

/// Lists an API, as text or JSON.
pub fn render(api: &Api, names: &Names, parts: Parts, format: Format) -> String {
    let listing = list(api, names, parts);
    match format {
        Format::Json => serde_json::to_string_pretty(&listing).unwrap_or_default() + "\n",
        Format::Text => text(&listing),
    }
}

fn text(listing: &Listing) -> String {
    let mut out = String::new();
    if !listing.methods.is_empty() {
        let _ = writeln!(out, "{} methods", listing.methods.len());
        let rows =
            listing.methods.iter().map(|m| [m.name.clone(), format!("{} {}", m.http_method, m.path), m.rust.clone()]);
        columns(&mut out, "  ", &rows.collect::<Vec<_>>());
    }
    if !listing.schemas.is_empty() {
        let _ = writeln!(out, "{} schemas", listing.schemas.len());
        for schema in &listing.schemas {
            let _ = writeln!(out, "  {}  {}", schema.name, schema.rust);
            let rows = schema.properties.iter().map(|p| [p.name.clone(), p.ty.clone(), p.rust.clone()]);
            columns(&mut out, "    ", &rows.collect::<Vec<_>>());
        }
    }
    if !listing.unions.is_empty() {
        let _ = writeln!(out, "{} unions", listing.unions.len());
        let rows = listing.unions.iter().map(|u| {
            let source = format!("{}: {}", u.source.kind, u.source.reference);
            [format!("{}.{}", u.schema, u.name), u.members.join(" | "), u.rust.clone() + "  (" + &source + ")"]
        });
        columns(&mut out, "  ", &rows.collect::<Vec<_>>());
    }
    // A document may hold anything; a terminal must not obey it.
    out.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect()
}

fn columns(out: &mut String, indent: &str, rows: &[[String; 3]]) {
    // A column as wide as most of its cells; the few longer ones push the rest of their row.
    let width = |i: usize| {
        let mut widths: Vec<usize> = rows.iter().map(|row| row[i].chars().count()).collect();
        widths.sort_unstable();
        widths.get(widths.len() * 9 / 10).copied().unwrap_or(0).min(60)
    };
    let (first, second) = (width(0), width(1));
    for [a, b, c] in rows {
        let _ = writeln!(out, "{indent}{a:first$}  {b:second$}  {c}");
    }
}

/// The field of a property, or its variant.
fn property(api: &Api, names: &Names, schema: &str, message: &Message, field: &str) -> String {
    match message.union_of(field) {
        Some((union, _)) => {
            format!("{}::{}", shown(&names.union(api, schema, union)), names.member(schema, union, field))
        }
        None => format!("{}::{}", shown(&names.schema(api, schema)), names.field(schema, field)),
    }
}

fn shown(path: &RustPath) -> String {
    path.join("::")
}

/// A type in the document's words.
pub fn type_text(ty: &Type) -> String {
    match ty {
        Type::Bool => "boolean".into(),
        Type::String => "string".into(),
        Type::Int(Int::I32) => "integer (int32)".into(),
        Type::Int(Int::U32) => "integer (uint32)".into(),
        Type::Int(Int::I64) => "string (int64)".into(),
        Type::Int(Int::U64) => "string (uint64)".into(),
        Type::Int(Int::I64Number) => "integer (int64)".into(),
        Type::Int(Int::U64Number) => "integer (uint64)".into(),
        Type::Float => "number (float)".into(),
        Type::Double => "number (double)".into(),
        Type::Bytes => "string (byte)".into(),
        Type::File => "string (binary)".into(),
        Type::Timestamp => "string (date-time)".into(),
        Type::Duration => "string (google-duration)".into(),
        Type::FieldMask => "string (google-fieldmask)".into(),
        Type::Date => "string (date)".into(),
        Type::Any => "any".into(),
        Type::Object => "object".into(),
        Type::List(inner) => format!("array of {}", type_text(inner)),
        Type::Map(inner) => format!("map of {}", type_text(inner)),
        Type::Schema(name) => name.clone(),
    }
}
