//! What a page of REST reference documentation says.
//!
//! Pages are translated, their blocks of JSON are not: in each language they say
//! `// Union field source_model can be only one of the following:` in English. A block is brought together with a
//! schema by the heading above it, or where that is translated too, by its properties and what they hold.

mod block;
mod html;

use super::facts::{ApartFact, Facts, UnionFact};
use crate::model::{Api, Evidence, EvidenceKind, Home, Message, Shape};
use block::Block;
use std::collections::BTreeSet;

/// Brings a page and a document together. `name` is what the page is called if it does not say so itself.
pub fn facts(api: &Api, page: &str, name: &str) -> Facts {
    let (text, url) = if html::is_html(page) { html::text(page) } else { (page.to_owned(), None) };
    let source = Evidence { kind: EvidenceKind::Reference, reference: url.unwrap_or_else(|| name.to_owned()) };
    let mut facts = Facts::default();
    let mut seen = BTreeSet::new();
    for block in block::find(&text) {
        if block.unions.is_empty() {
            continue;
        }
        let schema = match schema_of(api, &block) {
            Ok(schema) => schema,
            Err(reason) => {
                facts.unmatched.push(reason);
                continue;
            }
        };
        let Some(Shape::Message(shape)) = api.schemas.get(schema).map(|schema| &schema.shape) else {
            continue;
        };
        for (union, members) in &block.unions {
            let (there, absent): (Vec<_>, Vec<_>) =
                members.iter().cloned().partition(|member| shape.fields.contains_key(member));
            if !absent.is_empty() {
                facts.unmatched.push(format!("`{schema}.{union}`: the document has no property {}", list(&absent)));
            }
            if !there.is_empty() && seen.insert((schema.to_owned(), union.clone())) {
                let fact = UnionFact {
                    schema: schema.to_owned(),
                    name: union.clone(),
                    members: there,
                    source: source.clone(),
                };
                facts.unions.push(fact);
            }
        }
        let in_unions: BTreeSet<&String> = block.unions.iter().flat_map(|(_, members)| members).collect();
        let apart = block.properties.iter().map(|(name, _)| name);
        let apart = apart.filter(|name| !in_unions.contains(name) && shape.fields.contains_key(*name));
        facts.apart.extend(apart.map(|property| ApartFact {
            schema: schema.to_owned(),
            property: property.clone(),
            source: source.clone(),
        }));
    }
    facts
}

/// The schema that a block shows.
fn schema_of<'a>(api: &'a Api, block: &Block) -> Result<&'a str, String> {
    let shapes = || {
        api.schemas.iter().filter(|(_, schema)| schema.home == Home::Top).filter_map(|(name, schema)| {
            match &schema.shape {
                Shape::Message(shape) => Some((name.as_str(), shape)),
                Shape::Enum(_) | Shape::Alias(_) | Shape::OneOf(_) => None,
            }
        })
    };
    let prefix = prefix(api);
    let headed: Vec<&str> = shapes()
        .filter(|(name, shape)| block.is_headed(name.strip_prefix(&prefix).unwrap_or(name)) && overlaps(shape, block))
        .map(|(name, _)| name)
        .collect();
    if let [one] = headed.as_slice() {
        return Ok(one);
    }
    let same: Vec<&str> =
        shapes().filter(|(_, shape)| is_same(api, shape, block, &prefix)).map(|(name, _)| name).collect();
    match same.as_slice() {
        [one] => Ok(one),
        [] => Err(format!("a block with {}: no schema has its heading or just its properties", block.describe())),
        several => Err(format!("a block with {}: it could be any of {}", block.describe(), list(several))),
    }
}

/// What the document puts before the names of its package's schemas.
fn prefix(api: &Api) -> String {
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    let package = api.package.as_deref().unwrap_or_default();
    let prefix: String =
        package.split('.').filter(|word| word.is_char_boundary(1) && !word.is_empty()).map(capital).collect();
    if api.schemas.keys().any(|name| name.starts_with(&prefix)) { prefix } else { String::new() }
}

fn overlaps(shape: &Message, block: &Block) -> bool {
    block.properties.iter().any(|(name, _)| shape.fields.contains_key(name))
}

/// Whether a schema has just the properties of a block, and they hold what the block says.
fn is_same(api: &Api, shape: &Message, block: &Block, prefix: &str) -> bool {
    shape.fields.len() == block.properties.len()
        && block.properties.iter().all(|(name, holds)| {
            shape.fields.get(name).is_some_and(|field| match (holds, field.ty.schema()) {
                (Some(holds), Some(schema)) => {
                    // An enumeration is written inline, and has no name of its own.
                    let inline = api.schemas.get(schema).is_some_and(|schema| schema.home != Home::Top);
                    inline || schema.strip_prefix(prefix).unwrap_or(schema).ends_with(holds.as_str())
                }
                _ => true,
            })
        })
}

fn list(names: &[impl AsRef<str>]) -> String {
    names.iter().map(|name| format!("`{}`", name.as_ref())).collect::<Vec<_>>().join(", ")
}
