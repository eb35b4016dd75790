//! Methods that return a long-running operation, and methods that read such operations.
//!
//! The shape is that of `google.longrunning.Operation`, which 294 schemas of 610 real documents have under six names.

use crate::model::{Api, HttpMethod, Method, MethodName, Operation, PathTemplate, Shape, Type};

/// Marks every method that returns an operation, unless it is one of the `operations` resource, with the path that the
/// operation is polled at.
///
/// The types of an operation that an overlay or a document states stay; a schema whose `response` and `metadata` are
/// typed adds the others.
pub fn infer(mut api: Api) -> Api {
    let found: Vec<_> = api
        .methods
        .iter()
        .filter(|(name, _)| resource(name) != "operations")
        .filter_map(|(name, method)| Some((name.clone(), of_response(&api, method.response.as_ref()?)?)))
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
    let readers = Readers::of(&api);
    let started = api.methods.iter().filter(|(_, method)| method.operation.as_ref().is_some_and(|o| o.poll.is_none()));
    let polls: Vec<_> = started.filter_map(|(name, _)| Some((name.clone(), readers.nearest(name)?.clone()))).collect();
    for (name, path) in polls {
        if let Some(operation) = api.methods.get_mut(&name).and_then(|method| method.operation.as_mut()) {
            operation.poll = Some(path);
        }
    }
    api
}

/// Returns the types of an operation's result and progress, if a type is an operation.
fn of_response(api: &Api, ty: &Type) -> Option<Operation> {
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
    // A schema without properties is equivalent to `Any`.
    let typed = |name: Option<String>| {
        name.filter(|name| {
            let shape = api.schemas.get(name).map(|schema| &schema.shape);
            matches!(shape, Some(Shape::Message(message)) if !message.fields.is_empty())
        })
    };
    Some(Operation { response: typed(response), metadata: typed(metadata), poll: None, source: None })
}

/// The methods of an API that read an operation by its name.
struct Readers<'a> {
    /// Their names, in parts, and their paths.
    methods: Vec<(Vec<&'a str>, &'a PathTemplate)>,
}

impl<'a> Readers<'a> {
    /// Finds the methods of an API that read operations.
    fn of(api: &'a Api) -> Self {
        let reads = |name: &str, method: &Method| {
            resource(name) == "operations"
                && MethodName(name).leaf() == "get"
                && method.http_method == HttpMethod::Get
                && takes_a_name(method)
        };
        let found = api.methods.iter().filter(|(name, method)| reads(name, method));
        Self { methods: found.map(|(name, method)| (MethodName(name).parts().collect(), &method.path)).collect() }
    }

    /// Returns the path of the method that reads the operations of a method: that of the nearest `operations` resource,
    /// going up from the method's own.
    fn nearest(&self, method: &str) -> Option<&'a PathTemplate> {
        let here: Vec<&str> = MethodName(method).parts().collect();
        let nearest = self.methods.iter().max_by_key(|(there, _)| {
            let common = here.iter().zip(there).take_while(|(a, b)| a == b).count();
            // Of equally near ones, the least deep, then the first by name.
            (common, std::cmp::Reverse(there.len()), std::cmp::Reverse(there))
        });
        nearest.map(|(_, path)| *path)
    }
}

/// Returns the resource of a method: the last part but one of its name.
fn resource(name: &str) -> &str {
    MethodName(MethodName(name).resource()).leaf()
}

/// Returns `true` if the path of a method has just one variable.
fn takes_a_name(method: &Method) -> bool {
    let mut variables = method.path.variables();
    variables.next().is_some() && variables.next().is_none()
}
