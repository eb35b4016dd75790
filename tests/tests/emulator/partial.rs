//! Partial responses: exactly the fields that `fields` selects.

use crate::raw::ask;
use serde_json::{Value, json};
use tuning_emulator::{Emulator, Settings};

const JOBS: &str = "/v1/projects/p/locations/us-central1/tuningJobs";

#[test]
fn responses_have_only_selected_fields() {
    let emulator = Emulator::start(Settings::new()).expect("the emulator starts");
    let job = json!({
        "baseModel": "gemini-2.0-flash-001",
        "tunedModelDisplayName": "numbers",
        "labels": {"team": "numbers", "cost": "low"},
        "supervisedTuningSpec": {
            "trainingDatasetUri": "gs://a/b.jsonl",
            "hyperParameters": {"epochCount": "3", "learningRateMultiplier": 0.5},
        },
    });
    let get = |fields: &str, expected: Value| {
        assert_eq!(ask(&emulator, "GET", &format!("{JOBS}?fields={fields}"), ""), (200, expected), "{fields}");
    };
    let (status, created) = ask(&emulator, "POST", &format!("{JOBS}?fields=name"), &job.to_string());
    assert_eq!((status, created.as_object().map(serde_json::Map::len)), (200, Some(1)), "{created}");
    let name = &created["name"];

    let one = |job: Value| json!({"tuningJobs": [job]});
    get("tuningJobs/name", one(json!({"name": name})));
    get("tuning_jobs(name,labels/team)", one(json!({"name": name, "labels": {"team": "numbers"}})));
    get(
        "tuningJobs(supervisedTuningSpec/hyperParameters/*)",
        one(json!({"supervisedTuningSpec": {
            "hyperParameters": {"epochCount": "3", "learningRateMultiplier": 0.5},
        }})),
    );
    get("*/baseModel,nextPageToken", one(json!({"baseModel": "gemini-2.0-flash-001"})));
    get("nextPageToken", json!({}));
}

#[test]
fn invalid_selections_are_rejected_before_execution() {
    let emulator = Emulator::start(Settings::new()).expect("the emulator starts");
    for (fields, fault) in [
        ("nmae", "unknown field `nmae`"),
        ("supervisedTuningSpec/hyperParameters(epochs)", "unknown field `epochs`"),
        ("name/first", "unknown field `first`"),
        ("name,", "\"name,\" is not a list of fields"),
        ("labels(team", "\"labels(team\" is not a list of fields"),
        ("labels(team))", "\"labels(team))\" is not a list of fields"),
    ] {
        let job = r#"{"baseModel":"b","supervisedTuningSpec":{"trainingDatasetUri":"gs://a/b"}}"#;
        let (status, answer) = ask(&emulator, "POST", &format!("{JOBS}?fields={fields}"), job);
        let violation = &answer["error"]["details"][0]["fieldViolations"][0];
        assert_eq!((status, violation), (400, &json!({"field": "fields", "description": fault})), "{fields}: {answer}");
    }
    assert_eq!(ask(&emulator, "GET", JOBS, "").1, json!({}), "no job was created");
}
