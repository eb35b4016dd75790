//! The complete resource `tunedModels` of the Gemini API: each of its methods and unions is used once.
//!
//! ```sh
//! cargo run -p google-ai-tuning --example tuned_model_resource
//! cargo run -p google-ai-tuning --example tuned_model_resource -- --project my-project
//! cargo run -p google-ai-tuning --example tuned_model_resource -- --project my-project --resume tunedModels/…/operations/…
//! ```

mod walkthrough;

use discovery_runtime::FieldMask;
use discovery_runtime::http::{Error, Step};
use google_ai_tuning::generativelanguage_v1beta::{Client, types::*};
use permission::{GranteeType, Role};
use walkthrough::{NUMBERS, Outcome, Progress, Walkthrough, word};

#[tokio::main]
async fn main() -> Outcome {
    let walkthrough = Walkthrough::begin()?;
    let client = walkthrough.client(Client::builder())?;
    let models = client.tuned_models();

    title("create: from a base model");
    // `source_model` is a union of base model and tuned model; `learning_rate_option` is a union, too.
    let first = TunedModel::default()
        .set_display_name("sentence translator")
        .set_base_model("models/gemini-1.0-pro-001")
        .set_tuning_task(task(Hyperparameters::default().set_learning_rate(0.002)));
    let first = train(&walkthrough, &client, first, walkthrough.resume()).await?;
    println!("  {first}");

    title("create: from a tuned model, with a chosen identifier");
    let id = format!("{}-2", first.trim_start_matches("tunedModels/"));
    if walkthrough.resume().is_some() {
        // The interrupted run may have created this model already.
        match models.delete(&format!("tunedModels/{id}")).send().await {
            Err(Error::Service(error)) if error.http_status == 404 => {}
            deleted => drop(deleted?),
        }
    }
    let second = TunedModel::default()
        .set_display_name("second translator")
        .set_tuned_model_source(TunedModelSource::default().set_tuned_model(&*first))
        .set_tuning_task(task(Hyperparameters::default().set_learning_rate_multiplier(0.5)));
    let second = models.create(second).with_tuned_model_id(&id).poller();
    let second = second.with_interval(walkthrough.interval()).wait().await?.name.unwrap_or_default();

    title("get: the source of each model");
    for name in [&first, &second] {
        let model = models.get(name).send().await?;
        match model.source_model {
            Some(tuned_model::SourceModel::BaseModel(base)) => println!("  {name}: from {base}"),
            Some(tuned_model::SourceModel::TunedModelSource(source)) => {
                println!("  {name}: from {}", source.tuned_model.unwrap_or_default());
                println!("      whose base model is {}", source.base_model.unwrap_or_default());
            }
            _ => println!("  {name}: unknown kind of source"),
        }
        let hyperparameters = model.tuning_task.and_then(|task| task.hyperparameters).unwrap_or_default();
        match hyperparameters.learning_rate_option {
            Some(hyperparameters::LearningRateOption::LearningRate(rate)) => println!("    learning rate {rate}"),
            Some(hyperparameters::LearningRateOption::LearningRateMultiplier(by)) => {
                println!("    learning rate multiplier {by}");
            }
            _ => println!("    default learning rate"),
        }
    }

    title("patch: fields in the update mask are updated; if they are missing in the body, they are cleared");
    let change = TunedModel::default().set_description("Returns the next number.").set_temperature(0.2);
    let mask = FieldMask::new(["description", "temperature", "topK"]);
    let model = models.patch(&second, change).with_update_mask(mask).send().await?;
    println!(
        "  description {:?}, temperature {}, top k {}",
        word(&model.description),
        word(&model.temperature),
        word(&model.top_k)
    );

    title("list: with a filter, one model per page");
    let mut pages = models.list().with_page_size(1).with_filter("owner:me").pages();
    while let Some(page) = pages.next().await {
        let names: Vec<String> = page?.tuned_models.into_iter().filter_map(|model| model.name).collect();
        println!("  {} ({})", names.join(", "), pages.token().map_or("last page", |_| "more pages"));
    }

    generate(&walkthrough, &client, &second).await?;
    share(&client, &second).await?;
    stop(&walkthrough, &client).await?;

    title("delete");
    models.delete(&second).send().await?;
    match models.get(&second).send().await {
        Err(Error::Service(error)) => println!("  {} was deleted: {}", second, error.status.status),
        other => println!("  it still exists: {:?}", other?.state),
    }
    Ok(())
}

