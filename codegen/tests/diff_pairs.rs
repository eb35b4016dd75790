//! Pairs of OpenAPI documents, each with its findings in both directions. A pair is one document with two sets of edits.

mod diff_support;

use diff_support::examples::edit;
use discovery_codegen::diff::{Report, diff};
use discovery_codegen::model::Api;
use discovery_codegen::parser;
use discovery_codegen::rust::naming::Names;
use discovery_codegen::source::Source;
use serde_json::Value;
use std::sync::Arc;

struct Pair {
    old: &'static [&'static str],
    new: &'static [&'static str],
    /// Findings from old to new: rule and wire verdict.
    there: &'static [&'static str],
    /// Findings from new to old.
    back: &'static [&'static str],
}

fn pets() -> Value {
    serde_json::from_str(include_str!("documents/diff/pets.json")).unwrap()
}

fn model(edits: &[&str]) -> Api {
    // The version is an edit of its own, since the spellings of 3.0 and 3.1 are compared.
    let text = edit(pets(), edits).to_string();
    parser::read(&Arc::new(Source::new("pets.json", text))).unwrap_or_else(|errors| panic!("{edits:?}: {errors}"))
}

fn findings(report: &Report) -> Vec<String> {
    let mut found: Vec<String> =
        report.findings.iter().map(|finding| format!("{} {}", finding.change.rule.id, finding.change.wire)).collect();
    found.sort();
    found
}

#[track_caller]
fn check(pairs: &[Pair]) {
    for Pair { old, new, there, back } in pairs {
        let (a, b) = (model(old), model(new));
        for (from, to, expected) in [(&a, &b, there), (&b, &a, back)] {
            let report = diff(from, to, &[], &Names::default());
            let messages: Vec<&str> = report.findings.iter().map(|finding| finding.change.message.as_str()).collect();
            assert_eq!(findings(&report), *expected, "{old:?} and {new:?}\n{messages:#?}");
        }
    }
}

const KEY: &str = r#"/security = [{"key": []}]"#;
const V31: &str = r#"/openapi = "3.1.0""#;

