//! Methods that return pages, and the items of their pages.
//!
//! Of the methods of 610 real documents of Google's, 5,000 take `pageToken` and return `nextPageToken`, and no
//! other pair of names is used for paging by more than one API. Other APIs use a header, a token, the last item, a
//! number of the page, or an offset. Methods with the token in the body have no pages here: their body is a value of
//! the caller.

use crate::model::{Api, Message, Method, MethodName, NextPage, Pagination, ParameterLocation, Shape, Type};
use std::collections::{BTreeSet, HashMap};

/// Finds the pagination of each method.
pub fn infer(mut api: Api) -> Api {
    let mut responses = Responses::new(&api);
    let found: Vec<_> =
        api.methods.iter().map(|(name, method)| (name.clone(), of_method(&mut responses, name, method))).collect();
    for (name, pagination) in found {
        if let Some(method) = api.methods.get_mut(&name) {
            method.pagination = pagination;
        }
    }
    api
}

fn of_method<'a>(responses: &mut Responses<'a>, name: &str, method: &'a Method) -> Option<Pagination> {
    let api = responses.api;
    let response = api.resolve(method.response.as_ref()?);
    let stated = method.pagination.as_ref();
    if stated.is_some_and(|stated| stated.items.is_some()) {
        return stated.cloned();
    }
    let stated = stated.map(|stated| stated.next.clone());
    if let Type::List(_) = response {
        let next = stated.or_else(|| number_or_offset(method))?;
        return Some(Pagination { next, items: None });
    }
    let Type::Schema(response) = response else { return None };
    let Shape::Message(message) = &api.schemas.get(response)?.shape else {
        return None;
    };
    let items = responses.lists(response, message).items(name).map(str::to_owned);
    if let Some(next) = stated {
        return items.map(|items| Pagination { next, items: Some(items) });
    }
    let next = token(responses, method, (response, message))
        .or_else(|| last_item(api, method, message, items.as_deref()))
        .or_else(|| {
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

/// Returns only the letters and digits, in lower case.
fn squashed(name: &str) -> String {
    name.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect()
}

/// Finds a token in the response, and the parameter that takes it.
fn token<'a>(
    responses: &mut Responses<'a>,
    method: &Method,
    (response, message): (&'a str, &'a Message),
) -> Option<NextPage> {
    let in_query = method.parameters.iter().filter(|(_, p)| p.location == ParameterLocation::Query && !p.repeated);
    for (parameter, _) in in_query {
        let squashed_name = squashed(parameter);
        let Some((_, names)) = TOKENS.iter().find(|(name, _)| *name == squashed_name) else { continue };
        let api = responses.api;
        let known = responses.tokens.entry((response, names)).or_insert_with(|| property(api, message, names, 0));
        if let Some(property) = known.clone() {
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
    let parameter =
        method.parameters.get_key_value("starting_after").filter(|(_, p)| p.location == ParameterLocation::Query)?.0;
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

/// Finds a parameter for a page or an offset, together with one for the number of items.
fn number_or_offset(method: &Method) -> Option<NextPage> {
    let named = |wanted: &[&str]| {
        let found = method.parameters.iter().find(|(name, parameter)| {
            let is_number = matches!(parameter.ty, Type::Int(_));
            let alone = parameter.location == ParameterLocation::Query && parameter.wire_name.is_none();
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

/// Responses, each searched once for all methods that return it.
struct Responses<'a> {
    api: &'a Api,
    lists: HashMap<&'a str, Lists<'a>>,
    /// Properties with the next token, by the response and the names that they may have.
    tokens: HashMap<(&'a str, &'static [&'static str]), Option<Vec<String>>>,
}

/// Lists and maps of a response.
struct Lists<'a> {
    names: Vec<&'a str>,
    /// Positions by name, and by name in lower case; the first of equal ones.
    by_name: HashMap<&'a str, usize>,
    by_lower: HashMap<String, usize>,
    /// Lengths of the names in lower case.
    lengths: BTreeSet<usize>,
    /// The one whose name the response's own ends with.
    of_response: Option<usize>,
    /// The only one of messages, or the only one at all.
    only: Option<usize>,
}

impl<'a> Responses<'a> {
    fn new(api: &'a Api) -> Self {
        Self { api, lists: HashMap::new(), tokens: HashMap::new() }
    }

    fn lists(&mut self, response: &'a str, message: &'a Message) -> &Lists<'a> {
        let api = self.api;
        self.lists.entry(response).or_insert_with(|| Lists::of(api, response, message))
    }
}

impl<'a> Lists<'a> {
    fn of(api: &Api, response: &str, message: &'a Message) -> Self {
        let types: Vec<(&str, &Type)> = message
            .fields
            .iter()
            .filter_map(|(name, field)| match &field.ty {
                Type::List(inner) | Type::Map(inner) => Some((name.as_str(), &**inner)),
                _ => None,
            })
            .collect();
        let names: Vec<&'a str> = types.iter().map(|(name, _)| *name).collect();
        let (mut by_name, mut by_lower) = (HashMap::new(), HashMap::new());
        for (position, name) in names.iter().enumerate() {
            by_name.entry(*name).or_insert(position);
            by_lower.entry(name.to_lowercase()).or_insert(position);
        }
        // Other lists hold failures as text (`unreachable`, `warnings`), and data of the items (`deployedModelRefs`).
        let is_message = |ty: &Type| matches!(api.resolve(ty), Type::Schema(_) | Type::Object | Type::Any);
        let mut messages = types.iter().enumerate().filter(|(_, (_, ty))| is_message(ty)).map(|(position, _)| position);
        let only = match (messages.next(), messages.next()) {
            (Some(one), None) => Some(one),
            _ => (names.len() == 1).then_some(0),
        };
        let lengths = by_lower.keys().map(String::len).collect();
        let mut lists = Self { names, by_name, by_lower, lengths, of_response: None, only };
        lists.of_response = lists.ending(&response.to_lowercase());
        lists
    }

    /// Returns the property that holds the items of a method: the only list or map that can.
    fn items(&self, method: &str) -> Option<&'a str> {
        let method = MethodName(method);
        let resource = MethodName(method.resource()).leaf();
        let position = self.by_name.get("items").or_else(|| self.by_name.get(resource)).copied();
        let position =
            position.or_else(|| self.ending(&method.leaf().to_lowercase())).or(self.of_response).or(self.only);
        self.names.get(position?).copied()
    }

    /// Returns the first list whose name a text ends with.
    fn ending(&self, text: &str) -> Option<usize> {
        let starts = self.lengths.iter().filter_map(|length| text.len().checked_sub(*length));
        starts.filter_map(|start| self.by_lower.get(text.get(start..)?).copied()).min()
    }
}