/// Calls `generateContent`, `streamGenerateContent`, `generateText` and both batch methods.
async fn generate(walkthrough: &Walkthrough, client: &Client, name: &str) -> Outcome {
    let models = client.tuned_models();
    let request = |text: &str| GenerateContentRequest::default().set_contents([content(text)]);

    title("generateContent, streamGenerateContent");
    let reply = models.generate_content(name, request("seventy nine")).send().await?;
    println!("  seventy nine → {}", text(&reply));
    let mut stream = models.stream_generate_content(name, request("九十九")).stream();
    print!("  九十九 → ");
    while let Some(piece) = stream.next().await {
        print!("{}", text(&piece?));
    }
    println!();

    title("generateText");
    let prompt = TextPrompt::default().set_text("10,100,009");
    let reply = models.generate_text(name, GenerateTextRequest::default().set_prompt(prompt)).send().await?;
    println!("  10,100,009 → {}", word(&reply.candidates.first().and_then(|candidate| candidate.output.as_ref())));

    title("batchGenerateContent: an operation whose metadata is the batch");
    let requests = ["eleven", "XII"].map(|text| InlinedRequest::default().set_request(request(text)));
    let input = InputConfig::default().set_requests(InlinedRequests::default().set_requests(requests));
    let batch = GenerateContentBatch::default().set_display_name("two").set_input_config(input);
    let batch = BatchGenerateContentRequest::default().set_batch(batch);
    let mut poller = models.batch_generate_content(name, batch).poller().with_interval(walkthrough.interval());
    let output = poller.wait().await?.output.and_then(|output| output.output);
    if let Some(generate_content_batch_output::Output::InlinedResponses(responses)) = output {
        for response in responses.inlined_responses {
            match response.output {
                Some(inlined_response::Output::Response(reply)) => println!("  {}", text(&reply)),
                Some(inlined_response::Output::Error(status)) => println!("  {}", status.message.unwrap_or_default()),
                _ => {}
            }
        }
    }

    title("asyncBatchEmbedContent");
    let request = EmbedContentRequest::default().set_model(name).set_content(content("one"));
    let requests = [InlinedEmbedContentRequest::default().set_request(request)];
    let input =
        InputEmbedContentConfig::default().set_requests(InlinedEmbedContentRequests::default().set_requests(requests));
    let batch = EmbedContentBatch::default().set_display_name("one").set_model(name).set_input_config(input);
    let batch = AsyncBatchEmbedContentRequest::default().set_batch(batch);
    let mut poller = models.async_batch_embed_content(name, batch).poller().with_interval(walkthrough.interval());
    let ended = poller.wait().await?;
    println!("  {} is done, with output: {}", poller.name().unwrap_or_default(), ended.output.is_some());
    Ok(())
}

/// Calls the methods of `permissions`, and `transferOwnership`.
async fn share(client: &Client, name: &str) -> Outcome {
    let models = client.tuned_models();
    let permissions = models.permissions();

    title("permissions.create, patch, get, delete");
    let reader = Permission::default()
        .set_grantee_type(GranteeType::User)
        .set_email_address("friend@example.com")
        .set_role(Role::Reader);
    let friend = permissions.create(name, reader).send().await?.name.unwrap_or_default();
    permissions.patch(&friend, "role", Permission::default().set_role(Role::Writer)).send().await?;
    println!("  role after the update: {}", word(&permissions.get(&friend).send().await?.role));
    let everyone = Permission::default().set_grantee_type(GranteeType::Everyone).set_role(Role::Reader);
    let everyone = permissions.create(name, everyone).send().await?.name.unwrap_or_default();
    permissions.delete(&everyone).send().await?;

    title("transferOwnership; permissions.list");
    let new_owner = TransferOwnershipRequest::default().set_email_address("friend@example.com");
    models.transfer_ownership(name, new_owner).send().await?;
    let mut all = permissions.list(name).items();
    while let Some(permission) = all.next().await {
        let permission = permission?;
        println!("  {} is {}", word(&permission.email_address), word(&permission.role));
    }
    Ok(())
}

