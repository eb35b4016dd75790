//! Tokens, passwords and keys, sent where the document has them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use ::http::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName};
use base64::Engine;

use super::{Credentials, TokenProvider, bearer, secret};
use crate::http::descriptor::{Method, SecurityScheme};
use crate::http::error::Error;
use crate::http::percent;
use crate::http::transport::BoxFuture;
use crate::http::usage_error::UsageError;

/// Credentials of an API that is not Google's: tokens, passwords and keys.
///
/// A document states for each method which credentials it requires together, and the alternatives. A call sends those
/// of the first alternative for which all credentials are here, and no others. Without such an alternative it fails
/// with [`UsageError::Credentials`].
///
/// ```
/// use discovery_runtime::http::auth::Secrets;
///
/// let credentials = Secrets::new().with_api_key("X-Api-Key", "key").with_bearer("token");
/// ```
#[derive(Clone, Default)]
#[must_use]
pub struct Secrets {
    bearer: Option<Bearer>,
    /// User and password, as the header has them.
    basic: Option<String>,
    /// Keys by the name of the header, query parameter or cookie.
    keys: BTreeMap<String, String>,
}

#[derive(Clone)]
enum Bearer {
    Token(String),
    Provider(Arc<TokenProvider>),
}

impl Secrets {
    /// Creates credentials without any secret.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the bearer token, for bearer authentication, OAuth 2.0 and OpenID Connect.
    pub fn with_bearer(mut self, token: impl Into<String>) -> Self {
        self.bearer = Some(Bearer::Token(token.into()));
        self
    }

    /// Sets a function that returns the bearer token.
    pub fn with_token_provider(mut self, provider: TokenProvider) -> Self {
        self.bearer = Some(Bearer::Provider(Arc::new(provider)));
        self
    }

    /// Sets the user and the password of basic authentication.
    pub fn with_basic(mut self, user: &str, password: &str) -> Self {
        self.basic = Some(base64::engine::general_purpose::STANDARD.encode(format!("{user}:{password}")));
        self
    }

    /// Sets the key that is sent under this name: of a header in any case, of a query parameter, or of a cookie.
    pub fn with_api_key(mut self, name: impl Into<String>, key: impl Into<String>) -> Self {
        self.keys.insert(name.into(), key.into());
        self
    }

    fn key(&self, scheme: SecurityScheme) -> Option<&str> {
        let same = |name: &str| match scheme {
            SecurityScheme::Header(wanted) => wanted.eq_ignore_ascii_case(name),
            SecurityScheme::Query(wanted) | SecurityScheme::Cookie(wanted) => wanted == name,
            _ => false,
        };
        self.keys.iter().find(|(name, _)| same(name)).map(|(_, key)| key.as_str())
    }

    fn has(&self, scheme: SecurityScheme) -> bool {
        match scheme {
            SecurityScheme::Bearer => self.bearer.is_some(),
            SecurityScheme::Basic => self.basic.is_some(),
            SecurityScheme::Header(_) | SecurityScheme::Query(_) | SecurityScheme::Cookie(_) => {
                self.key(scheme).is_some()
            }
            SecurityScheme::Other(_) => false,
        }
    }

    /// Returns the schemes to send with a call of a method.
    ///
    /// # Errors
    /// When the method requires credentials that are not here.
    fn chosen(&self, method: &Method) -> Result<Vec<SecurityScheme>, UsageError> {
        if method.security.is_empty() {
            // The document states nothing: an `Authorization` header is the only place that is known.
            let stated = [SecurityScheme::Bearer, SecurityScheme::Basic];
            return Ok(stated.into_iter().find(|scheme| self.has(*scheme)).into_iter().collect());
        }
        let satisfied = |requirement: &&&[SecurityScheme]| requirement.iter().all(|scheme| self.has(*scheme));
        let mut satisfied = method.security.iter().filter(satisfied);
        // Credentials that are optional are sent if they are here.
        let first = satisfied.clone().find(|requirement| !requirement.is_empty()).or_else(|| satisfied.next());
        match first {
            Some(requirement) => Ok(requirement.to_vec()),
            None => Err(UsageError::Credentials { takes: method.takes() }),
        }
    }

    async fn token(&self, method: &'static Method) -> Result<HeaderMap, Error> {
        match &self.bearer {
            Some(Bearer::Provider(provider)) => provider.headers(method).await,
            Some(Bearer::Token(token)) => Ok(bearer(token)?),
            None => Ok(HeaderMap::new()),
        }
    }
}

impl Credentials for Secrets {
    fn headers(&self, method: &'static Method) -> BoxFuture<'_, Result<HeaderMap, Error>> {
        Box::pin(async move {
            let mut headers = HeaderMap::new();
            let mut cookies = Vec::new();
            for scheme in self.chosen(method)? {
                match scheme {
                    SecurityScheme::Bearer => headers.extend(self.token(method).await?),
                    SecurityScheme::Basic => {
                        let basic = self.basic.as_deref().unwrap_or_default();
                        headers.insert(AUTHORIZATION, secret(AUTHORIZATION, format!("Basic {basic}"))?);
                    }
                    SecurityScheme::Header(name) => {
                        let fault = |_| UsageError::Header { name: name.to_owned() };
                        let name = HeaderName::try_from(name).map_err(fault)?;
                        let key = self.key(scheme).unwrap_or_default().trim().to_owned();
                        headers.insert(name.clone(), secret(name, key)?);
                    }
                    SecurityScheme::Cookie(name) => {
                        cookies.push(format!("{name}={}", self.key(scheme).unwrap_or_default()));
                    }
                    SecurityScheme::Query(_) | SecurityScheme::Other(_) => {}
                }
            }
            if !cookies.is_empty() {
                headers.insert(COOKIE, secret(COOKIE, cookies.join("; "))?);
            }
            Ok(headers)
        })
    }

    fn refresh<'a>(
        &'a self,
        method: &'static Method,
        refused: &'a HeaderMap,
    ) -> BoxFuture<'a, Result<Option<HeaderMap>, Error>> {
        Box::pin(async move {
            // Only a function can return another token.
            let Some(Bearer::Provider(_)) = &self.bearer else {
                return Ok(None);
            };
            Ok(Some(self.headers(method).await?).filter(|fresh| fresh != refused))
        })
    }

    fn query(&self, method: &'static Method) -> Result<String, UsageError> {
        let mut query = String::new();
        for scheme in self.chosen(method)? {
            if let SecurityScheme::Query(name) = scheme {
                query.push_str(if query.is_empty() { "" } else { "&" });
                percent::encode_into(&mut query, name, &percent::UNRESERVED);
                query.push('=');
                percent::encode_into(&mut query, self.key(scheme).unwrap_or_default(), &percent::UNRESERVED);
            }
        }
        Ok(query)
    }
}

/// Omits the secrets.
impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets")
    }
}
