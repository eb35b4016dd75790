//! Comparison of the API as a whole: URLs, scopes, parameters of every method.

use super::status::only_step;
use super::{Comparison, Draft, Place};
use crate::diff::affected::{AffectedMethods, MethodSet};
use crate::diff::change::GroupKey;
use crate::diff::rules::{self, Rule};
use crate::diff::url::{address, blank, normal};
use crate::diff::verdict::Bump;
use crate::model::{Api, Credential, EndpointKind, Method, Parameter};
use crate::source::parent;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Names of the methods that accept each scope.
type MethodsOfScopes = BTreeMap<String, Vec<String>>;

impl Comparison<'_> {
    pub(super) fn api(&mut self) {
        let (old, new) = (self.old, self.new);
        self.text(&self.whole("title"), "title of the API", &old.title, &new.title);
        self.text(&self.whole("description"), "description of the API", &old.doc, &new.doc);
        if old.versioned && new.versioned {
            let (was, is) = (self.old_side.names.api(), self.new_side.names.api());
            if was != is {
                let message = format!("module of the API: `{was}` → `{is}`");
                self.push(Draft::new(&rules::MODULE_RENAMED, &self.whole("module"), message).values(was, is));
            }
        }
        let same_urls = self.server_stays || self.same_urls();
        if normal(&old.root_url) != normal(&new.root_url) && !same_urls && self.root_matters() {
            let message = format!("host: `{}` → `{}`", old.root_url, new.root_url);
            let place = self.whole("rootUrl");
            self.push(Draft::new(&rules::ROOT_URL_CHANGED, &place, message).values(&*old.root_url, &*new.root_url));
        }
        if old.service_path != new.service_path && !same_urls && self.service_path_matters() {
            let message = format!("prefix of every path: `{}` → `{}`", old.service_path, new.service_path);
            let place = self.whole("servicePath");
            self.push(
                Draft::new(&rules::SERVICE_PATH_CHANGED, &place, message)
                    .values(&*old.service_path, &*new.service_path),
            );
        }
        // Batch requests go to the root, whatever the path of other calls is.
        let batch = |api: &Api| {
            let path = api.batch_path.clone()?;
            Some(if same_urls { normal(&format!("{}{path}", api.root_url)) } else { path })
        };
        if batch(old) != batch(new) {
            let place = self.whole("batchPath");
            // Where the paths are equal, the roots differ.
            let text = |api: &Api| {
                let path = if old.batch_path == new.batch_path { batch(api) } else { api.batch_path.clone() };
                path.unwrap_or_else(|| "none".to_owned())
            };
            let message = format!("path of batch requests: `{}` → `{}`", text(old), text(new));
            self.push(Draft::new(&rules::BATCH_PATH_CHANGED, &place, message).maybe(batch(old), batch(new)));
        }
        let (was, is) = (&old.mtls_root_url, &new.mtls_root_url);
        if was != is {
            let rule = match (was, is) {
                (None, _) => &rules::ENDPOINT_ADDED,
                (_, None) => &rules::ENDPOINT_REMOVED,
                _ => &rules::ENDPOINT_CHANGED,
            };
            let text = |url: &Option<String>| url.clone().unwrap_or_else(|| "none".to_owned());
            let message = format!("endpoint for mutual TLS: `{}` → `{}`", text(was), text(is));
            let place = self.whole("mtlsRootUrl");
            self.push(Draft::new(rule, &place, message).maybe(was.clone(), is.clone()));
        }
        if old.data_wrapper != new.data_wrapper {
            let place = self.whole("features.dataWrapper");
            let message = if new.data_wrapper {
                "bodies have an enclosing `data` object"
            } else {
                "bodies no longer have an enclosing `data` object"
            };
            self.push(
                Draft::new(&rules::DATA_WRAPPER_CHANGED, &place, message).values(old.data_wrapper, new.data_wrapper),
            );
        }
        self.endpoints();
        self.servers();
        self.scopes();
        self.token_urls();
        self.api_parameters();
        self.resources();
        self.other_methods();
    }

    /// Compares the methods that generated code cannot call. Names of variables are no part of their paths.
    fn other_methods(&mut self) {
        let (old, new) = (self.old, self.new);
        let by_url = |api: &'_ Api| -> BTreeMap<String, (String, String)> {
            let methods = api.other_methods.iter();
            methods.map(|(name, pointer)| (blank(name), (name.clone(), pointer.clone()))).collect()
        };
        let (was, is) = (by_url(old), by_url(new));
        for url in was.keys().chain(is.keys()).collect::<BTreeSet<_>>() {
            let ((name, pointer), is_added) = match (was.get(url), is.get(url)) {
                (Some(method), None) => (method, false),
                (None, Some(method)) => (method, true),
                _ => continue,
            };
            let affected = AffectedMethods::both(self.methods.index(name).map(MethodSet::one).unwrap_or_default());
            let place = Place {
                pointer: if is_added { pointer.clone() } else { parent(pointer) },
                old: affected.clone(),
                new: affected,
                ..self.whole(format!("otherMethods.{name}"))
            };
            self.push(match is_added {
                true => Draft::new(&rules::OTHER_METHOD_ADDED, &place, format!("`{name}` added")).after(&**name),
                false => Draft::new(&rules::OTHER_METHOD_REMOVED, &place, format!("`{name}` removed")).before(&**name),
            });
        }
    }

    /// Returns `true` if the URLs of all methods are the same: a segment may move between root URL and service path.
    fn same_urls(&self) -> bool {
        let urls = |api: &Api, method: &Method| {
            let uploads = method.media_upload.iter().flat_map(|upload| [&upload.simple, &upload.resumable]).flatten();
            let uploads = uploads.map(|protocol| normal(&format!("{}{}", api.root_url, protocol.path)));
            uploads.chain([address(api, method)]).collect::<Vec<_>>()
        };
        let mut pairs = self.method_pairs().peekable();
        pairs.peek().is_some() && pairs.all(|(old, new)| urls(self.old, old) == urls(self.new, new))
    }

    /// Returns `true` if every path changes: often a segment only moves between service path and paths.
    fn service_path_matters(&self) -> bool {
        let full = |api: &Api, method: &Method| format!("{}{}", api.service_path, method.path);
        let mut pairs = self.method_pairs().filter(without_own_server).peekable();
        pairs.peek().is_some() && pairs.all(|(old, new)| full(self.old, old) != full(self.new, new))
    }

    /// Returns `true` unless each method has a server of its own.
    fn root_matters(&self) -> bool {
        let mut pairs = self.method_pairs().peekable();
        pairs.peek().is_none() || pairs.any(|pair| without_own_server(&pair))
    }

    /// Returns the methods that both revisions have, of each.
    fn method_pairs(&self) -> impl Iterator<Item = (&Method, &Method)> {
        self.old.methods.iter().filter_map(|(name, method)| {
            let name = self.renames.method(name, self.new)?;
            Some((method, self.new.methods.get(name)?))
        })
    }

    /// Compares the servers: the first, which is the root of all URLs, if the old one is still listed, and the others.
    fn servers(&mut self) {
        let others = |api: &Api| -> BTreeSet<String> {
            let endpoints: Vec<_> =
                api.endpoints.iter().map(|endpoint| format!("{}{}", endpoint.url, api.service_path)).collect();
            let others = api.servers.iter().skip(1).filter(|url| !endpoints.contains(url));
            others.map(|url| normal(url)).collect()
        };
        let (old, new) = (others(self.old), others(self.new));
        let first = |api: &Api| api.servers.first().map(|url| normal(url));
        let (was, is) = (first(self.old), first(self.new));
        for url in old.symmetric_difference(&new).filter(|url| ![&was, &is].contains(&&Some((*url).clone()))) {
            let place = self.whole(format!("servers.{url}"));
            let draft = match new.contains(url) {
                true => Draft::new(&rules::SERVER_ADDED, &place, format!("server `{url}` added")).after(&**url),
                false => Draft::new(&rules::SERVER_REMOVED, &place, format!("server `{url}` removed")).before(&**url),
            };
            self.push(draft);
        }
        if let (Some(from), Some(to), true) = (&was, &is, self.server_stays)
            && from != to
        {
            let place = self.whole("servers");
            let message = format!("first server: `{from}` → `{to}`");
            self.push(Draft::new(&rules::FIRST_SERVER_CHANGED, &place, message).values(&**from, &**to));
            // The variables are those of another server.
            return;
        }
        let variables = |api: &Api| -> BTreeSet<String> {
            let template = api.server_template.iter();
            template.flat_map(|template| template.variables.iter().map(|(name, _)| name.clone())).collect()
        };
        let (old, new) = (variables(self.old), variables(self.new));
        for name in old.symmetric_difference(&new) {
            let place = self.whole(format!("servers.variables.{name}"));
            let draft = match new.contains(name) {
                true => Draft::new(
                    &rules::SERVER_VARIABLE_ADDED,
                    &place,
                    format!("variable `{name}` of the server's URL added"),
                )
                .after(&**name),
                false => Draft::new(
                    &rules::SERVER_VARIABLE_REMOVED,
                    &place,
                    format!("variable `{name}` of the server's URL removed"),
                )
                .before(&**name),
            };
            self.push(draft);
        }
    }

    /// Compares the URLs at which callers get tokens.
    fn token_urls(&mut self) {
        let (old, new) = (self.old, self.new);
        // Where one revision requires no such tokens, that is the change.
        let takes = |api: &Api, key: &str| {
            let credential = match key {
                "openIdConnectUrl" => Credential::OpenIdConnect,
                _ => Credential::OAuth2,
            };
            requires(api, &credential)
        };
        let wanted = |api: &'_ Api| -> BTreeSet<String> {
            api.token_urls.keys().filter(|key| takes(old, key) && takes(new, key)).cloned().collect()
        };
        let (old_keys, new_keys) = (wanted(old), wanted(new));
        // One flow instead of another is one change, whatever URLs it has.
        let flow = |key: &String| key.split(' ').next().unwrap_or_default().to_owned();
        let flows = |keys: &BTreeSet<String>| keys.iter().map(flow).collect::<BTreeSet<_>>();
        let replaced = only_step(&flows(&old_keys), &flows(&new_keys));
        if let Some((from, to)) = &replaced {
            let place = self.whole(format!("securitySchemes.{from}"));
            let draft = Draft::new(&rules::TOKEN_URL_CHANGED, &place, format!("`{from}` becomes `{to}`"));
            self.push(draft.values(from.clone(), to.clone()));
        }
        let is_replaced = |key: &String| replaced.as_ref().is_some_and(|(from, to)| [from, to].contains(&&flow(key)));
        for key in old_keys.union(&new_keys).filter(|key| !is_replaced(key)) {
            let place = self.whole(format!("securitySchemes.{key}"));
            let (rule, message): (&'static rules::Rule, _) = match (old.token_urls.get(key), new.token_urls.get(key)) {
                (Some(a), Some(b)) if normal(a) != normal(b) => {
                    (&rules::TOKEN_URL_CHANGED, format!("`{key}`: `{a}` → `{b}`"))
                }
                (Some(_), None) => (&rules::TOKEN_URL_REMOVED, format!("`{key}` removed")),
                (None, Some(_)) => (&rules::TOKEN_URL_ADDED, format!("`{key}` added")),
                _ => continue,
            };
            let draft = Draft::new(rule, &place, message);
            self.push(draft.maybe(old.token_urls.get(key).cloned(), new.token_urls.get(key).cloned()));
        }
    }

    fn endpoints(&mut self) {
        // Of duplicate locations of the same kind, the first counts.
        let first = |api: &'_ Api| -> BTreeMap<(String, EndpointKind), String> {
            let endpoints = api.endpoints.iter().rev();
            endpoints.map(|endpoint| ((endpoint.location.clone(), endpoint.kind), endpoint.url.clone())).collect()
        };
        let (was, is) = (first(self.old), first(self.new));
        for key @ (location, kind) in was.keys().chain(is.keys()).collect::<BTreeSet<_>>() {
            let both = *kind == EndpointKind::Regional
                && [&was, &is].iter().any(|known| known.contains_key(&(location.clone(), EndpointKind::Locational)));
            let place = self.whole(format!("endpoints.{location}{}", if both { ".regional" } else { "" }));
            let draft = match (was.get(key), is.get(key)) {
                (Some(a), Some(b)) if a != b => {
                    Draft::new(&rules::ENDPOINT_CHANGED, &place, format!("endpoint of `{location}`: `{a}` → `{b}`"))
                        .values(&**a, &**b)
                }
                (Some(a), None) => {
                    Draft::new(&rules::ENDPOINT_REMOVED, &place, format!("endpoint of `{location}` removed"))
                        .before(&**a)
                }
                (None, Some(b)) => {
                    Draft::new(&rules::ENDPOINT_ADDED, &place, format!("endpoint of `{location}` added")).after(&**b)
                }
                _ => continue,
            };
            let words = match (&draft.before, &draft.after) {
                (None, _) => "added",
                (_, None) => "removed",
                _ => "moved to another URL",
            };
            let group = GroupKey {
                key: draft.rule.id.to_owned(),
                rule: draft.rule,
                subject: "endpoints".into(),
                message: format!("endpoints of {{n}} locations {words}"),
                least: 2,
            };
            self.push(draft.group(group));
        }
    }

    /// Compares the scopes of the API; the scopes of a method are compared with the method.
    fn scopes(&mut self) {
        let (old, new) = (self.old, self.new);
        let mut renamed = BTreeMap::new();
        let mut by_doc: BTreeMap<&str, (Vec<&str>, Vec<&str>)> = BTreeMap::new();
        for (scope, doc) in old.scopes.iter().filter(|(scope, _)| !new.scopes.contains_key(*scope)) {
            by_doc.entry(doc).or_default().0.push(scope);
        }
        for (scope, doc) in new.scopes.iter().filter(|(scope, _)| !old.scopes.contains_key(*scope)) {
            by_doc.entry(doc).or_default().1.push(scope);
        }
        by_doc.remove("");
        for (was, is) in by_doc.into_values() {
            if let ([was], [is]) = (was.as_slice(), is.as_slice()) {
                renamed.insert(*was, *is);
            }
        }
        let with = [self.methods_of_scopes(old), self.methods_of_scopes(new)];
        // Methods whose requirements are compared report their scopes. Where either revision asks for no token with
        // scopes, that is the change.
        let has_schemes = |api: &Api| api.methods.values().any(|method| !method.security.is_empty());
        let without = (has_schemes(old) || has_schemes(new))
            && !(requires(old, &Credential::OAuth2) && requires(new, &Credential::OAuth2));
        let compared_with_methods =
            |of: &MethodsOfScopes, scope: &str| without || of.get(scope).is_some_and(|methods| methods.is_empty());
        let [old_methods, new_methods] = &with;
        let taken: BTreeSet<&str> = renamed.values().copied().collect();
        for (scope, doc) in &old.scopes {
            let place = self.scope_place(&with, scope, renamed.get(scope.as_str()).copied().unwrap_or(scope));
            if let Some(other) = new.scopes.get(scope) {
                let name = format!("description of the scope `{scope}`");
                self.text(&place, &name, &Some(doc.clone()), &Some(other.clone()));
            } else if let Some(other) = renamed.get(scope.as_str()) {
                if !(compared_with_methods(old_methods, scope) && compared_with_methods(new_methods, other)) {
                    let message = format!("scope `{scope}` renamed to `{other}`");
                    self.push(Draft::new(&rules::SCOPE_RENAMED, &place, message).values(&**scope, *other));
                }
            } else if !compared_with_methods(old_methods, scope) {
                let draft = Draft::new(&rules::SCOPE_REMOVED, &place, format!("scope `{scope}` removed"));
                self.push(draft.before(&**scope).doc(&Some(doc.clone())));
            }
        }
        for (scope, doc) in &new.scopes {
            let is_new = !old.scopes.contains_key(scope) && !taken.contains(scope.as_str());
            if is_new && !compared_with_methods(new_methods, scope) {
                let place = self.scope_place(&with, scope, scope);
                let draft = Draft::new(&rules::SCOPE_ADDED, &place, format!("scope `{scope}` added"));
                self.push(draft.after(&**scope).doc(&Some(doc.clone())));
            }
        }
    }

    /// Returns the methods that accept each scope, except those whose requirements are compared as a whole: the
    /// requirements of schemes, and scopes where the other revision requires none.
    fn methods_of_scopes(&self, api: &Api) -> MethodsOfScopes {
        let mut with = MethodsOfScopes::new();
        for (name, method) in &api.methods {
            let other = match std::ptr::eq(api, self.old) {
                true => self.renames.method(name, self.new).and_then(|name| self.new.methods.get(name)),
                false => self.old.methods.get(self.back.get(name).unwrap_or(name)),
            };
            let decides = method.security.is_empty()
                && other.is_none_or(|other| other.security.is_empty() && !other.scopes.is_empty());
            for scope in &method.scopes {
                with.entry(scope.clone()).or_default().extend(decides.then(|| name.clone()));
            }
        }
        with
    }

    /// Returns the place of a scope, which affects the methods of each revision that accept it.
    fn scope_place(&self, with: &[MethodsOfScopes; 2], old_scope: &str, new_scope: &str) -> Place {
        let mut place = Place {
            subject: format!("auth.scopes.{old_scope}"),
            label: old_scope.to_owned(),
            leaf: String::new(),
            pointer: String::new(),
            old: AffectedMethods::default(),
            new: AffectedMethods::default(),
            items: (None, None),
        };
        let set = |with: &MethodsOfScopes, scope: &str, index: &dyn Fn(&str) -> Option<usize>| {
            let mut set = MethodSet::default();
            let names = with.get(scope).into_iter().flatten();
            names.filter_map(|name| index(name)).for_each(|index| set.insert(index));
            AffectedMethods::request(set)
        };
        let [old, new] = with;
        place.old = set(old, old_scope, &|name| self.methods.index(name));
        place.new = set(new, new_scope, &|name| self.method_index(name));
        place
    }

    fn api_parameters(&mut self) {
        let (old, new) = (self.old, self.new);
        for name in old.parameters.keys().chain(new.parameters.keys()).collect::<BTreeSet<_>>() {
            let mut place =
                Place { label: format!("{name} of every method"), ..self.whole(format!("parameters.{name}")) };
            (place.old.response, place.new.response) = Default::default();
            match (old.parameters.get(name), new.parameters.get(name)) {
                (Some(a), Some(b)) => {
                    self.prose(&place, &a.doc, &b.doc);
                    self.kinds_of_text(&place, a, b);
                    if b.required && !a.required {
                        let message = format!("parameter `{name}` of every method becomes required");
                        let draft = Draft::new(&rules::API_PARAMETER_REQUIRED, &place, message);
                        self.push(draft.values(json!({"required": false}), json!({"required": true})));
                    }
                    self.api_parameter_marks(&place, name, (a, b));
                    self.value_constraints(&place, (&a.ty, &a.constraints), (&b.ty, &b.constraints));
                }
                (Some(a), None) => {
                    let draft = Draft::new(
                        &rules::API_PARAMETER_REMOVED,
                        &place,
                        format!("parameter `{name}` of every method removed"),
                    );
                    self.push(draft.before(crate::diff::describe::parameter(old, a)).doc(&a.doc));
                }
                (None, Some(b)) => {
                    let (rule, words) = match b.required {
                        true => (&rules::API_PARAMETER_REQUIRED, "added and required"),
                        false => (&rules::API_PARAMETER_ADDED, "added"),
                    };
                    // Requests of old clients lack it.
                    place.new = place.old.clone();
                    let draft = Draft::new(rule, &place, format!("parameter `{name}` of every method {words}"));
                    self.push(draft.after(crate::diff::describe::parameter(new, b)).doc(&b.doc));
                }
                (None, None) => {}
            }
        }
    }

    /// Compares marks of a parameter of every method, which has no item of its own in Rust.
    fn api_parameter_marks(&mut self, place: &Place, name: &str, (a, b): (&Parameter, &Parameter)) {
        let marks: [(_, _, _, &'static Rule, _, &'static Rule, _); 2] = [
            (
                "repeated",
                a.repeated,
                b.repeated,
                &rules::PARAMETER_REPEATED,
                "becomes repeated",
                &rules::PARAMETER_SINGLE,
                "is no longer repeated",
            ),
            (
                "deprecated",
                a.deprecated,
                b.deprecated,
                &rules::PARAMETER_DEPRECATED,
                "deprecated",
                &rules::PARAMETER_UNDEPRECATED,
                "no longer deprecated",
            ),
        ];
        for (mark, was, is, set, is_set, unset, is_unset) in marks {
            if was != is {
                let (rule, words) = if is { (set, is_set) } else { (unset, is_unset) };
                let draft = Draft::new(rule, place, format!("parameter `{name}` of every method {words}"));
                self.push(draft.values(json!({ mark: was }), json!({ mark: is })).in_rust(Bump::Patch));
            }
        }
    }

    /// Compares the deprecation of resources.
    fn resources(&mut self) {
        let (old, new) = (self.old, self.new);
        for resource in old.deprecated_resources.union(&new.deprecated_resources) {
            let (was, is) = (old.deprecated_resources.contains(resource), new.deprecated_resources.contains(resource));
            let has = |api: &Api| api.methods.keys().any(|name| within(name, resource));
            if was == is || !has(old) || !has(new) {
                continue;
            }
            let mut place = self.whole(format!("resources.{resource}"));
            (place.old, place.new) = (AffectedMethods::default(), AffectedMethods::default());
            for (name, _) in old.methods.iter().filter(|(name, _)| within(name, resource)) {
                if let Some(i) = self.methods.index(name) {
                    place.old.extend(&AffectedMethods::both(MethodSet::one(i)))
                }
            }
            for (name, _) in new.methods.iter().filter(|(name, _)| within(name, resource)) {
                if let Some(i) = self.method_index(name) {
                    place.new.extend(&AffectedMethods::both(MethodSet::one(i)))
                }
            }
            let draft = match is {
                true => Draft::new(&rules::RESOURCE_DEPRECATED, &place, format!("resource `{resource}` deprecated")),
                false => Draft::new(
                    &rules::RESOURCE_UNDEPRECATED,
                    &place,
                    format!("resource `{resource}` no longer deprecated"),
                ),
            };
            self.push(draft.values(was, is));
        }
    }
}

/// Returns `true` if both revisions of a method have the server of the API.
fn without_own_server((old, new): &(&Method, &Method)) -> bool {
    old.server.is_none() && new.server.is_none()
}

/// Returns `true` if a method requires a kind of credential.
fn requires(api: &Api, credential: &Credential) -> bool {
    let requirements = api.methods.values().flat_map(|method| &method.security);
    requirements.flat_map(|requirement| requirement.keys()).any(|one| one == credential)
}

/// Returns `true` if a method is in a resource.
pub(super) fn within(method: &str, resource: &str) -> bool {
    method.strip_prefix(resource).is_some_and(|rest| rest.starts_with('.'))
}
