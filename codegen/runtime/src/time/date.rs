//! Calendar dates without a time zone.

use std::fmt;
use std::str::FromStr;

use super::calendar;
use crate::codec::JsonCodec;
use crate::json::{Error, Reader, Writer};
use crate::message::ValueEncoding;

/// A calendar date without time or time zone (format `date`): `2024-05-06`, of the years 0 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

const INVALID: super::Error = super::Error { expected: "a date such as \"2024-05-06\"" };

impl Date {
    /// Creates a date of a year, a month (from 1) and a day of the month (from 1).
    ///
    /// # Errors
    /// When the day does not exist, or the year is beyond 9999.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, super::Error> {
        let last = calendar::month_days(year.into(), month.into());
        if year <= 9999 && (1..=12).contains(&month) && day >= 1 && i64::from(day) <= last {
            Ok(Self { year, month, day })
        } else {
            Err(INVALID)
        }
    }

    /// Returns the year.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }

    /// Returns the month, from 1.
    #[must_use]
    pub fn month(self) -> u8 {
        self.month
    }

    /// Returns the day of the month, from 1.
    #[must_use]
    pub fn day(self) -> u8 {
        self.day
    }
}

impl FromStr for Date {
    type Err = super::Error;

    fn from_str(text: &str) -> Result<Self, super::Error> {
        let (year, month, day) = calendar::parse(text).ok_or(INVALID)?;
        let part = |_| INVALID;
        Self::new(
            u16::try_from(year).map_err(part)?,
            u8::try_from(month).map_err(part)?,
            u8::try_from(day).map_err(part)?,
        )
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl JsonCodec for Date {
    fn empty() -> Self {
        Self { year: 1970, month: 1, day: 1 }
    }

    fn read(&mut self, reader: &mut Reader<'_>, _: ValueEncoding) -> Result<(), Error> {
        *self = reader.parsed(INVALID.expected, |text| Some((text.parse().ok()?, false)))?;
        Ok(())
    }

    fn write(&self, writer: &mut Writer, _: ValueEncoding) {
        writer.string(&self.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonexistent_days_are_errors() {
        assert_eq!("2024-02-29".parse::<Date>().unwrap().to_string(), "2024-02-29");
        for text in ["2023-02-29", "2024-2-9", "2024-00-01", "2024-01-00", "20240101", "2024-01-01T00:00:00Z"] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }
}
