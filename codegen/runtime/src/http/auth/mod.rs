//! Who calls: credentials.

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

/// Who calls.
pub trait Credentials: Send + Sync + 'static {
    /// The headers that prove it, for a method of which one of `scopes` suffices. Asked for before every attempt, so it
    /// is for the implementation to keep what is still valid.
    fn headers(&self, scopes: &'static [&'static str]) -> BoxFuture<'_, Result<HeaderMap, Error>>;
}
