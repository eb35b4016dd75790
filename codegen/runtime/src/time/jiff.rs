//! Conversions to and from [jiff](https://docs.rs/jiff).

use jiff::SignedDuration;
use jiff::civil;

use super::{Date, Duration, Timestamp};

impl TryFrom<Timestamp> for jiff::Timestamp {
    type Error = super::Error;

    /// Fails for the last day of the year 9999, which [`jiff::Timestamp::MAX`] does not reach.
    fn try_from(time: Timestamp) -> Result<Self, super::Error> {
        let nanos = i32::try_from(time.nanos());
        let nanos = nanos.map_err(|_| super::Error { expected: "a timestamp with less than a billion nanoseconds" })?;
        Self::new(time.seconds(), nanos)
            .map_err(|_| super::Error { expected: "a timestamp up to the 30th of December 9999" })
    }
}

impl TryFrom<jiff::Timestamp> for Timestamp {
    type Error = super::Error;

    /// Fails before the year 1.
    fn try_from(time: jiff::Timestamp) -> Result<Self, super::Error> {
        // Nanoseconds have the sign of the seconds there, and are counted forwards here.
        let nanos = time.subsec_nanosecond();
        let (seconds, nanos) = match u32::try_from(nanos) {
            Ok(nanos) => (time.as_second(), nanos),
            Err(_) => (time.as_second().saturating_sub(1), 1_000_000_000_u32.saturating_sub(nanos.unsigned_abs())),
        };
        Self::new(seconds, nanos)
    }
}

impl From<Duration> for SignedDuration {
    fn from(duration: Duration) -> Self {
        Self::new(duration.seconds(), duration.nanos())
    }
}

impl TryFrom<SignedDuration> for Duration {
    type Error = super::Error;

    /// Fails beyond 315,576,000,000 seconds either way.
    fn try_from(duration: SignedDuration) -> Result<Self, super::Error> {
        Self::new(duration.as_secs(), duration.subsec_nanos())
    }
}

impl TryFrom<Date> for civil::Date {
    type Error = super::Error;

    fn try_from(date: Date) -> Result<Self, super::Error> {
        let part = |value: u8| i8::try_from(value).map_err(|_| INVALID);
        let year = i16::try_from(date.year()).map_err(|_| INVALID)?;
        Self::new(year, part(date.month())?, part(date.day())?).map_err(|_| INVALID)
    }
}

impl TryFrom<civil::Date> for Date {
    type Error = super::Error;

    /// Fails before the year 0.
    fn try_from(date: civil::Date) -> Result<Self, super::Error> {
        let part = |value: i8| u8::try_from(value).map_err(|_| INVALID);
        let year = u16::try_from(date.year()).map_err(|_| INVALID)?;
        Self::new(year, part(date.month())?, part(date.day())?)
    }
}

const INVALID: super::Error = super::Error { expected: "a date of the years 0 to 9999" };

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps() {
        for text in [
            "1970-01-01T00:00:00Z",
            "1969-12-31T23:59:59.999999999Z",
            "1969-12-31T23:59:59Z",
            "2024-05-06T07:08:09.000000001Z",
            "0001-01-01T00:00:00Z",
            "9999-12-30T22:00:00.999999999Z",
        ] {
            let time: Timestamp = text.parse().unwrap();
            let there = jiff::Timestamp::try_from(time).unwrap();
            assert_eq!(there, text.parse().unwrap());
            assert_eq!(Timestamp::try_from(there), Ok(time));
        }
        assert!(Timestamp::try_from(jiff::Timestamp::MIN).is_err());
        assert!(jiff::Timestamp::try_from("9999-12-31T23:59:59Z".parse::<Timestamp>().unwrap()).is_err());
    }

    #[test]
    fn durations() {
        for (seconds, nanos) in [(0, 0), (0, -1), (1, 500_000_000), (-1, -1), (315_576_000_000, 0)] {
            let duration = Duration::new(seconds, nanos).unwrap();
            let there = SignedDuration::from(duration);
            assert_eq!((there.as_secs(), there.subsec_nanos()), (seconds, nanos));
            assert_eq!(Duration::try_from(there), Ok(duration));
        }
        assert!(Duration::try_from(SignedDuration::MAX).is_err());
    }

    #[test]
    fn dates() {
        for text in ["2024-02-29", "0000-01-01", "9999-12-31"] {
            let date: Date = text.parse().unwrap();
            let there = civil::Date::try_from(date).unwrap();
            assert_eq!(there.to_string(), text);
            assert_eq!(Date::try_from(there), Ok(date));
        }
        assert!(Date::try_from(civil::Date::MIN).is_err());
    }
}
