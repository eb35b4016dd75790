//! Requests that the service makes: webhooks and callbacks.

use crate::support::pairs::{Pair, V31, check};

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
