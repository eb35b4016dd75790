//! Statuses and headers of responses.

use crate::support::pairs::{Pair, both_ways, check, findings, model};
use discovery_codegen::diff::diff;
use discovery_codegen::passes::pagination::infer;
use discovery_codegen::rust::naming::Names;

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
            backward: &["response-header-narrowed safe"],
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

/// The parameter with the number of a page explains the pages.
#[test]
fn numbered_pages() {
    const SIZE: &str = r#"{"name": "per_page", "in": "query", "schema": {"type": "integer"}}"#;
    const PAGE: &str = r#"{"name": "page", "in": "query", "schema": {"type": "integer"}}"#;
    let read = |parameters: &str| infer(model(&[&format!("/paths/~1pets/get/parameters = [{parameters}]")]));
    let (all, pages) = (read(SIZE), read(&format!("{SIZE}, {PAGE}")));
    assert_eq!(findings(&diff(&all, &pages, &[], &Names::default())), ["list-paginated risky"]);
    assert_eq!(findings(&diff(&pages, &all, &[], &Names::default())), ["parameter-removed breaking"]);
}

/// The default of errors may be written as two ranges.
#[test]
fn ranges_of_errors() {
    const DEFAULT: &str = r##"/paths/~1pets/get/responses/default = {"description": "x", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Err"}}}}"##;
    const CALLER: &str = r##"/paths/~1pets/get/responses/4XX = {"description": "x", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Err"}}}}"##;
    const SERVICE: &str = r##"/paths/~1pets/get/responses/5XX = {"description": "x", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Err"}}}}"##;
    const OTHER: &str = r##"/paths/~1pets/get/responses/5XX = {"description": "x", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}"##;
    check(&[
        Pair { old: &[DEFAULT], new: &[CALLER, SERVICE], forward: &[], backward: &[] },
        Pair {
            old: &[DEFAULT],
            new: &[CALLER],
            forward: &["error-body-removed risky"],
            backward: &["error-body-added safe"],
        },
        Pair {
            old: &[DEFAULT],
            new: &[CALLER, OTHER],
            forward: &["error-body-changed breaking", "error-body-removed risky"],
            backward: &["error-body-added safe", "error-body-changed breaking"],
        },
    ]);
}

