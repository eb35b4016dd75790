//! Routes: the method of an HTTP method and path.

use crate::document;
use discovery_codegen::model::{Api, Method, PathPart, PathTemplate};
use percent_encoding::percent_decode_str;
use regex_lite::Regex;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Route of a method, or of the path of an operation.
pub(crate) struct Route {
    pub(crate) api: &'static Api,
    pub(crate) name: String,
    pub(crate) method: &'static Method,
    verb: &'static str,
    shape: Regex,
    variables: Vec<(String, Option<Regex>)>,
}

/// Methods that serve the operations of a document under paths that none of its methods has, such as
/// `v1beta/batches/{batch}`.
const TEND: [(&str, &str, &str); 2] =
    [("GET", "", "tunedModels.operations.get"), ("POST", ":cancel", "tunedModels.operations.cancel")];

/// Returns the routes of all documents, those of methods first.
pub(crate) fn table() -> &'static [Route] {
    static ROUTES: OnceLock<Vec<Route>> = OnceLock::new();
    ROUTES.get_or_init(all)
}

fn all() -> Vec<Route> {
    let mut routes = Vec::new();
    for api in document::apis() {
        for (name, method) in &api.methods {
            let template = format!("{}{}", api.service_path, method.path);
            routes.push(Route::new(api, name, method, method.http_method.as_str(), &template, true));
        }
    }
    for api in document::apis() {
        for method in api.methods.values() {
            let Some(poll) = method.operation.as_ref().and_then(|operation| operation.poll.as_ref()) else {
                continue;
            };
            for (verb, action, name) in TEND {
                if let Some(tending) = api.methods.get(name) {
                    routes.push(Route::new(api, name, tending, verb, &format!("{poll}{action}"), false));
                }
            }
        }
    }
    routes
}

impl Route {
    fn new(
        api: &'static Api,
        name: &str,
        method: &'static Method,
        verb: &'static str,
        template: &str,
        with_patterns: bool,
    ) -> Self {
        let template = PathTemplate::parse(template).expect("the template was checked");
        let mut shape = String::from("^/");
        let mut variables = Vec::new();
        for part in template.parts() {
            match part {
                PathPart::Literal(text) => shape.push_str(&regex_lite::escape(text)),
                PathPart::Variable { name, reserved } => {
                    shape.push_str(if *reserved { "(.+)" } else { "([^/]+)" });
                    let pattern = method.parameters.get(name).and_then(|p| p.constraints.pattern.as_deref());
                    let pattern = pattern.filter(|_| with_patterns);
                    variables.push((name.clone(), pattern.map(|text| Regex::new(text).expect("the pattern is valid"))));
                }
            }
        }
        shape.push('$');
        let shape = Regex::new(&shape).expect("literals are escaped");
        Self { api, name: name.to_owned(), method, verb, shape, variables }
    }

    /// Returns the values of the path variables, if the request matches the route.
    pub(crate) fn matches(&self, verb: &str, path: &str) -> Option<BTreeMap<String, String>> {
        if verb != self.verb {
            return None;
        }
        let found = self.shape.captures(path)?;
        let mut values = BTreeMap::new();
        for (index, (name, pattern)) in self.variables.iter().enumerate() {
            let raw = found.get(index + 1)?.as_str();
            // Names contain no colon, which begins the name of a custom method.
            if raw.contains(':') || raw.split('/').any(|segment| matches!(segment, "" | "." | "..")) {
                return None;
            }
            let value = percent_decode_str(raw).decode_utf8().ok()?.into_owned();
            if pattern.as_ref().is_some_and(|pattern| !pattern.is_match(&value)) {
                return None;
            }
            values.insert(name.clone(), value);
        }
        Some(values)
    }
}
