//! Requests that the service makes: webhooks and callbacks.

use crate::support::pairs::{Pair, V31, both_ways, check, model};
use discovery_codegen::diff::diff;
use discovery_codegen::rust::naming::Names;

#[test]
fn requests_that_the_service_makes() {
    const HOOK: &str = r##"/webhooks = {"newPet": {"post": {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Aa"}}}}}}}"##;
    const INLINE: &str = r#"/webhooks = {"newPet": {"post": {"requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}}}}}}"#;
    const CALLBACK: &str = r##"/paths/~1pets/post/callbacks = {"done": {"{$request.body#/a}": {"post": {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Aa"}}}}}}}}"##;
    check(&[
        Pair { old: &[], new: &[HOOK], forward: &["webhook-added safe"], backward: &["webhook-removed risky"] },
        // Its payload is received.
        Pair {
            old: &[HOOK],
            new: &[HOOK, "/components/schemas/Aa/properties/aav = null"],
            forward: &["property-removed risky"],
            backward: &["property-added safe"],
        },
        Pair {
            old: &[INLINE],
            new: &[
                r#"/webhooks = {"newPet": {"post": {"requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {"a": {"type": "integer"}}}}}}}}}"#,
            ],
            forward: &["type-changed breaking"],
            backward: &["type-changed breaking"],
        },
        Pair {
            old: &[HOOK],
            new: &[
                r##"/webhooks = {"newPet": {"post": {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Err"}}}}}}}"##,
            ],
            forward: &["webhook-payload-changed breaking"],
            backward: &["webhook-payload-changed breaking"],
        },
        Pair {
            old: &[CALLBACK],
            new: &[
                r##"/paths/~1pets/post/callbacks = {"done": {"{$request.body#/b}": {"post": {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Aa"}}}}}}}}"##,
            ],
            forward: &["callback-url-changed risky"],
            backward: &["callback-url-changed risky"],
        },
    ]);
}

/// Webhook with parameters, whether its payload is required, and responses.
fn hook(parameters: &str, required: bool, responses: &str) -> String {
    format!(
        r##"/webhooks = {{"sold": {{"post": {{"parameters": [{parameters}], "requestBody": {{"required": {required}, "content": {{"application/json": {{"schema": {{"$ref": "#/components/schemas/Aa"}}}}}}}}, "responses": {responses}}}}}}}"##
    )
}

