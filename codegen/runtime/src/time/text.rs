//! Digits into a buffer: the formatting machinery of std takes ten times as long.

use std::fmt;

/// A text of at most 32 ASCII characters.
pub(super) struct Text {
    bytes: [u8; 32],
    len: usize,
}

impl Text {
    pub(super) fn new() -> Self {
        Self { bytes: [0; 32], len: 0 }
    }

    #[inline]
    pub(super) fn push(&mut self, byte: u8) {
        self.bytes[self.len] = byte;
        self.len += 1;
    }

    /// Adds a number from 0 to 99 in two digits.
    #[inline]
    pub(super) fn pair(&mut self, value: i64) {
        let value = value as u8;
        self.push(b'0' + value / 10);
        self.push(b'0' + value % 10);
    }

    /// Adds a number in exactly so many digits.
    pub(super) fn digits(&mut self, mut value: u64, width: usize) {
        let digits = &mut self.bytes[self.len..self.len + width];
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + (value % 10) as u8;
            value /= 10;
        }
        self.len += width;
    }

    /// Adds a number in as many digits as it has.
    pub(super) fn number(&mut self, value: u64) {
        let width = value.checked_ilog10().map_or(1, |log| log as usize + 1);
        self.digits(value, width);
    }

    /// Adds nanoseconds with their point, in 0, 3, 6 or 9 digits.
    pub(super) fn fraction(&mut self, nanos: u32) {
        if nanos == 0 {
            return;
        }
        self.push(b'.');
        let nanos = u64::from(nanos);
        if nanos.is_multiple_of(1_000_000) {
            self.digits(nanos / 1_000_000, 3);
        } else if nanos.is_multiple_of(1000) {
            self.digits(nanos / 1000, 6);
        } else {
            self.digits(nanos, 9);
        }
    }

    pub(super) fn as_str(&self) -> &str {
        str::from_utf8(&self.bytes[..self.len]).unwrap_or_default()
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
