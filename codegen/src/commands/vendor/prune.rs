//! Prunes a document to some methods and the schemas that they use, and removes all descriptions.
//!
//! Names, types, paths and values are facts; descriptions have a copyright. Keys keep their order and numbers their
//! digits, so that two revisions that were vendored alike differ only in their changes.

use super::{json, openapi};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::MethodName;
use crate::model::pattern::Pattern;
use crate::parser::overlay::Overlay;
use crate::parser::{self, Format};
use crate::passes::prune;
use crate::source::Source;
use json::Json;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Returns the text of a document that is used as it is, in another place.
///
/// # Errors
/// Invalid syntax, or a reference to another file.
#[cfg(feature = "fetch")]
pub(crate) fn whole(source: &Arc<Source>) -> Result<String, Diagnostics> {
    let source = &named_anew(source);
    if parser::format(&source.text) == Some(Format::OpenApi) {
        expect_one_file(source, &read(source)?)?;
    }
    Ok(source.text.clone())
}

/// Prunes a document to the methods that any pattern matches, and removes its descriptions. Without patterns no method
/// is removed. The schemas that an overlay refers to are kept as well.
///
/// # Errors
/// An invalid document, an invalid pattern, or a pattern that matches no method.
pub fn vendor(source: &Arc<Source>, include: &[String], overlay: Option<&Overlay>) -> Result<String, Diagnostics> {
    let source = &named_anew(source);
    let api = parser::read(source)?;
    let patterns = prune::parse(include, api.methods.keys().map(String::as_str))?;
    let mut document = read(source)?;
    // All methods, and all schemas, also those that no method uses.
    let is_whole = include.is_empty() || include.iter().any(|pattern| pattern == "**");
    if parser::format(&source.text) == Some(Format::OpenApi) {
        openapi::strip(&mut document, "");
        if !is_whole {
            openapi::prune(&mut document, &api, &patterns, overlay);
        }
        expect_one_file(source, &document)?;
    } else {
        strip(&mut document);
        if !is_whole {
            let keep = Keep { prefix: format!("{}.", api.name), patterns };
            keep.methods(&mut document);
            keep_schemas(&mut document, overlay);
        }
    }
    if !include.is_empty() {
        note(&mut document, include);
    }
    Ok(document.to_string())
}

/// Returns a document for a place where it may have another name.
pub(crate) fn named_anew(source: &Arc<Source>) -> Arc<Source> {
    match parser::format(&source.text) {
        Some(Format::OpenApi) => parser::openapi::without_own_name(source),
        _ => source.clone(),
    }
}

fn read(source: &Arc<Source>) -> Result<Json, Diagnostic> {
    if source.is_json() {
        return json::read(&source.text).map_err(|error| Diagnostic::error(error.to_string()).in_source(source));
    }
    let tree = parser::openapi::tree(source)?;
    if !tree.is_whole() {
        let error = Diagnostic::error("the document is nested too deep: a part of it would be lost");
        return Err(error.in_source(source));
    }
    Ok(Json::from(&tree))
}

/// Checks that what is written of a document refers to no other file, which is not written.
fn expect_one_file(source: &Arc<Source>, document: &Json) -> Result<(), Diagnostic> {
    let mut found = Vec::new();
    references(document, &mut found);
    let Some(reference) = parser::openapi::first_elsewhere(source, &found) else { return Ok(()) };
    let error = Diagnostic::error(format!("the document refers to another file, which is not copied: `{reference}`"));
    let help = "make one file of them first, for example with `npx @redocly/cli bundle FILE`, or name the document where it \
                is: as `spec` in `codegen.toml`, or with `generate --spec`";
    let start = source.text.find(reference).unwrap_or_default();
    Err(error.at_span(source, start..start.saturating_add(reference.len())).help(help))
}

/// Removes `description` if it is a string, and `enumDescriptions` if it is a list. Properties with these names are
/// objects, and stay.
fn strip(json: &mut Json) {
    match json {
        Json::Object(members) => {
            members.retain(|(key, value)| match key.as_str() {
                "description" => !matches!(value, Json::Text(_)),
                "enumDescriptions" => !matches!(value, Json::List(_)),
                _ => true,
            });
            members.iter_mut().for_each(|(_, value)| strip(value));
        }
        Json::List(items) => items.iter_mut().for_each(strip),
        Json::Text(_) | Json::Other(_) => {}
    }
}

/// The methods to keep.
struct Keep {
    prefix: String,
    patterns: Vec<Pattern>,
}

impl Keep {
    /// Removes the methods of the document, or of a resource, that no pattern matches, and resources that become empty.
    fn methods(&self, place: &mut Json) {
        let Json::Object(members) = place else { return };
        for (key, value) in members.iter_mut() {
            let Json::Object(entries) = value else {
                continue;
            };
            match key.as_str() {
                "methods" => entries.retain(|(_, method)| self.keeps(method)),
                "resources" => {
                    entries.iter_mut().for_each(|(_, resource)| self.resource(resource));
                    entries.retain(|(_, resource)| resource.get("methods").or(resource.get("resources")).is_some());
                }
                _ => {}
            }
        }
        members.retain(|(key, value)| key != "methods" || !value.is_empty());
    }

    fn resource(&self, resource: &mut Json) {
        self.methods(resource);
        if let Json::Object(members) = resource {
            members.retain(|(key, value)| key != "resources" || !value.is_empty());
        }
    }

    fn keeps(&self, method: &Json) -> bool {
        let Some(Json::Text(id)) = method.get("id") else {
            return false;
        };
        let name = id.strip_prefix(&self.prefix).unwrap_or_else(|| MethodName::of_id(id).0);
        self.patterns.iter().any(|pattern| pattern.matches(name))
    }
}

/// Records the patterns in the document, so that an import of protos does not restore what was pruned.
fn note(document: &mut Json, include: &[String]) {
    if let Json::Object(members) = document {
        members.retain(|(key, _)| key != "x-include");
        members.push(("x-include".into(), Json::List(include.iter().cloned().map(Json::Text).collect())));
    }
}

/// Removes the schemas that neither the methods nor the overlay use.
fn keep_schemas(document: &mut Json, overlay: Option<&Overlay>) {
    let mut open: Vec<String> = Vec::new();
    for key in ["methods", "resources"] {
        document.get(key).into_iter().for_each(|part| references(part, &mut open));
    }
    open.extend(overlay.into_iter().flat_map(Overlay::references));
    let mut kept = BTreeSet::new();
    let schemas = document.get("schemas");
    while let Some(name) = open.pop() {
        if let Some(schema) = schemas.and_then(|schemas| schemas.get(&name))
            && kept.insert(name)
        {
            references(schema, &mut open);
        }
    }
    if let Some(Json::Object(schemas)) = document.get_mut("schemas") {
        schemas.retain(|(name, _)| kept.contains(name));
    }
}

/// Collects the targets of all `$ref`s.
pub(super) fn references(json: &Json, found: &mut Vec<String>) {
    match json {
        Json::Object(members) => {
            for (key, value) in members {
                match value {
                    Json::Text(name) if key == "$ref" => found.push(name.clone()),
                    _ => references(value, found),
                }
            }
        }
        Json::List(items) => items.iter().for_each(|item| references(item, found)),
        Json::Text(_) | Json::Other(_) => {}
    }
}
