//! Pairs of documents with other headers and links of responses.

use crate::support::pairs::{Pair, V31, both_ways, check, findings, model};
use discovery_codegen::diff::diff;
use discovery_codegen::rust::naming::Names;

/// Response with a header.
fn header(stated: &str) -> String {
    format!(r#"/paths/~1pets~1{{id}}/get/responses/200/headers = {{"X-Meta": {stated}}}"#)
}

#[test]
fn headers_that_are_objects() {
    let of =
        |properties: &str| header(&format!(r#"{{"schema": {{"type": "object", "properties": {{{properties}}}}}}}"#));
    let (text, number) = (of(r#""a": {"type": "string"}"#), of(r#""a": {"type": "boolean"}"#));
    let more = of(r#""a": {"type": "string"}, "b": {"type": "string"}"#);
    both_ways(&text, &more, &["property-added safe"], &["property-removed risky"]);
    // Values in headers are text.
    both_ways(&text, &number, &["type-narrowed safe"], &["type-widened breaking"]);
    // A schema with a name has the same properties.
    const NAMED: &str = r#"/components/schemas/Meta = {"type": "object", "properties": {"a": {"type": "string"}}}"#;
    const USE: &str = r##"/paths/~1pets~1{id}/get/responses/200/headers = {"X-Meta": {"schema": {"$ref": "#/components/schemas/Meta"}}}"##;
    check(&[Pair {
        old: &[
            NAMED,
            r#"/paths/~1pets~1{id}/get/responses/200/headers = {"X-Meta": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}}"#,
        ],
        new: &[NAMED, USE],
        forward: &["reference-changed safe"],
        backward: &["reference-changed safe"],
    }]);
}

#[test]
fn several_changes_of_a_header() {
    both_ways(
        &header(r#"{"required": true, "schema": {"type": "string"}}"#),
        &header(r#"{"schema": {"type": "integer"}}"#),
        &["response-header-narrowed safe", "response-header-optional risky"],
        &["response-header-required safe", "response-header-type-changed risky"],
    );
    both_ways(
        &header(r#"{"schema": {"type": "integer"}}"#),
        &header(r#"{"schema": {"type": "number"}}"#),
        &["response-header-widened risky"],
        &["response-header-narrowed safe"],
    );
}

#[test]
fn links_by_id_and_by_reference() {
    let of = |link: &str| format!(r#"/paths/~1pets~1{{id}}/get/responses/200/links = {{"all": {link}}}"#);
    let by_id = of(r#"{"operationId": "listPets"}"#);
    both_ways(&by_id, &of(r##"{"operationRef": "#/paths/~1pets/get"}"##), &[], &[]);
    let changed = ["response-link-changed risky"];
    both_ways(&by_id, &of(r##"{"operationRef": "#/paths/~1pets/post"}"##), &changed, &changed);
}

/// The type of a header is that of its schema, however that is written.
#[test]
fn types_of_headers() {
    let of = |schema: &str| header(&format!(r#"{{"schema": {schema}}}"#));
    let pair = |old: &str, new: &str, forward: &[&str], backward: &[&str]| {
        let (old, new) = (model(&[V31, &of(old)]), model(&[V31, &of(new)]));
        for (from, to, expected) in [(&old, &new, forward), (&new, &old, backward)] {
            assert_eq!(findings(&diff(from, to, &[], &Names::default())), expected);
        }
    };
    let text = r#"{"type": "string"}"#;
    for same in [r#"{"allOf": [{"type": "string"}]}"#, r#"{"type": ["string"]}"#, r#"{"type": ["string", "integer"]}"#]
    {
        pair(text, same, &[], &[]);
    }
    pair(text, r#"{"type": ["string", "null"]}"#, &["value-nullable risky"], &["value-not-nullable safe"]);
    let (narrowed, widened) = (&["response-header-narrowed safe"], &["response-header-widened risky"]);
    pair(text, r#"{"type": "string", "const": "a"}"#, narrowed, widened);
    pair(text, r#"{"allOf": [{"type": "string"}, {"enum": ["a"]}]}"#, narrowed, widened);
    let listed = r#"{"type": "string", "enum": ["a", "b"]}"#;
    pair(listed, r#"{"oneOf": [{"const": "a"}, {"const": "b"}]}"#, &[], &[]);
    pair(r#"{"const": "a"}"#, r#"{"const": "b"}"#, widened, widened);
    let map = |ty: &str| format!(r#"{{"type": "object", "additionalProperties": {{"type": "{ty}"}}}}"#);
    let changed = &["type-changed breaking"];
    pair(&map("integer"), &map("boolean"), changed, changed);
    let list = |more: &str| {
        format!(r#"{{"type": "array", "items": {{"type": "object", "properties": {{"a": {{}}{more}}}}}}}"#)
    };
    pair(&list(""), &list(r#", "b": {}"#), &["property-added safe"], &["property-removed risky"]);
    let counted = r#"{"type": "object", "properties": {"a": {}}, "minProperties": 1}"#;
    pair(
        r#"{"type": "object", "properties": {"a": {}}}"#,
        counted,
        &["min-size-added safe"],
        &["min-size-removed risky"],
    );
}
