//! Percent-encoding, RFC 3986, section 2.

/// Set of bytes that are not encoded. A table, since every byte of every value is looked up.
pub(crate) struct Unencoded([bool; 256]);

/// Letters, digits and `-._~`, which need no encoding anywhere in a URL.
pub(crate) static UNRESERVED: Unencoded = letters_digits_and(b"-._~");

/// Bytes that need no encoding in a path: unreserved ones, and reserved ones except `?` and `#`, which would end the
/// path. `%` is always encoded: a value is plain text.
pub(crate) static PATH: Unencoded = letters_digits_and(b"-._~:/[]@!$&'()*+,;=");

/// All bytes: nothing is encoded.
pub(crate) static ALL: Unencoded = Unencoded([true; 256]);

/// Bytes that stay as they are in the value of a query that allows reserved characters: all but `&`, `#` and `+`, which
/// would end or change the value, and `%`.
pub(crate) static QUERY: Unencoded = letters_digits_and(b"-._~:/?[]@!$'()*,;=");

/// Bytes of the value of a cookie (RFC 6265, section 4.1.1).
pub(crate) static COOKIE: Unencoded = letters_digits_and(b"!#$%&'()*+-./:<=>?@[]^_`{|}~");

impl Unencoded {
    fn has(&self, byte: u8) -> bool {
        self.0.get(usize::from(byte)) == Some(&true)
    }
}

#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "evaluated by the compiler")]
const fn letters_digits_and(others: &[u8]) -> Unencoded {
    let mut unencoded = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        unencoded[byte as usize] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    let mut other = 0;
    while other < others.len() {
        unencoded[others[other] as usize] = true;
        other += 1;
    }
    Unencoded(unencoded)
}

/// Appends `text` with each byte outside of the set as `%` and two uppercase hexadecimal digits.
pub(crate) fn encode_into(out: &mut String, text: &str, unencoded: &Unencoded) {
    let mut rest = text;
    while let Some((kept, encoded)) =
        rest.bytes().position(|byte| !unencoded.has(byte)).and_then(|at| rest.split_at_checked(at))
    {
        out.push_str(kept);
        let mut chars = encoded.chars();
        if let Some(char) = chars.next() {
            for byte in char.encode_utf8(&mut [0; 4]).bytes() {
                out.extend(['%', hex_digit(byte >> 4), hex_digit(byte & 15)]);
            }
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
}

fn hex_digit(digit: u8) -> char {
    char::from_digit(digit.into(), 16).unwrap_or_default().to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(text: &str, unencoded: &Unencoded) -> String {
        let mut out = String::new();
        encode_into(&mut out, text, unencoded);
        out
    }

    #[test]
    fn reserved_characters_are_encoded() {
        assert_eq!(encoded("a b/ü%2F+&=~", &UNRESERVED), "a%20b%2F%C3%BC%252F%2B%26%3D~");
    }

    #[test]
    fn paths_keep_reserved_characters_that_do_not_end_them() {
        assert_eq!(encoded("a/b:c?d#e%41[f]", &PATH), "a/b:c%3Fd%23e%2541[f]");
    }
}
