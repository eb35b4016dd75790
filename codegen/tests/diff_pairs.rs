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
            back: &["max-size-raised safe"],
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
