//! Requests of the tutorials, as curl and Python's `requests` send them.

use crate::raw;
use conformance::{figure, project};
use serde::Deserialize;
use serde_json::{Value, json};
use tuning_emulator::{Emulator, Settings};

#[derive(Deserialize)]
struct Call {
    seed: String,
    by: String,
    method: String,
    http_method: String,
    url: String,
    body: Option<String>,
}

/// Names that the service assigned, in place of those in the tutorials.
#[derive(Default)]
struct Assigned {
    model: String,
    operation: String,
    job: String,
}

impl Assigned {
    fn note(&mut self, answer: &Value) {
        let name = answer["name"].as_str().unwrap_or_default();
        if name.contains("/operations/") {
            name.clone_into(&mut self.operation);
            name.split("/operations/").next().unwrap_or_default().clone_into(&mut self.model);
        } else if name.contains("/tuningJobs/") {
            name.clone_into(&mut self.job);
        }
    }

    /// Returns the target of a request with the assigned names.
    fn target(&self, url: &str) -> String {
        let path = &url["https://".len()..];
        let path = &path[path.find('/').expect("the URL has a path")..];
        let action = path.rfind(':').map_or("", |at| &path[at..]);
        match path.split_once("/tunedModels/").map(|(version, rest)| (version, rest.contains("/operations/"))) {
            Some((version, true)) => format!("{version}/{}", self.operation),
            Some((version, false)) => format!("{version}/{}{action}", self.model),
            None if path.contains("/tuningJobs/") => format!("/v1/{}{action}", self.job),
            None => path.to_owned(),
        }
    }
}

#[test]
fn every_request_of_the_tutorials_succeeds() {
    let calls: Vec<Call> =
        serde_json::from_str(&project::text("tests/fixtures/seeds/requests.json")).expect("the file is JSON");
    let mut runs: Vec<(String, Vec<Call>)> = Vec::new();
    for call in calls {
        let run = format!("{} by {}", call.seed, call.by);
        match runs.last_mut().filter(|(last, _)| *last == run) {
            Some((_, calls)) => calls.push(call),
            None => runs.push((run, vec![call])),
        }
    }
    let mut answered = 0;
    let mut output_lines = Vec::new();
    for (run, calls) in &runs {
        let emulator = Emulator::start(Settings::new()).expect("the emulator starts");
        let mut assigned = Assigned::default();
        for Call { method, http_method, url, body, .. } in calls {
            if method.contains("generate") {
                // The tutorials wait until the model is ready.
                let done = (0..20).any(|_| {
                    let (_, operation) = raw::ask(&emulator, "GET", &format!("/v1/{}", assigned.operation), "");
                    operation["done"] == true
                });
                assert!(done, "{run}: {} does not end", assigned.operation);
            }
            let target = assigned.target(url);
            let sent =
                body.as_ref().map_or_else(String::new, |file| project::text(&format!("tests/fixtures/seeds/{file}")));
            let (status, answer) = raw::ask(&emulator, http_method, &target, &sent);
            if body.as_deref() == Some("002_create_request_syntax.json") {
                // The tutorial has dots instead of a dataset.
                assert_eq!(status, 400, "{run}: {target}: {answer:#}");
                continue;
            }
            assert_eq!(status, 200, "{run}: {target}: {answer:#}");
            assigned.note(&answer);
            answered += 1;
            let output = answer.pointer("/candidates/0/output");
            let output = output.or_else(|| answer.pointer("/candidates/0/content/parts/0/text"));
            output_lines.extend(output.map(|output| format!("{run}: {output}")));
            if method == "tunedModels.create" {
                let metadata = &answer["metadata"];
                output_lines.push(format!("{run}: {} steps", metadata["totalSteps"]));
                assert_eq!(metadata["tunedModel"], assigned.model.as_str());
            }
        }
    }
    figure::print(&format!("tutorials against the emulator: {answered} requests in {} runs", runs.len()));
    insta::assert_snapshot!(output_lines.join("\n"));
}

/// Polls an operation as the tutorials do.
#[test]
fn polls_have_the_fields_that_the_tutorials_read() {
    let emulator = Emulator::start(Settings::new()).expect("the emulator starts");
    let sent = project::text("tests/fixtures/seeds/000_create_request_python.json");
    let (_, started) = raw::ask(&emulator, "POST", "/v1beta3/tunedModels", &sent);
    assert_eq!(started.pointer("/metadata/completedPercent"), None, "no step is complete yet");
    let target = format!("/v1/{}", started["name"].as_str().expect("the operation has a name"));
    let (mut percents, mut operation) = (Vec::new(), json!({}));
    while operation["response"].is_null() && operation["error"].is_null() {
        operation = raw::ask(&emulator, "GET", &target, "").1;
        let last = operation.pointer("/metadata/snapshots").and_then(|s| s.as_array()?.last().cloned());
        percents.push(
            operation.pointer("/metadata/completedPercent").and_then(Value::as_f64).expect("the progress is stated"),
        );
        assert_eq!(last.expect("there is a snapshot")["step"], operation["metadata"]["completedSteps"]);
    }
    assert_eq!(percents.len(), 8);
    assert!(percents.is_sorted() && percents[7] == 100.0, "{percents:?}");
    assert_eq!(operation["response"]["state"], "ACTIVE");
}
