//! Fractional digits of seconds.

use super::calendar;

/// Parses digits as nanoseconds. Returns `true` if there are more than nine of them, which are cut off.
pub(super) fn parse(digits: &str) -> Option<(u32, bool)> {
    if digits.is_empty() {
        return None;
    }
    let (nanos, rest) = digits.split_at_checked(9).unwrap_or((digits, ""));
    let value = calendar::number(nanos.as_bytes())?;
    let missing = 9_usize.checked_sub(nanos.len())?;
    let nanos = value.checked_mul(10_i64.checked_pow(u32::try_from(missing).ok()?)?)?;
    let is_valid = rest.bytes().all(|byte| byte.is_ascii_digit());
    is_valid.then_some((u32::try_from(nanos).ok()?, !rest.is_empty()))
}
