//! Batches: operations with several requests to a model, whose metadata is the batch.

use super::{CheckedRequest, answers, generate};
use crate::refusal::Refusal;
use crate::world::{Operation, Task, Work, World};
use serde_json::{Value, json};

pub(super) fn generate(world: &mut World, request: &CheckedRequest<'_>) -> Result<Value, Refusal> {
    let answer = |world: &World, item: &Value| -> Result<Value, Refusal> {
        let prompt = answers::prompt(&item["contents"])?;
        let text = answers::output(world, request, &prompt)?;
        Ok(json!({"candidates": [{"content": {"parts": [{"text": text}], "role": "model"}, "finishReason": "STOP"}]}))
    };
    batch(world, request, ["GenerateContentBatch", "BatchGenerateContentResponse"], answer)
}

pub(super) fn embed(world: &mut World, request: &CheckedRequest<'_>) -> Result<Value, Refusal> {
    let answer = |_: &World, item: &Value| -> Result<Value, Refusal> {
        let text = answers::prompt(&json!([item["content"]]))?;
        Ok(json!({"embedding": generate::embedding(&text, "values")}))
    };
    batch(world, request, ["EmbedContentBatch", "AsyncBatchEmbedContentResponse"], answer)
}

fn batch(
    world: &mut World,
    request: &CheckedRequest<'_>,
    [metadata, response]: [&str; 2],
    answer: impl Fn(&World, &Value) -> Result<Value, Refusal>,
) -> Result<Value, Refusal> {
    let requests = request.body.pointer("/batch/inputConfig/requests/requests").and_then(Value::as_array);
    let inlined: Vec<Value> = requests
        .into_iter()
        .flatten()
        .map(|item| match answer(world, &item["request"]) {
            Ok(answer) => json!({"response": answer}),
            Err(refusal) => json!({"error": refusal.status()}),
        })
        .collect();
    let name = format!("batches/{}", world.letters(16));
    let mut running = request.body["batch"].clone();
    running["@type"] = json!(request.type_url(metadata));
    running["name"] = json!(name);
    running["createTime"] = json!(world.now());
    running["updateTime"] = json!(world.now());
    running["state"] = json!("BATCH_STATE_RUNNING");
    let count = inlined.len().to_string();
    running["batchStats"] = json!({"requestCount": count, "pendingRequestCount": count});
    let output = json!({"inlinedResponses": {"inlinedResponses": inlined}});
    let mut ended = running.clone();
    ended["state"] = json!("BATCH_STATE_SUCCEEDED");
    ended["batchStats"] = json!({"requestCount": count, "successfulRequestCount": count});
    ended["output"] = output.clone();
    let response = json!({"@type": request.type_url(response), "output": output});
    let work = Work { polls_left: 3, running, ended, response };
    world.operations.insert(name.clone(), Operation::new(Task::Work(Box::new(work))));
    world.operation(&name)
}
