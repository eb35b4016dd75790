//! Puts what an overlay says into the model.

mod add;
mod methods;
mod schemas;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Api;
use crate::parser::overlay::Overlay;

/// What to do where an overlay names something that the document does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It is an error: one of the two is wrong.
    Strict,
    /// It is a warning: the overlay may belong to another revision of the document.
    Lenient,
}

/// Puts what an overlay says into the model, and gives what is worth a look beside it.
///
/// # Errors
/// Everything that the overlay says and that does not fit the document, each with its place in the overlay.
pub fn apply(api: Api, overlay: &Overlay, mode: Mode) -> Result<(Api, Vec<Diagnostic>), Diagnostics> {
    let mut apply = Apply { api, overlay, mode, diagnostics: Diagnostics::default() };
    apply.add();
    if overlay.package.is_some() {
        apply.api.package.clone_from(&overlay.package);
    }
    for (name, notes) in &overlay.schemas {
        apply.schema(name, notes);
    }
    for (name, notes) in &overlay.methods {
        apply.method(name, notes);
    }
    if apply.diagnostics.has_errors() { Err(apply.diagnostics) } else { Ok((apply.api, apply.diagnostics.0)) }
}

struct Apply<'a> {
    api: Api,
    overlay: &'a Overlay,
    mode: Mode,
    diagnostics: Diagnostics,
}

impl Apply<'_> {
    /// Something that no revision of the document makes right.
    fn wrong(&mut self, message: String, path: &[&str]) {
        let diagnostic = self.overlay.at(Diagnostic::error(message), path);
        self.diagnostics.push(diagnostic);
    }

    /// Something that the document does not have, with the names that it has.
    fn absent(&mut self, message: String, path: &[&str], wrong: &str, right: &[&str]) {
        let diagnostic = match self.mode {
            Mode::Strict => Diagnostic::error(message),
            Mode::Lenient => Diagnostic::warning(message),
        };
        let diagnostic = self.overlay.at(diagnostic, path).suggest(wrong, right.iter().copied());
        self.diagnostics.push(diagnostic);
    }
}
