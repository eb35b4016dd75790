//! Pairs of documents with one cause, which is one finding.

use crate::support::examples::{edit, garden};
use crate::support::pairs::{Pair, V31, check, findings};
use discovery_codegen::diff::diff;
use discovery_codegen::rust::naming::Names;
use discovery_codegen::source::Source;
use std::sync::Arc;

#[test]
fn constructors_are_explained_by_their_properties() {
    check(&[
        Pair {
            old: &[],
            new: &["/components/schemas/New/required = null"],
            forward: &["property-optional safe"],
            backward: &["property-required breaking"],
        },
        // Requests cannot set it.
        Pair {
            old: &[],
            new: &["/components/schemas/New/properties/name/readOnly = true"],
            forward: &["property-read-only risky"],
            backward: &["property-required breaking"],
        },
        Pair {
            old: &[],
            new: &[
                r#"/components/schemas/New/properties/owner = {"type": "string"}"#,
                r#"/components/schemas/New/required = ["name", "owner"]"#,
            ],
            forward: &["required-property-added breaking"],
            backward: &["property-removed breaking"],
        },
    ]);
}

#[test]
fn a_property_that_becomes_optional_and_nullable() {
    check(&[
        Pair {
            old: &[],
            new: &["/components/schemas/Pet/required = null", "/components/schemas/Pet/properties/id/nullable = true"],
            forward: &["property-no-longer-guaranteed risky"],
            backward: &["property-required safe"],
        },
        Pair {
            old: &[],
            new: &[
                "/components/schemas/New/required = null",
                "/components/schemas/New/properties/name/nullable = true",
            ],
            forward: &["property-optional safe"],
            backward: &["property-required breaking"],
        },
    ]);
}

#[test]
fn a_body_of_another_type_in_another_media_type() {
    check(&[
        Pair {
            old: &[],
            new: &[
                r##"/paths/~1pets/post/requestBody/content = {"application/vnd.x+json": {"schema": {"$ref": "#/components/schemas/Aa"}}}"##,
            ],
            forward: &["reference-changed-breaking breaking"],
            backward: &["reference-changed-breaking breaking"],
        },
        Pair {
            old: &[],
            new: &[
                r##"/paths/~1pets/post/responses/200/content = {"application/vnd.x+json": {"schema": {"$ref": "#/components/schemas/Aa"}}}"##,
            ],
            forward: &["reference-changed-breaking breaking"],
            backward: &["reference-changed-breaking breaking"],
        },
        Pair {
            old: &[],
            new: &[
                r##"/paths/~1pets/post/responses/200/content = {"application/xml": {"schema": {"$ref": "#/components/schemas/Pet"}}}"##,
            ],
            forward: &["response-format-changed breaking"],
            backward: &["response-format-changed breaking"],
        },
    ]);
}

#[test]
fn one_schema_in_place_of_another_at_several_places() {
    const KIND: &str = r#"/components/schemas/Kind = {"type": "string", "enum": ["cat", "dog"]}"#;
    check(&[
        Pair {
            old: &[],
            new: &[
                KIND,
                r##"/components/schemas/New/properties/kind = {"$ref": "#/components/schemas/Kind"}"##,
                r##"/components/schemas/Pet/properties/kind = {"$ref": "#/components/schemas/Kind"}"##,
            ],
            forward: &["reference-changed safe"],
            backward: &["reference-changed safe"],
        },
        Pair {
            old: &[],
            new: &[
                r##"/paths/~1pets/post/responses/200/content/application~1json/schema = {"$ref": "#/components/schemas/Aa"}"##,
                r##"/paths/~1pets/get/responses/200/content/application~1json/schema/items = {"$ref": "#/components/schemas/Aa"}"##,
                r##"/paths/~1pets~1{id}/get/responses/200/content/application~1json/schema = {"$ref": "#/components/schemas/Aa"}"##,
            ],
            forward: &["reference-changed-breaking breaking"],
            backward: &["reference-changed-breaking breaking"],
        },
    ]);
}

