//! A tuned model of the Gemini API.

use crate::{LIMIT, faults, insist, kind, table};
use discovery_runtime::http::{Error, Step};
use google_ai_tuning::generativelanguage_v1beta::{Client, types::*};
use std::time::Duration;
use tuning_emulator::{Emulator, Fault, Rule, Settings};

/// The points of a run, in order, each with the method that the fault befalls, and which call of it.
const POINTS: [(&str, usize); 8] = [
    ("tunedModels.create", 1),
    ("tunedModels.operations.get", 1),
    ("tunedModels.operations.get", 4),
    // The look that brings the result.
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

/// A whole run, and the errors that the caller saw in it.
async fn run(emulator: &Emulator) -> Vec<String> {
    let client = client(emulator);
    let models = client.tuned_models();
    let mut errors = Vec::new();
    let name = match tune(&client, &mut errors).await {
        Some(model) => model.name.expect("it has a name"),
        // The answer to `create` was lost, so that nobody knows whether there is a model now. A list says.
        None => {
            let listed = insist(|| models.list().send(), &mut errors).await.tuned_models;
            match listed.into_iter().next() {
                Some(model) => {
                    let name = model.name.expect("it has a name");
                    let operations = models.operations().list(&name).send().await.expect("nothing is wrong with it");
                    let operation = operations.operations[0].name.clone().expect("it has a name");
                    let mut poller =
                        models.create_operation(&operation).poller().with_interval(Duration::from_millis(1));
                    poller.wait().await.expect("it is trained").name.expect("it has a name")
                }
                None => tune(&client, &mut errors).await.expect("it goes well").name.expect("it has a name"),
            }
        }
    };
    let model = insist(|| models.get(&name).send(), &mut errors).await;
    assert_eq!(model.state, Some(tuned_model::State::Active));
    assert_eq!(model.tuning_task.expect("it was trained").snapshots.len(), 2);
    let listed = insist(|| models.list().send(), &mut errors).await;
    assert_eq!(listed.tuned_models.len(), 1);
    let reply = insist(|| models.generate_content(&name, ask()).send(), &mut errors).await;
    assert_eq!(text(&reply), "MCMXCIX");
    let stream = || async {
        let mut stream = models.stream_generate_content(&name, ask()).stream();
        let mut whole = String::new();
        while let Some(piece) = stream.next().await {
            whole.push_str(&text(&piece?));
        }
        Ok(whole)
    };
    assert_eq!(insist(stream, &mut errors).await, "MCMXCIX");
    errors
}

/// Trains a model. A look that fails is taken again; `None` where it is not known whether there is anything to look at.
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
async fn a_training_that_fails_or_is_cancelled_says_so() {
    let emulator = Emulator::start(Settings::new().with_failure_at(3)).expect("there is a port");
    let mut poller = client(&emulator).tuned_models().create(model()).poller().with_interval(Duration::from_millis(1));
    let error = poller.wait().await.expect_err("it fails");
    assert!(matches!(&error, Error::Operation(status) if status.code == 13), "{error:?}");

    let emulator = Emulator::start(Settings::new()).expect("there is a port");
    let mut poller = client(&emulator).tuned_models().create(model()).poller().with_interval(Duration::from_millis(1));
    poller.next().await.expect("it begins").expect("it begins");
    poller.cancel().await.expect("it can be cancelled");
    let error = poller.wait().await.expect_err("it was cancelled");
    assert!(matches!(&error, Error::Operation(status) if status.code == 1), "{error:?}");
}

#[tokio::test]
async fn a_service_that_stays_away_is_an_error_in_the_end() {
    for fault in faults().into_iter().filter(|fault| !matches!(fault, Fault::Slow(_))) {
        let rule = Rule::new("tunedModels.list", fault.clone()).times(100);
        let emulator = Emulator::start(Settings::new().with_fault(rule)).expect("there is a port");
        let call = client(&emulator).tuned_models().list().send();
        let error = tokio::time::timeout(LIMIT, call).await.expect("it ends").expect_err("nothing is right with it");
        kind(&error);
        let tried = emulator.calls("tunedModels.list");
        let repeats = !matches!(fault, Fault::Garbage | Fault::Huge(_));
        assert_eq!(tried, if repeats { 5 } else { 1 }, "{fault:?}: {error:?}");
    }
}

#[tokio::test]
async fn a_wait_that_the_service_asks_for_is_kept() {
    let asked = Duration::from_millis(250);
    let rule = Rule::new("tunedModels.list", Fault::TooManyRequests(asked));
    let emulator = Emulator::start(Settings::new().with_fault(rule)).expect("there is a port");
    let begun = std::time::Instant::now();
    client(&emulator).tuned_models().list().send().await.expect("the second time it goes well");
    assert!(begun.elapsed() >= asked);
    assert_eq!(emulator.calls("tunedModels.list"), 2);
}
