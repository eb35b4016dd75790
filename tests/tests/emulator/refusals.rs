//! Requests that are wrong, one fault each, and what the emulator says of them.

use crate::raw::{self, GOOD};
use serde_json::Value;
use std::fmt::Write;
use tuning_emulator::{Emulator, Settings};

const MODELS: &str = "/v1beta/tunedModels";
const JOBS: &str = "/v1/projects/p/locations/us-central1/tuningJobs";

/// A model with nothing wrong but what `with` adds.
fn model(with: &str) -> String {
    format!(
        r#"{{"baseModel":"models/gemini-1.0-pro-001","tuningTask":{{"trainingData":{{"examples":{{"examples":[{{"textInput":"1","output":"2"}}]}}}}}}{with}}}"#
    )
}

fn job(with: &str) -> String {
    format!(r#"{{"baseModel":"b","supervisedTuningSpec":{{"trainingDatasetUri":"gs://a/b"}}{with}}}"#)
}

/// Invalid requests, each with its fault.
fn wrong() -> Vec<(&'static str, &'static str, String, String)> {
    let create = |what, body: String| (what, "POST", MODELS.to_owned(), body);
    let start = |what, body: String| (what, "POST", JOBS.to_owned(), body);
    let get = |what, target: &str| (what, "GET", target.to_owned(), String::new());
    vec![
        create("not JSON", "{\"displayName\": \"x\",".to_owned()),
        create("not an object", "[]".to_owned()),
        create("an unknown name", model(r#","tuningTusk":{}"#)),
        create("an unknown name, deep down", model("").replace("textInput", "textual_input")),
        create("a name twice", model(r#","topK":1,"top_k":2"#)),
        create("two members of a union", model(r#","tunedModelSource":{"tunedModel":"tunedModels/x"}"#)),
        create("no member of a union", r#"{"tuningTask":{"trainingData":{"examples":{"examples":[{"textInput":"1","output":"2"}]}}}}"#.to_owned()),
        create("what is required", r#"{"baseModel":"models/gemini-1.0-pro-001"}"#.to_owned()),
        create("what is required, deep down", r#"{"baseModel":"models/gemini-1.0-pro-001","tuningTask":{"trainingData":{"examples":{"examples":[{"textInput":"1"}]}}}}"#.to_owned()),
        create("text for a number", model(r#","temperature":"warm""#)),
        create("a fraction for a whole number", model(r#","topK":1.5"#)),
        create("a number out of range", model(r#","topK":4294967296"#)),
        create("a number for text", model(r#","displayName":5"#)),
        create("a name that is too long", model(&format!(r#","displayName":"{}""#, "x".repeat(41)))),
        create("a model that is not there", model("").replace("gemini-1.0-pro-001", "gemini-0")),
        create("a model that cannot be tuned", model("").replace("gemini-1.0-pro-001", "gemini-1.5-pro")),
        start(
            "an unknown value of an enum",
            job("").replace("{\"training", "{\"hyperParameters\":{\"adapterSize\":\"ADAPTER_SIZE_SEVEN\"},\"training"),
        ),
        start("two members of a union", job(r#","preTunedModel":{"tunedModelName":"x"}"#)),
        start("not in Cloud Storage", job("").replace("gs:", "s3:")),
        start("a map of another kind", job(r#","labels":{"a":1}"#)),
        start("an int64 that is none", job("").replace("{\"training", "{\"hyperParameters\":{\"epochCount\":\"1.5\"},\"training")),
        ("a location that is not there", "POST", JOBS.replace("us-central1", "us-centrall1"), job("")),
        get("an unknown parameter", "/v1beta/tunedModels?pagesize=2"),
        get("a parameter that is no number", "/v1beta/tunedModels?pageSize=two"),
        get("a parameter twice", "/v1beta/tunedModels?pageSize=2&page_size=3"),
        get("a token of no page", "/v1beta/tunedModels?pageToken=x"),
        get("an answer in no known form", "/v1beta/tunedModels?alt=xml"),
        get("nothing of this name", "/v1beta/tunedModels/x"),
        get("a name that is none", "/v1beta/tunedModels/x/y"),
        get("no such method", "/v1beta4/tunedModels"),
        ("a required parameter is missing", "PATCH", "/v1beta/tunedModels/x/permissions/y".to_owned(), r#"{"role":"READER"}"#.to_owned()),
        ("a body where none is", "GET", MODELS.to_owned(), "{}".to_owned()),
        ("an id that is none", "POST", format!("{MODELS}?tunedModelId=X"), model("")),
    ]
}

#[test]
fn each_fault_of_a_request_is_told() {
    let emulator = Emulator::start(Settings::new()).expect("there is a port");
    let mut told = String::new();
    let wrong = wrong();
    for (what, verb, target, body) in &wrong {
        let (status, answer) = raw::send(&emulator, verb, target, GOOD, body);
        assert!(status >= 400, "{what}: {answer}");
        writeln!(told, "{what}\n  {}", shown(status, &answer)).expect("text takes text");
    }
    assert!(emulator.journal().iter().all(|entry| !entry.done), "nothing of it was done");
    insta::assert_snapshot!(told);
}

/// A refusal in a line: of one that is no JSON, its first.
fn shown(status: u16, answer: &str) -> String {
    let Ok(answer) = serde_json::from_str::<Value>(answer) else {
        return format!("{status} {}", answer.lines().nth(2).unwrap_or_default().trim());
    };
    let error = &answer["error"];
    let mut line = format!("{status} {}: {}", error["status"].as_str().unwrap_or_default(), error["message"]);
    for detail in error["details"].as_array().into_iter().flatten() {
        for violation in detail["fieldViolations"].as_array().into_iter().flatten() {
            write!(line, "\n    {}: {}", violation["field"], violation["description"]).expect("text takes text");
        }
        if let Some(reason) = detail.get("reason") {
            write!(line, " {reason}").expect("text takes text");
        }
    }
    line
}

#[test]
fn who_may_call_what() {
    let settings = Settings::new().with_token("good").with_api_key("good");
    let emulator = Emulator::start(settings).expect("there is a port");
    let project = "x-goog-user-project: p\r\n";
    let callers = [
        ("nobody", String::new()),
        ("a token", format!("authorization: Bearer good\r\n{project}")),
        ("a token, and no project", "authorization: Bearer good\r\n".to_owned()),
        ("a token that is not good", format!("authorization: Bearer bad\r\n{project}")),
        ("another scheme", format!("authorization: Basic good\r\n{project}")),
        ("a key", "x-goog-api-key: good\r\n".to_owned()),
        ("a key that is not good", "x-goog-api-key: bad\r\n".to_owned()),
    ];
    let mut table = String::new();
    for target in ["/v1beta/models", "/v1beta/tunedModels", "/v1/projects/p/locations/us-central1/tuningJobs"] {
        writeln!(table, "{target}").expect("text takes text");
        for (who, headers) in &callers {
            let (status, answer) = raw::send(&emulator, "GET", target, headers, "");
            let answer = if status == 200 { "200".to_owned() } else { shown(status, &answer) };
            writeln!(table, "  {who:<24} {answer}").expect("text takes text");
        }
    }
    let (status, _) = raw::send(&emulator, "GET", "/v1beta/models?key=good", "", "");
    assert_eq!(status, 200);
    assert!(!format!("{:?}", emulator.journal()).contains("good"), "the journal keeps no credentials");
    insta::assert_snapshot!(table);
}