/// An operation with path variables.
macro_rules! route {
    ($path:literal, $first:literal: $first_type:literal, $second:literal: $second_type:literal) => {
        concat!(
            "/paths/",
            $path,
            r#" = {"get": {"operationId": "get", "parameters": [{"name": ""#,
            $first,
            r#"", "in": "path", "required": true, "schema": {"type": ""#,
            $first_type,
            r#""}}, {"name": ""#,
            $second,
            r#"", "in": "path", "required": true, "schema": {"type": ""#,
            $second_type,
            r#""}}], "responses": {"204": {"description": "x"}}}}"#
        )
    };
}

#[test]
fn path_variables_that_change_places() {
    let both = |old, new, findings| Pair { old, new, forward: findings, backward: findings };
    check(&[
        both(
            &[route!("~1x~1{a}~1{b}", "a": "string", "b": "integer")],
            &[route!("~1x~1{b}~1{a}", "a": "string", "b": "integer")],
            &["path-variables-retyped breaking"],
        ),
        both(
            &[route!("~1x~1{a}~1{b}", "a": "string", "b": "string")],
            &[route!("~1x~1{b}~1{a}", "a": "string", "b": "string")],
            &["path-variables-swapped risky"],
        ),
        // The types change places too: only the names differ.
        both(
            &[route!("~1x~1{a}~1{b}", "a": "string", "b": "integer")],
            &[route!("~1x~1{b}~1{a}", "b": "string", "a": "integer")],
            &["path-variable-renamed safe", "path-variable-renamed safe"],
        ),
    ]);
}

#[test]
fn parameters_that_move() {
    check(&[
        Pair {
            old: &[
                r#"/paths/~1x = {"get": {"operationId": "get", "parameters": [{"name": "a", "in": "query", "required": true, "schema": {"type": "string"}}], "responses": {"204": {"description": "x"}}}}"#,
            ],
            new: &[
                r#"/paths/~1x~1{a} = {"get": {"operationId": "get", "parameters": [{"name": "a", "in": "path", "required": true, "schema": {"type": "string"}}], "responses": {"204": {"description": "x"}}}}"#,
            ],
            forward: &["path-parameters-changed breaking"],
            backward: &["path-parameters-changed breaking"],
        },
        // One text becomes a list of numbers. Single values have no style.
        Pair {
            old: &[],
            new: &[
                r#"/paths/~1pets/get/parameters = [{"name": "limit", "in": "query", "explode": false, "schema": {"type": "array", "items": {"type": "boolean"}}}, {"name": "X-Trace", "in": "header", "schema": {"type": "string"}}]"#,
            ],
            forward: &["type-changed breaking"],
            backward: &["parameter-single breaking", "type-changed breaking"],
        },
    ]);
}

#[test]
fn one_flow_in_place_of_another() {
    const READ: &str = r#"/security = [{"oauth": ["read"]}]"#;
    check(&[Pair {
        old: &[READ],
        new: &[
            READ,
            r#"/components/securitySchemes/oauth/flows = {"clientCredentials": {"tokenUrl": "https://x.example.com", "scopes": {"read": "r", "write": "w"}}}"#,
        ],
        forward: &["token-url-changed risky"],
        backward: &["token-url-changed risky"],
    }]);
}

