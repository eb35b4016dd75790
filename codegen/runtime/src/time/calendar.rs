//! Days since 1970-01-01 and back, in the proleptic Gregorian calendar.
//!
//! Years are counted from March, so that the leap day is a year's last; 400 of them are an era of 146,097 days.

/// Returns the number of days from 1970-01-01 to this date.
#[expect(
    clippy::arithmetic_side_effects,
    reason = "years have four digits, so that nothing here is near to what its type holds"
)]
pub(super) fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Returns year, month and day of the date that is a number of days from 1970-01-01, in the years from 1 on.
#[expect(
    clippy::arithmetic_side_effects,
    reason = "years have four digits, so that nothing here is near to what its type holds"
)]
pub(super) fn date(days: i64) -> (u32, u32, u32) {
    // Half the size is twice the speed here; the days from March of year 0 on are positive, and few.
    let days = (days + 719_468) as u32;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (era * 400 + year_of_era + u32::from(month <= 2), month, day)
}

/// Returns the number of days in a month.
pub(super) fn month_days(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Reads `YYYY-MM-DD`.
pub(super) fn parse(text: &str) -> Option<(i64, i64, i64)> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text.as_bytes() else {
        return None;
    };
    let (year, month, day) = (number(&[y1, y2, y3, y4])?, number(&[m1, m2])?, number(&[d1, d2])?);
    ((1..=12).contains(&month) && (1..=month_days(year, month)).contains(&day)).then_some((year, month, day))
}

/// Parses text of digits only.
pub(super) fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0_i64, |value, digit| {
        let digit = char::from(*digit).to_digit(10)?;
        value.checked_mul(10)?.checked_add(digit.into())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_ten_thousand_years_has_its_date() {
        let mut expected = (1, 1, 1);
        for day in days(1, 1, 1)..=days(9999, 12, 31) {
            assert_eq!(date(day), expected);
            let (year, month) = (expected.0.into(), expected.1.into());
            assert_eq!(days(year, month, expected.2.into()), day);
            expected.2 += 1;
            if i64::from(expected.2) > month_days(year, month) {
                expected = (expected.0, expected.1 + 1, 1);
            }
            if expected.1 > 12 {
                expected = (expected.0 + 1, 1, 1);
            }
        }
        assert_eq!(date(0), (1970, 1, 1));
    }
}
