//! Verdicts that depend on the direction: of `New` in requests, and of `Pet` in responses.

use crate::support::pairs::{Pair, check, model};
use discovery_codegen::diff::{Bump, diff};
use discovery_codegen::rust::naming::Names;

#[test]
fn verdicts_of_constraints_depend_on_the_direction() {
    check(&[
        Pair {
            old: &[],
            new: &["/components/schemas/New/properties/name/maxLength = 20"],
            forward: &["max-size-lowered breaking"],
            backward: &["max-size-raised safe"],
        },
        Pair {
            old: &[],
            new: &["/components/schemas/Pet/properties/name/maxLength = 20"],
            forward: &["max-size-lowered safe"],
            backward: &["max-size-raised risky"],
        },
        Pair {
            old: &[],
            new: &["/components/schemas/New/properties/tags/items/maxLength = 3"],
            forward: &["max-size-added risky"],
            backward: &["max-size-removed safe"],
        },
        Pair {
            old: &[],
            new: &["/components/schemas/New/properties/labels/additionalProperties/maxLength = 3"],
            forward: &["max-size-added risky"],
            backward: &["max-size-removed safe"],
        },
        // A list of lists: each level has its own limit.
        Pair {
            old: &[
                r#"/components/schemas/New/properties/a = {"type": "array", "maxItems": 3, "items": {"type": "array", "maxItems": 5, "items": {}}}"#,
            ],
            new: &[
                r#"/components/schemas/New/properties/a = {"type": "array", "maxItems": 5, "items": {"type": "array", "maxItems": 3, "items": {}}}"#,
            ],
            forward: &["max-size-lowered breaking", "max-size-raised safe"],
            backward: &["max-size-lowered breaking", "max-size-raised safe"],
        },
        Pair {
            old: &[r##"/components/schemas/New/allOf = [{"allOf": [{"$ref": "#/components/schemas/Err"}]}]"##],
            new: &[
                r##"/components/schemas/New/allOf = [{"allOf": [{"$ref": "#/components/schemas/Err"}]}]"##,
                r#"/components/schemas/New/required = ["name", "code"]"#,
            ],
            forward: &["property-required breaking"],
            backward: &["property-optional safe"],
        },
        Pair {
            old: &[],
            new: &["/paths/~1pets/get/parameters/0/schema/exclusiveMaximum = true"],
            forward: &["maximum-lowered breaking"],
            backward: &["maximum-raised safe"],
        },
    ]);
}

#[test]
fn constructors_are_of_messages_that_requests_contain() {
    check(&[
        Pair {
            old: &[],
            new: &[r#"/components/schemas/New/required = ["name", "age"]"#],
            forward: &["property-required breaking"],
            backward: &["property-optional safe"],
        },
        Pair {
            old: &[],
            new: &[r#"/components/schemas/Pet/required = ["id", "age"]"#],
            forward: &["property-required safe"],
            backward: &["property-no-longer-guaranteed risky"],
        },
        // The property that leads a request to `Aa` explains its constructor.
        Pair {
            old: &[],
            new: &[r##"/components/schemas/New/properties/a = {"$ref": "#/components/schemas/Aa"}"##],
            forward: &["property-added safe"],
            backward: &["property-removed breaking"],
        },
        // Requests cannot set it.
        Pair {
            old: &[],
            new: &[
                r##"/components/schemas/New/properties/a = {"readOnly": true, "allOf": [{"$ref": "#/components/schemas/Aa"}]}"##,
            ],
            forward: &["property-added safe"],
            backward: &["property-removed safe"],
        },
    ]);
}

/// Requests must have a required property as soon as they can.
#[test]
fn required_properties_that_only_responses_had() {
    const READ_ONLY: &str = r#"/components/schemas/New/properties/at = {"type": "string", "readOnly": true}"#;
    const SENT: &str = r#"/components/schemas/New/properties/at = {"type": "string"}"#;
    const REQUIRED: &str = r#"/components/schemas/New/required = ["name", "at"]"#;
    const ONE: &str = r#"/components/schemas/One = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string", "readOnly": true}}}"#;
    const OTHER: &str =
        r#"/components/schemas/Other = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}"#;
    check(&[
        Pair {
            old: &[READ_ONLY, REQUIRED],
            new: &[SENT, REQUIRED],
            forward: &["property-required breaking"],
            backward: &["property-read-only risky"],
        },
        Pair {
            old: &[READ_ONLY],
            new: &[SENT, REQUIRED],
            forward: &["property-required breaking"],
            backward: &["property-optional safe", "property-read-only risky"],
        },
        Pair {
            old: &[READ_ONLY],
            new: &[SENT],
            forward: &["property-writable safe"],
            backward: &["property-read-only risky"],
        },
        // Another schema, in which requests must have it.
        Pair {
            old: &[ONE, OTHER, r##"/components/schemas/New/properties/c = {"$ref": "#/components/schemas/One"}"##],
            new: &[ONE, OTHER, r##"/components/schemas/New/properties/c = {"$ref": "#/components/schemas/Other"}"##],
            forward: &["reference-changed-breaking breaking"],
            backward: &["reference-changed-risky risky"],
        },
    ]);
}

#[test]
fn only_properties_have_a_setter_of_null() {
    const KIND: &str = r#"/components/schemas/Kind = {"type": "string", "enum": ["a"]}"#;
    const NULLABLE_KIND: &str = r#"/components/schemas/Kind = {"type": "string", "enum": ["a"], "nullable": true}"#;
    const PROPERTY: &str = r##"/components/schemas/New/properties/kind = {"$ref": "#/components/schemas/Kind"}"##;
    const PARAMETER: &str = r##"/paths/~1pets/get/parameters/0/schema = {"$ref": "#/components/schemas/Kind"}"##;
    let cases: [(&[&str], &[&str], Bump); 4] = [
        (&[], &["/components/schemas/New/properties/name/nullable = true"], Bump::Minor),
        (&[KIND, PROPERTY], &[NULLABLE_KIND, PROPERTY], Bump::Minor),
        (&[KIND, PARAMETER], &[NULLABLE_KIND, PARAMETER], Bump::Patch),
        (&[], &["/paths/~1pets/get/parameters/0/schema/nullable = true"], Bump::Patch),
    ];
    for (old, new, added) in cases {
        let (a, b) = (model(old), model(new));
        let removed = if added == Bump::Minor { Bump::Major } else { Bump::Patch };
        for (from, to, expected) in [(&a, &b, added), (&b, &a, removed)] {
            let report = diff(from, to, &[], &Names::default());
            assert_eq!(report.semver(), Some(expected), "{old:?} {new:?}: {:#?}", report.findings);
        }
    }
}

/// A schema that a property refers to, or is made of, may be read-only.
#[test]
fn marks_by_reference() {
    const PLAIN: &str = r#"/components/schemas/Text = {"type": "string"}"#;
    const MARKED: &str = r#"/components/schemas/Text = {"type": "string", "readOnly": true}"#;
    const USE: &str = r##"/components/schemas/New/properties/text = {"$ref": "#/components/schemas/Text"}"##;
    const PARTS: &str =
        r##"/components/schemas/New/properties/text = {"allOf": [{"$ref": "#/components/schemas/Text"}]}"##;
    const PART: &str = r##"/components/schemas/New/properties/text = {"allOf": [{"$ref": "#/components/schemas/Text"}, {"readOnly": true}]}"##;
    let (set, unset) = (&["property-read-only risky"], &["property-writable safe"]);
    check(&[
        Pair { old: &[PLAIN, USE], new: &[MARKED, USE], forward: set, backward: unset },
        Pair { old: &[PLAIN, PARTS], new: &[MARKED, PARTS], forward: set, backward: unset },
        Pair { old: &[PLAIN, PARTS], new: &[PLAIN, PART], forward: set, backward: unset },
        // Only responses must have it.
        Pair {
            old: &[PLAIN, USE],
            new: &[MARKED, USE, r#"/components/schemas/New/required = ["name", "text"]"#],
            forward: set,
            backward: &["property-optional safe", "property-writable safe"],
        },
    ]);
}
