//! Models of the services.

use super::{CheckedRequest, pages};
use crate::refusal::Refusal;
use crate::world::World;
use serde_json::{Value, json};

/// Name, display name, limits of input and output tokens, and supported methods.
type Row = (&'static str, &'static str, u32, u32, &'static [&'static str]);

const MODELS: [Row; 8] = [
    ("chat-bison-001", "PaLM 2 Chat (Legacy)", 4096, 1024, &["generateMessage", "countMessageTokens"]),
    ("text-bison-001", "PaLM 2 (Legacy)", 8196, 1024, &["generateText", "countTextTokens", "createTunedTextModel"]),
    ("embedding-gecko-001", "Embedding Gecko", 1024, 1, &["embedText", "countTextTokens"]),
    ("gemini-1.0-pro", "Gemini 1.0 Pro", 30_720, 2048, &["generateContent", "countTokens"]),
    (
        "gemini-1.0-pro-001",
        "Gemini 1.0 Pro 001 (Tuning)",
        30_720,
        2048,
        &["generateContent", "countTokens", "createTunedModel"],
    ),
    ("gemini-1.5-pro", "Gemini 1.5 Pro", 2_000_000, 8192, &["generateContent", "countTokens"]),
    ("gemini-1.5-flash", "Gemini 1.5 Flash", 1_000_000, 8192, &["generateContent", "countTokens"]),
    (
        "gemini-1.5-flash-001-tuning",
        "Gemini 1.5 Flash 001 Tuning",
        16_384,
        8192,
        &["generateContent", "countTokens", "createTunedModel"],
    ),
];

pub(super) fn list(request: &CheckedRequest<'_>) -> Result<Value, Refusal> {
    pages::page(request, "models", MODELS.iter().map(model).collect(), 50, 1000)
}

pub(super) fn get(world: &World, request: &CheckedRequest<'_>) -> Result<Value, Refusal> {
    let name = request.name();
    if name.starts_with("projects/") {
        let created =
            world.created.iter().find(|(created, _)| *created == name || created.split('@').next() == Some(name));
        return created.map(|(_, (model, _))| model.clone()).ok_or_else(|| Refusal::not_found(name));
    }
    find(name).map(model).ok_or_else(|| Refusal::not_found(name))
}

/// Returns a model by its name, `models/gemini-1.0-pro-001`.
pub(super) fn find(name: &str) -> Option<&'static Row> {
    MODELS.iter().find(|row| name.strip_prefix("models/") == Some(row.0))
}

/// Returns `true` if the model can be tuned.
pub(super) fn is_tunable(row: &Row) -> bool {
    row.4.iter().any(|method| method.starts_with("createTuned"))
}

fn model(row: &Row) -> Value {
    let (id, display_name, input, output, methods) = row;
    json!({
        "name": format!("models/{id}"),
        "baseModelId": id.trim_end_matches("-001"),
        "version": "001",
        "displayName": display_name,
        "inputTokenLimit": input,
        "outputTokenLimit": output,
        "supportedGenerationMethods": methods,
        "temperature": 0.7,
        "topP": 0.95,
        "topK": 40,
    })
}
