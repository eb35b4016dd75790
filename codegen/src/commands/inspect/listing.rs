//! Lists of methods, schemas and unions, with their Rust paths.

use crate::model::{Api, Message, MethodName, Shape};
use crate::rust::naming::{Names, RustPath};
use crate::text::{counted, visible};
use serde::Serialize;
use std::borrow::Cow;
use std::fmt;

/// Kinds of items to list.
#[derive(Clone, Copy, Debug)]
pub struct Parts {
    /// Lists methods.
    pub methods: bool,
    /// Lists schemas with their properties.
    pub schemas: bool,
    /// Lists unions.
    pub unions: bool,
}

/// Format of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Text in aligned columns.
    #[default]
    Text,
    /// JSON, for programs.
    Json,
}

/// Items of an API, in the form of the JSON output. Kinds that are not listed are empty.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Listing {
    /// Methods, sorted by name.
    pub methods: Vec<Method>,
    /// Schemas, sorted by name.
    pub schemas: Vec<Schema>,
    /// Unions by schema and name.
    pub unions: Vec<Union>,
}

/// A method of the API.
#[derive(Clone, Debug, Serialize)]
pub struct Method {
    /// Name: the id without the name of the API.
    pub name: String,
    /// Id in the document.
    pub id: String,
    /// HTTP method.
    pub http_method: &'static str,
    /// Path template, relative to the root and service path.
    pub path: String,
    /// Rust path of the function.
    pub rust: String,
}

/// A schema of the API.
#[derive(Clone, Debug, Serialize)]
pub struct Schema {
    /// Name of the schema.
    pub name: String,
    /// Rust path of the type.
    pub rust: String,
    /// Properties of a message, by name.
    pub properties: Vec<Property>,
    /// Alternatives of a value of one of several types.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Property>,
}

/// A property of a schema, or an alternative.
#[derive(Clone, Debug, Serialize)]
pub struct Property {
    /// Key in JSON, or name of the alternative.
    pub name: String,
    /// Type in words, `list of Plant`.
    #[serde(rename = "type")]
    pub ty: String,
    /// Rust path of the field, or of the variant of a union.
    pub rust: String,
}

/// A union of a schema.
#[derive(Clone, Debug, Serialize)]
pub struct Union {
    /// Name of the schema.
    pub schema: String,
    /// Name of the union.
    pub name: String,
    /// Rust path of the enum.
    pub rust: String,
    /// Properties that are members.
    pub members: Vec<String>,
    /// Source of the union.
    pub source: Source,
}

/// Source of a fact.
#[derive(Clone, Debug, Serialize)]
pub struct Source {
    /// `proto`, `reference`, `document` or `manual`.
    pub kind: &'static str,
    /// File, page or reason.
    #[serde(rename = "ref")]
    pub reference: String,
}

/// Lists the items of an API.
pub fn list(api: &Api, names: &Names, parts: Parts) -> Listing {
    let mut listing = Listing::default();
    if parts.methods {
        listing.methods = api
            .methods
            .iter()
            .map(|(name, method)| {
                let mut path = names.resource_module(MethodName(name).resource());
                path.push(names.resource_handle(MethodName(name).resource()).to_owned());
                path.push(names.method_function(name).to_owned());
                Method {
                    name: name.clone(),
                    id: method.id.clone(),
                    http_method: method.http_method.as_str(),
                    path: method.path.to_string(),
                    rust: rust_path(&path),
                }
            })
            .collect();
    }
    for (name, schema) in &api.schemas {
        let Shape::Message(message) = &schema.shape else {
            if parts.schemas {
                let path = rust_path(&names.schema(api, name));
                let alternatives = match &schema.shape {
                    Shape::OneOf(one_of) => one_of.alternatives.as_slice(),
                    _ => &[],
                };
                let alternatives = alternatives.iter().map(|one| Property {
                    name: one.name.clone(),
                    ty: one.ty.words(&str::to_owned),
                    rust: format!("{path}::{}", names.variant(name, &one.name)),
                });
                let alternatives = alternatives.collect();
                listing.schemas.push(Schema { name: name.clone(), rust: path, properties: vec![], alternatives });
            }
            continue;
        };
        if parts.schemas {
            let properties = message.fields.iter().map(|(field, stated)| Property {
                name: field.clone(),
                ty: stated.ty.words(&str::to_owned),
                rust: property(api, names, name, message, field),
            });
            let properties = properties.collect();
            let rust = rust_path(&names.schema(api, name));
            listing.schemas.push(Schema { name: name.clone(), rust, properties, alternatives: vec![] });
        }
        if parts.unions {
            listing.unions.extend(message.unions.iter().map(|(union, stated)| Union {
                schema: name.clone(),
                name: union.clone(),
                rust: rust_path(&names.union(api, name, union)),
                members: stated.members.clone(),
                source: Source { kind: stated.source.kind.as_str(), reference: stated.source.reference.clone() },
            }));
        }
    }
    listing
}

