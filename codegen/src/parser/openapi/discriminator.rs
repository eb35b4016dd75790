//! The property that distinguishes the alternatives of a choice: a stated `discriminator`, or a property that has a
//! value of its own in each.

use super::choice::Branch;
use super::files::RefError;
use super::node::Node;
use super::reader::Reader;
use super::view::{Place, View};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The property that distinguishes alternatives.
#[derive(Default)]
pub(super) struct Discriminator {
    /// Name of the property.
    pub(super) property: Option<String>,
    /// Its values in each alternative; the first is the one that is written.
    pub(super) values: HashMap<Place, Vec<String>>,
}

impl<'a> Reader<'a> {
    /// Returns the property that distinguishes the objects among alternatives.
    pub(super) fn discriminator(&mut self, view: &View<'a>, branches: &[Branch<'a>]) -> Discriminator {
        let objects: Vec<&Branch<'a>> = branches.iter().filter(|branch| self.is_object(&branch.view)).collect();
        let constants: Vec<_> = objects.iter().map(|branch| self.constants(&branch.view)).collect();
        let stated = self.object(view, "discriminator");
        let property = stated.as_ref().and_then(|stated| self.text(stated, "propertyName"));
        let Some(property) = property.or_else(|| find_discriminator(&constants)) else {
            return Discriminator::default();
        };
        let mapping = stated.and_then(|stated| self.object(&stated, "mapping"));
        let mut mapped: HashMap<Place, Vec<&'a str>> = HashMap::new();
        for (value, named) in mapping.iter().flat_map(View::members) {
            if let Some(place) = self.mapped(&named) {
                mapped.entry(place).or_default().push(value);
            }
        }
        let mut discriminator = Discriminator { property: Some(property.to_owned()), values: HashMap::new() };
        for (branch, constants) in objects.iter().zip(&constants) {
            let place = branch.view.place();
            let mut values: Vec<String> = mapped.get(&place).into_iter().flatten().map(|v| (*v).to_owned()).collect();
            values.extend(constants.get(property).into_iter().flatten().map(|value| (*value).to_owned()));
            if values.is_empty() {
                values.extend(branch.schema.clone());
            }
            let mut seen = BTreeSet::new();
            values.retain(|value| seen.insert(value.clone()));
            discriminator.values.insert(place, values);
        }
        discriminator
    }

    /// Returns the schema that a mapping names: by a reference, or by its name among the document's schemas.
    fn mapped(&mut self, named: &View<'a>) -> Option<Place> {
        let text = named.node.text()?;
        let found = if text.contains(['/', '#']) {
            self.files.find(named, text)
        } else {
            self.files.find(&self.files.root(), &format!("#/components/schemas/{}", crate::source::escape(text)))
        };
        match found {
            Ok(found) => Some(self.target(&found)?.place()),
            Err(RefError::Unresolved(near)) => {
                let wrong = text.rsplit('/').next().unwrap_or(text);
                let warning = self.warning_at(named, format!("unknown schema in `mapping`: `{text}`"));
                let near = near.iter().map(String::as_str).take(self.diagnostics.candidates());
                self.report(named, warning.suggest(wrong, near));
                None
            }
            // A file that nothing else refers to has none of the alternatives.
            Err(RefError::File(_) | RefError::Unsupported(_)) => None,
        }
    }

    /// Returns the properties of an object that have constant values, with these.
    fn constants(&mut self, view: &View<'a>) -> BTreeMap<&'a str, Vec<&'a str>> {
        let mut constants = BTreeMap::new();
        for part in self.parts(view, "").into_iter().filter(|part| !part.optional) {
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

/// Returns the property that all objects have, with no value in two of them.
fn find_discriminator<'a>(constants: &[BTreeMap<&'a str, Vec<&'a str>>]) -> Option<&'a str> {
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
