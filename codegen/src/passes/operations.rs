//! Which methods answer with a long-running operation, and which methods read such operations.
//!
//! The shape is that of `google.longrunning.Operation`, which 294 schemas of 610 real documents have under six names.

use crate::model::{Api, HttpMethod, Method, Operation, Shape, Type};

/// Marks every method that answers with an operation and does not itself tend one.
///
/// What an overlay (or a typed document) says of an operation stays; a schema whose `response` and `metadata` are typed
/// fills in what is not said.
pub fn infer(mut api: Api) -> Api {
    let found: Vec<_> = api
        .methods
        .iter()
        .filter(|(name, _)| resource(name) != "operations")
        .filter_map(|(name, method)| Some((name.clone(), of_reply(&api, method.response.as_ref()?)?)))
        .collect();
    for (name, found) in found {
        let Some(method) = api.methods.get_mut(&name) else {
            continue;
        };
        match &mut method.operation {
            Some(stated) => {
                stated.response = stated.response.take().or(found.response);
                stated.metadata = stated.metadata.take().or(found.metadata);
            }
            none => *none = Some(found),
        }
    }
    api
}

/// What an operation's schema says of its result and its progress, if a type is an operation.
fn of_reply(api: &Api, ty: &Type) -> Option<Operation> {
    let Type::Schema(name) = api.resolve(ty) else {
        return None;
    };
    let Shape::Message(message) = &api.schemas.get(name)?.shape else {
        return None;
    };
    let field = |name: &str| message.fields.get(name).map(|field| &field.ty);
    let is_status = |ty: &Type| matches!(api.resolve(ty), Type::Schema(_));
    if field("name") != Some(&Type::String)
        || field("done") != Some(&Type::Bool)
        || !field("error").is_some_and(is_status)
    {
        return None;
    }
    let payload = |ty: &Type| match api.resolve(ty) {
        Type::Object => Some(None),
        Type::Map(inner) if **inner == Type::Any => Some(None),
        Type::Schema(name) => Some(Some(name.clone())),
        _ => None,
    };
    let (response, metadata) = (payload(field("response")?)?, payload(field("metadata")?)?);
    // A schema without properties of its own says no more than `Any`.
    let told = |name: Option<String>| {
        name.filter(|name| matches!(&api.schemas[name].shape, Shape::Message(message) if !message.fields.is_empty()))
    };
    Some(Operation { response: told(response), metadata: told(metadata), poll: None, source: None })
}

/// The methods of an API that read an operation, given its name.
pub struct Readers<'a> {
    /// Their names, in parts.
    methods: Vec<(&'a str, Vec<&'a str>)>,
}

impl<'a> Readers<'a> {
    /// Finds them.
    pub fn of(api: &'a Api) -> Self {
        let reads = |name: &str, method: &Method| {
            resource(name) == "operations"
                && name.rsplit('.').next() == Some("get")
                && method.http_method == HttpMethod::Get
                && takes_a_name(method)
        };
        let found = api.methods.iter().filter(|(name, method)| reads(name, method));
        Self { methods: found.map(|(name, _)| (name.as_str(), name.split('.').collect())).collect() }
    }

    /// The one that reads what a method answers with: that of the nearest `operations` resource, going up from the
    /// method's own.
    pub fn nearest(&self, method: &str) -> Option<&'a str> {
        let here: Vec<&str> = method.split('.').collect();
        let nearest = self.methods.iter().max_by_key(|(name, there)| {
            let common = here.iter().zip(there).take_while(|(a, b)| a == b).count();
            // Of equally near ones, that which is least deep within another resource; then the first by name.
            (common, std::cmp::Reverse(there.len()), std::cmp::Reverse(*name))
        });
        nearest.map(|(name, _)| *name)
    }
}

/// The resource that a method is of: the last part of its name but one.
fn resource(name: &str) -> &str {
    name.rsplit('.').nth(1).unwrap_or_default()
}

/// Whether a method takes nothing but the operation's whole name.
fn takes_a_name(method: &Method) -> bool {
    let mut variables = method.path.variables();
    variables.next().is_some() && variables.next().is_none()
}
