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