#[test]
fn credentials() {
    check(&[
        // Required by every operation, stated at the top or at each.
        Pair { old: &[], new: &[KEY], there: &["security-required breaking"], back: &["security-dropped safe"] },
        Pair {
            old: &[KEY],
            new: &[
                r#"/paths/~1pets/get/security = [{"key": []}]"#,
                r#"/paths/~1pets/post/security = [{"key": []}]"#,
                r#"/paths/~1pets~1{id}/get/security = [{"key": []}]"#,
            ],
            there: &[],
            back: &[],
        },
        Pair {
            old: &[KEY],
            new: &[KEY, "/paths/~1pets/get/security = []"],
            there: &["security-dropped safe"],
            back: &["security-required breaking"],
        },
        // The empty requirement makes the others optional.
        Pair {
            old: &[KEY],
            new: &[r#"/security = [{"key": []}, {}]"#],
            there: &["security-widened safe"],
            back: &["security-required breaking"],
        },
        // Requirements are alternatives; the schemes of one belong together.
        Pair {
            old: &[KEY],
            new: &[r#"/security = [{"bearer": []}, {"key": []}]"#],
            there: &["security-widened safe"],
            back: &["security-narrowed breaking"],
        },
        Pair {
            old: &[KEY],
            new: &[r#"/security = [{"key": [], "bearer": []}]"#],
            there: &["security-narrowed breaking"],
            back: &["security-widened safe"],
        },
        Pair {
            old: &[r#"/security = [{"oauth": ["read"]}]"#],
            new: &[r#"/security = [{"oauth": ["read", "write"]}]"#],
            there: &["security-narrowed breaking"],
            back: &["security-widened safe"],
        },
        // The same credential under another name, or in another place.
        Pair {
            old: &[KEY],
            new: &[
                r#"/components/securitySchemes/other = {"type": "apiKey", "in": "header", "name": "x-key"}"#,
                r#"/security = [{"other": []}]"#,
            ],
            there: &[],
            back: &[],
        },
        Pair {
            old: &[KEY],
            new: &[KEY, r#"/components/securitySchemes/key/in = "query""#],
            there: &["security-changed breaking"],
            back: &["security-changed breaking"],
        },
        Pair {
            old: &[r#"/security = [{"bearer": []}]"#],
            new: &[r#"/security = [{"bearer": []}]"#, r#"/components/securitySchemes/bearer/scheme = "BEARER""#],
            there: &[],
            back: &[],
        },
    ]);
}

#[test]
fn constraints_have_a_direction_wherever_they_are() {
    // Of `New` in requests, and of `Pet` in responses.
    check(&[
        Pair {
            old: &[],
            new: &["/components/schemas/New/properties/name/maxLength = 20"],
            there: &["max-size-lowered breaking"],
            back: &["max-size-raised safe"],
        },
        Pair {
            old: &[],
            new: &["/components/schemas/Pet/properties/name/maxLength = 20"],
            there: &["max-size-lowered safe"],
            back: &["max-size-raised risky"],
        },
        Pair {
            old: &[],
            new: &["/components/schemas/New/properties/tags/items/maxLength = 3"],
            there: &["max-size-added risky"],
            back: &["max-size-removed safe"],
        },
        Pair {
            old: &[],
            new: &["/components/schemas/New/properties/labels/additionalProperties/maxLength = 3"],
            there: &["max-size-added risky"],
            back: &["max-size-removed safe"],
        },
        // A list of lists: each level has its own limit.
        Pair {
            old: &[
                r#"/components/schemas/New/properties/a = {"type": "array", "maxItems": 3, "items": {"type": "array", "maxItems": 5, "items": {}}}"#,
            ],
            new: &[
                r#"/components/schemas/New/properties/a = {"type": "array", "maxItems": 5, "items": {"type": "array", "maxItems": 3, "items": {}}}"#,
            ],
            there: &["max-size-lowered breaking", "max-size-raised safe"],
            back: &["max-size-lowered breaking", "max-size-raised safe"],
        },
        Pair {
            old: &[r##"/components/schemas/New/allOf = [{"allOf": [{"$ref": "#/components/schemas/Err"}]}]"##],
            new: &[
                r##"/components/schemas/New/allOf = [{"allOf": [{"$ref": "#/components/schemas/Err"}]}]"##,
                r#"/components/schemas/New/required = ["name", "code"]"#,
            ],
            there: &["constructor-changed safe", "property-required breaking"],
            back: &["constructor-changed safe", "property-optional safe"],
        },
        Pair {
            old: &[],
            new: &["/paths/~1pets/get/parameters/0/schema/exclusiveMaximum = true"],
            there: &["maximum-lowered breaking"],
            back: &["maximum-raised safe"],
        },
    ]);
}

#[test]
fn a_constraint_of_an_inline_type_is_one_of_its_property() {
    const KINDS: &str =
        r#"/components/schemas/New/properties/k = {"type": "string", "enum": ["a", "b"], "default": "a"}"#;
    check(&[
        Pair {
            old: &[KINDS],
            new: &[r#"/components/schemas/New/properties/k = {"type": "string", "enum": ["a", "b"], "default": "b"}"#],
            there: &["default-changed risky"],
            back: &["default-changed risky"],
        },
        Pair {
            old: &[r#"/components/schemas/New/properties/k = {"type": "object", "properties": {"a": {}}}"#],
            new: &[
                r#"/components/schemas/New/properties/k = {"type": "object", "properties": {"a": {}}, "minProperties": 1}"#,
            ],
            there: &["min-size-added risky"],
            back: &["min-size-removed safe"],
        },
        Pair {
            old: &[r#"/components/schemas/Pet/properties/k = {"oneOf": [{"type": "string"}, {"type": "integer"}]}"#],
            new: &[
                r#"/components/schemas/Pet/properties/k = {"nullable": true, "oneOf": [{"type": "string"}, {"type": "integer"}]}"#,
            ],
            there: &["value-nullable risky"],
            back: &["value-not-nullable safe"],
        },
    ]);
}

#[test]
fn spellings_of_one_thing_differ_in_nothing() {
    let same = |old: &'static [&'static str], new: &'static [&'static str]| Pair { old, new, there: &[], back: &[] };
    check(&[
        same(&[], &[V31]),
        same(
            &[r#"/components/schemas/New/properties/a = {"type": "string", "nullable": true}"#],
            &[V31, r#"/components/schemas/New/properties/a = {"type": ["string", "null"]}"#],
        ),
        same(
            &[
                r##"/components/schemas/Pet/properties/a = {"allOf": [{"$ref": "#/components/schemas/Err"}], "nullable": true}"##,
            ],
            &[
                V31,
                r##"/components/schemas/Pet/properties/a = {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Err"}]}"##,
            ],
        ),
        same(
            &[r#"/components/schemas/New/properties/a = {"type": "integer", "minimum": 3, "exclusiveMinimum": true}"#],
            &[V31, r#"/components/schemas/New/properties/a = {"type": "integer", "exclusiveMinimum": 3.0}"#],
        ),
        same(
            &[r#"/components/schemas/New/properties/a = {"type": "string", "enum": ["x"], "example": "x"}"#],
            &[V31, r#"/components/schemas/New/properties/a = {"const": "x", "examples": ["x"]}"#],
        ),
        same(
            &[r#"/components/schemas/New/properties/a = {"type": "string", "format": "byte"}"#],
            &[V31, r#"/components/schemas/New/properties/a = {"type": "string", "contentEncoding": "base64"}"#],
        ),
        same(
            &[
                r##"/components/schemas/New/properties/a = {"allOf": [{"$ref": "#/components/schemas/Err"}], "description": "d"}"##,
            ],
            &[
                V31,
                r##"/components/schemas/New/properties/a = {"$ref": "#/components/schemas/Err", "description": "d"}"##,
            ],
        ),
    ]);
}

const TWO: &str = r##"/components/schemas/New/properties/c = {"oneOf": [{"$ref": "#/components/schemas/Aa"}, {"$ref": "#/components/schemas/Bb"}]}"##;

#[test]
fn choices() {
    check(&[
        Pair {
            old: &[TWO],
            new: &[
                r##"/components/schemas/New/properties/c = {"oneOf": [{"$ref": "#/components/schemas/Cc"}, {"$ref": "#/components/schemas/Aa"}, {"$ref": "#/components/schemas/Bb"}]}"##,
            ],
            there: &["choice-variant-added safe"],
            back: &["choice-variant-removed breaking"],
        },
        Pair {
            old: &[TWO],
            new: &[
                r##"/components/schemas/New/properties/c = {"anyOf": [{"$ref": "#/components/schemas/Aa"}, {"$ref": "#/components/schemas/Bb"}]}"##,
            ],
            there: &[],
            back: &[],
        },
        // An alternative that is written in place.
        Pair {
            old: &[TWO],
            new: &[
                r##"/components/schemas/New/properties/c = {"oneOf": [{"$ref": "#/components/schemas/Aa"}, {"type": "object", "required": ["k"], "properties": {"k": {"type": "string"}, "bbv": {"type": "string"}}}]}"##,
            ],
            there: &["choice-variant-renamed safe", "reference-changed safe"],
            back: &["choice-variant-renamed safe", "reference-changed safe"],
        },
        Pair {
            old: &[r#"/components/schemas/New/properties/c = {"type": "string"}"#],
            new: &[r#"/components/schemas/New/properties/c = {"oneOf": [{"type": "string"}, {"type": "integer"}]}"#],
            there: &["type-widened safe"],
            back: &["type-narrowed breaking"],
        },
        Pair {
            old: &[r##"/components/schemas/Pet/properties/c = {"$ref": "#/components/schemas/Aa"}"##],
            new: &[
                r##"/components/schemas/Pet/properties/c = {"oneOf": [{"$ref": "#/components/schemas/Aa"}, {"$ref": "#/components/schemas/Bb"}]}"##,
            ],
            there: &["type-widened breaking"],
            back: &["type-narrowed safe"],
        },
        // Values of the discriminator that select the other alternative.
        Pair {
            old: &[
                r##"/components/schemas/New/properties/c = {"oneOf": [{"$ref": "#/components/schemas/Aa"}, {"$ref": "#/components/schemas/Bb"}], "discriminator": {"propertyName": "k", "mapping": {"a": "#/components/schemas/Aa", "b": "#/components/schemas/Bb"}}}"##,
            ],
            new: &[
                r##"/components/schemas/New/properties/c = {"oneOf": [{"$ref": "#/components/schemas/Aa"}, {"$ref": "#/components/schemas/Bb"}], "discriminator": {"propertyName": "k", "mapping": {"b": "#/components/schemas/Aa", "a": "#/components/schemas/Bb"}}}"##,
            ],
            there: &["choice-tag-changed breaking", "choice-tag-changed breaking"],
            back: &["choice-tag-changed breaking", "choice-tag-changed breaking"],
        },
    ]);
}

#[test]
fn bodies_and_media_types() {
    check(&[
        Pair {
            old: &[],
            new: &["/paths/~1pets/post/requestBody/required = null"],
            there: &["request-optional safe"],
            back: &["request-required breaking"],
        },
        Pair {
            old: &[],
            new: &["/paths/~1pets/post/requestBody/content/application~1xml = {}"],
            there: &["media-type-added safe"],
            back: &["media-type-removed risky"],
        },
        Pair {
            old: &[],
            new: &["/paths/~1pets/post/responses/200/content/text~1csv = {}"],
            there: &["response-media-type-added safe"],
            back: &["response-media-type-removed risky"],
        },
        Pair {
            old: &[],
            new: &[
                "/paths/~1pets/get/responses/404 = null",
                r##"/paths/~1pets/get/responses/410 = {"description": "no", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Err"}}}}"##,
            ],
            there: &["error-body-added safe", "error-body-removed risky"],
            back: &["error-body-added safe", "error-body-removed risky"],
        },
    ]);
}

#[test]
fn renames_are_likely_ones() {
    let removed: &[&str] = &["property-added safe", "property-removed breaking"];
    let property =
        |old: &'static [&'static str], new: &'static [&'static str]| Pair { old, new, there: removed, back: removed };
    check(&[
        property(
            &[
                r#"/components/schemas/New/properties/enabled = {"type": "boolean", "description": "State of the pet."}"#,
            ],
            &[
                r#"/components/schemas/New/properties/disabled = {"type": "boolean", "description": "State of the pet."}"#,
            ],
        ),
        property(
            &[r#"/components/schemas/New/properties/allowEdits = {"type": "boolean"}"#],
            &[r#"/components/schemas/New/properties/denyEdits = {"type": "boolean"}"#],
        ),
        property(
            &[r#"/components/schemas/New/properties/isPublic = {"type": "boolean"}"#],
            &[r#"/components/schemas/New/properties/isNotPublic = {"type": "boolean"}"#],
        ),
        property(
            &[r#"/components/schemas/New/properties/minSize = {"type": "integer"}"#],
            &[r#"/components/schemas/New/properties/maxSize = {"type": "integer"}"#],
        ),
        property(
            &[r#"/components/schemas/New/properties/colour = {"type": "string"}"#],
            &[r#"/components/schemas/New/properties/weight = {"type": "string"}"#],
        ),
    ]);
    check(&[Pair {
        old: &[r#"/components/schemas/New/properties/fur_colour = {"type": "string"}"#],
        new: &[r#"/components/schemas/New/properties/furColour = {"type": "string"}"#],
        there: &["property-renamed breaking"],
        back: &["property-renamed breaking"],
    }]);
}

#[test]
fn a_numbered_inline_schema_is_that_of_the_other_revision() {
    const NAMED: &str =
        r#"/components/schemas/Pet.kind = {"type": "object", "properties": {"size": {"type": "string"}}}"#;
    const INLINE: &str = r#"/components/schemas/Pet/properties/kind = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}}"#;
    check(&[
        Pair { old: &[NAMED, INLINE], new: &[NAMED, INLINE], there: &[], back: &[] },
        Pair {
            old: &[NAMED, INLINE],
            new: &[
                NAMED,
                r#"/components/schemas/Pet/properties/kind = {"type": "object", "properties": {"a": {"type": "string"}}}"#,
            ],
            there: &["property-removed risky"],
            back: &["property-added safe"],
        },
    ]);
}

#[test]
fn constructors_are_of_messages_that_requests_contain() {
    check(&[
        // `New` is sent, `Pet` is received.
        Pair {
            old: &[],
            new: &[r#"/components/schemas/New/required = ["name", "age"]"#],
            there: &["constructor-changed safe", "property-required breaking"],
            back: &["constructor-changed safe", "property-optional safe"],
        },
        Pair {
            old: &[],
            new: &[r#"/components/schemas/Pet/required = ["id", "age"]"#],
            there: &["property-required safe"],
            back: &["property-no-longer-guaranteed risky"],
        },
        // The property that leads a request to `Aa` explains its constructor.
        Pair {
            old: &[],
            new: &[r##"/components/schemas/New/properties/a = {"$ref": "#/components/schemas/Aa"}"##],
            there: &["property-added safe"],
            back: &["property-removed breaking"],
        },
        // Requests cannot set it.
        Pair {
            old: &[],
            new: &[
                r##"/components/schemas/New/properties/a = {"readOnly": true, "allOf": [{"$ref": "#/components/schemas/Aa"}]}"##,
            ],
            there: &["property-added safe"],
            back: &["property-removed safe"],
        },
    ]);
}

const HEADER: &str =
    r#"/paths/~1pets/get/responses/200/headers = {"X-Left": {"required": true, "schema": {"type": "integer"}}}"#;

#[test]
fn statuses_and_headers_of_responses() {
    check(&[
        Pair {
            old: &[],
            new: &[HEADER],
            there: &["response-header-added safe"],
            back: &["response-header-removed risky"],
        },
        Pair {
            old: &[HEADER],
            new: &[HEADER, "/paths/~1pets/get/responses/200/headers/X-Left/required = false"],
            there: &["response-header-optional risky"],
            back: &["response-header-required safe"],
        },
        Pair {
            old: &[HEADER],
            new: &[HEADER, r#"/paths/~1pets/get/responses/200/headers/X-Left/schema/type = "string""#],
            there: &["response-header-type-changed risky"],
            back: &["response-header-type-changed risky"],
        },
        // Names of headers have no case.
        Pair {
            old: &[HEADER],
            new: &[
                r#"/paths/~1pets/get/responses/200/headers = {"x-left": {"required": true, "schema": {"type": "integer"}}}"#,
            ],
            there: &[],
            back: &[],
        },
        // A range of statuses has those in it.
        Pair {
            old: &[],
            new: &[
                "/paths/~1pets/get/responses/404 = null",
                r##"/paths/~1pets/get/responses/4XX = {"description": "no", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Err"}}}}"##,
            ],
            there: &["error-body-added safe"],
            back: &["error-body-removed risky"],
        },
        Pair {
            old: &[
                r##"/paths/~1pets/get/responses/default = {"description": "no", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Err"}}}}"##,
            ],
            new: &[
                r##"/paths/~1pets/get/responses/default = {"description": "no", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Err"}}}}"##,
                "/paths/~1pets/get/responses/404 = null",
            ],
            there: &[],
            back: &[],
        },
        Pair {
            old: &[],
            new: &[r#"/paths/~1pets/get/responses/429 = {"description": "no"}"#],
            there: &["error-status-added safe"],
            back: &["error-status-removed safe"],
        },
        Pair {
            old: &[],
            new: &[
                r##"/paths/~1pets/get/responses/404/content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Err"}}}"##,
            ],
            there: &["error-media-type-changed risky"],
            back: &["error-media-type-changed risky"],
        },
        Pair {
            old: &[],
            new: &[
                "/paths/~1pets/post/responses/200 = null",
                r##"/paths/~1pets/post/responses/201 = {"description": "x", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}"##,
            ],
            there: &["success-status-changed risky"],
            back: &["success-status-changed risky"],
        },
        Pair {
            old: &[],
            new: &[r#"/paths/~1pets/post/responses/202 = {"description": "later"}"#],
            there: &["success-status-added safe"],
            back: &["success-status-removed risky"],
        },
    ]);
}

#[test]
fn parameters_of_media_types() {
    const ONE: &str = r##"/paths/~1pets/post/requestBody/content = {"application/json; version=1": {"schema": {"$ref": "#/components/schemas/New"}}}"##;
    check(&[
        Pair {
            old: &[],
            new: &[
                r##"/paths/~1pets/post/requestBody/content = {"Application/JSON; charset=\"UTF-8\"": {"schema": {"$ref": "#/components/schemas/New"}}}"##,
            ],
            there: &[],
            back: &[],
        },
        Pair {
            old: &[ONE],
            new: &[
                r##"/paths/~1pets/post/requestBody/content = {"application/json; version=2": {"schema": {"$ref": "#/components/schemas/New"}}}"##,
            ],
            there: &["media-type-changed breaking"],
            back: &["media-type-changed breaking"],
        },
        Pair {
            old: &[
                r##"/paths/~1pets/post/responses/200/content = {"application/json; version=1": {"schema": {"$ref": "#/components/schemas/Pet"}}}"##,
            ],
            new: &[
                r##"/paths/~1pets/post/responses/200/content = {"application/json; version=2": {"schema": {"$ref": "#/components/schemas/Pet"}}}"##,
            ],
            there: &["response-media-type-changed risky"],
            back: &["response-media-type-changed risky"],
        },
        Pair {
            old: &[r#"/paths/~1pets/post/responses/200/content = {"text/plain": {}}"#],
            new: &[r#"/paths/~1pets/post/responses/200/content = {"text/html": {}}"#],
            there: &["response-media-type-changed risky"],
            back: &["response-media-type-changed risky"],
        },
    ]);
}

#[test]
fn requests_that_the_service_makes() {
    const HOOK: &str = r##"/webhooks = {"newPet": {"post": {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Aa"}}}}}}}"##;
    const INLINE: &str = r#"/webhooks = {"newPet": {"post": {"requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}}}}}}"#;
    const CALLBACK: &str = r##"/paths/~1pets/post/callbacks = {"done": {"{$request.body#/a}": {"post": {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Aa"}}}}}}}}"##;
    check(&[
        Pair { old: &[], new: &[HOOK], there: &["webhook-added safe"], back: &["webhook-removed risky"] },
        // Its payload is received.
        Pair {
            old: &[HOOK],
            new: &[HOOK, "/components/schemas/Aa/properties/aav = null"],
            there: &["property-removed risky"],
            back: &["property-added safe"],
        },
        Pair {
            old: &[INLINE],
            new: &[
                r#"/webhooks = {"newPet": {"post": {"requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {"a": {"type": "integer"}}}}}}}}}"#,
            ],
            there: &["type-changed breaking"],
            back: &["type-changed breaking"],
        },
        Pair {
            old: &[HOOK],
            new: &[
                r##"/webhooks = {"newPet": {"post": {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Err"}}}}}}}"##,
            ],
            there: &["webhook-payload-changed breaking"],
            back: &["webhook-payload-changed breaking"],
        },
        Pair {
            old: &[CALLBACK],
            new: &[
                r##"/paths/~1pets/post/callbacks = {"done": {"{$request.body#/b}": {"post": {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Aa"}}}}}}}}"##,
            ],
            there: &["callback-url-changed risky"],
            back: &["callback-url-changed risky"],
        },
    ]);
}

#[test]
fn servers_and_tokens() {
    const OAUTH: &str = r#"/security = [{"oauth": ["read"]}]"#;
    check(&[
        Pair {
            old: &[],
            new: &[r#"/servers = [{"url": "https://x.example.com"}, {"url": "https://eu.example.com/v2"}]"#],
            there: &["server-added safe"],
            back: &["server-removed risky"],
        },
        Pair {
            old: &[r#"/servers = [{"url": "https://x.example.com"}, {"url": "https://eu.example.com"}]"#],
            new: &[r#"/servers = [{"url": "https://eu.example.com"}, {"url": "https://x.example.com"}]"#],
            there: &["root-url-changed risky"],
            back: &["root-url-changed risky"],
        },
        Pair {
            old: &[],
            new: &[r#"/paths/~1pets/get/servers = [{"url": "https://other.example.com"}]"#],
            there: &["method-server-changed risky"],
            back: &["method-server-changed risky"],
        },
        Pair {
            old: &[OAUTH],
            new: &[
                OAUTH,
                r#"/components/securitySchemes/oauth/flows/implicit/authorizationUrl = "https://y.example.com""#,
            ],
            there: &["token-url-changed risky"],
            back: &["token-url-changed risky"],
        },
        // Nothing requires the scheme.
        Pair {
            old: &[],
            new: &[r#"/components/securitySchemes/oauth/flows/implicit/authorizationUrl = "https://y.example.com""#],
            there: &[],
            back: &[],
        },
    ]);
}

#[test]
fn encodings_of_parameters_and_forms() {
    check(&[
        // The style follows from the part of the request.
        Pair {
            old: &[],
            new: &[r#"/paths/~1pets/get/parameters/0/in = "header""#],
            there: &["parameter-relocated breaking"],
            back: &["parameter-relocated breaking"],
        },
        Pair {
            old: &[],
            new: &["/paths/~1pets/get/parameters/0/allowReserved = true"],
            there: &["reserved-allowed safe"],
            back: &["reserved-encoded risky"],
        },
        Pair {
            old: &[
                r#"/paths/~1pets/post/requestBody/content = {"multipart/form-data": {"schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}, "encoding": {"file": {"contentType": "image/png"}}}}"#,
            ],
            new: &[
                r#"/paths/~1pets/post/requestBody/content = {"multipart/form-data": {"schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}, "encoding": {"file": {"contentType": "image/jpeg"}}}}"#,
            ],
            there: &["form-part-changed risky"],
            back: &["form-part-changed risky"],
        },
    ]);
}
