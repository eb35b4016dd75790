//! Finding bytes eight at a time.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = ONES << 7;
const SPACES: u64 = ONES * b' ' as u64;

/// The first byte from `from` on that cannot stand bare in a JSON string: a quote, a backslash or a control
/// character; the length when there is none.
pub(crate) fn special(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(word) = word(bytes, at) {
        if at >= from + SHORT {
            at = blocks(bytes, at);
            return at + tail(&bytes[at..]);
        }
        // Below the lowest byte that is marked none is marked wrongly, so the lowest is right.
        let marks = (zeros(word ^ (ONES * b'"' as u64))
            | zeros(word ^ (ONES * b'\\' as u64))
            | (word.wrapping_sub(SPACES) & !word))
            & HIGHS;
        if marks != 0 {
            return at + marks.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    at + tail(&bytes[at..])
}

/// How far a string is short: beyond, it is searched in blocks.
const SHORT: usize = 32;

/// The beginning of the block in which a special byte is, or of what is left. Compiles to vector instructions.
fn blocks(bytes: &[u8], from: usize) -> usize {
    let blocks = bytes[from..].chunks_exact(32);
    let bare = blocks.take_while(|block| !block.iter().fold(false, |any, &byte| any | is_special(byte)));
    from + 32 * bare.count()
}

fn tail(bytes: &[u8]) -> usize {
    bytes.iter().position(|&byte| is_special(byte)).unwrap_or(bytes.len())
}

fn is_special(byte: u8) -> bool {
    // Not `||`, which would branch.
    (byte == b'"') | (byte == b'\\') | (byte < b' ')
}

/// The first byte from `from` on that is not JSON's white space.
pub(super) fn not_space(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    loop {
        match bytes.get(at) {
            Some(b' ') => {
                // Indentation is long.
                while word(bytes, at) == Some(SPACES) {
                    at += 8;
                }
                while bytes.get(at) == Some(&b' ') {
                    at += 1;
                }
            }
            Some(b'\n' | b'\r' | b'\t') => at += 1,
            _ => return at,
        }
    }
}

fn word(bytes: &[u8], at: usize) -> Option<u64> {
    let word = bytes.get(at..)?.first_chunk()?;
    Some(u64::from_le_bytes(*word))
}

const fn zeros(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word
}
