//! Fast formatting of digits into a buffer: `std::fmt` takes ten times as long.

use std::fmt;

/// Text of at most 32 ASCII characters.
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
        if let Some(place) = self.bytes.get_mut(self.len) {
            *place = byte;
            self.len = self.len.wrapping_add(1);
        }
    }

    /// Adds a number from 0 to 9.
    #[inline]
    fn digit(&mut self, value: u8) {
        self.push(b'0'.wrapping_add(value));
    }

    /// Adds a number from 0 to 99 in two digits.
    #[inline]
    pub(super) fn pair(&mut self, value: u32) {
        let value = value as u8;
        self.digit(value / 10);
        self.digit(value % 10);
    }

    /// Adds a number in as many digits as it has.
    pub(super) fn number(&mut self, value: u64) {
        for digit in itoa::Buffer::new().format(value).bytes() {
            self.push(digit);
        }
    }

    /// Adds nanoseconds with their point, in 0, 3, 6 or 9 digits.
    pub(super) fn fraction(&mut self, nanos: u32) {
        if nanos == 0 {
            return;
        }
        self.push(b'.');
        let (millis, rest) = (nanos / 1_000_000, nanos % 1_000_000);
        self.triple(millis);
        if rest != 0 {
            self.triple(rest / 1000);
            if rest % 1000 != 0 {
                self.triple(rest % 1000);
            }
        }
    }

    /// Adds a number from 0 to 999 in three digits.
    #[inline]
    fn triple(&mut self, value: u32) {
        self.digit((value / 100) as u8);
        self.pair(value % 100);
    }

    pub(super) fn as_str(&self) -> &str {
        self.bytes.get(..self.len).and_then(|bytes| str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
