//! API keys.

use std::fmt;

use ::http::{HeaderMap, HeaderName, HeaderValue};

use super::Credentials;
use crate::http::error::Error;
use crate::http::transport::BoxFuture;
use crate::http::usage_error::UsageError;

/// An API key, sent as `x-goog-api-key`: never in the URL, which gets logged.
#[derive(Clone)]
pub struct ApiKey(HeaderValue);

impl ApiKey {
    /// A key.
    ///
    /// # Errors
    /// When it has characters that no header can have.
    pub fn new(key: &str) -> Result<Self, UsageError> {
        let fault = |_| UsageError::Header { name: "x-goog-api-key".to_owned() };
        let mut key = HeaderValue::try_from(key.trim()).map_err(fault)?;
        key.set_sensitive(true);
        Ok(Self(key))
    }
}

impl Credentials for ApiKey {
    fn headers(&self, _: &'static [&'static str]) -> BoxFuture<'_, Result<HeaderMap, Error>> {
        let headers = HeaderMap::from_iter([(HeaderName::from_static("x-goog-api-key"), self.0.clone())]);
        Box::pin(async { Ok(headers) })
    }
}

/// Does not show the key.
impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey")
    }
}
