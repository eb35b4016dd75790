//! A tuned model of the Gemini API.

use super::training::{State, Training};
use serde_json::{Value, json};

/// A model whose training has started or ended.
#[derive(Clone, Debug)]
pub(crate) struct TunedModel {
    /// Fields as created and updated, without those that only the service sets.
    pub(crate) fields: Value,
    pub(crate) training: Training,
    /// Training examples: inputs with their outputs.
    pub(crate) examples: Vec<(String, String)>,
    /// Version of the API that created the model, `v1beta`.
    pub(crate) version: String,
}

impl TunedModel {
    /// Returns the model as a `TunedModel`.
    pub(crate) fn render(&self) -> Value {
        let mut model = self.fields.clone();
        model["state"] = json!(match self.training.state() {
            State::Running => "CREATING",
            State::Succeeded => "ACTIVE",
            State::Failed | State::Cancelled => "FAILED",
        });
        let task = &mut model["tuningTask"];
        task["startTime"] = json!(self.training.start_time());
        if let Some(end) = self.training.end_time() {
            task["completeTime"] = json!(end);
            model["updateTime"] = json!(end);
        }
        let snapshots = self.training.snapshots();
        if !snapshots.is_empty() {
            model["tuningTask"]["snapshots"] = Value::Array(snapshots);
        }
        model
    }
}
