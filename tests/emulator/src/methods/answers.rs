//! Output of models for prompts.

use super::{CheckedRequest, models, tuned_models};
use crate::numerals;
use crate::refusal::{Code, Refusal};
use crate::world::World;
use serde_json::Value;

/// Returns the output of the requested model for a text. A tuned model returns the output of an equal example, the next
/// number, or else the text itself; models of the service return the text itself.
pub(super) fn output(world: &World, request: &CheckedRequest<'_>, text: &str) -> Result<String, Refusal> {
    let name = request.name();
    if name.starts_with("models/") {
        models::find(name).ok_or_else(|| Refusal::not_found(name))?;
        return Ok(text.to_owned());
    }
    if name.starts_with("projects/") {
        let served = world.created.values().any(|(_, endpoint)| endpoint == name);
        return if served { Ok(tuned_output(&[], text)) } else { Err(Refusal::not_found(name)) };
    }
    Ok(tuned_output(&tuned_models::ready(world, name)?.examples, text))
}

fn tuned_output(examples: &[(String, String)], text: &str) -> String {
    let example = examples.iter().find(|(input, _)| input == text).map(|(_, output)| output.clone());
    example.or_else(|| numerals::next(text)).unwrap_or_else(|| text.to_owned())
}

/// Returns the text of the last content.
pub(super) fn prompt(contents: &Value) -> Result<String, Refusal> {
    let last = contents.as_array().and_then(|contents| contents.last());
    let parts = last.and_then(|content| content["parts"].as_array()).filter(|parts| !parts.is_empty());
    let parts = parts.ok_or_else(|| Refusal::new(Code::InvalidArgument, "the last content has no parts"))?;
    Ok(parts.iter().filter_map(|part| part["text"].as_str()).collect())
}

/// Returns the approximate number of tokens of a text.
pub(super) fn tokens(text: &str) -> usize {
    text.chars().count().div_ceil(4)
}
