//! Checks of queries against the document.

use super::scalar;
use crate::refusal::{Refusal, Violation};
use discovery_codegen::model::{Api, Method, Parameter, ParameterLocation, Shape, Type};
use heck::ToSnakeCase;
use serde_json::Value;
use std::collections::BTreeMap;

/// Parameters that every method has, even if the document does not list them.
const GLOBAL: [&str; 11] = [
    "$.xgafv",
    "access_token",
    "alt",
    "callback",
    "fields",
    "key",
    "oauth_token",
    "prettyPrint",
    "quotaUser",
    "upload_protocol",
    "uploadType",
];

/// Checks a query, and returns its values by the parameter names of the document.
pub(crate) fn query(api: &Api, method: &Method, query: &str) -> Result<BTreeMap<String, Vec<String>>, Refusal> {
    let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut violations = Vec::new();
    let mut fault =
        |field: &str, description: String| violations.push(Violation { field: field.to_owned(), description });
    for (key, value) in form_urlencoded::parse(query.as_bytes()) {
        let own = method.parameters.iter().find(|(name, parameter)| {
            parameter.location == ParameterLocation::Query && (**name == key || name.to_snake_case() == key)
        });
        match own {
            Some((name, parameter)) => {
                if let Err(wanted) = check(api, parameter, &value) {
                    fault(name, format!("{value:?}: {wanted}"));
                }
                values.entry(name.clone()).or_default().push(value.into_owned());
            }
            None if GLOBAL.contains(&key.as_ref()) => {
                if key == "alt" && !matches!(value.as_ref(), "json" | "sse" | "media" | "proto") {
                    fault("alt", format!("unsupported response format {value:?}"));
                }
                values.entry(key.into_owned()).or_default().push(value.into_owned());
            }
            None => fault(&key, "unknown parameter".to_owned()),
        }
    }
    for (name, parameter) in
        method.parameters.iter().filter(|(_, parameter)| parameter.location == ParameterLocation::Query)
    {
        let count = values.get(name).map_or(0, Vec::len);
        if parameter.required && count == 0 {
            fault(name, "required parameter is missing".to_owned());
        } else if !parameter.repeated && count > 1 {
            fault(name, "duplicate parameter".to_owned());
        }
    }
    if violations.is_empty() { Ok(values) } else { Err(Refusal::violations(violations)) }
}

fn check(api: &Api, parameter: &Parameter, value: &str) -> Result<(), &'static str> {
    match api.resolve(&parameter.ty) {
        Type::Bool => match value {
            "true" | "false" => Ok(()),
            _ => Err("expected `true` or `false`"),
        },
        Type::Schema(name) => match api.schemas.get(name).map(|schema| &schema.shape) {
            Some(Shape::Enum(values)) if !values.values.iter().any(|known| known.name == value) => {
                Err("expected the name of an enum value")
            }
            _ => Ok(()),
        },
        ty => scalar::read(ty, Value::String(value.to_owned())).map(drop),
    }
}
