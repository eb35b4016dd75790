//! Pruning of OpenAPI documents.

use super::json::Json;
use super::prune::references;
use crate::model::Api;
use crate::model::pattern::{Pattern, Patterns};
use crate::parser::openapi::is_verb;
use crate::parser::overlay::Overlay;
use crate::source::escape;
use std::collections::BTreeSet;

/// Extensions with descriptions of the values of an enum.
const PROSE: [&str; 3] = ["x-google-enum-descriptions", "x-enumDescriptions", "x-enum-descriptions"];

/// Beginning of the references to components.
const COMPONENTS: &str = "#/components/";

/// Removes the operations whose methods no pattern matches, and the components that nothing refers to.
pub(super) fn prune(document: &mut Json, api: &Api, patterns: &[Pattern], overlay: Option<&Overlay>) {
    let patterns = Patterns::new(patterns);
    let kept: BTreeSet<&str> = api
        .methods
        .iter()
        .filter(|(name, _)| patterns.matches_any(name))
        .map(|(_, method)| method.pointer.as_str())
        .collect();
    let removed: BTreeSet<&str> =
        api.methods.values().map(|method| method.pointer.as_str()).filter(|pointer| !kept.contains(pointer)).collect();
    if let Some(Json::Object(paths)) = document.get_mut("paths") {
        paths.retain_mut(|(path, item)| {
            let Json::Object(members) = item else { return true };
            let has_operations =
                |members: &[(String, Json)]| members.iter().any(|(key, _)| is_verb(key) || key == OTHERS);
            let had_operations = has_operations(members);
            let is_kept = |key: &str| !removed.contains(format!("/paths/{}/{key}", escape(path)).as_str());
            members.retain_mut(|(key, value)| match value {
                Json::Object(others) if key == OTHERS => {
                    others.retain(|(verb, _)| is_kept(&format!("{OTHERS}/{}", escape(verb))));
                    !others.is_empty()
                }
                _ => is_kept(key),
            });
            !had_operations || has_operations(members)
        });
    }
    keep_components(document, overlay);
}

/// Key of the operations of a path whose HTTP methods have no key of their own.
const OTHERS: &str = "additionalOperations";

/// Removes the components that are not referred to. Security schemes are referred to by name, and stay.
fn keep_components(document: &mut Json, overlay: Option<&Overlay>) {
    let mut open = Vec::new();
    if let Json::Object(members) = &*document {
        members.iter().filter(|(key, _)| key != "components").for_each(|(_, part)| collect(part, &mut open));
    }
    open.extend(overlay.into_iter().flat_map(Overlay::references).map(|name| format!("{COMPONENTS}schemas/{name}")));
    let mut kept = BTreeSet::new();
    while let Some(reference) = open.pop() {
        // A reference may lead into a component.
        let mut parts = reference.strip_prefix(COMPONENTS).unwrap_or_default().split('/');
        let (Some(kind), Some(name)) = (parts.next(), parts.next()) else { continue };
        let name = crate::source::unescape(name);
        let component = document.get("components").and_then(|all| all.get(kind)).and_then(|all| all.get(&name));
        if let Some(component) = component
            && kept.insert((kind.to_owned(), name))
        {
            collect(component, &mut open);
        }
    }
    if let Some(Json::Object(kinds)) = document.get_mut("components") {
        for (kind, components) in kinds.iter_mut() {
            if let Json::Object(components) = components
                && kind != "securitySchemes"
                && !kind.starts_with("x-")
            {
                components.retain(|(name, _)| kept.contains(&(kind.clone(), name.clone())));
            }
        }
        kinds.retain(|(kind, components)| kind == "securitySchemes" || !components.is_empty());
    }
}

/// Collects the targets of references, and of a discriminator's mapping.
fn collect(json: &Json, found: &mut Vec<String>) {
    references(json, found);
    mappings(json, found);
}

fn mappings(json: &Json, found: &mut Vec<String>) {
    match json {
        Json::Object(members) => {
            for (key, value) in members {
                if let (true, Json::Object(targets)) = (key == "mapping", value) {
                    for (_, target) in targets {
                        if let Json::Text(target) = target {
                            let is_name = !target.contains(['/', '#']);
                            found.push(if is_name { format!("{COMPONENTS}schemas/{target}") } else { target.clone() });
                        }
                    }
                }
                mappings(value, found);
            }
        }
        Json::List(items) => items.iter().for_each(|item| mappings(item, found)),
        Json::Text(_) | Json::Other(_) => {}
    }
}

/// Objects whose members are named by the document.
const NAMED: [&str; 17] = [
    "$defs",
    "callbacks",
    "dependentSchemas",
    "encoding",
    "headers",
    "links",
    "mapping",
    "parameters",
    "pathItems",
    "patternProperties",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "scopes",
    "securitySchemes",
    "variables",
];

/// Removes descriptions, summaries and examples. A response must have a description, and a scope is a description: they
/// become empty.
pub(super) fn strip(json: &mut Json, within: &str) {
    match json {
        Json::Object(members) => {
            let is_named = NAMED.contains(&within);
            if !is_named {
                members.retain(|(key, value)| match key.as_str() {
                    "summary" => !matches!(value, Json::Text(_)),
                    "description" => within == RESPONSE || !matches!(value, Json::Text(_)),
                    "example" | "examples" => false,
                    key => !PROSE.contains(&key),
                });
            }
            for (key, value) in members.iter_mut() {
                match value {
                    Json::Text(text) if within == "scopes" || !is_named && key == "description" => text.clear(),
                    _ if within == "responses" => strip(value, RESPONSE),
                    _ if is_named => strip(value, ""),
                    // Values of the API are not prose.
                    _ if matches!(key.as_str(), "default" | "enum" | "const") => {}
                    _ => strip(value, key),
                }
            }
        }
        Json::List(items) => items.iter_mut().for_each(|item| strip(item, "")),
        Json::Text(_) | Json::Other(_) => {}
    }
}

/// The place of a response, which no key has as its name.
const RESPONSE: &str = "responses/";
