//! Schemas and methods that an overlay adds, in Discovery's own form.

use super::Overlay;
use super::notes::{RawAdditions, fact_source};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::FactSource;
use crate::parser::discovery::document;
use crate::parser::names::too_long;
use crate::source::toml::in_terms_of_toml;
use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;
use std::collections::BTreeMap;

/// Schemas and methods that the document lacks.
#[derive(Clone, Debug, Default)]
pub struct Add {
    /// Schemas by their name.
    pub schemas: BTreeMap<String, Added<document::Schema>>,
    /// Methods by their name.
    pub methods: BTreeMap<String, Added<document::Method>>,
}

impl Add {
    /// Returns the schemas that the additions refer to.
    pub(super) fn references(&self) -> Vec<String> {
        self.references_by_item().flat_map(|(_, _, references)| references).collect()
    }

    /// Returns the schemas that each addition refers to, with its kind (`schemas` or `methods`) and its name.
    pub(crate) fn references_by_item(&self) -> impl Iterator<Item = (&'static str, &str, Vec<String>)> {
        let schemas = self.schemas.iter().map(|(name, added)| {
            let mut found = Vec::new();
            of_schema(&added.item, &mut found);
            ("schemas", name.as_str(), found)
        });
        let methods = self.methods.iter().map(|(name, Added { item, .. })| {
            let mut found = Vec::new();
            let parameters = (&item.parameters).into_iter().map(|(_, parameter)| parameter);
            let bodies = item.request.iter().chain(&item.response);
            parameters.chain(bodies).for_each(|schema| of_schema(schema, &mut found));
            ("methods", name.as_str(), found)
        });
        schemas.chain(methods)
    }
}

fn of_schema(schema: &document::Schema, found: &mut Vec<String>) {
    found.extend(schema.reference.clone());
    let properties = schema.properties.iter().flatten().map(|(_, property)| property);
    let inner = schema.items.as_deref().into_iter().chain(schema.additional_properties.as_deref());
    properties.chain(inner).for_each(|schema| of_schema(schema, found));
}

/// An added schema or method, with its source.
#[derive(Clone, Debug)]
pub struct Added<T> {
    /// The schema or method in Discovery's form.
    pub item: T,
    /// Source of the fact.
    pub source: FactSource,
}

/// Parses the additions. Errors of all entries are collected.
pub(super) fn read(raw: RawAdditions, overlay: &Overlay) -> Result<Add, Diagnostics> {
    let mut faults = Diagnostics::default();
    let add = Add {
        schemas: entries(raw.schemas, "schemas", overlay, &mut faults),
        methods: entries(raw.methods, "methods", overlay, &mut faults),
    };
    if faults.has_errors() { Err(faults) } else { Ok(add) }
}

fn entries<T: DeserializeOwned>(
    raw: BTreeMap<String, toml::Table>,
    kind: &str,
    overlay: &Overlay,
    faults: &mut Diagnostics,
) -> BTreeMap<String, Added<T>> {
    let mut read = BTreeMap::new();
    for (name, table) in raw {
        if let Some(message) = too_long(&name) {
            faults.push(overlay.at(Diagnostic::error(message).help("shorten it"), &["add", kind, &name]));
            continue;
        }
        match entry(table, &["add", kind, &name], overlay) {
            Ok(added) => {
                read.insert(name, added);
            }
            Err(fault) => faults.push(fault),
        }
    }
    read
}

fn entry<T: DeserializeOwned>(
    mut table: toml::Table,
    place: &[&str],
    overlay: &Overlay,
) -> Result<Added<T>, Diagnostic> {
    let Some(source) = table.remove("source") else {
        let fault = Diagnostic::error("missing `source` of an added schema or method");
        return Err(overlay.at(fault.help("source = { kind = \"manual\", ref = \"…\" }"), place));
    };
    let at = |message: String, inner: &[String]| {
        let path: Vec<&str> = place.iter().copied().chain(inner.iter().map(String::as_str)).collect();
        overlay.at(Diagnostic::error(message), &path)
    };
    let source = fact_source(source).map_err(|error| at(in_terms_of_toml(error.message()), &["source".to_owned()]))?;
    // `id` repeats the key.
    let value = serde_json::to_value(table).map_err(|error| at(error.to_string(), &[]))?;
    let mut unknown: Vec<Vec<String>> = Vec::new();
    let mut track = serde_path_to_error::Track::new();
    let json = serde_path_to_error::Deserializer::new(value, &mut track);
    let read = serde_ignored::deserialize(json, |path| unknown.push(ignored(&path)));
    let item = read.map_err(|error: serde_json::Error| {
        let inner: Vec<String> = track.path().iter().filter_map(key).collect();
        at(error.to_string(), &inner)
    })?;
    let strange = unknown.iter().find(|path| path.last().is_some_and(|key| key != "id"));
    if let Some(path) = strange {
        let wrong = path.last().map_or("", String::as_str);
        return Err(at(format!("unknown key `{wrong}` of Discovery"), path).suggest(wrong, KEYS));
    }
    Ok(Added { item, source })
}

/// Keys of schemas and methods in Discovery.
const KEYS: [&str; 36] = [
    "$ref",
    "additionalProperties",
    "annotations",
    "apiVersion",
    "default",
    "deprecated",
    "description",
    "enum",
    "enumDeprecated",
    "enumDescriptions",
    "flatPath",
    "format",
    "httpMethod",
    "id",
    "items",
    "location",
    "maximum",
    "mediaUpload",
    "minimum",
    "parameterOrder",
    "parameters",
    "path",
    "pattern",
    "properties",
    "readOnly",
    "repeated",
    "request",
    "required",
    "response",
    "scopes",
    "supportsMediaDownload",
    "supportsMediaUpload",
    "type",
    "useMediaDownloadService",
    "source",
    "x-unions",
];

/// Returns the path of an ignored key.
fn ignored(path: &serde_ignored::Path<'_>) -> Vec<String> {
    use serde_ignored::Path;
    let (parent, step) = match path {
        Path::Root => return Vec::new(),
        Path::Seq { parent, index } => (parent, Some(index.to_string())),
        Path::Map { parent, key } => (parent, Some(key.clone())),
        Path::Some { parent } | Path::NewtypeStruct { parent } | Path::NewtypeVariant { parent } => (parent, None),
    };
    let mut steps = ignored(parent);
    steps.extend(step);
    steps
}

fn key(segment: &Segment) -> Option<String> {
    match segment {
        Segment::Map { key } => Some(key.clone()),
        Segment::Seq { index } => Some(index.to_string()),
        Segment::Enum { .. } | Segment::Unknown => None,
    }
}
