//! API keys of Google's services.

use std::fmt;

use ::http::{HeaderMap, HeaderName, HeaderValue};

use super::Credentials;
use crate::http::descriptor::Method;
use crate::http::error::Error;
use crate::http::transport::BoxFuture;
use crate::http::usage_error::UsageError;

/// API key, sent in the header `x-goog-api-key`, never in the URL, which is logged.
#[derive(Clone)]
pub struct ApiKey(HeaderValue);

impl ApiKey {
    /// Creates credentials from a key.
    ///
    /// # Errors
    /// When the key has characters that are not allowed in a header.
    pub fn new(key: &str) -> Result<Self, UsageError> {
        let fault = |_| UsageError::Header { name: "x-goog-api-key".to_owned() };
        let mut key = HeaderValue::try_from(key.trim()).map_err(fault)?;
        key.set_sensitive(true);
        Ok(Self(key))
    }
}

impl Credentials for ApiKey {
    fn headers(&self, _: &'static Method) -> BoxFuture<'_, Result<HeaderMap, Error>> {
        let headers = HeaderMap::from_iter([(HeaderName::from_static("x-goog-api-key"), self.0.clone())]);
        Box::pin(async { Ok(headers) })
    }
}

/// Omits the key.
impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey")
    }
}
