//! Pairs of documents that differ in less than it seems: in spelling, order or names. Each has the findings that its
//! meaning has, and one finding for one cause.

use crate::support::pairs::{Pair, V31, check, model};
use discovery_codegen::diff::{Bump, diff};
use discovery_codegen::rust::naming::Names;

type Edits = &'static [&'static str];

fn same(old: Edits, new: Edits) -> Pair {
    Pair { old, new, forward: &[], backward: &[] }
}

/// Returns the verdict in Rust, and the messages.
fn rust(old: &[&str], new: &[&str]) -> (Option<Bump>, Vec<String>) {
    let report = diff(&model(old), &model(new), &[], &Names::default());
    (report.semver(), report.findings.iter().map(|finding| finding.change.message.clone()).collect())
}

#[test]
fn spellings_and_orders_have_no_findings() {
    check(&[
        // Parameters of one name, in another order.
        same(
            &[
                r#"/paths/~1pets/get/parameters = [{"name": "v", "in": "query", "schema": {"type": "integer"}}, {"name": "v", "in": "header", "schema": {"type": "string"}}]"#,
            ],
            &[
                r#"/paths/~1pets/get/parameters = [{"name": "v", "in": "header", "schema": {"type": "string"}}, {"name": "v", "in": "query", "schema": {"type": "integer"}}]"#,
            ],
        ),
        // Styles without effect.
        same(&[], &["/paths/~1pets/get/parameters/0/explode = false"]),
        same(
            &[
                r#"/paths/~1pets/get/parameters/1/schema = {"type": "array", "items": {"type": "string"}}"#,
                "/paths/~1pets/get/parameters/1/explode = true",
            ],
            &[r#"/paths/~1pets/get/parameters/1/schema = {"type": "array", "items": {"type": "string"}}"#],
        ),
        // The arguments of a constructor do not follow the order of `required`.
        same(
            &[r#"/components/schemas/New/required = ["name", "age"]"#],
            &[r#"/components/schemas/New/required = ["age", "name"]"#],
        ),
        same(&[], &[r#"/servers = [{"url": "https://X.example.com:443"}]"#]),
        same(
            &[
                r#"/components/schemas/New/properties/age = {"type": "integer", "minimum": 1, "maximum": 9, "multipleOf": 1}"#,
            ],
            &[
                r#"/components/schemas/New/properties/age = {"type": "integer", "minimum": 0, "exclusiveMinimum": true, "maximum": 10, "exclusiveMaximum": true}"#,
            ],
        ),
        same(
            &[
                r#"/paths/~1pets/post/requestBody/content = {"multipart/form-data": {"schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}, "about": {"type": "object", "properties": {"a": {}}}, "tag": {"type": "string"}}}}}"#,
            ],
            &[
                r#"/paths/~1pets/post/requestBody/content = {"multipart/form-data": {"schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}, "about": {"type": "object", "properties": {"a": {}}}, "tag": {"type": "string"}}}, "encoding": {"file": {"contentType": "application/octet-stream"}, "about": {"contentType": "application/json"}, "tag": {"contentType": "text/plain"}}}}"#,
            ],
        ),
    ]);
}

#[test]
fn names_that_are_the_same_in_rust() {
    for (old, new) in [
        (
            &[r#"/components/schemas/New/properties/userId = {"type": "string"}"#],
            &[r#"/components/schemas/New/properties/user_id = {"type": "string"}"#],
        ),
        (&["/paths/~1pets/get/operationId = \"listPets\""], &["/paths/~1pets/get/operationId = \"list_pets\""]),
        (
            &[r#"/components/schemas/New/properties/kind/enum = ["cat", "dog"]"#],
            &[r#"/components/schemas/New/properties/kind/enum = ["CAT", "dog"]"#],
        ),
        (
            &[r#"/paths/~1pets/get/parameters = [{"name": "pageSize", "in": "query", "schema": {"type": "integer"}}]"#],
            &[
                r#"/paths/~1pets/get/parameters = [{"name": "page_size", "in": "query", "schema": {"type": "integer"}}]"#,
            ],
        ),
    ] {
        assert_eq!(rust(old, new).0, Some(Bump::Patch), "{new:?}");
    }
    let other = rust(&[], &[r#"/paths/~1pets/get/operationId = "searchPets""#]);
    assert_eq!(other.0, Some(Bump::Major));
}

#[test]
fn renames_are_likely() {
    check(&[
        Pair::replaced(
            &[r#"/components/schemas/New/properties/createdAt = {"type": "string"}"#],
            &[r#"/components/schemas/New/properties/updatedAt = {"type": "string"}"#],
        ),
        Pair::replaced(
            &[r#"/components/schemas/New/properties/latitude = {"type": "number"}"#],
            &[r#"/components/schemas/New/properties/longitude = {"type": "number"}"#],
        ),
        Pair::replaced(
            &[r#"/components/schemas/New/properties/ipv4Address = {"type": "string"}"#],
            &[r#"/components/schemas/New/properties/ipv6Address = {"type": "string"}"#],
        ),
        Pair::replaced(
            &[r#"/components/schemas/New/properties/timeoutSeconds = {"type": "integer"}"#],
            &[r#"/components/schemas/New/properties/timeoutMillis = {"type": "integer"}"#],
        ),
        Pair {
            old: &[r#"/components/schemas/New/properties/model = {"type": "string", "enum": ["gpt-3", "ada"]}"#],
            new: &[r#"/components/schemas/New/properties/model = {"type": "string", "enum": ["gpt-4", "ada"]}"#],
            forward: &["enum-value-added safe", "enum-value-removed breaking"],
            backward: &["enum-value-added safe", "enum-value-removed breaking"],
        },
        // Another call of a similar name.
        Pair {
            old: &[
                r#"/paths/~1pets~1{id}/delete = {"operationId": "deletePet", "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}], "responses": {"204": {"description": "x"}}}"#,
            ],
            new: &[
                r#"/paths/~1pets~1{id}~1photo = {"delete": {"operationId": "deletePetPhoto", "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}], "responses": {"204": {"description": "x"}}}}"#,
            ],
            forward: &["method-added safe", "method-removed breaking"],
            backward: &["method-added safe", "method-removed breaking"],
        },
    ]);
}

#[test]
fn errors_and_payloads_have_the_verdict_of_their_type() {
    const SAME: &str = r#"/paths/~1pets/get/responses/404/content/application~1json/schema = {"type": "object", "properties": {"code": {"type": "integer"}, "message": {"type": "string"}}}"#;
    const MORE: &str = r#"/paths/~1pets/get/responses/404/content/application~1json/schema = {"type": "object", "properties": {"code": {"type": "integer"}, "message": {"type": "string"}, "more": {"type": "string"}}}"#;
    const OTHER: &str = r#"/paths/~1pets/get/responses/404/content/application~1json/schema = {"type": "object", "properties": {"code": {"type": "boolean"}, "message": {"type": "string"}}}"#;
    check(&[
        Pair {
            old: &[],
            new: &[SAME],
            // The schema that nothing refers to any more is part of the change.
            forward: &["error-body-changed-safe safe"],
            backward: &["error-body-changed-safe safe"],
        },
        Pair {
            old: &[],
            new: &[MORE],
            forward: &["error-body-changed-safe safe"],
            backward: &["error-body-changed-risky risky"],
        },
        Pair {
            old: &[],
            new: &[OTHER],
            forward: &["error-body-changed breaking"],
            backward: &["error-body-changed breaking"],
        },
    ]);
}

#[test]
fn requirements_are_one_finding() {
    const OAUTH: &str = r#"/security = [{"oauth": ["read"]}]"#;
    check(&[
        Pair {
            old: &[OAUTH],
            new: &["/components/securitySchemes/oauth = null"],
            forward: &["security-dropped safe"],
            backward: &["security-required breaking"],
        },
        // The scope is no longer declared, either.
        Pair {
            old: &[OAUTH],
            new: &[
                r#"/security = [{"oauth": ["write"]}]"#,
                r#"/components/securitySchemes/oauth/flows/implicit/scopes = {"write": "w"}"#,
            ],
            forward: &["security-narrowed breaking"],
            backward: &["security-narrowed breaking"],
        },
        Pair {
            old: &[OAUTH],
            new: &[r#"/security = [{"bearer": []}]"#],
            forward: &["security-changed breaking"],
            backward: &["security-changed breaking"],
        },
    ]);
}

#[test]
fn responses_that_old_clients_accept() {
    check(&[
        Pair {
            old: &[
                "/paths/~1pets~1{id}/get/responses/200 = null",
                r##"/paths/~1pets~1{id}/get/responses/default = {"description": "x", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}"##,
            ],
            new: &[],
            forward: &[],
            backward: &["success-status-added safe"],
        },
        Pair {
            old: &[
                r##"/paths/~1pets~1{id}/get/responses/200/content = {"*/*": {"schema": {"$ref": "#/components/schemas/Pet"}}}"##,
            ],
            new: &[],
            forward: &[],
            backward: &["response-media-type-added safe"],
        },
        Pair {
            old: &[],
            new: &[r#"/paths/~1pets~1{id}/get/responses/204 = {"description": "none"}"#],
            forward: &["empty-success-added risky"],
            backward: &["success-status-removed risky"],
        },
    ]);
}

#[test]
fn values_as_text() {
    const FLAG: &str =
        r#"/paths/~1pets/get/parameters = [{"name": "f", "in": "query", "schema": {"type": "boolean"}}]"#;
    const FLAGS: &str = r#"/paths/~1pets/get/parameters = [{"name": "f", "in": "query", "schema": {"type": "string", "enum": ["true", "false", "auto"]}}]"#;
    const DIGITS: &str = r#"/paths/~1pets/get/parameters/0/schema = {"type": "string", "enum": ["1", "2"]}"#;
    const LIST: &str = r#"/paths/~1pets/get/parameters = [{"name": "f", "in": "query", "explode": false, "schema": {"type": "array", "items": {"type": "string"}}}]"#;
    const TEXT: &str = r#"/paths/~1pets/get/parameters = [{"name": "f", "in": "query", "schema": {"type": "string"}}]"#;
    let widened =
        |old: Edits, new: Edits, backward: Edits| Pair { old, new, forward: &["type-widened safe"], backward };
    check(&[
        widened(&[FLAG], &[FLAGS], &["type-changed breaking"]),
        widened(
            &[DIGITS],
            &[r#"/paths/~1pets/get/parameters/0/schema = {"type": "integer"}"#],
            &["type-narrowed breaking"],
        ),
        widened(&[LIST], &[TEXT], &["type-widened safe"]),
        widened(
            &[
                r#"/paths/~1pets/post/requestBody/content = {"application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": {"a": {"type": "boolean"}}}}}"#,
            ],
            &[
                r#"/paths/~1pets/post/requestBody/content = {"application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}}"#,
            ],
            &["type-narrowed breaking"],
        ),
    ]);
}

#[test]
fn sets_of_values_by_what_they_contain() {
    check(&[
        Pair {
            old: &[r#"/components/schemas/New/properties/n = {"type": "number", "multipleOf": 0.1}"#],
            new: &[r#"/components/schemas/New/properties/n = {"type": "number", "multipleOf": 0.01}"#],
            forward: &["multiple-of-relaxed safe"],
            backward: &["multiple-of-changed breaking"],
        },
        // Enums to which any text may be added.
        Pair {
            old: &[
                r#"/components/schemas/New/properties/n = {"anyOf": [{"type": "string"}, {"type": "string", "enum": ["a", "b"]}]}"#,
            ],
            new: &[
                r#"/components/schemas/New/properties/n = {"anyOf": [{"type": "string"}, {"type": "string", "enum": ["a"]}]}"#,
            ],
            forward: &["enum-value-unlisted safe"],
            backward: &["enum-value-added safe"],
        },
        Pair {
            old: &[],
            new: &[r#"/components/schemas/New/additionalProperties = {"type": "integer"}"#],
            forward: &["additional-properties-typed risky"],
            backward: &["additional-properties-untyped safe"],
        },
        Pair {
            old: &["/components/schemas/New/additionalProperties = false"],
            new: &[r#"/components/schemas/New/additionalProperties = {"type": "integer"}"#],
            forward: &["object-opened safe"],
            backward: &["object-closed risky"],
        },
    ]);
}

#[test]
fn one_cause_is_one_finding() {
    check(&[
        Pair {
            old: &[r#"/components/schemas/New/properties/a = {"type": "array", "items": {"type": "string"}}"#],
            new: &[
                r#"/components/schemas/New/properties/a = {"type": "array", "items": {"type": "string", "nullable": true}}"#,
            ],
            forward: &["type-widened safe"],
            backward: &["type-narrowed breaking"],
        },
        Pair {
            old: &[r#"/components/schemas/New/properties/a = {"type": "integer", "enum": [1, 2]}"#],
            new: &[r#"/components/schemas/New/properties/a = {"type": "string", "enum": ["1", "2"]}"#],
            forward: &["type-changed breaking"],
            backward: &["type-changed breaking"],
        },
        Pair {
            old: &[
                r#"/components/schemas/New/properties/a = {"oneOf": [{"type": "boolean"}, {"type": "array", "items": {"type": "string"}}]}"#,
            ],
            new: &[
                r#"/components/schemas/New/properties/a = {"oneOf": [{"type": "boolean"}, {"type": "array", "items": {"type": "integer"}}]}"#,
            ],
            forward: &["type-changed breaking"],
            backward: &["type-changed breaking"],
        },
        // A parameter of two methods.
        Pair {
            old: &[
                r##"/paths/~1pets~1{id}/get/parameters = [{"$ref": "#/components/parameters/Most"}, {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}]"##,
                r##"/paths/~1pets/get/parameters = [{"$ref": "#/components/parameters/Most"}]"##,
                r#"/components/parameters = {"Most": {"name": "most", "in": "query", "schema": {"type": "integer", "maximum": 9}}}"#,
            ],
            new: &[
                r##"/paths/~1pets~1{id}/get/parameters = [{"$ref": "#/components/parameters/Most"}, {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}]"##,
                r##"/paths/~1pets/get/parameters = [{"$ref": "#/components/parameters/Most"}]"##,
                r#"/components/parameters = {"Most": {"name": "most", "in": "query", "schema": {"type": "integer", "maximum": 5}}}"#,
            ],
            forward: &["maximum-lowered breaking"],
            backward: &["maximum-raised safe"],
        },
    ]);
}

#[test]
fn messages_name_the_owner_and_both_contents() {
    let filled = rust(
        &[r#"/components/schemas/New/properties/box = {"type": "object", "properties": {"a": {"type": "string"}}}"#],
        &[r#"/components/schemas/New/properties/box = {"type": "object", "properties": {"b": {"type": "boolean"}}}"#],
    );
    assert!(filled.1.iter().all(|message| message.contains("New.box")), "{filled:?}");
    let content = rust(&[], &[r#"/components/schemas/Cc = {"type": "string", "enum": ["x"]}"#]);
    assert!(content.1.iter().all(|message| !message.contains("`Cc` → `Cc`")), "{content:?}");
}

#[test]
fn equivalent_spellings_have_no_findings() {
    check(&[
        same(&[], &[V31]),
        same(
            &[r#"/components/schemas/New/properties/a = {"type": "string", "nullable": true}"#],
            &[V31, r#"/components/schemas/New/properties/a = {"type": ["string", "null"]}"#],
        ),
        same(
            &[
                r##"/components/schemas/Pet/properties/a = {"allOf": [{"$ref": "#/components/schemas/Err"}], "nullable": true}"##,
            ],
            &[
                V31,
                r##"/components/schemas/Pet/properties/a = {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Err"}]}"##,
            ],
        ),
        same(
            &[r#"/components/schemas/New/properties/a = {"type": "integer", "minimum": 3, "exclusiveMinimum": true}"#],
            &[V31, r#"/components/schemas/New/properties/a = {"type": "integer", "exclusiveMinimum": 3.0}"#],
        ),
        same(
            &[r#"/components/schemas/New/properties/a = {"type": "string", "enum": ["x"], "example": "x"}"#],
            &[V31, r#"/components/schemas/New/properties/a = {"const": "x", "examples": ["x"]}"#],
        ),
        same(
            &[r#"/components/schemas/New/properties/a = {"type": "string", "format": "byte"}"#],
            &[V31, r#"/components/schemas/New/properties/a = {"type": "string", "contentEncoding": "base64"}"#],
        ),
        same(
            &[
                r##"/components/schemas/New/properties/a = {"allOf": [{"$ref": "#/components/schemas/Err"}], "description": "d"}"##,
            ],
            &[
                V31,
                r##"/components/schemas/New/properties/a = {"$ref": "#/components/schemas/Err", "description": "d"}"##,
            ],
        ),
    ]);
}

/// A part of `allOf` may state the format alone, and one that states nothing restricts nothing.
#[test]
fn parts_of_a_type() {
    const DATE: &str = r#"/components/schemas/New/properties/at = {"type": "string", "format": "date-time"}"#;
    const SHORT: &str = r#"/components/schemas/New/properties/at = {"type": "integer", "format": "int32"}"#;
    const ANY: &str = "/components/schemas/New/properties/at = {}";
    check(&[
        same(
            &[DATE],
            &[r#"/components/schemas/New/properties/at = {"allOf": [{"type": "string"}, {"format": "date-time"}]}"#],
        ),
        same(
            &[DATE],
            &[r#"/components/schemas/New/properties/at = {"allOf": [{"type": "string"}], "format": "date-time"}"#],
        ),
        same(
            &[DATE],
            &[r#"/components/schemas/New/properties/at = {"type": "string", "allOf": [{"format": "date-time"}]}"#],
        ),
        same(
            &[SHORT],
            &[r#"/components/schemas/New/properties/at = {"allOf": [{"format": "int32"}, {"type": "integer"}]}"#],
        ),
        same(
            &[DATE],
            &[r#"/components/schemas/New/properties/at = {"type": "string", "anyOf": [{"format": "date-time"}]}"#],
        ),
        same(&[ANY], &[r#"/components/schemas/New/properties/at = {"allOf": [{}]}"#]),
    ]);
}

/// Findings about the API itself and its scopes say so.
#[test]
fn names_of_descriptions() {
    let message = |edit: &str| {
        let (_, messages) = rust(&[], &[edit]);
        messages.first().cloned()
    };
    assert_eq!(message(r#"/info/title = "Animals""#).as_deref(), Some("title of the API changed"));
    assert_eq!(message(r#"/info/description = "Animals.""#).as_deref(), Some("description of the API changed"));
}
