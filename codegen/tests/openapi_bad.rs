//! Invalid OpenAPI documents: message, location and suggestion of each. Only a document that cannot be parsed is an error;
//! an invalid part is a warning.

use discovery_codegen::diagnostic::{At, Diagnostic, Severity};
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
        "duplicate key `Pet`",
        "remove one of the two: readers of JSON differ in which one counts",
    ),
    ("duplicate-key.yaml", (7, 3), "", "duplicate key `/a`", ""),
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
        "unknown place `qeury` of the parameter `limit`",
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
        "path-without-slash.yaml",
        (5, 3),
        "/paths/pets",
        "invalid path `pets`: missing `/` at its start",
        "`/pets` is assumed",
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
        "supported: 3.0, 3.1, and of 3.2 the features that 3.1 has",
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
const ERRORS: &[&str] = &[
    "bad-indentation.yaml",
    "duplicate-key.json",
    "duplicate-key.yaml",
    "truncated.json",
    "two-documents.yaml",
    "version-four.yaml",
    "version-two.json",
];

#[test]
fn messages_have_locations() {
    for (name, position, pointer, message, help) in CASES {
        let diagnostics = diagnostics(name);
        let first = &diagnostics[0];
        let is_error = ERRORS.contains(name);
        assert_eq!(first.severity == Severity::Error, is_error, "{name}");
        let at = match first.place.as_ref().map(|place| &place.at) {
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
