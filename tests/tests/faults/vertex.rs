//! A tuning job of Vertex AI.

use crate::{insist, kind, table};
use discovery_runtime::http::{Error, Step};
use google_ai_tuning::aiplatform_v1::{Client, types::*};
use std::time::Duration;
use tuning_emulator::{Emulator, Settings};

const PARENT: &str = "projects/p/locations/us-central1";

/// The points of a run, in order, each with the method that the fault befalls, and which call of it.
const POINTS: [(&str, usize); 6] = [
    ("projects.locations.tuningJobs.create", 1),
    ("projects.locations.tuningJobs.get", 1),
    // The look that brings the result.
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

/// A whole run, and the errors that the caller saw in it.
async fn run(emulator: &Emulator) -> Vec<String> {
    let client = client(emulator);
    let locations = client.projects().locations();
    let jobs = locations.tuning_jobs();
    let mut errors = Vec::new();
    let ended = match tune(&client, None, &mut errors).await {
        Some(job) => job,
        // The answer to `create` was lost, so that nobody knows whether there is a job now. A list says.
        None => {
            let listed = insist(|| jobs.list(PARENT).send(), &mut errors).await.tuning_jobs;
            let name = listed.into_iter().next().and_then(|job| job.name);
            tune(&client, name.as_deref(), &mut errors).await.expect("the second time it goes well")
        }
    };
    assert_eq!(ended.state, Some(tuning_job::State::Succeeded));
    let listed = insist(|| jobs.list(PARENT).send(), &mut errors).await.tuning_jobs;
    assert_eq!(listed.len(), 1);
    let made = ended.tuned_model.expect("it has made one");
    let (model, endpoint) = (made.model.expect("it has a name"), made.endpoint.expect("it has a name"));
    let model = insist(|| locations.models().get(&model).send(), &mut errors).await;
    assert_eq!(model.version_id.as_deref(), Some("1"));
    let content = Content::default().set_role("user").set_parts([Part::default().set_text("LXIII")]);
    let request = || GenerateContentRequest::default().set_contents([content.clone()]);
    let reply = insist(|| locations.endpoints().generate_content(&endpoint, request()).send(), &mut errors).await;
    let answer = reply.candidates[0].content.as_ref().map(|content| content.parts[0].data.clone());
    assert_eq!(answer, Some(Some(part::Data::Text("LXIV".to_owned()))));
    errors
}

/// Runs a job, or watches one that runs. A look that fails is taken again; `None` where it is not known whether there is
/// anything to look at.
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
async fn a_job_that_fails_or_is_cancelled_says_so() {
    let emulator = Emulator::start(Settings::new().with_failure_at(3)).expect("there is a port");
    let jobs = client(&emulator).projects().locations().tuning_jobs();
    let error = jobs.create(PARENT, job()).poller().with_interval(Duration::from_millis(1)).wait().await;
    let error = error.expect_err("it fails");
    assert!(matches!(&error, Error::Operation(status) if status.code == 13), "{error:?}");

    let emulator = Emulator::start(Settings::new()).expect("there is a port");
    let jobs = client(&emulator).projects().locations().tuning_jobs();
    let mut poller = jobs.create(PARENT, job()).poller().with_interval(Duration::from_millis(1));
    poller.next().await.expect("it begins").expect("it begins");
    poller.cancel().await.expect("it can be cancelled");
    let error = poller.wait().await.expect_err("it was cancelled");
    assert!(matches!(&error, Error::Operation(status) if status.code == 1), "{error:?}");
}
