//! Messages in the texts of protos, read without a compiler.

use std::collections::BTreeSet;

/// Message of a proto.
#[derive(Debug, Default)]
pub struct Message {
    /// Names of the outer messages and its own.
    pub path: Vec<String>,
    /// JSON names of all fields.
    pub fields: BTreeSet<String>,
    /// Names of the oneofs, with the JSON names of their fields.
    pub oneofs: Vec<(String, Vec<String>)>,
}

/// File of protos.
#[derive(Debug, Default)]
pub struct File {
    /// Package of the file.
    pub package: String,
    /// Paths of the imported files.
    pub imports: Vec<String>,
    /// Messages, outer ones first.
    pub messages: Vec<Message>,
}

/// Kinds of blocks that are read. Braces of other statements hold the value of an option.
const BLOCKS: [&str; 5] = ["message", "oneof", "enum", "service", "rpc"];

/// Reads the text of a proto.
pub fn read(text: &str) -> File {
    let mut file = File::default();
    // Open blocks, outermost first: kind and name.
    let mut open: Vec<(String, String)> = Vec::new();
    let mut statement: Vec<String> = Vec::new();
    for word in words(text) {
        match word.as_str() {
            "{" => {
                let part = |at: usize| statement.get(at).cloned().unwrap_or_default();
                let (kind, name) = (part(0), part(1));
                if !BLOCKS.contains(&kind.as_str()) {
                    open.push(Default::default());
                    continue;
                }
                open.push((kind.clone(), name.clone()));
                let path = path(&open);
                match (kind.as_str(), message(&mut file, &path)) {
                    ("message", None) => file.messages.push(Message { path, ..Message::default() }),
                    ("oneof", Some(message)) => message.oneofs.push((name, Vec::new())),
                    _ => {}
                }
                statement.clear();
            }
            "}" => {
                if open.pop().is_some_and(|(kind, _)| !kind.is_empty()) {
                    statement.clear();
                }
            }
            ";" => {
                end(&mut file, &open, &statement);
                statement.clear();
            }
            _ => statement.push(word),
        }
    }
    file
}

/// Reads a statement that a semicolon ends.
fn end(file: &mut File, open: &[(String, String)], statement: &[String]) {
    let words: Vec<&str> = statement.iter().map(String::as_str).collect();
    let kind = open.last().map(|(kind, _)| kind.as_str());
    match (kind, words.as_slice()) {
        (None, ["package", name]) => file.package = (*name).to_owned(),
        (None, ["import", path] | ["import", "public" | "weak", path]) => {
            file.imports.push(path.trim_matches('"').to_owned())
        }
        (Some("message" | "oneof"), [first, ..]) if !["option", "reserved", "extensions"].contains(first) => {
            let Some(at) = words.iter().position(|word| *word == "=") else { return };
            let Some(name) = at.checked_sub(1).and_then(|at| words.get(at)) else { return };
            let Some(message) = message(file, &path(open)) else { return };
            let name = lower_camel(name);
            message.fields.insert(name.clone());
            if let (Some("oneof"), Some((_, fields))) = (kind, message.oneofs.last_mut()) {
                fields.push(name);
            }
        }
        _ => {}
    }
}

fn path(open: &[(String, String)]) -> Vec<String> {
    open.iter().filter(|(kind, _)| kind == "message").map(|(_, name)| name.clone()).collect()
}

fn message<'a>(file: &'a mut File, path: &[String]) -> Option<&'a mut Message> {
    file.messages.iter_mut().rev().find(|message| message.path == path)
}

/// Splits a text into names, punctuation and strings, without comments.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(comment) = rest.strip_prefix("/*") {
            comment.find("*/").map_or(rest.len(), |end| end + "/**/".len())
        } else if first == '"' || first == '\'' {
            let mut escaped = false;
            let inner = rest.char_indices().skip(1).find(|(_, c)| {
                let ends = !escaped && *c == first;
                escaped = !escaped && *c == '\\';
                ends
            });
            let end = inner.map_or(rest.len(), |(at, _)| at + 1);
            words.push(rest[..end].to_owned());
            end
        } else {
            let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
            let end = if is_name(first) { rest.find(|c| !is_name(c)).unwrap_or(rest.len()) } else { first.len_utf8() };
            if !first.is_whitespace() {
                words.push(rest[..end].to_owned());
            }
            end
        };
        rest = &rest[length..];
    }
    words
}

fn lower_camel(name: &str) -> String {
    let mut upper = false;
    let mut camel = String::new();
    for c in name.chars() {
        match c {
            '_' => upper = true,
            c => {
                camel.push(if upper { c.to_ascii_uppercase() } else { c });
                upper = false;
            }
        }
    }
    camel
}
