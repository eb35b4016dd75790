//! Pairs of OpenAPI documents with constraints of values within others: alternatives of choices, elements, bodies of
//! errors.

use crate::support::pairs::{Pair, V31, check, findings, model};
use discovery_codegen::diff::{Bump, WireCompatibility, diff};
use discovery_codegen::rust::naming::Names;

#[test]
fn alternatives_of_choices() {
    check(&[
        Pair {
            old: &[
                r##"/components/schemas/New/properties/c = {"oneOf": [{"type": "string", "maxLength": 5}, {"type": "boolean"}]}"##,
            ],
            new: &[
                r##"/components/schemas/New/properties/c = {"oneOf": [{"type": "string", "maxLength": 3}, {"type": "boolean"}]}"##,
            ],
            forward: &["max-size-lowered breaking"],
            backward: &["max-size-raised safe"],
        },
        Pair {
            old: &[
                r##"/components/schemas/Pet/properties/c = {"oneOf": [{"type": "string", "maxLength": 5}, {"type": "boolean"}]}"##,
            ],
            new: &[
                r##"/components/schemas/Pet/properties/c = {"oneOf": [{"type": "string", "maxLength": 3}, {"type": "boolean"}]}"##,
            ],
            forward: &["max-size-lowered safe"],
            backward: &["max-size-raised risky"],
        },
        Pair {
            old: &[
                r##"/components/schemas/New/properties/tags/items = {"oneOf": [{"type": "string", "maxLength": 5}, {"type": "boolean"}]}"##,
            ],
            new: &[
                r##"/components/schemas/New/properties/tags/items = {"oneOf": [{"type": "string", "maxLength": 3}, {"type": "boolean"}]}"##,
            ],
            forward: &["max-size-lowered breaking"],
            backward: &["max-size-raised safe"],
        },
        Pair {
            old: &[
                r##"/components/schemas/New/properties/labels/additionalProperties = {"oneOf": [{"type": "string", "maxLength": 5}, {"type": "boolean"}]}"##,
            ],
            new: &[
                r##"/components/schemas/New/properties/labels/additionalProperties = {"oneOf": [{"type": "string", "maxLength": 3}, {"type": "boolean"}]}"##,
            ],
            forward: &["max-size-lowered breaking"],
            backward: &["max-size-raised safe"],
        },
        Pair {
            old: &[
                r##"/components/schemas/New/properties/c = {"oneOf": [{"type": "array", "items": {"type": "string", "maxLength": 5}}, {"type": "boolean"}]}"##,
            ],
            new: &[
                r##"/components/schemas/New/properties/c = {"oneOf": [{"type": "array", "items": {"type": "string", "maxLength": 3}}, {"type": "boolean"}]}"##,
            ],
            forward: &["max-size-lowered breaking"],
            backward: &["max-size-raised safe"],
        },
        Pair {
            old: &[
                r##"/components/schemas/New/properties/c = {"oneOf": [{"anyOf": [{"type": "string", "maxLength": 5}, {"type": "integer"}]}, {"type": "boolean"}]}"##,
            ],
            new: &[
                r##"/components/schemas/New/properties/c = {"oneOf": [{"anyOf": [{"type": "string", "maxLength": 3}, {"type": "integer"}]}, {"type": "boolean"}]}"##,
            ],
            forward: &["max-size-lowered breaking"],
            backward: &["max-size-raised safe"],
        },
        Pair {
            old: &[
                r##"/components/schemas/New/properties/c = {"type": "array", "prefixItems": [{"type": "string", "maxLength": 5}, {"type": "boolean"}]}"##,
            ],
            new: &[
                r##"/components/schemas/New/properties/c = {"type": "array", "prefixItems": [{"type": "string", "maxLength": 3}, {"type": "boolean"}]}"##,
            ],
            forward: &["max-size-lowered breaking"],
            backward: &["max-size-raised safe"],
        },
        Pair {
            old: &[
                r##"/components/schemas/New/properties/c = {"anyOf": [{"type": "integer", "minimum": 0, "exclusiveMinimum": true}, {"type": "boolean"}]}"##,
            ],
            new: &[
                r##"/components/schemas/New/properties/c = {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "boolean"}]}"##,
            ],
            forward: &[],
            backward: &[],
        },
    ]);
}

