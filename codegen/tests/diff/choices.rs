//! Pairs of OpenAPI documents with changed choices.

use crate::support::pairs::{Pair, V31, both_ways, check, model};
use discovery_codegen::diff::diff;
use discovery_codegen::rust::naming::Names;

/// The discriminator of a choice is set by the message that it selects, not by an argument of its constructor.
#[test]
fn constructors_are_explained_by_choices() {
    const CAT: &str = r#"/components/schemas/Cat = {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}, "m": {"type": "string"}}}"#;
    const DOG: &str = r#"/components/schemas/Dog = {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}, "b": {"type": "string"}}}"#;
    const ANY: &str = r##"/components/schemas/New/properties/c = {"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}]}"##;
    const SELECTED: &str = r##"/components/schemas/New/properties/c = {"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}], "discriminator": {"propertyName": "kind"}}"##;
    check(&[
        Pair {
            old: &[CAT, DOG, ANY],
            new: &[CAT, DOG, SELECTED],
            forward: &["choice-discriminator-added risky"],
            backward: &["choice-discriminator-removed safe"],
        },
        Pair {
            old: &[CAT, DOG, r##"/components/schemas/New/properties/c = {"$ref": "#/components/schemas/Cat"}"##],
            new: &[CAT, DOG, SELECTED],
            forward: &["type-widened safe"],
            backward: &["type-narrowed breaking"],
        },
    ]);
}

/// A single property of an alternative changes, and with it the name that the alternative is given.
#[test]
fn alternatives_named_after_a_value() {
    check(&[Pair {
        old: &[
            r#"/components/schemas/New/properties/c = {"oneOf": [{"type": "object", "properties": {"x": {"type": "string", "enum": ["a"]}}}, {"type": "object", "properties": {"y": {"type": "string"}}}]}"#,
        ],
        new: &[
            r#"/components/schemas/New/properties/c = {"oneOf": [{"type": "object", "properties": {"x": {"type": "string", "enum": ["a", "b"]}}}, {"type": "object", "properties": {"y": {"type": "string"}}}]}"#,
        ],
        forward: &["enum-value-added safe"],
        backward: &["enum-value-removed breaking"],
    }]);
    // The value that selects it is a constant.
    check(&[Pair {
        old: &[
            V31,
            r#"/components/schemas/New/properties/c = {"oneOf": [{"type": "object", "required": ["k"], "properties": {"k": {"const": "a"}, "x": {"type": "string"}}}, {"type": "object", "required": ["k"], "properties": {"k": {"const": "b"}, "y": {"type": "string"}}}]}"#,
        ],
        new: &[
            V31,
            r#"/components/schemas/New/properties/c = {"oneOf": [{"type": "object", "required": ["k"], "properties": {"k": {"const": "c"}, "x": {"type": "string"}}}, {"type": "object", "required": ["k"], "properties": {"k": {"const": "b"}, "y": {"type": "string"}}}]}"#,
        ],
        forward: &["enum-value-renamed breaking"],
        backward: &["enum-value-renamed breaking"],
    }]);
}

/// A schema that only an alternative extends comes and goes with it.
#[test]
fn alternatives_and_the_schemas_that_they_extend() {
    const BASE: &str = r#"/components/schemas/Rule = {"type": "object", "properties": {"id": {"type": "string"}}}"#;
    const ONE: &str =
        r#"/components/schemas/One = {"type": "object", "properties": {"kind": {"type": "string", "enum": ["one"]}}}"#;
    const TWO: &str =
        r#"/components/schemas/Two = {"type": "object", "properties": {"kind": {"type": "string", "enum": ["two"]}}}"#;
    const THREE: &str = r#"/components/schemas/Three = {"type": "object", "properties": {"kind": {"type": "string", "enum": ["three"]}}}"#;
    check(&[Pair {
        old: &[
            BASE,
            ONE,
            TWO,
            r##"/components/schemas/New/properties/c = {"oneOf": [{"allOf": [{"$ref": "#/components/schemas/Rule"}, {"$ref": "#/components/schemas/One"}]}, {"allOf": [{"$ref": "#/components/schemas/Rule"}, {"$ref": "#/components/schemas/Two"}]}]}"##,
        ],
        new: &[
            BASE,
            ONE,
            TWO,
            THREE,
            r##"/components/schemas/New/properties/c = {"oneOf": [{"allOf": [{"$ref": "#/components/schemas/Rule"}, {"$ref": "#/components/schemas/Three"}]}, {"allOf": [{"$ref": "#/components/schemas/Rule"}, {"$ref": "#/components/schemas/One"}]}, {"allOf": [{"$ref": "#/components/schemas/Rule"}, {"$ref": "#/components/schemas/Two"}]}]}"##,
        ],
        forward: &["choice-variant-added safe"],
        backward: &["choice-variant-removed breaking"],
    }]);
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
            forward: &["choice-variant-added safe"],
            backward: &["choice-variant-removed breaking"],
        },
        Pair {
            old: &[TWO],
            new: &[
                r##"/components/schemas/New/properties/c = {"anyOf": [{"$ref": "#/components/schemas/Aa"}, {"$ref": "#/components/schemas/Bb"}]}"##,
            ],
            forward: &[],
            backward: &[],
        },
        // An inline alternative.
        Pair {
            old: &[TWO],
            new: &[
                r##"/components/schemas/New/properties/c = {"oneOf": [{"$ref": "#/components/schemas/Aa"}, {"type": "object", "required": ["k"], "properties": {"k": {"type": "string"}, "bbv": {"type": "string"}}}]}"##,
            ],
            forward: &["reference-changed safe"],
            backward: &["reference-changed safe"],
        },
        Pair {
            old: &[r#"/components/schemas/New/properties/c = {"type": "string"}"#],
            new: &[r#"/components/schemas/New/properties/c = {"oneOf": [{"type": "string"}, {"type": "integer"}]}"#],
            forward: &["type-widened safe"],
            backward: &["type-narrowed breaking"],
        },
        Pair {
            old: &[r##"/components/schemas/Pet/properties/c = {"$ref": "#/components/schemas/Aa"}"##],
            new: &[
                r##"/components/schemas/Pet/properties/c = {"oneOf": [{"$ref": "#/components/schemas/Aa"}, {"$ref": "#/components/schemas/Bb"}]}"##,
            ],
            forward: &["type-widened breaking"],
            backward: &["type-narrowed safe"],
        },
        // Values of the discriminator that select the other alternative.
        Pair {
            old: &[
                r##"/components/schemas/New/properties/c = {"oneOf": [{"$ref": "#/components/schemas/Aa"}, {"$ref": "#/components/schemas/Bb"}], "discriminator": {"propertyName": "k", "mapping": {"a": "#/components/schemas/Aa", "b": "#/components/schemas/Bb"}}}"##,
            ],
            new: &[
                r##"/components/schemas/New/properties/c = {"oneOf": [{"$ref": "#/components/schemas/Aa"}, {"$ref": "#/components/schemas/Bb"}], "discriminator": {"propertyName": "k", "mapping": {"b": "#/components/schemas/Aa", "a": "#/components/schemas/Bb"}}}"##,
            ],
            forward: &["choice-tag-changed breaking"],
            backward: &["choice-tag-changed breaking"],
        },
    ]);
}

#[test]
fn numbers_among_alternatives() {
    check(&[Pair {
        old: &[r#"/components/schemas/Pet/properties/c = {"oneOf": [{"type": "integer"}, {"type": "string"}]}"#],
        new: &[r#"/components/schemas/Pet/properties/c = {"oneOf": [{"type": "number"}, {"type": "string"}]}"#],
        forward: &["integer-to-number breaking"],
        backward: &["number-to-integer safe"],
    }]);
}

/// A discriminator of another name is one change, though every alternative loses a property and gains one.
#[test]
fn properties_that_select_an_alternative() {
    check(&[Pair {
        old: &[
            r##"/components/schemas/New/properties/c = {"oneOf": [{"$ref": "#/components/schemas/Aa"}, {"$ref": "#/components/schemas/Bb"}], "discriminator": {"propertyName": "k"}}"##,
        ],
        new: &[
            r##"/components/schemas/New/properties/c = {"oneOf": [{"$ref": "#/components/schemas/Aa"}, {"$ref": "#/components/schemas/Bb"}], "discriminator": {"propertyName": "form"}}"##,
            r#"/components/schemas/Aa = {"type": "object", "required": ["form"], "properties": {"form": {"type": "string"}, "aav": {"type": "string"}}}"#,
            r#"/components/schemas/Bb = {"type": "object", "required": ["form"], "properties": {"form": {"type": "string"}, "bbv": {"type": "string"}}}"#,
        ],
        forward: &["choice-discriminator-changed breaking"],
        backward: &["choice-discriminator-changed breaking"],
    }]);
}

#[test]
fn alternatives_of_renamed_schemas() {
    check(&[Pair {
        old: &[
            r#"/components/schemas/Star = {"type": "object", "properties": {"x": {"type": "string"}, "y": {"type": "integer"}}}"#,
            r##"/components/schemas/New/properties/c = {"oneOf": [{"$ref": "#/components/schemas/Star"}, {"type": "string"}]}"##,
        ],
        new: &[
            r#"/components/schemas/Sun = {"type": "object", "properties": {"x": {"type": "string"}, "y": {"type": "integer"}}}"#,
            r##"/components/schemas/New/properties/c = {"oneOf": [{"$ref": "#/components/schemas/Sun"}, {"type": "string"}]}"##,
        ],
        forward: &["schema-renamed safe"],
        backward: &["schema-renamed safe"],
    }]);
}

/// Numbers that select an alternative are values of a property, which is the same change.
#[test]
fn numbers_that_select_alternatives() {
    let of = |one: u8, other: u8| {
        format!(
            r#"/components/schemas/New/properties/c = {{"oneOf": [{{"type": "object", "required": ["kind"], "properties": {{"kind": {{"type": "integer", "enum": [{one}]}}, "x": {{"type": "string"}}}}}}, {{"type": "object", "required": ["kind"], "properties": {{"kind": {{"type": "integer", "enum": [{other}]}}, "y": {{"type": "integer"}}}}}}]}}"#
        )
    };
    let changed = ["choice-tag-changed breaking"];
    both_ways(&of(1, 2), &of(2, 1), &changed, &changed);
    both_ways(&of(1, 2), &of(1, 3), &changed, &changed);
}

/// Alternatives with the same properties and each other's constants are one change.
#[test]
fn constants_that_change_places() {
    let of = |one: &str, other: &str, discriminator: &str| {
        format!(
            r#"/components/schemas/New/properties/c = {{"oneOf": [{{"type": "object", "required": ["kind"], "properties": {{"kind": {{"type": "string", "enum": ["{one}"]}}, "x": {{"type": "string"}}}}}}, {{"type": "object", "required": ["kind"], "properties": {{"kind": {{"type": "string", "enum": ["{other}"]}}, "y": {{"type": "integer"}}}}}}]{discriminator}}}"#
        )
    };
    let renamed = ["enum-value-renamed breaking"];
    for discriminator in ["", r#", "discriminator": {"propertyName": "kind"}"#] {
        let here = of("a", "b", discriminator);
        both_ways(&here, &of("b", "a", discriminator), &renamed, &renamed);
        both_ways(&here, &of("c", "d", discriminator), &renamed, &renamed);
        both_ways(&here, &of("a", "c", discriminator), &renamed, &renamed);
        let report = diff(&model(&[&here]), &model(&[&of("b", "a", discriminator)]), &[], &Names::default());
        let message = &report.findings.first().unwrap().change.message;
        assert_eq!(message, "values of `kind` that select 2 alternatives of `New.c`: `a` → `b`, `b` → `a`");
    }
}

/// A body that is an object without a name, or a new pet.
fn body(object: &str) -> String {
    let choice = format!(r##"{{"anyOf": [{object}, {{"$ref": "#/components/schemas/New"}}]}}"##);
    format!(r#"/paths/~1pets/post/requestBody/content/application~1json = {{"schema": {choice}}}"#)
}

/// The only object without a name is the same one, with other properties, after which it may be named.
#[test]
fn alternatives_that_gain_properties() {
    let (old, new) = (
        r#"{"type": "object", "properties": {"a": {}}}"#,
        r#"{"type": "object", "required": ["b"], "properties": {"a": {}, "b": {}}}"#,
    );
    both_ways(&body(old), &body(new), &["required-property-added breaking"], &["property-removed breaking"]);
    // A constant names an alternative, too.
    let constant = r#"{"type": "object", "properties": {"a": {"type": "string", "enum": ["x"]}}}"#;
    let text = r#"{"type": "object", "properties": {"a": {"type": "string"}}}"#;
    both_ways(&body(text), &body(constant), &["enum-closed-over-text risky"], &["enum-opened-to-text safe"]);
    let (added, removed) = (
        ["choice-variant-added safe", "choice-variant-removed breaking"],
        ["choice-variant-added safe", "choice-variant-removed breaking"],
    );
    both_ways(&body(old), &body(r#"{"type": "object", "properties": {"c": {}}}"#), &added, &removed);
}

/// A discriminator that is not stated, but found by constants, is no change of its own.
#[test]
fn discriminators_by_constants() {
    let of = |kind: &str| {
        format!(
            r#"{{"type": "object", "required": ["k"], "properties": {{"k": {{"type": "string", "enum": ["{kind}"]}}, "{kind}": {{}}}}}}"#
        )
    };
    let (one, both) = (of("cat"), format!("{}, {}", of("cat"), of("dog")));
    both_ways(&body(&one), &body(&both), &["choice-variant-added safe"], &["choice-variant-removed breaking"]);
}

/// An object that becomes a choice of itself and objects that extend it has the same properties as before.
#[test]
fn objects_that_others_extend() {
    const USE: &str = r##"/paths/~1pets~1{id}/get/responses/200/content/application~1json = {"schema": {"$ref": "#/components/schemas/Base"}}"##;
    const CAT: &str = r##"/components/schemas/Cat = {"allOf": [{"$ref": "#/components/schemas/Base"}, {"type": "object", "properties": {"meow": {}}}]}"##;
    const PLAIN: &str =
        r#"/components/schemas/Base = {"type": "object", "required": ["k"], "properties": {"k": {"type": "string"}}}"#;
    const EXTENDED: &str = r#"/components/schemas/Base = {"type": "object", "required": ["k"], "properties": {"k": {"type": "string"}}, "discriminator": {"propertyName": "k"}}"#;
    check(&[Pair {
        old: &[USE, CAT, PLAIN],
        new: &[USE, CAT, EXTENDED],
        forward: &["reference-changed safe"],
        backward: &["type-narrowed safe"],
    }]);
}

/// The body of an error is named like other bodies.
#[test]
fn labels_of_errors() {
    let of = |more: &str| {
        let body = format!(r#"{{"schema": {{"type": "object", "properties": {{"a": {{}}{more}}}}}}}"#);
        model(&[&format!("/paths/~1pets/get/responses/404/content/application~1json = {body}")])
    };
    let report = diff(&of(r#", "b": {}"#), &of(""), &[], &Names::default());
    let messages: Vec<&str> = report.findings.iter().map(|finding| finding.change.message.as_str()).collect();
    assert_eq!(messages, ["`listPets (error 404).b` removed"]);
}
