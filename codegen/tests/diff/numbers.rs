//! Pairs of documents with other numbers: kinds, widths, values and their bounds.

use crate::support::pairs::both_ways;

/// Compares two schemas of a property of a request, and of a response.
#[track_caller]
fn schemas(old: &str, new: &str, [request, back, response, response_back]: [&[&str]; 4]) {
    let of = |schema: &str, owner: &str| format!("/components/schemas/{owner}/properties/c = {schema}");
    both_ways(&of(old, "New"), &of(new, "New"), request, back);
    both_ways(&of(old, "Pet"), &of(new, "Pet"), response, response_back);
}

/// Services other than Google's tell numbers from texts with numbers.
#[test]
fn numbers_in_text() {
    let property =
        |ty: &str| format!(r#"/components/schemas/New/properties/n = {{"type": "{ty}", "format": "int64"}}"#);
    both_ways(&property("integer"), &property("string"), &["type-changed breaking"], &["type-changed breaking"]);
    let parameter = |ty: &str| {
        format!(
            r#"/paths/~1pets/get/parameters = [{{"name": "n", "in": "query", "schema": {{"type": "{ty}", "format": "int64"}}}}]"#
        )
    };
    both_ways(
        &parameter("integer"),
        &parameter("string"),
        &["number-form-changed safe"],
        &["number-form-changed safe"],
    );
}

#[test]
fn integers_and_numbers() {
    const NUMBER: &str = r#"{"type": "number"}"#;
    const INTEGER: &str = r#"{"type": "integer"}"#;
    const SMALL: &str = r#"{"type": "integer", "format": "int32"}"#;
    schemas(
        NUMBER,
        INTEGER,
        [
            &["number-to-integer breaking"],
            &["integer-to-number safe"],
            &["number-to-integer safe"],
            &["integer-to-number breaking"],
        ],
    );
    schemas(
        INTEGER,
        SMALL,
        [&["number-narrowed risky"], &["number-widened safe"], &["number-narrowed safe"], &["number-widened risky"]],
    );
}

/// The type of a choice in Rust has no widths.
#[test]
fn widths_among_alternatives() {
    let widths: [&[&str]; 4] = [
        &["value-format-removed safe"],
        &["value-format-added risky"],
        &["value-format-removed risky"],
        &["value-format-added safe"],
    ];
    for (small, large) in [
        (r#"{"type": "integer", "format": "int32"}"#, r#"{"type": "integer", "format": "int64"}"#),
        (r#"{"type": "integer", "format": "int32"}"#, r#"{"type": "integer"}"#),
        (r#"{"type": "number", "format": "float"}"#, r#"{"type": "number", "format": "double"}"#),
    ] {
        let of = |number: &str| format!(r#"{{"oneOf": [{number}, {{"type": "boolean"}}]}}"#);
        schemas(&of(small), &of(large), widths);
    }
    schemas(
        r#"{"oneOf": [{"type": "integer"}, {"type": "string"}]}"#,
        r#"{"oneOf": [{"type": "integer", "format": "int64"}, {"type": "string"}]}"#,
        [&[]; 4],
    );
    // The format of several types is that of the number.
    let of = |format| format!(r#"{{"type": ["integer", "string"], "format": "{format}"}}"#);
    schemas(&of("int32"), &of("int64"), widths);
}

#[test]
fn lists_of_numbers() {
    schemas(r#"{"type": "number", "enum": [1.0, 2.5]}"#, r#"{"type": "number", "enum": [1, 2.5]}"#, [&[]; 4]);
    // The values of the list are within the bounds.
    schemas(
        r#"{"type": "integer", "enum": [1, 2]}"#,
        r#"{"type": "integer", "minimum": 1, "maximum": 2}"#,
        [
            &["allowed-values-removed safe"],
            &["allowed-values-added risky"],
            &["allowed-values-removed risky"],
            &["allowed-values-added safe"],
        ],
    );
    schemas(
        r#"{"type": "integer", "enum": [1, 2]}"#,
        r#"{"type": "integer", "minimum": 2}"#,
        [
            &["allowed-values-removed safe", "minimum-added risky"],
            &["allowed-values-added risky", "minimum-removed safe"],
            &["allowed-values-removed risky", "minimum-added safe"],
            &["allowed-values-added safe", "minimum-removed risky"],
        ],
    );
}

/// Numbers include integers.
#[test]
fn integers_beside_numbers() {
    schemas(
        r#"{"type": "number"}"#,
        r#"{"anyOf": [{"type": "number"}, {"type": "integer"}]}"#,
        [&["reference-changed safe"]; 4],
    );
}
