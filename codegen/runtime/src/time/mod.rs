//! Points in time, durations and dates, as protobuf's JSON mapping writes them.

mod calendar;
mod date;
mod duration;
mod fraction;
#[cfg(feature = "jiff")]
mod jiff;
mod text;
mod timestamp;

pub use date::Date;
pub use duration::Duration;
pub use timestamp::Timestamp;

use std::fmt;

/// Error of parsing or creating a timestamp, duration or date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Error {
    expected: &'static str,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}", self.expected)
    }
}

impl std::error::Error for Error {}
