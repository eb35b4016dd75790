//! Pairs of documents with changed parameters.

use crate::support::pairs::{Pair, both_ways, check, findings, model};
use discovery_codegen::diff::{Bump, diff};
use discovery_codegen::rust::naming::Names;

/// A parameter that takes several kinds of values is text in Rust, and its kinds are compared.
#[test]
fn kinds_of_values_that_are_sent_as_text() {
    check(&[
        Pair {
            old: &[r#"/paths/~1pets/get/parameters/0/schema = {"oneOf": [{"type": "integer"}, {"type": "boolean"}]}"#],
            new: &[
                r#"/paths/~1pets/get/parameters/0/schema = {"oneOf": [{"type": "integer"}, {"type": "boolean"}, {"type": "string", "format": "date"}]}"#,
            ],
            forward: &["type-widened safe"],
            backward: &["type-narrowed breaking"],
        },
        Pair {
            old: &[r#"/paths/~1pets/get/parameters/0/schema = {"oneOf": [{"type": "integer"}, {"type": "boolean"}]}"#],
            new: &[r#"/paths/~1pets/get/parameters/0/schema = {"type": "string"}"#],
            forward: &["type-widened safe"],
            backward: &["type-narrowed breaking"],
        },
        // All integers are numbers.
        Pair {
            old: &[r#"/paths/~1pets/get/parameters/0/schema = {"oneOf": [{"type": "integer"}, {"type": "boolean"}]}"#],
            new: &[r#"/paths/~1pets/get/parameters/0/schema = {"oneOf": [{"type": "number"}, {"type": "boolean"}]}"#],
            forward: &["type-widened safe"],
            backward: &["type-narrowed breaking"],
        },
        Pair {
            old: &[
                r#"/paths/~1pets/get/parameters/0/schema = {"anyOf": [{"type": "string", "enum": ["all", "few"]}, {"type": "integer"}]}"#,
            ],
            new: &[
                r#"/paths/~1pets/get/parameters/0/schema = {"anyOf": [{"type": "string", "enum": ["all"]}, {"type": "integer"}]}"#,
            ],
            forward: &["allowed-value-removed breaking"],
            backward: &["allowed-value-added safe"],
        },
        // Elements of a list.
        Pair {
            old: &[
                r#"/paths/~1pets/get/parameters/0/schema = {"type": "array", "items": {"anyOf": [{"type": "boolean"}, {"type": "integer"}]}}"#,
            ],
            new: &[
                r#"/paths/~1pets/get/parameters/0/schema = {"type": "array", "items": {"anyOf": [{"type": "boolean"}, {"type": "number"}]}}"#,
            ],
            forward: &["type-widened safe"],
            backward: &["type-narrowed breaking"],
        },
        // All text includes all of these.
        Pair {
            old: &[r#"/paths/~1pets/get/parameters/0/schema = {"oneOf": [{"type": "string"}, {"type": "boolean"}]}"#],
            new: &[r#"/paths/~1pets/get/parameters/0/schema = {"oneOf": [{"type": "string"}, {"type": "integer"}]}"#],
            forward: &[],
            backward: &[],
        },
    ]);
}

#[test]
fn parameters_that_move_with_another_type() {
    check(&[Pair {
        old: &[r#"/paths/~1pets/get/parameters/1/schema = {"type": "integer"}"#],
        new: &["/paths/~1pets/get/parameters/1/in = \"query\""],
        forward: &["parameter-relocated breaking"],
        backward: &["parameter-relocated breaking"],
    }]);
    let (old, new) = (model(&[]), model(&["/paths/~1pets/get/parameters/1/in = \"query\""]));
    let report = diff(&old, &new, &[], &Names::default());
    let messages: Vec<&str> = report.findings.iter().map(|finding| finding.change.message.as_str()).collect();
    assert_eq!(messages, ["`listPets(X-Trace)` moved from a header to the query"]);
}

#[test]
fn parameters_that_move_and_become_required() {
    let moved = ["/paths/~1pets/get/parameters/1/in = \"query\"", "/paths/~1pets/get/parameters/1/required = true"];
    let (old, new) = (model(&[]), model(&moved));
    for (old, new) in [(&old, &new), (&new, &old)] {
        let report = diff(old, new, &[], &Names::default());
        assert_eq!(findings(&report), ["parameter-relocated breaking"]);
        // It becomes an argument of the method, or is none any longer.
        assert_eq!(report.semver(), Some(Bump::Major));
    }
}

#[test]
fn values_and_properties_of_parameters_are_named_after_them() {
    const OLD: &str = r#"/paths/~1pets/get/parameters/0/schema = {"type": "object", "properties": {"a": {"type": "string", "enum": ["x", "y"]}, "b": {"type": "string"}}}"#;
    const NEW: &str = r#"/paths/~1pets/get/parameters/0/schema = {"type": "object", "properties": {"a": {"type": "string", "enum": ["x"]}}}"#;
    let report = diff(&model(&[OLD]), &model(&[NEW]), &[], &Names::default());
    let messages: Vec<&str> = report.findings.iter().map(|finding| finding.change.message.as_str()).collect();
    assert_eq!(messages, ["`listPets(limit).a`: value `y` removed", "`listPets(limit).b` removed"]);
    // A list of one type.
    let list = r#"/paths/~1pets/get/parameters/0/schema = {"type": "array", "items": {"type": "string"}}"#;
    let numbers = r#"/paths/~1pets/get/parameters/0/schema = {"type": "array", "items": {"type": "integer"}}"#;
    let report = diff(&model(&[list]), &model(&[numbers]), &[], &Names::default());
    assert_eq!(findings(&report), ["type-narrowed breaking"]);
    assert_eq!(report.semver(), Some(Bump::Major));
    let message = report.findings.first().map(|finding| finding.change.message.as_str());
    assert_eq!(message, Some("`listPets(limit)`: `list of string` → `list of integer (int64)`"));
}

#[test]
fn encodings_of_parameters_and_forms() {
    check(&[
        // The style follows from the part of the request.
        Pair {
            old: &[],
            new: &[r#"/paths/~1pets/get/parameters/0/in = "header""#],
            forward: &["parameter-relocated breaking"],
            backward: &["parameter-relocated breaking"],
        },
        Pair {
            old: &[],
            new: &["/paths/~1pets/get/parameters/0/allowReserved = true"],
            forward: &["reserved-allowed safe"],
            backward: &["reserved-encoded risky"],
        },
        Pair {
            old: &[
                r#"/paths/~1pets/post/requestBody/content = {"multipart/form-data": {"schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}, "encoding": {"file": {"contentType": "image/png"}}}}"#,
            ],
            new: &[
                r#"/paths/~1pets/post/requestBody/content = {"multipart/form-data": {"schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}, "encoding": {"file": {"contentType": "image/jpeg"}}}}"#,
            ],
            forward: &["form-part-changed risky"],
            backward: &["form-part-changed risky"],
        },
    ]);
}

#[test]
fn defaults_of_required_parameters() {
    let of = |default: &str| {
        model(&[&format!(
            r#"/paths/~1pets/get/parameters = [{{"name": "p", "in": "query", "required": true, "schema": {{"type": "integer"{default}}}}}]"#
        )])
    };
    let report = diff(&of(r#", "default": 1"#), &of(""), &[], &Names::default());
    assert_eq!(findings(&report), [""; 0], "no request omits the value");
}

#[test]
fn schemas_of_deprecated_parameters() {
    check(&[Pair {
        old: &[],
        new: &["/paths/~1pets/get/parameters/0/schema/deprecated = true"],
        forward: &["parameter-deprecated safe"],
        backward: &["parameter-undeprecated safe"],
    }]);
}

#[test]
fn styles_are_shown() {
    const LIST: &str = r#"/paths/~1pets/get/parameters/0/schema = {"type": "array", "items": {"type": "string"}}"#;
    let (old, new) = (model(&[LIST]), model(&[LIST, "/paths/~1pets/get/parameters/0/explode = false"]));
    let report = diff(&old, &new, &[], &Names::default());
    let message = report.findings.first().map(|finding| finding.change.message.as_str());
    assert_eq!(message, Some("`listPets(limit)`: lists and objects are encoded differently: `a=1&a=2` → `1,2`"));
}

/// A parameter with a media type is JSON.
#[test]
fn parameters_that_become_json() {
    let of = |key: &str, ty: &str| {
        let schema = format!(r#"{{"schema": {ty}}}"#);
        let value = if key == "schema" { ty.to_owned() } else { format!(r#"{{"application/json": {schema}}}"#) };
        format!(r#"/paths/~1pets/get/parameters = [{{"name": "q", "in": "query", "{key}": {value}}}]"#)
    };
    let changed = ["parameter-style-changed breaking"];
    let (text, number) = (r#"{"type": "string"}"#, r#"{"type": "integer"}"#);
    both_ways(&of("schema", text), &of("content", text), &changed, &changed);
    both_ways(&of("schema", number), &of("content", number), &[], &[]);
    let list = r#"{"type": "array", "items": {"type": "string"}}"#;
    both_ways(&of("schema", list), &of("content", list), &changed, &changed);
    let report = diff(&model(&[&of("schema", list)]), &model(&[&of("content", list)]), &[], &Names::default());
    assert_eq!(report.semver(), Some(Bump::Major));
}

/// A single value in the path has no separators, but may have a mark before it.
#[test]
fn styles_of_single_values_in_the_path() {
    let changed: &[&str] = &["parameter-style-changed breaking"];
    for style in ["label", "matrix"] {
        let of = |style: &str| format!(r#"/paths/~1pets~1{{id}}/get/parameters/0/style = "{style}""#);
        both_ways(&of("simple"), &of(style), changed, changed);
    }
    both_ways(
        r#"/paths/~1pets~1{id}/get/parameters/0/style = "simple""#,
        "/paths/~1pets~1{id}/get/parameters/0/explode = true",
        &[],
        &[],
    );
}

/// A parameter with a media type has the constraints of its schema.
#[test]
fn constraints_of_json_parameters() {
    let of = |schema: &str| {
        let content = format!(r#"{{"application/json": {{"schema": {schema}}}}}"#);
        format!(r#"/paths/~1pets/get/parameters = [{{"name": "q", "in": "query", "content": {content}}}]"#)
    };
    let (text, short) = (of(r#"{"type": "string"}"#), of(r#"{"type": "string", "maxLength": 5}"#));
    both_ways(&text, &short, &["max-size-added risky"], &["max-size-removed safe"]);
    let nullable = of(r#"{"type": "string", "nullable": true}"#);
    both_ways(&text, &nullable, &["value-nullable safe"], &["value-not-nullable risky"]);
    let deprecated = of(r#"{"type": "string", "deprecated": true}"#);
    both_ways(&text, &deprecated, &["parameter-deprecated safe"], &["parameter-undeprecated safe"]);
}