#[test]
fn one_constant_in_place_of_another() {
    check(&[
        Pair {
            old: &[r#"/components/schemas/New/properties/c = {"type": "string", "enum": ["one"]}"#],
            new: &[r#"/components/schemas/New/properties/c = {"type": "string", "enum": ["two"]}"#],
            forward: &["enum-value-renamed breaking"],
            backward: &["enum-value-renamed breaking"],
        },
        Pair {
            old: &[r#"/components/schemas/Pet/properties/c = {"type": "string", "enum": ["one"]}"#],
            new: &[r#"/components/schemas/Pet/properties/c = {"type": "string", "enum": ["two"]}"#],
            forward: &["enum-value-renamed risky"],
            backward: &["enum-value-renamed risky"],
        },
    ]);
}

#[test]
fn a_closed_object_is_one_change() {
    check(&[Pair {
        old: &[],
        new: &["/components/schemas/New/unevaluatedProperties = false"],
        forward: &["object-closed risky"],
        backward: &["object-opened safe"],
    }]);
}

#[test]
fn elements_and_constraints_of_headers() {
    check(&[
        Pair {
            old: &[
                r#"/paths/~1pets/post/responses/200/headers = {"X-A": {"schema": {"type": "array", "items": {"type": "string"}}}}"#,
            ],
            new: &[
                r#"/paths/~1pets/post/responses/200/headers = {"X-A": {"schema": {"type": "array", "items": {"type": "integer"}}}}"#,
            ],
            forward: &["response-header-type-changed risky"],
            backward: &["response-header-type-changed risky"],
        },
        Pair {
            old: &[
                r#"/paths/~1pets/post/responses/200/headers = {"X-A": {"schema": {"type": "integer", "maximum": 5}}}"#,
            ],
            new: &[
                r#"/paths/~1pets/post/responses/200/headers = {"X-A": {"schema": {"type": "integer", "maximum": 9}}}"#,
            ],
            forward: &["maximum-raised risky"],
            backward: &["maximum-lowered safe"],
        },
    ]);
}

#[test]
fn pages_are_explained_by_their_token() {
    check_discovery(
        &[],
        &["/schemas/TreeList/properties/nextPageToken = null"],
        &["property-removed risky"],
        &["property-added safe"],
    );
    check_discovery(
        &[],
        &["/resources/trees/methods/list/parameters/pageToken = null"],
        &["parameter-removed breaking"],
        &["parameter-added safe"],
    );
    // Old clients get the first page for the whole list.
    check_discovery(
        &[
            "/resources/trees/methods/list/parameters/pageToken = null",
            "/schemas/TreeList/properties/nextPageToken = null",
        ],
        &[],
        &["list-paginated risky"],
        &["parameter-removed breaking", "property-removed risky"],
    );
}

#[test]
fn operations_are_explained_by_the_response() {
    check_discovery(
        &[],
        &[r##"/resources/trees/methods/plant/response = {"$ref": "Tree"}"##],
        &["reference-changed-risky risky"],
        &["reference-changed-risky risky"],
    );
}

/// A constructor without arguments sets the properties that have one value.
#[test]
fn constructors_without_arguments() {
    const CHOICE: &str = r##"/components/schemas/Pet/properties/why = {"oneOf": [{"$ref": "#/components/schemas/Err"}, {"$ref": "#/components/schemas/Pet"}], "discriminator": {"propertyName": "code"}}"##;
    check(&[Pair {
        old: &[CHOICE, r#"/components/schemas/Err = {"type": "object", "properties": {"code": {"type": "string"}}}"#],
        new: &[
            CHOICE,
            r#"/components/schemas/Err = {"type": "object", "required": ["code"], "properties": {"code": {"type": "string"}}}"#,
        ],
        forward: &["property-required safe"],
        backward: &["property-no-longer-guaranteed risky"],
    }]);
}

#[test]
fn constructors_are_explained_by_the_type_of_an_argument() {
    check(&[Pair {
        old: &[V31, r#"/components/schemas/New/properties/name = {"type": "string"}"#],
        new: &[V31, r#"/components/schemas/New/properties/name = {"type": "string", "const": "x"}"#],
        forward: &["enum-closed-over-text risky"],
        backward: &["enum-opened-to-text safe"],
    }]);
}

/// Compares edits of the Discovery document in both directions.
#[track_caller]
fn check_discovery(old: &[&str], new: &[&str], forward: &[&str], backward: &[&str]) {
    let model = |edits: &[&str]| {
        let text = edit(garden(), edits).to_string();
        crate::support::read(&Arc::new(Source::new("garden.json", text)))
    };
    let (a, b) = (model(old), model(new));
    for (from, to, expected) in [(&a, &b, forward), (&b, &a, backward)] {
        assert_eq!(findings(&diff(from, to, &[], &Names::default())), expected, "{old:?} and {new:?}");
    }
}

#[test]
fn a_resource_is_deprecated_with_its_methods() {
    check_discovery(
        &[],
        &[
            "/resources/photos/deprecated = true",
            "/resources/photos/methods/get/deprecated = true",
            "/resources/photos/methods/insert/deprecated = true",
        ],
        &["resource-deprecated safe"],
        &["resource-undeprecated safe"],
    );
}

#[test]
fn scopes_of_a_method_are_listed_or_not() {
    check_discovery(
        &[],
        &["/resources/plants/methods/get/scopes = null"],
        &["scopes-dropped safe"],
        &["scopes-required breaking"],
    );
    check_discovery(
        &[],
        &["/resources/plants/methods/get/scopes = null", "/resources/plants/methods/create/scopes = null"],
        &["scopes-dropped safe"],
        &["scopes-required breaking"],
    );
}

#[test]
fn parameters_of_every_method() {
    const ALT: &str = r#"/parameters/alt = {"type": "string", "location": "query", "enum": ["json", "media"]}"#;
    check_discovery(
        &[ALT],
        &[r#"/parameters/alt = {"type": "string", "location": "query", "enum": ["json"]}"#],
        &["allowed-value-removed breaking"],
        &["allowed-value-added safe"],
    );
    check_discovery(
        &[],
        &["/parameters/quotaUser/repeated = true"],
        &["parameter-repeated safe"],
        &["parameter-single breaking"],
    );
    check_discovery(
        &[],
        &["/parameters/quotaUser/deprecated = true"],
        &["parameter-deprecated safe"],
        &["parameter-undeprecated safe"],
    );
}

#[test]
fn constraints_of_elements() {
    for place in ["/schemas/Labels/additionalProperties", "/schemas/PlantList/properties/rows/items/items"] {
        let of = |least: u8| format!(r#"{place} = {{"type": "integer", "format": "int32", "minimum": "{least}"}}"#);
        let rows = r#"/schemas/PlantList/properties/rows = {"type": "array", "items": {"type": "array", "items": {"type": "any"}}}"#;
        let (old, new) = (of(1), of(2));
        let (forward, backward) = match place.contains("Labels") {
            true => ("minimum-raised breaking", "minimum-lowered risky"),
            false => ("minimum-raised safe", "minimum-lowered risky"),
        };
        check_discovery(&[rows, &old], &[rows, &new], &[forward], &[backward]);
    }
}

#[test]
fn names_of_resources_in_patterns_and_flat_paths() {
    let pattern = |text: &str| format!(r#"/resources/plants/methods/get/parameters/name/pattern = "{text}""#);
    for (text, both) in [
        ("^beds/[^/]+$", "pattern-replaced breaking"),
        ("^plants/[^/]+/leaves/[^/]+$", "pattern-replaced breaking"),
        ("^plants/.*$", "pattern-changed risky"),
        ("^[^/]+/[^/]+$", "pattern-changed risky"),
    ] {
        check_discovery(&[], &[&pattern(text)], &[both], &[both]);
    }
    const FLAT: &str = r#"/resources/beds/methods/get/flatPath = "v1/gardens/{gardensId}/beds/{bedsId}""#;
    check_discovery(&[], &[FLAT], &["flat-path-changed risky"], &["flat-path-changed risky"]);
    // Names of its variables are those of documentation.
    check_discovery(&[], &[r#"/resources/beds/methods/get/flatPath = "v1/beds/{bed}""#], &[], &[]);
}

/// A value that several enums gain is one finding, which names no property if these differ.
#[test]
fn a_value_of_several_enums() {
    let version = |values: &str, docs: &str| {
        let property =
            |path: &str| format!(r#"{path} = {{"type": "string", "enum": [{values}], "enumDescriptions": [{docs}]}}"#);
        let properties = ["/schemas/Plant/properties/state", "/schemas/Plant/properties/mood"].map(property);
        let edited = edit(garden(), &properties.each_ref().map(String::as_str));
        crate::support::read(&Arc::new(Source::new("x.json", edited.to_string())))
    };
    let old = version(r#""ALIVE""#, r#""It grows.""#);
    let new = version(r#""ALIVE", "DEAD""#, r#""It grows.", "It does not.""#);
    let report = diff(&old, &new, &[], &Names::default());
    let messages: Vec<&str> = report.findings.iter().map(|finding| finding.change.message.as_str()).collect();
    assert_eq!(messages, ["value `DEAD` added, in 2 places (`Plant.mood`, `Plant.state`)"]);
}

/// A base that no method uses changes with the schemas that extend it.
#[test]
fn properties_of_a_base() {
    const CHILD: &str = r##"/components/schemas/New/properties/c = {"$ref": "#/components/schemas/Child"}"##;
    const EXTENDS: &str = r##"/components/schemas/Child = {"allOf": [{"$ref": "#/components/schemas/Base"}, {"type": "object", "properties": {"b": {"type": "string"}}}]}"##;
    check(&[Pair {
        old: &[
            CHILD,
            EXTENDS,
            r#"/components/schemas/Base = {"type": "object", "properties": {"a": {"type": "string"}, "z": {"type": "string"}}}"#,
        ],
        new: &[
            CHILD,
            EXTENDS,
            r#"/components/schemas/Base = {"type": "object", "properties": {"a": {"type": "string"}}}"#,
        ],
        forward: &["property-removed breaking"],
        backward: &["property-added safe"],
    }]);
}

#[test]
fn properties_that_move_into_a_new_object() {
    check(&[Pair {
        old: &[r#"/components/schemas/New/properties/street = {"type": "string"}"#],
        new: &[
            r#"/components/schemas/New/properties/home = {"type": "object", "properties": {"street": {"type": "string"}}}"#,
        ],
        forward: &["property-moved breaking"],
        backward: &["property-added safe", "property-removed breaking"],
    }]);
}

/// Names of methods are made of paths; the document's own ids tell them apart.
#[test]
fn methods_of_moved_paths() {
    const OLD: [&str; 2] = ["/paths/~1cats", "/paths/~1v2~1cats"];
    let at = |path: &str| {
        let operation = r#"{"get": {"operationId": "getCats", "responses": {"200": {"description": "x"}}}}"#;
        crate::support::pairs::model(&[&format!("{path} = {operation}")])
    };
    let [old, new] = OLD.map(at);
    assert_eq!(findings(&diff(&old, &new, &[], &Names::default())), ["method-renamed breaking"]);
}

/// A call with another HTTP method at another path is one change.
#[test]
fn paths_and_http_methods() {
    const GET: &str = r#"{"operationId": "getPet", "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}], "responses": {"200": {"description": "x"}}}"#;
    let at = |path: &str, verb: &str| {
        let moved = format!(r#"/paths/{path} = {{"{verb}": {GET}}}"#);
        crate::support::pairs::model(&["/paths/~1pets~1{id} = null", &moved])
    };
    let report = diff(&at("~1pets~1{id}", "get"), &at("~1animals~1{id}", "put"), &[], &Names::default());
    assert_eq!(findings(&report), ["path-changed breaking"]);
    let messages: Vec<&str> = report.findings.iter().map(|finding| finding.change.message.as_str()).collect();
    assert_eq!(messages, ["`getPet`: `GET pets/{id}` → `PUT animals/{id}`"]);
}