/// Lists, reads and cancels a running operation, with the methods of `operations`.
async fn stop(walkthrough: &Walkthrough, client: &Client) -> Outcome {
    let models = client.tuned_models();
    let operations = models.operations();

    title("operations.list, get, cancel");
    let model = TunedModel::default()
        .set_display_name("cancelled model")
        .set_base_model("models/gemini-1.0-pro-001")
        .set_tuning_task(task(Hyperparameters::default()));
    let started = models.create(model).send().await?;
    let name = started.name.unwrap_or_default();
    let model = name.split("/operations/").next().unwrap_or_default();
    let listed = operations.list(model).send().await?.operations.len();
    let done = operations.get(&name).send().await?.done.unwrap_or_default();
    println!("  {listed} operation; done: {done}");
    operations.cancel(&name, CancelOperationRequest::default()).send().await?;
    match models.create_operation(&name).poller().with_interval(walkthrough.interval()).wait().await {
        Err(Error::Operation(status)) => println!("  error {}: {}", status.code, status.message),
        other => println!("  it was not cancelled: {:?}", other?.state),
    }
    Ok(())
}

/// Trains a model, or resumes polling a training that an earlier run started, and returns the name of the model.
async fn train(
    walkthrough: &Walkthrough,
    client: &Client,
    model: TunedModel,
    resume: Option<&str>,
) -> Result<String, Error> {
    let poller = match resume {
        Some(operation) => client.tuned_models().create_operation(operation).poller(),
        None => client.tuned_models().create(model).poller(),
    };
    let mut poller = poller.with_interval(walkthrough.interval());
    let mut progress = Progress::begin();
    let mut named = false;
    loop {
        let step = poller.next().await.transpose()?;
        if let Some(operation) = poller.name().filter(|_| !named) {
            println!("  To resume after an interruption:\n  --resume {operation}");
            named = true;
        }
        let (total, snapshots, name) = match step {
            Some(Step::Running(Some(metadata))) => (metadata.total_steps, metadata.snapshots, None),
            Some(Step::Done(model)) => (None, model.tuning_task.unwrap_or_default().snapshots, Some(model.name)),
            _ => continue,
        };
        let points = snapshots.iter().map(|snapshot| {
            let loss = snapshot.mean_loss.unwrap_or_default();
            (snapshot.step.unwrap_or_default().into(), snapshot.epoch.unwrap_or_default().into(), loss.into())
        });
        progress.show(total.map_or(snapshots.len() as i64, i64::from), points);
        if let Some(name) = name {
            progress.end();
            return Ok(name.unwrap_or_default());
        }
    }
}

/// Returns a task with training data. Uses two more unions, `dataset` and `model_input`, which have one member each.
fn task(hyperparameters: Hyperparameters) -> TuningTask {
    let examples = NUMBERS.map(|(input, output)| TuningExample::default().set_text_input(input).set_output(output));
    TuningTask::default()
        .set_hyperparameters(hyperparameters.set_epoch_count(3).set_batch_size(4))
        .set_training_data(Dataset::default().set_examples(TuningExamples::default().set_examples(examples)))
}

fn content(text: &str) -> Content {
    Content::default().set_role("user").set_parts([Part::default().set_text(text)])
}

/// Returns the text of the first candidate. The content of a part is a union, too.
fn text(reply: &GenerateContentResponse) -> String {
    let content = reply.candidates.first().and_then(|candidate| candidate.content.as_ref());
    let parts = content.map(|content| content.parts.as_slice()).unwrap_or_default();
    let text = |part: &Part| match &part.data {
        Some(part::Data::Text(text)) => Some(text.clone()),
        _ => None,
    };
    parts.iter().filter_map(text).collect()
}

fn title(text: &str) {
    println!("\n{text}");
}
