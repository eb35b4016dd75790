//! Unions: learning them from sources that state them, and watching them as documents change.
//!
//! Documents list a union's members as plain properties. Protos and reference pages say which belong together: each
//! gives [`Facts`], which [`write`](apply::write) puts into an overlay. [`check`](mod@check) compares a document with
//! what its overlay says, and tells of properties that look like members and that nobody has placed.

pub mod apply;
pub mod check;
mod facts;
#[cfg(feature = "import")]
pub mod proto;
pub mod reference;

use crate::diagnostic::Diagnostics;
use crate::model::Api;
use crate::parser::{self, overlay::Overlay};
use crate::passes::overlay::{Mode, apply};
use crate::source::Source;
use std::sync::Arc;

pub use facts::{ApartFact, BehaviorFact, Facts, MethodFact, OperationFact, ParameterFact, ResourceFact, UnionFact};

/// Puts what `.proto` files below some folders say into an overlay, whose text may be empty.
///
/// # Errors
/// What is wrong with the document, the overlay as it is, or the protos.
#[cfg(feature = "import")]
pub fn import_protos(
    document: &Arc<Source>,
    overlay: &Arc<Source>,
    folders: &[std::path::PathBuf],
) -> Result<apply::Written, Diagnostics> {
    let (alone, whole, notes) = read(document, overlay)?;
    let protos = proto::compile(folders, notes.package.as_deref(), &whole)?;
    let mut facts = proto::facts(&whole, &protos);
    let options = |(import, file): &(String, String)| {
        format!("the options of `{file}`: its import `{import}` is below no proto path")
    };
    facts.unmatched.extend(protos.missing.iter().map(options));
    apply::write(&alone, overlay, &facts)
}

/// Puts what a page of reference documentation says into an overlay, whose text may be empty.
///
/// # Errors
/// What is wrong with the document or the overlay as it is.
pub fn import_page(
    document: &Arc<Source>,
    overlay: &Arc<Source>,
    page: &Source,
) -> Result<apply::Written, Diagnostics> {
    let (alone, whole, _) = read(document, overlay)?;
    let name = std::path::Path::new(&page.name)
        .file_name()
        .map_or(page.name.clone(), |name| name.to_string_lossy().into_owned());
    apply::write(&alone, overlay, &reference::facts(&whole, &page.text, &name))
}

/// Compares a document with its overlay.
///
/// # Errors
/// What is wrong with either, a member that vanished aside.
pub fn check(document: &Arc<Source>, overlay: &Arc<Source>) -> Result<check::Report, Diagnostics> {
    let (_, whole, notes) = read(document, overlay)?;
    Ok(check::check(&whole, &notes))
}

/// A document alone, with its overlay as far as that fits, and the overlay.
fn read(document: &Arc<Source>, overlay: &Arc<Source>) -> Result<(Api, Api, Overlay), Diagnostics> {
    let alone = parser::read(document)?;
    let notes = parser::overlay::read(overlay)?;
    let (whole, _) = apply(alone.clone(), &notes, Mode::Lenient)?;
    Ok((alone, whole, notes))
}
