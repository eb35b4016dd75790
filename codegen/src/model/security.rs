//! Credentials that an API requires.

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
