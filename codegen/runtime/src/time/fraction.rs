//! The digits after the point of a second.

/// Reads 1 to 9 digits as nanoseconds.
pub(super) fn parse(digits: &str) -> Option<u32> {
    if digits.is_empty() || digits.len() > 9 {
        return None;
    }
    let value = super::calendar::number(digits.as_bytes())?;
    u32::try_from(value * 10_i64.pow(u32::try_from(9 - digits.len()).ok()?)).ok()
}

/// Nanoseconds with their point, in 0, 3, 6 or 9 digits.
pub(super) fn text(nanos: u32) -> String {
    match nanos {
        0 => String::new(),
        _ if nanos.is_multiple_of(1_000_000) => format!(".{:03}", nanos / 1_000_000),
        _ if nanos.is_multiple_of(1000) => format!(".{:06}", nanos / 1000),
        _ => format!(".{nanos:09}"),
    }
}
