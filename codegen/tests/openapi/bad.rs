//! Invalid OpenAPI documents: message, location and suggestion of each. Only a document that cannot be parsed is an
//! error; an invalid part is a warning.

use discovery_codegen::diagnostic::{At, Diagnostic, Severity};
use discovery_codegen::model::{Shape, Type};
use discovery_codegen::parser;
use discovery_codegen::source::Source;
use discovery_codegen::source::files::Folders;
use std::path::Path;
use std::sync::Arc;

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/bad/openapi")
}

fn diagnostics(name: &str) -> Vec<Diagnostic> {
    let path = folder().join(name);
    let text = std::fs::read_to_string(&path).unwrap();
    let source = Arc::new(Source::new(path.display().to_string(), text));
    match parser::read_document(&source, &Folders::of(&source, &[])) {
        Ok(document) => document.warnings,
        Err(errors) => errors.0,
    }
}

/// File, line and column, pointer (empty for invalid syntax), message, help.
type Case = (&'static str, (usize, usize), &'static str, &'static str, &'static str);

const CASES: &[Case] = &[
    ("bad-indentation.yaml", (7, 6), "", "while parsing a block mapping, did not find expected key", ""),
    (
        "duplicate-key.json",
        (8, 5),
        "",
        "duplicate key `Pet`: the last one counts",
        "remove the others: readers differ in which one counts",
    ),
    (
        "duplicate-key.yaml",
        (7, 3),
        "",
        "duplicate key `/a`: the last one counts",
        "remove the others: readers differ in which one counts",
    ),
    (
        "duplicate-operation-id.yaml",
        (8, 11),
        "/paths/~1b/get/operationId",
        "duplicate `operationId`: `list`",
        "the other one is at /paths/~1a/get/operationId; this operation is named after its path",
    ),
    ("empty-enum.yaml", (7, 27), "/components/schemas/Color/enum", "`enum` has no values", ""),
    (
        "file-that-is-not-there.yaml",
        (5, 11),
        "/paths/~1pets/$ref",
        "cannot read the file of `$ref`: `pets.yaml#/all`",
        "No such file or directory (os error 2); a path is relative to the file that it is in",
    ),
    (
        "made-of-itself.yaml",
        (9, 11),
        "/components/schemas/Pet/allOf/0",
        "`Cat` extends itself: this part is ignored",
        "",
    ),
    ("no-info.yaml", (1, 1), "", "missing `info`", ""),
    (
        "parameter-in-nowhere.yaml",
        (8, 25),
        "/paths/~1pets/get/parameters/0/in",
        "unknown location `qeury` of the parameter `limit`",
        "did you mean `query`?",
    ),
    (
        "parameter-twice.yaml",
        (9, 11),
        "/paths/~1pets/get/parameters/1",
        "duplicate parameter `limit`: the first one counts",
        "",
    ),
    (
        "parameters-is-an-object.json",
        (9, 9),
        "/paths/~1pets/get/parameters",
        "`parameters` must be a list, not an object",
        "",
    ),
    (
        "part-is-a-number.yaml",
        (8, 11),
        "/components/schemas/Pet/allOf/0",
        "a schema must be an object, not a number: it is ignored",
        "",
    ),
    (
        "path-without-slash.yaml",
        (5, 3),
        "/paths/pets",
        "invalid path `pets`: missing `/` at its start",
        "`/pets` is assumed",
    ),
    (
        "property-is-a-number.yaml",
        (9, 9),
        "/components/schemas/Pet/properties/name",
        "a schema must be an object, not a number: read as any JSON value",
        "",
    ),
    (
        "ref-to-nowhere.yaml",
        (12, 11),
        "/components/schemas/Pet/properties/owner/$ref",
        "unresolved `$ref`: `#/components/schemas/Owners`",
        "did you mean `#/components/schemas/Owner`?",
    ),
    (
        "reference-to-the-network.yaml",
        (10, 17),
        "/components/schemas/Pet/properties/owner/$ref",
        "unsupported `$ref`: `https://example.com/owner.json`",
        "it names a URL; only files in the folder of the document are read",
    ),
    (
        "server-variable.yaml",
        (4, 5),
        "/servers/0/url",
        "unknown variable `regoin` of the server's URL",
        "did you mean `region`?",
    ),
    (
        "server-without-scheme.yaml",
        (4, 5),
        "/servers/0/url",
        "missing scheme of the server's URL `api.example.com`: `https` is assumed",
        "",
    ),
    (
        "stands-for-itself.yaml",
        (7, 5),
        "/components/schemas/A",
        "`A` is an alias of itself: A → B → A: read as any JSON value",
        "",
    ),
    ("truncated.json", (4, 13), "", "EOF while parsing an object", "the document ends early: fetch it again"),
    ("trailing-comma.json", (6, 58), "", "invalid JSON, which is read as YAML: trailing comma", ""),
    ("two-documents.yaml", (4, 1), "", "unexpected second document in the file", ""),
    (
        "type-is-a-number.yaml",
        (7, 11),
        "/components/schemas/Pet/type",
        "`type` must be a string or a list, not a number",
        "",
    ),
    (
        "union-of-nothing.yaml",
        (10, 30),
        "/components/schemas/Pet/x-unions/kind/1",
        "unknown property `cta` in the union `kind`",
        "did you mean `cat`?",
    ),
    (
        "unknown-security-scheme.yaml",
        (8, 11),
        "/paths/~1pets/get/security/0/keey",
        "unknown security scheme `keey`",
        "did you mean `key`?",
    ),
    (
        "unknown-type.yaml",
        (10, 16),
        "/components/schemas/Pet/properties/name/type",
        "unknown type `strng`: read as any JSON value",
        "did you mean `string`?",
    ),
    (
        "variable-without-parameter.json",
        (7, 7),
        "/paths/~1pets~1{petId}/get",
        "the path's variable `petId` has no parameter: it takes text",
        "did you mean `petID`?",
    ),
    (
        "version-four.yaml",
        (1, 1),
        "/openapi",
        "unsupported OpenAPI version 4.0.0",
        "supported: 3.0, 3.1 and parts of 3.2",
    ),
    (
        "version-two.json",
        (2, 3),
        "/swagger",
        "unsupported version: Swagger 2.0",
        "convert it to OpenAPI 3 first, for example with `npx swagger2openapi FILE`",
    ),
];

