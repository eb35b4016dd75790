//! Schemas that extend others by `allOf`, and bases with a discriminator, whose values are one of those that extend
//! them.

use super::discriminator::VALUE;
use super::limits::COMPOSITION_DEPTH;
use super::reader::Reader;
use super::view::{NodeId, View};
use std::collections::{HashMap, HashSet};

/// Schemas that extend others, and cached facts about them.
#[derive(Default)]
pub(super) struct Extensions<'a> {
    /// Schemas that extend others by `allOf`, by the place of these.
    by_base: HashMap<NodeId, Vec<View<'a>>>,
    /// The same schemas, each base with each schema that extends it.
    pairs: HashSet<(NodeId, NodeId)>,
    /// Names of the schemas that the mapping of a discriminator names, by the place of the mapping.
    mapped_names: HashMap<NodeId, HashSet<&'a str>>,
    /// Cached results of [`Reader::is_extended`].
    is_extended: HashMap<NodeId, bool>,
}

impl<'a> Reader<'a> {
    /// Finds the schemas that extend others: of those that the document lists, and of those in other files that a mapping
    /// names.
    pub(super) fn find_extensions(&mut self, root: &View<'a>) {
        let schemas = root.at(["components", "schemas"]);
        for (name, schema) in self.listed_schemas(schemas.as_ref()) {
            self.find_bases(&schema, Some(name));
        }
        for mapping in self.files.mappings() {
            for (_, named) in mapping.members() {
                if let Some(schema) = self.mapped(&named).filter(|schema| schema.file != 0) {
                    self.find_bases(&schema, None);
                }
            }
        }
    }

    /// Finds the schemas that a schema extends. One without a name is mapped.
    fn find_bases(&mut self, schema: &View<'a>, name: Option<&str>) {
        let bases: Vec<View<'a>> = schema.get("allOf").iter().flat_map(View::items).collect();
        let adds = bases.len() > 1 || ["properties", VALUE].iter().any(|key| schema.node.get(key).is_some());
        for base in bases.iter().filter(|base| base.node.get("$ref").is_some()) {
            // Without anything of its own it is the same schema by another name, unless a value selects it.
            if let Some(base) = self.target(base)
                && (adds || name.is_none_or(|name| self.is_mapped(&base, name)))
                && self.extensions.pairs.insert((base.id(), schema.id()))
            {
                self.extensions.by_base.entry(base.id()).or_default().push(schema.clone());
            }
        }
    }

    /// Returns `true` if the discriminator of a schema maps a value to the schema of a name.
    fn is_mapped(&mut self, base: &View<'a>, name: &str) -> bool {
        let Some(mapping) = self.stated_discriminator(base).and_then(|stated| stated.get("mapping")) else {
            return false;
        };
        let names = self.extensions.mapped_names.entry(mapping.id()).or_insert_with(|| {
            let targets = mapping.members().filter_map(|(_, target)| target.node.text());
            targets.filter_map(|target| target.rsplit('/').next()).collect()
        });
        names.contains(name)
    }

    /// Returns `true` if a schema extends another one that is a choice of those that extend it: see
    /// [`Self::is_extended`].
    pub(super) fn extends(&mut self, view: &View<'a>, base: &View<'a>) -> bool {
        if base.node.get("$ref").is_none() {
            return false;
        }
        let Some(base) = self.target(base) else { return false };
        self.extensions.pairs.contains(&(base.id(), view.id())) && self.is_extended(&base)
    }

    /// Returns the schemas that extend another one, which does not list them as its alternatives.
    pub(super) fn extensions(&self, base: &View<'a>) -> Vec<View<'a>> {
        self.extensions.by_base.get(&base.id()).cloned().unwrap_or_default()
    }

    /// Returns `true` for an object with a discriminator, its own or one of those that it extends, that others extend.
    pub(super) fn is_extended(&mut self, view: &View<'a>) -> bool {
        if !self.extensions.by_base.contains_key(&view.id()) {
            return false;
        }
        if let Some(known) = self.extensions.is_extended.get(&view.id()) {
            return *known;
        }
        let lists = |view: &View<'a>| ["oneOf", "anyOf"].into_iter().any(|key| view.node.get(key).is_some());
        if lists(view) || view.get("allOf").iter().flat_map(View::items).any(|part| lists(&part)) {
            self.extensions.is_extended.insert(view.id(), false);
            return false;
        }
        // A schema that extends itself is not a choice of others.
        let is = self.stated_discriminator(view).is_some() && !self.descendants(view).contains(&view.id());
        self.extensions.is_extended.insert(view.id(), is);
        is
    }

    /// Returns the schemas that extend another one, directly or not. Schemas that are made of each other more levels
    /// deep than [`COMPOSITION_DEPTH`] are an error, so that no more levels are read.
    fn descendants(&self, base: &View<'a>) -> HashSet<NodeId> {
        let mut seen = HashSet::new();
        let mut level = self.extensions(base);
        for _ in 0..COMPOSITION_DEPTH {
            level.retain(|view| seen.insert(view.id()));
            level = level.iter().flat_map(|view| self.extensions(view)).collect();
        }
        seen
    }
}
