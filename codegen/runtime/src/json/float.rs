//! Reading and writing floating point numbers.

use super::integer::digit;
use super::{Error, Reader, Writer, equal};

impl Reader<'_> {
    /// Reads a double: a number, one in a string, or `"NaN"`, `"Infinity"`, `"-Infinity"`.
    ///
    /// # Errors
    /// When anything else comes next, or the number is too large.
    pub fn f64(&mut self) -> Result<f64, Error> {
        self.float("a number", |token| {
            if let Some(value) = short(token) {
                return Some((value, false));
            }
            let value = token.parse().ok().filter(|value: &f64| value.is_finite())?;
            Some((value, is_rounded(token, value)))
        })
    }

    /// Reads a float, in the forms of [`f64`](Self::f64).
    ///
    /// # Errors
    /// As [`f64`](Self::f64).
    pub fn f32(&mut self) -> Result<f32, Error> {
        self.float("a number", |token| {
            let value = token.parse().ok().filter(|value: &f32| value.is_finite())?;
            // Below the normal numbers, fewer digits are exact.
            let may_round = may_round(token, FLOAT_DIGITS) || !value.is_normal();
            Some((value, may_round && !is_same(token, zmij::Buffer::new().format_finite(value))))
        })
    }

    /// Reads a number. `parse` also returns `true` if it would be written as another one, and its field keeps the
    /// digits.
    fn float<T: From<f32>>(&mut self, expected: &str, parse: fn(&str) -> Option<(T, bool)>) -> Result<T, Error> {
        let quoted = self.at_string();
        let start = self.at;
        self.advance(usize::from(quoted));
        let (first, second) = (self.byte(), self.rest().get(1));
        let is_number = [first.as_ref(), second].into_iter().flatten().any(u8::is_ascii_digit);
        if quoted && !is_number {
            self.at = start;
            return match &*self.string()? {
                "NaN" => Ok(f32::NAN.into()),
                "Infinity" => Ok(f32::INFINITY.into()),
                "-Infinity" => Ok(f32::NEG_INFINITY.into()),
                _ => self.wrong(start, expected),
            };
        }
        let token = self.token(expected)?;
        if quoted {
            if self.byte() != Some(b'"') {
                return self.wrong(start, expected);
            }
            self.advance(1);
        }
        match parse(token) {
            Some((value, lossy)) => {
                self.lossy |= lossy;
                Ok(value)
            }
            None => self.wrong(start, "a number in the type's range"),
        }
    }
}

/// Returns `true` if a finite double is written as another number than the one that it was read from.
pub(crate) fn is_rounded(token: &str, value: f64) -> bool {
    (may_round(token, DOUBLE_DIGITS) || !value.is_normal()) && !is_same(token, zmij::Buffer::new().format_finite(value))
}

/// Number of digits up to which a float that is written again is the same number, also to those who read doubles.
const FLOAT_DIGITS: usize = 6;

/// Number of digits up to which a double counts as unchanged if it is the same double: its shortest form has no more.
/// Integers must be the same number.
const DOUBLE_DIGITS: usize = 17;

/// Returns `true` for a number that may be written as another one: it has more digits than are kept, or is an integer,
/// which may be beyond those that are exact.
fn may_round(token: &str, kept: usize) -> bool {
    let unsigned = token.strip_prefix('-').unwrap_or(token).as_bytes();
    // Bytes that are not significant digits, at least.
    let others = match unsigned {
        [b'0', b'.', ..] => Some(2),
        [_, b'.', ..] | [_, _, b'.', ..] => Some(1),
        _ => None,
    };
    if token.len() <= kept.saturating_sub(2)
        || others.is_some_and(|others| unsigned.len() <= kept.saturating_add(others))
    {
        return false;
    }
    let (mut digits, mut is_integer) = (0_usize, true);
    for byte in unsigned {
        match byte {
            b'0' if digits == 0 => {}
            b'0'..=b'9' => digits = digits.saturating_add(1),
            b'e' | b'E' => {
                is_integer = false;
                break;
            }
            _ => is_integer = false,
        }
    }
    digits > kept || is_integer
}

/// Returns `true` if two texts are the same number.
fn is_same(one: &str, other: &str) -> bool {
    // A service that writes the shortest form writes the same text.
    one == other || matches!((equal::decimal(one), equal::decimal(other)), (Some(one), Some(other)) if one == other)
}

/// Returns the value of a number of few digits without an exponent. Both parts are exact as doubles, so their quotient
/// is rounded once, and correctly.
fn short(token: &str) -> Option<f64> {
    const POWERS: [f64; 16] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    let (negative, digits) = match token.as_bytes() {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.len() > 16 {
        return None;
    }
    let mut value: u64 = 0;
    let mut places = 0;
    for (index, byte) in digits.iter().enumerate() {
        match byte {
            // 16 digits are below 2^64.
            b'0'..=b'9' => value = value.wrapping_mul(10).wrapping_add(digit(*byte)),
            b'.' => places = digits.len().wrapping_sub(index).wrapping_sub(1),
            _ => return None,
        }
    }
    if value >= 1 << 53 {
        return None;
    }
    let value = value as f64 / POWERS.get(places)?;
    Some(if negative { -value } else { value })
}

impl Writer {
    /// Writes a double in its shortest form: services that take an integer accept `5`, and not all of them `5.0`.
    pub fn f64(&mut self, value: f64) {
        let whole = value as i32;
        // Whole numbers are common, and quicker as integers. Not zero: it has a sign.
        if f64::from(whole) == value && whole != 0 {
            self.raw(itoa::Buffer::new().format(whole));
        } else if value.is_finite() {
            self.finite(zmij::Buffer::new().format_finite(value));
        } else {
            self.not_finite(value);
        }
    }

    /// Writes a float in its shortest form.
    pub fn f32(&mut self, value: f32) {
        if value.is_finite() {
            self.finite(zmij::Buffer::new().format_finite(value));
        } else {
            self.not_finite(f64::from(value));
        }
    }

    /// Writes a number, a whole one without a fraction. The integer `-0` would have no sign.
    fn finite(&mut self, text: &str) {
        let whole = text.strip_suffix(".0").filter(|whole| *whole != "-0");
        self.raw(whole.unwrap_or(text));
    }

    #[cold]
    fn not_finite(&mut self, value: f64) {
        self.raw(if value.is_nan() {
            "\"NaN\""
        } else if value > 0.0 {
            "\"Infinity\""
        } else {
            "\"-Infinity\""
        });
    }
}
