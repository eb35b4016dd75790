//! Pairs of documents with other forms: encoding of their parts, and forms beside JSON.

use crate::support::pairs::{both_ways, findings, model};
use discovery_codegen::diff::{Bump, diff};
use discovery_codegen::rust::naming::Names;

/// Form of a file, with the encoding of its part.
fn form(encoding: &str) -> String {
    format!(
        r#"/paths/~1pets/post/requestBody/content = {{"multipart/form-data": {{"schema": {{"type": "object", "properties": {{"f": {{"type": "string", "format": "binary"}}}}}}, "encoding": {{"f": {encoding}}}}}}}"#
    )
}

#[test]
fn headers_of_parts() {
    let of = |header: &str| form(&format!(r#"{{"headers": {{"X-Sum": {header}}}}}"#));
    let optional = of(r#"{"schema": {"type": "string"}}"#);
    let required = of(r#"{"required": true, "schema": {"type": "string"}}"#);
    let integer = of(r#"{"schema": {"type": "integer"}}"#);
    both_ways(&form("{}"), &optional, &["form-part-widened safe"], &["form-part-changed risky"]);
    both_ways(&form("{}"), &required, &["form-part-header-required breaking"], &["form-part-changed risky"]);
    both_ways(&optional, &required, &["form-part-header-required breaking"], &["form-part-widened safe"]);
    both_ways(&optional, &integer, &["form-part-changed risky"], &["form-part-changed risky"]);
}

#[test]
fn media_types_of_parts() {
    let of = |kinds: &str| form(&format!(r#"{{"contentType": "{kinds}"}}"#));
    let (one, two, any) = (of("image/png"), of("image/png, image/jpeg"), of("image/*"));
    both_ways(&one, &two, &["form-part-widened safe"], &["form-part-changed risky"]);
    both_ways(&two, &any, &["form-part-widened safe"], &["form-part-changed risky"]);
    // The media type of a file.
    both_ways(&form("{}"), &of("application/octet-stream"), &[], &[]);
}

/// The form is compared with the form, whatever generated code sends.
#[test]
fn forms_beside_json() {
    let body = |content: &str| format!("/paths/~1pets/post/requestBody/content = {{{content}}}");
    let object = |properties: &str| format!(r#"{{"schema": {{"type": "object", "properties": {{{properties}}}}}}}"#);
    const FORM: &str = "application/x-www-form-urlencoded";
    let a = object(r#""a": {"type": "string"}"#);
    let a_or_more = object(r#""a": {"type": "string"}, "b": {"type": "string"}"#);
    let other = object(r#""z": {"type": "object", "properties": {"y": {"type": "integer"}}}"#);
    let form = body(&format!(r#""{FORM}": {a}"#));
    for json in [&a, &a_or_more, &other] {
        let both = body(&format!(r#""{FORM}": {a}, "application/json": {json}"#));
        both_ways(&form, &both, &["media-type-added safe"], &["media-type-changed breaking"]);
    }
    let both = body(&format!(r#""{FORM}": {a_or_more}, "application/json": {other}"#));
    both_ways(
        &form,
        &both,
        &["media-type-added safe", "property-added safe"],
        &["media-type-changed breaking", "property-removed breaking"],
    );
    let report = diff(&model(&[&form]), &model(&[&both]), &[], &Names::default());
    assert_eq!(report.semver(), Some(Bump::Major), "the method takes another type: {:?}", findings(&report));
}

/// A range of media types includes those that clients send.
#[test]
fn ranges_of_media_types() {
    let of = |kind: &str| {
        format!(
            r#"/paths/~1pets/post/requestBody/content = {{"{kind}": {{"schema": {{"type": "string", "format": "binary"}}}}}}"#
        )
    };
    both_ways(&of("image/png"), &of("image/*"), &["media-type-added safe"], &["media-type-removed risky"]);
    // Generated code sends one of its own for a range.
    let any = r##"/paths/~1pets/post/requestBody/content = {"*/*": {"schema": {"$ref": "#/components/schemas/New"}}}"##;
    let form = r##"/paths/~1pets/post/requestBody/content = {"application/x-www-form-urlencoded": {"schema": {"$ref": "#/components/schemas/New"}}}"##;
    both_ways(form, any, &["media-type-added safe"], &["media-type-changed breaking"]);
    let bytes = r#""application/octet-stream": {"schema": {"type": "string", "format": "binary"}}"#;
    let json = r#""application/json": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}"#;
    let content = |content: &str| format!("/paths/~1pets/post/requestBody/content = {{{content}}}");
    let both = content(&format!("{bytes}, {json}"));
    both_ways(&content(bytes), &both, &["media-type-added safe"], &["media-type-changed breaking"]);
    both_ways(&of("image/png"), &of("image/jpeg"), &["media-type-changed breaking"], &["media-type-changed breaking"]);
}
