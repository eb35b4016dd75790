//! Lists of allowed values, and elements of lists by their position.

use crate::support::pairs::{Pair, check};

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
