//! Faults while tuning a model with the Gemini API.

use crate::{LIMIT, faults, kind, retry_until_success, table};
use discovery_runtime::http::{Error, Step};
use google_ai_tuning::generativelanguage_v1beta::{Client, types::*};
use std::time::Duration;
use tuning_emulator::{Emulator, Fault, Rule, Settings};

/// Points of a run in order, each with the method and the number of the call that fails.
const POINTS: [(&str, usize); 8] = [
    ("tunedModels.create", 1),
    ("tunedModels.operations.get", 1),
    ("tunedModels.operations.get", 4),
    // The poll that returns the result.
    ("tunedModels.operations.get", 8),
    ("tunedModels.get", 1),
    ("tunedModels.list", 1),
    ("tunedModels.generateContent", 1),
    ("tunedModels.streamGenerateContent", 1),
];

fn client(emulator: &Emulator) -> Client {
    crate::client(Client::builder(), emulator)
}

fn model() -> TunedModel {
    let example = TuningExample::default().set_text_input("1").set_output("2");
    let data = Dataset::default().set_examples(TuningExamples::default().set_examples([example]));
    TunedModel::default()
        .set_base_model("models/gemini-1.0-pro-001")
        .set_tuning_task(TuningTask::default().set_training_data(data))
}

fn ask() -> GenerateContentRequest {
    let content = Content::default().set_role("user").set_parts([Part::default().set_text("MCMXCVIII")]);
    GenerateContentRequest::default().set_contents([content])
}

fn text(reply: &GenerateContentResponse) -> String {
    let parts = reply.candidates.iter().filter_map(|candidate| candidate.content.as_ref()).flat_map(|c| &c.parts);
    let text = |part: &Part| match &part.data {
        Some(part::Data::Text(text)) => text.clone(),
        _ => String::new(),
    };
    parts.map(text).collect()
}

/// Performs a complete run, and returns the errors that the caller saw.
async fn run(emulator: &Emulator) -> Vec<String> {
    let client = client(emulator);
    let models = client.tuned_models();
    let mut errors = Vec::new();
    let name = match tune(&client, &mut errors).await {
        Some(model) => model.name.expect("the name is set"),
        // The response of `create` was lost, so the list shows if the model was created.
        None => {
            let listed = retry_until_success(|| models.list().send(), &mut errors).await.tuned_models;
            match listed.into_iter().next() {
                Some(model) => {
                    let name = model.name.expect("the name is set");
                    let operations = models.operations().list(&name).send().await.expect("the call succeeds");
                    let operation = operations.operations[0].name.clone().expect("the name is set");
                    let mut poller =
                        models.create_operation(&operation).poller().with_interval(Duration::from_millis(1));
                    poller.wait().await.expect("the training succeeds").name.expect("the name is set")
                }
                None => tune(&client, &mut errors).await.expect("the training succeeds").name.expect("the name is set"),
            }
        }
    };
    let model = retry_until_success(|| models.get(&name).send(), &mut errors).await;
    assert_eq!(model.state, Some(tuned_model::State::Active));
    assert_eq!(model.tuning_task.expect("the tuning task is set").snapshots.len(), 2);
    let listed = retry_until_success(|| models.list().send(), &mut errors).await;
    assert_eq!(listed.tuned_models.len(), 1);
    let reply = retry_until_success(|| models.generate_content(&name, ask()).send(), &mut errors).await;
    assert_eq!(text(&reply), "MCMXCIX");
    let stream = || async {
        let mut stream = models.stream_generate_content(&name, ask()).stream();
        let mut whole = String::new();
        while let Some(piece) = stream.next().await {
            whole.push_str(&text(&piece?));
        }
        Ok(whole)
    };
    assert_eq!(retry_until_success(stream, &mut errors).await, "MCMXCIX");
    errors
}

/// Trains a model, and repeats failed polls; `None` if the call of `create` fails with an unknown outcome.
async fn tune(client: &Client, errors: &mut Vec<String>) -> Option<TunedModel> {
    let mut poller = client.tuned_models().create(model()).poller().with_interval(Duration::from_millis(1));
    loop {
        match poller.next().await? {
            Ok(Step::Done(model)) => return Some(model),
            Ok(_) => {}
            Err(error) => errors.push(kind(&error)),
        }
    }
}

#[tokio::test]
async fn each_fault_at_each_point_of_a_run() {
    insta::assert_snapshot!(table(&POINTS, "tunedModels.create", run).await);
}

#[tokio::test]
async fn failed_and_cancelled_trainings_are_errors() {
    let emulator = Emulator::start(Settings::new().with_failure_at(3)).expect("the emulator starts");
    let mut poller = client(&emulator).tuned_models().create(model()).poller().with_interval(Duration::from_millis(1));
    let error = poller.wait().await.expect_err("the training fails");
    assert!(matches!(&error, Error::Operation(status) if status.code == 13), "{error:?}");

    let emulator = Emulator::start(Settings::new()).expect("the emulator starts");
    let mut poller = client(&emulator).tuned_models().create(model()).poller().with_interval(Duration::from_millis(1));
    poller.next().await.expect("there is a step").expect("the first poll succeeds");
    poller.cancel().await.expect("the cancellation succeeds");
    let error = poller.wait().await.expect_err("the training was cancelled");
    assert!(matches!(&error, Error::Operation(status) if status.code == 1), "{error:?}");
}

#[tokio::test]
async fn permanent_unavailability_is_an_error() {
    for fault in faults().into_iter().filter(|fault| !matches!(fault, Fault::Slow(_))) {
        let rule = Rule::new("tunedModels.list", fault.clone()).times(100);
        let emulator = Emulator::start(Settings::new().with_fault(rule)).expect("the emulator starts");
        let call = client(&emulator).tuned_models().list().send();
        let error = tokio::time::timeout(LIMIT, call)
            .await
            .expect("the call ends in time")
            .expect_err("the service is unavailable");
        kind(&error);
        let tried = emulator.calls("tunedModels.list");
        let repeats = !matches!(fault, Fault::Garbage | Fault::Huge(_));
        assert_eq!(tried, if repeats { 5 } else { 1 }, "{fault:?}: {error:?}");
    }
}

#[tokio::test]
async fn the_retry_delay_of_the_service_is_respected() {
    let delay = Duration::from_millis(250);
    let rule = Rule::new("tunedModels.list", Fault::TooManyRequests(delay));
    let emulator = Emulator::start(Settings::new().with_fault(rule)).expect("the emulator starts");
    let started = std::time::Instant::now();
    client(&emulator).tuned_models().list().send().await.expect("the second attempt succeeds");
    assert!(started.elapsed() >= delay);
    assert_eq!(emulator.calls("tunedModels.list"), 2);
}
