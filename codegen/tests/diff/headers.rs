//! Pairs of documents with other headers and links of responses.

use crate::support::pairs::{Pair, both_ways, check};

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
