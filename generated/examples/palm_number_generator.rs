//! PaLM API v1beta3: tunes a text model that answers a number with the next one, shows the progress of the training, and
//! sends prompts to the model.
//!
//! ```sh
//! cargo run -p google-ai-tuning --example palm_number_generator
//! cargo run -p google-ai-tuning --example palm_number_generator -- --project my-project
//! cargo run -p google-ai-tuning --example palm_number_generator -- --project my-project --resume tunedModels/…/operations/…
//! ```
//!
//! Google has shut down this version. The example shows that bindings of an OpenAPI document have the same features as
//! bindings of a Discovery document: unions, pagination and long-running operations.

mod walkthrough;

use discovery_runtime::http::{Error, Step};
use google_ai_tuning::generativelanguage_v1beta3::{Client, types::*};
use walkthrough::{NUMBERS, Outcome, Progress, Walkthrough, word};

#[tokio::main]
async fn main() -> Outcome {
    let walkthrough = Walkthrough::begin()?;
    let client = walkthrough.client(Client::builder())?;

    let page = client.tuned_models().list().with_page_size(10).send().await?;
    println!("\nExisting tuned models: {}", page.tuned_models.len());

    let name = tune(&walkthrough, &client).await?;

    let model = client.tuned_models().get(&name).send().await?;
    println!("\n{name} is {}.", word(&model.state));
    if let Some(tuned_model::SourceModel::BaseModel(base)) = &model.source_model {
        println!("Its base model is {base}, its temperature {}.", model.temperature.unwrap_or_default());
    }

    for number in ["4", "9", "nine hundred ninety nine"] {
        let prompt = TextPrompt::default().set_text(number);
        let request = GenerateTextRequest::default().set_prompt(prompt).set_temperature(1.0).set_candidate_count(2);
        let reply = client.tuned_models().generate_text(&name, request).send().await?;
        let outputs: Vec<String> = reply.candidates.into_iter().filter_map(|candidate| candidate.output).collect();
        println!("  {number} → {}", outputs.join(" or "));
    }
    Ok(())
}

/// Trains a model, or resumes polling a training that an earlier run started, and returns the name of the model.
async fn tune(walkthrough: &Walkthrough, client: &Client) -> Result<String, Error> {
    let examples = NUMBERS.map(|(input, output)| TuningExample::default().set_text_input(input).set_output(output));
    let model = TunedModel::default()
        .set_display_name("number generator")
        .set_base_model("models/text-bison-001")
        .set_tuning_task(
            TuningTask::default()
                .set_hyperparameters(
                    Hyperparameters::default().set_batch_size(4).set_learning_rate(0.001).set_epoch_count(3),
                )
                .set_training_data(Dataset::default().set_examples(TuningExamples::default().set_examples(examples))),
        );

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
