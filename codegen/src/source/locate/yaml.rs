//! Parts of a YAML text.

use super::{Found, Wanted};
use saphyr_parser::{Event, Parser, Span};
use std::collections::HashSet;
use std::ops::Range;

/// Maximum nesting depth of a YAML text, parts that are not read included: the parser keeps what is open.
pub(crate) const YAML_DEPTH: usize = 1_000;

/// Returns the offset in bytes of a number of characters.
pub(crate) fn byte(text: &str, characters: usize) -> usize {
    text.char_indices().nth(characters).map_or(text.len(), |(index, _)| index)
}

/// Finds parts of a YAML text, as in JSON: the key of a member, the value elsewhere, the
/// nearest part above where the last steps are not in the text.
pub(in crate::source) fn locate(text: &str, wanted: &Wanted, spans: &mut [Range<usize>]) {
    let yaml = text.trim_start_matches('\u{feff}');
    spans.fill(0..1);
    let mut walk = Walk { parser: Parser::new_from_str(yaml), depth: 0, found: Found::new(spans) };
    walk.document(wanted);
    in_bytes(text, yaml, spans);
}

/// Replaces spans in characters of a YAML text by spans in bytes of the whole text, each within one line.
fn in_bytes(text: &str, yaml: &str, spans: &mut [Range<usize>]) {
    let skip = text.len().saturating_sub(yaml.len());
    let mut ordered: Vec<&mut Range<usize>> = spans.iter_mut().collect();
    ordered.sort_by_key(|span| span.start);
    let (mut characters, mut bytes) = (0usize, 0usize);
    for span in ordered {
        let rest = yaml.get(bytes..).unwrap_or_default();
        bytes = bytes.saturating_add(byte(rest, span.start.saturating_sub(characters)));
        characters = span.start;
        let rest = yaml.get(bytes..).unwrap_or_default();
        let line = rest.find('\n').unwrap_or(rest.len());
        let line = rest.get(..line).unwrap_or_default();
        let start = skip.saturating_add(bytes);
        *span = start..start.saturating_add(byte(line, span.len()));
    }
}

struct Walk<'t, 'f> {
    parser: Parser<'t, saphyr_parser::StrInput<'t>>,
    depth: usize,
    /// The parts that were found, in characters.
    found: Found<'f>,
}

impl<'t> Walk<'t, '_> {
    fn next(&mut self) -> Option<(Event<'t>, Span)> {
        let (event, span) = self.parser.next_event()?.ok()?;
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => self.depth = self.depth.saturating_add(1),
            Event::MappingEnd | Event::SequenceEnd => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        (self.depth <= YAML_DEPTH).then_some((event, span))
    }

    fn document(&mut self, wanted: &Wanted) -> Option<()> {
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => return None,
                Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing => {}
                event => {
                    let start = span.start.index();
                    self.found.set(wanted, &(start..start.saturating_add(1)));
                    return self.find(&event, wanted);
                }
            }
        }
    }

    /// Finds the wanted parts within the value that an event begins, and reads up to its end. Once all parts are found,
    /// the rest of the text is not read.
    fn find(&mut self, event: &Event<'_>, wanted: &Wanted) -> Option<()> {
        if !self.found.pending() {
            return None;
        }
        if wanted.children.is_empty() {
            return self.skip(event);
        }
        match event {
            Event::MappingStart(..) => {
                let mut known = HashSet::new();
                loop {
                    let (key, span) = self.next()?;
                    let text = match &key {
                        Event::MappingEnd => return Some(()),
                        Event::Scalar(text, ..) => text,
                        _ => return None,
                    };
                    let child = wanted.children.get_key_value(text.as_ref()).filter(|(key, _)| known.insert(*key));
                    if let Some((_, child)) = child {
                        self.found.set(child, &(span.start.index()..span.end.index()));
                    }
                    let (value, _) = self.next()?;
                    match child {
                        Some((_, child)) => self.find(&value, child)?,
                        None => self.skip(&value)?,
                    }
                }
            }
            Event::SequenceStart(..) => {
                for index in 0usize.. {
                    let (item, span) = self.next()?;
                    if item == Event::SequenceEnd {
                        return Some(());
                    }
                    match wanted.children.get(&index.to_string()) {
                        Some(child) => {
                            let start = span.start.index();
                            self.found.set(child, &(start..span.end.index().max(start.saturating_add(1))));
                            self.find(&item, child)?;
                        }
                        None => self.skip(&item)?,
                    }
                }
                None
            }
            _ => Some(()),
        }
    }

    fn skip(&mut self, event: &Event<'_>) -> Option<()> {
        let mut depth = usize::from(matches!(event, Event::MappingStart(..) | Event::SequenceStart(..)));
        while depth > 0 {
            match self.next()?.0 {
                Event::MappingStart(..) | Event::SequenceStart(..) => depth = depth.saturating_add(1),
                Event::MappingEnd | Event::SequenceEnd => depth = depth.saturating_sub(1),
                Event::StreamEnd => return None,
                _ => {}
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use crate::source::Source;

    #[test]
    fn places() {
        let text = "# é\nopenapi: 3.1.0\npaths:\n  /pets:\n    get:\n      tags: [a, é, bc]\n      x:\n        - k: 1\n        - k: 2\n";
        let at = |pointer: &str| &text[Source::new("x.yaml", text).locate(pointer)];
        assert_eq!(at("/paths/~1pets/get"), "get");
        assert_eq!(at("/paths/~1pets/get/tags/2"), "bc");
        assert_eq!(at("/paths/~1pets/get/x/1/k"), "k");
        assert_eq!(at("/paths/~1pets/nothing"), "/pets");
        assert_eq!(at(""), "o");
    }
}
