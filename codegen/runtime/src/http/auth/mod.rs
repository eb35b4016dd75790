//! Credentials.

#[cfg(feature = "adc")]
mod adc;
#[cfg(feature = "api-key")]
mod api_key;
mod token;

#[cfg(feature = "adc")]
pub use adc::ApplicationDefault;
#[cfg(feature = "api-key")]
pub use api_key::ApiKey;
pub use token::TokenProvider;

use ::http::HeaderMap;

use super::error::Error;
use super::transport::BoxFuture;

/// Headers that authenticate a caller.
pub trait Credentials: Send + Sync + 'static {
    /// Returns the headers for a method that requires one of `scopes`. Called before every attempt: an implementation
    /// keeps a token until it expires.
    fn headers(&self, scopes: &'static [&'static str]) -> BoxFuture<'_, Result<HeaderMap, Error>>;

    /// Returns fresh headers after the service has answered `refused` with 401, as when a token was revoked; `None` when
    /// there are no others. Called once in a call. By default asks [`Self::headers`] again.
    fn refresh<'a>(
        &'a self,
        scopes: &'static [&'static str],
        refused: &'a HeaderMap,
    ) -> BoxFuture<'a, Result<Option<HeaderMap>, Error>> {
        let headers = self.headers(scopes);
        Box::pin(async move { Ok(Some(headers.await?).filter(|fresh| fresh != refused)) })
    }
}
