//! What tells the alternatives of a choice apart: a `discriminator`, or a property that has other values in each.

use super::choice::Leaf;
use super::files::{Lost, View};
use super::node::Node;
use super::reader::Reader;
use std::collections::{BTreeMap, BTreeSet};

/// What tells alternatives apart.
#[derive(Default)]
pub(super) struct Told {
    /// The property.
    pub(super) property: Option<String>,
    /// The values that it has in each, by the alternative's place; the first is the one that is written.
    pub(super) values: BTreeMap<(usize, String), Vec<String>>,
}

impl<'a> Reader<'a> {
    /// What tells the objects among alternatives apart.
    pub(super) fn told(&mut self, view: &View<'a>, leaves: &[Leaf<'a>]) -> Told {
        let objects: Vec<&Leaf<'a>> = leaves.iter().filter(|leaf| self.is_object(&leaf.view)).collect();
        let constants: Vec<_> = objects.iter().map(|leaf| self.constants(&leaf.view)).collect();
        let stated = self.object(view, "discriminator");
        let property = stated.as_ref().and_then(|stated| self.text(stated, "propertyName"));
        let Some(property) = property.or_else(|| telling(&constants)) else {
            return Told::default();
        };
        let mut told = Told { property: Some(property.to_owned()), values: BTreeMap::new() };
        let mapping = stated.and_then(|stated| self.object(&stated, "mapping"));
        for (leaf, constants) in objects.iter().zip(&constants) {
            let mut values: Vec<String> = Vec::new();
            for (value, named) in mapping.iter().flat_map(View::members) {
                if self.mapped(&named) == Some(leaf.view.place()) {
                    values.push(value.to_owned());
                }
            }
            values.extend(constants.get(property).into_iter().flatten().map(|value| (*value).to_owned()));
            if values.is_empty() {
                values.extend(leaf.schema.clone());
            }
            let mut seen = BTreeSet::new();
            values.retain(|value| seen.insert(value.clone()));
            told.values.insert(leaf.view.place(), values);
        }
        told
    }

    /// The schema that a mapping names: by its place, or by its name among the document's schemas.
    fn mapped(&mut self, named: &View<'a>) -> Option<(usize, String)> {
        let text = named.node.text()?;
        let found = if text.contains(['/', '#']) {
            self.files.find(named.file, text)
        } else {
            self.files.find(0, &format!("#/components/schemas/{}", crate::source::escape(text)))
        };
        match found {
            Ok(found) => Some(self.target(&found)?.place()),
            Err(Lost::Nowhere(near)) => {
                let wrong = text.rsplit('/').next().unwrap_or(text);
                let error = self.fault(named, format!("`mapping` names a schema that is not there: `{text}`"));
                self.tell(error.suggest(wrong, near.iter().map(String::as_str)));
                None
            }
            // A file that nothing else refers to has none of the alternatives.
            Err(Lost::File(_) | Lost::Unsupported(_)) => None,
        }
    }

    /// The properties of an object that have values of their own, with these.
    fn constants(&mut self, view: &View<'a>) -> BTreeMap<&'a str, Vec<&'a str>> {
        let mut constants = BTreeMap::new();
        for part in self.parts(view, "").into_iter().filter(|part| !part.maybe) {
            for (name, property) in part.view.get("properties").iter().flat_map(View::members) {
                let Some(target) = self.target(&property) else { continue };
                let values: Option<Vec<&str>> = match (target.node.get("const"), target.node.get("enum")) {
                    (Some(constant), _) => constant.text().map(|text| vec![text]),
                    (None, Some(Node::List(values))) => values.iter().map(Node::text).collect(),
                    _ => None,
                };
                if let Some(values) = values {
                    constants.insert(name, values);
                }
            }
        }
        constants
    }
}

/// The property that all objects have, with no value in two of them.
fn telling<'a>(constants: &[BTreeMap<&'a str, Vec<&'a str>>]) -> Option<&'a str> {
    let [first, rest @ ..] = constants else { return None };
    if rest.is_empty() {
        return None;
    }
    first.keys().copied().find(|property| {
        let mut seen = BTreeSet::new();
        constants
            .iter()
            .all(|one| one.get(property).is_some_and(|values| values.iter().all(|value| seen.insert(*value))))
    })
}
