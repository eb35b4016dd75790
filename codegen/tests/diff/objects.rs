//! Pairs of documents with other objects: properties by patterns of their names, and objects that were aliases.

use crate::support::pairs::{Pair, V31, both_ways, check};

/// Properties of a closed object are those of its patterns alone; those of an open one are restricted by them.
#[test]
fn patterns_of_names() {
    let of = |owner: &str, others: &str, patterns: &str| {
        format!(
            r#"/components/schemas/{owner}/properties/c = {{"type": "object", "properties": {{"a": {{"type": "string"}}}}{others}{patterns}}}"#
        )
    };
    const CLOSED: &str = r#", "additionalProperties": false"#;
    const TYPED: &str = r#", "additionalProperties": {"type": "string"}"#;
    const X: &str = r#", "patternProperties": {"^x-": {"type": "string"}}"#;
    const X_AND_Y: &str = r#", "patternProperties": {"^x-": {"type": "string"}, "^y-": {"type": "string"}}"#;
    const OTHER_X: &str = r#", "patternProperties": {"^x-": {"type": "integer"}}"#;
    for (few, many) in [("", X), (X, X_AND_Y)] {
        both_ways(
            &of("New", CLOSED, few),
            &of("New", CLOSED, many),
            &["pattern-properties-added safe"],
            &["pattern-properties-removed breaking"],
        );
        both_ways(
            &of("Pet", CLOSED, few),
            &of("Pet", CLOSED, many),
            &["pattern-properties-added risky"],
            &["pattern-properties-removed safe"],
        );
        both_ways(
            &of("New", "", few),
            &of("New", "", many),
            &["other-constraint-added risky"],
            &["other-constraint-removed safe"],
        );
    }
    let changed = ["other-constraint-changed risky"];
    both_ways(&of("New", CLOSED, X), &of("New", CLOSED, OTHER_X), &changed, &changed);
    both_ways(&of("New", TYPED, ""), &of("New", TYPED, X), &changed, &changed);
}

#[test]
fn numbers_of_elements_that_match() {
    let of = |count: &str| {
        format!(
            r#"/components/schemas/New/properties/c = {{"type": "array", "items": {{"type": "string"}}, "contains": {{"const": "a"}}{count}}}"#
        )
    };
    both_ways(&of(""), &of(r#", "minContains": 2"#), &["min-size-raised breaking"], &["min-size-lowered safe"]);
    both_ways(&of(""), &of(r#", "minContains": 0"#), &["min-size-lowered safe"], &["min-size-raised breaking"]);
    both_ways(&of(""), &of(r#", "minContains": 1"#), &[], &[]);
    both_ways(&of(""), &of(r#", "maxContains": 2"#), &["max-size-added risky"], &["max-size-removed safe"]);
}

/// An object that was another name of its base states what differs.
#[test]
fn objects_that_were_aliases() {
    const ALIAS: &str = r##"/components/schemas/Named = {"allOf": [{"$ref": "#/components/schemas/Aa"}]}"##;
    const USE: &str = r##"/components/schemas/New/properties/c = {"$ref": "#/components/schemas/Named"}"##;
    check(&[
        Pair {
            old: &[V31, ALIAS, USE],
            new: &[
                V31,
                r##"/components/schemas/Named = {"allOf": [{"$ref": "#/components/schemas/Aa"}], "required": ["aav"]}"##,
                USE,
            ],
            forward: &["property-required breaking", "reference-changed safe"],
            backward: &["property-optional safe", "reference-changed safe"],
        },
        Pair {
            old: &[ALIAS, USE],
            new: &[
                r##"/components/schemas/Named = {"type": "object", "properties": {"k": {"type": "string"}, "b": {"type": "string"}}}"##,
                USE,
            ],
            forward: &[
                "property-added safe",
                "property-optional safe",
                "property-removed breaking",
                "reference-changed safe",
            ],
            backward: &[
                "property-added safe",
                "property-removed breaking",
                "property-required breaking",
                "reference-changed safe",
            ],
        },
    ]);
}

/// Maps and open objects whose properties have the type of its values are both objects.
#[test]
fn objects_and_maps() {
    let of = |schema: &str| format!("/components/schemas/New/properties/c = {schema}");
    let map = of(r#"{"type": "object", "additionalProperties": {"type": "string"}}"#);
    let object = of(r#"{"type": "object", "properties": {"a": {"type": "string"}}}"#);
    let closed = of(r#"{"type": "object", "additionalProperties": false, "properties": {"a": {"type": "string"}}}"#);
    let other = of(r#"{"type": "object", "properties": {"a": {"type": "integer"}}}"#);
    let risky = ["reference-changed-risky risky"];
    both_ways(&map, &object, &risky, &risky);
    let changed = ["map-changed breaking"];
    both_ways(&map, &closed, &changed, &changed);
    both_ways(&map, &other, &changed, &changed);
}

/// The same mark of many schemas or methods is one finding.
#[test]
fn marks_of_many() {
    const CLOSED: [&str; 3] = [
        "/components/schemas/Aa/additionalProperties = false",
        "/components/schemas/Bb/additionalProperties = false",
        "/components/schemas/Cc/additionalProperties = false",
    ];
    check(&[
        Pair { old: &[], new: &CLOSED, forward: &["object-closed safe"], backward: &["object-opened safe"] },
        Pair {
            old: &[],
            new: &[
                "/paths/~1pets/get/deprecated = true",
                "/paths/~1pets/post/deprecated = true",
                "/paths/~1pets~1{id}/get/deprecated = true",
            ],
            forward: &["method-deprecated safe"],
            backward: &["method-undeprecated safe"],
        },
    ]);
}

/// Additional properties beside others have one type.
#[test]
fn types_of_additional_properties() {
    let of = |more: &str| {
        format!(
            r#"/components/schemas/New/additionalProperties = {{"oneOf": [{{"type": "string"}}, {{"type": "object", "properties": {{"a": {{}}{more}}}}}]}}"#
        )
    };
    both_ways(&of(""), &of(r#", "b": {}"#), &["property-added safe"], &["property-removed breaking"]);
}
