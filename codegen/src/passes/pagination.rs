//! Methods that return pages, and the items of their pages.
//!
//! Of the methods of 610 real documents, 5,000 take `pageToken` and answer with `nextPageToken`, and no other pair of
//! names is used for paging by more than one API. Those that carry the token in the body are left alone: there a
//! request is a value of the caller's own.

use crate::model::{Api, Location, Message, Method, MethodName, Pagination, Shape, Type};

/// Finds the pagination of each method.
pub fn infer(mut api: Api) -> Api {
    let found: Vec<_> =
        api.methods.iter().filter_map(|(name, method)| Some((name.clone(), of_method(&api, name, method)?))).collect();
    for (name, pagination) in found {
        if let Some(method) = api.methods.get_mut(&name) {
            method.pagination.get_or_insert(pagination);
        }
    }
    api
}

fn of_method(api: &Api, name: &str, method: &Method) -> Option<Pagination> {
    let token = method.parameters.get("pageToken")?;
    if token.location != Location::Query || token.repeated {
        return None;
    }
    let Type::Schema(reply) = api.resolve(method.response.as_ref()?) else {
        return None;
    };
    let Shape::Message(message) = &api.schemas.get(reply)?.shape else {
        return None;
    };
    let next = message.fields.get("nextPageToken")?;
    if next.ty != Type::String {
        return None;
    }
    Some(Pagination {
        token: "pageToken".into(),
        next_token: "nextPageToken".into(),
        items: items(api, name, reply, message).map(str::to_owned),
    })
}

/// Returns the property that holds the items: the only list or map that can.
fn items<'a>(api: &Api, method: &str, reply: &str, message: &'a Message) -> Option<&'a str> {
    let lists: Vec<(&str, &Type)> = message
        .fields
        .iter()
        .filter_map(|(name, field)| match &field.ty {
            Type::List(inner) | Type::Map(inner) => Some((name.as_str(), &**inner)),
            _ => None,
        })
        .collect();
    let method = MethodName(method);
    let leaf = method.leaf().to_lowercase();
    let resource = MethodName(method.resource()).leaf();
    let named = |wanted: &dyn Fn(&str) -> bool| lists.iter().map(|(name, _)| *name).find(|name| wanted(name));
    // Other lists hold failures as text (`unreachable`, `warnings`), and data of the items (`deployedModelRefs`).
    let messages: Vec<&str> = lists
        .iter()
        .filter(|(_, ty)| matches!(api.resolve(ty), Type::Schema(_) | Type::Object | Type::Any))
        .map(|(name, _)| *name)
        .collect();
    named(&|name| name == "items")
        .or_else(|| named(&|name| name == resource))
        .or_else(|| named(&|name| leaf.ends_with(&name.to_lowercase())))
        .or_else(|| named(&|name| reply.to_lowercase().ends_with(&name.to_lowercase())))
        .or(match messages.as_slice() {
            [one] => Some(*one),
            _ => None,
        })
        .or(match lists.as_slice() {
            [(one, _)] => Some(*one),
            _ => None,
        })
}
