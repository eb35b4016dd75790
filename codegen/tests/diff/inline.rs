//! Schemas without names.

use crate::support::pairs::{Pair, check};

#[test]
fn constraints_of_inline_types_are_those_of_their_property() {
    const KINDS: &str =
        r#"/components/schemas/New/properties/k = {"type": "string", "enum": ["a", "b"], "default": "a"}"#;
    check(&[
        Pair {
            old: &[KINDS],
            new: &[r#"/components/schemas/New/properties/k = {"type": "string", "enum": ["a", "b"], "default": "b"}"#],
            forward: &["default-changed risky"],
            backward: &["default-changed risky"],
        },
        Pair {
            old: &[r#"/components/schemas/New/properties/k = {"type": "object", "properties": {"a": {}}}"#],
            new: &[
                r#"/components/schemas/New/properties/k = {"type": "object", "properties": {"a": {}}, "minProperties": 1}"#,
            ],
            forward: &["min-size-added risky"],
            backward: &["min-size-removed safe"],
        },
        Pair {
            old: &[r#"/components/schemas/Pet/properties/k = {"oneOf": [{"type": "string"}, {"type": "integer"}]}"#],
            new: &[
                r#"/components/schemas/Pet/properties/k = {"nullable": true, "oneOf": [{"type": "string"}, {"type": "integer"}]}"#,
            ],
            forward: &["value-nullable risky"],
            backward: &["value-not-nullable safe"],
        },
    ]);
}

#[test]
fn numbered_inline_schemas_match_in_both_revisions() {
    const NAMED: &str =
        r#"/components/schemas/Pet.kind = {"type": "object", "properties": {"size": {"type": "string"}}}"#;
    const INLINE: &str = r#"/components/schemas/Pet/properties/kind = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}}"#;
    check(&[
        Pair { old: &[NAMED, INLINE], new: &[NAMED, INLINE], forward: &[], backward: &[] },
        Pair {
            old: &[NAMED, INLINE],
            new: &[
                NAMED,
                r#"/components/schemas/Pet/properties/kind = {"type": "object", "properties": {"a": {"type": "string"}}}"#,
            ],
            forward: &["property-removed risky"],
            backward: &["property-added safe"],
        },
    ]);
}
