//! References of a document to itself by the name of its file. A copy of another name would lose them.

use super::files::{is_url, parse, relative_to};
use super::node::Node;
use crate::source::files::normal;
use crate::source::{Source, escape};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Returns a document in which `openapi.yaml#/components/…` is `#/components/…`, if that is its own file, so that it
/// means the same under any name. Invalid documents stay as they are.
pub(crate) fn without_own_name(source: &Arc<Source>) -> Arc<Source> {
    let own = source.path().to_string_lossy();
    let own = own.split(['?', '#']).next().unwrap_or_default();
    let end = own.rsplit(['/', '\\', '.']).next().unwrap_or_default();
    if end.is_empty() || !source.text.contains(&format!("{end}#")) {
        return source.clone();
    }
    let Ok((root, _)) = parse(source) else { return source.clone() };
    let is_own = |path: &str| match is_url(path) {
        true => path == own,
        false => !path.is_empty() && relative_to(source, path) == normal(Path::new(own)),
    };
    let mut found = Vec::new();
    collect(&root, &mut String::new(), false, &is_own, &mut found);
    if found.is_empty() {
        return source.clone();
    }
    let pointers: Vec<&str> = found.iter().map(|(pointer, _)| pointer.as_str()).collect();
    let keys = source.locate_all(&pointers);
    let edits: BTreeMap<usize, (usize, String)> =
        keys.iter().zip(&found).filter_map(|(key, (_, reference))| edit(&source.text, key.end, reference)).collect();
    let mut text = source.text.clone();
    for (start, (end, new)) in edits.into_iter().rev() {
        text.replace_range(start..end, &new);
    }
    Arc::new(source.with_text(text))
}

/// Collects the pointers and the values of the references and of the targets of discriminators that are own ones.
fn collect(
    node: &Node,
    pointer: &mut String,
    within_mapping: bool,
    is_own: &impl Fn(&str) -> bool,
    found: &mut Vec<(String, String)>,
) {
    let length = pointer.len();
    match node {
        Node::Object(members) => {
            for (key, value) in members {
                pointer.push('/');
                pointer.push_str(&escape(key));
                match value {
                    Node::Text(reference) if key == "$ref" || within_mapping => {
                        if reference.split_once('#').is_some_and(|(path, _)| is_own(path)) {
                            found.push((pointer.clone(), reference.clone()));
                        }
                    }
                    value => collect(value, pointer, key == "mapping", is_own, found),
                }
                pointer.truncate(length);
            }
        }
        Node::List(items) => {
            for (index, item) in items.iter().enumerate() {
                pointer.push_str(&format!("/{index}"));
                collect(item, pointer, false, is_own, found);
                pointer.truncate(length);
            }
        }
        _ => {}
    }
}

/// Returns the change that takes the path out of a reference, whose key ends at `from`: where the replaced part starts,
/// where it ends, and its new text.
fn edit(text: &str, from: usize, reference: &str) -> Option<(usize, (usize, String))> {
    let after = text.get(from..)?;
    let value = after.trim_start_matches(['"', '\'', ':', ' ', '\t', '\r', '\n']);
    let start = text.len().checked_sub(value.len())?;
    let (path, fragment) = reference.split_once('#')?;
    if text.get(..start)?.ends_with(['"', '\'']) {
        // JSON may escape slashes.
        let written = [path.to_owned(), path.replace('/', "\\/")];
        let written =
            written.iter().find(|path| value.strip_prefix(path.as_str()).is_some_and(|r| r.starts_with('#')))?;
        return Some((start, (start.checked_add(written.len())?, String::new())));
    }
    // Without quotes, a `#` after a space begins a comment.
    value.strip_prefix(reference)?;
    let quoted = format!("'#{}'", fragment.replace('\'', "''"));
    Some((start, (start.checked_add(reference.len())?, quoted)))
}

#[cfg(test)]
mod tests {
    use super::without_own_name;
    use crate::source::Source;
    use std::sync::Arc;

    fn text(name: &str, text: &str) -> String {
        without_own_name(&Arc::new(Source::new(name, text))).text.clone()
    }

    #[test]
    fn references_to_the_own_file_have_no_path() {
        for (old, new) in [
            ("a: {$ref: 'x.yaml#/b'}", "a: {$ref: '#/b'}"),
            ("a: {\"$ref\": \"./x.yaml#/b\"}", "a: {\"$ref\": \"#/b\"}"),
            ("a:\n  $ref: x.yaml#/b\n", "a:\n  $ref: '#/b'\n"),
            ("a:\n  $ref:\n    ../spec/x.yaml#/it's\n", "a:\n  $ref:\n    '#/it''s'\n"),
            ("[{\"$ref\": \".\\/x.yaml#\\/b\"}]", "[{\"$ref\": \"#\\/b\"}]"),
            ("mapping: {b: x.yaml#/b, c: C}", "mapping: {b: '#/b', c: C}"),
            ("é: &a {$ref: x.yaml#/b}\nc: *a\n", "é: &a {$ref: '#/b'}\nc: *a\n"),
        ] {
            assert_eq!(text("spec/x.yaml", old), new);
            assert_eq!(text("spec/x.yaml", new), new);
        }
        for same in [
            "a: {$ref: 'y/x.yaml#/b'}",
            "a: {$ref: 'https://x.test/x.yaml#/b'}",
            "a: {example: x.yaml#/b}",
            "description: 'see x.yaml#/b'",
            "a: [x.yaml#/b",
        ] {
            assert_eq!(text("spec/x.yaml", same), same);
        }
    }

    #[test]
    fn documents_of_urls() {
        let url = "https://x.test/v1/x.json?group=a";
        let new = "{\"a\": {\"$ref\": \"#/b\"}}";
        assert_eq!(text(url, "{\"a\": {\"$ref\": \"x.json#/b\"}}"), new);
        assert_eq!(text(url, "{\"a\": {\"$ref\": \"https://x.test/v1/x.json#/b\"}}"), new);
        let other = "{\"a\": {\"$ref\": \"https://y.test/v1/x.json#/b\"}}";
        assert_eq!(text(url, other), other);
    }
}
