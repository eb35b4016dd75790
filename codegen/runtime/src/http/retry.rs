//! Retries of requests.

use std::time::Duration;

/// Retry policy of requests.
///
/// A call of an idempotent method is retried after a lost connection, an attempt that timed out, or one of the statuses
/// 408, 429, 500, 502, 503 and 504. Any call is retried when no connection could be established, since nothing was
/// sent. The wait before each attempt is random, and its upper bound doubles (exponential backoff with jitter). A
/// service may ask for a longer wait (`Retry-After`, `google.rpc.RetryInfo`), up to [`Self::max_server_delay`]; when it
/// asks for more, as when a daily quota is exhausted, the call fails at once with the service's error, which has the
/// wait.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// The maximum number of attempts; 1 for no retry.
    pub max_attempts: u32,
    /// The first wait, before jitter.
    pub min_delay: Duration,
    /// The longest wait, before jitter.
    pub max_delay: Duration,
    /// The longest wait that a service may ask for.
    pub max_server_delay: Duration,
}

impl RetryPolicy {
    /// Policy that never retries.
    pub const NEVER: Self = Self {
        max_attempts: 1,
        min_delay: Duration::ZERO,
        max_delay: Duration::ZERO,
        max_server_delay: Duration::ZERO,
    };

    /// Sets the maximum number of attempts, at least 1.
    #[must_use]
    pub fn with_max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts.max(1);
        self
    }

    /// Sets the first and the longest wait, before jitter.
    #[must_use]
    pub fn with_delays(mut self, min: Duration, max: Duration) -> Self {
        self.min_delay = min;
        self.max_delay = max;
        self
    }

    /// Sets the longest wait that a service may ask for.
    #[must_use]
    pub fn with_max_server_delay(mut self, max: Duration) -> Self {
        self.max_server_delay = max;
        self
    }
}

/// Five attempts, with waits of one second to half a minute between them, and of at most a minute when a service asks.
impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 5,
            min_delay: Duration::from_secs(1),
            max_delay: Duration::from_secs(30),
            max_server_delay: Duration::from_secs(60),
        }
    }
}
