//! Pairs of OpenAPI documents with conditions on the presence of properties.

use crate::support::pairs::{Pair, check};

#[test]
fn required_properties_without_a_declaration() {
    check(&[
        Pair {
            old: &[],
            new: &[r##"/components/schemas/New/required = ["name", "ghost"]"##],
            forward: &["required-name-added breaking"],
            backward: &["required-name-removed safe"],
        },
        Pair {
            old: &[],
            new: &[r##"/components/schemas/Pet/required = ["id", "ghost"]"##],
            forward: &["required-name-added safe"],
            backward: &["required-name-removed risky"],
        },
        Pair {
            old: &[],
            new: &[r##"/components/schemas/New/properties/labels/required = ["ghost"]"##],
            forward: &["required-name-added breaking"],
            backward: &["required-name-removed safe"],
        },
        Pair {
            old: &[r##"/components/schemas/New/properties/c = {"type": "object"}"##],
            new: &[r##"/components/schemas/New/properties/c = {"type": "object", "required": ["ghost"]}"##],
            forward: &["required-name-added breaking"],
            backward: &["required-name-removed safe"],
        },
        Pair {
            old: &[r##"/components/schemas/New/properties/c = {"allOf": [{"$ref": "#/components/schemas/Err"}]}"##],
            new: &[
                r##"/components/schemas/New/properties/c = {"allOf": [{"$ref": "#/components/schemas/Err"}, {"required": ["code"]}]}"##,
            ],
            forward: &["required-name-added breaking"],
            backward: &["required-name-removed safe"],
        },
        Pair {
            old: &[r##"/components/schemas/New/required = ["name", "ghost"]"##],
            new: &[
                r##"/components/schemas/New/required = ["name", "ghost"]"##,
                r##"/components/schemas/New/properties/ghost = {"type": "string"}"##,
            ],
            forward: &["property-added safe"],
            backward: &["property-removed breaking"],
        },
        Pair {
            old: &[],
            new: &[r##"/components/schemas/New/allOf = [{"required": ["age"]}]"##],
            forward: &["property-required breaking"],
            backward: &["property-optional safe"],
        },
        Pair {
            old: &[],
            new: &[r##"/components/schemas/New/anyOf = [{"required": ["age"]}]"##],
            forward: &["property-required breaking"],
            backward: &["property-optional safe"],
        },
    ]);
}

#[test]
fn choices_of_required_properties() {
    check(&[
        Pair {
            old: &[],
            new: &[r##"/components/schemas/New/anyOf = [{"required": ["age"]}, {"required": ["kind"]}]"##],
            forward: &["required-choice-narrowed breaking"],
            backward: &["required-choice-widened safe"],
        },
        Pair {
            old: &[],
            new: &[r##"/components/schemas/Pet/anyOf = [{"required": ["age"]}, {"required": ["kind"]}]"##],
            forward: &["required-choice-narrowed safe"],
            backward: &["required-choice-widened risky"],
        },
        Pair {
            old: &[r##"/components/schemas/New/anyOf = [{"required": ["age"]}, {"required": ["kind"]}]"##],
            new: &[
                r##"/components/schemas/New/anyOf = [{"required": ["kind"]}, {"required": ["age"]}, {"required": ["tags"]}]"##,
            ],
            forward: &["required-choice-widened safe"],
            backward: &["required-choice-narrowed breaking"],
        },
        Pair {
            old: &[r##"/components/schemas/New/anyOf = [{"required": ["age"]}, {"required": ["kind"]}]"##],
            new: &[r##"/components/schemas/New/anyOf = [{"required": ["age"]}, {"required": ["tags"]}]"##],
            forward: &["required-choice-changed breaking"],
            backward: &["required-choice-changed breaking"],
        },
        Pair {
            old: &[r##"/components/schemas/New/oneOf = [{"required": ["age"]}, {"required": ["kind"]}]"##],
            new: &[r##"/components/schemas/New/anyOf = [{"required": ["age"]}, {"required": ["kind"]}]"##],
            forward: &["required-choice-widened safe"],
            backward: &["required-choice-narrowed breaking"],
        },
        Pair {
            old: &[r##"/components/schemas/New/oneOf = [{"required": ["age"]}, {"required": ["kind"]}]"##],
            new: &[
                r##"/components/schemas/New/oneOf = [{"required": ["age"]}, {"required": ["kind"]}, {"required": ["tags"]}]"##,
            ],
            forward: &["required-choice-changed breaking"],
            backward: &["required-choice-changed breaking"],
        },
        Pair {
            old: &[r##"/components/schemas/New/anyOf = [{"required": ["age"]}, {"required": ["kind"]}]"##],
            new: &[r##"/components/schemas/New/anyOf = [{"required": ["kind"]}, {"required": ["age"]}]"##],
            forward: &[],
            backward: &[],
        },
    ]);
}

#[test]
fn properties_that_require_others() {
    check(&[
        Pair {
            old: &[],
            new: &[r##"/components/schemas/New/dependentRequired = {"age": ["kind"]}"##],
            forward: &["dependent-required-added breaking"],
            backward: &["dependent-required-removed safe"],
        },
        Pair {
            old: &[],
            new: &[r##"/components/schemas/Pet/dependentRequired = {"age": ["kind"]}"##],
            forward: &["dependent-required-added safe"],
            backward: &["dependent-required-removed risky"],
        },
        // An older spelling, next to a schema that is not read.
        Pair {
            old: &[
                r##"/components/schemas/New/dependencies = {"age": ["kind", "tags"], "kind": {"minProperties": 1}}"##,
            ],
            new: &[r##"/components/schemas/New/dependencies = {"age": ["kind"], "kind": {"minProperties": 1}}"##],
            forward: &["dependent-required-removed safe"],
            backward: &["dependent-required-added breaking"],
        },
        Pair {
            old: &[r##"/components/schemas/New/dependentRequired = {"age": ["kind", "tags"]}"##],
            new: &[r##"/components/schemas/New/dependentRequired = {"age": ["kind"]}"##],
            forward: &["dependent-required-removed safe"],
            backward: &["dependent-required-added breaking"],
        },
        Pair {
            old: &[r##"/components/schemas/New/dependentRequired = {"age": ["kind"]}"##],
            new: &[r##"/components/schemas/New/dependentRequired = {"age": ["tags"]}"##],
            forward: &["dependent-required-added breaking", "dependent-required-removed safe"],
            backward: &["dependent-required-added breaking", "dependent-required-removed safe"],
        },
    ]);
}

/// Objects that are closed where no type in Rust states it.
#[test]
fn unlisted_properties() {
    const MAP: &str = r##"/components/schemas/New/properties/c = {"type": "object", "patternProperties": {"^x": {"type": "string"}}}"##;
    const NAMED: &str = r##"/components/schemas/New/properties/c = {"allOf": [{"$ref": "#/components/schemas/Cc"}]}"##;
    let closed = |old, new| Pair {
        old,
        new,
        forward: &["other-constraint-added risky"],
        backward: &["other-constraint-removed safe"],
    };
    check(&[
        closed(
            &[MAP],
            &[
                r##"/components/schemas/New/properties/c = {"type": "object", "patternProperties": {"^x": {"type": "string"}}, "additionalProperties": false}"##,
            ],
        ),
        closed(
            &[NAMED],
            &[
                r##"/components/schemas/New/properties/c = {"allOf": [{"$ref": "#/components/schemas/Cc"}], "unevaluatedProperties": false}"##,
            ],
        ),
        closed(
            &[NAMED],
            &[
                r##"/components/schemas/New/properties/c = {"$ref": "#/components/schemas/Cc", "unevaluatedProperties": false}"##,
            ],
        ),
        // No property at all.
        Pair {
            old: &[
                r#"/components/schemas/New/properties/c = {"type": "object", "additionalProperties": {"type": "string"}}"#,
            ],
            new: &[r#"/components/schemas/New/properties/c = {"type": "object", "additionalProperties": false}"#],
            forward: &["type-narrowed breaking"],
            backward: &["type-widened safe"],
        },
    ]);
}

/// Outside of Google's APIs, a variable of the path and a property of its name are two values.
#[test]
fn required_properties_with_the_name_of_a_variable() {
    const CALL: &str = r##"/paths/~1pets~1{id}/put = {"operationId": "putPet", "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}], "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Put"}}}}, "responses": {"200": {"description": "x"}}}"##;
    const OPTIONAL: &str = r#"/components/schemas/Put = {"type": "object", "properties": {"id": {"type": "string"}}}"#;
    const REQUIRED: &str =
        r#"/components/schemas/Put = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}"#;
    check(&[Pair {
        old: &[CALL, OPTIONAL],
        new: &[CALL, REQUIRED],
        forward: &["property-required breaking"],
        backward: &["property-optional safe"],
    }]);
}
