//! Points in time, durations and dates, as protobuf's JSON mapping writes them.

mod date;
mod duration;
mod timestamp;

pub use date::Date;
pub use duration::Duration;
pub use timestamp::Timestamp;
