//! Lists of allowed values, and elements of lists by their position.

use crate::support::pairs::{Pair, V31, check, findings, model};
use discovery_codegen::diff::diff;
use discovery_codegen::rust::naming::Names;

#[test]
fn lists_of_values() {
    let narrowed = |old, new, added, removed| Pair { old, new, forward: added, backward: removed };
    check(&[
        // Several lists allow what is in all of them.
        narrowed(
            &[
                r#"/components/schemas/New/properties/c = {"allOf": [{"type": "string", "enum": ["a", "b", "c"]}, {"enum": ["a", "b"]}]}"#,
            ],
            &[
                r#"/components/schemas/New/properties/c = {"allOf": [{"type": "string", "enum": ["a", "b", "c"]}, {"enum": ["a"]}]}"#,
            ],
            &["allowed-value-removed breaking"],
            &["allowed-value-added safe"],
        ),
        narrowed(
            &[r#"/components/schemas/New/properties/c = {"type": "string", "nullable": true, "enum": ["a", null]}"#],
            &[r#"/components/schemas/New/properties/c = {"type": "string", "nullable": true, "enum": ["a"]}"#],
            &["value-not-nullable risky"],
            &[],
        ),
        // All values of a boolean.
        narrowed(
            &[r#"/components/schemas/New/properties/c = {"type": "boolean"}"#],
            &[r#"/components/schemas/New/properties/c = {"type": "boolean", "enum": [true, false]}"#],
            &[],
            &[],
        ),
        narrowed(
            &[r#"/components/schemas/New/properties/c = {"type": "integer", "enum": [1]}"#],
            &[r#"/components/schemas/New/properties/c = {"type": "integer", "enum": [2]}"#],
            &["allowed-values-changed breaking"],
            &["allowed-values-changed breaking"],
        ),
    ]);
}

#[test]
fn elements_at_the_same_position() {
    const OBJECTS: &str = r#"/components/schemas/Pet/properties/c = {"type": "array", "prefixItems": [{"type": "object", "properties": {"a": {"type": "string"}}}, {"type": "object", "properties": {"b": {"type": "integer"}}}]}"#;
    check(&[
        Pair {
            old: &[OBJECTS],
            new: &[
                r#"/components/schemas/Pet/properties/c = {"type": "array", "prefixItems": [{"type": "object", "properties": {"b": {"type": "integer"}}}, {"type": "object", "properties": {"a": {"type": "string"}}}]}"#,
            ],
            forward: &["first-items-changed breaking"],
            backward: &["first-items-changed breaking"],
        },
        Pair {
            old: &[
                r##"/components/schemas/Pet/properties/c = {"type": "array", "prefixItems": [{"$ref": "#/components/schemas/Aa"}, {"$ref": "#/components/schemas/Bb"}]}"##,
            ],
            new: &[
                r##"/components/schemas/Pet/properties/c = {"type": "array", "prefixItems": [{"$ref": "#/components/schemas/Bb"}, {"$ref": "#/components/schemas/Aa"}]}"##,
            ],
            forward: &["first-items-changed breaking"],
            backward: &["first-items-changed breaking"],
        },
        Pair {
            old: &[
                r#"/components/schemas/Pet/properties/c = {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}]}"#,
            ],
            new: &[
                r#"/components/schemas/Pet/properties/c = {"type": "array", "prefixItems": [{"type": "string"}, {"type": "string"}]}"#,
            ],
            forward: &["first-items-changed breaking"],
            backward: &["first-items-changed breaking"],
        },
        // Properties of an element are its own.
        Pair {
            old: &[OBJECTS],
            new: &[
                r#"/components/schemas/Pet/properties/c = {"type": "array", "prefixItems": [{"type": "object", "properties": {"a": {"type": "string"}, "z": {"type": "string"}}}, {"type": "object", "properties": {"b": {"type": "integer"}}}]}"#,
            ],
            forward: &["property-added safe"],
            backward: &["property-removed risky"],
        },
    ]);
}

/// Nothing is valid where a schema is `false`.
#[test]
fn values_that_are_never_valid() {
    check(&[
        Pair {
            old: &[V31, r#"/components/schemas/New/properties/c = {"type": "string"}"#],
            new: &[V31, "/components/schemas/New/properties/c = false"],
            forward: &["property-removed breaking"],
            backward: &["property-added safe"],
        },
        Pair {
            old: &[V31, r#"/components/schemas/New/properties/c = {"type": "array", "items": {}}"#],
            new: &[V31, r#"/components/schemas/New/properties/c = {"type": "array", "items": false}"#],
            forward: &["max-size-added risky"],
            backward: &["max-size-removed safe"],
        },
    ]);
}

#[test]
fn patterns_of_any_text() {
    check(&[Pair {
        old: &[],
        new: &[r#"/components/schemas/New/properties/name/pattern = ".*""#],
        forward: &[],
        backward: &[],
    }]);
}

/// A schema that may be `null` is the cause of lists and maps of it, which old clients cannot decode.
#[test]
fn elements_that_may_be_null() {
    const USES: &str =
        r##"/components/schemas/Pet/properties/c = {"type": "array", "items": {"$ref": "#/components/schemas/Mark"}}"##;
    const MAPS: &str = r##"/components/schemas/Pet/properties/d = {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Mark"}}"##;
    for (schema, nullable) in [
        (
            r#"/components/schemas/Mark = {"type": "string"}"#,
            r#"/components/schemas/Mark = {"type": "string", "nullable": true}"#,
        ),
        (
            r#"/components/schemas/Mark = {"type": "object", "properties": {"x": {"type": "string"}}}"#,
            r#"/components/schemas/Mark = {"type": "object", "nullable": true, "properties": {"x": {"type": "string"}}}"#,
        ),
    ] {
        for edits in [vec![USES], vec![USES, MAPS]] {
            let of = |schema: &'static str| model(&[&edits[..], &[schema]].concat());
            let (old, new) = (of(schema), of(nullable));
            let forward = diff(&old, &new, &[], &Names::default());
            assert_eq!(findings(&forward), ["type-widened breaking"], "{edits:?}");
            let backward = diff(&new, &old, &[], &Names::default());
            assert_eq!(findings(&backward), ["type-narrowed safe"], "{edits:?}");
        }
    }
}
