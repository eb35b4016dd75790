//! Passes over the committed documents: pruning, pagination, operations.

use discovery_codegen::model::{Api, NextPage};
use discovery_codegen::parser;
use discovery_codegen::passes::operations;
use discovery_codegen::passes::{pagination, prune::prune};
use discovery_codegen::source::Source;
use std::path::Path;
use std::sync::Arc;

fn vertex_ai() -> Api {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("spec/aiplatform.v1.json");
    parser::read(&Arc::new(Source::new("aiplatform.v1.json", std::fs::read_to_string(path).unwrap()))).unwrap()
}

#[test]
fn pruning_keeps_reachable_schemas() {
    let api = prune(vertex_ai(), &["projects.locations.tuningJobs.**".into()]).unwrap();
    let top = api.schemas.values().filter(|schema| schema.pointer.matches('/').count() == 2).count();
    assert_eq!(top, 103);
    assert!(api.methods.keys().all(|name| name.starts_with("projects.locations.tuningJobs.")));
    // Nested schemas are kept with their owners.
    assert!(api.schemas.contains_key("GoogleCloudAiplatformV1TuningJob.state"));
}

#[test]
fn without_patterns_everything_is_kept() {
    assert_eq!(prune(vertex_ai(), &[]).unwrap(), vertex_ai());
}

#[test]
fn a_pattern_that_matches_no_method_has_a_suggestion() {
    let error = prune(vertex_ai(), &["projects.locations.tuningJob.create".into()]).unwrap_err().render(false);
    assert!(error.contains("did you mean `projects.locations.tuningJobs.create`?"), "{error}");
}

#[test]
fn lists_page_over_their_resource() {
    let api = pagination::infer(vertex_ai());
    let next = NextPage::Token { parameter: "pageToken".to_owned(), property: vec!["nextPageToken".to_owned()] };
    let pages = api.methods["projects.locations.tuningJobs.list"].pagination.as_ref().unwrap();
    assert_eq!((&pages.next, pages.items.as_deref()), (&next, Some("tuningJobs")));
    // The response also has `unreachable`, a list of strings.
    let pages = api.methods["projects.locations.tuningJobs.operations.list"].pagination.as_ref().unwrap();
    assert_eq!(pages.items.as_deref(), Some("operations"));
    assert_eq!(api.methods["projects.locations.tuningJobs.get"].pagination, None);
}

#[test]
fn operations_and_their_polling_paths() {
    let api = operations::infer(vertex_ai());
    let rebase = "projects.locations.tuningJobs.rebaseTunedModel";
    assert!(api.methods[rebase].operation.is_some());
    assert_eq!(api.methods["projects.locations.tuningJobs.operations.get"].operation, None);
    let poll = api.methods[rebase].operation.as_ref().and_then(|operation| operation.poll.as_ref());
    assert_eq!(poll, Some(&api.methods["projects.locations.tuningJobs.operations.get"].path));
}
