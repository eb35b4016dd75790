//! Lines and columns of places in a text.

/// Distance in bytes between the places whose number of characters is known in advance.
const STRIDE: usize = 1 << 10;

/// Where the lines of a text begin, and how many characters are before some of its places, so that a line and column
/// are found without reading the text from its beginning.
#[derive(Debug, Clone)]
pub(super) struct Positions {
    /// Offset of the first byte of each line.
    lines: Vec<usize>,
    /// Number of characters before each multiple of [`STRIDE`] bytes.
    characters: Vec<usize>,
}

impl Positions {
    pub(super) fn of(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at.saturating_add(1));
        let counts = text.as_bytes().chunks(STRIDE).scan(0usize, |before, chunk| {
            let here = *before;
            *before = before.saturating_add(characters(chunk));
            Some(here)
        });
        Self { lines: std::iter::once(0).chain(ends).collect(), characters: counts.collect() }
    }

    /// Returns the line, counted from zero, that contains an offset.
    pub(super) fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|start| *start <= at).saturating_sub(1)
    }

    /// Returns the range of a line of the text, without its line ending.
    pub(super) fn range(&self, line: usize, text: &str) -> std::ops::Range<usize> {
        let start = self.lines.get(line).copied().unwrap_or(text.len());
        let end = self.lines.get(line.saturating_add(1)).map_or(text.len(), |next| next.saturating_sub(1));
        start..end
    }

    /// Returns the number of characters between two offsets of the text.
    pub(super) fn characters(&self, range: std::ops::Range<usize>, text: &str) -> usize {
        self.before(range.end, text).saturating_sub(self.before(range.start, text))
    }

    /// Returns the number of characters before an offset.
    fn before(&self, at: usize, text: &str) -> usize {
        let stride = at.checked_div(STRIDE).unwrap_or_default();
        let (known, from) = match self.characters.get(stride) {
            Some(known) => (*known, stride.saturating_mul(STRIDE)),
            // The end of a text whose length is a multiple of the stride.
            None => {
                (self.characters.last().copied().unwrap_or_default(), stride.saturating_sub(1).saturating_mul(STRIDE))
            }
        };
        known.saturating_add(characters(text.as_bytes().get(from..at).unwrap_or_default()))
    }
}

/// Returns the number of characters that begin in a part of a text.
fn characters(part: &[u8]) -> usize {
    // Bytes of the form 10xxxxxx continue a character.
    part.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::{Positions, STRIDE};

    #[test]
    fn lines_and_columns_are_those_of_counting() {
        for unit in ["aé\n", "é", "\n", "abcdé𝄞x\r\n\n"] {
            for length in [0, 1, STRIDE - 1, STRIDE, STRIDE + 1, 3 * STRIDE] {
                let text: String = unit.chars().cycle().take(length).collect();
                let positions = Positions::of(&text);
                for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                    let before = &text[..at];
                    let start = before.rfind('\n').map_or(0, |end| end + 1);
                    let line = positions.line(at);
                    assert_eq!(line, before.matches('\n').count());
                    let range = positions.range(line, &text);
                    assert_eq!(range, start..text[start..].find('\n').map_or(text.len(), |end| start + end));
                    assert_eq!(positions.characters(start..at, &text), text[start..at].chars().count());
                }
            }
        }
    }
}