#[test]
fn alternatives_that_one_type_takes() {
    check(&[
        Pair {
            old: &[
                r##"/paths/~1pets/get/parameters/0/schema = {"oneOf": [{"type": "string", "maxLength": 5}, {"type": "integer"}]}"##,
            ],
            new: &[
                r##"/paths/~1pets/get/parameters/0/schema = {"oneOf": [{"type": "string", "maxLength": 3}, {"type": "integer"}]}"##,
            ],
            forward: &["max-size-lowered breaking"],
            backward: &["max-size-raised safe"],
        },
        Pair {
            old: &[
                r##"/components/schemas/New/properties/c = {"anyOf": [{"type": "string", "maxLength": 5}, {"type": "string", "format": "uuid"}]}"##,
            ],
            new: &[
                r##"/components/schemas/New/properties/c = {"anyOf": [{"type": "string", "maxLength": 3}, {"type": "string", "format": "uuid"}]}"##,
            ],
            forward: &["max-size-lowered breaking"],
            backward: &["max-size-raised safe"],
        },
        Pair {
            old: &[
                r##"/components/schemas/New/properties/c = {"anyOf": [{"type": "string", "maxLength": 5}, {"type": "string", "format": "uuid"}]}"##,
            ],
            new: &[
                r##"/components/schemas/New/properties/c = {"anyOf": [{"type": "string", "maxLength": 5}, {"type": "string", "format": "uuid"}, {"type": "string", "pattern": "^x"}]}"##,
            ],
            forward: &["alternatives-added safe"],
            backward: &["alternatives-removed risky"],
        },
        Pair {
            old: &[
                r##"/components/schemas/New/properties/c = {"anyOf": [{"type": "string", "maxLength": 5}, {"type": "string", "format": "uuid"}]}"##,
            ],
            new: &[
                r##"/components/schemas/New/properties/c = {"anyOf": [{"type": "string", "format": "uuid"}, {"type": "string", "maxLength": 5}]}"##,
            ],
            forward: &[],
            backward: &[],
        },
        Pair {
            old: &[
                r##"/components/schemas/New/properties/c = {"anyOf": [{"type": "string", "maxLength": 5}, {"type": "null"}]}"##,
            ],
            new: &[
                r##"/components/schemas/New/properties/c = {"anyOf": [{"type": "string", "maxLength": 3}, {"type": "null"}]}"##,
            ],
            forward: &["max-size-lowered breaking"],
            backward: &["max-size-raised safe"],
        },
    ]);
}

#[test]
fn named_alternatives_are_carried_like_the_choice() {
    check(&[
        Pair {
            old: &[
                r##"/components/schemas/Text = {"type": "string", "maxLength": 5}"##,
                r##"/components/schemas/New/properties/c = {"oneOf": [{"$ref": "#/components/schemas/Text"}, {"type": "boolean"}]}"##,
            ],
            new: &[
                r##"/components/schemas/Text = {"type": "string", "maxLength": 3}"##,
                r##"/components/schemas/New/properties/c = {"oneOf": [{"$ref": "#/components/schemas/Text"}, {"type": "boolean"}]}"##,
            ],
            forward: &["max-size-lowered breaking"],
            backward: &["max-size-raised safe"],
        },
        Pair {
            old: &[
                r##"/components/schemas/Text = {"type": "string", "maxLength": 5}"##,
                r##"/components/schemas/Pet/properties/c = {"oneOf": [{"$ref": "#/components/schemas/Text"}, {"type": "boolean"}]}"##,
            ],
            new: &[
                r##"/components/schemas/Text = {"type": "string", "maxLength": 3}"##,
                r##"/components/schemas/Pet/properties/c = {"oneOf": [{"$ref": "#/components/schemas/Text"}, {"type": "boolean"}]}"##,
            ],
            forward: &["max-size-lowered safe"],
            backward: &["max-size-raised risky"],
        },
        Pair {
            old: &[
                r##"/components/schemas/Text = {"type": "string", "maxLength": 5}"##,
                r##"/components/schemas/New/properties/c = {"oneOf": [{"$ref": "#/components/schemas/Text"}, {"type": "boolean"}]}"##,
            ],
            new: &[
                r##"/components/schemas/Text = {"type": "string", "maxLength": 5}"##,
                r##"/components/schemas/New/properties/c = {"oneOf": [{"type": "string", "maxLength": 3}, {"type": "boolean"}]}"##,
            ],
            forward: &["max-size-lowered breaking"],
            backward: &["max-size-raised safe"],
        },
    ]);
}

