//! Pairs of Discovery documents with their findings.

use crate::support::examples::{edit, garden};
use crate::support::pairs::findings;
use discovery_codegen::diff::{Bump, Report, diff};
use discovery_codegen::parser;
use discovery_codegen::rust::naming::Names;
use discovery_codegen::source::Source;
use std::sync::Arc;

/// Compares the document with an edited one.
fn review(edits: &[&str]) -> Report {
    let model = |edits: &[&str]| {
        let source = Arc::new(Source::new("garden.json", edit(garden(), edits).to_string()));
        parser::read(&source).unwrap_or_else(|errors| panic!("{edits:?}: {errors}"))
    };
    diff(&model(&[]), &model(edits), &[], &Names::default())
}

/// Checks the only finding: its rule and wire verdict, its verdict for Rust, and a part of its message.
#[track_caller]
fn check(edits: &[&str], finding: &str, rust: Bump, message: &str) {
    let report = review(edits);
    assert_eq!(findings(&report), [finding], "{edits:?}");
    assert_eq!(report.semver(), Some(rust), "{edits:?}");
    let found = report.findings.iter().map(|finding| finding.change.message.as_str()).collect::<String>();
    assert!(found.contains(message), "{edits:?}: {found}");
}

/// A path whose variables are single segments is the URL, whatever the flat path is.
#[test]
fn paths_without_their_flat_paths() {
    check(
        &[r#"/resources/beds/methods/create/path = "v1/bed""#],
        "path-changed breaking",
        Bump::Patch,
        "`v1/beds` → `v1/bed`",
    );
}

#[test]
fn modules_are_named_after_the_version() {
    check(&[r#"/version = "v2""#], "module-renamed safe", Bump::Major, "`garden_v1` → `garden_v2`");
}

#[test]
fn types_of_parameters_of_every_method() {
    let fields = r#"/parameters = {"count": {"type": "integer", "location": "query"}}"#;
    let model = |edits: &[&str]| {
        let source = Arc::new(Source::new("garden.json", edit(garden(), edits).to_string()));
        parser::read(&source).unwrap_or_else(|errors| panic!("{edits:?}: {errors}"))
    };
    let (old, new) = (model(&[fields]), model(&[fields, r#"/parameters/count/type = "string""#]));
    for (from, to, expected) in [(&old, &new, "type-widened safe"), (&new, &old, "type-narrowed breaking")] {
        let report = diff(from, to, &[], &Names::default());
        assert_eq!((findings(&report), report.semver()), (vec![expected.to_owned()], Some(Bump::Patch)));
    }
}

#[test]
fn endpoints_of_mutual_tls() {
    check(
        &[r#"/mtlsRootUrl = "https://garden.mtls.googleapis.com""#],
        "endpoint-added safe",
        Bump::Patch,
        "`none` → `https://garden.mtls.googleapis.com/`",
    );
}

/// The description that states the behavior of a property is no other change.
#[test]
fn descriptions_that_state_behavior() {
    check(
        &[r#"/schemas/Plant/properties/label/description = "Output only. The label.""#],
        "property-read-only risky",
        Bump::Patch,
        "`Plant.label` becomes read-only",
    );
}

#[test]
fn limits_of_uploads_are_named() {
    check(
        &[r#"/resources/photos/methods/insert/mediaUpload/maxSize = "5MB""#],
        "upload-size-lowered breaking",
        Bump::Patch,
        "`10485760 bytes` → `5242880 bytes`",
    );
    check(
        &[r#"/resources/photos/methods/insert/mediaUpload/accept = ["image/png", "image/gif"]"#],
        "upload-types-widened safe",
        Bump::Patch,
        "`image/png` → `image/png, image/gif`",
    );
}

/// Methods accept the new name of a scope, which is no other change.
#[test]
fn renamed_scopes() {
    check(
        &[
            r#"/auth/oauth2/scopes = {"https://x.com/auth/garden": {"description": "Do all."}, "https://x.com/auth/look": {"description": "See plants."}}"#,
            r#"/resources/plants/methods/get/scopes = ["https://x.com/auth/garden", "https://x.com/auth/look"]"#,
        ],
        "scope-renamed breaking",
        Bump::Patch,
        "`https://x.com/auth/look`",
    );
}

#[test]
fn uploads_of_any_media_type() {
    const ACCEPT: &str = "/resources/photos/methods/insert/mediaUpload/accept";
    let model = |accept: &str| {
        let edit = edit(garden(), &[&format!("{ACCEPT} = {accept}")]);
        parser::read(&Arc::new(Source::new("garden.json", edit.to_string()))).unwrap()
    };
    let (stated, none) = (model(r#"["*/*"]"#), model("[]"));
    assert_eq!(findings(&diff(&none, &stated, &[], &Names::default())), [""; 0]);
    assert_eq!(findings(&diff(&stated, &none, &[], &Names::default())), [""; 0]);
}

/// One method with another URL is no other prefix of every path.
#[test]
fn paths_that_do_not_follow_the_service_path() {
    let paths = |edited: &mut serde_json::Value, keep: &str| {
        edited["servicePath"] = "v1/".into();
        let mut resources: Vec<&mut serde_json::Value> = vec![&mut edited["resources"]];
        while let Some(level) = resources.pop() {
            for (_, resource) in level.as_object_mut().unwrap() {
                let resource = resource.as_object_mut().unwrap();
                for (key, part) in resource {
                    match key.as_str() {
                        "methods" => {
                            for (_, method) in part.as_object_mut().unwrap() {
                                for key in ["path", "flatPath"] {
                                    let text = method[key].as_str().map(str::to_owned);
                                    if let (Some(text), true) = (text, method["id"] != keep) {
                                        method[key] = text.replacen("v1/", "", 1).into();
                                    }
                                }
                            }
                        }
                        "resources" => resources.push(part),
                        _ => {}
                    }
                }
            }
        }
    };
    let read = |keep: Option<&str>| {
        let mut document = garden();
        if let Some(keep) = keep {
            paths(&mut document, keep);
        }
        parser::read(&Arc::new(Source::new("garden.json", document.to_string()))).unwrap()
    };
    let old = read(None);
    assert_eq!(findings(&diff(&old, &read(Some("")), &[], &Names::default())), [""; 0]);
    let report = diff(&old, &read(Some("garden.beds.create")), &[], &Names::default());
    assert_eq!(findings(&report), ["path-changed breaking"]);
}

/// The property of the items explains their pages.
#[test]
fn items_of_pages_under_another_name() {
    let model = |edits: &[&str]| {
        let edited = edit(garden(), edits);
        crate::support::read(&Arc::new(Source::new("garden.json", edited.to_string())))
    };
    let (old, new) = (
        model(&[]),
        model(&[
            "/schemas/TreeList/properties/trees = null",
            r#"/schemas/TreeList/properties/items = {"type": "array", "items": {"$ref": "Tree"}}"#,
        ]),
    );
    assert_eq!(findings(&diff(&old, &new, &[], &Names::default())), ["property-renamed risky"]);
}

/// A property may select the schema of an object.
#[test]
fn variants_of_a_schema() {
    const MAP: &str =
        r##"/schemas/Plant/variant = {"discriminant": "label", "map": [{"type_value": "tree", "$ref": "Tree"}]}"##;
    check(&[MAP], "other-constraint-added risky", Bump::Patch, "label: tree → Tree");
}
