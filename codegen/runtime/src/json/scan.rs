//! Finding bytes eight at a time.
//!
//! Places in a text are added up without a check: they are at most its length, which is far below the largest `usize`.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = ONES << 7;
const SPACES: u64 = ONES * b' ' as u64;
const QUOTES: u64 = ONES * b'"' as u64;
const BACKSLASHES: u64 = ONES * b'\\' as u64;

/// Returns the index of the first byte, from `from` on, that must be escaped in a JSON string: a quote, a backslash or
/// a control character. Returns the length when there is none.
pub(crate) fn special(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(word) = word(bytes, at) {
        if at.wrapping_sub(from) >= SHORT {
            at = blocks(bytes, at);
            return at.wrapping_add(tail(bytes, at));
        }
        // Below the lowest byte that is marked none is marked wrongly, so the lowest is right.
        let marks = (zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES) | (word.wrapping_sub(SPACES) & !word)) & HIGHS;
        if marks != 0 {
            return at.wrapping_add(marks.trailing_zeros() as usize / 8);
        }
        at = at.wrapping_add(8);
    }
    at.wrapping_add(tail(bytes, at))
}

/// Number of bytes that are searched eight at a time; the rest of a longer string is searched in blocks.
const SHORT: usize = 32;

/// Returns the start of the first block with a special byte, or of the remainder. Compiles to vector instructions.
fn blocks(bytes: &[u8], from: usize) -> usize {
    let blocks = from_byte(bytes, from).chunks_exact(32);
    let bare = blocks.take_while(|block| !any_special(block));
    from.wrapping_add(bare.count().wrapping_mul(32))
}

/// Returns the number of bytes from `from` on before the first special one.
fn tail(bytes: &[u8], from: usize) -> usize {
    let bytes = from_byte(bytes, from);
    bytes.iter().position(|&byte| is_special(byte)).unwrap_or(bytes.len())
}

#[inline(always)]
fn from_byte(bytes: &[u8], from: usize) -> &[u8] {
    bytes.get(from..).unwrap_or_default()
}

fn is_special(byte: u8) -> bool {
    // Not `||`, which would branch.
    (byte == b'"') | (byte == b'\\') | (byte < b' ')
}

/// Returns `true` if nothing in a string has to be escaped.
pub(super) fn is_bare(bytes: &[u8]) -> bool {
    // The last block overlaps the one before.
    if let Some(last) = bytes.last_chunk::<32>() {
        return bytes.len().wrapping_sub(blocks(bytes, 0)) < 32 && !any_special(last);
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<16>(), bytes.last_chunk::<16>()) {
        return !any_special(first) && !any_special(last);
    }
    match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(first), Some(last)) => !any_special(first) && !any_special(last),
        _ => !any_special(bytes),
    }
}

#[inline(always)]
fn any_special(block: &[u8]) -> bool {
    block.iter().fold(false, |any, &byte| any | is_special(byte))
}

/// Returns the index of the first byte, from `from` on, that is not JSON's whitespace.
pub(super) fn not_space(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    loop {
        match bytes.get(at) {
            Some(b' ' | b'\n' | b'\r' | b'\t') => at = spaces(bytes, at.wrapping_add(1)),
            _ => return at,
        }
    }
}

/// Returns the index of the first byte, from `from` on, that is not a space.
#[inline(always)]
fn spaces(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    // Indentation is long: the lowest byte that differs ends it.
    while let Some(word) = word(bytes, at) {
        let other = word ^ SPACES;
        if other != 0 {
            return at.wrapping_add(other.trailing_zeros() as usize / 8);
        }
        at = at.wrapping_add(8);
    }
    while bytes.get(at) == Some(&b' ') {
        at = at.wrapping_add(1);
    }
    at
}

fn word(bytes: &[u8], at: usize) -> Option<u64> {
    let word = bytes.get(at..)?.first_chunk()?;
    Some(u64::from_le_bytes(*word))
}

const fn zeros(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_bytes_are_found_at_every_position() {
        // Beside the least that is bare, the bytes next to the special ones, and the greatest.
        for bare in [b' ', b'!', b'#', b'[', b']', 0x7F, 0xFF] {
            for length in 0..100 {
                let mut bytes = vec![bare; length];
                assert!(is_bare(&bytes), "{length} of {bare}");
                assert_eq!(special(&bytes, 0), length);
                for place in 0..length {
                    for byte in [b'"', b'\\', 0, 0x1F] {
                        bytes[place] = byte;
                        assert!(!is_bare(&bytes), "{byte} at {place} of {length}");
                        assert_eq!(special(&bytes, 0), place);
                    }
                    bytes[place] = bare;
                }
            }
        }
    }
}