impl fmt::Display for Listing {
    /// Writes the list as aligned columns.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.methods.is_empty() {
            writeln!(f, "{}", counted(self.methods.len(), "method"))?;
            let rows =
                self.methods.iter().map(|m| [m.name.clone(), format!("{} {}", m.http_method, m.path), m.rust.clone()]);
            columns(f, "  ", &rows.collect::<Vec<_>>())?;
        }
        if !self.schemas.is_empty() {
            writeln!(f, "{}", counted(self.schemas.len(), "schema"))?;
            for schema in &self.schemas {
                writeln!(f, "  {}  {}", visible(&schema.name), schema.rust)?;
                let rows = schema
                    .properties
                    .iter()
                    .chain(&schema.alternatives)
                    .map(|p| [p.name.clone(), p.ty.clone(), p.rust.clone()]);
                columns(f, "    ", &rows.collect::<Vec<_>>())?;
            }
        }
        if !self.unions.is_empty() {
            writeln!(f, "{}", counted(self.unions.len(), "union"))?;
            let rows = self.unions.iter().map(|u| {
                let source = format!("{}: {}", u.source.kind, u.source.reference);
                [format!("{}.{}", u.schema, u.name), u.members.join(" | "), u.rust.clone() + "  (" + &source + ")"]
            });
            columns(f, "  ", &rows.collect::<Vec<_>>())?;
        }
        Ok(())
    }
}

/// Writes rows as columns, each as wide as most of its cells; longer cells push the rest of their row.
fn columns(f: &mut fmt::Formatter<'_>, indent: &str, rows: &[[String; 3]]) -> fmt::Result {
    let rows: Vec<[Cow<'_, str>; 3]> = rows.iter().map(|row| row.each_ref().map(|cell| visible(cell))).collect();
    let width = |cell: fn(&[Cow<'_, str>; 3]) -> usize| {
        let mut widths: Vec<usize> = rows.iter().map(cell).collect();
        widths.sort_unstable();
        // The ninth decile.
        let shorter = rows.len().saturating_sub(rows.len() / 10).saturating_sub(1);
        widths.get(shorter).copied().unwrap_or(0).min(60)
    };
    let (first, second) = (width(|[a, _, _]| a.chars().count()), width(|[_, b, _]| b.chars().count()));
    for [a, b, c] in rows {
        writeln!(f, "{indent}{a:first$}  {b:second$}  {c}")?;
    }
    Ok(())
}

/// Returns the path of the field of a property, or of its variant.
fn property(api: &Api, names: &Names, schema: &str, message: &Message, field: &str) -> String {
    match message.unions.of(field) {
        Some((union, _)) => {
            format!("{}::{}", rust_path(&names.union(api, schema, union)), names.member(schema, union, field))
        }
        None => format!("{}::{}", rust_path(&names.schema(api, schema)), names.field(schema, field)),
    }
}

fn rust_path(path: &RustPath) -> String {
    path.join("::")
}
