//! From a Discovery document to the model.

mod method;
mod schema;

use super::document::{self, Document};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Api, Endpoint, EndpointKind, Method, MethodName, Schema};
use crate::parser::lowering::schemas::settle_aliases;
use crate::parser::names;
use crate::source::{Source, escape};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

fn endpoint(stated: &document::Endpoint, root_url: &str) -> Endpoint {
    let description = stated.description.to_ascii_lowercase();
    let kind = if description.contains("locational") {
        EndpointKind::Locational
    } else if description.contains("regional") {
        EndpointKind::Regional
    } else {
        kind_of_url(&stated.endpoint_url, &stated.location, root_url)
    };
    Endpoint { location: stated.location.clone(), url: with_slash(&stated.endpoint_url), kind }
}

/// Returns the kind of an endpoint without a description: locational ones are `{location}-{host of the root URL}`. All
/// endpoints of Google's documents that have a description agree.
fn kind_of_url(url: &str, location: &str, root_url: &str) -> EndpointKind {
    let is_locational = root_url
        .split_once("://")
        .is_some_and(|(scheme, host)| with_slash(url) == with_slash(&format!("{scheme}://{location}-{host}")));
    if is_locational { EndpointKind::Locational } else { EndpointKind::Regional }
}

/// Lowers a document to the model.
pub(super) fn lower(document: &Document, source: &Arc<Source>) -> Result<Api, Diagnostics> {
    let mut lowering = Lowering::new(source, document.schemas.keys().cloned().collect());
    lowering.lengths(document)?;
    let mut api = Api {
        name: document.name.clone(),
        version: document.version.clone(),
        versioned: true,
        revision: document.revision.clone(),
        title: document.title.clone(),
        doc: document.description.clone(),
        root_url: with_slash(&document.root_url),
        service_path: document.service_path.clone(),
        mtls_root_url: document.mtls_root_url.as_deref().map(with_slash),
        batch_path: document.batch_path.clone(),
        endpoints: document.endpoints.iter().map(|endpoint| self::endpoint(endpoint, &document.root_url)).collect(),
        data_wrapper: document.features.iter().any(|f| f == "dataWrapper"),
        include: document.include.clone(),
        ..Api::default()
    };
    if let Some(auth) = &document.auth {
        api.scopes = auth.oauth2.scopes.iter().map(|(url, scope)| (url.clone(), scope.description.clone())).collect();
    }
    if api.name.is_empty() || api.version.is_empty() {
        let key = if api.name.is_empty() { "name" } else { "version" };
        let help = "ids of methods and modules are named after it";
        lowering.error(format!("empty `{key}` of the API"), &format!("/{key}"), help);
    }
    if !api.root_url.starts_with("https://") && !api.root_url.starts_with("http://") {
        let message = format!("invalid URL `{}`", document.root_url);
        lowering.error(message, "/rootUrl", "a URL begins with `https://`");
    }
    for (name, schema) in &document.schemas {
        lowering.schema(name, schema, &format!("/schemas/{}", escape(name)));
    }
    for (name, parameter) in &document.parameters {
        let pointer = format!("/parameters/{}", escape(name));
        if let Some(parameter) = lowering.parameter("", name, parameter, &pointer) {
            api.parameters.insert(name.clone(), parameter);
        }
    }
    let mut walk = Walk { prefix: &document.name, methods: BTreeMap::new(), deprecated: BTreeSet::new() };
    walk.methods(&mut lowering, &document.methods.0, "", "");
    walk.resources(&mut lowering, &document.resources.0, "", "");
    api.methods = walk.methods;
    api.deprecated_resources = walk.deprecated;
    api.schemas = lowering.finish()?;
    Ok(api)
}

fn with_slash(url: &str) -> String {
    if url.ends_with('/') { url.to_owned() } else { format!("{url}/") }
}

/// Reads the tree of resources.
struct Walk<'a> {
    prefix: &'a str,
    methods: BTreeMap<String, Method>,
    deprecated: BTreeSet<String>,
}

