//! Durations of protobuf, which may be negative.

use std::fmt;
use std::str::FromStr;

use super::fraction;
use super::text::Text;
use crate::codec::JsonCodec;
use crate::json::{Error, Reader, Writer};
use crate::message::ValueEncoding;

/// A duration, positive or negative, to the nanosecond, of at most 315,576,000,000 seconds either way
/// (`google.protobuf.Duration`). In JSON a string such as `1.5s`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration {
    seconds: i64,
    /// Has the sign of `seconds`.
    nanos: i32,
}

const INVALID: super::Error = super::Error { expected: "a duration such as \"1.5s\", of at most 315576000000 seconds" };
const MAX: i64 = 315_576_000_000;

impl Duration {
    /// Creates a duration of seconds and nanoseconds, both of the same sign.
    ///
    /// # Errors
    /// When there are too many seconds, a billion nanoseconds or more, or the signs differ.
    pub fn new(seconds: i64, nanos: i32) -> Result<Self, super::Error> {
        let one_sign = seconds == 0 || nanos == 0 || (seconds < 0) == (nanos < 0);
        if (-MAX..=MAX).contains(&seconds) && nanos.unsigned_abs() < 1_000_000_000 && one_sign {
            Ok(Self { seconds, nanos })
        } else {
            Err(INVALID)
        }
    }

    /// Returns the whole seconds, rounded towards zero.
    #[must_use]
    pub fn seconds(self) -> i64 {
        self.seconds
    }

    /// Returns the nanoseconds beyond the whole seconds, of the same sign.
    #[must_use]
    pub fn nanos(self) -> i32 {
        self.nanos
    }
}

impl FromStr for Duration {
    type Err = super::Error;

    fn from_str(text: &str) -> Result<Self, super::Error> {
        parse(text).map(|(duration, _)| duration).ok_or(INVALID)
    }
}

/// Parses a duration. Returns `true` if digits beyond nanoseconds were cut off.
fn parse(text: &str) -> Option<(Duration, bool)> {
    let number = text.strip_suffix('s')?;
    let (negative, number) = match number.strip_prefix('-') {
        Some(number) => (true, number),
        None => (false, number),
    };
    let (whole, (nanos, lossy)) = match number.split_once('.') {
        Some((whole, digits)) => (whole, fraction::parse(digits)?),
        None => (number, (0, false)),
    };
    if !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let seconds: i64 = whole.parse().ok()?;
    let nanos = i32::try_from(nanos).ok()?;
    let duration = if negative {
        Duration::new(seconds.checked_neg()?, nanos.checked_neg()?)
    } else {
        Duration::new(seconds, nanos)
    };
    Some((duration.ok()?, lossy))
}

impl Duration {
    fn text(self) -> Text {
        let mut text = Text::new();
        if self.seconds < 0 || self.nanos < 0 {
            text.push(b'-');
        }
        text.number(self.seconds.unsigned_abs());
        text.fraction(self.nanos.unsigned_abs());
        text.push(b's');
        text
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

impl TryFrom<std::time::Duration> for Duration {
    type Error = super::Error;

    fn try_from(duration: std::time::Duration) -> Result<Self, super::Error> {
        let seconds = i64::try_from(duration.as_secs()).map_err(|_| INVALID)?;
        Self::new(seconds, i32::try_from(duration.subsec_nanos()).map_err(|_| INVALID)?)
    }
}

impl TryFrom<Duration> for std::time::Duration {
    type Error = super::Error;

    /// Fails when the duration is negative.
    fn try_from(duration: Duration) -> Result<Self, super::Error> {
        match (u64::try_from(duration.seconds), u32::try_from(duration.nanos)) {
            (Ok(seconds), Ok(nanos)) => Ok(Self::new(seconds, nanos)),
            _ => Err(super::Error { expected: "a duration that is not negative" }),
        }
    }
}

impl JsonCodec for Duration {
    fn empty() -> Self {
        Self::default()
    }

    fn read(&mut self, reader: &mut Reader<'_>, _: ValueEncoding) -> Result<(), Error> {
        *self = reader.parsed(INVALID.expected, parse)?;
        Ok(())
    }

    fn write(&self, writer: &mut Writer, _: ValueEncoding) {
        writer.bare(self.text().as_str());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_written_in_three_digits_at_a_time() {
        for (text, written) in [
            ("0s", "0s"),
            ("1.5s", "1.500s"),
            ("-0.000001s", "-0.000001s"),
            ("-1.000000001s", "-1.000000001s"),
            ("315576000000s", "315576000000s"),
            ("-315576000000s", "-315576000000s"),
        ] {
            assert_eq!(text.parse::<Duration>().unwrap().to_string(), written);
        }
    }

    #[test]
    fn invalid_durations_are_errors() {
        for text in
            ["", "s", "1", "1.s", ".5s", "+1s", "1e3s", "--1s", "1.-5s", "315576000001s", "1.000000000xs", "1 s"]
        {
            assert!(text.parse::<Duration>().is_err(), "{text}");
        }
    }

    #[test]
    fn durations_of_std_are_converted() {
        let half = std::time::Duration::from_millis(1500);
        assert_eq!(std::time::Duration::try_from(Duration::try_from(half).unwrap()), Ok(half));
        assert!(std::time::Duration::try_from(Duration::new(0, -1).unwrap()).is_err());
        assert!(Duration::try_from(std::time::Duration::MAX).is_err());
        assert!(Duration::new(1, -1).is_err());
    }
}
