//! Access tokens from a function.

use std::fmt;

use ::http::HeaderMap;

use super::{Credentials, bearer};
use crate::http::descriptor::Method;
use crate::http::error::Error;
use crate::http::transport::BoxFuture;

type Cause = Box<dyn std::error::Error + Send + Sync>;
type Provide = dyn Fn() -> BoxFuture<'static, Result<String, Cause>> + Send + Sync;

/// Credentials from a function that returns an access token. The function is called before every attempt, and once more
/// when the service refuses the token with 401; it should keep a token until it expires.
///
/// With the Google Cloud CLI:
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
    /// Creates credentials from a function.
    pub fn new<F, T>(provide: F) -> Self
    where
        F: Fn() -> T + Send + Sync + 'static,
        T: Future<Output = Result<String, Cause>> + Send + 'static,
    {
        Self(Box::new(move || Box::pin(provide())))
    }
}

impl Credentials for TokenProvider {
    fn headers(&self, _: &'static Method) -> BoxFuture<'_, Result<HeaderMap, Error>> {
        let token = (self.0)();
        Box::pin(async {
            let token = token.await.map_err(Error::Credentials)?;
            Ok(bearer(&token)?)
        })
    }
}

impl fmt::Debug for TokenProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenProvider")
    }
}
