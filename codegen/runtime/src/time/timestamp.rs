//! Points in time, in UTC.

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::text::Text;
use super::{calendar, fraction};
use crate::codec::JsonCodec;
use crate::json::{Error, Reader, Writer};
use crate::message::ValueEncoding;

/// A point in time in UTC, to the nanosecond, from year 1 to 9999 (`google.protobuf.Timestamp`). The default is
/// 1970-01-01T00:00:00Z.
///
/// Parsed from RFC 3339 with any offset, and written with `Z` and 0, 3, 6 or 9 digits after the point. Tolerated as well:
/// lower case, a space for the `T`, a leap second (the next minute), digits beyond nanoseconds (cut off), and an offset
/// without a colon or none (UTC); a message keeps such a text and writes it back unchanged, and any text of the format
/// `date-time` that differs from that of the time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    seconds: i64,
    nanos: u32,
}

const INVALID: super::Error =
    super::Error { expected: "a timestamp such as \"2024-05-06T07:08:09.5Z\", of the years 0001 to 9999" };
const MIN: i64 = -62_135_596_800;
const MAX: i64 = 253_402_300_799;

impl Timestamp {
    /// Creates a time from seconds after (or before) 1970-01-01T00:00:00Z and nanoseconds after that.
    ///
    /// # Errors
    /// When it is outside the years 1 to 9999, or there are a billion nanoseconds or more.
    pub fn new(seconds: i64, nanos: u32) -> Result<Self, super::Error> {
        if (MIN..=MAX).contains(&seconds) && nanos < 1_000_000_000 { Ok(Self { seconds, nanos }) } else { Err(INVALID) }
    }

    /// Returns the whole seconds since 1970-01-01T00:00:00Z, negative before.
    #[must_use]
    pub fn seconds(self) -> i64 {
        self.seconds
    }

    /// Returns the nanoseconds after [`seconds`](Self::seconds), below a billion.
    #[must_use]
    pub fn nanos(self) -> u32 {
        self.nanos
    }
}

impl FromStr for Timestamp {
    type Err = super::Error;

    fn from_str(text: &str) -> Result<Self, super::Error> {
        parse(text).map(|(time, _)| time).ok_or(INVALID)
    }
}

/// Parses RFC 3339. Returns `true` for a form that protobuf does not write or read, or that is not kept exactly: lower
/// case, a space for the `T`, a leap second, digits beyond nanoseconds, and an offset that is missing (taken for UTC)
/// or has no colon.
fn parse(text: &str) -> Option<(Timestamp, bool)> {
    let (date, rest) = text.split_at_checked(10)?;
    let (time, rest) = rest.split_at_checked(9)?;
    let (year, month, day) = calendar::parse(date)?;
    let [separator @ (b'T' | b't' | b' '), h1, h2, b':', m1, m2, b':', s1, s2] = *time.as_bytes() else {
        return None;
    };
    let (hour, minute, second) =
        (calendar::number(&[h1, h2])?, calendar::number(&[m1, m2])?, calendar::number(&[s1, s2])?);
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let (fraction, zone) = rest.split_at_checked(rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len()))?;
    let (nanos, is_cut) = match fraction.strip_prefix('.') {
        Some(digits) => fraction::parse(digits)?,
        None if fraction.is_empty() => (0, false),
        None => return None,
    };
    let (offset, is_usual_zone) = offset(zone)?;
    let days = calendar::days(year, month, day).checked_mul(86_400)?;
    let seconds = days.checked_add(seconds_of(hour, minute, second))?.checked_sub(offset)?;
    let is_lossy = separator != b'T' || second == 60 || is_cut || !is_usual_zone;
    Some((Timestamp::new(seconds, nanos).ok()?, is_lossy))
}

/// Parses an offset as seconds from UTC. Returns `true` for the forms that protobuf reads.
fn offset(zone: &str) -> Option<(i64, bool)> {
    let (sign, hours, minutes, is_usual) = match *zone.as_bytes() {
        [] => return Some((0, false)),
        [z] => return matches!(z, b'Z' | b'z').then_some((0, z == b'Z')),
        [sign, h1, h2, b':', m1, m2] => (sign, [h1, h2], [m1, m2], true),
        [sign, h1, h2, m1, m2] => (sign, [h1, h2], [m1, m2], false),
        [sign, h1, h2] => (sign, [h1, h2], [b'0', b'0'], false),
        _ => return None,
    };
    let (hours, minutes) = (calendar::number(&hours)?, calendar::number(&minutes)?);
    if hours > 23 || minutes > 59 {
        return None;
    }
    let offset = seconds_of(hours, minutes, 0);
    match sign {
        b'+' => Some((offset, is_usual)),
        b'-' => Some((offset.wrapping_neg(), is_usual)),
        _ => None,
    }
}

/// Parses a time of day as seconds; each part has two digits.
fn seconds_of(hours: i64, minutes: i64, seconds: i64) -> i64 {
    hours.wrapping_mul(3600).wrapping_add(minutes.wrapping_mul(60)).wrapping_add(seconds)
}

