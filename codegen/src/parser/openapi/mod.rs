//! OpenAPI 3.0, 3.1 and parts of 3.2, as JSON or YAML.
//!
//! A document that Google exports becomes the model that its Discovery document becomes: methods are named by path and
//! verb, and the ids of a path are one variable that takes a whole resource name. Third-party documents keep their own
//! names and variables. An invalid or unsupported part of a document is left out with a warning, and the rest is read.
//!
//! | modules | purpose |
//! |---|---|
//! | `yaml`, `node`, `view`, `files`, `rewrite`, `own_name`, `lengths` | text as a tree, values with their locations, files and the references between them and to themselves, names that are too long |
//! | `reader`, `limits` | state of reading a document: diagnostics, references, schemas so far, and what it may still cost |
//! | `normalize` | kind of a schema, by its keywords |
//! | `schema`, `schema_names`, `scalar`, `enumeration`, `object`, `composition`, `choice`, `nested_choice`, `alternative_names`, `discriminator`, `distinct`, `extension`, `constraints`, `presence` | schemas of each kind as types of the model |
//! | `operations`, `names`, `method`, `parameters`, `body`, `form`, `other_bodies`, `headers`, `stream`, `representations` | operations as methods |
//! | `servers`, `security`, `origin` | facts about the whole API |

mod alternative_names;
mod body;
mod choice;
mod composition;
mod constraints;
mod discriminator;
mod distinct;
mod enumeration;
mod extension;
mod files;
mod form;
mod headers;
mod lengths;
mod limits;
mod method;
mod names;
mod nested_choice;
mod node;
mod normalize;
mod object;
mod operations;
mod origin;
mod other_bodies;
#[cfg(feature = "cli")]
mod own_name;
mod parameters;
mod presence;
mod reader;
mod representations;
mod rewrite;
mod scalar;
mod schema;
mod schema_names;
mod security;
mod servers;
mod stream;
mod view;
mod yaml;

#[cfg(feature = "cli")]
pub(crate) use operations::is_verb;
#[cfg(feature = "cli")]
pub(crate) use own_name::without_own_name;

/// A document as a tree.
#[cfg(feature = "cli")]
pub(crate) type Tree = Node;

/// Parses YAML.
///
/// # Errors
/// Invalid syntax, and duplicate keys, of which all but one would be lost.
#[cfg(feature = "cli")]
pub(crate) fn tree(source: &Arc<Source>) -> Result<Tree, Diagnostic> {
    let (tree, warnings) = yaml::parse(source)?;
    match warnings.into_iter().next() {
        Some(warning) => Err(Diagnostic { severity: Severity::Error, ..warning }),
        None => Ok(tree),
    }
}

/// Returns the first of the references in a document that leads to another file, if it can be read.
#[cfg(feature = "cli")]
pub(crate) fn first_elsewhere<'r>(source: &Arc<Source>, references: &'r [String]) -> Option<&'r str> {
    if references.iter().all(|reference| reference.starts_with('#')) {
        return None;
    }
    let files = Files::read(source, &Folders::of(source, &[])).ok()?;
    references.iter().find(|reference| files.is_elsewhere(reference)).map(String::as_str)
}

use super::Document;
#[cfg(feature = "cli")]
use crate::diagnostic::Severity;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Api;
use crate::parser::lowering::free_names::FreeNames;
use crate::parser::lowering::schemas::settle_aliases;
use crate::source::Source;
use crate::source::files::Folders;
use files::Files;
use heck::ToSnakeCase;
use node::Node;
use operations::{Walk, tags};
use origin::DocumentOrigin;
use reader::Reader;
use servers::Servers;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use view::View;