impl Walk<'_> {
    fn resources(
        &mut self,
        lowering: &mut Lowering<'_>,
        resources: &BTreeMap<String, document::Resource>,
        path: &str,
        pointer: &str,
    ) {
        for (name, resource) in resources {
            let pointer = format!("{pointer}/resources/{}", escape(name));
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            if lowering.is_too_long(&path, &pointer) {
                continue;
            }
            if resource.deprecated {
                self.deprecated.insert(path.clone());
            }
            self.methods(lowering, &resource.methods.0, &path, &pointer);
            self.resources(lowering, &resource.resources.0, &path, &pointer);
        }
    }

    fn methods(
        &mut self,
        lowering: &mut Lowering<'_>,
        methods: &BTreeMap<String, document::Method>,
        path: &str,
        pointer: &str,
    ) {
        for (key, method) in methods {
            let pointer = format!("{pointer}/methods/{}", escape(key));
            let Some(id) = &method.id else {
                let place = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                let help = format!("an id is the method's name in the whole API: `{}.{place}`", self.prefix);
                lowering.diagnostics.push(
                    Diagnostic::error(format!("missing `id` of the method `{place}`"))
                        .at_pointer(lowering.source, &*pointer)
                        .help(help),
                );
                continue;
            };
            if lowering.is_too_long(id, &format!("{pointer}/id")) {
                continue;
            }
            let name = match id.strip_prefix(self.prefix).and_then(|rest| rest.strip_prefix('.')) {
                Some(name) => name,
                None => MethodName::of_id(id).0,
            };
            if !MethodName(name).is_valid() {
                let message = format!("invalid method id `{id}`: a part of it is empty");
                let help = format!("by its place it would be `{}`", [self.prefix, path, key].join("."));
                lowering.error(message, &format!("{pointer}/id"), help);
                continue;
            }
            if let Some(first) = self.methods.get(name) {
                lowering.diagnostics.push(
                    Diagnostic::error(format!("duplicate method id `{id}`"))
                        .at_pointer(lowering.source, format!("{pointer}/id"))
                        .help(format!("the other one is at {}", first.pointer)),
                );
                continue;
            }
            if let Some(method) = lowering.method(name, id, method, &pointer) {
                self.methods.insert(name.to_owned(), method);
            }
        }
    }
}

/// The state of lowering: schemas, those written inline among them, and diagnostics.
pub(crate) struct Lowering<'a> {
    source: &'a Arc<Source>,
    /// Names of the document's schemas.
    known: BTreeSet<String>,
    pub(crate) schemas: BTreeMap<String, Schema>,
    pub(crate) diagnostics: Diagnostics,
}

impl<'a> Lowering<'a> {
    pub(crate) fn new(source: &'a Arc<Source>, known: BTreeSet<String>) -> Self {
        Self { source, known, schemas: BTreeMap::new(), diagnostics: Diagnostics::default() }
    }

    fn error(&mut self, message: impl Into<String>, pointer: &str, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error(message).at_pointer(self.source, pointer).help(help));
    }

    /// Checks the lengths of the texts that are a part of every method or of every request.
    fn lengths(&mut self, document: &Document) -> Result<(), Diagnostics> {
        let endpoints = document.endpoints.iter().enumerate().flat_map(|(index, endpoint)| {
            let pointer = format!("/endpoints/{index}");
            [("endpointUrl", &endpoint.endpoint_url), ("location", &endpoint.location)]
                .map(|(key, text)| (format!("{pointer}/{key}"), text.as_str()))
        });
        let own = [
            ("/name", &document.name),
            ("/version", &document.version),
            ("/rootUrl", &document.root_url),
            ("/servicePath", &document.service_path),
        ];
        for (pointer, text) in
            own.map(|(pointer, text)| (pointer.to_owned(), text.as_str())).into_iter().chain(endpoints)
        {
            self.is_too_long(text, &pointer);
        }
        if self.diagnostics.has_errors() { Err(std::mem::take(&mut self.diagnostics)) } else { Ok(()) }
    }

    /// Reports a name that is too long, and returns `true` for it.
    fn is_too_long(&mut self, name: &str, pointer: &str) -> bool {
        let message = names::too_long(name);
        let is = message.is_some();
        message.into_iter().for_each(|message| self.error(message, pointer, "shorten it"));
        is
    }

    /// Returns the schemas, or the errors.
    pub(crate) fn finish(mut self) -> Result<BTreeMap<String, Schema>, Diagnostics> {
        for (name, message) in settle_aliases(&mut self.schemas) {
            let pointer = self.schemas.get(&name).map(|schema| schema.pointer.clone()).unwrap_or_default();
            self.error(message, &pointer, "give one of them a `type`, or properties");
        }
        if self.diagnostics.has_errors() { Err(self.diagnostics) } else { Ok(self.schemas) }
    }
}
