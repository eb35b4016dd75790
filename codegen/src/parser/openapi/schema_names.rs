//! Names of schemas that are not among the document's own: in other places or files, or inline.

use super::files::Files;
use super::operations::cut;
use super::reader::Reader;
use super::view::{NodeId, View};
use crate::model::DefinedIn;
use crate::parser::lowering::free_names::FreeNames;
use crate::parser::lowering::schemas::inline_name;
use crate::parser::names::MAX_LENGTH;
use heck::ToUpperCamelCase;
use std::collections::HashMap;
use std::path::Path;

/// Names that schemas were given.
pub(super) struct SchemaNames<'a> {
    /// Those of referenced values that are not among the document's schemas.
    pub(super) given: HashMap<NodeId, String>,
    /// Those of the document's schemas, and all that were given.
    taken: FreeNames,
    /// Those of inline schemas, by their value and the name of the place where they are written.
    pub(super) inline: HashMap<(NodeId, String), String>,
    /// Schemas that have a name and are not read yet.
    pub(super) waiting: Vec<(String, View<'a>)>,
}

impl SchemaNames<'_> {
    pub(super) fn of(files: &Files) -> Self {
        let schemas = files.root().at(["components", "schemas"]);
        let taken = schemas.iter().flat_map(View::members).map(|(name, _)| name.to_owned()).collect();
        Self { given: HashMap::new(), taken, inline: HashMap::new(), waiting: Vec::new() }
    }
}

impl<'a> Reader<'a> {
    /// Returns the name of the schema that a `$ref` names. A schema that is not among the document's schemas gets a
    /// name: its last step, after the name of its file where that is taken.
    pub(super) fn name(&mut self, view: &View<'a>) -> String {
        let steps = view.pointer.steps();
        if view.file == 0
            && let [components, schemas, name] = steps.as_slice()
            && components == "components"
            && schemas == "schemas"
        {
            return name.clone();
        }
        if let Some(name) = self.names.given.get(&view.id()) {
            return name.clone();
        }
        let file = self.files.source(view.file).map_or("", |source| source.name.as_str());
        let stem = Path::new(file).file_stem().map(|stem| stem.to_string_lossy().to_upper_camel_case());
        let stem = stem.unwrap_or_default();
        let structure =
            ["components", "schemas", "properties", "items", "definitions", "$defs", "allOf", "oneOf", "anyOf"];
        let in_properties = steps.first().is_some_and(|step| step == "properties");
        // The number of the part that has a property says nothing of it.
        let inner = steps.len().saturating_sub(1);
        let is_part = |at: usize| {
            at < inner && at.checked_sub(1).is_some_and(|list| steps.get(list).is_some_and(|step| step == "allOf"))
        };
        let named = steps.iter().enumerate().filter(|(at, step)| !structure.contains(&step.as_str()) && !is_part(*at));
        let parts: Vec<&String> = named.map(|(_, step)| step).collect();
        let base = match parts.as_slice() {
            [name] if in_properties => format!("{stem}{}", name.to_upper_camel_case()),
            [] => stem.clone(),
            [name] => (*name).clone(),
            many => many.iter().map(|part| part.to_upper_camel_case()).collect(),
        };
        let base = if base.len() > MAX_LENGTH { cut(&base) } else { base };
        let longer = format!("{stem}{}", base.to_upper_camel_case());
        let wanted = if self.names.taken.contains(&base) { longer } else { base };
        let name = self.names.taken.free(wanted.clone(), |number| format!("{wanted}{number}"));
        self.names.given.insert(view.id(), name.clone());
        self.names.waiting.push((name.clone(), view.clone()));
        name
    }

    /// Reads a schema that no method of the API has, under a name of its own if it has none. Returns its name.
    pub(super) fn payload(&mut self, view: &View<'a>, wanted: &str) -> Option<String> {
        if view.node.get("$ref").is_some() {
            let found = self.follow(view)?;
            return Some(self.name(&found));
        }
        if let Some(known) = self.names.given.get(&view.id()) {
            return Some(known.clone());
        }
        let name = self.names.taken.free(wanted.to_owned(), |number| format!("{wanted}{number}"));
        self.names.given.insert(view.id(), name.clone());
        self.names.waiting.push((name.clone(), view.clone()));
        Some(name)
    }

    /// Returns the name of an inline schema, which is numbered if another schema has that name.
    pub(super) fn inline_name(&mut self, view: &View<'a>, defined_in: &DefinedIn) -> String {
        let key = (view.id(), inline_name(defined_in, None));
        if let Some(known) = self.names.inline.get(&key) {
            return known.clone();
        }
        let name = self.names.taken.free(key.1.clone(), |number| inline_name(defined_in, Some(number)));
        self.names.inline.insert(key, name.clone());
        name
    }
}
