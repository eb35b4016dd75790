//! The generator as the proofs call it: texts in, texts out.

use discovery_codegen::diagnostic::Diagnostics;
use discovery_codegen::pipeline::{self, Input, Output};
use discovery_codegen::rust::naming::{Names, lock};
use discovery_codegen::rust::package;
use discovery_codegen::source::Source;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A document with what belongs to it.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The file name of the document.
    pub name: &'static str,
    /// The document.
    pub document: String,
    /// The overlay.
    pub overlay: Option<String>,
    /// The lock.
    pub lock: Option<String>,
}

impl Given {
    /// A document alone.
    #[must_use]
    pub fn new(name: &'static str, document: impl Into<String>) -> Self {
        Self { name, document: document.into(), overlay: None, lock: None }
    }

    /// As the generator reads it.
    #[must_use]
    pub fn input(&self) -> Input {
        // No file lies beside it that a reference could name.
        let source = |name: &str, text: &String| Arc::new(Source::new(format!("/nowhere/{name}"), text.as_str()));
        Input {
            document: source(self.name, &self.document),
            overlay: self.overlay.as_ref().map(|text| source("x.overlay.toml", text)),
            ref_folders: Vec::new(),
        }
    }

    fn names(&self) -> Result<Names, String> {
        let Some(text) = &self.lock else { return Ok(Names::default()) };
        lock::parse(&Arc::new(Source::new("x.lock.toml", text.as_str()))).map_err(shown)
    }

    /// Everything that is generated.
    ///
    /// # Errors
    /// Returns the errors of a refused document, as a terminal shows them.
    pub fn output(&self) -> Result<Output, String> {
        pipeline::generate(&self.input(), &[], &self.names()?).map_err(shown)
    }

    /// The files of all layouts by their name: the crate of one API, that of several, and the file of a build script.
    ///
    /// # Errors
    /// As [`Self::output`].
    pub fn files(&self) -> Result<Files, String> {
        let output = self.output()?;
        let part = &output.part;
        let mut files = package::single(part, &package::crate_name(&output.names), None);
        let several = package::several(std::slice::from_ref(part), "apis", "Docs.");
        files.extend(several.into_iter().map(|(path, text)| (format!("several/{path}"), text)));
        // The file of a build script has all of these in it.
        files.retain(|path, _| !path.ends_with("types.rs") && !path.ends_with("methods.rs"));
        files.insert("include.rs".to_owned(), package::include(part));
        let endpoints = output.api.endpoints.len();
        Ok(Files {
            left_out: part.skipped.len(),
            endpoints,
            texts: files,
            warnings: shown(Diagnostics(output.warnings)),
        })
    }
}

/// Generated files.
#[derive(Debug)]
pub struct Files {
    /// Files by their path.
    pub texts: BTreeMap<String, String>,
    /// The number of operations and parameters that are left out.
    pub left_out: usize,
    /// The number of endpoints: a location is the label of a host, and a URL without a host is no endpoint.
    pub endpoints: usize,
    /// The warnings, as a terminal shows them.
    pub warnings: String,
}

/// Errors as a terminal shows them.
#[must_use]
pub fn shown(errors: Diagnostics) -> String {
    errors.render(false)
}
