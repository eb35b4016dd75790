//! YAML as a tree.

use super::node::{DEPTH, Node};
use crate::diagnostic::Diagnostic;
use crate::source::Source;
use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, Span, StrInput, Tag};
use serde_json::Number;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

/// Maximum number of values that aliases may add to a document, beyond one for every 16 of its bytes: a value takes
/// much more memory than the bytes.
const ALIASED: usize = 20_000;
const BYTES_PER_ALIASED: usize = 16;

/// A value, and warnings about what is lost of the text.
pub(super) type Parsed = (Node, Vec<Diagnostic>);

/// Parses YAML 1.2, of which JSON is a part. Text without quotes is invalid in what is meant to be JSON.
///
/// # Errors
/// Invalid YAML, nesting that is too deep, or aliases that expand to too many values.
pub(super) fn parse(source: &Arc<Source>) -> Result<Parsed, Diagnostic> {
    let text = source.text.trim_start_matches('\u{feff}');
    let shift = source.text.len().saturating_sub(text.len());
    let limit = (text.len() / BYTES_PER_ALIASED).saturating_add(ALIASED);
    let mut builder = Builder {
        parser: Parser::new_from_str(text),
        is_json: source.is_json(),
        anchors: HashMap::new(),
        duplicates: Vec::new(),
        depth: 0,
        aliased: 0,
        limit,
    };
    let at = |diagnostic: Diagnostic, span: Range<usize>| {
        diagnostic.at_span(source, shift.saturating_add(span.start)..shift.saturating_add(span.end))
    };
    let root = builder.document().map_err(|(message, start)| {
        let length = text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        at(Diagnostic::error(message), start..start.saturating_add(length))
    })?;
    let warnings = builder.duplicates.into_iter().map(|(key, span)| {
        let warning = Diagnostic::warning(format!("duplicate key `{key}`: the last one counts"));
        at(warning, span).help("remove the others: readers differ in which one counts")
    });
    Ok((root, warnings.collect()))
}

/// A message, and its place in bytes.
type Fault = (String, usize);

/// A value and the number of values in it.
type Sized = (Node, usize);

struct Builder<'t> {
    parser: Parser<'t, StrInput<'t>>,
    /// True if the text is meant to be JSON.
    is_json: bool,
    /// The values of anchors.
    anchors: HashMap<usize, Sized>,
    /// Keys that an object has already, and their places in bytes.
    duplicates: Vec<(String, Range<usize>)>,
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
                Event::StreamStart | Event::DocumentStart(..) | Event::DocumentEnd => {}
                event => {
                    let (node, _) = self.node(event, span)?;
                    // Errors after the first document are errors too.
                    loop {
                        match self.next()? {
                            (Event::StreamEnd, _) => return Ok(node),
                            (Event::DocumentStart(..), span) => {
                                return Err(("unexpected second document in the file".into(), bytes(span).start));
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
                    return Err(("an alias within its own anchor".into(), bytes(span).start));
                };
                self.aliased = self.aliased.saturating_add(*size);
                if self.aliased > self.limit {
                    return Err(("the aliases expand to too many values".into(), bytes(span).start));
                }
                return Ok((node.clone(), *size));
            }
            Event::Scalar(text, style, anchor, tag) => {
                // Long text counts like many values.
                let size = (text.len() / 32).saturating_add(1);
                let scalar = scalar(text, style, tag.as_deref());
                if self.is_json && style == ScalarStyle::Plain && matches!(scalar, Node::Text(_)) {
                    return Err(("text without quotes".into(), bytes(span).start));
                }
                (scalar, size, anchor)
            }
            Event::SequenceStart(..) | Event::MappingStart(..) if self.depth > DEPTH => {
                let outer = self.depth;
                while self.depth >= outer && self.next()?.0 != Event::StreamEnd {}
                (Node::TooDeep, 1, 0)
            }
            Event::SequenceStart(_, anchor, _) => {
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
            Event::MappingStart(_, anchor, _) => {
                let (members, size) = self.members()?;
                (Node::Object(members), size, anchor)
            }
            _ => return Err(("missing value".into(), bytes(span).start)),
        };
        if anchor > 0 {
            // A copy is kept for aliases, which counts like one.
            self.aliased = self.aliased.saturating_add(size);
            if self.aliased > self.limit {
                return Err(("the anchors hold too many values".into(), bytes(span).start));
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
                Event::Scalar(_, ScalarStyle::Plain, ..) if self.is_json => {
                    return Err(("a key without quotes".into(), bytes(span).start));
                }
                Event::Scalar(text, ..) => text.into_owned(),
                _ => return Err(("a key must be a string".into(), bytes(span).start)),
            };
            let (event, value_span) = self.next()?;
            let (value, more) = self.node(event, value_span)?;
            size = size.saturating_add(more).saturating_add(key.len() / 32);
            if merge {
                merged.push(value);
            } else {
                if members.contains_key(&key) {
                    self.duplicates.push((key.clone(), bytes(span)));
                }
                members.insert(key, value);
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
    let as_text = tag.is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix() == "str");
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
    let message = match error.kind() {
        ErrorKind::RecursionLimitExceeded => "nested more than 255 levels deep".to_owned(),
        _ => error.info(),
    };
    (message, error.marker().byte_offset().unwrap_or_default())
}

/// Returns the place of an event in bytes, which the parser knows of text in memory.
fn bytes(span: Span) -> Range<usize> {
    span.byte_range().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Node, Diagnostic> {
        parse(&Arc::new(Source::new("x.yaml", text))).map(|(node, _)| node)
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
    fn deep_nesting_is_an_error() {
        for text in ["[".repeat(100_000), "- ".repeat(100_000)] {
            assert_eq!(read(&text).unwrap_err().message, "nested more than 255 levels deep");
        }
    }

    #[test]
    fn the_last_of_duplicate_keys_counts() {
        let (node, warnings) = parse(&Arc::new(Source::new("x.yaml", "a: 1\né: 2\na: 3\n"))).unwrap();
        let [warning] = warnings.as_slice() else { panic!("{warnings:?}") };
        assert_eq!((node.to_string().as_str(), warning.position()), ("{a: 3, é: 2}", Some((3, 1))));
    }

    /// PyYAML, libyaml and the readers on top of them take it.
    #[test]
    fn text_in_quotes_and_brackets_may_be_indented_less() {
        assert_eq!(read("a:\n  b: \"c\n\nd\"\n  e: [\n  f,\n]\n").unwrap().to_string(), "{a: {b: c\nd, e: [f]}}");
    }
}
