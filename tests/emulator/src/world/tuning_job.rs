//! A tuning job of Vertex AI.

use super::training::{State, Training};
use crate::refusal::{Code, Refusal};
use serde_json::{Value, json};

/// Number of polls before a job runs.
const QUEUE: u32 = 2;

/// Tuning job of Vertex AI.
#[derive(Clone, Debug)]
pub(crate) struct TuningJob {
    /// Fields as created, with its name and the time.
    pub(crate) fields: Value,
    pub(crate) training: Training,
    /// Parent, `projects/{project}/locations/{location}`.
    pub(crate) parent: String,
    /// Name of the tuned model, with its version.
    pub(crate) model: String,
    /// Endpoint of the tuned model.
    pub(crate) endpoint: String,
    /// Experiment with the metrics of the job.
    pub(crate) experiment: String,
}

impl TuningJob {
    /// Returns the job as a `TuningJob`.
    pub(crate) fn render(&self) -> Value {
        let training = &self.training;
        let state = match training.state() {
            _ if training.is_cancelling() => "JOB_STATE_CANCELLING",
            State::Running if training.polls == 0 => "JOB_STATE_QUEUED",
            State::Running if training.polls < QUEUE => "JOB_STATE_PENDING",
            State::Running => "JOB_STATE_RUNNING",
            State::Succeeded => "JOB_STATE_SUCCEEDED",
            State::Failed => "JOB_STATE_FAILED",
            State::Cancelled => "JOB_STATE_CANCELLED",
        };
        let mut job = self.fields.clone();
        job["state"] = json!(state);
        if training.polls >= QUEUE {
            job["startTime"] = json!(training.start_time());
            job["experiment"] = json!(self.experiment);
        }
        if let Some(end) = training.end_time() {
            job["endTime"] = json!(end);
            job["updateTime"] = json!(end);
        }
        match training.state() {
            State::Succeeded => self.add_result(&mut job),
            State::Failed => job["error"] = Refusal::new(Code::Internal, "the training did not converge").status(),
            State::Cancelled => job["error"] = Refusal::new(Code::Cancelled, "the job was cancelled").status(),
            State::Running => {}
        }
        job
    }

    fn add_result(&self, job: &mut Value) {
        let total = self.training.total;
        let checkpoints: Vec<Value> = (1..=4_u64)
            .map(|quarter| {
                let step = total * quarter / 4;
                json!({"checkpointId": quarter.to_string(), "epoch": self.training.epoch(step).to_string(), "step": step.to_string(), "endpoint": self.endpoint})
            })
            .collect();
        job["tunedModel"] = json!({"model": self.model, "endpoint": self.endpoint, "checkpoints": checkpoints});
        let stats = json!({"tuningDatasetExampleCount": "500", "tuningStepCount": total.to_string(), "totalTuningCharacterCount": "260000", "totalBillableCharacterCount": "260000"});
        if job.get("supervisedTuningSpec").is_some() {
            job["tuningDataStats"] = json!({"supervisedTuningDataStats": stats});
        }
    }

    /// Returns the tuned model as a `Model`.
    pub(super) fn created_model(&self) -> Value {
        let (name, version) = self.model.split_once('@').unwrap_or((&self.model, "1"));
        let display_name = self.fields.get("tunedModelDisplayName").cloned().unwrap_or_else(|| json!("tuned model"));
        json!({
            "name": name,
            "versionId": version,
            "versionAliases": ["default"],
            "displayName": display_name,
            "createTime": self.training.end_time(),
            "updateTime": self.training.end_time(),
            "modelSourceInfo": {"sourceType": "GENIE"},
            "deployedModels": [{"endpoint": self.endpoint}],
            "labels": {"tune-type": "sft"},
        })
    }
}
