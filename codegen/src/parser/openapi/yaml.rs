//! YAML as a tree, and where each part of it is in the text.

use super::node::Node;
use crate::diagnostic::Diagnostic;
use crate::source::Source;
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, Tag};
use serde_json::Number;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

/// How deep a document may nest: as deep as JSON may.
const DEPTH: usize = 127;
/// How many values the aliases of a document may add: a few lines can stand for more than memory holds.
const ALIASED: usize = 1_000_000;

/// Reads YAML 1.2, of which JSON is a part.
///
/// # Errors
/// The first thing that is not YAML, a key that is there twice, or nesting without end.
pub(super) fn parse(source: &Arc<Source>) -> Result<Node, Diagnostic> {
    let text = source.text.trim_start_matches('\u{feff}');
    let shift = source.text.len() - text.len();
    let mut builder = Builder { parser: Parser::new_from_str(text), anchors: HashMap::new(), aliased: 0 };
    builder.document().map_err(|(message, characters)| {
        let start = shift + byte(text, characters);
        let end = text[start - shift..].chars().next().map_or(start, |c| start + c.len_utf8());
        Diagnostic::error(message).at_span(source, start..end)
    })
}

/// What is wrong, and the number of characters before it.
type Fault = (String, usize);

struct Builder<'t> {
    parser: Parser<'t, saphyr_parser::StrInput<'t>>,
    /// What anchors stand for, with the number of values in it.
    anchors: HashMap<usize, (Node, usize)>,
    aliased: usize,
}

impl<'t> Builder<'t> {
    fn next(&mut self) -> Result<(Event<'t>, Span), Fault> {
        match self.parser.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => Err(fault(&error)),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn document(&mut self) -> Result<Node, Fault> {
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => return Ok(Node::Null),
                Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing => {}
                event => {
                    let (node, _) = self.node(event, span, 0)?;
                    // What is wrong behind the first document is wrong all the same.
                    loop {
                        match self.next()? {
                            (Event::StreamEnd, _) => return Ok(node),
                            (Event::DocumentStart(_), span) => {
                                return Err(("a second document in the same file".into(), span.start.index()));
                            }
                            _ => {}
                        }
                    }
                }
            }
        }
    }

    /// A value and the number of values in it.
    fn node(&mut self, event: Event<'t>, span: Span, depth: usize) -> Result<(Node, usize), Fault> {
        if depth > DEPTH {
            return Err(("the document nests deeper than any OpenAPI document does".into(), span.start.index()));
        }
        let (node, size, anchor) = match event {
            Event::Alias(id) => {
                let Some((node, size)) = self.anchors.get(&id).cloned() else {
                    return Err(("an alias of something that holds it".into(), span.start.index()));
                };
                self.aliased += size;
                if self.aliased > ALIASED {
                    return Err(("the aliases stand for too much".into(), span.start.index()));
                }
                return Ok((node, size));
            }
            Event::Scalar(text, style, anchor, tag) => (scalar(text, style, tag.as_deref()), 1, anchor),
            Event::SequenceStart(anchor, _) => {
                let mut items = Vec::new();
                let mut size = 1;
                loop {
                    let (event, span) = self.next()?;
                    if event == Event::SequenceEnd {
                        break;
                    }
                    let (item, more) = self.node(event, span, depth + 1)?;
                    size += more;
                    items.push(item);
                }
                (Node::List(items), size, anchor)
            }
            Event::MappingStart(anchor, _) => {
                let (members, size) = self.members(depth)?;
                (Node::Object(members), size, anchor)
            }
            _ => return Err(("a value is missing".into(), span.start.index())),
        };
        if anchor > 0 {
            self.anchors.insert(anchor, (node.clone(), size));
        }
        Ok((node, size))
    }

    fn members(&mut self, depth: usize) -> Result<(BTreeMap<String, Node>, usize), Fault> {
        let mut members = BTreeMap::new();
        let mut merged = Vec::new();
        let mut size = 1;
        loop {
            let (event, span) = self.next()?;
            if event == Event::MappingEnd {
                break;
            }
            let plain = matches!(&event, Event::Scalar(text, ScalarStyle::Plain, ..) if text == "<<");
            let key = match event {
                Event::Scalar(text, ..) => text.into_owned(),
                _ => return Err(("a key that is no text".into(), span.start.index())),
            };
            let (event, value_span) = self.next()?;
            let (value, more) = self.node(event, value_span, depth + 1)?;
            size += more;
            if plain {
                merged.push(value);
            } else if members.insert(key.clone(), value).is_some() {
                return Err((format!("the key `{key}` is there twice"), span.start.index()));
            }
        }
        // `<<: *base` adds what the mapping does not have itself.
        for value in merged {
            let bases = match value {
                Node::List(bases) => bases,
                base => vec![base],
            };
            for base in bases {
                if let Node::Object(base) = base {
                    for (key, value) in base {
                        members.entry(key).or_insert(value);
                    }
                }
            }
        }
        Ok((members, size))
    }
}

