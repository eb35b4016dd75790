//! Credentials that an API requires.

use super::Method;
use std::collections::{BTreeMap, BTreeSet};

/// Kind of credential that a caller presents.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Credential {
    /// Secret sent under a fixed name.
    ApiKey {
        /// Part of the request that carries it.
        location: KeyLocation,
        /// Name of the header, query parameter or cookie.
        name: String,
    },
    /// `Authorization` header with this scheme, in lower case: `bearer`, `basic`.
    Http(String),
    /// OAuth 2.0 access token, sent as a bearer token.
    OAuth2,
    /// OpenID Connect token, sent as a bearer token.
    OpenIdConnect,
    /// Client certificate.
    MutualTls,
    /// Credential of a scheme that the document does not declare, or whose type is unknown, by its name.
    Unknown(String),
}

/// Part of a request that carries an API key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyLocation {
    /// Header.
    Header,
    /// Query parameter.
    Query,
    /// Cookie.
    Cookie,
}

impl KeyLocation {
    /// Returns the name of the part as OpenAPI spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            KeyLocation::Header => "header",
            KeyLocation::Query => "query",
            KeyLocation::Cookie => "cookie",
        }
    }
}

/// Credentials that a call requires together, each with all of its required scopes. An empty requirement allows calls
/// without credentials.
pub type Requirement = BTreeMap<Credential, BTreeSet<String>>;

/// Credential as a client sends it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SentCredential {
    /// Bearer token, whichever scheme it is of.
    Bearer,
    /// User and password.
    Basic,
    /// Secret sent under a fixed name.
    ApiKey {
        /// Part of the request that carries it.
        location: KeyLocation,
        /// Name of the header, query parameter or cookie.
        name: String,
    },
    /// `Authorization` header with another scheme.
    Other(String),
}

impl SentCredential {
    fn of(credential: &Credential) -> Option<Self> {
        Some(match credential {
            Credential::OAuth2 | Credential::OpenIdConnect => SentCredential::Bearer,
            Credential::Http(scheme) => match scheme.as_str() {
                "bearer" => SentCredential::Bearer,
                "basic" => SentCredential::Basic,
                other => SentCredential::Other(other.to_owned()),
            },
            Credential::ApiKey { location, name } => SentCredential::ApiKey { location: *location, name: name.clone() },
            // A certificate belongs to the connection.
            Credential::MutualTls | Credential::Unknown(_) => return None,
        })
    }
}

/// Returns the alternatives of what a client sends with a call of a method, in the order of the document. An empty
/// alternative is a call without credentials; there are no alternatives if the document states none for any method, by
/// [`Api::states_credentials`](super::Api::states_credentials).
pub fn sent_credentials(method: &Method, states_credentials: bool) -> Vec<Vec<SentCredential>> {
    let mut alternatives: Vec<Vec<SentCredential>> = Vec::new();
    let mut seen = BTreeSet::new();
    for requirement in &method.security {
        let mut sent: Vec<SentCredential> = Vec::new();
        let mut seen_here = BTreeSet::new();
        for credential in requirement.keys().filter_map(SentCredential::of) {
            if seen_here.insert(credential.clone()) {
                sent.push(credential);
            }
        }
        if seen.insert(sent.clone()) {
            alternatives.push(sent);
        }
    }
    if alternatives.is_empty() && states_credentials {
        alternatives.push(Vec::new());
    }
    alternatives
}
