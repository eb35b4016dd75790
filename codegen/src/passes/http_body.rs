//! Methods whose request or response is `google.api.HttpBody`: content of any media type, sent as it is and not as
//! JSON.
//!
//! Of 610 real documents, 33 have that schema, under the names `HttpBody`, `GoogleApiHttpBody` and
//! `GoogleApi__HttpBody`.

use crate::model::{Api, Message, Shape, Type};
use std::collections::HashMap;

/// Marks the methods that take or return an HTTP body.
///
/// A request message that holds one is replaced by it: by `google/api/httpbody.proto`, the whole content of the HTTP
/// request is bound to that field, and other fields come from the URL.
pub fn infer(mut api: Api) -> Api {
    // Messages that many methods send are searched once.
    let mut known: HashMap<&str, Option<Type>> = HashMap::new();
    let found: Vec<_> = api
        .methods
        .iter()
        .map(|(name, method)| {
            let request = method.request.as_ref().and_then(|ty| match api.resolve(ty) {
                Type::Schema(name) => known.entry(name).or_insert_with(|| in_request(&api, ty)).clone(),
                _ => None,
            });
            let response = method.response.as_ref().is_some_and(|ty| is_http_body(&api, ty));
            (name.clone(), request, response)
        })
        .filter(|(_, request, response)| request.is_some() || *response)
        .collect();
    for (name, request, response) in found {
        if let Some(method) = api.methods.get_mut(&name) {
            method.takes_http_body = request.is_some();
            method.returns_http_body = response;
            method.request = request.or(method.request.take());
        }
    }
    api
}

/// The HTTP body that a request type is or holds.
fn in_request(api: &Api, ty: &Type) -> Option<Type> {
    if is_http_body(api, ty) {
        return Some(ty.clone());
    }
    let mut bodies = message(api, ty)?.fields.values().map(|field| &field.ty).filter(|ty| is_http_body(api, ty));
    match (bodies.next(), bodies.next()) {
        (Some(body), None) => Some(body.clone()),
        _ => None,
    }
}

/// Returns `true` for `google.api.HttpBody`, by its name and its fields.
fn is_http_body(api: &Api, ty: &Type) -> bool {
    let Type::Schema(name) = api.resolve(ty) else {
        return false;
    };
    name.ends_with("HttpBody")
        && message(api, ty).is_some_and(|message| {
            let has = |field: &str, ty: &Type| message.fields.get(field).is_some_and(|field| field.ty == *ty);
            has("contentType", &Type::String)
                && has("data", &Type::Bytes)
                && message.fields.keys().all(|field| ["contentType", "data", "extensions"].contains(&field.as_str()))
        })
}

fn message<'a>(api: &'a Api, ty: &Type) -> Option<&'a Message> {
    let Type::Schema(name) = api.resolve(ty) else {
        return None;
    };
    match &api.schemas.get(name)?.shape {
        Shape::Message(message) => Some(message),
        _ => None,
    }
}