/// Documents that cannot be parsed.
const ERRORS: &[&str] =
    &["bad-indentation.yaml", "truncated.json", "two-documents.yaml", "version-four.yaml", "version-two.json"];

#[test]
fn messages_have_locations() {
    for (name, position, pointer, message, help) in CASES {
        let diagnostics = diagnostics(name);
        let first = &diagnostics[0];
        let is_error = ERRORS.contains(name);
        assert_eq!(first.severity == Severity::Error, is_error, "{name}");
        let at = match first.location.as_ref().map(|location| &location.at) {
            Some(At::Pointer(pointer)) => pointer.as_str(),
            _ => "",
        };
        assert_eq!(
            (first.message.as_str(), at, first.position(), first.help.as_deref().unwrap_or_default()),
            (*message, *pointer, Some(*position), *help),
            "{name}\n{}",
            first.render(false)
        );
        assert!(first.render(false).contains(&format!(":{}:{}", position.0, position.1)), "{name}");
    }
}

/// Checks that every document of the folder is in the table.
#[test]
fn every_invalid_document_is_listed() {
    let mut files: Vec<String> =
        std::fs::read_dir(folder()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    files.sort();
    let mut listed: Vec<&str> = CASES.iter().map(|case| case.0).collect();
    listed.sort_unstable();
    assert_eq!(files, listed);
}

/// A schema that is too deep is any value, with a warning, and the rest of the document is read.
#[test]
fn one_deep_schema_costs_nothing_else() {
    let fine = r#""Fine": {"type": "object", "properties": {"a": {"type": "string"}}}"#;
    let document = |schemas: &str| {
        format!(
            r#"{{"openapi": "3.1.0", "info": {{"title": "T", "version": "1"}}, "servers": [{{"url": "https://x.test"}}],
            "paths": {{}}, "components": {{"schemas": {{{schemas}, {fine}}}}}}}"#
        )
    };
    // Schemas that each extend the next one, or have it as an alternative.
    let chain = |key: &str| {
        let link = |n: usize| {
            let next = n + 1;
            format!(
                r##""S{n}": {{"{key}": [{{"$ref": "#/components/schemas/S{next}"}}, {{"properties": {{"p{n}": {{}}}}}}]}}"##
            )
        };
        let links: Vec<String> = (0..90).map(link).collect();
        document(&format!(r#"{}, "S90": {{"type": "object", "properties": {{"z": {{}}}}}}"#, links.join(", ")))
    };
    // Schemas within schemas.
    let nested = |open: &str, close: &str| {
        document(&format!(r#""Deep": {}{{"type": "string"}}{}"#, open.repeat(150), close.repeat(150)))
    };
    let read = |name: &str, text: String| {
        let source = Arc::new(Source::new(name, text));
        let read = parser::read_document(&source, &Folders::of(&source, &[]));
        let read = read.unwrap_or_else(|errors| panic!("{errors}"));
        assert!(matches!(&read.api.schemas["Fine"].shape, Shape::Message(message) if message.fields.len() == 1));
        (read.api, read.warnings.first().map_or(String::new(), |warning| warning.message.clone()))
    };
    for key in ["allOf", "oneOf", "anyOf"] {
        let (api, warning) = read("chain.json", chain(key));
        assert_eq!(warning, "`S0` is made of schemas more than 64 levels deep: read as any JSON value");
        assert_eq!(api.schemas["S0"].shape, Shape::Alias(Type::Any));
        assert!(!matches!(api.schemas["S60"].shape, Shape::Alias(_)), "{key}");
    }
    let deep = "not a value that is more than 126 levels deep in the document";
    for (open, close) in [
        (r#"{"allOf": ["#, r#", {"properties": {"a": {}}}]}"#),
        (r#"{"oneOf": [{"type": "integer"}, {"properties": {"a": "#, "}}]}"),
        (r#"{"type": "array", "items": "#, "}"),
    ] {
        let (api, warning) = read("nested.json", nested(open, close));
        assert!(warning.contains(deep), "{warning}");
        assert!(api.schemas.contains_key("Deep"));
    }
    let yaml = |depth: usize| {
        let open: String = (0..depth).map(|n| format!("{:1$}items:\n", "", 6 + n)).collect();
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\nservers: [{{url: https://x.test}}]\npaths: {{}}\n\
             components:\n  schemas:\n    Fine: {{type: object, properties: {{a: {{type: string}}}}}}\n    Deep:\n{open}"
        )
    };
    assert!(read("nested.yaml", yaml(200)).1.contains(deep));
    let source = Arc::new(Source::new("nested.yaml", yaml(300)));
    let Err(errors) = parser::read_document(&source, &Folders::of(&source, &[])) else { panic!("an error") };
    assert_eq!(errors.0[0].message, "nested more than 255 levels deep");
}

/// Two chains of references of a property that is declared twice meet in as many objects as there are pairs of their
/// schemas, each within the one before.
#[test]
fn objects_of_several_declarations_are_bounded() {
    let chain = |name: &str, length: usize| -> String {
        let link = |n: usize| {
            let next = (n + 1) % length;
            format!(
                r##""{name}{n}": {{"type": "object", "properties": {{"{name}": {{"type": "string"}},
                "next": {{"$ref": "#/components/schemas/{name}{next}"}}}}}}, "##
            )
        };
        (0..length).map(link).collect()
    };
    let part = |name: &str| {
        format!(r##"{{"type": "object", "properties": {{"next": {{"$ref": "#/components/schemas/{name}0"}}}}}}"##)
    };
    let text = format!(
        r#"{{"openapi": "3.1.0", "info": {{"title": "T", "version": "1"}}, "servers": [{{"url": "https://x.test"}}],
        "paths": {{}}, "components": {{"schemas": {{{}{}"Root": {{"allOf": [{}, {}]}}}}}}}}"#,
        chain("A", 101),
        chain("B", 103),
        part("A"),
        part("B")
    );
    let source = Arc::new(Source::new("chains.json", text));
    let read = parser::read_document(&source, &Folders::of(&source, &[])).unwrap_or_else(|errors| panic!("{errors}"));
    let [warning] = read.warnings.as_slice() else { panic!("{:?}", read.warnings) };
    assert!(warning.message.ends_with("is made of schemas more than 64 levels deep: read as any JSON value"));
    let merged = read.api.schemas.keys().filter(|name| name.starts_with("Root.next"));
    assert_eq!(merged.count(), 65);
    let Shape::Message(first) = &read.api.schemas["Root.next"].shape else { panic!("an object") };
    assert_eq!(first.fields.keys().collect::<Vec<_>>(), ["A", "B", "next"]);
}

#[test]
fn numbered_alternatives_are_reported() {
    let text = "openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: https://x.test}]
paths: {}
components:
  schemas:
    Either:
      oneOf:
        - {title: Same, type: object, properties: {a: {type: string}}}
        - {title: Same, type: object, properties: {a: {type: string}, b: {type: integer}}}
";
    let source = Arc::new(Source::new("same.yaml", text));
    let read = parser::read_document(&source, &Folders::of(&source, &[])).unwrap_or_else(|errors| panic!("{errors}"));
    let Shape::OneOf(one_of) = &read.api.schemas["Either"].shape else { panic!("a choice") };
    let is_numbered = one_of.alternatives.iter().any(|one| one.name == "Same2");
    let messages: Vec<&str> = read.warnings.iter().map(|warning| warning.message.as_str()).collect();
    let reported = messages == ["`Either` has several alternatives for the name `Same`: this one is `Same2`"];
    assert_eq!(is_numbered, reported, "{messages:?}");
    assert!(is_numbered, "{:?}", one_of.alternatives);
}
