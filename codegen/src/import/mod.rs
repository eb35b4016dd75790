//! Import of unions and other facts from protos and reference pages into overlays.
//!
//! Documents list the members of a union as plain properties. Protos and reference pages state which properties form a
//! union: both become [`Facts`], which [`write`](apply::write) adds to an overlay. [`check`](mod@check) compares a
//! document with its overlay, and reports properties that look like undeclared members.

pub mod apply;
pub mod check;
mod facts;
pub mod missing;
#[cfg(feature = "import")]
pub mod proto;
pub mod reference;
pub mod tidy;

use crate::diagnostic::Diagnostics;
use crate::model::Api;
use crate::parser::{self, overlay::Overlay};
use crate::passes::overlay::{Mode, apply};
use crate::source::Source;
use std::sync::Arc;

pub use facts::{
    BehaviorFact, Facts, MethodFact, NotMemberFact, OperationFact, ParameterFact, ResourceFact, UnionFact,
};

/// Imports the facts of `.proto` files into an overlay, whose text may be empty.
///
/// # Errors
/// An invalid document, overlay or proto, or protos that do not belong to the document.
#[cfg(feature = "import")]
pub fn import_protos(
    document: &Arc<Source>,
    overlay: &Arc<Source>,
    folders: &[std::path::PathBuf],
) -> Result<apply::Imported, Diagnostics> {
    let (alone, whole, notes) = read(document, overlay)?;
    let protos = proto::compile(folders, notes.package.as_deref(), &whole)?;
    let mut facts = proto::facts(&whole, &protos);
    let options =
        |(import, file): &(String, String)| format!("the options of `{file}`: its import `{import}` was not found");
    facts.unmatched.extend(protos.missing.iter().map(options));
    apply::write(&alone, overlay, &facts)
}

/// Imports the facts of a page of reference documentation into an overlay, whose text may be empty.
///
/// # Errors
/// An invalid document or overlay.
pub fn import_page(
    document: &Arc<Source>,
    overlay: &Arc<Source>,
    page: &Source,
) -> Result<apply::Imported, Diagnostics> {
    let (alone, whole, _) = read(document, overlay)?;
    let name = std::path::Path::new(&page.name)
        .file_name()
        .map_or(page.name.clone(), |name| name.to_string_lossy().into_owned());
    apply::write(&alone, overlay, &reference::facts(&whole, &page.text, &name))
}

/// Compares a document with its overlay.
///
/// # Errors
/// An invalid document or overlay. Members that are missing from the document are part of the report.
pub fn check(document: &Arc<Source>, overlay: &Arc<Source>) -> Result<check::Report, Diagnostics> {
    let (_, whole, notes) = read(document, overlay)?;
    Ok(check::check(&whole, &notes))
}

/// Reads a document, the document with its overlay applied as far as it fits, and the overlay.
fn read(document: &Arc<Source>, overlay: &Arc<Source>) -> Result<(Api, Api, Overlay), Diagnostics> {
    let alone = parser::read(document)?;
    let notes = parser::overlay::read(overlay)?;
    let (whole, _) = apply(alone.clone(), &notes, Mode::Lenient)?;
    Ok((alone, whole, notes))
}
