//! Options of calls.

use std::fmt;
use std::time::Duration;

use ::http::header::{CONNECTION, CONTENT_LENGTH, HOST, TE, TRAILER, TRANSFER_ENCODING, UPGRADE};
use ::http::{HeaderMap, HeaderName, HeaderValue};

use super::retry::RetryPolicy;
use super::usage_error::UsageError;

/// Options of a call of any method: parameters that all methods have, headers, timeouts, and retries.
///
/// The options of a call take precedence over those of its [`Client`](super::Client), one by one.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct CallOptions {
    pub(crate) fields: Option<String>,
    pub(crate) quota_user: Option<String>,
    pub(crate) pretty_print: Option<bool>,
    pub(crate) xgafv: Option<String>,
    pub(crate) headers: HeaderMap,
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) idempotent: Option<bool>,
    pub(crate) response_limit: Option<u64>,
    pub(crate) fault: Option<UsageError>,
}

impl CallOptions {
    /// Returns options of which none is set.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the fields of the response, such as `tunedModels(name,state),nextPageToken` (`fields`).
    #[must_use]
    pub fn with_fields(mut self, fields: impl Into<String>) -> Self {
        self.fields = Some(fields.into());
        self
    }

    /// Sets the user whose quota the call counts against, any string of up to 40 characters (`quotaUser`).
    #[must_use]
    pub fn with_quota_user(mut self, user: impl Into<String>) -> Self {
        self.quota_user = Some(user.into());
        self
    }

    /// Sets whether the response is indented (`prettyPrint`).
    #[must_use]
    pub fn with_pretty_print(mut self, pretty: bool) -> Self {
        self.pretty_print = Some(pretty);
        self
    }

    /// Sets the version of the error format, `1` or `2` (`$.xgafv`).
    #[must_use]
    pub fn with_error_format(mut self, version: impl Into<String>) -> Self {
        self.xgafv = Some(version.into());
        self
    }

    /// Sets the project that is billed and whose quota is used (`x-goog-user-project`).
    #[must_use]
    pub fn with_user_project(self, project: &str) -> Self {
        self.with_header("x-goog-user-project", project)
    }

    /// Sets a header, replacing one of the same name that the call would have. The call fails with
    /// [`UsageError::Header`] if HTTP does not allow the name or the value, and with [`UsageError::ReservedHeader`]
    /// for the headers that state where a request ends and which server it is for: those are the transport's.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            (Ok(name), _) if is_reserved(&name) => {
                self.fault = Some(UsageError::ReservedHeader { name: name.to_string() });
            }
            (Ok(name), Ok(value)) => drop(self.headers.insert(name, value)),
            _ => self.fault = Some(UsageError::Header { name: name.to_owned() }),
        }
        self
    }

    /// Sets the time limit of the whole call, with all attempts and waits; for a stream, until it begins. By default
    /// there is none.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets the time limit of one attempt; for a stream, until it begins, and then from one chunk to the next. The
    /// default is five minutes.
    #[must_use]
    pub fn with_attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// Sets the retry policy.
    #[must_use]
    pub fn with_retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Sets whether the call can be repeated without further effect, regardless of its method.
    #[must_use]
    pub fn with_idempotent(mut self, idempotent: bool) -> Self {
        self.idempotent = Some(idempotent);
        self
    }

    /// Sets the size limit of the response, in bytes after decompression; for a stream, of each message. The default is
    /// 256 MiB.
    #[must_use]
    pub fn with_response_limit(mut self, bytes: u64) -> Self {
        self.response_limit = Some(bytes);
        self
    }

    /// Fills options that are not set with those of `base`.
    pub(crate) fn or(mut self, base: &Self) -> Self {
        fn fill<T: Clone>(own: &mut Option<T>, base: &Option<T>) {
            if own.is_none() {
                own.clone_from(base);
            }
        }
        fill(&mut self.fields, &base.fields);
        fill(&mut self.quota_user, &base.quota_user);
        fill(&mut self.pretty_print, &base.pretty_print);
        fill(&mut self.xgafv, &base.xgafv);
        fill(&mut self.timeout, &base.timeout);
        fill(&mut self.attempt_timeout, &base.attempt_timeout);
        fill(&mut self.retry, &base.retry);
        fill(&mut self.idempotent, &base.idempotent);
        fill(&mut self.response_limit, &base.response_limit);
        fill(&mut self.fault, &base.fault);
        for (name, value) in &base.headers {
            if !self.headers.contains_key(name) {
                self.headers.append(name, value.clone());
            }
        }
        self
    }
}

/// Returns `true` for headers that belong to the connection and to the framing of a message (RFC 9110, section 7.6.1,
/// and RFC 9112, section 6): whoever sets them could make one request look like two.
pub(crate) fn is_reserved(name: &HeaderName) -> bool {
    [HOST, CONTENT_LENGTH, TRANSFER_ENCODING, CONNECTION, TE, TRAILER, UPGRADE].contains(name)
        || matches!(name.as_str(), "keep-alive" | "proxy-connection")
}

/// Shows the names of headers without their values, which may be secret.
impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallOptions")
            .field("fields", &self.fields)
            .field("quota_user", &self.quota_user)
            .field("pretty_print", &self.pretty_print)
            .field("xgafv", &self.xgafv)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("retry", &self.retry)
            .field("idempotent", &self.idempotent)
            .field("response_limit", &self.response_limit)
            .finish_non_exhaustive()
    }
}
