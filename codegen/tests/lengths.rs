//! Names and texts that would be copied many times: what is too long is left out, and the rest of the document is read.

use discovery_codegen::diagnostic::Diagnostics;
use discovery_codegen::model::{Shape, Type};
use discovery_codegen::parser::{self, Document};
use discovery_codegen::source::Source;
use discovery_codegen::source::files::Folders;
use std::sync::Arc;

const OK: &str = r#""responses": {"204": {"description": ""}}"#;

fn read(members: &str) -> Result<Document, Diagnostics> {
    let head = r#""openapi": "3.1.0", "info": {"title": "A", "version": "1"}"#;
    let source = Arc::new(Source::new("x.json", format!("{{{head}, {members}}}")));
    parser::read_document(&source, &Folders::of(&source, &[]))
}

fn schemas(members: &str) -> String {
    format!(r#""paths": {{}}, "components": {{"schemas": {{"Other": {{"type": "string"}}, {members}}}}}"#)
}

/// Returns the document with a name of many bytes in place of `…`, and checks that its model does not contain the name.
fn with_long_name(members: &str) -> Document {
    let document = read(&members.replace('…', &"n".repeat(100_000))).unwrap();
    let size = format!("{:?}", document.api).len();
    assert!(size < 50_000, "a model of {size} bytes: {members}");
    document
}

#[test]
fn long_names_are_left_out_with_a_warning() {
    let object = r#"{"type": "object", "properties": {"a": {"type": "string", "enum": ["b"]}}}"#;
    for members in [
        schemas(&format!(r#""…": {object}"#)),
        schemas(&format!(r#""A": {{"type": "object", "properties": {{"b": {{"type": "string"}}, "…": {object}}}}}"#)),
        schemas(&format!(r#""A": {{"oneOf": [{{"title": "…", {}, {{"type": "string"}}]}}"#, &object[1..])),
        schemas(r#""A": {"type": "object", "required": ["…"]}, "B": {"allOf": [{"$ref": "\#/components/schemas/A"}]}"#)
            .replace("\\#", "#"),
        schemas(r#""A": {"$id": "…", "properties": {"b": {"$anchor": "c", "type": "string"}}}"#),
        schemas(&format!(r#""A": {{"oneOf": [{object}, {object}], "discriminator": {{"propertyName": "…"}}}}"#)),
        format!(
            r#""paths": {{"/a": {{"get": {{"parameters": [{{"in": "query", "name": "…"}}], {OK}}}}}}}, {}"#,
            r#""components": {"schemas": {"Other": {"type": "string"}}}"#
        ),
        format!(r#""servers": [{{"url": "https://a.b/…"}}], {}"#, schemas(r#""A": {"type": "string"}"#)),
    ] {
        let document = with_long_name(&members);
        let warned = document.warnings.iter().any(|warning| warning.message.contains("bytes, more than 1000"));
        assert!(warned, "{members}: {:?}", document.warnings);
        assert!(document.api.schemas.contains_key("Other"), "{members}");
        for warning in document.warnings {
            let shown = warning.to_string();
            assert!(shown.len() < 5_000, "{} bytes are shown: {members}", shown.len());
        }
    }
}

#[test]
fn credentials_with_a_long_name_are_left_out() {
    for scheme in [
        r#"{"type": "apiKey", "in": "header", "name": "…"}"#,
        r#"{"type": "apiKey", "in": "query", "name": "…"}"#,
        r#"{"type": "http", "scheme": "…"}"#,
    ] {
        let document = with_long_name(&format!(
            r#""security": [{{"s": []}}], "components": {{"securitySchemes": {{"s": {scheme}}}}},
            "paths": {{"/a": {{"get": {{"operationId": "a", {OK}}}}}}}"#
        ));
        assert!(document.api.methods.contains_key("a"), "{scheme}");
        assert!(document.api.skipped.iter().any(|one| one.subject == "security scheme s"), "{scheme}");
    }
}

#[test]
fn a_long_url_of_a_server_is_left_out() {
    let variable = r#"{"url": "https://{a}.b/", "variables": {"a": {"default": "…"}}}"#;
    let repeated = format!(
        r#"{{"url": "https://{}b/", "variables": {{"a": {{"default": "{}"}}}}}}"#,
        "{a}".repeat(100),
        "n".repeat(100)
    );
    for server in [variable, &repeated] {
        let document = with_long_name(&format!(r#""servers": [{server}], {}"#, schemas(r#""A": {"type": "string"}"#)));
        assert_eq!(document.api.root_url, "http://localhost/", "{server}");
        assert!(document.warnings.iter().any(|warning| warning.message.contains("the URL of the server has")));
    }
}

#[test]
fn inline_schemas_within_long_names_are_any_value() {
    let name = "n".repeat(900);
    let nested = |depth: usize| {
        let open = format!(r#"{{"type": "object", "properties": {{"{name}": "#);
        format!(r#""A": {}{{"type": "string"}}{}"#, open.repeat(depth), "}}".repeat(depth))
    };
    let document = read(&schemas(&nested(5))).unwrap();
    assert!(document.api.skipped.len() == 1 && document.warnings.is_empty(), "{:?}", document.warnings);
    let document = read(&schemas(&nested(40))).unwrap();
    let messages: Vec<&str> = document.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert!(matches!(messages.as_slice(), [one] if one.contains("too long together")), "{messages:?}");
    assert!(document.api.schemas.keys().all(|name| name.len() <= 4_000));
}

#[test]
fn the_name_of_an_inline_schema_that_is_referred_to_is_cut() {
    let name = "n".repeat(900);
    let members = format!(
        r#""A": {{"type": "object", "properties": {{"{name}": {{"type": "object", "properties": {{"{name}": {{
        "type": "object", "properties": {{"b": {{"type": "string"}}}}}}}}}}}}}},
        "B": {{"type": "object", "properties": {{"b": {{
        "$ref": "\#/components/schemas/A/properties/{name}/properties/{name}"}}}}}}"#
    );
    let document = read(&schemas(&members.replace("\\#", "#"))).unwrap();
    assert!(document.api.schemas.keys().any(|schema| schema.starts_with("ANnn") && schema.len() == 200));
}

#[test]
fn bytes_that_all_of_copies_are_bounded() {
    let schemas = |children: usize| {
        let text = "d".repeat(100_000);
        let base = format!(r#""Base": {{"type": "object", "properties": {{"a": {{"description": "{text}"}}}}}}"#);
        let child = |i: usize| format!(r##","C{i}": {{"allOf": [{{"$ref": "#/components/schemas/Base"}}]}}"##);
        // With a property of its own, it is another type than its base.
        let child =
            |i: usize| child(i).replace("]}", r#", {"type": "object", "properties": {"b": {"type": "string"}}}]}"#);
        schemas(&(base + &(0..children).map(child).collect::<String>()))
    };
    assert!(read(&schemas(20)).is_ok_and(|document| document.warnings.is_empty()));
    let document = read(&schemas(200)).unwrap();
    let any = document.api.schemas.values().filter(|schema| schema.shape == Shape::Alias(Type::Any)).count();
    let warned = document.warnings.iter().filter(|warning| warning.message.contains("copies too many properties"));
    assert!(any > 50 && any < 150 && warned.count() == any, "{any}: {:?}", document.warnings);
}

#[test]
fn a_long_constant_names_no_alternatives() {
    let one = |i: usize| {
        format!(r#"{{"allOf": [{{"$ref": "\#/components/schemas/A"}}, {{"properties": {{"p{i}": {{"type": "string"}}}}}}]}}"#)
            .replace("\\#", "#")
    };
    let document = |constant: &str| {
        let base = format!(r#""A": {{"type": "object", "properties": {{"k": {{"const": "{constant}"}}}}}}"#);
        read(&schemas(&format!(r#"{base}, "B": {{"oneOf": [{}, {}]}}"#, one(1), one(2)))).unwrap()
    };
    let names = |document: &Document| match &document.api.schemas["B"].shape {
        Shape::OneOf(choice) => choice.alternatives.iter().map(|one| one.name.clone()).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(names(&document("kind")).len(), 2);
    let long = document(&"n".repeat(10_000));
    assert!(names(&long).iter().all(|name| name.len() < 100), "{:?}", names(&long));
    let size = format!("{:?}", long.api.schemas["B"]).len();
    assert!(size < 10_000, "{size} bytes");
}

#[test]
fn a_long_path_is_shown_by_its_beginning() {
    let members = format!(r#""paths": {{"/…": {{"get": {{{OK}}}}}, "/b": {{"get": {{"operationId": "b", {OK}}}}}}}"#);
    let document = read(&members.replace('…', &"n".repeat(100_000))).unwrap();
    assert_eq!(document.api.methods.keys().collect::<Vec<_>>(), ["b"]);
    let path = document.api.skipped.iter().find(|one| one.reason == "the path of 100001 bytes is longer than 1000");
    assert!(path.is_some_and(|path| path.subject.len() < 300), "{:?}", document.api.skipped);
}
