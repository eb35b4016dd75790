//! Trainings: steps, epochs and loss by poll.

use super::clock;
use serde_json::{Map, Value, json};

/// State of a training.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Running,
    Succeeded,
    Failed,
    Cancelled,
}

/// A training, which each poll advances.
#[derive(Clone, Debug)]
pub(crate) struct Training {
    pub(crate) total: u64,
    examples: u64,
    batch: u64,
    /// Start time in seconds of the emulator's clock.
    started: u64,
    ended: Option<u64>,
    pub(crate) polls: u32,
    wanted: u32,
    fails_at: Option<u32>,
    cancelled: bool,
}

impl Training {
    pub(super) fn new(
        examples: u64,
        epochs: u64,
        batch: u64,
        started: u64,
        wanted: u32,
        fails_at: Option<u32>,
    ) -> Self {
        let (examples, batch) = (examples.max(1), batch.max(1));
        let total = examples.saturating_mul(epochs).div_ceil(batch).clamp(1, 100_000);
        Self { total, examples, batch, started, ended: None, polls: 0, wanted, fails_at, cancelled: false }
    }

    pub(super) fn poll(&mut self, clock: u64) {
        if self.ended.is_some() {
            return;
        }
        self.polls += 1;
        if self.state() != State::Running {
            self.ended = Some(clock);
        }
    }

    /// Cancels the training, if it has not ended.
    pub(crate) fn cancel(&mut self) {
        self.cancelled |= self.ended.is_none();
    }

    /// Returns `true` if the training was cancelled and has not been polled since.
    pub(crate) fn is_cancelling(&self) -> bool {
        self.cancelled && self.ended.is_none()
    }

    pub(crate) fn state(&self) -> State {
        if self.cancelled {
            return if self.ended.is_some() || self.polls > 0 { State::Cancelled } else { State::Running };
        }
        match self.fails_at {
            Some(poll) if self.polls >= poll => State::Failed,
            _ if self.polls >= self.wanted => State::Succeeded,
            _ => State::Running,
        }
    }

    /// Returns the number of completed steps.
    pub(crate) fn steps(&self) -> u64 {
        let polls = self.polls.min(self.wanted).min(self.fails_at.unwrap_or(u32::MAX));
        self.total * u64::from(polls) / u64::from(self.wanted)
    }

    pub(crate) fn percent(&self) -> f64 {
        self.steps() as f64 * 100.0 / self.total as f64
    }

    pub(crate) fn start_time(&self) -> String {
        clock::format(self.started * 1000 + 300)
    }

    pub(crate) fn end_time(&self) -> Option<String> {
        self.ended.map(|ended| clock::format(ended * 1000))
    }

    /// Returns the epoch of a step.
    pub(crate) fn epoch(&self, step: u64) -> u64 {
        step * self.batch / self.examples
    }

    /// Returns a `TuningSnapshot` for each step so far. Zeros are omitted, as in protobuf.
    pub(crate) fn snapshots(&self) -> Vec<Value> {
        let snapshot = |step| {
            let mut snapshot = Map::new();
            snapshot.insert("step".to_owned(), json!(step));
            let epoch = self.epoch(step);
            if epoch > 0 {
                snapshot.insert("epoch".to_owned(), json!(epoch));
            }
            snapshot.insert("meanLoss".to_owned(), self.loss(step));
            snapshot.insert("computeTime".to_owned(), json!(clock::format(self.started * 1000 + 300 + step * 20)));
            Value::Object(snapshot)
        };
        (1..=self.steps()).map(snapshot).collect()
    }

    /// Returns a decreasing loss with some noise, in the digits of a float.
    fn loss(&self, step: u64) -> Value {
        let at = step as f64 / self.total as f64;
        let noise = (step as f64 * 12.9898).sin() * 43_758.545;
        let loss = 7.4 * (-4.2 * at).exp() + (noise - noise.floor() - 0.4) * (-2.5 * at).exp();
        let single = (loss.max(0.0004) * 1e6).round() / 1e6;
        json!(single)
    }
}
