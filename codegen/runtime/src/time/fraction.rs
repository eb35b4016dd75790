//! The digits after the point of a second.

/// Reads 1 to 9 digits as nanoseconds.
pub(super) fn parse(digits: &str) -> Option<u32> {
    if digits.is_empty() {
        return None;
    }
    let value = super::calendar::number(digits.as_bytes())?;
    let missing = 9_usize.checked_sub(digits.len())?;
    u32::try_from(value.checked_mul(10_i64.checked_pow(u32::try_from(missing).ok()?)?)?).ok()
}
