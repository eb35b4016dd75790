//! The overlay as it is written: what a document cannot say, and where each fact comes from.

mod added;
mod notes;
mod place;

pub use added::{Add, Added};
pub use notes::{
    JobNotes, Member, MethodNotes, OperationNotes, ParameterNotes, PropertyNotes, ResourceNotes, SchemaNotes,
    UnionNotes,
};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Source;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// An overlay.
#[derive(Clone, Debug)]
pub struct Overlay {
    /// The text, which errors show.
    pub source: Arc<Source>,
    /// The protobuf package whose messages the document's schemas are.
    pub package: Option<String>,
    /// Notes on schemas, by their name in the model: a nested one has its path, `TuningJob.state`.
    pub schemas: BTreeMap<String, SchemaNotes>,
    /// Notes on methods, by their name.
    pub methods: BTreeMap<String, MethodNotes>,
    /// What the document lacks.
    pub add: Add,
}

/// The overlay that lies beside a document: `x.overlay.toml` for `x.json`.
pub fn beside(document: &Path) -> PathBuf {
    document.with_extension("overlay.toml")
}

/// Reads an overlay.
///
/// # Errors
/// The first thing that is not TOML, that is not of the type that the key has, or that no overlay has.
pub fn read(source: &Arc<Source>) -> Result<Overlay, Diagnostics> {
    let written: notes::Written = toml::from_str(&source.text).map_err(|error| fault(source, &error))?;
    let mut overlay = Overlay {
        source: source.clone(),
        package: written.package,
        schemas: written.schemas,
        methods: written.methods,
        add: Add::default(),
    };
    overlay.add = added::read(written.add, &overlay)?;
    Ok(overlay)
}

impl Overlay {
    /// The bytes of what a path of keys names; where the last ones are not in the text, of what is nearest above them.
    pub fn locate(&self, path: &[&str]) -> Range<usize> {
        place::locate(&self.source.text, path)
    }

    /// The schemas that it refers to: by what it adds, and as what operations end in.
    pub fn references(&self) -> impl Iterator<Item = String> {
        let operations = self.methods.values().filter_map(|method| method.operation.as_ref());
        let ends = operations.flat_map(|operation| operation.response.iter().chain(&operation.metadata)).cloned();
        ends.chain(self.add.references())
    }

    /// Says of a diagnostic that it is about what a path of keys names.
    pub fn at(&self, diagnostic: Diagnostic, path: &[&str]) -> Diagnostic {
        diagnostic.at_span(&self.source, self.locate(path))
    }
}

/// What the reader says is wrong, with what would be right where it knows.
fn fault(source: &Arc<Source>, error: &toml::de::Error) -> Diagnostic {
    let message = error.message().replace('\n', "; ");
    let mut diagnostic = match message.strip_prefix("unknown field ").and_then(|rest| rest.split_once(", expected ")) {
        Some((wrong, right)) => {
            let wrong = wrong.trim_matches('`');
            let right: Vec<&str> = right.split('`').skip(1).step_by(2).collect();
            Diagnostic::error(format!("an overlay has no key `{wrong}` here"))
                .help(format!("one of: {}", right.join(", ")))
                .suggest(wrong, right)
        }
        None => Diagnostic::error(message),
    };
    diagnostic = match error.span() {
        Some(span) => diagnostic.at_span(source, span),
        None => diagnostic.in_source(source),
    };
    diagnostic
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> String {
        read(&Arc::new(Source::new("x.overlay.toml", text))).unwrap_err().render(false)
    }

    #[test]
    fn a_key_that_no_overlay_has_is_an_error_with_its_place() {
        let text = message("[schemas.Foo.unions.bar]\nmember = [\"a\"]\nsource = { kind = \"manual\", ref = \"x\" }\n");
        for part in ["x.overlay.toml:2:1", "no key `member` here", "did you mean `members`?"] {
            assert!(text.contains(part), "{part} in\n{text}");
        }
    }

    #[test]
    fn a_kind_of_source_that_is_not_known_is_an_error() {
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
    fn the_overlay_lies_beside_its_document() {
        assert_eq!(beside(Path::new("spec/aiplatform.v1.json")), Path::new("spec/aiplatform.v1.overlay.toml"));
    }
}
