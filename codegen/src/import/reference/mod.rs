//! Facts of pages of REST reference documentation.
//!
//! Pages are translated, their JSON representations are not: in each language they contain
//! `// Union field source_model can be only one of the following:` in English. A block matches a schema by the heading
//! above it, or else by its properties and their types.

mod block;
mod html;

use super::facts::{Facts, NotMemberFact, UnionFact};
use crate::model::{Api, FactSource, FactSourceKind, Message, Shape};
use crate::text::quoted;
use block::Block;
use std::collections::BTreeSet;

/// Returns the facts of a page about a document. `name` is used as the source if the page does not state its URL.
pub fn facts(api: &Api, page: &str, name: &str) -> Facts {
    let (text, url) = if html::is_html(page) { html::text(page) } else { (page.to_owned(), None) };
    let source = FactSource { kind: FactSourceKind::Reference, reference: url.unwrap_or_else(|| name.to_owned()) };
    let mut facts = Facts::default();
    let mut seen = BTreeSet::new();
    let blocks: Vec<Block> = block::find(&text).into_iter().filter(|block| !block.unions.is_empty()).collect();
    if blocks.is_empty() {
        facts.warnings.push(format!(
            "`{name}` has no union: it is not a page of REST reference documentation, or one without unions"
        ));
    }
    for block in blocks {
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
                facts
                    .unmatched
                    .push(format!("`{schema}.{union}`: the document has no property {}", quoted(&absent, ", ")));
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
        let others = block.properties.iter().map(|(name, _)| name);
        let others = others.filter(|name| !in_unions.contains(name) && shape.fields.contains_key(*name));
        facts.not_members.extend(others.map(|property| NotMemberFact {
            schema: schema.to_owned(),
            property: property.clone(),
            source: source.clone(),
        }));
    }
    facts
}

/// Returns the schema of a block.
fn schema_of<'a>(api: &'a Api, block: &Block) -> Result<&'a str, String> {
    let shapes = || {
        api.schemas.iter().filter(|(_, schema)| !schema.is_inline()).filter_map(|(name, schema)| match &schema.shape {
            Shape::Message(shape) => Some((name.as_str(), shape)),
            Shape::Enum(_) | Shape::Alias(_) | Shape::OneOf(_) => None,
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
        [] => Err(format!("a block with {}: no schema has its heading or exactly its properties", block.describe())),
        several => Err(format!("a block with {}: it could be any of {}", block.describe(), quoted(several, ", "))),
    }
}

/// Returns the prefix of the schema names of the package, if the document has one.
fn prefix(api: &Api) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    let package = api.package.as_deref().unwrap_or_default();
    let prefix: String = package.split('.').map(capital).collect();
    if api.schemas.keys().any(|name| name.starts_with(&prefix)) { prefix } else { String::new() }
}

fn overlaps(shape: &Message, block: &Block) -> bool {
    block.properties.iter().any(|(name, _)| shape.fields.contains_key(name))
}

/// Returns `true` if a schema has exactly the properties of a block, with the same types.
fn is_same(api: &Api, shape: &Message, block: &Block, prefix: &str) -> bool {
    shape.fields.len() == block.properties.len()
        && block.properties.iter().all(|(name, holds)| {
            shape.fields.get(name).is_some_and(|field| match (holds, field.ty.schema()) {
                (Some(holds), Some(schema)) => {
                    // Enums are inline, and have no name.
                    let inline = api.schemas.get(schema).is_some_and(|schema| schema.is_inline());
                    inline || schema.strip_prefix(prefix).unwrap_or(schema).ends_with(holds.as_str())
                }
                _ => true,
            })
        })
}
