//! Application Default Credentials.

use std::collections::HashMap;
use std::fmt;
use std::sync::Mutex;

use ::http::HeaderMap;
use google_cloud_auth::credentials::{Builder, CacheableResource, Credentials as Google};

use super::Credentials;
use crate::http::descriptor::Method;
use crate::http::error::Error;
use crate::http::reqwest_transport::ensure_crypto;
use crate::http::transport::BoxFuture;

/// Scope of all Google Cloud services.
const CLOUD_PLATFORM: &str = "https://www.googleapis.com/auth/cloud-platform";

/// [Application Default Credentials](https://cloud.google.com/docs/authentication/application-default-credentials): of a
/// user, a service account, the metadata server, an impersonated account or an external one, as the environment
/// defines.
///
/// Tokens are obtained on first use and kept until they expire. Their scope is `cloud-platform` if the document lists
/// it for the method or lists none, since the environment's credentials usually have it; otherwise all listed scopes.
#[derive(Default)]
pub struct ApplicationDefault {
    scopes: Option<Vec<String>>,
    by_scopes: Mutex<HashMap<Vec<String>, Google>>,
}

impl ApplicationDefault {
    /// Creates credentials from the environment.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the scopes, regardless of those that the document lists.
    #[must_use]
    pub fn with_scopes(mut self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    fn scopes(&self, listed: &'static [&'static str]) -> Vec<String> {
        match &self.scopes {
            Some(scopes) => scopes.clone(),
            None if listed.is_empty() || listed.contains(&CLOUD_PLATFORM) => {
                vec![CLOUD_PLATFORM.to_owned()]
            }
            None => listed.iter().map(|scope| (*scope).to_owned()).collect(),
        }
    }

    fn google(&self, listed: &'static [&'static str]) -> Result<Google, Error> {
        let scopes = self.scopes(listed);
        let mut by_scopes = self.by_scopes.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(google) = by_scopes.get(&scopes) {
            return Ok(google.clone());
        }
        ensure_crypto();
        let google =
            Builder::default().with_scopes(scopes.clone()).build().map_err(|error| Error::Credentials(error.into()))?;
        by_scopes.insert(scopes, google.clone());
        Ok(google)
    }
}

impl Credentials for ApplicationDefault {
    fn headers(&self, method: &'static Method) -> BoxFuture<'_, Result<HeaderMap, Error>> {
        Box::pin(async move {
            let google = self.google(method.scopes)?;
            match google.headers(::http::Extensions::new()).await {
                Ok(CacheableResource::New { data, .. }) => Ok(data),
                // Returned only to callers that send an entity tag, which this one does not.
                Ok(CacheableResource::NotModified) => Ok(HeaderMap::new()),
                Err(error) => Err(Error::Credentials(error.into())),
            }
        })
    }

    /// Drops the tokens for the scopes of the method, and obtains new ones.
    fn refresh<'a>(
        &'a self,
        method: &'static Method,
        refused: &'a HeaderMap,
    ) -> BoxFuture<'a, Result<Option<HeaderMap>, Error>> {
        let mut by_scopes = self.by_scopes.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        by_scopes.remove(&self.scopes(method.scopes));
        drop(by_scopes);
        let headers = self.headers(method);
        Box::pin(async move { Ok(Some(headers.await?).filter(|fresh| fresh != refused)) })
    }
}

impl fmt::Debug for ApplicationDefault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApplicationDefault").field("scopes", &self.scopes).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_by_method() {
        const TUNING: &str = "https://www.googleapis.com/auth/generative-language.tuning";
        let scopes = |listed| ApplicationDefault::new().scopes(listed);
        assert_eq!(scopes(&[TUNING, CLOUD_PLATFORM]), [CLOUD_PLATFORM]);
        assert_eq!(scopes(&[TUNING]), [TUNING]);
        assert_eq!(scopes(&[]), [CLOUD_PLATFORM]);
        assert_eq!(ApplicationDefault::new().with_scopes(["x"]).scopes(&[TUNING]), ["x"]);
    }
}
