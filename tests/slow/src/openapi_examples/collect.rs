//! Examples of a document, each with the schema that it is an example of.

use super::exact::Exact;
use std::collections::BTreeMap;

/// Examples by the JSON pointer of their schema.
#[derive(Default)]
pub(super) struct Examples {
    pub(super) of_schema: BTreeMap<String, Vec<Example>>,
    /// Number of examples of media types other than JSON.
    pub(super) other_media: usize,
}

/// Example in a document.
pub(super) struct Example {
    /// JSON pointer of the value.
    pub(super) pointer: String,
    pub(super) value: Exact,
}

/// Keys of a schema that hold one schema.
const ONE: [&str; 3] = ["items", "additionalProperties", "contains"];

/// Keys of a schema that hold schemas by name.
const NAMED: [&str; 3] = ["properties", "patternProperties", "$defs"];

/// Keys of a schema that hold a list of schemas.
const LISTS: [&str; 4] = ["allOf", "anyOf", "oneOf", "prefixItems"];

/// Returns the examples of a document: of media types, parameters, headers and schemas.
pub(super) fn examples(document: &Exact) -> Examples {
    let mut walk = Walk { document, found: Examples::default() };
    walk.value(document, "", true);
    walk.found
}

struct Walk<'a> {
    document: &'a Exact,
    found: Examples,
}

impl Walk<'_> {
    fn add(&mut self, schema: &str, pointer: String, value: &Exact) {
        self.found.of_schema.entry(schema.to_owned()).or_default().push(Example { pointer, value: value.clone() });
    }

    /// Walks through everything that is not a schema.
    fn value(&mut self, node: &Exact, at: &str, is_json: bool) {
        for (key, inner) in node.members() {
            let place = format!("{at}/{}", escape(key));
            match key.as_str() {
                "example" | "examples" | "default" | "enum" | "const" => {}
                key if key.starts_with("x-") => {}
                "schemas" if at == "/components" => {
                    for (name, schema) in inner.members() {
                        self.schema(schema, &format!("{place}/{}", escape(name)));
                    }
                }
                "schema" => {
                    self.of_value(node, at, &place, is_json);
                    self.schema(inner, &place);
                }
                "content" => {
                    for (media, inner) in inner.members() {
                        self.value(inner, &format!("{place}/{}", escape(media)), self::is_json(media));
                    }
                }
                _ => self.value(inner, &place, true),
            }
        }
        for (index, item) in node.items().iter().enumerate() {
            self.value(item, &format!("{at}/{index}"), true);
        }
    }

    /// Adds the examples of a media type, parameter or header.
    fn of_value(&mut self, node: &Exact, at: &str, schema: &str, is_json: bool) {
        let mut values = Vec::new();
        values.extend(node.get("example").map(|value| (format!("{at}/example"), value)));
        for (name, example) in node.get("examples").into_iter().flat_map(Exact::members) {
            let example = self.followed(example);
            values.extend(example.get("value").map(|value| (format!("{at}/examples/{}", escape(name)), value)));
        }
        let values: Vec<(String, Exact)> = values.into_iter().map(|(place, value)| (place, value.clone())).collect();
        for (place, value) in values {
            if is_json {
                self.add(schema, place, &value);
            } else {
                self.found.other_media += 1;
            }
        }
    }

    /// Returns the target of a reference.
    fn followed<'e>(&'e self, node: &'e Exact) -> &'e Exact {
        let Some(reference) = node.get("$ref").and_then(Exact::text) else { return node };
        let mut steps = reference.trim_start_matches("#/").split('/').map(unescape);
        steps.try_fold(self.document, |at, step| at.get(&step)).unwrap_or(node)
    }

    fn schema(&mut self, node: &Exact, at: &str) {
        if node.get("$ref").is_some() {
            return;
        }
        if let Some(value) = node.get("example") {
            self.add(at, format!("{at}/example"), value);
        }
        for (index, value) in node.get("examples").into_iter().flat_map(Exact::items).enumerate() {
            self.add(at, format!("{at}/examples/{index}"), value);
        }
        for key in ONE {
            if let Some(inner @ Exact::Object(_)) = node.get(key) {
                self.schema(inner, &format!("{at}/{key}"));
            }
        }
        for key in NAMED {
            for (name, inner) in node.get(key).into_iter().flat_map(Exact::members) {
                self.schema(inner, &format!("{at}/{key}/{}", escape(name)));
            }
        }
        for key in LISTS {
            for (index, inner) in node.get(key).into_iter().flat_map(Exact::items).enumerate() {
                self.schema(inner, &format!("{at}/{key}/{index}"));
            }
        }
    }
}

/// Returns `true` if the values of a media type are JSON.
fn is_json(media: &str) -> bool {
    let media = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    media == "*/*" || media == "application/*" || media.ends_with("/json") || media.ends_with("+json")
}

/// Escapes a step of a JSON pointer.
pub(super) fn escape(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
}

/// Returns a step of a JSON pointer without its escapes.
pub(super) fn unescape(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}