impl Timestamp {
    fn text(self) -> Text {
        let (year, month, day) = calendar::date(self.seconds.div_euclid(86_400));
        let second = self.seconds.rem_euclid(86_400) as u32;
        let mut text = Text::new();
        text.pair(year / 100);
        text.pair(year % 100);
        text.push(b'-');
        text.pair(month);
        text.push(b'-');
        text.pair(day);
        text.push(b'T');
        text.pair(second / 3600);
        text.push(b':');
        text.pair(second / 60 % 60);
        text.push(b':');
        text.pair(second % 60);
        text.fraction(self.nanos);
        text.push(b'Z');
        text
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

impl TryFrom<SystemTime> for Timestamp {
    type Error = super::Error;

    fn try_from(time: SystemTime) -> Result<Self, super::Error> {
        let seconds = |duration: Duration| i64::try_from(duration.as_secs()).map_err(|_| INVALID);
        match time.duration_since(UNIX_EPOCH) {
            Ok(after) => Self::new(seconds(after)?, after.subsec_nanos()),
            Err(error) => {
                let before = error.duration();
                let seconds = seconds(before)?.saturating_neg();
                match 1_000_000_000_u32.saturating_sub(before.subsec_nanos()) {
                    1_000_000_000 => Self::new(seconds, 0),
                    nanos => Self::new(seconds.saturating_sub(1), nanos),
                }
            }
        }
    }
}

impl TryFrom<Timestamp> for SystemTime {
    type Error = super::Error;

    /// Fails only on platforms whose clock does not reach so far.
    fn try_from(time: Timestamp) -> Result<Self, super::Error> {
        let whole = Duration::from_secs(time.seconds.unsigned_abs());
        let whole = if time.seconds < 0 { UNIX_EPOCH.checked_sub(whole) } else { UNIX_EPOCH.checked_add(whole) };
        whole.and_then(|whole| whole.checked_add(Duration::from_nanos(time.nanos.into()))).ok_or(INVALID)
    }
}

impl JsonCodec for Timestamp {
    fn empty() -> Self {
        Self::default()
    }

    fn read(&mut self, reader: &mut Reader<'_>, encoding: ValueEncoding) -> Result<(), Error> {
        let parse = |text: &str| {
            let (time, is_lossy) = parse(text)?;
            Some((time, is_lossy || encoding == ValueEncoding::AsRead && time.text().as_str() != text))
        };
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
    fn offsets_are_read_and_z_is_written() {
        for (text, written) in [
            ("2024-05-06t07:08:09z", "2024-05-06T07:08:09Z"),
            ("2024-05-06 07:08:09", "2024-05-06T07:08:09Z"),
            ("2024-05-06T07:08:09+0230", "2024-05-06T04:38:09Z"),
            ("2024-05-06T07:08:09.5-01", "2024-05-06T08:08:09.500Z"),
            ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
            ("2024-05-06T07:08:09.1234567899Z", "2024-05-06T07:08:09.123456789Z"),
            ("2024-05-06T07:08:09Z", "2024-05-06T07:08:09Z"),
            ("2024-05-06T07:08:09+02:30", "2024-05-06T04:38:09Z"),
            ("2024-02-29T23:59:59.5-00:01", "2024-03-01T00:00:59.500Z"),
            ("1969-12-31T23:59:59.000001Z", "1969-12-31T23:59:59.000001Z"),
            ("9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z"),
            ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ] {
            assert_eq!(text.parse::<Timestamp>().unwrap().to_string(), written);
        }
    }

    #[test]
    fn invalid_timestamps_are_errors() {
        for text in [
            "",
            "2024-05-06",
            "2024-05-06T07:08:61Z",
            "2024-05-06T24:00:00Z",
            "2023-02-29T00:00:00Z",
            "2024-13-01T00:00:00Z",
            "2024-05-06T07:08:09.Z",
            "2024-05-06T07:08:09.123456789xZ",
            "2024-05-06T07:08:09.",
            "2024-05-06T07:08:09+2:30",
            "2024-05-06T07:08:09+24:00",
            "0001-01-01T00:00:00+00:01",
            "9999-12-31T23:59:59-00:01",
            "0000-01-01T00:00:00Z",
            "2024-05-06T07:08:09ZZ",
            "2024-05-06T07:08:09x05:00",
            "2024-05-06T07:08:09+05:000",
            "2024-05-06x07:08:09Z",
            "2024-05-06T07:08:0éZ",
            "2024-05-06T07:08:09xZ",
        ] {
            assert!(text.parse::<Timestamp>().is_err(), "{text}");
        }
    }

    #[test]
    fn system_times_are_converted() {
        for (seconds, nanos) in [(0, 0), (-1, 1), (-1, 0), (1_700_000_000, 999_999_999)] {
            let time = Timestamp::new(seconds, nanos).unwrap();
            assert_eq!(Timestamp::try_from(SystemTime::try_from(time).unwrap()), Ok(time));
        }
    }
}
