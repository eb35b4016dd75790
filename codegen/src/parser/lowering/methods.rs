//! Names, streams and positional parameters of methods.

use crate::model::{Api, MethodName, Parameter, ParameterLocation, PathTemplate, Type};
use std::collections::{BTreeMap, HashSet};

/// Returns `true` if the method streams its response. Discovery has no key for it; such methods are named `stream…`.
pub(crate) fn is_stream(name: &str) -> bool {
    let leaf = MethodName(name).leaf();
    ["stream", "serverStreaming"]
        .iter()
        .any(|prefix| leaf.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase())))
}

/// Makes a repeated parameter whose values are not scalars a list, which its style encodes as a whole.
pub(crate) fn lists_of_repeated(api: &mut Api) {
    let mut methods = std::mem::take(&mut api.methods);
    let parameters = methods.values_mut().flat_map(|method| method.parameters.values_mut());
    for parameter in parameters.filter(|parameter| parameter.repeated) {
        if api.is_structured(parameter) {
            parameter.ty = Type::List(Box::new(std::mem::replace(&mut parameter.ty, Type::Any)));
            parameter.repeated = false;
        }
    }
    api.methods = methods;
}

/// Returns the order of positional parameters: the document's, then the path's missing ones, then other required ones.
pub(crate) fn order(path: &PathTemplate, parameters: &BTreeMap<String, Parameter>, document: &[String]) -> Vec<String> {
    let mut order: Vec<String> = Vec::new();
    let mut seen: HashSet<&str> = HashSet::new();
    let required = |name: &&String| parameters.get(*name).is_some_and(|p| p.required);
    let in_path = path.variables().map(str::to_owned).collect::<Vec<_>>();
    let variables: HashSet<&str> = path.variables().collect();
    for name in document.iter().filter(required).chain(&in_path).chain(parameters.keys().filter(required)) {
        // A parameter that is declared in the path, but is not a variable of it, cannot be sent.
        let sent = |p: &Parameter| p.location != ParameterLocation::Path || variables.contains(name.as_str());
        if parameters.get(name).is_some_and(sent) && seen.insert(name) {
            order.push(name.clone());
        }
    }
    order
}
