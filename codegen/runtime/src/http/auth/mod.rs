//! Credentials of callers.

#[cfg(feature = "adc")]
mod adc;
#[cfg(feature = "api-key")]
mod api_key;
mod secrets;
mod token;

#[cfg(feature = "adc")]
pub use adc::ApplicationDefault;
#[cfg(feature = "api-key")]
pub use api_key::ApiKey;
pub use secrets::Secrets;
pub use token::TokenProvider;

use ::http::header::AUTHORIZATION;
use ::http::{HeaderMap, HeaderName, HeaderValue};

use super::descriptor::Method;
use super::error::Error;
use super::transport::BoxFuture;
use super::usage_error::UsageError;

/// Headers, and parts of the query, that authenticate a caller.
pub trait Credentials: Send + Sync + 'static {
    /// Returns the headers for a method, which states the scopes and the schemes that it takes. Called before every
    /// attempt: an implementation keeps a token until it expires.
    fn headers(&self, method: &'static Method) -> BoxFuture<'_, Result<HeaderMap, Error>>;

    /// Returns fresh headers after the service responded to `refused` with 401, as when a token was revoked; `None`
    /// when there are no others. Called once in a call. By default calls [`Self::headers`] again.
    fn refresh<'a>(
        &'a self,
        method: &'static Method,
        refused: &'a HeaderMap,
    ) -> BoxFuture<'a, Result<Option<HeaderMap>, Error>> {
        let headers = self.headers(method);
        Box::pin(async move { Ok(Some(headers.await?).filter(|fresh| fresh != refused)) })
    }

    /// Returns the part of the query that authenticates calls of a method, encoded; empty by default. It is not logged.
    ///
    /// # Errors
    /// When the method requires other credentials.
    fn query(&self, method: &'static Method) -> Result<String, UsageError> {
        let _ = method;
        Ok(String::new())
    }
}

/// Returns the value of a header that logs do not show.
fn secret(name: HeaderName, value: String) -> Result<HeaderValue, UsageError> {
    let mut value = HeaderValue::try_from(value).map_err(|_| UsageError::Header { name: name.to_string() })?;
    value.set_sensitive(true);
    Ok(value)
}

/// Returns the header of a bearer token.
fn bearer(token: &str) -> Result<HeaderMap, UsageError> {
    Ok(HeaderMap::from_iter([(AUTHORIZATION, secret(AUTHORIZATION, format!("Bearer {}", token.trim()))?)]))
}
