//! Who may call.

use super::files::View;
use super::reader::Reader;
use crate::model::Api;

impl<'a> Reader<'a> {
    /// Reads the scopes of all schemes; names the schemes that a client cannot satisfy.
    pub(super) fn security(&mut self, root: &View<'a>, api: &mut Api) {
        let schemes = root.get("components").and_then(|components| self.object(&components, "securitySchemes"));
        for (name, scheme) in schemes.iter().flat_map(View::members) {
            let Some(scheme) = self.target(&scheme) else {
                continue;
            };
            match (scheme.text("type"), scheme.text("in"), scheme.text("scheme")) {
                (Some("oauth2"), ..) => {
                    for (_, flow) in scheme.get("flows").iter().flat_map(View::members) {
                        for (scope, doc) in flow.get("scopes").iter().flat_map(View::members) {
                            api.scopes.insert(scope.to_owned(), doc.node.text().unwrap_or_default().to_owned());
                        }
                    }
                }
                (Some("openIdConnect"), ..) | (Some("http"), _, Some("bearer")) => {}
                // A header and a query parameter can be set on every call.
                (Some("apiKey"), Some("header" | "query"), _) => {}
                (kind, place, scheme_name) => {
                    let what = scheme_name.or(place).or(kind).unwrap_or("nothing");
                    self.skip(
                        &scheme,
                        format!("security scheme {name}"),
                        format!("credentials of this kind are not sent: {what}"),
                    );
                }
            }
        }
    }

    /// The scopes of which a caller needs one: of the operation's own requirements, else of the document's.
    pub(super) fn scopes(&mut self, root: &View<'a>, operation: &View<'a>) -> Vec<String> {
        let holder = if operation.node.get("security").is_some() { operation } else { root };
        let mut scopes = Vec::new();
        for requirement in self.list(holder, "security").iter().flat_map(View::items) {
            for (scheme, wanted) in requirement.members() {
                if self.files.root().node.at(["components", "securitySchemes", scheme]).is_none() {
                    let schemes = self.files.root().get("components").and_then(|c| c.get("securitySchemes"));
                    let names: Vec<&str> = schemes.iter().flat_map(View::members).map(|(name, _)| name).collect();
                    let error = self.fault(&wanted, format!("`security` names a scheme that is not there: `{scheme}`"));
                    self.tell(error.suggest(scheme, names));
                }
                for scope in wanted.items().filter_map(|scope| scope.node.text()) {
                    if !scopes.iter().any(|known| known == scope) {
                        scopes.push(scope.to_owned());
                    }
                }
            }
        }
        scopes
    }
}
