//! Schemas and methods that the document lacks.

use super::Apply;
use crate::diagnostic::{At, Diagnostic};
use crate::model::MethodName;
use crate::parser::discovery::Lowering;
use crate::source::escape;
use std::collections::BTreeSet;

impl Apply<'_> {
    /// Adds schemas and methods that the document lacks. Those that the document has are reported, and not changed.
    pub(super) fn add(&mut self) {
        let add = &self.overlay.add;
        let of_document = self.api.schemas.iter().filter(|(_, schema)| !schema.is_inline()).map(|(name, _)| name);
        let known: BTreeSet<String> = of_document.chain(add.schemas.keys()).cloned().collect();
        for (kind, name, references) in add.references_by_item() {
            if let Some(missing) = references.iter().find(|reference| !known.contains(*reference)) {
                let message = format!("unknown schema `{missing}`, which the added `{name}` refers to");
                self.note_absent(message, &["add", kind, name]);
            }
        }
        let mut lowering = Lowering::new(&self.overlay.source, known);
        for (name, added) in &add.schemas {
            if self.api.schemas.contains_key(name) {
                self.duplicate("schema", name, "schemas");
            } else {
                lowering.schema(name, &added.item, &format!("/add/schemas/{}", escape(name)));
            }
        }
        for (name, added) in &add.methods {
            let id = format!("{}.{name}", self.api.name);
            if self.api.methods.contains_key(name) {
                self.duplicate("method", name, "methods");
            } else if !MethodName(name).is_valid() {
                self.error(format!("invalid method name `{name}`: a part of it is empty"), &["add", "methods", name]);
            } else if added.item.id.as_ref().is_some_and(|other| *other != id) {
                self.error(format!("the id of `{name}` must be `{id}`"), &["add", "methods", name, "id"]);
            } else if let Some(method) =
                lowering.method(name, &id, &added.item, &format!("/add/methods/{}", escape(name)))
            {
                self.api.methods.insert(name.clone(), method);
            }
        }
        match lowering.finish() {
            Ok(schemas) => self.api.schemas.extend(schemas),
            Err(faults) => {
                let faults: Vec<_> = faults.0.into_iter().map(|fault| self.replace(fault)).collect();
                self.diagnostics.0.extend(faults);
            }
        }
    }

    fn duplicate(&mut self, what: &str, name: &str, kind: &str) {
        let message = format!("duplicate {what} `{name}`: the document has it");
        self.unfit(message, &["add", kind, name], |diagnostic| diagnostic.help("remove it from the overlay"));
    }

    /// Replaces a JSON pointer by its place in the overlay.
    fn replace(&self, mut fault: Diagnostic) -> Diagnostic {
        if let Some(place) = &mut fault.location
            && let At::Pointer(pointer) = &place.at
        {
            let steps: Vec<String> =
                pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~")).collect();
            let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
            place.at = At::Span(self.overlay.locate(&steps));
        }
        fault
    }
}
