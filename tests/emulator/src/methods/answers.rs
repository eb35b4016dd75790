//! Answers of models.

use super::{Asked, models, tuned_models};
use crate::numerals;
use crate::refusal::{Code, Refusal};
use crate::world::World;
use serde_json::Value;

/// Returns the answer of the requested model to a text: a tuned model gives the output of an equal example,
/// the next number, or else the text; the service's own models repeat the text.
pub(super) fn say(world: &World, asked: &Asked<'_>, text: &str) -> Result<String, Refusal> {
    let name = asked.name();
    if name.starts_with("models/") {
        models::find(name).ok_or_else(|| Refusal::not_found(name))?;
        return Ok(text.to_owned());
    }
    if name.starts_with("projects/") {
        let served = world.made.values().any(|(_, endpoint)| endpoint == name);
        return if served { Ok(learned(&[], text)) } else { Err(Refusal::not_found(name)) };
    }
    Ok(learned(&tuned_models::ready(world, name)?.examples, text))
}

fn learned(examples: &[(String, String)], text: &str) -> String {
    let example = examples.iter().find(|(input, _)| input == text).map(|(_, output)| output.clone());
    example.or_else(|| numerals::next(text)).unwrap_or_else(|| text.to_owned())
}

/// The text of the last of the contents.
pub(super) fn prompt(contents: &Value) -> Result<String, Refusal> {
    let last = contents.as_array().and_then(|contents| contents.last());
    let parts = last.and_then(|content| content["parts"].as_array()).filter(|parts| !parts.is_empty());
    let parts = parts.ok_or_else(|| Refusal::new(Code::InvalidArgument, "nothing is asked: there are no parts"))?;
    Ok(parts.iter().filter_map(|part| part["text"].as_str()).collect())
}

/// Returns the approximate number of tokens of a text.
pub(super) fn tokens(text: &str) -> usize {
    text.chars().count().div_ceil(4)
}
