//! Credentials that callers need.

use super::reader::Reader;
use super::view::View;
use crate::model::{Api, Credential, KeyLocation, Requirement};
use std::collections::{BTreeMap, BTreeSet};

impl<'a> Reader<'a> {
    /// Reads the scopes of all security schemes, and reports schemes that clients cannot satisfy.
    pub(super) fn security(&mut self, root: &View<'a>, api: &mut Api) {
        let schemes = root.get("components").and_then(|components| self.object(&components, "securitySchemes"));
        for (name, scheme) in schemes.iter().flat_map(View::members) {
            let Some(scheme) = self.target(&scheme) else {
                continue;
            };
            match credential(&scheme) {
                Some(Credential::OAuth2) => {
                    for (_, flow) in scheme.get("flows").iter().flat_map(View::members) {
                        for (scope, doc) in flow.get("scopes").iter().flat_map(View::members) {
                            api.scopes.insert(scope.to_owned(), doc.node.text().unwrap_or_default().to_owned());
                        }
                    }
                }
                Some(Credential::OpenIdConnect) => {}
                Some(Credential::Http(scheme)) if matches!(scheme.as_str(), "bearer" | "basic") => {}
                Some(Credential::ApiKey { .. }) => {}
                _ => {
                    let keys = ["scheme", "in", "type"];
                    let kind = keys.into_iter().find_map(|key| scheme.text(key)).unwrap_or("unknown");
                    self.skip(&scheme, format!("security scheme {name}"), format!("unsupported credentials: {kind}"));
                }
            }
        }
    }

    /// Returns the URLs at which callers get the tokens of the schemes that the document requires.
    pub(super) fn token_urls(&mut self, root: &View<'a>) -> BTreeMap<String, String> {
        let mut urls: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut add = |key: String, url: View<'a>| {
            urls.entry(key).or_default().extend(url.node.text().map(str::to_owned));
        };
        for name in std::mem::take(&mut self.required_schemes) {
            let scheme = root.at(["components", "securitySchemes", name]).and_then(|scheme| self.target(&scheme));
            for (flow, stated) in
                scheme.iter().filter_map(|scheme| scheme.get("flows")).flat_map(|flows| flows.members())
            {
                for key in ["authorizationUrl", "tokenUrl", "refreshUrl", "deviceAuthorizationUrl"] {
                    stated.get(key).into_iter().for_each(|url| add(format!("{flow} {key}"), url));
                }
            }
            let connect = scheme.and_then(|scheme| scheme.get("openIdConnectUrl"));
            connect.into_iter().for_each(|url| add("openIdConnectUrl".to_owned(), url));
        }
        urls.into_iter().map(|(key, urls)| (key, urls.into_iter().collect::<Vec<_>>().join(", "))).collect()
    }

    /// Returns the alternatives of credentials that an operation asks for: its own, or those of the document.
    pub(super) fn requirements(&mut self, root: &View<'a>, operation: &View<'a>) -> Vec<Requirement> {
        let mut alternatives = Vec::new();
        let mut seen = BTreeSet::new();
        let mut unknown = BTreeSet::new();
        for alternative in &self.required(root, operation) {
            let mut requirement = Requirement::new();
            for (name, scopes) in alternative.members() {
                let scheme = root.get("components").and_then(|c| c.get("securitySchemes")).and_then(|s| s.get(name));
                self.required_schemes.insert(name);
                if let Some(credential) = scheme.and_then(|scheme| self.target(&scheme)).and_then(|s| credential(&s)) {
                    let scopes = scopes.items().filter_map(|scope| scope.node.text().map(str::to_owned));
                    requirement.entry(credential).or_default().extend(scopes);
                }
            }
            // Unknown credentials are not those of callers without any.
            let names: Vec<&str> = alternative.members().map(|(name, _)| name).collect();
            if requirement.is_empty() && !names.is_empty() {
                unknown.insert(names.join(" and "));
            } else if seen.insert(requirement.clone()) {
                alternatives.push(requirement);
            }
        }
        if alternatives.is_empty() {
            let all = unknown.into_iter().map(|name| Requirement::from([(Credential::Unknown(name), BTreeSet::new())]));
            alternatives.extend(all);
        }
        alternatives
    }

    fn required(&mut self, root: &View<'a>, operation: &View<'a>) -> Vec<View<'a>> {
        if operation.node.get("security").is_some() {
            return self.list(operation, "security").iter().flat_map(View::items).collect();
        }
        let of_document = self.list(root, "security").filter(|list| self.may_repeat(operation, list));
        of_document.iter().flat_map(View::items).collect()
    }

    /// Returns the scopes that an operation names, of its own requirements or of the document's.
    pub(super) fn scopes(&mut self, root: &View<'a>, operation: &View<'a>) -> Vec<String> {
        let mut scopes = Vec::new();
        let mut seen = BTreeSet::new();
        for requirement in self.required(root, operation) {
            for (scheme, wanted) in requirement.members() {
                let schemes = root.at(["components", "securitySchemes"]);
                if schemes.as_ref().is_none_or(|schemes| schemes.node.get(scheme).is_none()) {
                    let warning = self.warning_at(&wanted, format!("unknown security scheme `{scheme}`"));
                    let names = schemes.iter().flat_map(View::members).map(|(name, _)| name);
                    let names = names.take(self.diagnostics.candidates());
                    self.report(&wanted, warning.suggest(scheme, names));
                }
                for scope in wanted.items().filter_map(|scope| scope.node.text()) {
                    if seen.insert(scope) {
                        scopes.push(scope.to_owned());
                    }
                }
            }
        }
        scopes
    }
}

/// Returns the kind of credential of a security scheme. Its kind, its place and HTTP schemes are known by any case.
fn credential(scheme: &View<'_>) -> Option<Credential> {
    Some(match scheme.text("type")?.to_ascii_lowercase().as_str() {
        "oauth2" => Credential::OAuth2,
        "openidconnect" => Credential::OpenIdConnect,
        "mutualtls" => Credential::MutualTls,
        "http" => Credential::Http(scheme.text("scheme").filter(|name| is_token(name))?.to_ascii_lowercase()),
        "apikey" => {
            let name = scheme.text("name")?;
            let place = scheme.text("in")?.to_ascii_lowercase();
            if place != "query" && !is_token(name) {
                return None;
            }
            let (location, name) = match place.as_str() {
                // Names of headers are the same in any case.
                "header" => (KeyLocation::Header, name.to_ascii_lowercase()),
                "query" => (KeyLocation::Query, name.to_owned()),
                "cookie" => (KeyLocation::Cookie, name.to_owned()),
                _ => return None,
            };
            Credential::ApiKey { location, name }
        }
        _ => return None,
    })
}

/// Returns `true` for the name of a header, a cookie or an HTTP scheme (RFC 9110, section 5.6.2).
pub(super) fn is_token(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}
