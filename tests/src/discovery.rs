//! Conversion of an API to a Discovery document, for programs that read only those.

use discovery_codegen::model::{Api, Int, Method, Parameter, ParameterLocation, Type};
use serde_json::{Map, Value, json};

/// Returns the document: methods with everything that requests depend on, and schemas without properties.
///
/// # Panics
/// When the API has a header parameter, which Discovery does not support.
pub fn document(api: &Api) -> Value {
    let mut resources = Map::new();
    let mut methods = Map::new();
    for (name, method) in &api.methods {
        let mut parts = name.split('.').collect::<Vec<_>>();
        let leaf = parts.pop().unwrap_or_default();
        let mut place = (&mut resources, &mut methods);
        for part in parts {
            let resource = place.0.entry(part).or_insert_with(|| json!({"resources": {}, "methods": {}}));
            let Some([resources, methods]) = children(resource) else { unreachable!("both keys were inserted above") };
            place = (resources, methods);
        }
        place.1.insert(leaf.to_owned(), self::method(method));
    }
    let schemas: Map<String, Value> =
        api.schemas.keys().map(|name| (name.clone(), json!({"id": name, "type": "object"}))).collect();
    json!({
        "kind": "discovery#restDescription", "id": api.id(), "name": api.name, "version": api.version,
        "rootUrl": api.root_url, "servicePath": api.service_path, "baseUrl": api.root_url.clone() + &api.service_path,
        "schemas": schemas, "resources": resources, "methods": methods,
    })
}

fn children(resource: &mut Value) -> Option<[&mut Map<String, Value>; 2]> {
    let mut resources = None;
    let mut methods = None;
    for (key, value) in resource.as_object_mut()? {
        if key == "resources" { resources = value.as_object_mut() } else { methods = value.as_object_mut() }
    }
    Some([resources?, methods?])
}

fn method(method: &Method) -> Value {
    let parameters: Map<String, Value> =
        method.parameters.iter().map(|(name, stated)| (name.clone(), parameter(stated))).collect();
    let mut out = json!({
        "id": method.id, "httpMethod": method.http_method.as_str(), "path": method.path.to_string(),
        "parameters": parameters, "parameterOrder": method.parameter_order, "scopes": method.scopes,
    });
    for (key, ty) in [("request", &method.request), ("response", &method.response)] {
        if let Some(name) = ty.as_ref().and_then(Type::schema) {
            out[key] = json!({"$ref": name});
        }
    }
    out
}

fn parameter(parameter: &Parameter) -> Value {
    let (ty, format) = match &parameter.ty {
        Type::Bool => ("boolean", None),
        Type::Int(Int::I32) => ("integer", Some("int32")),
        Type::Int(Int::U32) => ("integer", Some("uint32")),
        Type::Int(Int::I64 | Int::I64Number) => ("string", Some("int64")),
        Type::Int(Int::U64 | Int::U64Number) => ("string", Some("uint64")),
        Type::Float => ("number", Some("float")),
        Type::Double => ("number", Some("double")),
        _ => ("string", None),
    };
    let location = match parameter.location {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::Header | ParameterLocation::Cookie => {
            panic!("Discovery supports only path and query parameters")
        }
    };
    let mut out = json!({"type": ty, "location": location});
    if let Some(format) = format {
        out["format"] = format.into();
    }
    if parameter.required {
        out["required"] = true.into();
    }
    if parameter.repeated {
        out["repeated"] = true.into();
    }
    if let Some(pattern) = &parameter.constraints.pattern {
        out["pattern"] = pattern.as_str().into();
    }
    out
}
