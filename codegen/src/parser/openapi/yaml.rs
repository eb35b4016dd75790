//! YAML as a tree.

use super::node::{DEPTH, Node};
use crate::diagnostic::Diagnostic;
use crate::source::{Source, YAML_DEPTH, byte};
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, Tag};
use serde_json::Number;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Maximum number of values that aliases may add to a document, beyond one for every 16 of its bytes: a value takes
/// much more memory than the bytes.
const ALIASED: usize = 20_000;
const BYTES_PER_ALIASED: usize = 16;

/// Parses YAML 1.2, of which JSON is a part.
///
/// # Errors
/// Invalid YAML, a duplicate key, nesting that is too deep, or aliases that expand to too many values.
pub(super) fn parse(source: &Arc<Source>) -> Result<Node, Diagnostic> {
    let text = source.text.trim_start_matches('\u{feff}');
    let shift = source.text.len().saturating_sub(text.len());
    let limit = (text.len() / BYTES_PER_ALIASED).saturating_add(ALIASED);
    let mut builder =
        Builder { parser: Parser::new_from_str(text), anchors: HashMap::new(), depth: 0, aliased: 0, limit };
    builder.document().map_err(|(message, characters)| {
        let start = byte(text, characters);
        let length = text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let start = shift.saturating_add(start);
        Diagnostic::error(message).at_span(source, start..start.saturating_add(length))
    })
}

/// A message, and the number of characters before its place.
type Fault = (String, usize);

/// A value and the number of values in it.
type Sized = (Node, usize);

struct Builder<'t> {
    parser: Parser<'t, saphyr_parser::StrInput<'t>>,
    /// The values of anchors.
    anchors: HashMap<usize, Sized>,
    depth: usize,
    /// Number of values that aliases have added, at most `limit`.
    aliased: usize,
    limit: usize,
}

impl<'t> Builder<'t> {
    fn next(&mut self) -> Result<(Event<'t>, Span), Fault> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => {
                match event {
                    Event::MappingStart(..) | Event::SequenceStart(..) => self.depth = self.depth.saturating_add(1),
                    Event::MappingEnd | Event::SequenceEnd => self.depth = self.depth.saturating_sub(1),
                    _ => {}
                }
                if self.depth > YAML_DEPTH {
                    return Err((format!("nested more than {YAML_DEPTH} levels deep"), span.start.index()));
                }
                Ok((event, span))
            }
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
                    let (node, _) = self.node(event, span)?;
                    // Errors after the first document are errors too.
                    loop {
                        match self.next()? {
                            (Event::StreamEnd, _) => return Ok(node),
                            (Event::DocumentStart(_), span) => {
                                return Err(("unexpected second document in the file".into(), span.start.index()));
                            }
                            _ => {}
                        }
                    }
                }
            }
        }
    }

    fn node(&mut self, event: Event<'t>, span: Span) -> Result<Sized, Fault> {
        let (node, size, anchor) = match event {
            Event::Alias(id) => {
                let Some((node, size)) = self.anchors.get(&id) else {
                    return Err(("an alias within its own anchor".into(), span.start.index()));
                };
                self.aliased = self.aliased.saturating_add(*size);
                if self.aliased > self.limit {
                    return Err(("the aliases expand to too many values".into(), span.start.index()));
                }
                return Ok((node.clone(), *size));
            }
            Event::Scalar(text, style, anchor, tag) => {
                // Long text counts like many values.
                let size = (text.len() / 32).saturating_add(1);
                (scalar(text, style, tag.as_deref()), size, anchor)
            }
            Event::SequenceStart(..) | Event::MappingStart(..) if self.depth > DEPTH => {
                let outer = self.depth;
                while self.depth >= outer && self.next()?.0 != Event::StreamEnd {}
                (Node::TooDeep, 1, 0)
            }
            Event::SequenceStart(anchor, _) => {
                let mut items = Vec::new();
                let mut size = 1usize;
                loop {
                    let (event, span) = self.next()?;
                    if event == Event::SequenceEnd {
                        break;
                    }
                    let (item, more) = self.node(event, span)?;
                    size = size.saturating_add(more);
                    items.push(item);
                }
                (Node::List(items), size, anchor)
            }
            Event::MappingStart(anchor, _) => {
                let (members, size) = self.members()?;
                (Node::Object(members), size, anchor)
            }
            _ => return Err(("missing value".into(), span.start.index())),
        };
        if anchor > 0 {
            // A copy is kept for aliases, which counts like one.
            self.aliased = self.aliased.saturating_add(size);
            if self.aliased > self.limit {
                return Err(("the anchors hold too many values".into(), span.start.index()));
            }
            self.anchors.insert(anchor, (node.clone(), size));
        }
        Ok((node, size))
    }

    fn members(&mut self) -> Result<(BTreeMap<String, Node>, usize), Fault> {
        let mut members = BTreeMap::new();
        let mut merged = Vec::new();
        let mut size = 1usize;
        loop {
            let (event, span) = self.next()?;
            if event == Event::MappingEnd {
                break;
            }
            let merge = matches!(&event, Event::Scalar(text, ScalarStyle::Plain, ..) if text == "<<");
            let key = match event {
                Event::Scalar(text, ..) => text.into_owned(),
                _ => return Err(("a key must be a string".into(), span.start.index())),
            };
            let (event, value_span) = self.next()?;
            let (value, more) = self.node(event, value_span)?;
            size = size.saturating_add(more).saturating_add(key.len() / 32);
            if merge {
                merged.push(value);
            } else if members.insert(key.clone(), value).is_some() {
                return Err((format!("duplicate key `{key}`"), span.start.index()));
            }
        }
        // `<<: *base` adds the members that the mapping does not have itself.
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

/// Returns a scalar by YAML 1.2's core schema, where all quoted scalars are text.
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
    fn aliases_with_unlimited_expansion() {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..12 {
            let below = format!("*a{}", level - 1);
            text += &format!("a{level}: &a{level} [{}]\n", [below.as_str(); 10].join(", "));
        }
        assert!(read(&text).unwrap_err().message.contains("too many values"));
    }

    #[test]
    fn deep_nesting_and_duplicate_keys_are_errors() {
        assert!(read(&"[".repeat(100_000)).is_err());
        let error = read("a: 1\nb: 2\na: 3\n").unwrap_err();
        assert_eq!((error.message.as_str(), error.position()), ("duplicate key `a`", Some((3, 1))));
    }
}
