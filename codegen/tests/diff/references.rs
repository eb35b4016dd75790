//! Changes of the type that something refers to: each is as severe as the changes within it.

use crate::support::pairs::{Pair, V31, check, model};
use discovery_codegen::diff::diff;
use discovery_codegen::model::Api;
use discovery_codegen::parser;
use discovery_codegen::rust::naming::Names;
use discovery_codegen::source::Source;
use serde_json::{Value, json};
use std::sync::Arc;

/// Returns an API whose `send` has a body of a schema, and whose `get` returns one. `schemas` is an object of JSON.
fn api(request: &Value, response: &Value, schemas: &Value) -> Api {
    let content = |schema: &Value| json!({"application/json": {"schema": schema}});
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "x", "version": "1"},
        "servers": [{"url": "https://x.example.com"}],
        "paths": {"/a": {
            "post": {
                "operationId": "send",
                "requestBody": {"required": true, "content": content(request)},
                "responses": {"204": {"description": "x"}}
            },
            "get": {"operationId": "get", "responses": {"200": {"description": "x", "content": content(response)}}}
        }},
        "components": {"schemas": schemas}
    });
    let source = Arc::new(Source::new("x.json", document.to_string()));
    parser::read(&source).unwrap_or_else(|errors| panic!("{errors}"))
}

