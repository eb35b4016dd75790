//! Overlays: facts that a document does not state, each with its source.

mod added;
mod notes;
mod place;

pub use added::{Add, Added};
pub use notes::{
    JobNotes, Member, MethodNotes, OperationNotes, PagesNotes, ParameterNotes, PropertyNotes, ResourceNotes,
    SchemaNotes, UnionNotes,
};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::parser::names::too_long;
use crate::source::{Source, toml};
use place::Places;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// Overlay of a document.
#[derive(Clone, Debug)]
pub struct Overlay {
    /// The text, for errors.
    pub source: Arc<Source>,
    /// The protobuf package whose messages the document's schemas are.
    pub package: Option<String>,
    /// The API's title, where the document has none, or a misleading one.
    pub title: Option<String>,
    /// Notes on schemas, by their name in the model: a nested one has its path, `TuningJob.state`.
    pub schemas: BTreeMap<String, SchemaNotes>,
    /// Notes on methods, by their name.
    pub methods: BTreeMap<String, MethodNotes>,
    /// Schemas and methods that the document lacks.
    pub add: Add,
    /// Places of its keys, found when the first one is needed.
    places: OnceLock<Places>,
}

/// Returns the path of the overlay of a document: `x.overlay.toml` for `x.json`.
pub fn path_for(document: &Path) -> PathBuf {
    document.with_extension("overlay.toml")
}

/// Reads an overlay.
///
/// # Errors
/// Invalid TOML, an unknown key, or a value of another type than the key has.
pub fn read(source: &Arc<Source>) -> Result<Overlay, Diagnostics> {
    let raw: notes::RawOverlay = toml::parse(source)?;
    let mut overlay = Overlay {
        source: source.clone(),
        package: raw.package,
        title: raw.title,
        schemas: raw.schemas,
        methods: raw.methods,
        add: Add::default(),
        places: OnceLock::new(),
    };
    overlay.lengths()?;
    overlay.add = added::read(raw.add, &overlay)?;
    Ok(overlay)
}

impl Overlay {
    /// Returns the bytes that a path of keys names. Where the last keys are not in the text, those of the nearest
    /// above.
    pub fn locate(&self, path: &[&str]) -> Range<usize> {
        self.places.get_or_init(|| Places::of(&self.source.text)).locate(path)
    }

    /// Checks the lengths of the names that become a part of the model.
    fn lengths(&self) -> Result<(), Diagnostics> {
        let mut faults = Diagnostics::default();
        let mut check = |path: &[&str]| {
            if let Some(message) = path.last().and_then(|name| too_long(name)) {
                faults.push(self.at(Diagnostic::error(message).help("shorten it"), path));
            }
        };
        for (schema, notes) in &self.schemas {
            check(&["schemas", schema]);
            notes.unions.keys().for_each(|union| check(&["schemas", schema, "unions", union]));
        }
        self.methods.keys().for_each(|method| check(&["methods", method]));
        if faults.has_errors() { Err(faults) } else { Ok(()) }
    }

    /// Returns the schemas that it refers to: in what it adds, and as results of operations.
    pub fn references(&self) -> impl Iterator<Item = String> {
        let operations = self.methods.values().filter_map(|method| method.operation.as_ref());
        let ends = operations.flat_map(|operation| operation.response.iter().chain(&operation.metadata)).cloned();
        ends.chain(self.add.references())
    }

    /// Sets the place of a diagnostic: the key that a path names.
    pub fn at(&self, diagnostic: Diagnostic, path: &[&str]) -> Diagnostic {
        diagnostic.at_span(&self.source, self.locate(path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> String {
        read(&Arc::new(Source::new("x.overlay.toml", text))).unwrap_err().render(false)
    }

    #[test]
    fn an_unknown_key_is_an_error_with_its_place() {
        let text = message("[schemas.Foo.unions.bar]\nmember = [\"a\"]\nsource = { kind = \"manual\", ref = \"x\" }\n");
        for part in ["x.overlay.toml:2:1", "unknown key `member`", "did you mean `members`?"] {
            assert!(text.contains(part), "{part} in\n{text}");
        }
    }

    #[test]
    fn an_unknown_kind_of_source_is_an_error() {
        let text =
            message("[schemas.Foo.unions.bar]\nmembers = [\"a\"]\nsource = { kind = \"hearsay\", ref = \"x\" }\n");
        for part in [":3:", "hearsay", "proto"] {
            assert!(text.contains(part), "{part} in\n{text}");
        }
    }

    #[test]
    fn an_added_schema_is_in_discovery_s_form() {
        let text = message(
            "[add.schemas.Foo]\ntype = \"object\"\nsource = { kind = \"manual\", ref = \"x\" }\n\n[add.schemas.Foo.properties.a]\ntipe = \"string\"\n",
        );
        for part in [":6:1", "tipe"] {
            assert!(text.contains(part), "{part} in\n{text}");
        }
    }

    #[test]
    fn a_long_name_is_an_error_with_its_place() {
        let long = "n".repeat(1_001);
        let source = "source = { kind = \"manual\", ref = \"x\" }";
        for (text, place) in [
            (format!("[schemas.Foo.unions.{long}]\nmembers = [\"a\"]\n{source}\n"), "x.overlay.toml:1:21"),
            (format!("[schemas.{long}]\ndoc = \"x\"\n"), "x.overlay.toml:1:10"),
            (format!("[methods.{long}]\ndoc = \"x\"\n"), "x.overlay.toml:1:10"),
            (format!("[add.schemas.{long}]\ntype = \"object\"\n{source}\n"), "x.overlay.toml:1:14"),
            (
                format!("[add.schemas.Foo]\ntype = \"object\"\n{source}\nproperties.{long}.type = \"string\"\n"),
                "x.overlay.toml:4:1",
            ),
        ] {
            let text = message(&text);
            assert!(text.contains("has 1001 bytes, more than 1000") && text.contains(place), "{text}");
        }
    }

    #[test]
    fn the_overlay_is_next_to_its_document() {
        assert_eq!(path_for(Path::new("spec/aiplatform.v1.json")), Path::new("spec/aiplatform.v1.overlay.toml"));
    }
}