#[test]
fn parameters_that_the_service_sends() {
    let of = |parameters: &str| hook(parameters, true, r#"{"200": {"description": "x"}}"#);
    let none = of("");
    let optional = of(r#"{"name": "X-Sign", "in": "header", "schema": {"type": "string"}}"#);
    let required = of(r#"{"name": "x-sign", "in": "header", "required": true, "schema": {"type": "string"}}"#);
    let integer = of(r#"{"name": "X-Sign", "in": "header", "schema": {"type": "integer"}}"#);
    let number = of(r#"{"name": "X-Sign", "in": "header", "schema": {"type": "number"}}"#);
    let short = of(r#"{"name": "X-Sign", "in": "header", "schema": {"type": "string", "maxLength": 5}}"#);
    both_ways(&none, &optional, &["webhook-parameter-added safe"], &["webhook-parameter-removed risky"]);
    both_ways(&optional, &required, &["webhook-parameter-required safe"], &["webhook-parameter-optional risky"]);
    both_ways(&integer, &number, &["webhook-parameter-changed risky"], &["webhook-parameter-narrowed safe"]);
    both_ways(&optional, &short, &["max-size-added safe"], &["max-size-removed risky"]);
    // A query is sent, too.
    let query = of(r#"{"name": "t", "in": "query", "schema": {"type": "string"}}"#);
    both_ways(&none, &query, &["webhook-parameter-added safe"], &["webhook-parameter-removed risky"]);
}

#[test]
fn payloads_that_may_be_omitted() {
    let of = |required| hook("", required, r#"{"200": {"description": "x"}}"#);
    let (required, optional) = (of(true), of(false));
    both_ways(&required, &optional, &["webhook-payload-optional risky"], &["webhook-payload-required safe"]);
}

#[test]
fn responses_of_receivers() {
    let of = |responses: &str| hook("", true, responses);
    let ack = |required: &str, ty: &str| {
        of(&format!(
            r#"{{"200": {{"description": "x", "content": {{"application/json": {{"schema": {{"type": "object", "required": [{required}], "properties": {{"ack": {{"type": "{ty}"}}}}}}}}}}}}}}"#
        ))
    };
    let (ok, accepted) = (of(r#"{"200": {"description": "x"}}"#), of(r#"{"202": {"description": "x"}}"#));
    let changed = ["webhook-response-changed risky"];
    both_ways(&ok, &accepted, &changed, &changed);
    let any = of(r#"{"200": {"description": "x"}, "202": {"description": "x"}}"#);
    both_ways(&ok, &any, &["webhook-response-added safe"], &["webhook-response-removed risky"]);
    both_ways(&ok, &ack("", "boolean"), &["webhook-response-changed risky"], &[]);
    // Receivers send their bodies.
    let (optional, required) = (ack("", "boolean"), ack(r#""ack""#, "boolean"));
    both_ways(&optional, &required, &["property-required breaking"], &["property-optional safe"]);
    both_ways(&ack("", "number"), &ack("", "integer"), &["number-to-integer breaking"], &["integer-to-number safe"]);
    let named = |name: &str| {
        of(&format!(
            r##"{{"200": {{"description": "x", "content": {{"application/json": {{"schema": {{"$ref": "#/components/schemas/{name}"}}}}}}}}}}"##
        ))
    };
    let report = diff(&model(&[V31, &named("Pet")]), &model(&[V31, &named("Err")]), &[], &Names::default());
    let messages: Vec<&str> = report.findings.iter().map(|finding| finding.change.message.as_str()).collect();
    assert_eq!(messages, ["`webhook sold (200 as application/json)`: `Pet` → `Err`"]);
}

/// The type of a payload is named after its webhook.
#[test]
fn payloads_of_webhooks_under_another_name() {
    const SOLD: &str = r#"/webhooks = {"sold": {"post": {"requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {"id": {"type": "string"}, "price": {"type": "integer"}}}}}}, "responses": {"200": {"description": "x"}}}}}"#;
    const BOUGHT: &str = r#"/webhooks = {"bought": {"post": {"requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {"id": {"type": "string"}, "price": {"type": "integer"}}}}}}, "responses": {"200": {"description": "x"}}}}}"#;
    check(&[Pair {
        old: &[V31, SOLD],
        new: &[V31, BOUGHT],
        forward: &["webhook-added safe", "webhook-removed risky"],
        backward: &["webhook-added safe", "webhook-removed risky"],
    }]);
}

#[test]
fn payloads_are_explained_by_their_webhooks() {
    const WEBHOOK: &str = r#"/webhooks = {"sold": {"post": {"requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {"id": {"type": "string"}}}}}}, "responses": {"200": {"description": "x"}}}}}"#;
    check(&[Pair {
        old: &[],
        new: &[r#"/openapi = "3.1.0""#, WEBHOOK],
        forward: &["webhook-added safe"],
        backward: &["webhook-removed risky"],
    }]);
}

/// Names of callbacks are not sent.
#[test]
fn callbacks_under_another_name() {
    check(&[Pair {
        old: &[
            r##"/paths/~1pets/post/callbacks = {"sold": {"{$request.body#/url}": {"post": {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}, "responses": {}}}}}"##,
        ],
        new: &[
            r##"/paths/~1pets/post/callbacks = {"gone": {"{$request.body#/url}": {"post": {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}, "responses": {}}}}}"##,
        ],
        forward: &[],
        backward: &[],
    }]);
}

/// The service chooses among the media types of a payload.
#[test]
fn media_types_of_payloads() {
    let of = |content: &str| {
        let body = format!(r#""requestBody": {{"content": {{{content}}}}}"#);
        format!(r#"/webhooks = {{"sold": {{"post": {{{body}}}}}}}"#)
    };
    let kind = |kind: &str| format!(r##""{kind}": {{"schema": {{"$ref": "#/components/schemas/Aa"}}}}"##);
    let (json, xml, csv) = (of(&kind("application/json")), of(&kind("application/xml")), of(&kind("text/csv")));
    let changed = &["webhook-payload-changed breaking"];
    both_ways(&json, &xml, changed, changed);
    both_ways(&xml, &csv, changed, changed);
    let both = of(&format!("{}, {}", kind("application/json"), kind("application/xml")));
    both_ways(&json, &both, &["webhook-payload-changed-risky risky"], &["webhook-payload-changed-safe safe"]);
    both_ways(&of(""), &json, &["webhook-payload-changed-safe safe"], changed);
    let report = diff(&model(&[&json]), &model(&[&xml]), &[], &Names::default());
    let messages: Vec<&str> = report.findings.iter().map(|finding| finding.change.message.as_str()).collect();
    assert_eq!(messages, ["media types of the payload of webhook `sold`: `application/json` → `application/xml`"]);
}
