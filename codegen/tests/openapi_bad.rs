//! OpenAPI documents with one fault each: what is said of it, where, and what would be right.

use discovery_codegen::diagnostic::{At, Diagnostic};
use discovery_codegen::parser;
use discovery_codegen::source::Source;
use std::path::Path;
use std::sync::Arc;

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/bad/openapi")
}

fn faults(name: &str) -> Vec<Diagnostic> {
    let path = folder().join(name);
    let text = std::fs::read_to_string(&path).unwrap();
    let source = Arc::new(Source::new(path.display().to_string(), text));
    match parser::read(&source) {
        Ok(_) => panic!("{name} is read without a fault"),
        Err(faults) => faults.0,
    }
}

/// File; place; pointer, or nothing where the text itself is broken; what is said; what would be right.
type Case = (&'static str, (usize, usize), &'static str, &'static str, &'static str);

const CASES: &[Case] = &[
    ("bad-indentation.yaml", (7, 6), "", "while parsing a block mapping, did not find expected key", ""),
    (
        "duplicate-key.json",
        (8, 5),
        "",
        "the key `Pet` is there twice",
        "keep one of the two: readers of JSON do not agree on which one counts",
    ),
    ("duplicate-key.yaml", (7, 3), "", "the key `/a` is there twice", ""),
    (
        "duplicate-operation-id.yaml",
        (8, 11),
        "/paths/~1b/get/operationId",
        "two operations have the id `list`",
        "the other one is at /paths/~1a/get/operationId",
    ),
    ("empty-enum.yaml", (7, 27), "/components/schemas/Color/enum", "an `enum` without values", ""),
    (
        "file-that-is-not-there.yaml",
        (5, 11),
        "/paths/~1pets/$ref",
        "`$ref` names a file that cannot be read: `pets.yaml#/all`",
        "No such file or directory (os error 2); a path is relative to the file that it is in",
    ),
    ("lone-brace.yaml", (5, 3), "/paths/~1pets~1{id", "the path `pets/{id` has a `{` without its `}`", ""),
    ("made-of-itself.yaml", (9, 11), "/components/schemas/Pet/allOf/0", "`Cat` is made of itself", ""),
    ("no-info.yaml", (1, 1), "", "the document has no `info`", ""),
    (
        "parameter-in-nowhere.yaml",
        (8, 25),
        "/paths/~1pets/get/parameters/0/in",
        "the parameter `limit` is in `qeury`",
        "did you mean `query`?",
    ),
    ("parameter-twice.yaml", (9, 11), "/paths/~1pets/get/parameters/1", "the parameter `limit` is there twice", ""),
    (
        "parameters-is-an-object.json",
        (9, 9),
        "/paths/~1pets/get/parameters",
        "`parameters` must be a list; this is an object",
        "",
    ),
    ("path-without-slash.yaml", (5, 3), "/paths/pets", "the path `pets` does not begin with `/`", "`/pets`"),
    (
        "ref-to-nowhere.yaml",
        (12, 11),
        "/components/schemas/Pet/properties/owner/$ref",
        "`$ref` names what is not there: `#/components/schemas/Owners`",
        "did you mean `#/components/schemas/Owner`?",
    ),
    (
        "reference-to-the-network.yaml",
        (10, 17),
        "/components/schemas/Pet/properties/owner/$ref",
        "this `$ref` is not followed: `https://example.com/owner.json`",
        "it leads to the network; only files beside the document are read",
    ),
    (
        "server-variable.yaml",
        (4, 5),
        "/servers/0/url",
        "the server's `url` has a variable that is not there: `regoin`",
        "did you mean `region`?",
    ),
    (
        "server-without-scheme.yaml",
        (4, 5),
        "/servers/0/url",
        "the server's `url` is `api.example.com`, which is no URL",
        "it begins with `https://`, or with `/` where the host is not known",
    ),
    (
        "stands-for-itself.yaml",
        (7, 5),
        "/components/schemas/A",
        "`A` stands for itself, so it has no type: A → B → A",
        "",
    ),
    ("truncated.json", (4, 13), "", "EOF while parsing an object", "the document is cut off: fetch it again"),
    ("two-documents.yaml", (4, 1), "", "a second document in the same file", ""),
    (
        "type-is-a-number.yaml",
        (7, 11),
        "/components/schemas/Pet/type",
        "`type` must be a string or a list; this is a number",
        "",
    ),
    (
        "union-of-nothing.yaml",
        (10, 30),
        "/components/schemas/Pet/x-unions/kind/1",
        "the union `kind` names a property that is not there: `cta`",
        "did you mean `cat`?",
    ),
    (
        "unknown-security-scheme.yaml",
        (8, 11),
        "/paths/~1pets/get/security/0/keey",
        "`security` names a scheme that is not there: `keey`",
        "did you mean `key`?",
    ),
    (
        "unknown-type.yaml",
        (10, 16),
        "/components/schemas/Pet/properties/name/type",
        "`strng` is no type of an OpenAPI document",
        "did you mean `string`?",
    ),
    (
        "variable-without-parameter.json",
        (7, 7),
        "/paths/~1pets~1{petId}/get",
        "the path has a variable without a parameter: `petId`",
        "did you mean `petID`?",
    ),
    ("version-four.yaml", (1, 1), "/openapi", "OpenAPI 4.0.0 is not read", "`openapi` is `3.0.x` or `3.1.x`"),
    (
        "version-two.json",
        (2, 3),
        "/swagger",
        "this is Swagger 2.0, which is not read",
        "many tools make OpenAPI 3 of it",
    ),
];

#[test]
fn each_fault_is_told_with_its_place() {
    for (name, position, pointer, message, help) in CASES {
        let faults = faults(name);
        let first = &faults[0];
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

/// Every document of the folder is in the table, so that none is there for nothing.
#[test]
fn every_bad_document_is_listed() {
    let mut files: Vec<String> =
        std::fs::read_dir(folder()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    files.sort();
    let mut listed: Vec<&str> = CASES.iter().map(|case| case.0).collect();
    listed.sort_unstable();
    assert_eq!(files, listed);
}
