//! HTTP bindings: `google.api.http`, compared with the methods and paths of a document.

use super::text;
use crate::model::{Api, Method, PathPart};
use prost_reflect::{DynamicMessage, ExtensionDescriptor};
use std::collections::BTreeMap;

/// HTTP method and path, with `*` for each variable part: `GET v1/projects/*/locations/*/tuningJobs/*`.
pub(super) type Binding = (String, String);

/// Returns the methods of a document by binding.
pub(super) fn of_document(api: &Api) -> BTreeMap<Binding, String> {
    api.methods
        .iter()
        .map(|(name, method)| ((method.http_method.as_str().to_owned(), spread(api, method)), name.clone()))
        .collect()
}

/// Returns the methods of a document by binding with `*` for `**`: a document may state a variable as any path, of
/// which the protos state the segments. Bindings of several methods are left out.
pub(super) fn loose(paths: &BTreeMap<Binding, String>) -> BTreeMap<Binding, Option<&String>> {
    let mut loose: BTreeMap<Binding, Option<&String>> = BTreeMap::new();
    for (binding, name) in paths {
        loose.entry(loosened(binding)).and_modify(|name| *name = None).or_insert(Some(name));
    }
    loose
}

/// Returns a binding with `*` for `**`.
pub(super) fn loosened((verb, path): &Binding) -> Binding {
    (verb.clone(), path.replace("**", "*"))
}

fn spread(api: &Api, method: &Method) -> String {
    let mut path = api.service_path.trim_matches('/').to_owned();
    if !path.is_empty() {
        path.push('/');
    }
    for part in method.path.parts() {
        match part {
            PathPart::Literal(text) => path.push_str(text),
            PathPart::Variable { name, .. } => {
                let pattern =
                    method.parameters.get(name).and_then(|parameter| parameter.constraints.pattern.as_deref());
                path.push_str(&pattern.map_or_else(|| "*".to_owned(), glob));
            }
        }
    }
    path.trim_start_matches('/').to_owned()
}

/// Converts `^projects/[^/]+$` to `projects/*`.
fn glob(pattern: &str) -> String {
    pattern.trim_start_matches('^').trim_end_matches('$').replace("[^/]+", "*").replace(".*", "**")
}

/// One HTTP binding of a method.
pub(super) struct Rule {
    pub(super) verb: String,
    /// Path template: `/v1/{name=tunedModels/*}:transfer`.
    pub(super) path: String,
    /// Field that is the body; `*` for all fields that are not in the path.
    pub(super) body: Option<String>,
    /// Field that is the response body.
    pub(super) response_body: Option<String>,
}

impl Rule {
    pub(super) fn binding(&self) -> Binding {
        (self.verb.clone(), stars(&self.path))
    }
}

/// Returns the bindings of a method, with its `additional_bindings`.
pub(super) fn of_method(options: &DynamicMessage, http: &ExtensionDescriptor) -> Vec<Rule> {
    let mut found = Vec::new();
    if options.has_extension(http)
        && let Some(rule) = options.get_extension(http).as_message()
    {
        gather(rule, &mut found);
    }
    found
}

fn gather(rule: &DynamicMessage, found: &mut Vec<Rule>) {
    for verb in ["get", "put", "post", "delete", "patch"] {
        if let Some(path) = text(rule, verb) {
            let (body, response_body) = (text(rule, "body"), text(rule, "response_body"));
            found.push(Rule { verb: verb.to_uppercase(), path, body, response_body });
        }
    }
    if let Some(more) = rule.get_field_by_name("additional_bindings")
        && let Some(more) = more.as_list()
    {
        more.iter().filter_map(|rule| rule.as_message()).for_each(|rule| gather(rule, found));
    }
}

/// Converts `/v1/{name=tunedModels/*}:transfer` to `v1/tunedModels/*:transfer`.
pub(super) fn stars(path: &str) -> String {
    let mut out = String::new();
    let mut rest = path.trim_start_matches('/');
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((variable, after)) = after.split_once('}') else {
            break;
        };
        out.push_str(variable.split_once('=').map_or("*", |(_, pattern)| pattern));
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::{glob, loose, loosened, stars};
    use std::collections::BTreeMap;

    #[test]
    fn a_variable_of_any_path_is_that_of_one_segment() {
        let get = |path: &str| ("GET".to_owned(), path.to_owned());
        let paths: BTreeMap<_, _> = [("v1/keys/**:decrypt", "decrypt"), ("v1/a/**", "all"), ("v1/a/*", "one")]
            .map(|(path, name)| (get(path), name.to_owned()))
            .into();
        let loose = loose(&paths);
        assert_eq!(loose[&loosened(&get("v1/keys/*:decrypt"))].map(String::as_str), Some("decrypt"));
        assert_eq!(loose[&loosened(&get("v1/a/*"))], None);
    }

    #[test]
    fn patterns_of_documents_and_protos() {
        assert_eq!(stars("/v1/{parent=projects/*/locations/*}/tuningJobs"), "v1/projects/*/locations/*/tuningJobs");
        assert_eq!(stars("/v1/{name}:cancel"), "v1/*:cancel");
        assert_eq!(glob("^projects/[^/]+/locations/[^/]+$"), "projects/*/locations/*");
    }
}
