//! Reading numbers as text, and integers in all the forms that protobuf's parsers accept.

use super::{Error, Reader};

impl<'a> Reader<'a> {
    /// Reads a number as text.
    ///
    /// # Errors
    /// When no number comes next, or it is malformed.
    pub fn number(&mut self, expected: &str) -> Result<&'a str, Error> {
        self.peek();
        self.token(expected)
    }

    /// Reads a number that begins at the current position.
    pub(super) fn token(&mut self, expected: &str) -> Result<&'a str, Error> {
        let text = self.rest();
        let is = |at: usize, wanted: u8| text.get(at) == Some(&wanted);
        let digits = |mut at: usize| {
            while text.get(at).is_some_and(u8::is_ascii_digit) {
                at = at.wrapping_add(1);
            }
            at
        };
        let whole = usize::from(is(0, b'-'));
        let mut end = digits(whole);
        let mut valid = end == whole.wrapping_add(1) || (end > whole && !is(whole, b'0'));
        if valid && is(end, b'.') {
            let fraction = end.wrapping_add(1);
            end = digits(fraction);
            valid = end > fraction;
        }
        if valid && (is(end, b'e') || is(end, b'E')) {
            let sign = end.wrapping_add(1);
            let exponent = sign.wrapping_add(usize::from(is(sign, b'+') || is(sign, b'-')));
            end = digits(exponent);
            valid = end > exponent;
        }
        if !valid {
            return self.expected(if end == 0 { expected } else { "a number as JSON writes it" });
        }
        let start = self.at;
        self.advance(end);
        Ok(self.text_from(start))
    }

    /// Reads an integer of any form: `5`, `"5"`, `5.0`, `5e0`.
    ///
    /// # Errors
    /// When anything else comes next, or the integer is out of the type's range.
    pub fn integer<T: TryFrom<i128>>(&mut self, expected: &str) -> Result<T, Error> {
        let quoted = self.at_string();
        let start = self.at;
        self.advance(usize::from(quoted));
        let value = match self.short_integer() {
            Some(value) => i128::from(value),
            None => match self.token(expected) {
                Ok(token) => match exact(token) {
                    Some(value) => value,
                    None => return self.wrong(start, expected),
                },
                Err(_) if quoted => return self.wrong(start, expected),
                Err(error) => return Err(error),
            },
        };
        if quoted {
            if self.byte() != Some(b'"') {
                return self.wrong(start, expected);
            }
            self.advance(1);
        }
        match T::try_from(value) {
            Ok(value) => Ok(value),
            Err(_) => self.wrong(start, expected),
        }
    }

    #[cold]
    pub(super) fn wrong<T>(&mut self, start: usize, expected: &str) -> Result<T, Error> {
        self.at = start;
        self.expected(expected)
    }

    /// Fast path: reads a plain integer of few digits; `None` for any other form.
    fn short_integer(&mut self) -> Option<i64> {
        let (negative, digits) = match self.rest() {
            [b'-', digits @ ..] => (true, digits),
            digits => (false, digits),
        };
        let mut value: u64 = 0;
        let mut count = 0;
        while let Some(&byte @ b'0'..=b'9') = digits.get(count) {
            if count == 18 {
                return None;
            }
            // 18 digits are below 2^63.
            value = value.wrapping_mul(10).wrapping_add(digit(byte));
            count = count.wrapping_add(1);
        }
        let leading_zero = count > 1 && digits.first() == Some(&b'0');
        if count == 0 || leading_zero || matches!(digits.get(count), Some(b'.' | b'e' | b'E')) {
            return None;
        }
        self.advance(count.wrapping_add(usize::from(negative)));
        let value = value.cast_signed();
        Some(if negative { value.wrapping_neg() } else { value })
    }
}

/// Returns the value of a JSON number, if it is an integer of at most 20 digits.
fn exact(token: &str) -> Option<i128> {
    let (negative, token) = match token.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, token),
    };
    let (mantissa, exponent) = token.split_once(['e', 'E']).unwrap_or((token, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let zeros = digits.len().saturating_sub(digits.trim_end_matches('0').len());
    let digits = digits.trim_matches('0');
    if digits.is_empty() {
        return Some(0);
    }
    let exponent: i64 = exponent.parse().ok()?;
    let scale = exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?.checked_add(i64::try_from(zeros).ok()?)?;
    let scale = u32::try_from(scale).ok()?;
    if digits.len().checked_add(usize::try_from(scale).ok()?)? > 20 {
        return None;
    }
    let value = digits.parse::<i128>().ok()?.checked_mul(10_i128.checked_pow(scale)?)?;
    Some(if negative { value.checked_neg()? } else { value })
}

/// Returns the value of an ASCII digit.
pub(super) fn digit(byte: u8) -> u64 {
    u64::from(byte.wrapping_sub(b'0'))
}