#[test]
fn bodies_of_errors() {
    check(&[
        Pair {
            old: &[
                r##"/paths/~1pets/get/responses/404/content/application~1json/schema = {"type": "string", "maxLength": 5}"##,
            ],
            new: &[
                r##"/paths/~1pets/get/responses/404/content/application~1json/schema = {"type": "string", "maxLength": 3}"##,
            ],
            forward: &["max-size-lowered safe"],
            backward: &["max-size-raised risky"],
        },
        Pair {
            old: &[
                r##"/paths/~1pets/get/responses/404/content/application~1json/schema = {"type": "array", "items": {"type": "string", "maxLength": 5}}"##,
            ],
            new: &[
                r##"/paths/~1pets/get/responses/404/content/application~1json/schema = {"type": "array", "items": {"type": "string", "maxLength": 3}}"##,
            ],
            forward: &["max-size-lowered safe"],
            backward: &["max-size-raised risky"],
        },
        Pair {
            old: &[],
            new: &[
                r##"/paths/~1pets/get/responses/404/content/application~1json/schema = {"nullable": true, "allOf": [{"$ref": "#/components/schemas/Err"}]}"##,
            ],
            forward: &["value-nullable risky"],
            backward: &["value-not-nullable safe"],
        },
        Pair {
            old: &[
                r##"/paths/~1pets/get/responses/500 = {"description": "no", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Err"}}}}"##,
            ],
            new: &[
                r##"/paths/~1pets/get/responses/500 = {"description": "no", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Aa"}}}}"##,
                r##"/paths/~1pets/get/responses/404/content/application~1json/schema = {"$ref": "#/components/schemas/Aa"}"##,
            ],
            forward: &["error-body-changed breaking"],
            backward: &["error-body-changed breaking"],
        },
    ]);
}

/// A list that contains itself is followed once.
#[test]
fn choices_within_themselves() {
    const LIST: &str = r##"/components/schemas/Tree = {"type": "array", "items": {"oneOf": [{"$ref": "#/components/schemas/Tree"}, {"type": "string"}]}}"##;
    const USE: &str = r##"/components/schemas/New/properties/c = {"oneOf": [{"$ref": "#/components/schemas/Tree"}, {"type": "boolean"}]}"##;
    check(&[Pair {
        old: &[LIST, USE],
        new: &[
            r##"/components/schemas/Tree = {"type": "array", "items": {"oneOf": [{"$ref": "#/components/schemas/Tree"}, {"type": "string", "maxLength": 3}]}}"##,
            USE,
        ],
        forward: &["max-size-added risky"],
        backward: &["max-size-removed safe"],
    }]);
}

