//! Missing methods, in the form of Discovery.

use super::source_value;
use super::table::Text;
use crate::import::facts::{MethodFact, ParameterFact};
use crate::model::ParameterLocation;
use toml_edit::{Array, InlineTable, Table, Value};

/// Adds a method. Returns `None` if a part of its path is an inline table.
pub(super) fn add(text: &mut Text, fact: &MethodFact) -> Option<()> {
    let table = text.at(&["add", "methods", &fact.name])?;
    table.insert("httpMethod", fact.http_method.as_str().into());
    table.insert("path", fact.path.as_str().into());
    table.insert("flatPath", fact.flat_path.as_str().into());
    let order = fact.parameters.iter().filter(|parameter| parameter.required).map(|parameter| &parameter.name);
    texts(table, "parameterOrder", order);
    for (key, schema) in [("request", &fact.request), ("response", &fact.response)] {
        if let Some(schema) = schema {
            let mut reference = InlineTable::new();
            reference.insert("$ref", schema.as_str().into());
            table.insert(key, Value::from(reference).into());
        }
    }
    texts(table, "scopes", &fact.scopes);
    if fact.deprecated {
        table.insert("deprecated", true.into());
    }
    table.insert("source", source_value(&fact.source).into());
    for parameter in &fact.parameters {
        let path = ["add", "methods", &fact.name, "parameters", &parameter.name];
        fill(text.at(&path)?, parameter);
    }
    Some(())
}

fn fill(table: &mut Table, fact: &ParameterFact) {
    texts(table, "enum", &fact.values);
    if let (_, Some(format)) = fact.kind {
        table.insert("format", format.into());
    }
    table.insert("location", if fact.location == ParameterLocation::Path { "path" } else { "query" }.into());
    if let Some(pattern) = &fact.pattern {
        table.insert("pattern", pattern.as_str().into());
    }
    for (key, value) in [("repeated", fact.repeated), ("required", fact.required)] {
        if value {
            table.insert(key, true.into());
        }
    }
    table.insert("type", fact.kind.0.into());
}

fn texts<'a>(table: &mut Table, key: &str, values: impl IntoIterator<Item = &'a String>) {
    let values: Array = values.into_iter().collect();
    if !values.is_empty() {
        table.insert(key, Value::from(values).into());
    }
}
