//! The digits after the point of a second.

/// Reads 1 to 9 digits as nanoseconds.
pub(super) fn parse(digits: &str) -> Option<u32> {
    if digits.is_empty() || digits.len() > 9 {
        return None;
    }
    let value = super::calendar::number(digits.as_bytes())?;
    u32::try_from(value * 10_i64.pow(u32::try_from(9 - digits.len()).ok()?)).ok()
}
