//! Steps of a generation, from a document and its overlay to bindings.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Api;
use crate::parser::{self, Document};
use crate::passes::{http_body, operations, overlay, pagination, prune};
use crate::rust;
use crate::rust::hooks::{Checked, Hooks};
use crate::rust::naming::{Collisions, lock};
use crate::rust::package::{Origin, Part};
use crate::source::Source;
use crate::source::files::{self, Folders};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use crate::passes::overlay::Mode;
pub use crate::rust::naming::Names;

/// A document and what belongs to it, as texts.
#[derive(Clone, Debug)]
pub struct Input {
    /// Text of the document.
    pub document: Arc<Source>,
    /// Text of the overlay.
    pub overlay: Option<Arc<Source>>,
    /// Folders that the document may refer to, in addition to its own.
    pub ref_folders: Vec<PathBuf>,
}

impl Input {
    /// Reads a document, and the overlay: the one that is named, or else the one next to the document, if there is one.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn read(document: &Path, overlay: Option<&Path>) -> Result<Self, Diagnostic> {
        let overlay = match overlay {
            Some(path) => Some(path.to_owned()),
            None => find_overlay(document),
        };
        Ok(Self {
            document: files::read(document)?,
            overlay: overlay.map(|path| files::read(&path)).transpose()?,
            ref_folders: Vec::new(),
        })
    }

    /// The API that the texts state, whole: the document, the overlay, and what follows from both.
    ///
    /// # Errors
    /// All errors in the document and the overlay.
    pub fn api(&self, mode: Mode) -> Result<(Api, Vec<Diagnostic>), Diagnostics> {
        let Whole { api, warnings, .. } = self.whole(mode)?;
        Ok((api, warnings))
    }

    /// Returns the API as [`Self::api`] does, with the texts that it was read from.
    pub(crate) fn whole(&self, mode: Mode) -> Result<Whole, Diagnostics> {
        let folders = Folders::of(&self.document, &self.ref_folders);
        let Document { api, sources, warnings: mut all_warnings } = parser::read_document(&self.document, &folders)?;
        let (api, warnings) = match &self.overlay {
            Some(source) => {
                let notes = parser::overlay::read(source)?;
                #[cfg_attr(not(feature = "cli"), expect(unused_mut))]
                let (api, mut warnings) = overlay::apply(api, &notes, mode)?;
                // A build script compiles no check of unions: that is for who maintains the overlay.
                #[cfg(feature = "cli")]
                if mode == Mode::Strict {
                    warnings.extend(crate::import::check::warnings(&api, &notes));
                }
                (api, warnings)
            }
            None => (api, Vec::new()),
        };
        all_warnings.extend(warnings);
        let faults = parser::names::check(&api, &self.document);
        if faults.has_errors() {
            return Err(faults);
        }
        let api = pagination::infer(operations::infer(http_body::infer(api)));
        Ok(Whole { api, warnings: all_warnings, sources })
    }

    /// Returns the origin of bindings of this input.
    fn origin(&self, api: &Api) -> Origin {
        let file = |source: &Source| {
            Path::new(&source.name).file_name().map_or(source.name.clone(), |name| name.to_string_lossy().into_owned())
        };
        Origin {
            api: api.id(),
            document: file(&self.document),
            revision: api.revision.clone(),
            digest: Origin::digest(&self.document.text),
            overlay: self.overlay.as_ref().map(|source| (file(source), Origin::digest(&source.text))),
        }
    }
}

/// Complete API, before methods are selected.
#[derive(Clone)]
pub(crate) struct Whole {
    pub(crate) api: Api,
    pub(crate) warnings: Vec<Diagnostic>,
    /// The texts that the document is made of, its own first.
    pub(crate) sources: Vec<Arc<Source>>,
}

/// Returns the overlay of a document, if there is one.
pub fn find_overlay(document: &Path) -> Option<PathBuf> {
    if document.as_os_str() == "-" {
        return None;
    }
    let path = parser::overlay::path_for(document);
    files::exists(&path).then_some(path)
}

/// Reads a lock: the names given by earlier generations. Returns no names if the file does not exist.
///
/// # Errors
/// When the file cannot be read, or is not a valid lock.
pub fn read_lock(path: &Path) -> Result<Names, Diagnostics> {
    if files::exists(path) { lock::parse(&files::read(path)?) } else { Ok(Names::default()) }
}

/// Output generated from a document.
#[derive(Clone, Debug)]
pub struct Output {
    /// The API, without the methods that `include` does not match.
    pub api: Api,
    /// Names for the whole API, as a lock records them.
    pub names: Names,
    /// Bindings, and where they come from.
    pub part: Part,
    /// Warnings about the document and the overlay.
    pub warnings: Vec<Diagnostic>,
    /// The texts that the document is made of: its own, and those of the files that it refers to.
    pub sources: Vec<Arc<Source>>,
}

/// Generates bindings for the methods that `include` matches, or for all methods if it is empty. Names in `earlier` are
/// kept.
///
/// # Errors
/// All errors in the document, the overlay or the patterns.
pub fn generate(input: &Input, include: &[String], earlier: &Names) -> Result<Output, Diagnostics> {
    generate_with(input, include, earlier, &Hooks::default())
}

/// Generates bindings as [`generate`] does, with changes to generated items.
///
/// # Errors
/// All errors in the document, the overlay, the patterns or the hooks.
pub fn generate_with(input: &Input, include: &[String], earlier: &Names, hooks: &Hooks) -> Result<Output, Diagnostics> {
    Prepared::new(input, earlier, hooks)?.generate(include)
}

/// An API, whole, with the names of its items: bindings of its parts are generated from clones.
#[derive(Clone)]
pub struct Prepared<'i> {
    input: &'i Input,
    whole: Whole,
    names: Names,
    collisions: Vec<Collisions>,
    hooks: Checked,
}

impl<'i> Prepared<'i> {
    /// Reads an API, and names its items.
    ///
    /// # Errors
    /// All errors in the document, the overlay or the hooks.
    pub fn new(input: &'i Input, earlier: &Names, hooks: &Hooks) -> Result<Self, Diagnostics> {
        let mut whole = input.whole(Mode::Strict)?;
        whole.api = earlier.keep_order(whole.api);
        let (names, collisions) = Names::with_collisions(&whole.api, earlier);
        let hooks = hooks.check(&whole.api)?;
        Ok(Self { input, whole, names, collisions, hooks })
    }

    /// Returns the ids of the methods, without that of the API.
    pub fn methods(&self) -> impl Iterator<Item = &str> {
        self.whole.api.methods.keys().map(String::as_str)
    }

    /// Generates bindings for the methods that `include` matches, or for all methods if it is empty.
    ///
    /// # Errors
    /// All errors in the patterns.
    pub fn generate(self, include: &[String]) -> Result<Output, Diagnostics> {
        let Self { input, whole: Whole { api, mut warnings, sources }, names, collisions, hooks } = self;
        let api = prune::prune(api, include)?;
        warnings.extend(collisions.iter().flat_map(|one| one.notes(&api, &sources)));
        let bindings = rust::emit(&api, &names, &hooks);
        let part = Part::new(&api, &names, bindings, input.origin(&api));
        Ok(Output { api, names, part, warnings, sources })
    }
}
