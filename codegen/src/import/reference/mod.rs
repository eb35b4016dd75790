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
use std::collections::{BTreeSet, HashMap};

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
    let messages = Messages::of(api);
    for block in blocks {
        let schema = match messages.of_block(&block) {
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

/// Messages of an API, by what blocks show of them.
struct Messages<'a> {
    api: &'a Api,
    /// Prefix of the schema names of the package.
    prefix: String,
    /// By the name without the prefix.
    by_name: HashMap<&'a str, Vec<(&'a str, &'a Message)>>,
    /// By the names of all properties, sorted.
    by_properties: HashMap<Vec<&'a str>, Vec<(&'a str, &'a Message)>>,
}

impl<'a> Messages<'a> {
    fn of(api: &'a Api) -> Self {
        let mut messages = Self { api, prefix: prefix(api), by_name: HashMap::new(), by_properties: HashMap::new() };
        for (name, schema) in api.schemas.iter().filter(|(_, schema)| !schema.is_inline()) {
            if let Shape::Message(shape) = &schema.shape {
                let message = (name.as_str(), shape);
                let short = name.strip_prefix(&messages.prefix).unwrap_or(name);
                messages.by_name.entry(short).or_default().push(message);
                let properties = shape.fields.keys().map(String::as_str).collect();
                messages.by_properties.entry(properties).or_default().push(message);
            }
        }
        messages
    }

    /// Returns the schema of a block.
    fn of_block(&self, block: &Block) -> Result<&'a str, String> {
        let headed = block.headings().filter_map(|heading| self.by_name.get(heading)).flatten();
        let headed: BTreeSet<&str> =
            headed.filter(|(_, shape)| overlaps(shape, block)).map(|(name, _)| *name).collect();
        if headed.len() == 1
            && let Some(one) = headed.first()
        {
            return Ok(one);
        }
        let mut properties: Vec<&str> = block.properties.iter().map(|(name, _)| name.as_str()).collect();
        properties.sort_unstable();
        let same = self.by_properties.get(&properties).into_iter().flatten();
        let same = same.filter(|(_, shape)| self.has_types(shape, block)).map(|(name, _)| *name);
        // More are not listed: a page may have as many blocks as a document has messages.
        match *same.take(LISTED).collect::<Vec<_>>() {
            [one] => Ok(one),
            [] => {
                Err(format!("a block with {}: no schema has its heading or exactly its properties", block.describe()))
            }
            ref several => {
                let others = if several.len() < LISTED { "" } else { " or others" };
                Err(format!("a block with {}: it could be any of {}{others}", block.describe(), quoted(several, ", ")))
            }
        }
    }

    /// Returns `true` if the properties of a schema have the types that a block with the same properties has.
    fn has_types(&self, shape: &Message, block: &Block) -> bool {
        block.properties.iter().all(|(name, holds)| {
            shape.fields.get(name).is_some_and(|field| match (holds, field.ty.schema()) {
                (Some(holds), Some(schema)) => {
                    // Enums are inline, and have no name.
                    let inline = self.api.schemas.get(schema).is_some_and(|schema| schema.is_inline());
                    inline || schema.strip_prefix(&self.prefix).unwrap_or(schema).ends_with(holds.as_str())
                }
                _ => true,
            })
        })
    }
}

/// Number of schemas that are listed for a block.
const LISTED: usize = 10;

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
