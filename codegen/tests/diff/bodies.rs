//! Pairs of OpenAPI documents with several media types of a body.

use crate::support::pairs::{Pair, both_ways, check, findings, model};
use discovery_codegen::diff::{Bump, diff};
use discovery_codegen::model::pattern::Pattern;
use discovery_codegen::rust::naming::Names;

const REQUEST: &str = "/paths/~1pets/post/requestBody/content";
const RESPONSE: &str = "/paths/~1pets/post/responses/200/content";
const ERROR: &str = "/paths/~1pets/get/responses/404/content";

const A: &str = r#"{"type": "object", "properties": {"a": {"type": "string"}}}"#;
const A_AND_B: &str = r#"{"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}}"#;
const A_OF_LIST: &str = r#"{"type": "object", "properties": {"a": {"type": "array", "items": {"type": "string"}}}}"#;

/// Compares two schemas of one media type in both directions.
#[track_caller]
fn check_schemas(content: &str, kind: &str, [old, new]: [&str; 2], forward: &[&str], backward: &[&str]) {
    let of = |schema: &str| model(&[&format!(r#"{content}/{kind} = {{"schema": {schema}}}"#)]);
    let (a, b) = (of(old), of(new));
    for (from, to, expected) in [(&a, &b, forward), (&b, &a, backward)] {
        let report = diff(from, to, &[], &Names::default());
        assert_eq!(findings(&report), expected, "{content}/{kind}: {old} and {new}");
        assert!(report.semver() <= Some(Bump::Patch), "no type in Rust has it");
    }
}

/// Names and places in XML matter to documents with bodies of XML.
#[test]
fn forms_of_values_in_xml() {
    const XML: &str = r##"/paths/~1pets/post/requestBody/content/application~1xml = {"schema": {"$ref": "#/components/schemas/New"}}"##;
    const ATTRIBUTE: &str = r#"/components/schemas/New/properties/name/xml = {"attribute": true}"#;
    check(&[
        Pair {
            old: &[XML],
            new: &[XML, ATTRIBUTE],
            forward: &["xml-form-changed risky"],
            backward: &["xml-form-changed risky"],
        },
        Pair { old: &[], new: &[ATTRIBUTE], forward: &[], backward: &[] },
    ]);
}

#[test]
fn every_media_type_has_its_schema() {
    for kind in ["application~1xml", "application~1x-www-form-urlencoded", "application~1vnd.x+json", "text~1csv"] {
        let added: &[&str] = &["property-added safe"];
        check_schemas(REQUEST, kind, [A, A_AND_B], added, &["property-removed breaking"]);
        check_schemas(RESPONSE, kind, [A, A_AND_B], added, &["property-removed risky"]);
        check_schemas(ERROR, kind, [A, A_AND_B], added, &["property-removed risky"]);
        let changed: &[&str] = &["list-changed breaking"];
        check_schemas(REQUEST, kind, [A, A_OF_LIST], changed, changed);
    }
    let texts = [r#"{"type": "string", "maxLength": 9}"#, r#"{"type": "string", "maxLength": 5}"#];
    check_schemas(REQUEST, "text~1plain", texts, &["max-size-lowered breaking"], &["max-size-raised safe"]);
    check_schemas(RESPONSE, "text~1plain", texts, &["max-size-lowered safe"], &["max-size-raised risky"]);
    let named = [r##"{"$ref": "#/components/schemas/Aa"}"##, r##"{"$ref": "#/components/schemas/Err"}"##];
    let changed: &[&str] = &["reference-changed-breaking breaking"];
    check_schemas(RESPONSE, "application~1xml", named, changed, changed);
    // Values in a form and in XML are text.
    let numbers = [r#"{"type": "object", "properties": {"a": {"type": "integer"}}}"#, A];
    check_schemas(REQUEST, "application~1xml", numbers, &["type-widened safe"], &["type-narrowed breaking"]);
}

#[test]
fn one_schema_of_several_media_types_is_compared_once() {
    check(&[
        Pair {
            old: &[
                r#"/paths/~1pets/post/requestBody/content = {"application/json": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}, "application/xml": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}}"#,
            ],
            new: &[
                r#"/paths/~1pets/post/requestBody/content = {"application/json": {"schema": {"type": "object", "properties": {"a": {"type": "boolean"}}}}, "application/xml": {"schema": {"type": "object", "properties": {"a": {"type": "boolean"}}}}}"#,
            ],
            forward: &["type-changed breaking"],
            backward: &["type-changed breaking"],
        },
        Pair {
            old: &[
                r##"/paths/~1pets/post/responses/200/content = {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}, "application/xml": {"schema": {"$ref": "#/components/schemas/Pet"}}, "text/csv": {"schema": {"$ref": "#/components/schemas/Pet"}}}"##,
            ],
            new: &[
                r##"/paths/~1pets/post/responses/200/content = {"application/json": {"schema": {"$ref": "#/components/schemas/Err"}}, "application/xml": {"schema": {"$ref": "#/components/schemas/Err"}}, "text/csv": {"schema": {"$ref": "#/components/schemas/Err"}}}"##,
            ],
            forward: &["reference-changed-breaking breaking"],
            backward: &["reference-changed-breaking breaking"],
        },
        // A named schema that only XML has is sent too.
        Pair {
            old: &[
                r##"/paths/~1pets/post/requestBody/content/application~1xml = {"schema": {"$ref": "#/components/schemas/Cc"}}"##,
            ],
            new: &[
                r##"/paths/~1pets/post/requestBody/content/application~1xml = {"schema": {"$ref": "#/components/schemas/Cc"}}"##,
                r#"/components/schemas/Cc/properties/ccv/type = "boolean""#,
            ],
            forward: &["type-changed breaking"],
            backward: &["type-changed breaking"],
        },
    ]);
}

#[test]
fn selected_methods_are_compared_with_all_of_their_media_types() {
    let of = |schema: &str| model(&[&format!(r#"{REQUEST}/application~1xml = {{"schema": {schema}}}"#)]);
    let (old, new) = (of(A), of(A_OF_LIST));
    for (method, expected) in [("createPet", vec!["list-changed breaking"]), ("getPet", vec![])] {
        let patterns = [Pattern::parse(method).unwrap()];
        assert_eq!(findings(&diff(&old, &new, &patterns, &Names::default())), expected, "{method}");
    }
}

#[test]
fn schemas_of_other_media_types_are_no_types() {
    let xml = model(&[&format!(r#"{REQUEST}/application~1xml = {{"schema": {A}}}"#)]);
    assert_eq!(xml.schemas, model(&[]).schemas);
}

#[test]
fn a_body_of_several_parts_is_compared_once() {
    for kind in ["multipart/form-data", "multipart/mixed", "multipart/*"] {
        let of = |schema: &str| model(&[&format!(r#"{REQUEST} = {{"{kind}": {{"schema": {schema}}}}}"#)]);
        let (old, new) = (of(A_AND_B), of(A));
        let report = diff(&old, &new, &[], &Names::default());
        assert_eq!(
            (findings(&report), report.atomic().count()),
            (vec!["property-removed breaking".into()], 1),
            "{kind}"
        );
        // A range of types names none to send.
        let sent = old.methods.values().find_map(|method| method.request_media_type.as_deref());
        assert_eq!(sent, Some(if kind.contains('*') { "multipart/form-data" } else { kind }));
    }
}

#[test]
fn bodies_and_media_types() {
    check(&[
        Pair {
            old: &[],
            new: &["/paths/~1pets/post/requestBody/required = null"],
            forward: &["request-optional safe"],
            backward: &["request-required breaking"],
        },
        Pair {
            old: &[],
            new: &["/paths/~1pets/post/requestBody/content/application~1xml = {}"],
            forward: &["media-type-added safe"],
            backward: &["media-type-removed risky"],
        },
        Pair {
            old: &[],
            new: &["/paths/~1pets/post/responses/200/content/text~1csv = {}"],
            forward: &["response-media-type-added safe"],
            backward: &["response-media-type-removed risky"],
        },
    ]);
}

#[test]
fn parameters_of_media_types() {
    const ONE: &str = r##"/paths/~1pets/post/requestBody/content = {"application/json; version=1": {"schema": {"$ref": "#/components/schemas/New"}}}"##;
    check(&[
        Pair {
            old: &[],
            new: &[
                r##"/paths/~1pets/post/requestBody/content = {"Application/JSON; charset=\"UTF-8\"": {"schema": {"$ref": "#/components/schemas/New"}}}"##,
            ],
            forward: &[],
            backward: &[],
        },
        Pair {
            old: &[ONE],
            new: &[
                r##"/paths/~1pets/post/requestBody/content = {"application/json; version=2": {"schema": {"$ref": "#/components/schemas/New"}}}"##,
            ],
            forward: &["media-type-changed breaking"],
            backward: &["media-type-changed breaking"],
        },
        Pair {
            old: &[
                r##"/paths/~1pets/post/responses/200/content = {"application/json; version=1": {"schema": {"$ref": "#/components/schemas/Pet"}}}"##,
            ],
            new: &[
                r##"/paths/~1pets/post/responses/200/content = {"application/json; version=2": {"schema": {"$ref": "#/components/schemas/Pet"}}}"##,
            ],
            forward: &["response-media-type-changed risky"],
            backward: &["response-media-type-changed risky"],
        },
        Pair {
            old: &[r#"/paths/~1pets/post/responses/200/content = {"text/plain": {}}"#],
            new: &[r#"/paths/~1pets/post/responses/200/content = {"text/html": {}}"#],
            forward: &["response-media-type-changed risky"],
            backward: &["response-media-type-changed risky"],
        },
    ]);
}

/// Clients that send or ask for the old media type are served as before, though the generated method takes or returns
/// another type.
#[test]
fn json_beside_another_media_type() {
    const BOTH: &str = r##"{"application/xml": {"schema": {"$ref": "#/components/schemas/New"}}, "application/json": {"schema": {"$ref": "#/components/schemas/New"}}}"##;
    const XML: &str = r##"{"application/xml": {"schema": {"$ref": "#/components/schemas/New"}}}"##;
    for (content, added) in [(REQUEST, "media-type-added safe"), (RESPONSE, "response-media-type-added safe")] {
        let (old, new) = (model(&[&format!("{content} = {XML}")]), model(&[&format!("{content} = {BOTH}")]));
        let report = diff(&old, &new, &[], &Names::default());
        assert_eq!((findings(&report), report.semver()), (vec![added.to_owned()], Some(Bump::Major)));
        assert_eq!(diff(&new, &old, &[], &Names::default()).wire().to_string(), "breaking");
    }
}

/// A form with files is another method.
#[test]
fn a_form_beside_json() {
    check(&[Pair {
        old: &[],
        new: &[
            r#"/paths/~1pets/post/requestBody/content/multipart~1form-data = {"schema": {"type": "object", "properties": {"photo": {"type": "string", "format": "binary"}}}}"#,
        ],
        forward: &["method-added safe"],
        backward: &["method-removed breaking"],
    }]);
}

/// A body that is no longer JSON, or has become JSON, is named by its media types.
#[test]
fn bodies_other_than_json() {
    const SCHEMA: &str = r##"{"schema": {"$ref": "#/components/schemas/Err"}}"##;
    let request = |kind: &str| format!(r#"/paths/~1pets/post/requestBody/content = {{"{kind}": {SCHEMA}}}"#);
    let error = |kind: &str| format!(r#"/paths/~1pets/get/responses/404/content = {{"{kind}": {SCHEMA}}}"#);
    let changed = &["media-type-changed breaking"];
    for kind in ["application/xml", "text/plain", "application/octet-stream"] {
        both_ways(&request("application/json"), &request(kind), changed, changed);
    }
    let changed = &["error-body-changed breaking"];
    both_ways(&error("application/json"), &error("application/xml"), changed, changed);
    let message = |old: &str, new: &str| {
        let report = diff(&model(&[old]), &model(&[new]), &[], &Names::default());
        assert_eq!(report.semver(), Some(if old.contains("404") { Bump::Patch } else { Bump::Major }));
        report.findings.first().map(|finding| finding.change.message.clone())
    };
    assert_eq!(
        message(&request("application/json"), &request("application/xml")).as_deref(),
        Some("media type of the request body of `createPet`: `application/json` → `application/xml`")
    );
    assert_eq!(
        message(&error("application/json"), &error("application/problem+json")).as_deref(),
        Some(
            "media type of the body of the status `404` of `listPets`: `application/json` → `application/problem+json`"
        )
    );
}
