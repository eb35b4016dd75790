//! Parts of a YAML text.

use super::{Found, Wanted};
use granit_parser::{Event, Parser, StrInput};
use std::collections::HashSet;
use std::ops::Range;

/// Finds parts of a YAML text, as in JSON: the key of a member, the value elsewhere, the
/// nearest part above where the last steps are not in the text.
pub(in crate::source) fn locate(text: &str, wanted: &Wanted, spans: &mut [Range<usize>]) {
    let yaml = text.trim_start_matches('\u{feff}');
    spans.fill(0..1);
    let mut walk = Walk { parser: Parser::new_from_str(yaml), found: Found::new(spans) };
    walk.document(wanted);
    let skip = text.len().saturating_sub(yaml.len());
    for span in spans {
        // A value of several lines is shown by its first one.
        let found = yaml.get(span.clone()).unwrap_or_default();
        let length = found.find('\n').unwrap_or(found.len());
        let start = skip.saturating_add(span.start);
        *span = start..start.saturating_add(length);
    }
}

struct Walk<'t, 'f> {
    parser: Parser<'t, StrInput<'t>>,
    found: Found<'f>,
}

impl<'t> Walk<'t, '_> {
    /// Returns the next event, and its place in bytes.
    fn next(&mut self) -> Option<(Event<'t>, Range<usize>)> {
        let (event, span) = self.parser.next_event()?.ok()?;
        Some((event, span.byte_range()?))
    }

    fn document(&mut self, wanted: &Wanted) -> Option<()> {
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => return None,
                Event::StreamStart | Event::DocumentStart(..) | Event::DocumentEnd => {}
                event => {
                    self.found.set(wanted, &(span.start..span.start.saturating_add(1)));
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
                        self.found.set(child, &span);
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
                            self.found.set(child, &(span.start..span.end.max(span.start.saturating_add(1))));
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
