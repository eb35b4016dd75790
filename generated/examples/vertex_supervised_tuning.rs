//! Vertex AI: tunes Gemini with examples in Cloud Storage, once with the defaults of the service and once with chosen
//! hyperparameters; lists, reads and cancels jobs, polls one until it ends, and sends a prompt to the tuned model.
//!
//! ```sh
//! cargo run -p google-ai-tuning --example vertex_supervised_tuning
//! cargo run -p google-ai-tuning --example vertex_supervised_tuning -- --project my-project --location us-central1
//! cargo run -p google-ai-tuning --example vertex_supervised_tuning -- --project my-project --resume projects/…/tuningJobs/…
//! ```

mod walkthrough;

use discovery_runtime::http::{Error, Step};
use google_ai_tuning::aiplatform_v1::{Client, types::*};
use supervised_hyper_parameters::AdapterSize;
use walkthrough::{Outcome, Progress, Walkthrough, word};

const BASE_MODEL: &str = "gemini-1.5-pro-002";
const TRAINING: &str = "gs://cloud-samples-data/ai-platform/generative_ai/gemini-1_5/text/sft_train_data.jsonl";
const VALIDATION: &str = "gs://cloud-samples-data/ai-platform/generative_ai/gemini-1_5/text/sft_validation_data.jsonl";

#[tokio::main]
async fn main() -> Outcome {
    let walkthrough = Walkthrough::begin()?;
    // Requests go to the endpoint of the location in the resource name: `us-central1-aiplatform.googleapis.com`.
    let client = walkthrough.client(Client::builder())?;
    let jobs = client.projects().locations().tuning_jobs();
    let parent = walkthrough.parent();

    if walkthrough.resume().is_none() {
        println!("\nA basic job: a model and a dataset, with default hyperparameters.");
        let basic = TuningJob::default()
            .set_base_model(BASE_MODEL)
            .set_supervised_tuning_spec(SupervisedTuningSpec::default().set_training_dataset_uri(TRAINING));
        let basic = jobs.create(&parent, basic).send().await?;
        let name = basic.name.unwrap_or_default();
        println!("  {name} is {}", word(&basic.state));

        println!("\nThe job is cancelled.");
        jobs.cancel(&name, CancelTuningJobRequest::default()).send().await?;
        // Cancellation is asynchronous: the job is polled until it has ended.
        match jobs.create_operation(&name).poller().with_interval(walkthrough.interval()).wait().await {
            Err(Error::Operation(status)) => println!("  it ended: {}", status.message),
            Ok(_) => println!("  it succeeded before the cancellation"),
            Err(error) => return Err(error.into()),
        }
    }

    let job = tune(&walkthrough, &client).await?;
    let name = job.name.unwrap_or_default();
    let output = job.tuned_model.unwrap_or_default();
    let endpoint = output.endpoint.unwrap_or_default();
    println!("\nOutput of the job:");
    println!("  model       {}", output.model.unwrap_or_default());
    println!("  endpoint    {endpoint}");
    println!("  experiment  {}", job.experiment.unwrap_or_default());
    if let Some(tuning_data_stats::TuningDataStats::SupervisedTuningDataStats(stats)) =
        job.tuning_data_stats.and_then(|stats| stats.tuning_data_stats)
    {
        let (examples, steps) = (stats.tuning_dataset_example_count, stats.tuning_step_count);
        println!("  data        {} examples in {} steps", examples.unwrap_or_default(), steps.unwrap_or_default());
    }
    for checkpoint in &output.checkpoints {
        let (epoch, step) = (checkpoint.epoch.unwrap_or_default(), checkpoint.step.unwrap_or_default());
        println!("  checkpoint  {} at step {step}, epoch {epoch}", checkpoint.checkpoint_id.as_deref().unwrap_or("?"));
    }

    println!("\nAll jobs:");
    let mut all = jobs.list(&parent).with_page_size(10).items();
    while let Some(job) = all.next().await {
        let job = job?;
        println!("  {} is {}", word(&job.name), word(&job.state));
    }

    let job = jobs.get(&name).send().await?;
    println!("\nThe job is {}.", word(&job.state));

    println!("\nResponse of the tuned model:");
    let content = Content::default().set_role("user").set_parts([Part::default().set_text("forty one")]);
    let request = GenerateContentRequest::default().set_contents([content]);
    let reply = client.projects().locations().endpoints().generate_content(&endpoint, request).send().await?;
    let parts =
        reply.candidates.into_iter().filter_map(|candidate| candidate.content).flat_map(|content| content.parts);
    for part in parts {
        if let Some(part::Data::Text(text)) = part.data {
            println!("  forty one → {text}");
        }
    }
    Ok(())
}

/// Starts a job with chosen hyperparameters, or resumes polling one of an earlier run, and returns the succeeded job.
async fn tune(walkthrough: &Walkthrough, client: &Client) -> Result<TuningJob, Error> {
    let hyper_parameters = SupervisedHyperParameters::default()
        .set_epoch_count(4)
        .set_adapter_size(AdapterSize::Four)
        .set_learning_rate_multiplier(1.0);
    let advanced = TuningJob::default()
        .set_base_model(BASE_MODEL)
        .set_tuned_model_display_name("tuned_gemini_1_5_pro")
        .set_supervised_tuning_spec(
            SupervisedTuningSpec::default()
                .set_training_dataset_uri(TRAINING)
                .set_validation_dataset_uri(VALIDATION)
                .set_hyper_parameters(hyper_parameters),
        );

    // A tuning job is not an operation, but is polled in the same way: the metadata of each step is the job itself, until
    // its state is terminal.
    let jobs = client.projects().locations().tuning_jobs();
    let poller = match walkthrough.resume() {
        Some(job) => jobs.create_operation(job).poller(),
        None => jobs.create(&walkthrough.parent(), advanced).poller(),
    };
    let mut poller = poller.with_interval(walkthrough.interval());

    let mut progress = Progress::begin();
    let (mut named, mut previous) = (false, None);
    loop {
        let step = poller.next().await.transpose()?;
        if let Some(job) = poller.name().filter(|_| !named) {
            println!("\nAn advanced job. To resume after an interruption:\n  --resume {job}");
            named = true;
        }
        match step {
            Some(Step::Running(Some(job))) if job.state != previous => {
                progress.print_state(&word(&job.state));
                previous = job.state;
            }
            Some(Step::Done(job)) => {
                progress.print_state(&word(&job.state));
                progress.end();
                return Ok(job);
            }
            _ => {}
        }
    }
}
