//! Accepted changes: fingerprint, reason, and expiry date.
//!
//! ```toml
//! [[accept]]
//! fingerprint = "0c7c1d3f6a1b2e4d"
//! reason = "no client calls it"
//! expires = 2027-03-31
//! ```

use super::change::Report;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Source;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use toml::Spanned;
use toml::value::{Date, Datetime};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    accept: Vec<Spanned<Entry>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    fingerprint: String,
    reason: String,
    expires: Datetime,
}

/// Marks accepted findings in all reports. An entry accepts a finding, or one of the changes that it explains; a
/// finding whose changes are all accepted is accepted itself.
///
/// # Errors
/// Invalid file. An entry that has expired, or whose fingerprint no change has, is invalid too: it could accept another
/// change later, or conceal that it is obsolete.
pub fn apply(reports: &mut [Report], source: &Arc<Source>, today: Date) -> Result<(), Diagnostics> {
    let file: File = crate::source::toml::parse(source).map_err(|error| match error.help {
        Some(_) => error,
        None => error.help(
            "an entry is `[[accept]]` with `fingerprint`, `reason` and `expires`, a day without quotes: `2027-03-31`",
        ),
    })?;
    let mut faults = Diagnostics::default();
    let mut valid: HashMap<&str, &Entry> = HashMap::new();
    let findings = || reports.iter().flat_map(|report| &report.findings);
    let known: HashSet<String> = findings()
        .flat_map(|finding| finding.includes.iter().chain([&finding.change]))
        .map(|change| change.fingerprint.clone())
        .collect();
    for entry in &file.accept {
        let (span, entry) = (entry.span(), entry.get_ref());
        let wrong = |message: String, help: &str| Diagnostic::error(message).at_span(source, span.clone()).help(help);
        let name = &entry.fingerprint;
        if entry.reason.trim().is_empty() {
            faults.push(wrong(format!("`{name}` has no reason"), "state why the change is accepted"));
        }
        match entry.expires.date {
            Some(day) if day < today => {
                let message = format!("`{name}` has expired on {day}");
                faults.push(wrong(message, "review the change again, and remove the entry or change `expires`"));
            }
            Some(_) => {
                valid.entry(name).or_insert(entry);
            }
            None => faults.push(wrong(format!("`{name}` has no expiry date"), "a day has the form `2027-03-31`")),
        }
        if !known.contains(name) {
            faults.push(wrong(format!("`{name}` is stale: no change has this fingerprint"), "remove the entry"));
        }
    }
    if faults.has_errors() {
        return Err(faults);
    }
    let reason = |fingerprint: &str| valid.get(fingerprint).map(|entry| entry.reason.clone());
    for finding in reports.iter_mut().flat_map(|report| &mut report.findings) {
        let own = reason(&finding.change.fingerprint);
        // A group consists of its parts only.
        let parts = || finding.includes.iter().map(|c| reason(&c.fingerprint)).collect::<Option<Vec<_>>>();
        finding.accepted = match own {
            None if finding.group => parts().and_then(|reasons| reasons.into_iter().next()),
            own => own,
        };
    }
    Ok(())
}

/// Returns today's date in UTC.
pub fn today() -> Date {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    let days = i64::try_from(seconds / 86_400).unwrap_or_default();
    day(days)
}

/// Returns the date that is a number of days after 1970-01-01, by Howard Hinnant's `civil_from_days`.
#[expect(clippy::arithmetic_side_effects, reason = "days of the system's clock are far from the range of i64")]
fn day(days: i64) -> Date {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let small = |value: i64| u8::try_from(value).unwrap_or(1);
    Date { year: u16::try_from(year).unwrap_or(u16::MAX), month: small(month), day: small(day) }
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn days_are_valid_dates() {
        assert_eq!(day(0).to_string(), "1970-01-01");
        assert_eq!(day(20_779).to_string(), "2026-11-22");
        assert_eq!(day(11_016).to_string(), "2000-02-29");
    }
}
