//! Error responses of the emulator to invalid requests, with one fault each.

use crate::raw::{self, GOOD};
use serde_json::Value;
use std::fmt::Write;
use tuning_emulator::{Emulator, Settings};

const MODELS: &str = "/v1beta/tunedModels";
const JOBS: &str = "/v1/projects/p/locations/us-central1/tuningJobs";

/// Returns a valid model with additional JSON.
fn model(with: &str) -> String {
    format!(
        r#"{{"baseModel":"models/gemini-1.0-pro-001","tuningTask":{{"trainingData":{{"examples":{{"examples":[{{"textInput":"1","output":"2"}}]}}}}}}{with}}}"#
    )
}

fn job(with: &str) -> String {
    format!(r#"{{"baseModel":"b","supervisedTuningSpec":{{"trainingDatasetUri":"gs://a/b"}}{with}}}"#)
}

/// Invalid requests, each with its fault.
fn invalid_requests() -> Vec<(&'static str, &'static str, String, String)> {
    let create = |subject, body: String| (subject, "POST", MODELS.to_owned(), body);
    let start = |subject, body: String| (subject, "POST", JOBS.to_owned(), body);
    let get = |subject, target: &str| (subject, "GET", target.to_owned(), String::new());
    vec![
        create("not JSON", "{\"displayName\": \"x\",".to_owned()),
        create("not an object", "[]".to_owned()),
        create("an unknown field", model(r#","tuningTusk":{}"#)),
        create("an unknown nested field", model("").replace("textInput", "textual_input")),
        create("a duplicate field", model(r#","topK":1,"top_k":2"#)),
        create("two members of a union", model(r#","tunedModelSource":{"tunedModel":"tunedModels/x"}"#)),
        create("no member of a union", r#"{"tuningTask":{"trainingData":{"examples":{"examples":[{"textInput":"1","output":"2"}]}}}}"#.to_owned()),
        create("a missing required field", r#"{"baseModel":"models/gemini-1.0-pro-001"}"#.to_owned()),
        create("a missing nested required field", r#"{"baseModel":"models/gemini-1.0-pro-001","tuningTask":{"trainingData":{"examples":{"examples":[{"textInput":"1"}]}}}}"#.to_owned()),
        create("text for a number", model(r#","temperature":"warm""#)),
        create("a fraction for a whole number", model(r#","topK":1.5"#)),
        create("a number out of range", model(r#","topK":4294967296"#)),
        create("a number for text", model(r#","displayName":5"#)),
        create("a name that is too long", model(&format!(r#","displayName":"{}""#, "x".repeat(41)))),
        create("a missing model", model("").replace("gemini-1.0-pro-001", "gemini-0")),
        create("a model that cannot be tuned", model("").replace("gemini-1.0-pro-001", "gemini-1.5-pro")),
        start(
            "an unknown value of an enum",
            job("").replace("{\"training", "{\"hyperParameters\":{\"adapterSize\":\"ADAPTER_SIZE_SEVEN\"},\"training"),
        ),
        start("two members of a union", job(r#","preTunedModel":{"tunedModelName":"x"}"#)),
        start("not in Cloud Storage", job("").replace("gs:", "s3:")),
        start("a map of another kind", job(r#","labels":{"a":1}"#)),
        start("an invalid int64", job("").replace("{\"training", "{\"hyperParameters\":{\"epochCount\":\"1.5\"},\"training")),
        ("an unknown location", "POST", JOBS.replace("us-central1", "us-centrall1"), job("")),
        get("an unknown parameter", "/v1beta/tunedModels?pagesize=2"),
        get("an invalid integer parameter", "/v1beta/tunedModels?pageSize=two"),
        get("a duplicate parameter", "/v1beta/tunedModels?pageSize=2&page_size=3"),
        get("an invalid page token", "/v1beta/tunedModels?pageToken=x"),
        get("an unsupported response format", "/v1beta/tunedModels?alt=xml"),
        get("a missing resource", "/v1beta/tunedModels/x"),
        get("an invalid resource name", "/v1beta/tunedModels/x/y"),
        get("an unknown method", "/v1beta4/tunedModels"),
        ("a required parameter is missing", "PATCH", "/v1beta/tunedModels/x/permissions/y".to_owned(), r#"{"role":"READER"}"#.to_owned()),
        ("an unexpected body", "GET", MODELS.to_owned(), "{}".to_owned()),
        ("an invalid identifier", "POST", format!("{MODELS}?tunedModelId=X"), model("")),
    ]
}

#[test]
fn error_responses() {
    let emulator = Emulator::start(Settings::new()).expect("the emulator starts");
    let mut output = String::new();
    let invalid = invalid_requests();
    for (subject, verb, target, body) in &invalid {
        let (status, answer) = raw::send(&emulator, verb, target, GOOD, body);
        assert!(status >= 400, "{subject}: {answer}");
        writeln!(output, "{subject}\n  {}", summary(status, &answer)).expect("writing to a string succeeds");
    }
    assert!(emulator.journal().iter().all(|entry| !entry.done), "no method was executed");
    insta::assert_snapshot!(output);
}

/// Returns an error response as text; of one that is not JSON, the first line.
fn summary(status: u16, answer: &str) -> String {
    let Ok(answer) = serde_json::from_str::<Value>(answer) else {
        return format!("{status} {}", answer.lines().nth(2).unwrap_or_default().trim());
    };
    let error = &answer["error"];
    let mut line = format!("{status} {}: {}", error["status"].as_str().unwrap_or_default(), error["message"]);
    for detail in error["details"].as_array().into_iter().flatten() {
        for violation in detail["fieldViolations"].as_array().into_iter().flatten() {
            write!(line, "\n    {}: {}", violation["field"], violation["description"])
                .expect("writing to a string succeeds");
        }
        if let Some(reason) = detail.get("reason") {
            write!(line, " {reason}").expect("writing to a string succeeds");
        }
    }
    line
}

#[test]
fn authentication() {
    let settings = Settings::new().with_token("good").with_api_key("good");
    let emulator = Emulator::start(settings).expect("the emulator starts");
    let project = "x-goog-user-project: p\r\n";
    let callers = [
        ("nobody", String::new()),
        ("a token", format!("authorization: Bearer good\r\n{project}")),
        ("a token but no project", "authorization: Bearer good\r\n".to_owned()),
        ("an invalid token", format!("authorization: Bearer bad\r\n{project}")),
        ("another scheme", format!("authorization: Basic good\r\n{project}")),
        ("a key", "x-goog-api-key: good\r\n".to_owned()),
        ("an invalid key", "x-goog-api-key: bad\r\n".to_owned()),
    ];
    let mut table = String::new();
    for target in ["/v1beta/models", "/v1beta/tunedModels", "/v1/projects/p/locations/us-central1/tuningJobs"] {
        writeln!(table, "{target}").expect("writing to a string succeeds");
        for (caller, headers) in &callers {
            let (status, answer) = raw::send(&emulator, "GET", target, headers, "");
            let answer = if status == 200 { "200".to_owned() } else { summary(status, &answer) };
            writeln!(table, "  {caller:<24} {answer}").expect("writing to a string succeeds");
        }
    }
    let (status, _) = raw::send(&emulator, "GET", "/v1beta/models?key=good", "", "");
    assert_eq!(status, 200);
    assert!(!format!("{:?}", emulator.journal()).contains("good"), "the journal contains no credentials");
    insta::assert_snapshot!(table);
}
