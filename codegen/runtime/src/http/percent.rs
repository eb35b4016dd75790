//! Percent-encoding, RFC 3986, section 2.

/// Letters, digits and `-._~`: what stands for itself everywhere in a URL.
pub(crate) fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// What stays as it is in a path: unreserved, and reserved but for `?` and `#`, which would end the
/// path. `%` never stays: a value is text, not text that somebody has encoded already.
pub(crate) fn is_path(byte: u8) -> bool {
    is_unreserved(byte)
        || matches!(
            byte,
            b':' | b'/'
                | b'['
                | b']'
                | b'@'
                | b'!'
                | b'$'
                | b'&'
                | b'\''
                | b'('
                | b')'
                | b'*'
                | b'+'
                | b','
                | b';'
                | b'='
        )
}

/// Appends `text`, each byte that does not `stay` as `%` and two capital hex digits.
pub(crate) fn encode_into(out: &mut String, text: &str, stays: fn(u8) -> bool) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| !stays(byte)) {
        out.push_str(&rest[..at]);
        let width = rest[at..].chars().next().map_or(1, char::len_utf8);
        for byte in rest[at..at + width].bytes() {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
        rest = &rest[at + width..];
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(text: &str, stays: fn(u8) -> bool) -> String {
        let mut out = String::new();
        encode_into(&mut out, text, stays);
        out
    }

    #[test]
    fn only_unreserved_stays() {
        assert_eq!(encoded("a b/ü%2F+&=~", is_unreserved), "a%20b%2F%C3%BC%252F%2B%26%3D~");
    }

    #[test]
    fn a_path_keeps_reserved_but_not_what_ends_it() {
        assert_eq!(encoded("a/b:c?d#e%41[f]", is_path), "a/b:c%3Fd%23e%2541[f]");
    }
}
