//! Partial answers: what `fields` selects, and nothing else.

use crate::raw::ask;
use serde_json::{Value, json};
use tuning_emulator::{Emulator, Settings};

const JOBS: &str = "/v1/projects/p/locations/us-central1/tuningJobs";

#[test]
fn an_answer_holds_what_is_selected() {
    let emulator = Emulator::start(Settings::new()).expect("there is a port");
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
    let (status, made) = ask(&emulator, "POST", &format!("{JOBS}?fields=name"), &job.to_string());
    assert_eq!((status, made.as_object().map(serde_json::Map::len)), (200, Some(1)), "{made}");
    let name = &made["name"];

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
fn what_cannot_be_selected_is_refused_and_nothing_is_done() {
    let emulator = Emulator::start(Settings::new()).expect("there is a port");
    for (fields, fault) in [
        ("nmae", "there is no `nmae` to select"),
        ("supervisedTuningSpec/hyperParameters(epochs)", "there is no `epochs` to select"),
        ("name/first", "there is no `first` to select"),
        ("name,", "\"name,\" is not a list of fields"),
        ("labels(team", "\"labels(team\" is not a list of fields"),
        ("labels(team))", "\"labels(team))\" is not a list of fields"),
    ] {
        let job = r#"{"baseModel":"b","supervisedTuningSpec":{"trainingDatasetUri":"gs://a/b"}}"#;
        let (status, answer) = ask(&emulator, "POST", &format!("{JOBS}?fields={fields}"), job);
        let violation = &answer["error"]["details"][0]["fieldViolations"][0];
        assert_eq!((status, violation), (400, &json!({"field": "fields", "description": fault})), "{fields}: {answer}");
    }
    assert_eq!(ask(&emulator, "GET", JOBS, "").1, json!({}), "no job was made");
}
