//! Faults while running a tuning job of Vertex AI.

use crate::{kind, retry_until_success, table};
use discovery_runtime::http::{Error, Step};
use google_ai_tuning::aiplatform_v1::{Client, types::*};
use std::time::Duration;
use tuning_emulator::{Emulator, Settings};

const PARENT: &str = "projects/p/locations/us-central1";

/// Points of a run in order, each with the method and the number of the call that fails.
const POINTS: [(&str, usize); 6] = [
    ("projects.locations.tuningJobs.create", 1),
    ("projects.locations.tuningJobs.get", 1),
    // The poll that returns the result.
    ("projects.locations.tuningJobs.get", 8),
    ("projects.locations.tuningJobs.list", 1),
    ("projects.locations.models.get", 1),
    ("projects.locations.endpoints.generateContent", 1),
];

fn client(emulator: &Emulator) -> Client {
    crate::client(Client::builder(), emulator)
}

fn job() -> TuningJob {
    let spec = SupervisedTuningSpec::default().set_training_dataset_uri("gs://a/b.jsonl");
    TuningJob::default().set_base_model("gemini-1.5-pro-002").set_supervised_tuning_spec(spec)
}

/// Performs a complete run, and returns the errors that the caller saw.
async fn run(emulator: &Emulator) -> Vec<String> {
    let client = client(emulator);
    let locations = client.projects().locations();
    let jobs = locations.tuning_jobs();
    let mut errors = Vec::new();
    let ended = match tune(&client, None, &mut errors).await {
        Some(job) => job,
        // The response of `create` was lost, so the list shows if the job was created.
        None => {
            let listed = retry_until_success(|| jobs.list(PARENT).send(), &mut errors).await.tuning_jobs;
            let name = listed.into_iter().next().and_then(|job| job.name);
            tune(&client, name.as_deref(), &mut errors).await.expect("the second attempt succeeds")
        }
    };
    assert_eq!(ended.state, Some(tuning_job::State::Succeeded));
    let listed = retry_until_success(|| jobs.list(PARENT).send(), &mut errors).await.tuning_jobs;
    assert_eq!(listed.len(), 1);
    let output = ended.tuned_model.expect("the tuned model is set");
    let (model, endpoint) = (output.model.expect("the name is set"), output.endpoint.expect("the name is set"));
    let model = retry_until_success(|| locations.models().get(&model).send(), &mut errors).await;
    assert_eq!(model.version_id.as_deref(), Some("1"));
    let content = Content::default().set_role("user").set_parts([Part::default().set_text("LXIII")]);
    let request = || GenerateContentRequest::default().set_contents([content.clone()]);
    let reply =
        retry_until_success(|| locations.endpoints().generate_content(&endpoint, request()).send(), &mut errors).await;
    let answer = reply.candidates[0].content.as_ref().map(|content| content.parts[0].data.clone());
    assert_eq!(answer, Some(Some(part::Data::Text("LXIV".to_owned()))));
    errors
}

/// Runs a job, or polls a running one, and repeats failed polls; `None` if the call of `create` fails with an unknown
/// outcome.
async fn tune(client: &Client, name: Option<&str>, errors: &mut Vec<String>) -> Option<TuningJob> {
    let jobs = client.projects().locations().tuning_jobs();
    let poller = match name {
        Some(name) => jobs.create_operation(name).poller(),
        None => jobs.create(PARENT, job()).poller(),
    };
    let mut poller = poller.with_interval(Duration::from_millis(1));
    loop {
        match poller.next().await? {
            Ok(Step::Done(job)) => return Some(job),
            Ok(_) => {}
            Err(error) => errors.push(kind(&error)),
        }
    }
}

#[tokio::test]
async fn each_fault_at_each_point_of_a_run() {
    insta::assert_snapshot!(table(&POINTS, "projects.locations.tuningJobs.create", run).await);
}

#[tokio::test]
async fn failed_and_cancelled_jobs_are_errors() {
    let emulator = Emulator::start(Settings::new().with_failure_at(3)).expect("the emulator starts");
    let jobs = client(&emulator).projects().locations().tuning_jobs();
    let error = jobs.create(PARENT, job()).poller().with_interval(Duration::from_millis(1)).wait().await;
    let error = error.expect_err("the job fails");
    assert!(matches!(&error, Error::Operation(status) if status.code == 13), "{error:?}");

    let emulator = Emulator::start(Settings::new()).expect("the emulator starts");
    let jobs = client(&emulator).projects().locations().tuning_jobs();
    let mut poller = jobs.create(PARENT, job()).poller().with_interval(Duration::from_millis(1));
    poller.next().await.expect("there is a step").expect("the first poll succeeds");
    poller.cancel().await.expect("the cancellation succeeds");
    let error = poller.wait().await.expect_err("the job was cancelled");
    assert!(matches!(&error, Error::Operation(status) if status.code == 1), "{error:?}");
}
