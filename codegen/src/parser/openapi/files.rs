//! The files of a document, and what a `$ref` names in them.

use super::node::Node;
use super::yaml;
use crate::diagnostic::Diagnostic;
use crate::parser::json;
use crate::source::{Source, escape, unescape};
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// A document with all files that it refers to.
pub(super) struct Files {
    files: Vec<File>,
    /// Paths that were asked for: the file's number, or why there is none.
    by_path: BTreeMap<PathBuf, Result<usize, String>>,
}

struct File {
    source: Arc<Source>,
    root: Node,
}

/// A value in one of the files, and how it was reached.
#[derive(Clone)]
pub(super) struct View<'a> {
    /// The file's number; the document itself is 0.
    pub(super) file: usize,
    /// The value.
    pub(super) node: &'a Node,
    /// Its place in the file, as a JSON pointer.
    pub(super) pointer: String,
}

impl<'a> View<'a> {
    /// The member of this name.
    pub(super) fn get(&self, key: &str) -> Option<View<'a>> {
        Some(self.child(self.node.get(key)?, key))
    }

    /// The value of a member of which this is the name.
    pub(super) fn child(&self, node: &'a Node, key: &str) -> View<'a> {
        View { file: self.file, node, pointer: format!("{}/{}", self.pointer, escape(key)) }
    }

    /// The text that a member holds, if it holds text.
    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.node.get(key)?.text()
    }

    /// Whether a member is `true`, or text that says so, which Google writes.
    pub(super) fn flag(&self, key: &str) -> bool {
        match self.node.get(key) {
            Some(Node::Bool(value)) => *value,
            Some(Node::Text(text)) => text == "true",
            _ => false,
        }
    }

    /// The members of an object; none of anything else.
    pub(super) fn members(&self) -> impl Iterator<Item = (&'a str, View<'a>)> {
        let members = match self.node {
            Node::Object(members) => Some(members),
            _ => None,
        };
        members.into_iter().flatten().map(|(key, node)| (key.as_str(), self.child(node, key)))
    }

    /// The elements of a list; none of anything else.
    pub(super) fn items(&self) -> impl Iterator<Item = View<'a>> {
        let items = match self.node {
            Node::List(items) => items.as_slice(),
            _ => &[],
        };
        items.iter().enumerate().map(|(index, node)| self.child(node, &index.to_string()))
    }

    /// The same place, told from all other places of all files.
    pub(super) fn place(&self) -> (usize, String) {
        (self.file, self.pointer.clone())
    }
}

/// Why a `$ref` names nothing.
pub(super) enum Lost {
    /// There is no such place; what would be one.
    Nowhere(Vec<String>),
    /// The file cannot be read, for this reason.
    File(String),
    /// It is of a kind that is not followed, for this reason.
    Unsupported(String),
}

impl Files {
    /// Reads the document and every file that it refers to, directly or not.
    ///
    /// # Errors
    /// What is wrong with the document's own text. A file that cannot be read is told when something needs it.
    pub(super) fn read(source: &Arc<Source>) -> Result<Self, Diagnostic> {
        let root = parse(source)?;
        let mut files = Self { files: vec![File { source: source.clone(), root }], by_path: BTreeMap::new() };
        files.by_path.insert(normal(Path::new(&source.name)), Ok(0));
        let mut next = 0;
        while next < files.files.len() {
            let mut references = Vec::new();
            collect(&files.files[next].root, &mut references);
            for path in references {
                if !is_url(&path) {
                    files.load(next, &path);
                }
            }
            next += 1;
        }
        Ok(files)
    }

    fn load(&mut self, from: usize, path: &str) {
        let full = self.path(from, path);
        if self.by_path.contains_key(&full) {
            return;
        }
        let outcome = std::fs::read_to_string(&full).map_err(|error| error.to_string()).and_then(|text| {
            let source = Arc::new(Source::new(full.display().to_string(), text));
            parse(&source).map(|root| (source, root)).map_err(|error| match error.position() {
                Some((line, column)) => format!("{} at {line}:{column}", error.message),
                None => error.message,
            })
        });
        let outcome = outcome.map(|(source, root)| {
            self.files.push(File { source, root });
            self.files.len() - 1
        });
        self.by_path.insert(full, outcome);
    }

