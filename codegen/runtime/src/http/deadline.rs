//! Instants in the future.

use std::time::Duration;

use tokio::time::Instant;

/// A time that no call outlasts, and that every clock can add to the present.
const CENTURY: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// Returns the instant that is `duration` from now, or a century if that is less: clocks cannot count up to
/// [`Duration::MAX`].
pub(crate) fn from_now(duration: Duration) -> Instant {
    let now = Instant::now();
    now.checked_add(duration.min(CENTURY)).unwrap_or(now)
}
