//! `google.longrunning.Operation`.

use super::training::State;
use super::tuned_model::TunedModel;
use crate::refusal::{Code, Refusal};
use serde_json::{Value, json};

/// A long-running operation.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    pub(crate) task: Task,
    pub(crate) cancelled: bool,
}

/// Task of an operation.
#[derive(Clone, Debug)]
pub(crate) enum Task {
    /// Training of a tuned model.
    Training {
        /// Name of the model.
        model: String,
    },
    /// Any other task, which takes a few polls.
    Work(Box<Work>),
}

/// Task whose result is already known, and returned after some polls.
#[derive(Clone, Debug)]
pub(crate) struct Work {
    pub(crate) polls_left: u32,
    /// Metadata while the operation is running, and after its end.
    pub(crate) running: Value,
    pub(crate) ended: Value,
    pub(crate) response: Value,
}

impl Operation {
    pub(crate) fn new(task: Task) -> Self {
        Self { task, cancelled: false }
    }

    /// Advances the operation.
    pub(super) fn poll(&mut self) {
        if let Task::Work(work) = &mut self.task {
            work.polls_left = work.polls_left.saturating_sub(1);
        }
    }

    /// Completes the operation.
    pub(crate) fn finish(&mut self) {
        if let Task::Work(work) = &mut self.task {
            work.polls_left = 0;
        }
    }

    pub(super) fn render(&self, name: &str, model: Option<&TunedModel>) -> Value {
        match (&self.task, model) {
            (Task::Work(work), _) if self.cancelled => failed(name, work.running.clone(), &cancelled()),
            (Task::Work(work), _) if work.polls_left > 0 => json!({"name": name, "metadata": work.running}),
            (Task::Work(work), _) => {
                json!({"name": name, "metadata": work.ended, "done": true, "response": work.response})
            }
            (Task::Training { model: of }, Some(model)) => training(name, of, model),
            (Task::Training { .. }, None) => json!({"name": name}),
        }
    }
}

fn training(name: &str, of: &str, model: &TunedModel) -> Value {
    let package = format!("type.googleapis.com/google.ai.generativelanguage.{}", model.version);
    let training = &model.training;
    let mut metadata = json!({
        "@type": format!("{package}.CreateTunedModelMetadata"),
        "totalSteps": training.total,
        "tunedModel": of,
    });
    if training.steps() > 0 {
        metadata["completedSteps"] = json!(training.steps());
        metadata["completedPercent"] = json!(training.percent());
        metadata["snapshots"] = json!(training.snapshots());
    }
    match training.state() {
        State::Running => json!({"name": name, "metadata": metadata}),
        State::Cancelled => failed(name, metadata, &cancelled()),
        State::Failed => failed(name, metadata, &Refusal::new(Code::Internal, "the training did not converge")),
        State::Succeeded => {
            let mut response = model.render();
            response["@type"] = json!(format!("{package}.TunedModel"));
            json!({"name": name, "metadata": metadata, "done": true, "response": response})
        }
    }
}

fn cancelled() -> Refusal {
    Refusal::new(Code::Cancelled, "the operation was cancelled")
}

fn failed(name: &str, metadata: Value, error: &Refusal) -> Value {
    json!({"name": name, "metadata": metadata, "done": true, "error": error.status()})
}
