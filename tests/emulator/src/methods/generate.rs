//! Methods that run a model.

use super::{CheckedRequest, answers};
use crate::refusal::Refusal;
use crate::world::World;
use serde_json::{Value, json};

/// Maximum number of candidates.
const CANDIDATES: u64 = 8;

pub(super) fn content(world: &World, request: &CheckedRequest<'_>) -> Result<Value, Refusal> {
    let prompt = answers::prompt(&request.body["contents"])?;
    let answer = answers::output(world, request, &prompt)?;
    let count = request.body.pointer("/generationConfig/candidateCount").and_then(Value::as_u64).unwrap_or(1);
    let candidates = (0..count.clamp(1, CANDIDATES)).map(|index| candidate(index, &answer, true)).collect::<Vec<_>>();
    Ok(json!({"candidates": candidates, "usageMetadata": usage(&prompt, &answer), "modelVersion": request.name()}))
}

/// Returns the response as a stream of a few characters each. The last message has the finish reason and the usage.
pub(super) fn stream(world: &World, request: &CheckedRequest<'_>) -> Result<Vec<Value>, Refusal> {
    let prompt = answers::prompt(&request.body["contents"])?;
    let answer = answers::output(world, request, &prompt)?;
    let letters: Vec<char> = answer.chars().collect();
    let pieces: Vec<String> = letters.chunks(letters.len().div_ceil(3).max(1)).map(|c| c.iter().collect()).collect();
    let last = pieces.len().saturating_sub(1);
    let message = |(index, piece): (usize, &String)| {
        let mut message = json!({"candidates": [candidate(0, piece, index == last)], "modelVersion": request.name()});
        if index == last {
            message["usageMetadata"] = usage(&prompt, &answer);
        }
        message
    };
    Ok(pieces.iter().enumerate().map(message).collect())
}

fn candidate(index: u64, text: &str, ends: bool) -> Value {
    let mut candidate = json!({"content": {"parts": [{"text": text}], "role": "model"}, "safetyRatings": ratings()});
    if index > 0 {
        candidate["index"] = json!(index);
    }
    if ends {
        candidate["finishReason"] = json!("STOP");
    }
    candidate
}

fn ratings() -> Value {
    let harms = ["SEXUALLY_EXPLICIT", "HATE_SPEECH", "HARASSMENT", "DANGEROUS_CONTENT"];
    let rating = |harm| json!({"category": format!("HARM_CATEGORY_{harm}"), "probability": "NEGLIGIBLE"});
    harms.into_iter().map(rating).collect()
}

fn usage(prompt: &str, answer: &str) -> Value {
    let (prompt, answer) = (answers::tokens(prompt), answers::tokens(answer));
    json!({"promptTokenCount": prompt, "candidatesTokenCount": answer, "totalTokenCount": prompt + answer})
}

pub(super) fn text(world: &World, request: &CheckedRequest<'_>) -> Result<Value, Refusal> {
    let prompt = request.body.pointer("/prompt/text").and_then(Value::as_str).unwrap_or_default();
    let answer = answers::output(world, request, prompt)?;
    let count = request.body.get("candidateCount").and_then(Value::as_u64).unwrap_or(1);
    let candidate = json!({
        "output": answer,
        "safetyRatings": [{"category": "HARM_CATEGORY_TOXICITY", "probability": "NEGLIGIBLE"}],
    });
    Ok(json!({"candidates": vec![candidate; usize::try_from(count.clamp(1, CANDIDATES)).unwrap_or(1)]}))
}

pub(super) fn message(request: &CheckedRequest<'_>) -> Result<Value, Refusal> {
    let messages = request.body.pointer("/prompt/messages").cloned().unwrap_or_else(|| json!([]));
    let last =
        messages.as_array().and_then(|messages| messages.last()).map_or_else(Value::default, |m| m["content"].clone());
    let content = last.as_str().unwrap_or_default();
    Ok(json!({"messages": messages, "candidates": [{"author": "1", "content": content}]}))
}

pub(super) fn count(request: &CheckedRequest<'_>) -> Result<Value, Refusal> {
    let body = &request.body;
    let texts = match request.method {
        "models.countTextTokens" => body.pointer("/prompt/text").and_then(Value::as_str).unwrap_or_default().to_owned(),
        "models.countMessageTokens" => body.pointer("/prompt/messages").map_or_else(String::new, Value::to_string),
        _ => {
            let contents = body.get("contents").or_else(|| body.pointer("/generateContentRequest/contents"));
            answers::prompt(contents.unwrap_or(&Value::Null))?
        }
    };
    let field = if request.method == "models.countTokens" { "totalTokens" } else { "tokenCount" };
    let mut counted = json!({});
    counted[field] = json!(answers::tokens(&texts));
    Ok(counted)
}

pub(super) fn embed(request: &CheckedRequest<'_>) -> Result<Value, Refusal> {
    if request.method == "models.embedText" {
        return Ok(json!({"embedding": embedding(request.text("text").unwrap_or_default(), "value")}));
    }
    let texts = request.body.get("texts").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let requests = request.body.get("requests").and_then(Value::as_array).into_iter().flatten();
    let texts = texts.chain(requests.filter_map(|request| request["text"].as_str()));
    Ok(json!({"embeddings": texts.map(|text| embedding(text, "value")).collect::<Vec<_>>()}))
}

/// Returns a vector of four dimensions: the frequencies of letters in the text.
pub(super) fn embedding(text: &str, field: &str) -> Value {
    let mut counts = [0.0_f64; 4];
    text.bytes().for_each(|byte| counts[usize::from(byte % 4)] += 1.0);
    let total = counts.iter().sum::<f64>().max(1.0);
    let mut embedding = json!({});
    embedding[field] = json!(counts.map(|count| (count * 64.0 / total).round() / 64.0));
    embedding
}