/// A scalar by YAML 1.2's core schema: only what is written plainly is anything but text.
fn scalar(text: Cow<'_, str>, style: ScalarStyle, tag: Option<&Tag>) -> Node {
    let as_text = tag.is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str");
    if style != ScalarStyle::Plain || as_text {
        return Node::Text(text.into_owned());
    }
    match text.as_ref() {
        "" | "~" | "null" | "Null" | "NULL" => return Node::Null,
        "true" | "True" | "TRUE" => return Node::Bool(true),
        "false" | "False" | "FALSE" => return Node::Bool(false),
        _ => {}
    }
    number(&text).map_or_else(|| Node::Text(text.into_owned()), Node::Number)
}

fn number(text: &str) -> Option<Number> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let radix = |prefix, radix| digits.strip_prefix(prefix).and_then(|rest| u64::from_str_radix(rest, radix).ok());
    if let Some(value) = radix("0x", 16).or_else(|| radix("0o", 8)) {
        return Some(value.into());
    }
    let plain = text.strip_prefix('+').unwrap_or(text);
    if let Ok(value) = plain.parse::<i64>() {
        return Some(value.into());
    }
    if let Ok(value) = plain.parse::<u64>() {
        return Some(value.into());
    }
    let float = digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'-' | b'+'));
    let once = digits.bytes().filter(|b| *b == b'.').count() <= 1;
    (float && once).then(|| plain.parse::<f64>().ok().and_then(Number::from_f64)).flatten()
}

fn fault(error: &ScanError) -> Fault {
    (error.info().to_owned(), error.marker().index())
}

/// The byte at which so many characters end.
fn byte(text: &str, characters: usize) -> usize {
    text.char_indices().nth(characters).map_or(text.len(), |(index, _)| index)
}

/// The part of a YAML text that a JSON pointer names, as [`Source::locate`] has it for JSON: the key of a member, the
/// value elsewhere, what is nearest above where the last parts are not in the text.
pub(crate) fn locate(text: &str, pointer: &[String]) -> Range<usize> {
    let skip = text.len() - text.trim_start_matches('\u{feff}').len();
    let text = &text[skip..];
    let mut walk = Walk { parser: Parser::new_from_str(text), found: None };
    walk.document(pointer);
    let (start, end) = walk.found.unwrap_or((0, 1));
    let start = byte(text, start);
    let end = start + byte(&text[start..], end - walk.found.map_or(0, |(start, _)| start));
    let line_end = text[start..].find('\n').map_or(text.len(), |index| start + index);
    skip + start..skip + end.clamp(start, line_end.max(start))
}

struct Walk<'t> {
    parser: Parser<'t, saphyr_parser::StrInput<'t>>,
    /// The last part that was found, in characters.
    found: Option<(usize, usize)>,
}

impl<'t> Walk<'t> {
    fn next(&mut self) -> Option<(Event<'t>, Span)> {
        self.parser.next_event()?.ok()
    }

