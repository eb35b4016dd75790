//! Methods that ask a model.

use super::{Asked, answers};
use crate::refusal::Refusal;
use crate::world::World;
use serde_json::{Value, json};

/// The most candidates that are given.
const CANDIDATES: u64 = 8;

pub(super) fn content(world: &World, asked: &Asked<'_>) -> Result<Value, Refusal> {
    let prompt = answers::prompt(&asked.body["contents"])?;
    let answer = answers::say(world, asked, &prompt)?;
    let count = asked.body.pointer("/generationConfig/candidateCount").and_then(Value::as_u64).unwrap_or(1);
    let candidates = (0..count.clamp(1, CANDIDATES)).map(|index| candidate(index, &answer, true)).collect::<Vec<_>>();
    Ok(json!({"candidates": candidates, "usageMetadata": usage(&prompt, &answer), "modelVersion": asked.name()}))
}

/// The same, a few characters at a time. The last message says why it ends, and what was used.
pub(super) fn stream(world: &World, asked: &Asked<'_>) -> Result<Vec<Value>, Refusal> {
    let prompt = answers::prompt(&asked.body["contents"])?;
    let answer = answers::say(world, asked, &prompt)?;
    let letters: Vec<char> = answer.chars().collect();
    let pieces: Vec<String> = letters.chunks(letters.len().div_ceil(3).max(1)).map(|c| c.iter().collect()).collect();
    let last = pieces.len().saturating_sub(1);
    let message = |(index, piece): (usize, &String)| {
        let mut message = json!({"candidates": [candidate(0, piece, index == last)], "modelVersion": asked.name()});
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

pub(super) fn text(world: &World, asked: &Asked<'_>) -> Result<Value, Refusal> {
    let prompt = asked.body.pointer("/prompt/text").and_then(Value::as_str).unwrap_or_default();
    let answer = answers::say(world, asked, prompt)?;
    let count = asked.body.get("candidateCount").and_then(Value::as_u64).unwrap_or(1);
    let candidate = json!({
        "output": answer,
        "safetyRatings": [{"category": "HARM_CATEGORY_TOXICITY", "probability": "NEGLIGIBLE"}],
    });
    Ok(json!({"candidates": vec![candidate; usize::try_from(count.clamp(1, CANDIDATES)).unwrap_or(1)]}))
}

pub(super) fn message(asked: &Asked<'_>) -> Result<Value, Refusal> {
    let messages = asked.body.pointer("/prompt/messages").cloned().unwrap_or_else(|| json!([]));
    let last =
        messages.as_array().and_then(|messages| messages.last()).map_or_else(Value::default, |m| m["content"].clone());
    let content = last.as_str().unwrap_or_default();
    Ok(json!({"messages": messages, "candidates": [{"author": "1", "content": content}]}))
}

pub(super) fn count(asked: &Asked<'_>) -> Result<Value, Refusal> {
    let body = &asked.body;
    let texts = match asked.method {
        "models.countTextTokens" => body.pointer("/prompt/text").and_then(Value::as_str).unwrap_or_default().to_owned(),
        "models.countMessageTokens" => body.pointer("/prompt/messages").map_or_else(String::new, Value::to_string),
        _ => {
            let contents = body.get("contents").or_else(|| body.pointer("/generateContentRequest/contents"));
            answers::prompt(contents.unwrap_or(&Value::Null))?
        }
    };
    let field = if asked.method == "models.countTokens" { "totalTokens" } else { "tokenCount" };
    let mut counted = json!({});
    counted[field] = json!(answers::tokens(&texts));
    Ok(counted)
}

pub(super) fn embed(asked: &Asked<'_>) -> Result<Value, Refusal> {
    if asked.method == "models.embedText" {
        return Ok(json!({"embedding": embedding(asked.text("text").unwrap_or_default(), "value")}));
    }
    let texts = asked.body.get("texts").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let requests = asked.body.get("requests").and_then(Value::as_array).into_iter().flatten();
    let texts = texts.chain(requests.filter_map(|request| request["text"].as_str()));
    Ok(json!({"embeddings": texts.map(|text| embedding(text, "value")).collect::<Vec<_>>()}))
}

/// A vector that says something about the text: how often it has which letters, in four dimensions.
pub(super) fn embedding(text: &str, field: &str) -> Value {
    let mut counts = [0.0_f64; 4];
    text.bytes().for_each(|byte| counts[usize::from(byte % 4)] += 1.0);
    let total = counts.iter().sum::<f64>().max(1.0);
    let mut embedding = json!({});
    embedding[field] = json!(counts.map(|count| (count * 64.0 / total).round() / 64.0));
    embedding
}
