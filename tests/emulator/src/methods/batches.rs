//! Batches: many requests to a model in one operation, whose metadata is the batch.

use super::{Asked, answers, generate};
use crate::refusal::Refusal;
use crate::world::{Operation, Task, Work, World};
use serde_json::{Value, json};

pub(super) fn generate(world: &mut World, asked: &Asked<'_>) -> Result<Value, Refusal> {
    let answer = |world: &World, request: &Value| -> Result<Value, Refusal> {
        let prompt = answers::prompt(&request["contents"])?;
        let text = answers::say(world, asked, &prompt)?;
        Ok(json!({"candidates": [{"content": {"parts": [{"text": text}], "role": "model"}, "finishReason": "STOP"}]}))
    };
    batch(world, asked, ["GenerateContentBatch", "BatchGenerateContentResponse"], answer)
}

pub(super) fn embed(world: &mut World, asked: &Asked<'_>) -> Result<Value, Refusal> {
    let answer = |_: &World, request: &Value| -> Result<Value, Refusal> {
        let text = answers::prompt(&json!([request["content"]]))?;
        Ok(json!({"embedding": generate::embedding(&text, "values")}))
    };
    batch(world, asked, ["EmbedContentBatch", "AsyncBatchEmbedContentResponse"], answer)
}

fn batch(
    world: &mut World,
    asked: &Asked<'_>,
    [metadata, response]: [&str; 2],
    answer: impl Fn(&World, &Value) -> Result<Value, Refusal>,
) -> Result<Value, Refusal> {
    let requests = asked.body.pointer("/batch/inputConfig/requests/requests").and_then(Value::as_array);
    let inlined: Vec<Value> = requests
        .into_iter()
        .flatten()
        .map(|item| match answer(world, &item["request"]) {
            Ok(answer) => json!({"response": answer}),
            Err(refusal) => json!({"error": refusal.status()}),
        })
        .collect();
    let name = format!("batches/{}", world.letters(16));
    let mut running = asked.body["batch"].clone();
    running["@type"] = json!(asked.type_url(metadata));
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
    let response = json!({"@type": asked.type_url(response), "output": output});
    let work = Work { looks_left: 3, running, ended, response };
    world.operations.insert(name.clone(), Operation::new(Task::Work(Box::new(work))));
    world.operation(&name)
}
