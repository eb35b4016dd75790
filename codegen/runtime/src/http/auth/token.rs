//! Access tokens from wherever you have them.

use std::fmt;

use ::http::header::{AUTHORIZATION, HeaderMap, HeaderValue};

use super::Credentials;
use crate::http::error::Error;
use crate::http::transport::BoxFuture;
use crate::http::usage_error::UsageError;

type Cause = Box<dyn std::error::Error + Send + Sync>;
type Provide = dyn Fn() -> BoxFuture<'static, Result<String, Cause>> + Send + Sync;

/// A function of your own that gives an access token. It is asked before every attempt, and should keep a token until
/// it expires.
///
/// The way of a shell, with the Google Cloud CLI:
///
/// ```
/// use discovery_runtime::http::auth::TokenProvider;
///
/// let credentials = TokenProvider::new(|| async {
///     let output = std::process::Command::new("gcloud")
///         .args(["auth", "application-default", "print-access-token"])
///         .output()?;
///     if !output.status.success() {
///         return Err(String::from_utf8_lossy(&output.stderr).into());
///     }
///     Ok(String::from_utf8(output.stdout)?)
/// });
/// ```
pub struct TokenProvider(Box<Provide>);

impl TokenProvider {
    /// Credentials that are what `provide` gives.
    pub fn new<F, T>(provide: F) -> Self
    where
        F: Fn() -> T + Send + Sync + 'static,
        T: Future<Output = Result<String, Cause>> + Send + 'static,
    {
        Self(Box::new(move || Box::pin(provide())))
    }
}

impl Credentials for TokenProvider {
    fn headers(&self, _: &'static [&'static str]) -> BoxFuture<'_, Result<HeaderMap, Error>> {
        let token = (self.0)();
        Box::pin(async {
            let token = token.await.map_err(Error::Credentials)?;
            let value = HeaderValue::try_from(format!("Bearer {}", token.trim()));
            let mut value = value.map_err(|_| UsageError::Header { name: AUTHORIZATION.to_string() })?;
            value.set_sensitive(true);
            Ok(HeaderMap::from_iter([(AUTHORIZATION, value)]))
        })
    }
}

impl fmt::Debug for TokenProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenProvider")
    }
}