    fn document(&mut self, pointer: &[String]) -> Option<()> {
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => return None,
                Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing => {}
                event => {
                    self.found = Some((span.start.index(), span.start.index() + 1));
                    return self.enter(event, pointer);
                }
            }
        }
    }

    /// Goes as far along the pointer as the text goes; the rest of the text does not matter.
    fn enter(&mut self, event: Event<'t>, pointer: &[String]) -> Option<()> {
        let (step, rest) = pointer.split_first()?;
        match event {
            Event::MappingStart(..) => loop {
                let (key, key_span) = self.next()?;
                let Event::Scalar(text, ..) = &key else {
                    return None;
                };
                let wanted = text == step;
                let (value, _) = self.next()?;
                if wanted {
                    self.found = Some((key_span.start.index(), key_span.end.index()));
                    return self.enter(value, rest);
                }
                self.skip(&value)?;
            },
            Event::SequenceStart(..) => {
                let wanted: usize = step.parse().ok()?;
                for index in 0.. {
                    let (item, span) = self.next()?;
                    if item == Event::SequenceEnd {
                        return None;
                    }
                    if index == wanted {
                        self.found = Some((span.start.index(), span.end.index().max(span.start.index() + 1)));
                        return self.enter(item, rest);
                    }
                    self.skip(&item)?;
                }
                None
            }
            _ => None,
        }
    }

    fn skip(&mut self, event: &Event<'_>) -> Option<()> {
        let mut depth = usize::from(matches!(event, Event::MappingStart(..) | Event::SequenceStart(..)));
        while depth > 0 {
            match self.next()?.0 {
                Event::MappingStart(..) | Event::SequenceStart(..) => depth += 1,
                Event::MappingEnd | Event::SequenceEnd => depth -= 1,
                Event::StreamEnd => return None,
                _ => {}
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Node, Diagnostic> {
        parse(&Arc::new(Source::new("x.yaml", text)))
    }

    #[test]
    fn the_core_schema() {
        let text =
            "a: 1\nb: '1'\nc: true\nd: yes\ne: ~\nf: 1.5\ng: 2024-01-01\nh: 0x1f\ni: 1e3\n200: x\nj: .\nk: 1.2.3\n";
        let node = read(text).unwrap();
        let shown: Vec<_> = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "200", "j", "k"]
            .into_iter()
            .map(|key| format!("{} {}", node.get(key).unwrap().kind(), node.get(key).unwrap()))
            .collect();
        assert_eq!(
            shown,
            [
                "a number 1",
                "a string 1",
                "a boolean true",
                "a string yes",
                "null null",
                "a number 1.5",
                "a string 2024-01-01",
                "a number 31",
                "a number 1000.0",
                "a string x",
                "a string .",
                "a string 1.2.3",
            ]
        );
    }

    #[test]
    fn anchors_and_merges() {
        let node = read("base: &b {x: 1, y: 2}\nmore:\n  <<: *b\n  y: 3\n").unwrap();
        assert_eq!(node.get("more").unwrap().to_string(), "{x: 1, y: 3}");
    }

    #[test]
    fn few_lines_that_stand_for_too_much() {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..12 {
            let below = format!("*a{}", level - 1);
            text += &format!("a{level}: &a{level} [{}]\n", [below.as_str(); 10].join(", "));
        }
        assert!(read(&text).unwrap_err().message.contains("too much"));
    }

    #[test]
    fn deep_nesting_and_double_keys_are_errors() {
        assert!(read(&"[".repeat(100_000)).is_err());
        let error = read("a: 1\nb: 2\na: 3\n").unwrap_err();
        assert_eq!((error.message.as_str(), error.position()), ("the key `a` is there twice", Some((3, 1))));
    }

    #[test]
    fn places() {
        let text = "# é\nopenapi: 3.1.0\npaths:\n  /pets:\n    get:\n      tags: [a, é, bc]\n      x:\n        - k: 1\n        - k: 2\n";
        let at = |pointer: &[&str]| {
            let pointer: Vec<String> = pointer.iter().map(|part| (*part).to_owned()).collect();
            &text[locate(text, &pointer)]
        };
        assert_eq!(at(&["paths", "/pets", "get"]), "get");
        assert_eq!(at(&["paths", "/pets", "get", "tags", "2"]), "bc");
        assert_eq!(at(&["paths", "/pets", "get", "x", "1", "k"]), "k");
        assert_eq!(at(&["paths", "/pets", "nothing"]), "/pets");
        assert_eq!(at(&[]), "o");
    }
}
