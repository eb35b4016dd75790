//! Applies an overlay to the model.

mod add;
mod methods;
mod schemas;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Api;
use crate::parser::overlay::Overlay;
use crate::text::one_line;

/// Severity of a name in an overlay that the document does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Error: nothing is generated.
    Strict,
    /// A warning: the overlay may belong to another revision of the document.
    Lenient,
}

/// Applies an overlay to the model. Returns the model and warnings.
///
/// # Errors
/// Everything in the overlay that does not fit the document, each with its place in the overlay.
pub fn apply(api: Api, overlay: &Overlay, mode: Mode) -> Result<(Api, Vec<Diagnostic>), Diagnostics> {
    let apply = applied(api, overlay, mode);
    if apply.diagnostics.has_errors() { Err(apply.diagnostics) } else { Ok((apply.api, apply.diagnostics.0)) }
}

/// Target of an overlay that the document does not have.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Absent {
    /// Keys and indices that lead to the entry in the overlay.
    pub path: Vec<String>,
    /// Reason, such as an unknown name.
    pub message: String,
}

/// Returns the targets of an overlay that the document does not have.
///
/// # Errors
/// Everything else in the overlay that does not fit the document.
#[cfg(feature = "cli")]
pub fn absent(api: Api, overlay: &Overlay) -> Result<Vec<Absent>, Diagnostics> {
    let apply = applied(api, overlay, Mode::Lenient);
    // An addition that refers to a missing schema is a target itself, and its error goes with it.
    let is_fatal = apply.diagnostics.has_errors() && apply.absent.is_empty();
    if is_fatal { Err(apply.diagnostics) } else { Ok(apply.absent) }
}

fn applied(api: Api, overlay: &Overlay, mode: Mode) -> Apply<'_> {
    let mut apply = Apply { api, overlay, mode, diagnostics: Diagnostics::default(), absent: Vec::new() };
    apply.add();
    if overlay.package.is_some() {
        apply.api.package.clone_from(&overlay.package);
    }
    if let Some(title) = &overlay.title {
        apply.api.title = Some(one_line(title));
    }
    for (name, notes) in &overlay.schemas {
        apply.schema(name, notes);
    }
    for (name, notes) in &overlay.methods {
        apply.method(name, notes);
    }
    apply
}

struct Apply<'a> {
    api: Api,
    overlay: &'a Overlay,
    mode: Mode,
    diagnostics: Diagnostics,
    absent: Vec<Absent>,
}

impl Apply<'_> {
    /// Reports an error, whatever the revision of the document.
    fn error(&mut self, message: String, path: &[&str]) {
        self.push(Diagnostic::error(message), path);
    }

    /// Adds a diagnostic. Finding a place takes time, so that only the diagnostics that are shown have one.
    fn push(&mut self, diagnostic: Diagnostic, path: &[&str]) {
        let shown = self.diagnostics.candidates() > 0;
        let diagnostic = if shown { self.overlay.at(diagnostic, path) } else { diagnostic };
        self.diagnostics.push(diagnostic);
    }

    /// Returns the names that the next diagnostic may suggest.
    fn candidates<'n>(&self, names: impl Iterator<Item = &'n String>) -> Vec<String> {
        names.take(self.diagnostics.candidates()).cloned().collect()
    }

    fn schema_names(&self) -> Vec<String> {
        self.candidates(self.api.schemas.keys())
    }

    fn method_names(&self) -> Vec<String> {
        self.candidates(self.api.methods.keys())
    }

    /// Reports a name that the document does not have, with the names that it has.
    fn absent(&mut self, message: String, path: &[&str], wrong: &str, right: &[String]) {
        self.unfit(message, path, |diagnostic| diagnostic.suggest(wrong, right.iter().map(String::as_str)));
    }

    /// Reports a schema that an entry uses. A document that was pruned may lack it.
    fn absent_schema(&mut self, message: String, path: &[&str], wrong: &str) {
        let known = self.schema_names();
        let is_pruned = !self.api.include.is_empty();
        self.unfit(message, path, |diagnostic| {
            let diagnostic = diagnostic.suggest(wrong, known.iter().map(String::as_str));
            match &diagnostic.help {
                None if is_pruned => {
                    diagnostic.help("the document was pruned: `update` and `vendor` add schemas that its overlay uses")
                }
                _ => diagnostic,
            }
        });
    }

    /// Reports an entry that fits another revision of the document.
    fn unfit(&mut self, message: String, path: &[&str], help: impl FnOnce(Diagnostic) -> Diagnostic) {
        self.note_absent(message.clone(), path);
        let diagnostic = match self.mode {
            Mode::Strict => Diagnostic::error(message),
            Mode::Lenient => Diagnostic::warning(message),
        };
        self.push(help(diagnostic), path);
    }

    /// Records a target that the document does not have.
    fn note_absent(&mut self, message: String, path: &[&str]) {
        self.absent.push(Absent { path: path.iter().map(|key| (*key).to_owned()).collect(), message });
    }
}
