//! Reading numbers as they stand, and integers in all the forms that protobuf's parsers accept.

use super::{Error, Reader};

impl<'a> Reader<'a> {
    /// Reads a number as it stands.
    ///
    /// # Errors
    /// When no number comes next, or it is malformed.
    pub fn number(&mut self, expected: &str) -> Result<&'a str, Error> {
        self.peek();
        self.token(expected)
    }

    /// Reads a number that begins right here.
    pub(super) fn token(&mut self, expected: &str) -> Result<&'a str, Error> {
        let start = self.at;
        let mut at = start;
        let digits = |mut at: usize| {
            while self.bytes.get(at).is_some_and(u8::is_ascii_digit) {
                at += 1;
            }
            at
        };
        if self.bytes.get(at) == Some(&b'-') {
            at += 1;
        }
        let whole = at;
        at = digits(at);
        let mut good = at > whole && (at == whole + 1 || self.bytes[whole] != b'0');
        if good && self.bytes.get(at) == Some(&b'.') {
            let fraction = at + 1;
            at = digits(fraction);
            good = at > fraction;
        }
        if good && matches!(self.bytes.get(at), Some(b'e' | b'E')) {
            at += 1;
            if matches!(self.bytes.get(at), Some(b'+' | b'-')) {
                at += 1;
            }
            let exponent = at;
            at = digits(exponent);
            good = at > exponent;
        }
        if !good {
            return self.expected(if at == start { expected } else { "a number as JSON writes it" });
        }
        self.at = at;
        Ok(&self.text[start..at])
    }

    /// Reads an integer of any form: `5`, `"5"`, `5.0`, `5e0`.
    ///
    /// # Errors
    /// When anything else comes next, or the integer is out of the type's range.
    pub fn integer<T: TryFrom<i128>>(&mut self, expected: &str) -> Result<T, Error> {
        let quoted = self.at_string();
        let start = self.at;
        self.at += usize::from(quoted);
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
            if self.bytes.get(self.at) != Some(&b'"') {
                return self.wrong(start, expected);
            }
            self.at += 1;
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

    /// Reads what most integers are, or nothing.
    fn short_integer(&mut self) -> Option<i64> {
        let negative = self.bytes.get(self.at) == Some(&b'-');
        let start = self.at + usize::from(negative);
        let mut at = start;
        let mut value: i64 = 0;
        while let Some(&byte @ b'0'..=b'9') = self.bytes.get(at) {
            if at - start == 18 {
                return None;
            }
            value = value * 10 + i64::from(byte - b'0');
            at += 1;
        }
        let zero_first = at - start > 1 && self.bytes[start] == b'0';
        if at == start || zero_first || matches!(self.bytes.get(at), Some(b'.' | b'e' | b'E')) {
            return None;
        }
        self.at = at;
        Some(if negative { -value } else { value })
    }
}

/// The value of a JSON number, if it is whole and has no more than 20 digits.
fn exact(token: &str) -> Option<i128> {
    let (negative, token) = match token.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, token),
    };
    let (mantissa, exponent) = token.split_once(['e', 'E']).unwrap_or((token, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let zeros = digits.len() - digits.trim_end_matches('0').len();
    let digits = digits.trim_matches('0');
    if digits.is_empty() {
        return Some(0);
    }
    let exponent: i64 = exponent.parse().ok()?;
    let scale = exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?.checked_add(i64::try_from(zeros).ok()?)?;
    let scale = u32::try_from(scale).ok()?;
    if digits.len() + usize::try_from(scale).ok()? > 20 {
        return None;
    }
    let value = digits.parse::<i128>().ok()? * 10_i128.checked_pow(scale)?;
    Some(if negative { -value } else { value })
}
