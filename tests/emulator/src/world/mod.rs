//! State of the services: models, jobs, permissions, operations.

mod clock;
mod operation;
mod training;
mod tuned_model;
mod tuning_job;

pub(crate) use operation::{Operation, Task, Work};
pub(crate) use training::{State, Training};
pub(crate) use tuned_model::TunedModel;
pub(crate) use tuning_job::TuningJob;

use crate::refusal::Refusal;
use crate::settings::Settings;
use indexmap::IndexMap;
use serde_json::Value;

/// State of all services.
pub(crate) struct World {
    /// Number of polls until a training ends.
    pub(crate) polls: u32,
    /// Poll at which every training fails.
    pub(crate) fails_at: Option<u32>,
    /// Seconds since the start of the clock.
    clock: u64,
    serial: u64,
    pub(crate) tuned_models: IndexMap<String, TunedModel>,
    pub(crate) permissions: IndexMap<String, Value>,
    pub(crate) operations: IndexMap<String, Operation>,
    pub(crate) jobs: IndexMap<String, TuningJob>,
    /// Results of jobs on Vertex AI: the model, and the endpoint that serves it.
    pub(crate) created: IndexMap<String, (Value, String)>,
}

impl World {
    pub(crate) fn new(settings: &Settings) -> Self {
        Self {
            polls: settings.polls,
            fails_at: settings.fails_at,
            clock: 0,
            serial: 0,
            tuned_models: IndexMap::new(),
            permissions: IndexMap::new(),
            operations: IndexMap::new(),
            jobs: IndexMap::new(),
            created: IndexMap::new(),
        }
    }

    /// Advances the clock by one second.
    pub(crate) fn tick(&mut self) {
        self.clock += 1;
    }

    /// Returns the current time as text.
    pub(crate) fn now(&self) -> String {
        clock::format(self.clock * 1000)
    }

    /// Creates a training that starts now, with this number of examples.
    pub(crate) fn training(&self, examples: u64, epochs: u64, batch: u64) -> Training {
        Training::new(examples, epochs, batch, self.clock, self.polls, self.fails_at)
    }

    /// Returns new random letters and digits.
    pub(crate) fn letters(&mut self, length: usize) -> String {
        const SIGNS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
        let mut bits = self.random();
        let mut sign = |among: u64| {
            let sign = SIGNS[usize::try_from(bits % among).unwrap_or_default()];
            bits = (bits / among) ^ bits.rotate_left(17);
            char::from(sign)
        };
        // Identifiers begin with a letter.
        (0..length).map(|index| sign(if index == 0 { 26 } else { 36 })).collect()
    }

    /// Returns new random digits.
    pub(crate) fn digits(&mut self) -> String {
        (1_000_000_000_000_000_000 + self.random() % 8_000_000_000_000_000_000).to_string()
    }

    /// Returns the next pseudorandom number (SplitMix64), the same in each run.
    fn random(&mut self) -> u64 {
        self.serial += 1;
        let mut z = self.serial.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Advances the training of a tuned model, and returns the model.
    pub(crate) fn poll_tuned_model(&mut self, name: &str) -> Result<&TunedModel, Refusal> {
        let clock = self.clock;
        let model = self.tuned_models.get_mut(name).ok_or_else(|| Refusal::not_found(name))?;
        model.training.poll(clock);
        Ok(model)
    }

    /// Advances a tuning job, and returns it.
    pub(crate) fn poll_job(&mut self, name: &str) -> Result<&TuningJob, Refusal> {
        let clock = self.clock;
        let job = self.jobs.get_mut(name).ok_or_else(|| Refusal::not_found(name))?;
        job.training.poll(clock);
        if job.training.state() == State::Succeeded && !self.created.contains_key(&job.model) {
            self.created.insert(job.model.clone(), (job.created_model(), job.endpoint.clone()));
        }
        Ok(job)
    }

    /// Advances an operation, and returns it as a `google.longrunning.Operation`.
    pub(crate) fn poll_operation(&mut self, name: &str) -> Result<Value, Refusal> {
        let operation = self.operations.get_mut(name).ok_or_else(|| Refusal::not_found(name))?;
        if let Task::Training { model } = &operation.task {
            let model = model.clone();
            self.poll_tuned_model(&model)?;
        } else {
            operation.poll();
        }
        self.operation(name)
    }

    /// Returns an operation without advancing it.
    pub(crate) fn operation(&self, name: &str) -> Result<Value, Refusal> {
        let operation = self.operations.get(name).ok_or_else(|| Refusal::not_found(name))?;
        let model = match &operation.task {
            Task::Training { model } => Some(self.tuned_models.get(model).ok_or_else(|| Refusal::not_found(model))?),
            Task::Work(_) => None,
        };
        Ok(operation.render(name, model))
    }
}
