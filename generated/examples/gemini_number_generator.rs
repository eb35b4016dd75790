//! Gemini API: tunes a model that answers a number with the next one, shows the progress of the training, and sends the
//! model numbers in notations that are not in the training data: Roman and Japanese numerals.
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

    println!("\nExisting tuned models:");
    let mut models = client.tuned_models().list().with_page_size(50).items();
    while let Some(model) = models.next().await {
        let model = model?;
        println!("  {} is {}", word(&model.name), word(&model.state));
    }

    let name = tune(&walkthrough, &client).await?;

    let model = client.tuned_models().get(&name).send().await?;
    println!("\n{name} is {}.", word(&model.state));

    println!("\nNumbers in other notations:");
    for number in ["LXIII", "六"] {
        let reply = client.tuned_models().generate_content(&name, request(number)).send().await?;
        println!("  {number} → {}", text(&reply));
    }

    print!("\nStreamed response:\n  MCMXCVIII → ");
    let mut stream = client.tuned_models().stream_generate_content(&name, request("MCMXCVIII")).stream();
    while let Some(piece) = stream.next().await {
        print!("{}", text(&piece?));
    }
    println!();
    Ok(())
}

/// Trains a model, or resumes polling a training that an earlier run started, and returns the name of the model.
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

    // `create` returns an operation immediately. Its poller sends the call on the first poll, and then polls the operation
    // until it is done. `create_operation` is a handle to an operation started earlier; it creates nothing.
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
            println!("\nTraining. To resume after an interruption:\n  --resume {operation}");
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

/// Returns step, epoch and loss of each snapshot. JSON omits zeros, so a missing value is 0.
fn points(snapshots: &[TuningSnapshot]) -> impl Iterator<Item = (i64, i64, f64)> {
    snapshots.iter().map(|snapshot| {
        let loss = snapshot.mean_loss.unwrap_or_default();
        (snapshot.step.unwrap_or_default().into(), snapshot.epoch.unwrap_or_default().into(), loss.into())
    })
}

fn request(number: &str) -> GenerateContentRequest {
    let part = Part::default().set_text(number);
    GenerateContentRequest::default().set_contents([Content::default().set_role("user").set_parts([part])])
}

/// Returns the text of the first candidate.
fn text(reply: &GenerateContentResponse) -> String {
    let content = reply.candidates.first().and_then(|candidate| candidate.content.as_ref());
    let parts = content.map(|content| content.parts.as_slice()).unwrap_or_default();
    let text = |part: &Part| match &part.data {
        Some(part::Data::Text(text)) => Some(text.clone()),
        _ => None,
    };
    parts.iter().filter_map(text).collect()
}
