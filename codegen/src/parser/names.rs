//! Names that end up in identifiers, comments and messages: each is one line of text without control characters.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Api, Shape};
use crate::source::Source;
use crate::text::{is_line_char, one_line, shortened};
use std::sync::Arc;

/// Number of parts of a method's name, separated by dots.
const MAX_PARTS: usize = 64;

/// Maximum length of a name in bytes, several times that of the longest names of real documents: a name is a part of
/// those of all that it contains, so that longer ones take time and memory without end.
pub(crate) const MAX_LENGTH: usize = 1_000;

/// Maximum length in bytes of the name of an inline schema, which contains those of the schemas and properties around
/// it.
pub(crate) const MAX_INLINE_LENGTH: usize = 4 * MAX_LENGTH;

/// Returns a message for a name that is too long, which shows only its beginning.
pub(crate) fn too_long(name: &str) -> Option<String> {
    (name.len() > MAX_LENGTH)
        .then(|| format!("the name `{}` has {} bytes, more than {MAX_LENGTH}", shortened(name), name.len()))
}

/// Makes the texts that only people read one line each: the title and the revision.
pub(super) fn clean(api: &mut Api) {
    for text in [&mut api.title, &mut api.revision].into_iter().flatten() {
        *text = one_line(text);
    }
}

/// Returns an error for each name of the API, a schema, a method or a union that has a control character or a
/// bidirectional control in it. Names of properties, parameters and enum values are keys of JSON and may hold any text.
pub(crate) fn check(api: &Api, source: &Arc<Source>) -> Diagnostics {
    let mut faults = Diagnostics::default();
    let mut name = |kind: &str, name: &str, pointer: &str| {
        if let Some(c) = name.chars().find(|c| !is_line_char(*c)) {
            let message = format!("invalid {kind} `{name}`: it contains the control character U+{:04X}", u32::from(c));
            let help = "names are one line of printable text";
            faults.push(Diagnostic::error(message).at_pointer(source, pointer).help(help));
        }
    };
    name("API name", &api.name, "/name");
    name("API version", &api.version, "/version");
    for (schema, stated) in &api.schemas {
        if !stated.is_inline() {
            name("schema name", schema, &stated.pointer);
        }
        if let Shape::Message(message) = &stated.shape {
            for union in message.unions.keys() {
                name("union name", union, &stated.pointer);
            }
        }
    }
    for (method, stated) in &api.methods {
        if !stated.id.chars().all(is_line_char) {
            name("method id", &stated.id, &format!("{}/id", stated.pointer));
        } else {
            name("method name", method, &stated.pointer);
        }
    }
    // Each part but the last is a module: modules nested thousands deep take quadratic memory, and compilers reject
    // them.
    for (method, stated) in &api.methods {
        let parts = method.split('.').count();
        if parts > MAX_PARTS {
            let message = format!("the method's id has {parts} parts, more than {MAX_PARTS}");
            let help = "resources nest by the parts of the id, `a.b.get`";
            let pointer = format!("{}/id", stated.pointer);
            faults.push(Diagnostic::error(message).at_pointer(source, pointer).help(help));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(document: &str) -> Vec<String> {
        let source = Arc::new(Source::new("x.json", document));
        let api = crate::parser::read(&source).unwrap();
        check(&api, &source).0.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_method_of_too_many_parts() {
        let document = |parts: usize| {
            let name = format!("{}get", "a.".repeat(parts - 1));
            format!(
                r#"{{"name": "x", "version": "v1", "rootUrl": "https://x/", "methods": {{
                "get": {{"id": "x.{name}", "httpMethod": "GET", "path": "r"}}}}}}"#
            )
        };
        assert_eq!(errors(&document(MAX_PARTS)), [""; 0]);
        let errors = errors(&document(MAX_PARTS + 1));
        assert!(errors.len() == 1 && errors[0].contains("65 parts") && errors[0].contains("x.json:2"), "{errors:?}");
    }

    #[test]
    fn long_names_of_discovery_are_errors() {
        let long = "n".repeat(MAX_LENGTH + 1);
        for (key, member) in [
            ("schemas", r#"{"…": {"type": "object"}}"#),
            ("schemas", r#"{"A": {"type": "object", "properties": {"…": {"type": "string"}}}}"#),
            ("schemas", r#"{"A": {"type": "object", "x-unions": {"…": ["a"]}}}"#),
            ("methods", r#"{"a": {"id": "x.…", "httpMethod": "GET", "path": "r"}}"#),
            ("resources", r#"{"…": {}}"#),
            ("servicePath", r#""…/""#),
            ("endpoints", r#"[{"endpointUrl": "https://…/", "location": "us"}]"#),
        ] {
            let document = format!(
                r#"{{"name": "x", "version": "v1", "rootUrl": "https://x/",
                "{key}": {}}}"#,
                member.replace('…', &long)
            );
            let errors = crate::parser::read(&Arc::new(Source::new("x.json", document))).unwrap_err().0;
            let shown = errors[0].to_string();
            assert!(shown.contains("more than 1000") && shown.contains("x.json:2"), "{shown}");
            assert!(shown.len() < 3_000, "{}", shown.len());
        }
    }

    #[test]
    fn long_names_together_are_errors() {
        let name = "n".repeat(MAX_LENGTH);
        let open = format!(r#"{{"type": "object", "properties": {{"{name}": "#);
        let errors = |members: &str| {
            let document = format!(r#"{{"name": "x", "version": "v1", "rootUrl": "https://x/", {members}}}"#);
            crate::parser::read(&Arc::new(Source::new("x.json", document))).err().map(|all| all.0[0].message.clone())
        };
        let nested = |depth: usize| {
            let inner = format!("{}{{\"type\": \"string\"}}{}", open.repeat(depth), "}}".repeat(depth));
            format!(r#""schemas": {{"A": {inner}}}"#)
        };
        assert_eq!(errors(&nested(4)), None);
        assert!(errors(&nested(6)).is_some_and(|error| error.contains("too long together")));
        let resources = format!(r#""resources": {{"{name}": {{"resources": {{"b": {{}}}}}}}}"#);
        assert!(errors(&resources).is_some_and(|error| error.contains("1002 bytes")));
    }

    #[test]
    fn a_name_is_one_line() {
        let document = r#"{"name": "x", "version": "v1", "rootUrl": "https://x/", "title": "a\r\nb\u001b", "schemas": {
            "A\u2028B": {"id": "A\u2028B", "type": "object"},
            "C": {"type": "object", "properties": {"p\nq": {"type": "string", "enum": ["v\n1"]}}}
        }, "resources": {"r": {"methods": {"get": {"id": "x.r\n.get", "httpMethod": "GET", "path": "r"}}}}}"#;
        let errors = errors(document);
        assert_eq!(errors.len(), 2, "{errors:?}");
        assert!(errors[0].contains("invalid schema name `A\\u{2028}B`"), "{}", errors[0]);
        assert!(
            errors[1].contains("invalid method id `x.r\\u{a}.get`") && errors[1].contains("x.json:4"),
            "{}",
            errors[1]
        );
        let source = Arc::new(Source::new("x.json", document));
        assert_eq!(crate::parser::read(&source).unwrap().title.as_deref(), Some("a b"));
    }
}
