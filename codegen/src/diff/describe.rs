//! Old and new values as concise JSON, the same for every document format.

use crate::model::{Api, Constraints, Field, Method, OneOf, Parameter, Schema, Shape, Type};
use serde_json::{Map, Value, json};

/// Returns a type in words; inline schemas by their content, since their names are not those of the document.
pub(crate) fn ty(api: &Api, of: &Type) -> String {
    of.words(&|name| match api.schemas.get(name) {
        Some(schema) if schema.is_inline() => shape(api, &schema.shape),
        _ => name.to_owned(),
    })
}

/// Returns a type in words, a named one by its content.
pub(crate) fn content(api: &Api, of: &Type) -> String {
    match of.schema().and_then(|name| api.schemas.get(name)) {
        Some(schema) if matches!(of, Type::Schema(_)) => shape(api, &schema.shape),
        _ => ty(api, of),
    }
}

fn shape(api: &Api, shape: &Shape) -> String {
    match shape {
        Shape::Message(message) => match message.fields.len() {
            1 => "object with 1 property".into(),
            count => format!("object with {count} properties"),
        },
        Shape::Enum(values) => format!("enum of {}", values.values.len()),
        Shape::Alias(inner) => ty(api, inner),
        Shape::OneOf(one_of) => alternatives(api, one_of).join(" or "),
    }
}

pub(crate) fn field(api: &Api, field: &Field) -> Value {
    let mut map = Map::new();
    typed(api, &field.ty, &mut map);
    if !field.behavior.is_empty() {
        let marks: Vec<_> = field.behavior.iter().map(|b| b.as_str()).collect();
        map.insert("behavior".into(), json!(marks));
    }
    constraints(&field.constraints, &mut map);
    if field.deprecated {
        map.insert("deprecated".into(), true.into());
    }
    Value::Object(map)
}

pub(crate) fn parameter(api: &Api, parameter: &Parameter) -> Value {
    let mut map = Map::new();
    typed(api, &parameter.ty, &mut map);
    map.insert("location".into(), format!("{:?}", parameter.location).to_lowercase().into());
    for (mark, set) in
        [("required", parameter.required), ("repeated", parameter.repeated), ("deprecated", parameter.deprecated)]
    {
        if set {
            map.insert(mark.into(), true.into());
        }
    }
    constraints(&parameter.constraints, &mut map);
    Value::Object(map)
}

pub(crate) fn method(api: &Api, method: &Method) -> Value {
    let mut map = Map::new();
    map.insert("http".into(), format!("{} {}", method.http_method.as_str(), method.path).into());
    if !method.parameters.is_empty() {
        let names: Map<String, Value> =
            method.parameters.iter().map(|(n, p)| (n.clone(), ty(api, &p.ty).into())).collect();
        map.insert("parameters".into(), names.into());
    }
    for (key, body) in [("request", &method.request), ("response", &method.response)] {
        if let Some(body) = body {
            map.insert(key.into(), ty(api, body).into());
        }
    }
    if !method.scopes.is_empty() {
        map.insert("scopes".into(), json!(method.scopes));
    }
    Value::Object(map)
}

pub(crate) fn schema(api: &Api, schema: &Schema) -> Value {
    match &schema.shape {
        Shape::Message(message) => {
            let fields: Map<String, Value> =
                message.fields.iter().map(|(n, f)| (n.clone(), ty(api, &f.ty).into())).collect();
            let mut map = Map::new();
            map.insert("properties".into(), fields.into());
            if !message.unions.is_empty() {
                let unions: Map<String, Value> =
                    message.unions.iter().map(|(name, union)| (name.clone(), json!(union.members))).collect();
                map.insert("unions".into(), unions.into());
            }
            if let Some(additional) = &message.additional {
                map.insert("additionalProperties".into(), ty(api, additional).into());
            }
            Value::Object(map)
        }
        Shape::Enum(enumeration) => {
            json!({"enum": enumeration.values.iter().map(|v| &v.name).collect::<Vec<_>>()})
        }
        Shape::Alias(inner) => json!({"type": ty(api, inner)}),
        Shape::OneOf(one_of) => json!({"oneOf": alternatives(api, one_of)}),
    }
}

fn alternatives(api: &Api, one_of: &OneOf) -> Vec<String> {
    one_of.alternatives.iter().map(|alternative| ty(api, &alternative.ty)).collect()
}

/// Describes a type, with inline types expanded.
fn typed(api: &Api, of: &Type, map: &mut Map<String, Value>) {
    map.insert("type".into(), ty(api, of).into());
    let inline = of.schema().and_then(|name| api.schemas.get(name)).filter(|s| s.is_inline());
    if let Some(inline) = inline
        && let Value::Object(inner) = schema(api, inline)
    {
        map.extend(inner.into_iter().filter(|(key, _)| key != "type"));
    }
}

fn constraints(constraints: &Constraints, map: &mut Map<String, Value>) {
    let all = [("default", &constraints.default), ("pattern", &constraints.pattern)];
    for (key, value) in all {
        if let Some(value) = value {
            map.insert(key.into(), value.clone().into());
        }
    }
}