/// Constraints of an inline type are those of the value that has it.
#[test]
fn inline_types_are_compared_once() {
    const SMALL: &str = r#"{"type": "object", "minProperties": 1, "properties": {"a": {"type": "string"}}}"#;
    const LARGE: &str = r#"{"type": "object", "minProperties": 2, "properties": {"a": {"type": "string"}}}"#;
    let places = [
        ("/components/schemas/New/properties/c", "{}", true),
        ("/components/schemas/New/properties/c", r#"{"type": "array", "items": {}}"#, true),
        ("/components/schemas/New/properties/c", r#"{"oneOf": [{}, {"type": "boolean"}]}"#, true),
        ("/components/schemas/New/additionalProperties", "{}", true),
        ("/components/schemas/New", r#"{"type": "array", "items": {}}"#, true),
        ("/paths/~1pets/post/requestBody/content/application~1json/schema", "{}", true),
        ("/paths/~1pets/post/responses/200/content/application~1json/schema", "{}", false),
        (
            "/paths/~1pets/post/responses/200/content/application~1json/schema",
            r#"{"type": "array", "items": {}}"#,
            false,
        ),
        ("/paths/~1pets/get/responses/404/content/application~1json/schema", "{}", false),
        ("/paths/~1pets/get/parameters/0/schema", "{}", true),
    ];
    for (place, around, is_request) in places {
        let of = |object: &str| model(&[&format!("{place} = {}", around.replacen("{}", object, 1))]);
        let (old, new) = (of(SMALL), of(LARGE));
        let verdict = if is_request { "min-size-raised breaking" } else { "min-size-raised safe" };
        assert_eq!(findings(&diff(&old, &new, &[], &Names::default())), [verdict], "{place} {around}");
    }
}

/// Types of errors without a name in the document have one in Rust.
#[test]
fn programs_name_types_of_errors() {
    const SCHEMA: &str = "/paths/~1pets/get/responses/404/content/application~1json/schema = ";
    let of = |schema: &str| model(&[&format!("{SCHEMA}{schema}")]);
    let choice = of(r##"{"oneOf": [{"$ref": "#/components/schemas/Aa"}, {"$ref": "#/components/schemas/Bb"}]}"##);
    let (named, text) = (of(r##"{"$ref": "#/components/schemas/Bb"}"##), of(r#"{"type": "string"}"#));
    for (old, new, wire, rust) in [
        (&choice, &named, WireCompatibility::Safe, Bump::Major),
        (&named, &choice, WireCompatibility::Breaking, Bump::Minor),
        (&choice, &text, WireCompatibility::Breaking, Bump::Major),
        (&named, &text, WireCompatibility::Breaking, Bump::Patch),
    ] {
        let report = diff(old, new, &[], &Names::default());
        assert_eq!((report.findings.len(), report.wire(), report.semver()), (1, wire, Some(rust)));
    }
}

/// Keywords that are not read narrow a type when they are added, and conditions are one change.
#[test]
fn keywords_that_are_not_read() {
    check(&[
        Pair {
            old: &[],
            new: &[r##"/components/schemas/New/properties/name/not = {"enum": ["x"]}"##],
            forward: &["other-constraint-added risky"],
            backward: &["other-constraint-removed safe"],
        },
        Pair {
            old: &[],
            new: &[r##"/components/schemas/Pet/properties/name/not = {"enum": ["x"]}"##],
            forward: &["other-constraint-added safe"],
            backward: &["other-constraint-removed risky"],
        },
        Pair {
            old: &[],
            new: &[
                r##"/components/schemas/New/if = {"required": ["tags"]}"##,
                r##"/components/schemas/New/then = {"required": ["name"]}"##,
                r##"/components/schemas/New/else = {"required": ["labels"]}"##,
            ],
            forward: &["other-constraint-added risky"],
            backward: &["other-constraint-removed safe"],
        },
        // An older spelling.
        Pair {
            old: &[r##"/components/schemas/New/dependencies = {"tags": ["labels"]}"##],
            new: &[r##"/components/schemas/New/dependentRequired = {"tags": ["labels"]}"##],
            forward: &[],
            backward: &[],
        },
    ]);
}

#[test]
fn first_elements_of_lists() {
    const TWO: &str = r##"/components/schemas/New/properties/c = {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}]}"##;
    check(&[
        Pair {
            old: &[TWO],
            new: &[
                r##"/components/schemas/New/properties/c = {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}]}"##,
            ],
            forward: &["first-items-changed breaking"],
            backward: &["first-items-changed breaking"],
        },
        Pair {
            old: &[TWO],
            new: &[
                r##"/components/schemas/New/properties/c = {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "items": false}"##,
            ],
            forward: &["max-size-added risky"],
            backward: &["max-size-removed safe"],
        },
        Pair {
            old: &[TWO],
            new: &[
                r##"/components/schemas/New/properties/c = {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}, {"type": "string"}]}"##,
            ],
            forward: &["other-constraint-added risky"],
            backward: &["other-constraint-removed safe"],
        },
    ]);
}

/// A part of `allOf` allows some values of the named enum beside it.
#[test]
fn enums_that_a_part_narrows() {
    const KIND: &str = r#"/components/schemas/Kind = {"type": "string", "enum": ["a", "b"]}"#;
    check(&[Pair {
        old: &[KIND, r##"/components/schemas/New/properties/c = {"$ref": "#/components/schemas/Kind"}"##],
        new: &[
            KIND,
            r##"/components/schemas/New/properties/c = {"allOf": [{"$ref": "#/components/schemas/Kind"}, {"enum": ["a"]}]}"##,
        ],
        forward: &["allowed-values-added risky"],
        backward: &["allowed-values-removed safe"],
    }]);
}

#[test]
fn lists_of_values_that_exclude_no_others() {
    const TWO: &str = r#"/components/schemas/New/properties/name/x-extensible-enum = ["a", "b"]"#;
    check(&[
        Pair {
            old: &[TWO],
            new: &[r#"/components/schemas/New/properties/name/x-extensible-enum = ["a"]"#],
            forward: &["known-value-removed breaking"],
            backward: &["known-value-added safe"],
        },
        Pair { old: &[], new: &[TWO], forward: &[], backward: &[] },
    ]);
}

/// Old clients send the values of the enum.
#[test]
fn text_in_place_of_an_enum() {
    const ENUM: &str = r##"/components/schemas/New/properties/c = {"type": "string", "enum": ["a", "bc"]}"##;
    check(&[
        Pair {
            old: &[ENUM],
            new: &[
                r##"/components/schemas/New/properties/c = {"type": "string", "pattern": "^[a-c]+$", "minLength": 1, "maxLength": 2}"##,
            ],
            forward: &["enum-opened-to-text safe"],
            backward: &["enum-closed-over-text risky"],
        },
        Pair {
            old: &[ENUM],
            new: &[r##"/components/schemas/New/properties/c = {"type": "string", "pattern": "^[a-b]+$"}"##],
            forward: &["enum-opened-to-text safe", "pattern-added risky"],
            backward: &["enum-closed-over-text risky"],
        },
        Pair {
            old: &[
                r##"/components/schemas/New/properties/c = {"type": "array", "items": {"type": "string", "enum": ["a", "bc"]}}"##,
            ],
            new: &[
                r##"/components/schemas/New/properties/c = {"type": "array", "items": {"type": "string", "maxLength": 2}}"##,
            ],
            forward: &["enum-opened-to-text safe"],
            backward: &["enum-closed-over-text risky"],
        },
    ]);
}

#[test]
fn the_same_numbers_in_other_spellings() {
    check(&[
        Pair {
            old: &["/components/schemas/New/properties/name/maxLength = 5"],
            new: &["/components/schemas/New/properties/name/maxLength = 5.0"],
            forward: &[],
            backward: &[],
        },
        // Bounds of the type.
        Pair {
            old: &[r##"/components/schemas/New/properties/c = {"type": "integer", "format": "int32"}"##],
            new: &[
                r##"/components/schemas/New/properties/c = {"type": "integer", "format": "int32", "minimum": -2147483648, "maximum": 2147483647}"##,
            ],
            forward: &[],
            backward: &[],
        },
    ]);
}

/// The media type of the content of text, and its schema.
#[test]
fn contents_of_text() {
    let of = |schema: &str| model(&[V31, &format!("/components/schemas/New/properties/name = {schema}")]);
    let found = |old: &str, new: &str| findings(&diff(&of(old), &of(new), &[], &Names::default()));
    let (text, image) = (r#"{"type": "string"}"#, r#"{"type": "string", "contentMediaType": "image/png"}"#);
    assert_eq!(found(text, image), ["value-format-added risky"]);
    assert_eq!(found(image, text), ["value-format-removed safe"]);
    let other = r#"{"type": "string", "contentMediaType": "image/jpeg"}"#;
    assert_eq!(found(image, other), ["value-format-changed risky"]);
    let holds = |ty: &str| {
        format!(r#"{{"type": "string", "contentMediaType": "application/json", "contentSchema": {{"type": "{ty}"}}}}"#)
    };
    assert_eq!(found(&holds("object"), &holds("array")), ["other-constraint-changed risky"]);
}

/// An alternative may be the `allOf` of one.
#[test]
fn constraints_of_wrapped_alternatives() {
    let of = |part: &str| {
        let text = format!(r#"{{"allOf": [{{"type": "string"}}{part}]}}"#);
        model(&[&format!(r#"/components/schemas/New/properties/name = {{"anyOf": [{text}, {{"type": "boolean"}}]}}"#)])
    };
    let (any, short) = (of(""), of(r#", {"maxLength": 3}"#));
    assert_eq!(findings(&diff(&any, &short, &[], &Names::default())), ["max-size-added risky"]);
    assert_eq!(findings(&diff(&short, &any, &[], &Names::default())), ["max-size-removed safe"]);
}
