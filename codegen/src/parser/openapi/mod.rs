//! OpenAPI 3.0 and 3.1, JSON and YAML.
//!
//! What Google exports becomes the model that its Discovery document becomes: methods are named by path and verb, and
//! a path's ids are one variable that takes a whole resource name. Other people's documents keep their own names and
//! variables. What is asked and not supported is left out by name, and the rest is read.

mod body;
mod choice;
mod composition;
mod constraints;
mod discriminator;
mod enumeration;
mod files;
mod form;
mod node;
mod object;
mod operations;
mod parameters;
mod reader;
mod scalar;
mod schema;
mod security;
mod servers;
mod style;
mod yaml;

pub(crate) use yaml::locate;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Api;
use crate::parser::lowering::schemas::alias_cycles;
use crate::source::Source;
use files::{Files, View};
use heck::ToSnakeCase;
use node::Node;
use operations::Walk;
use reader::Reader;
use std::collections::BTreeMap;
use std::sync::Arc;
use style::Style;

/// Reads a document, and gives the texts that it is made of: its own first, then those that it refers to.
///
/// # Errors
/// Everything that is wrong with it, each with its place.
pub fn read_all(source: &Arc<Source>) -> Result<(Api, Vec<Arc<Source>>), Diagnostics> {
    let files = Files::read(source)?;
    let root = files.root();
    version(source, &root)?;
    let mut reader = Reader::new(&files);
    let api = api(&mut reader, &root);
    if reader.diagnostics.has_errors() {
        return Err(reader.diagnostics);
    }
    Ok((api, files.sources().cloned().collect()))
}

/// Makes sure that the document is of a version that is known here.
fn version(source: &Arc<Source>, root: &View<'_>) -> Result<(), Diagnostic> {
    let help = "`openapi` is `3.0.x` or `3.1.x`";
    let place = || Diagnostic::error("").at_pointer(source, "/openapi").help(help);
    let text = match root.node.get("openapi") {
        Some(Node::Text(text)) => text.clone(),
        // Without quotes, YAML has a number here.
        Some(Node::Number(number)) => number.to_string(),
        Some(other) => {
            return Err(Diagnostic {
                message: format!("`openapi` must be a string; this is {}", other.kind()),
                ..place()
            });
        }
        None if root.node.get("swagger").is_some() => {
            let message = "this is Swagger 2.0, which is not read";
            let error = Diagnostic::error(message).at_pointer(source, "/swagger");
            return Err(error.help("many tools make OpenAPI 3 of it"));
        }
        None => {
            return Err(Diagnostic { message: "the document does not say which `openapi` it is".into(), ..place() });
        }
    };
    if ["3.0", "3.1", "3.2"].iter().any(|known| text == *known || text.starts_with(&format!("{known}."))) {
        return Ok(());
    }
    Err(Diagnostic { message: format!("OpenAPI {text} is not read"), ..place() })
}

fn api<'a>(reader: &mut Reader<'a>, root: &View<'a>) -> Api {
    let servers = reader.servers(root);
    let Some(info) = reader.object(root, "info") else {
        if root.node.get("info").is_none() {
            reader.error(root, "the document has no `info`");
        }
        return Api::default();
    };
    let title = reader.text(&info, "title");
    let version = match info.node.get("version") {
        Some(version @ (Node::Text(_) | Node::Number(_))) => version.to_string(),
        _ => {
            reader.error(&info, "`info` has no `version`");
            String::new()
        }
    };
    let mut api = Api {
        name: name(servers.host.as_deref(), title),
        version,
        revision: info.node.get("x-google-revision").map(ToString::to_string),
        title: title.map(str::to_owned),
        doc: info.text("description").map(str::to_owned),
        root_url: servers.root_url,
        service_path: servers.service_path,
        endpoints: servers.endpoints,
        ..Api::default()
    };
    let style = Style::of(root, servers.host.as_deref(), &api.name);
    reader.security(root, &mut api);
    reader.find_forms(root);
    let schemas = root.get("components").and_then(|components| reader.object(&components, "schemas"));
    for (name, schema) in schemas.iter().flat_map(View::members) {
        reader.schema(name, &schema);
    }
    let shared = reader.shared(root);
    for (name, declared) in &shared {
        api.parameters.insert(name.clone(), reader.shared_parameter(declared));
    }
    let mut walk = Walk { reader, api: &mut api, style, root: root.clone(), shared, ids: BTreeMap::new() };
    walk.paths();
    while let Some((name, view)) = reader.waiting.pop() {
        reader.schema(&name, &view);
    }
    let circles: Vec<_> = alias_cycles(&reader.schemas)
        .into_iter()
        .map(|(schema, message)| {
            let place = View { file: 0, node: root.node, pointer: schema.pointer.clone() };
            reader.fault(&place, message)
        })
        .collect();
    circles.into_iter().for_each(|circle| reader.tell(circle));
    api.schemas = std::mem::take(&mut reader.schemas);
    api.skipped = std::mem::take(&mut reader.skipped);
    api.skipped.sort_by(|a, b| (&a.subject, &a.pointer).cmp(&(&b.subject, &b.pointer)));
    api
}

/// An API's name: of Google's, what stands before `.googleapis.com`; of others, the title in snake case.
fn name(host: Option<&str>, title: Option<&str>) -> String {
    if let Some(name) = host.and_then(|host| host.strip_suffix(".googleapis.com")) {
        return name.to_owned();
    }
    let name = title.unwrap_or_default().to_snake_case();
    let ascii: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    if ascii.is_empty() { "api".to_owned() } else { ascii }
}