/// Returns the findings with their wire and Rust verdicts.
fn findings(old: &Api, new: &Api) -> Vec<String> {
    let report = diff(old, new, &[], &Names::default());
    let changes = report.findings.iter().map(|finding| &finding.change);
    let mut found: Vec<String> =
        changes.map(|change| format!("{} {} {}", change.rule.id, change.wire, change.rust)).collect();
    found.sort();
    found
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// Returns the worst wire verdict of a change between two types of a body: as a request, and as a response.
#[track_caller]
fn verdicts(old: (&Value, &Value), new: (&Value, &Value)) -> (String, String) {
    let text = json!({"type": "string"});
    let worst = |old: &Api, new: &Api| diff(old, new, &[], &Names::default()).wire().to_string();
    (
        worst(&api(old.0, &text, old.1), &api(new.0, &text, new.1)),
        worst(&api(&text, old.0, old.1), &api(&text, new.0, new.1)),
    )
}

fn animals() -> Value {
    let one = |field: &str| {
        json!({"type": "object", "required": ["kind", field],
            "properties": {"kind": {"const": field}, field: {"type": "integer"}}})
    };
    json!({
        "Cat": one("cat"), "Dog": one("dog"), "Cow": one("cow"),
        "CatOrDog": {"oneOf": [reference("Cat"), reference("Dog")]},
        "CowOrDog": {"oneOf": [reference("Cow"), reference("Dog")]},
        "All": {"oneOf": [reference("Cat"), reference("Dog"), reference("Cow")]}
    })
}

#[test]
fn alternatives_are_compared_each_time() {
    let all = animals();
    for (old, new, request, response) in [
        ("CatOrDog", "CowOrDog", "breaking", "breaking"),
        ("Cat", "CowOrDog", "breaking", "breaking"),
        ("CatOrDog", "All", "safe", "breaking"),
        ("All", "CatOrDog", "breaking", "safe"),
        ("Dog", "CatOrDog", "safe", "breaking"),
    ] {
        let found = verdicts((&reference(old), &all), (&reference(new), &all));
        assert_eq!(found, (request.to_owned(), response.to_owned()), "{old} and {new}");
    }
}

/// A property refers to another type, which differs in one way.
#[test]
fn another_type_is_as_severe_as_its_changes() {
    let base = json!({"type": "object", "required": ["a"], "properties": {"a": {"type": "string", "maxLength": 10}}});
    let with = |change: fn(&mut Value)| {
        let mut other = base.clone();
        change(&mut other);
        other
    };
    let cases: [(&str, Value, &str, &str); 9] = [
        ("nothing", base.clone(), "safe", "safe"),
        ("a shorter text", with(|new| new["properties"]["a"]["maxLength"] = 5.into()), "breaking", "safe"),
        ("a longer text", with(|new| new["properties"]["a"]["maxLength"] = 20.into()), "safe", "risky"),
        ("no more properties", with(|new| new["additionalProperties"] = false.into()), "risky", "safe"),
        ("null", with(|new| new["properties"]["a"]["type"] = json!(["string", "null"])), "safe", "risky"),
        ("no guarantee", with(|new| new["required"] = json!([])), "safe", "risky"),
        (
            "a property of responses",
            with(|new| {
                new["properties"]["b"] = json!({"type": "string", "readOnly": true});
                new["required"] = json!(["a", "b"]);
            }),
            "safe",
            "safe",
        ),
        (
            "a property that requests must have",
            with(|new| {
                new["properties"]["b"] = json!({"type": "string"});
                new["required"] = json!(["a", "b"]);
            }),
            "breaking",
            "safe",
        ),
        ("another value", with(|new| new["properties"]["a"] = json!({"type": "boolean"})), "breaking", "breaking"),
    ];
    for (name, other, request, response) in cases {
        let holder = |name: &str| json!({"type": "object", "properties": {"value": reference(name)}});
        let old = json!({"P": base, "Q": other, "Holder": holder("P")});
        let new = json!({"P": base, "Q": other, "Holder": holder("Q")});
        let found = verdicts((&reference("Holder"), &old), (&reference("Holder"), &new));
        assert_eq!(found, (request.to_owned(), response.to_owned()), "{name}");
    }
}

/// Types that contain themselves, in lists and choices, are compared to their end.
#[test]
fn recursive_types() {
    let list = |name: &str| json!({"type": "array", "items": reference(name)});
    let node = |next: &str, extra: &Value| {
        json!({"type": "object", "required": ["value"], "properties": {
            "value": extra, "next": reference(next), "many": list(next), "any": {"oneOf": [{"type": "string"}, list(next)]}
        }})
    };
    let (text, number) = (json!({"type": "string"}), json!({"type": "integer"}));
    let schemas = json!({
        "A": node("B", &text), "B": node("A", &text),
        "C": node("D", &text), "D": node("C", &text),
        "E": node("F", &text), "F": node("E", &number),
        "L": list("L"), "M": list("M"),
        "U": {"oneOf": [{"type": "string"}, list("U")]}, "V": {"oneOf": [{"type": "string"}, list("V")]}
    });
    for (old, new, verdict) in
        [("A", "C", "safe"), ("A", "E", "breaking"), ("E", "A", "breaking"), ("L", "M", "safe"), ("U", "V", "safe")]
    {
        let found = verdicts((&reference(old), &schemas), (&reference(new), &schemas));
        assert_eq!(found, (verdict.to_owned(), verdict.to_owned()), "{old} and {new}");
    }
}

#[test]
fn constraints_of_inline_bodies() {
    let (none, text) = (json!({}), json!({"type": "string"}));
    let of = |body: &Value| api(body, body, &none);
    let list = |items: Value, most: u64| json!({"type": "array", "maxItems": most, "items": items});
    let long = json!({"type": "string", "maxLength": 10});
    let short = json!({"type": "string", "maxLength": 5});
    assert_eq!(findings(&of(&long), &of(&short)), ["max-size-lowered breaking patch", "max-size-lowered safe patch"]);
    assert_eq!(
        findings(&of(&list(text.clone(), 9)), &of(&list(text.clone(), 3))),
        ["max-size-lowered breaking patch", "max-size-lowered safe patch"]
    );
    let of = |body: Value| api(&list(body, 9), &text, &none);
    assert_eq!(findings(&of(long), &of(short)), ["max-size-lowered breaking patch"]);
}

/// The parts of an `allOf` constrain one value together.
#[test]
fn constraints_of_several_parts() {
    let schemas = |property: Value| {
        json!({"Text": {"type": "string", "maxLength": 10},
            "Holder": {"type": "object", "properties": {"a": property}}})
    };
    let of = |property: Value| api(&reference("Holder"), &json!({"type": "string"}), &schemas(property));
    let plain = of(json!({"type": "string", "maxLength": 5}));
    for same in [
        json!({"allOf": [{"type": "string"}, {"maxLength": 5}]}),
        json!({"allOf": [{"type": "string", "maxLength": 9}, {"maxLength": 5}]}),
    ] {
        assert_eq!(findings(&plain, &of(same.clone())), [""; 0], "{same}");
    }
    let (wide, narrow) = (of(reference("Text")), of(json!({"allOf": [reference("Text"), {"maxLength": 5}]})));
    assert_eq!(findings(&wide, &narrow), ["max-size-lowered breaking patch"]);
}

#[test]
fn texts_are_no_numbers() {
    let none = json!({});
    let of = |property: Value| {
        let body = json!({"type": "object", "properties": {"a": property}});
        api(&body, &json!({"type": "string"}), &none)
    };
    let text = |key: &str, value: &str| of(json!({"type": "string", key: value}));
    assert_eq!(findings(&text("default", "1"), &text("default", "1.0")).len(), 1);
    assert_eq!(findings(&text("pattern", "1"), &text("pattern", "01")).len(), 1);
    let number = |key: &str, value: Value| of(json!({"type": "number", key: value}));
    assert_eq!(findings(&number("default", json!(1)), &number("default", json!(1.0))), [""; 0]);
    let bound = |value: u64| of(json!({"type": "integer", "maximum": value}));
    assert_eq!(
        findings(&bound(9_007_199_254_740_993), &bound(9_007_199_254_740_992)),
        ["maximum-lowered breaking patch"]
    );
    let tenth = number("multipleOf", json!(0.1));
    assert_eq!(findings(&tenth, &number("multipleOf", json!(0.01))), ["multiple-of-relaxed safe patch"]);
}

/// Rust names an enum and a choice alike, and programs use them in different ways.
#[test]
fn an_enum_that_becomes_a_choice() {
    let of = |kind: Value| api(&reference("K"), &json!({"type": "string"}), &json!({"K": kind}));
    let values = of(json!({"type": "string", "enum": ["a", "b"]}));
    let choice = of(json!({"oneOf": [{"type": "string", "enum": ["a", "b"]}, {"type": "integer"}]}));
    for (old, new) in [(&values, &choice), (&choice, &values)] {
        let found = findings(old, new);
        assert!(found.iter().any(|finding| finding.ends_with(" major")), "{found:?}");
    }
}

/// A schema that another type replaces everywhere is one change.
#[test]
fn schemas_in_place_of_other_types() {
    const MARK: &str = r#"/components/schemas/Mark = {"type": "string", "enum": ["a", "b"]}"#;
    const PLACES: [&str; 2] = [
        r##"/components/schemas/New/properties/c = {"$ref": "#/components/schemas/Mark"}"##,
        r##"/components/schemas/New/properties/d = {"$ref": "#/components/schemas/Mark"}"##,
    ];
    check(&[Pair {
        old: &[MARK, PLACES[0], PLACES[1]],
        new: &[
            r#"/components/schemas/New/properties/c = {"type": "string"}"#,
            r#"/components/schemas/New/properties/d = {"type": "string"}"#,
        ],
        forward: &["enum-opened-to-text safe"],
        backward: &["enum-closed-over-text risky"],
    }]);
}

/// A message says what another schema lacks.
#[test]
fn differences_of_other_schemas() {
    let message = |old: &[&str], new: &[&str]| {
        let report = diff(&model(old), &model(new), &[], &Names::default());
        report.findings.iter().map(|finding| finding.change.message.clone()).collect::<Vec<_>>().join("\n")
    };
    let property =
        |name: &str| format!(r##"/components/schemas/New/properties/c = {{"$ref": "#/components/schemas/{name}"}}"##);
    let found = message(&[&property("Aa")], &[&property("Bb")]);
    assert!(found.contains("`New.c`: `Aa` → `Bb` (without `aav`)"), "{found}");
    const MARKS: [&str; 2] = [
        r#"/components/schemas/Few = {"type": "string", "enum": ["a"]}"#,
        r#"/components/schemas/Many = {"type": "string", "enum": ["a", "b"]}"#,
    ];
    let found = message(&[MARKS[0], MARKS[1], &property("Many")], &[MARKS[0], MARKS[1], &property("Few")]);
    assert!(found.contains("`New.c`: `Many` → `Few` (without `b`)"), "{found}");
}

/// A choice that may be `null`, as a body or an element.
#[test]
fn choices_that_may_be_null() {
    let choice =
        |more: &str| format!(r##"{{"oneOf": [{{"$ref": "#/components/schemas/Aa"}}, {{"type": "string"}}{more}]}}"##);
    let of = |more: &str| {
        let (one, list) = (choice(more), format!(r#"{{"type": "array", "items": {}}}"#, choice(more)));
        let body = format!(r#"/paths/~1pets/post/requestBody/content/application~1json = {{"schema": {list}}}"#);
        let response =
            format!(r#"/paths/~1pets~1{{id}}/get/responses/200/content/application~1json = {{"schema": {one}}}"#);
        crate::support::pairs::model(&[V31, &body, &response])
    };
    let (old, new) = (of(""), of(r#", {"type": "null"}"#));
    assert_eq!(findings(&old, &new), ["type-widened breaking major", "type-widened safe major"]);
    assert_eq!(findings(&new, &old), ["type-narrowed breaking major", "type-narrowed safe major"]);
}

/// Keywords beside a reference, or in a part of an `allOf` with one, narrow the schema.
#[test]
fn conditions_beside_references() {
    let of = |schema: &str| {
        model(&[
            V31,
            r#"/components/schemas/Text = {"type": "string"}"#,
            &format!("/components/schemas/New/properties/x = {schema}"),
        ])
    };
    let found = |old: &str, new: &str| findings(&of(old), &of(new));
    let text = r##"{"$ref": "#/components/schemas/Text"}"##;
    for dated in [
        r##"{"$ref": "#/components/schemas/Text", "format": "date-time"}"##,
        r##"{"allOf": [{"$ref": "#/components/schemas/Text"}, {"format": "date-time"}]}"##,
    ] {
        assert_eq!(found(text, dated), ["value-format-added risky patch"]);
        assert_eq!(found(dated, text), ["value-format-removed safe patch"]);
    }
    let (error, required) = (
        r##"{"$ref": "#/components/schemas/Err"}"##,
        r##"{"$ref": "#/components/schemas/Err", "required": ["code"]}"##,
    );
    assert_eq!(found(error, required), ["required-name-added breaking patch"]);
    assert_eq!(found(required, error), ["required-name-removed safe patch"]);
}