    /// Where a path in a file leads: it is relative to that file.
    fn path(&self, from: usize, path: &str) -> PathBuf {
        let base = Path::new(&self.files[from].source.name).parent().unwrap_or(Path::new(""));
        normal(&base.join(decode(path)))
    }

    /// The whole of the document itself.
    pub(super) fn root(&self) -> View<'_> {
        View { file: 0, node: &self.files[0].root, pointer: String::new() }
    }

    /// The text of a file.
    pub(super) fn source(&self, file: usize) -> &Arc<Source> {
        &self.files[file].source
    }

    /// Every file that was read.
    pub(super) fn sources(&self) -> impl Iterator<Item = &Arc<Source>> {
        self.files.iter().map(|file| &file.source)
    }

    /// A place as text: the pointer alone in the document itself, behind the file's name elsewhere.
    pub(super) fn show(&self, view: &View<'_>) -> String {
        match view.file {
            0 => view.pointer.clone(),
            file => format!("{}#{}", self.files[file].source.name, view.pointer),
        }
    }

    /// What a `$ref` names.
    pub(super) fn find(&self, from: usize, reference: &str) -> Result<View<'_>, Lost> {
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let file = if path.is_empty() {
            from
        } else if is_url(path) {
            return Err(Lost::Unsupported("it leads to the network; only files beside the document are read".into()));
        } else {
            match self.by_path.get(&self.path(from, path)) {
                Some(Ok(file)) => *file,
                Some(Err(reason)) => return Err(Lost::File(reason.clone())),
                None => return Err(Lost::File("it was not read".into())),
            }
        };
        let fragment = decode(fragment);
        if !fragment.is_empty() && !fragment.starts_with('/') {
            return Err(Lost::Unsupported("it names an anchor; only JSON pointers are followed".into()));
        }
        let parts: Vec<String> = fragment.split('/').skip(1).map(unescape).collect();
        let root = &self.files[file].root;
        match root.at(parts.iter().map(String::as_str)) {
            Some(node) => {
                let pointer = parts.iter().map(|part| format!("/{}", escape(part))).collect();
                Ok(View { file, node, pointer })
            }
            None => {
                let above = parts.split_last().and_then(|(_, above)| root.at(above.iter().map(String::as_str)));
                let near = match above {
                    Some(Node::Object(members)) => members.keys().cloned().collect(),
                    _ => Vec::new(),
                };
                Err(Lost::Nowhere(near))
            }
        }
    }
}

/// Reads the text of one file, JSON or YAML.
fn parse(source: &Arc<Source>) -> Result<Node, Diagnostic> {
    if source.is_json() { json::parse(source) } else { yaml::parse(source) }
}

/// The paths of all files that a value refers to.
fn collect(node: &Node, paths: &mut Vec<String>) {
    match node {
        Node::Object(members) => {
            for (key, value) in members {
                match value {
                    Node::Text(reference) if key == "$ref" => {
                        let path = reference.split('#').next().unwrap_or_default();
                        if !path.is_empty() {
                            paths.push(path.to_owned());
                        }
                    }
                    value => collect(value, paths),
                }
            }
        }
        Node::List(items) => items.iter().for_each(|item| collect(item, paths)),
        _ => {}
    }
}

fn is_url(path: &str) -> bool {
    path.contains("://") || path.starts_with("//") || path.starts_with("urn:")
}

/// A path without `.` and `..` in its middle, so that a file has one name.
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(out.components().next_back(), Some(Component::Normal(_))) => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}

/// A part of a URL without its `%` escapes; what is no escape stays.
fn decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_one_name() {
        assert_eq!(normal(Path::new("./a/../b/./c.yaml")), Path::new("b/c.yaml"));
        assert_eq!(normal(Path::new("../a.yaml")), Path::new("../a.yaml"));
    }

    #[test]
    fn escapes_of_urls() {
        assert_eq!(decode("a%20b%7Bc%7D%zz"), "a b{c}%zz");
    }
}
