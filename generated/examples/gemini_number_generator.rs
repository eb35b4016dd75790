//! The Gemini API: tunes a model that says the number after a number, watches it learn, and asks it for numbers in
//! writings that it was never taught: Roman and Japanese numerals.
//!
//! ```sh
//! cargo run -p google-ai-tuning --example gemini_number_generator
//! cargo run -p google-ai-tuning --example gemini_number_generator -- --project my-project
//! cargo run -p google-ai-tuning --example gemini_number_generator -- --project my-project --resume tunedModels/…/operations/…
//! ```

mod walkthrough;

use discovery_runtime::http::{Error, Step};
use google_ai_tuning::generativelanguage_v1beta::{Client, types::*};
use walkthrough::{NUMBERS, Outcome, Progress, Walkthrough, word};

#[tokio::main]
async fn main() -> Outcome {
    let walkthrough = Walkthrough::begin()?;
    let client = walkthrough.client(Client::builder())?;

    println!("\nTuned models so far:");
    let mut models = client.tuned_models().list().with_page_size(50).items();
    while let Some(model) = models.next().await {
        let model = model?;
        println!("  {} is {}", word(&model.name), word(&model.state));
    }

    let name = tune(&walkthrough, &client).await?;

    let model = client.tuned_models().get(&name).send().await?;
    println!("\n{name} is {}.", word(&model.state));

    println!("\nWhat it was never taught:");
    for number in ["LXIII", "六"] {
        let reply = client.tuned_models().generate_content(&name, ask(number)).send().await?;
        println!("  {number} → {}", text(&reply));
    }

    print!("\nThe same, as it comes:\n  MCMXCVIII → ");
    let mut stream = client.tuned_models().stream_generate_content(&name, ask("MCMXCVIII")).stream();
    while let Some(piece) = stream.next().await {
        print!("{}", text(&piece?));
    }
    println!();
    Ok(())
}

/// Trains a model, or goes on watching one that is in training, and gives its name.
async fn tune(walkthrough: &Walkthrough, client: &Client) -> Result<String, Error> {
    let examples = NUMBERS.map(|(input, output)| TuningExample::default().set_text_input(input).set_output(output));
    let model = TunedModel::default()
        .set_display_name("number generator model")
        .set_base_model("models/gemini-1.0-pro-001")
        .set_tuning_task(
            TuningTask::default()
                .set_hyperparameters(
                    Hyperparameters::default().set_batch_size(2).set_learning_rate(0.001).set_epoch_count(5),
                )
                .set_training_data(Dataset::default().set_examples(TuningExamples::default().set_examples(examples))),
        );

    // `create` answers with an operation at once. The poller makes the call when it is first asked, and looks again until
    // the operation is done; `create_operation` is one that is under way, and creates nothing.
    let poller = match walkthrough.resume() {
        Some(operation) => client.tuned_models().create_operation(operation).poller(),
        None => client.tuned_models().create(model).poller(),
    };
    let mut poller = poller.with_interval(walkthrough.interval());

    let mut progress = Progress::begin();
    let mut named = false;
    loop {
        let step = poller.next().await.transpose()?;
        if let Some(operation) = poller.name().filter(|_| !named) {
            println!("\nTraining; should this stop, go on with\n  --resume {operation}");
            named = true;
        }
        match step {
            Some(Step::Running(Some(metadata))) => {
                progress.show(metadata.total_steps.unwrap_or_default().into(), points(&metadata.snapshots));
            }
            Some(Step::Done(model)) => {
                let task = model.tuning_task.unwrap_or_default();
                progress.show(task.snapshots.len() as i64, points(&task.snapshots));
                progress.end();
                return Ok(model.name.unwrap_or_default());
            }
            _ => {}
        }
    }
}

/// Step, epoch and loss. Protobuf leaves out what is zero: the first steps have no epoch.
fn points(snapshots: &[TuningSnapshot]) -> impl Iterator<Item = (i64, i64, f64)> {
    snapshots.iter().map(|snapshot| {
        let loss = snapshot.mean_loss.unwrap_or_default();
        (snapshot.step.unwrap_or_default().into(), snapshot.epoch.unwrap_or_default().into(), loss.into())
    })
}

fn ask(number: &str) -> GenerateContentRequest {
    let part = Part::default().set_text(number);
    GenerateContentRequest::default().set_contents([Content::default().set_role("user").set_parts([part])])
}

/// The text of a reply's first candidate.
fn text(reply: &GenerateContentResponse) -> String {
    let content = reply.candidates.first().and_then(|candidate| candidate.content.as_ref());
    let parts = content.map(|content| content.parts.as_slice()).unwrap_or_default();
    let text = |part: &Part| match &part.data {
        Some(part::Data::Text(text)) => Some(text.clone()),
        _ => None,
    };
    parts.iter().filter_map(text).collect()
}
