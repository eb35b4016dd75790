//! The generator as a function from texts to texts.

use discovery_codegen::diagnostic::Diagnostics;
use discovery_codegen::model::Method;
use discovery_codegen::pipeline::{self, Input, Output};
use discovery_codegen::rust::naming::{Names, lock};
use discovery_codegen::rust::package;
use discovery_codegen::source::Source;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A document with its overlay and lock.
#[derive(Clone, Debug, Default)]
pub struct TestInput {
    /// File name of the document.
    pub name: &'static str,
    /// Text of the document.
    pub document: String,
    /// Text of the overlay.
    pub overlay: Option<String>,
    /// Text of the lock.
    pub lock: Option<String>,
}

impl TestInput {
    /// Creates an input without overlay and lock.
    #[must_use]
    pub fn new(name: &'static str, document: impl Into<String>) -> Self {
        Self { name, document: document.into(), overlay: None, lock: None }
    }

    /// Returns the input of the generator.
    #[must_use]
    pub fn input(&self) -> Input {
        // The folder has no files that a reference could name.
        let source = |name: &str, text: &String| Arc::new(Source::new(format!("/nowhere/{name}"), text.as_str()));
        Input {
            document: source(self.name, &self.document),
            overlay: self.overlay.as_ref().map(|text| source("x.overlay.toml", text)),
            ref_folders: Vec::new(),
        }
    }

    fn names(&self) -> Result<Names, String> {
        let Some(text) = &self.lock else { return Ok(Names::default()) };
        lock::parse(&Arc::new(Source::new("x.lock.toml", text.as_str()))).map_err(rendered)
    }

    /// Runs the generator.
    ///
    /// # Errors
    /// The rendered errors of a rejected document.
    pub fn output(&self) -> Result<Output, String> {
        pipeline::generate(&self.input(), &[], &self.names()?).map_err(rendered)
    }

    /// Returns the files of all layouts by name: the crate of one API, that of several, and the file of a build script.
    ///
    /// # Errors
    /// As [`Self::output`].
    pub fn files(&self) -> Result<Files, String> {
        let output = self.output()?;
        let part = &output.part;
        let mut files = package::single(part, &package::crate_name(&output.names), None, None);
        let several = package::several(std::slice::from_ref(part), "apis", "Docs.");
        files.extend(several.into_iter().map(|(path, text)| (format!("several/{path}"), text)));
        // The file of a build script contains all of these.
        files.retain(|path, _| !path.ends_with("types.rs") && !path.ends_with("methods.rs"));
        files.insert("include.rs".to_owned(), package::include(part));
        let variables = output.api.server_template.map_or(0, |template| template.variables.len());
        let methods = output.api.methods.values();
        let form = |method: &Method| format!("{:?} {} {}", method.body_form(), method.media_download, method.streaming);
        let mut forms: Vec<String> = methods.clone().map(form).collect();
        // Methods are in the order of their names, which differ.
        forms.sort_unstable();
        let servers = methods.clone().filter(|method| method.server.is_some()).count();
        Ok(Files {
            left_out: part.skipped.len(),
            forms,
            urls: output.api.endpoints.len().saturating_add(servers).saturating_add(variables),
            texts: files,
            warnings: rendered(Diagnostics(output.warnings)),
        })
    }
}

/// Generated files.
#[derive(Debug)]
pub struct Files {
    /// Files by path.
    pub texts: BTreeMap<String, String>,
    /// Number of omitted operations and parameters.
    pub left_out: usize,
    /// Number of URLs besides that of the API, of endpoints and of methods, and of variables in its own. Invalid URLs are
    /// ignored.
    pub urls: usize,
    /// Of each method the encoding of its request, and if it is a download or a stream: all depend on media types.
    pub forms: Vec<String>,
    /// Warnings as text for a terminal.
    pub warnings: String,
}

/// Renders errors as for a terminal.
#[must_use]
pub fn rendered(errors: Diagnostics) -> String {
    errors.render(false)
}
