//! Validation of examples by the schemas of their document, with a validator of JSON Schema.

use super::collect::unescape;
use jsonschema::{Draft, Registry, Validator};
use serde_json::{Map, Value, json};

/// Address of the document among those that schemas refer to.
const DOCUMENT: &str = "urn:document";

/// A document whose schemas validate values.
pub(super) struct Judge {
    draft: Draft,
    document: Value,
    registry: Registry<'static>,
}

impl Judge {
    /// Reads the schemas of a document.
    ///
    /// # Errors
    /// When they are not a JSON Schema.
    pub(super) fn new(document: Value) -> Result<Self, String> {
        let version = document.get("openapi").and_then(Value::as_str).unwrap_or_default();
        let draft = if version.starts_with("3.0") { Draft::Draft4 } else { Draft::Draft202012 };
        let mut converted = document.clone();
        convert(&mut converted, draft);
        let registry = Registry::new()
            .draft(draft)
            .add(DOCUMENT, converted)
            .and_then(|registry| registry.prepare())
            .map_err(|error| error.to_string())?;
        Ok(Self { draft, document, registry })
    }

    /// Returns the validator of a schema.
    ///
    /// # Errors
    /// When the schema is not a JSON Schema.
    pub(super) fn validator(&self, pointer: &str) -> Result<Validator, String> {
        let mut steps = pointer.split('/').skip(1).map(unescape);
        let found = steps.try_fold(&self.document, |at, step| match at {
            Value::Array(items) => items.get(step.parse::<usize>().ok()?),
            at => at.get(&step),
        });
        let mut schema = found.cloned().ok_or("no schema")?;
        convert(&mut schema, self.draft);
        jsonschema::options()
            .with_draft(self.draft)
            .with_registry(&self.registry)
            .should_validate_formats(true)
            .with_format("byte", is_base64)
            .with_format("date", is_date)
            .build(&schema)
            .map_err(|error| error.to_string())
    }
}

/// Converts OpenAPI schemas to JSON Schema: `nullable` and references are rewritten, patterns and invalid keys are
/// removed.
fn convert(node: &mut Value, draft: Draft) {
    match node {
        Value::Array(items) => items.iter_mut().for_each(|item| convert(item, draft)),
        Value::Object(members) => {
            members.retain(|key, value| match key.as_str() {
                "example" | "examples" | "default" => value.is_object() && value.get("type").is_some(),
                "pattern" => !value.is_string(),
                "required" => !value.is_boolean(),
                "exclusiveMinimum" | "exclusiveMaximum" => !value.is_boolean() || draft == Draft::Draft4,
                "enum" => value.as_array().is_none_or(|values| !values.is_empty()),
                "type" => value.as_str().is_none_or(|kind| KINDS.contains(&kind)),
                "id" | "$id" | "$schema" => !value.is_string(),
                _ => true,
            });
            members.values_mut().for_each(|value| convert(value, draft));
            if let Some(Value::String(reference)) = members.get_mut("$ref")
                && reference.starts_with('#')
            {
                *reference = format!("{DOCUMENT}{reference}");
            }
            if members.get("nullable") == Some(&Value::Bool(true)) {
                *node = nullable(members);
            }
        }
        _ => {}
    }
}

const KINDS: [&str; 7] = ["array", "boolean", "integer", "null", "number", "object", "string"];

/// Returns a schema that accepts `null`, too.
fn nullable(members: &mut Map<String, Value>) -> Value {
    members.remove("nullable");
    if let Some(Value::Array(values)) = members.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
    match members.get_mut("type") {
        Some(kind @ Value::String(_)) => {
            *kind = json!([kind, "null"]);
            Value::Object(std::mem::take(members))
        }
        _ => json!({"anyOf": [std::mem::take(members), {"type": "null"}]}),
    }
}

fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    digits.len() % 4 != 1 && digits.chars().all(|c| c.is_ascii_alphanumeric() || "+/-_".contains(c))
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |at: usize, len: usize| parts.get(at).filter(|part| part.len() == len)?.parse::<u32>().ok();
    let within = |month, day| (1..=12).contains(&month) && (1..=31).contains(&day);
    parts.len() == 3
        && number(0, 4).is_some()
        && matches!((number(1, 2), number(2, 2)), (Some(month), Some(day)) if within(month, day))
}