#[test]
fn links_and_pages() {
    const LINK: &str = r#"/paths/~1pets/post/responses/200/links = {"get": {"operationId": "getPet"}}"#;
    check(&[
        Pair {
            old: &[],
            new: &[LINK],
            forward: &["response-link-added safe"],
            backward: &["response-link-removed risky"],
        },
        Pair {
            old: &[LINK],
            new: &[
                r#"/paths/~1pets/post/responses/200/links = {"get": {"operationId": "listPets", "description": "x"}}"#,
            ],
            forward: &["response-link-changed risky"],
            backward: &["response-link-changed risky"],
        },
        // The header that leads to the next page explains the pages.
        Pair {
            old: &[],
            new: &[r#"/paths/~1pets/get/responses/200/headers = {"Link": {"schema": {"type": "string"}}}"#],
            forward: &["response-header-added safe"],
            backward: &["response-header-removed risky"],
        },
        // A status with the only body.
        Pair {
            old: &[r#"/paths/~1pets/post/responses = {"204": {"description": "x"}}"#],
            new: &[
                r##"/paths/~1pets/post/responses = {"204": {"description": "x"}, "200": {"description": "x", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}}"##,
            ],
            forward: &["response-added safe"],
            backward: &["response-removed risky"],
        },
        // A redirect, which the method returns.
        Pair {
            old: &[r#"/paths/~1pets/post/responses = {"302": {"description": "x"}}"#],
            new: &[r#"/paths/~1pets/post/responses = {"204": {"description": "x"}, "302": {"description": "x"}}"#],
            forward: &["response-removed risky"],
            backward: &["response-added safe", "success-status-removed risky"],
        },
    ]);
}

#[test]
fn days_on_which_methods_end() {
    const DEPRECATED: &str = "/paths/~1pets/get/deprecated = true";
    const DAY: &str = r#"/paths/~1pets/get/x-sunset = "2030-01-01""#;
    check(&[
        Pair {
            old: &[],
            new: &[DEPRECATED, DAY],
            forward: &["method-deprecated safe"],
            backward: &["method-undeprecated safe"],
        },
        Pair {
            old: &[DEPRECATED, DAY],
            new: &[DEPRECATED, r#"/paths/~1pets/get/x-sunset = "2029-06-30""#],
            forward: &["sunset-earlier risky"],
            backward: &["sunset-later safe"],
        },
        // A day begins at midnight.
        Pair {
            old: &[DEPRECATED, DAY],
            new: &[DEPRECATED, r#"/paths/~1pets/get/x-sunset = "2030-01-01T00:00:00Z""#],
            forward: &[],
            backward: &[],
        },
        Pair {
            old: &[DEPRECATED],
            new: &[DEPRECATED, DAY],
            forward: &["sunset-added safe"],
            backward: &["sunset-later safe"],
        },
    ]);
}

#[test]
fn statuses_and_their_bodies() {
    check(&[
        Pair {
            old: &[],
            new: &[
                r##"/paths/~1pets/post/responses/202 = {"description": "x", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Err"}}}}"##,
            ],
            forward: &["type-widened breaking"],
            backward: &["success-status-removed risky"],
        },
        // A range of statuses, and one of them.
        Pair {
            old: &[
                r##"/paths/~1pets/post/responses = {"2XX": {"description": "x", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}}"##,
            ],
            new: &[],
            forward: &[],
            backward: &["success-status-added safe"],
        },
        Pair {
            old: &[
                r##"/paths/~1pets/post/responses = {"2xx": {"description": "x", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}}"##,
            ],
            new: &[],
            forward: &[],
            backward: &["success-status-added safe"],
        },
        Pair {
            old: &[r#"/paths/~1pets/post/responses = {"204": {"description": "x"}}"#],
            new: &[],
            forward: &["success-status-changed risky"],
            backward: &["response-removed risky"],
        },
        Pair {
            old: &[],
            new: &[
                r##"/paths/~1pets/post/responses/200/content = {"text/event-stream": {"schema": {"$ref": "#/components/schemas/Pet"}}}"##,
            ],
            forward: &["streaming-changed breaking"],
            backward: &["streaming-changed breaking"],
        },
    ]);
}

/// An error with another status is one change, if clients decode its body.
#[test]
fn errors_of_another_status() {
    let body =
        |schema: &str| format!(r#"{{"description": "x", "content": {{"application/json": {{"schema": {schema}}}}}}}"#);
    let of = |status: &str, response: &str| format!(r#"/paths/~1pets~1{{id}}/get/responses/{status} = {response}"#);
    let changed = &["error-status-changed risky"];
    let (named, inline) =
        (body(r##"{"$ref": "#/components/schemas/Err"}"##), body(r#"{"type": "object", "properties": {"a": {}}}"#));
    for response in [r#"{"description": "x"}"#, &named, &inline] {
        both_ways(&of("409", response), &of("410", response), changed, changed);
    }
    let report = diff(&model(&[&of("409", &named)]), &model(&[&of("410", &named)]), &[], &Names::default());
    let pointers: Vec<&str> = report.findings.iter().map(|finding| finding.change.pointer.as_str()).collect();
    assert_eq!(pointers, ["/paths/~1pets~1{id}/get/responses/410"]);
    // Another body, or another kind of error, is another error.
    let others = &["error-body-added safe", "error-body-removed risky"];
    both_ways(&of("409", &named), &of("410", &inline), others, others);
    both_ways(&of("409", &named), &of("503", &named), others, others);
}
