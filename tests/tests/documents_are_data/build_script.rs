//! Directives that a build script prints for Cargo.

use crate::FEW;
use crate::cases::{Case, SUBJECTS, all_at_once, one_at_a_time};
use discovery_fuzz::generator::TestInput;
use discovery_fuzz::hostile::{TEXTS, command, control};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Runs the builder on an input in a folder, as a build script. Returns `true` on success, and its output for Cargo.
fn directives(folder: &Path, input: &TestInput) -> (bool, String) {
    let spec = folder.join(input.name);
    fs::write(&spec, &input.document).unwrap();
    let overlay = spec.with_extension("overlay.toml");
    fs::write(&overlay, input.overlay.as_deref().unwrap_or_default()).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_build_script")).arg(&spec).env("OUT_DIR", folder).output().unwrap();
    (output.status.success(), String::from_utf8(output.stdout).unwrap())
}

/// Checks that each line is a directive of the builder's own. Returns the number of warnings.
fn check(input: &TestInput, place: &str) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let (_, hostile) = directives(folder.path(), input);
    let mut warnings = 0;
    for line in hostile.lines() {
        let is_warning = line.starts_with("cargo::warning=");
        let known = line.strip_prefix("cargo::rerun-if-changed=").is_some_and(|path| path.starts_with('/'));
        assert!(is_warning || known, "{place}: {hostile}");
        assert_eq!(control(line), None, "{place}: {line:?}");
        assert_eq!(command(line), None, "{place}");
        warnings += usize::from(is_warning);
    }
    warnings
}

#[test]
fn hostile_texts_add_no_directives() {
    let with_line_ends = |case: &Case| case.text.contains(['\n', '\r', '\u{1b}', '\u{2028}']);
    let cases = SUBJECTS[..4].iter().flat_map(|subject| one_at_a_time(subject, FEW)).filter(with_line_ends).step_by(20);
    for case in cases.chain(all_at_once().into_iter().filter(with_line_ends)) {
        check(&case.hostile, &format!("{}: {:?}", case.place, case.text));
    }
}

/// A Discovery document with a property of this name, which looks like a member of a union of its overlay.
fn suspect(name: &str) -> TestInput {
    let text = json!({"type": "string"});
    let mut properties = json!({"fooSource": text, "barSource": text});
    properties[format!("{name}Source")] = text;
    let document = json!({
        "name": "a", "version": "v1", "rootUrl": "https://a.example.com/", "servicePath": "",
        "schemas": {"A": {"id": "A", "type": "object", "properties": properties}}
    });
    let overlay = "[schemas.A.unions.source]\nmembers = [\"fooSource\", \"barSource\"]\n\
        source = { kind = \"manual\", ref = \"x\" }\n";
    TestInput { overlay: Some(overlay.to_owned()), ..TestInput::new("x.json", document.to_string()) }
}

/// An OpenAPI document with parts of this name that are left out, or interpreted differently.
fn left_out(name: &str) -> TestInput {
    let parameter = |place: &str| json!({"name": name, "in": place, "schema": {"type": "string"}});
    let unresolved: Value = json!({"$ref": format!("#/components/schemas/{name}")});
    let operation = json!({
        "operationId": "get",
        "parameters": [parameter("cookie"), parameter(name)],
        "responses": {"200": {"description": "", "content": {name: {"schema": unresolved}}}}
    });
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "A", "version": "1"},
        "servers": [{"url": "https://a.example.com"}, {"url": name}],
        "paths": {"/a": {"get": operation}},
        "components": {"schemas": {"A": {"type": "object", "required": [name], "properties": {
            name: {"type": name}, "a": {"type": "string", "format": name}, "b": unresolved
        }, "x-unions": {"u": [name, name]}}}}
    });
    TestInput::new("x.json", document.to_string())
}

#[test]
fn warnings_about_hostile_names_are_single_lines() {
    for text in TEXTS {
        for (input, place) in [(suspect(text), "suspect"), (left_out(text), "left out")] {
            let warnings = check(&input, &format!("{place}: {text:?}"));
            assert!(warnings > 0, "{place}: {text:?}: no warning");
        }
    }
}