/// Reads a document, with the files that it refers to within the folders.
///
/// # Errors
/// Invalid syntax, an unsupported version, or a document that is too deep or too large when its references are
/// resolved.
pub(super) fn read(source: &Arc<Source>, folders: &Folders) -> Result<Document, Diagnostics> {
    let files = Files::read(source, folders)?;
    let root = files.root();
    version(source, &root)?;
    let mut reader = Reader::new(&files);
    reader.report_texts();
    let api = api(&mut reader, &root);
    if reader.diagnostics.has_errors() {
        return Err(reader.diagnostics);
    }
    Ok(Document { api, sources: files.sources().cloned().collect(), warnings: reader.diagnostics.0 })
}

/// Returns `true` if a YAML text has a version of the format at its top, in whatever form: in braces, indented, or after
/// a tag. Invalid YAML in braces that may have it is reported by its place.
pub(super) fn has_version(text: &str) -> bool {
    let keys = ["openapi", "swagger"];
    if !keys.iter().any(|key| text.contains(key)) {
        return false;
    }
    match yaml::parse(&Arc::new(Source::new("", text))) {
        Ok((root, _)) => keys.iter().any(|key| root.get(key).is_some()),
        Err(_) => text.trim_start_matches('\u{feff}').trim_start().starts_with('{'),
    }
}

/// Checks that the document is of a supported version.
fn version(source: &Arc<Source>, root: &View<'_>) -> Result<(), Diagnostic> {
    let help = "supported: 3.0, 3.1 and parts of 3.2";
    let error = |message: String| Diagnostic::error(message).at_pointer(source, "/openapi").help(help);
    let text = match root.node.get("openapi") {
        Some(Node::Text(text)) => text.clone(),
        // Without quotes, YAML has a number here.
        Some(Node::Number(number)) => number.to_string(),
        Some(other) => return Err(error(format!("`openapi` must be a string, not {}", other.kind()))),
        None => {
            let Some(version) = root.node.get("swagger") else {
                return Err(error("missing `openapi`, the version of the document".into()));
            };
            let message = format!("unsupported version: Swagger {version}");
            let error = Diagnostic::error(message).at_pointer(source, "/swagger");
            return Err(error.help("convert it to OpenAPI 3 first, for example with `npx swagger2openapi FILE`"));
        }
    };
    if text == "3" || ["3.0", "3.1", "3.2"].iter().any(|known| text == *known || text.starts_with(&format!("{known}.")))
    {
        return Ok(());
    }
    Err(error(format!("unsupported OpenAPI version {text}")))
}

/// Returns an API with what the document states of it as a whole.
fn overview<'a>(reader: &mut Reader<'a>, root: &View<'a>, servers: &Servers) -> Api {
    let info = reader.object(root, "info");
    if info.is_none() && root.node.get("info").is_none() {
        reader.warn(root, "missing `info`");
    }
    let title = info.as_ref().and_then(|info| reader.text(info, "title"));
    let version = match info.as_ref().and_then(|info| info.node.get("version")) {
        Some(Node::Text(version)) if !version.is_empty() => version.clone(),
        Some(version @ Node::Number(_)) => version.to_string(),
        _ => {
            let place = info.clone().unwrap_or_else(|| root.clone());
            reader.warn(&place, "missing `version` of `info`: `v1` is assumed");
            "v1".to_owned()
        }
    };
    // The host of Google's APIs is their name, and their version is a part of it, as in Discovery documents.
    let google = servers.host.as_deref().and_then(|host| host.strip_suffix(".googleapis.com"));
    let stated = info.as_ref().and_then(|info| info.node.get("x-google-revision")).map(ToString::to_string);
    Api {
        name: google
            .map_or_else(|| name(reader.files.source(0).and_then(|source| source.stem()), title), str::to_owned),
        versioned: google.is_some(),
        revision: stated.or_else(|| google.is_none().then(|| version.clone())),
        version,
        title: title.map(str::to_owned),
        doc: info.as_ref().and_then(|info| info.text("description")).map(str::to_owned),
        root_url: servers.server.root_url.clone(),
        service_path: servers.server.service_path.clone(),
        server_template: servers.template.clone(),
        endpoints: servers.endpoints.clone(),
        include: included(root),
        ..Api::default()
    }
}

