//! Pairs of OpenAPI documents, each with its findings in both directions. A pair is one document with two sets of
//! edits.

mod diff_support;

use diff_support::pairs::{Pair, check};

const KEY: &str = r#"/security = [{"key": []}]"#;
const V31: &str = r#"/openapi = "3.1.0""#;

#[test]
fn credentials() {
    check(&[
        // Required by every operation, declared for the document or for each operation.
        Pair { old: &[], new: &[KEY], forward: &["security-required breaking"], backward: &["security-dropped safe"] },
        Pair {
            old: &[KEY],
            new: &[
                r#"/paths/~1pets/get/security = [{"key": []}]"#,
                r#"/paths/~1pets/post/security = [{"key": []}]"#,
                r#"/paths/~1pets~1{id}/get/security = [{"key": []}]"#,
            ],
            forward: &[],
            backward: &[],
        },
        Pair {
            old: &[KEY],
            new: &[KEY, "/paths/~1pets/get/security = []"],
            forward: &["security-dropped safe"],
            backward: &["security-required breaking"],
        },
        // An empty requirement makes the others optional.
        Pair {
            old: &[KEY],
            new: &[r#"/security = [{"key": []}, {}]"#],
            forward: &["security-widened safe"],
            backward: &["security-required breaking"],
        },
        // Requirements are alternatives; the schemes of one are required together.
        Pair {
            old: &[KEY],
            new: &[r#"/security = [{"bearer": []}, {"key": []}]"#],
            forward: &["security-widened safe"],
            backward: &["security-narrowed breaking"],
        },
        Pair {
            old: &[KEY],
            new: &[r#"/security = [{"key": [], "bearer": []}]"#],
            forward: &["security-narrowed breaking"],
            backward: &["security-widened safe"],
        },
        Pair {
            old: &[r#"/security = [{"oauth": ["read"]}]"#],
            new: &[r#"/security = [{"oauth": ["read", "write"]}]"#],
            forward: &["security-narrowed breaking"],
            backward: &["security-widened safe"],
        },
        // The same credential under another name, or in another location.
        Pair {
            old: &[KEY],
            new: &[
                r#"/components/securitySchemes/other = {"type": "apiKey", "in": "header", "name": "x-key"}"#,
                r#"/security = [{"other": []}]"#,
            ],
            forward: &[],
            backward: &[],
        },
        Pair {
            old: &[KEY],
            new: &[KEY, r#"/components/securitySchemes/key/in = "query""#],
            forward: &["security-changed breaking"],
            backward: &["security-changed breaking"],
        },
        Pair {
            old: &[r#"/security = [{"bearer": []}]"#],
            new: &[r#"/security = [{"bearer": []}]"#, r#"/components/securitySchemes/bearer/scheme = "BEARER""#],
            forward: &[],
            backward: &[],
        },
    ]);
}

#[test]
fn verdicts_of_constraints_depend_on_the_direction() {
    // Of `New` in requests, and of `Pet` in responses.
    check(&[
        Pair {
            old: &[],
            new: &["/components/schemas/New/properties/name/maxLength = 20"],
            forward: &["max-size-lowered breaking"],
            backward: &["max-size-raised safe"],
        },
        Pair {
            old: &[],
            new: &["/components/schemas/Pet/properties/name/maxLength = 20"],
            forward: &["max-size-lowered safe"],
            backward: &["max-size-raised risky"],
        },
        Pair {
            old: &[],
            new: &["/components/schemas/New/properties/tags/items/maxLength = 3"],
            forward: &["max-size-added risky"],
            backward: &["max-size-removed safe"],
        },
        Pair {
            old: &[],
            new: &["/components/schemas/New/properties/labels/additionalProperties/maxLength = 3"],
            forward: &["max-size-added risky"],
            backward: &["max-size-removed safe"],
        },
        // A list of lists: each level has its own limit.
        Pair {
            old: &[
                r#"/components/schemas/New/properties/a = {"type": "array", "maxItems": 3, "items": {"type": "array", "maxItems": 5, "items": {}}}"#,
            ],
            new: &[
                r#"/components/schemas/New/properties/a = {"type": "array", "maxItems": 5, "items": {"type": "array", "maxItems": 3, "items": {}}}"#,
            ],
            forward: &["max-size-lowered breaking", "max-size-raised safe"],
            backward: &["max-size-lowered breaking", "max-size-raised safe"],
        },
        Pair {
            old: &[r##"/components/schemas/New/allOf = [{"allOf": [{"$ref": "#/components/schemas/Err"}]}]"##],
            new: &[
                r##"/components/schemas/New/allOf = [{"allOf": [{"$ref": "#/components/schemas/Err"}]}]"##,
                r#"/components/schemas/New/required = ["name", "code"]"#,
            ],
            forward: &["property-required breaking"],
            backward: &["property-optional safe"],
        },
        Pair {
            old: &[],
            new: &["/paths/~1pets/get/parameters/0/schema/exclusiveMaximum = true"],
            forward: &["maximum-lowered breaking"],
            backward: &["maximum-raised safe"],
        },
    ]);
}

#[test]
fn constraints_of_inline_types_are_those_of_their_property() {
    const KINDS: &str =
        r#"/components/schemas/New/properties/k = {"type": "string", "enum": ["a", "b"], "default": "a"}"#;
    check(&[
        Pair {
            old: &[KINDS],
            new: &[r#"/components/schemas/New/properties/k = {"type": "string", "enum": ["a", "b"], "default": "b"}"#],
            forward: &["default-changed risky"],
            backward: &["default-changed risky"],
        },
        Pair {
            old: &[r#"/components/schemas/New/properties/k = {"type": "object", "properties": {"a": {}}}"#],
            new: &[
                r#"/components/schemas/New/properties/k = {"type": "object", "properties": {"a": {}}, "minProperties": 1}"#,
            ],
            forward: &["min-size-added risky"],
            backward: &["min-size-removed safe"],
        },
        Pair {
            old: &[r#"/components/schemas/Pet/properties/k = {"oneOf": [{"type": "string"}, {"type": "integer"}]}"#],
            new: &[
                r#"/components/schemas/Pet/properties/k = {"nullable": true, "oneOf": [{"type": "string"}, {"type": "integer"}]}"#,
            ],
            forward: &["value-nullable risky"],
            backward: &["value-not-nullable safe"],
        },
    ]);
}

#[test]
fn equivalent_spellings_have_no_findings() {
    let same =
        |old: &'static [&'static str], new: &'static [&'static str]| Pair { old, new, forward: &[], backward: &[] };
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
            forward: &["choice-tag-changed breaking", "choice-tag-changed breaking"],
            backward: &["choice-tag-changed breaking", "choice-tag-changed breaking"],
        },
    ]);
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
        Pair {
            old: &[],
            new: &[
                "/paths/~1pets/get/responses/404 = null",
                r##"/paths/~1pets/get/responses/410 = {"description": "no", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Err"}}}}"##,
            ],
            forward: &["error-body-added safe", "error-body-removed risky"],
            backward: &["error-body-added safe", "error-body-removed risky"],
        },
    ]);
}

#[test]
fn renames_are_found_by_evidence() {
    check(&[
        Pair::replaced(
            &[
                r#"/components/schemas/New/properties/enabled = {"type": "boolean", "description": "State of the pet."}"#,
            ],
            &[
                r#"/components/schemas/New/properties/disabled = {"type": "boolean", "description": "State of the pet."}"#,
            ],
        ),
        Pair::replaced(
            &[r#"/components/schemas/New/properties/allowEdits = {"type": "boolean"}"#],
            &[r#"/components/schemas/New/properties/denyEdits = {"type": "boolean"}"#],
        ),
        Pair::replaced(
            &[r#"/components/schemas/New/properties/isPublic = {"type": "boolean"}"#],
            &[r#"/components/schemas/New/properties/isNotPublic = {"type": "boolean"}"#],
        ),
        Pair::replaced(
            &[r#"/components/schemas/New/properties/minSize = {"type": "integer"}"#],
            &[r#"/components/schemas/New/properties/maxSize = {"type": "integer"}"#],
        ),
        Pair::replaced(
            &[r#"/components/schemas/New/properties/colour = {"type": "string"}"#],
            &[r#"/components/schemas/New/properties/weight = {"type": "string"}"#],
        ),
    ]);
    check(&[Pair {
        old: &[r#"/components/schemas/New/properties/fur_colour = {"type": "string"}"#],
        new: &[r#"/components/schemas/New/properties/furColour = {"type": "string"}"#],
        forward: &["property-renamed breaking"],
        backward: &["property-renamed breaking"],
    }]);
}

#[test]
fn numbered_inline_schemas_match_in_both_revisions() {
    const NAMED: &str =
        r#"/components/schemas/Pet.kind = {"type": "object", "properties": {"size": {"type": "string"}}}"#;
    const INLINE: &str = r#"/components/schemas/Pet/properties/kind = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}}"#;
    check(&[
        Pair { old: &[NAMED, INLINE], new: &[NAMED, INLINE], forward: &[], backward: &[] },
        Pair {
            old: &[NAMED, INLINE],
            new: &[
                NAMED,
                r#"/components/schemas/Pet/properties/kind = {"type": "object", "properties": {"a": {"type": "string"}}}"#,
            ],
            forward: &["property-removed risky"],
            backward: &["property-added safe"],
        },
    ]);
}

#[test]
fn constructors_are_of_messages_that_requests_contain() {
    check(&[
        // `New` is sent, `Pet` is received.
        Pair {
            old: &[],
            new: &[r#"/components/schemas/New/required = ["name", "age"]"#],
            forward: &["property-required breaking"],
            backward: &["property-optional safe"],
        },
        Pair {
            old: &[],
            new: &[r#"/components/schemas/Pet/required = ["id", "age"]"#],
            forward: &["property-required safe"],
            backward: &["property-no-longer-guaranteed risky"],
        },
        // The property that leads a request to `Aa` explains its constructor.
        Pair {
            old: &[],
            new: &[r##"/components/schemas/New/properties/a = {"$ref": "#/components/schemas/Aa"}"##],
            forward: &["property-added safe"],
            backward: &["property-removed breaking"],
        },
        // Requests cannot set it.
        Pair {
            old: &[],
            new: &[
                r##"/components/schemas/New/properties/a = {"readOnly": true, "allOf": [{"$ref": "#/components/schemas/Aa"}]}"##,
            ],
            forward: &["property-added safe"],
            backward: &["property-removed safe"],
        },
    ]);
}

const HEADER: &str =
    r#"/paths/~1pets/get/responses/200/headers = {"X-Left": {"required": true, "schema": {"type": "integer"}}}"#;

#[test]
fn statuses_and_headers_of_responses() {
    check(&[
        Pair {
            old: &[],
            new: &[HEADER],
            forward: &["response-header-added safe"],
            backward: &["response-header-removed risky"],
        },
        Pair {
            old: &[HEADER],
            new: &[HEADER, "/paths/~1pets/get/responses/200/headers/X-Left/required = false"],
            forward: &["response-header-optional risky"],
            backward: &["response-header-required safe"],
        },
        Pair {
            old: &[HEADER],
            new: &[HEADER, r#"/paths/~1pets/get/responses/200/headers/X-Left/schema/type = "string""#],
            forward: &["response-header-type-changed risky"],
            backward: &["response-header-type-changed risky"],
        },
        // Names of headers have no case.
        Pair {
            old: &[HEADER],
            new: &[
                r#"/paths/~1pets/get/responses/200/headers = {"x-left": {"required": true, "schema": {"type": "integer"}}}"#,
            ],
            forward: &[],
            backward: &[],
        },
        // A range of statuses has those in it.
        Pair {
            old: &[],
            new: &[
                "/paths/~1pets/get/responses/404 = null",
                r##"/paths/~1pets/get/responses/4XX = {"description": "no", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Err"}}}}"##,
            ],
            forward: &["error-body-added safe"],
            backward: &["error-body-removed risky"],
        },
        Pair {
            old: &[
                r##"/paths/~1pets/get/responses/default = {"description": "no", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Err"}}}}"##,
            ],
            new: &[
                r##"/paths/~1pets/get/responses/default = {"description": "no", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Err"}}}}"##,
                "/paths/~1pets/get/responses/404 = null",
            ],
            forward: &[],
            backward: &[],
        },
        Pair {
            old: &[],
            new: &[r#"/paths/~1pets/get/responses/429 = {"description": "no"}"#],
            forward: &["error-status-added safe"],
            backward: &["error-status-removed safe"],
        },
        Pair {
            old: &[],
            new: &[
                r##"/paths/~1pets/get/responses/404/content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Err"}}}"##,
            ],
            forward: &["error-media-type-changed risky"],
            backward: &["error-media-type-changed risky"],
        },
        Pair {
            old: &[],
            new: &[
                "/paths/~1pets/post/responses/200 = null",
                r##"/paths/~1pets/post/responses/201 = {"description": "x", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}"##,
            ],
            forward: &["success-status-changed risky"],
            backward: &["success-status-changed risky"],
        },
        Pair {
            old: &[],
            new: &[r#"/paths/~1pets/post/responses/202 = {"description": "later"}"#],
            forward: &["empty-success-added risky"],
            backward: &["success-status-removed risky"],
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

#[test]
fn servers_and_tokens() {
    const OAUTH: &str = r#"/security = [{"oauth": ["read"]}]"#;
    check(&[
        Pair {
            old: &[],
            new: &[r#"/servers = [{"url": "https://x.example.com"}, {"url": "https://eu.example.com/v2"}]"#],
            forward: &["server-added safe"],
            backward: &["server-removed risky"],
        },
        Pair {
            old: &[r#"/servers = [{"url": "https://x.example.com"}, {"url": "https://eu.example.com"}]"#],
            new: &[r#"/servers = [{"url": "https://eu.example.com"}, {"url": "https://x.example.com"}]"#],
            forward: &["root-url-changed risky"],
            backward: &["root-url-changed risky"],
        },
        Pair {
            old: &[],
            new: &[r#"/paths/~1pets/get/servers = [{"url": "https://other.example.com"}]"#],
            forward: &["method-server-changed risky"],
            backward: &["method-server-changed risky"],
        },
        Pair {
            old: &[OAUTH],
            new: &[
                OAUTH,
                r#"/components/securitySchemes/oauth/flows/implicit/authorizationUrl = "https://y.example.com""#,
            ],
            forward: &["token-url-changed risky"],
            backward: &["token-url-changed risky"],
        },
        // Nothing requires the scheme.
        Pair {
            old: &[],
            new: &[r#"/components/securitySchemes/oauth/flows/implicit/authorizationUrl = "https://y.example.com""#],
            forward: &[],
            backward: &[],
        },
    ]);
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
