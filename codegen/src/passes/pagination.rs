//! Methods that return pages, and the items of their pages.
//!
//! Of the methods of 610 real documents of Google's, 5,000 take `pageToken` and answer with `nextPageToken`, and no other
//! pair of names is used for paging by more than one API. Other APIs use a header, a token, the last item, a number of the
//! page, or an offset. Those that carry the token in the body are left alone: there a request is a value of the caller's
//! own.

use crate::model::{Api, Location, Message, Method, MethodName, NextPage, Pagination, Shape, Type};

/// Finds the pagination of each method.
pub fn infer(mut api: Api) -> Api {
    let found: Vec<_> =
        api.methods.iter().map(|(name, method)| (name.clone(), of_method(&api, name, method))).collect();
    for (name, pagination) in found {
        if let Some(method) = api.methods.get_mut(&name) {
            method.pagination = pagination;
        }
    }
    api
}

fn of_method(api: &Api, name: &str, method: &Method) -> Option<Pagination> {
    let reply = api.resolve(method.response.as_ref()?);
    let stated = method.pagination.as_ref();
    if stated.is_some_and(|stated| stated.items.is_some()) {
        return stated.cloned();
    }
    let stated = stated.map(|stated| stated.next.clone());
    if let Type::List(_) = reply {
        let next = stated.or_else(|| number_or_offset(method))?;
        return Some(Pagination { next, items: None });
    }
    let Type::Schema(reply) = reply else { return None };
    let Shape::Message(message) = &api.schemas.get(reply)?.shape else {
        return None;
    };
    let items = items(api, name, reply, message).map(str::to_owned);
    if let Some(next) = stated {
        return items.map(|items| Pagination { next, items: Some(items) });
    }
    let next =
        token(api, method, message).or_else(|| last_item(api, method, message, items.as_deref())).or_else(|| {
            items.as_ref()?;
            number_or_offset(method)
        })?;
    Some(Pagination { next, items })
}

/// Names of parameters that take a token, and of the properties with the next one. A name counts in every spelling:
/// `next_cursor` is `nextCursor`.
const TOKENS: [(&str, &[&str]); 7] = [
    ("pagetoken", &["nextpagetoken"]),
    ("cursor", &["nextcursor"]),
    ("nexttoken", &["nexttoken"]),
    ("nextcursor", &["nextcursor"]),
    ("nextpagetoken", &["nextpagetoken"]),
    ("continuationtoken", &["continuationtoken", "nextcontinuationtoken"]),
    ("continue", &["continue"]),
];

/// Names of properties that contain what describes a page.
const CONTAINERS: [&str; 7] = ["meta", "metadata", "pagination", "paging", "pageinfo", "page", "responsemetadata"];

/// Returns letters and digits alone, in lower case.
fn squashed(name: &str) -> String {
    name.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect()
}

/// Finds a token in the response, and the parameter that takes it.
fn token(api: &Api, method: &Method, message: &Message) -> Option<NextPage> {
    let in_query = method.parameters.iter().filter(|(_, p)| p.location == Location::Query && !p.repeated);
    for (parameter, _) in in_query {
        let squashed_name = squashed(parameter);
        let Some((_, names)) = TOKENS.iter().find(|(name, _)| *name == squashed_name) else { continue };
        if let Some(property) = property(api, message, names, 0) {
            return Some(NextPage::Token { parameter: parameter.clone(), property });
        }
    }
    None
}

/// Finds a property with text of one of these names, in the message or in what describes the page.
fn property(api: &Api, message: &Message, names: &[&str], depth: usize) -> Option<Vec<String>> {
    let free = |name: &str| message.unions.of(name).is_none();
    let mut fields = message.fields.iter().filter(|(name, _)| free(name));
    if let Some((name, _)) =
        fields.find(|(name, field)| names.contains(&squashed(name).as_str()) && *api.resolve(&field.ty) == Type::String)
    {
        return Some(vec![name.clone()]);
    }
    let inner = message.fields.iter().filter(|(name, _)| depth == 0 && free(name));
    for (name, field) in inner.filter(|(name, _)| CONTAINERS.contains(&squashed(name).as_str())) {
        if let Type::Schema(schema) = api.resolve(&field.ty)
            && let Some(Shape::Message(inner)) = api.shape(schema)
            && let Some(found) = property(api, inner, names, depth.saturating_add(1))
        {
            return Some([vec![name.clone()], found].concat());
        }
    }
    None
}

/// Finds lists that continue after an item, by its id.
fn last_item(api: &Api, method: &Method, message: &Message, items: Option<&str>) -> Option<NextPage> {
    let parameter = method.parameters.get_key_value("starting_after").filter(|(_, p)| p.location == Location::Query)?.0;
    let more = message.fields.get_key_value("has_more").filter(|(_, field)| field.ty == Type::Bool)?.0;
    let Type::List(item) = api.resolve(&message.fields.get(items?)?.ty) else { return None };
    let Type::Schema(item) = api.resolve(item) else { return None };
    let Some(Shape::Message(item)) = api.shape(item) else { return None };
    let is_text = item.fields.get("id").is_some_and(|field| *api.resolve(&field.ty) == Type::String);
    (is_text && item.unions.of("id").is_none()).then(|| NextPage::LastItem {
        parameter: parameter.clone(),
        key: "id".to_owned(),
        more: more.clone(),
    })
}

/// Finds parameters for a page or an offset beside one for the number of items.
fn number_or_offset(method: &Method) -> Option<NextPage> {
    let named = |wanted: &[&str]| {
        let found = method.parameters.iter().find(|(name, parameter)| {
            let is_number = matches!(parameter.ty, Type::Int(_));
            let alone = parameter.location == Location::Query && parameter.wire_name.is_none();
            alone && is_number && wanted.contains(&squashed(name).as_str())
        });
        found.map(|(name, _)| name.clone())
    };
    let size = Some(named(&["perpage", "pagesize", "limit", "size", "count", "pagelimit"])?);
    if let Some(parameter) = named(&["page", "pagenumber", "pageno"]) {
        // Pages that begin with 0 are not evident.
        let first = method.parameters.get(&parameter)?.constraints.minimum.as_ref().map(|bound| bound.value.as_str());
        let default = method.parameters.get(&parameter)?.constraints.default.as_deref();
        let from_one = first != Some("0") && default != Some("0");
        return from_one.then_some(NextPage::Number { parameter, size });
    }
    named(&["offset", "skip"]).map(|parameter| NextPage::Offset { parameter, size })
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