fn api<'a>(reader: &mut Reader<'a>, root: &View<'a>) -> Api {
    let servers = reader.servers(root);
    let mut api = overview(reader, root, &servers);
    let origin = DocumentOrigin::of(root, servers.host.as_deref(), &api.name);
    api.third_party = origin == DocumentOrigin::ThirdParty;
    if origin == DocumentOrigin::ThirdParty {
        api.servers = servers.urls;
    }
    reader.has_proto_times = origin == DocumentOrigin::GoogleExport;
    reader.security(root, &mut api);
    reader.find_extensions(root);
    reader.find_multipart_schemas(root);
    reader.find_event_choices(root);
    let schemas = root.get("components").and_then(|components| reader.object(&components, "schemas"));
    for (name, schema) in reader.listed_schemas(schemas.as_ref()) {
        if reader.stopped {
            return api;
        }
        reader.schema(name, &schema);
    }
    let shared = reader.shared(root);
    for (name, declared) in &shared {
        api.parameters.insert(name.clone(), reader.shared_parameter(declared));
    }
    let paths = root.get("paths");
    let operations = paths.iter().flat_map(View::members).flat_map(|(_, item)| item.members().collect::<Vec<_>>());
    let ids: Vec<(&str, &str)> = operations
        .filter_map(|(_, operation)| {
            Some((tags(&operation).next().unwrap_or_default(), operation.text("operationId")?))
        })
        .collect();
    let paths: Vec<&str> =
        paths.iter().flat_map(View::members).map(|(path, _)| path).filter(|path| path.starts_with('/')).collect();
    let mut walk = Walk {
        reader,
        api: &mut api,
        origin,
        root: root.clone(),
        server: servers.server,
        shared_places: shared.values().map(|declared| declared.view.id()).collect(),
        ids: BTreeMap::new(),
        numbers: HashMap::new(),
        webhook_names: FreeNames::default(),
        shared_segments: names::shared(paths.into_iter()),
        numbered: names::numbered(ids.into_iter()),
        operations: 0,
        read: Vec::new(),
        hooks: Vec::new(),
    };
    walk.paths();
    let (operations, hooks) = (std::mem::take(&mut walk.read), std::mem::take(&mut walk.hooks));
    if walk.operations > 0 && walk.api.methods.is_empty() {
        let error = walk.reader.error_at(&root.get_or_self("paths"), "no operation of this document is supported");
        walk.reader.report(root, error);
    }
    api.token_urls = reader.token_urls(root);
    while let Some((name, view)) = reader.names.waiting.pop().filter(|_| !reader.stopped) {
        reader.schema(&name, &view);
    }
    reader.count_keys(root);
    if reader.stopped {
        return api;
    }
    for (name, message) in settle_aliases(&mut reader.schemas) {
        let place = root.at(["components", "schemas", name.as_str()]).unwrap_or_else(|| root.clone());
        reader.warn(&place, format!("{message}: read as any JSON value"));
    }
    api.schemas = std::mem::take(&mut reader.schemas);
    api.skipped = std::mem::take(&mut reader.skipped);
    api.skipped.sort_by(|a, b| (&a.subject, &a.pointer).cmp(&(&b.subject, &b.pointer)));
    api.other_bodies = reader.other_bodies(&api, &operations, &hooks);
    api
}

/// Returns the name of an API from the stem of its document's file. Without a file, the title is all there is.
fn name(stem: Option<String>, title: Option<&str>) -> String {
    if let Some(stem) = stem {
        return stem;
    }
    let name = title.unwrap_or_default().to_snake_case();
    let ascii: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    if ascii.is_empty() { "api".to_owned() } else { ascii }
}

/// Returns the patterns that the document was pruned to.
fn included(root: &View<'_>) -> Vec<String> {
    match root.node.get("x-include") {
        Some(Node::List(patterns)) => patterns.iter().filter_map(Node::text).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}
