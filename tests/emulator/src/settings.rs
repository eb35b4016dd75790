//! Settings of the emulator.

use crate::fault::Rule;

/// Settings of the emulator.
#[derive(Clone, Debug)]
#[must_use]
pub struct Settings {
    pub(crate) token: Option<String>,
    pub(crate) api_key: Option<String>,
    pub(crate) polls: u32,
    pub(crate) fails_at: Option<u32>,
    pub(crate) faults: Vec<Rule>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { token: None, api_key: None, polls: 8, fails_at: None, faults: Vec::new() }
    }
}

impl Settings {
    /// Creates default settings: all tokens and keys are valid, and training succeeds after eight polls, without
    /// faults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the only valid access token.
    pub fn with_token(mut self, token: &str) -> Self {
        self.token = Some(token.to_owned());
        self
    }

    /// Sets the only valid API key.
    pub fn with_api_key(mut self, key: &str) -> Self {
        self.api_key = Some(key.to_owned());
        self
    }

    /// Sets the number of polls until a training ends, at least one.
    pub fn with_polls(mut self, polls: u32) -> Self {
        self.polls = polls.max(1);
        self
    }

    /// Makes every training fail at this poll.
    pub fn with_failure_at(mut self, poll: u32) -> Self {
        self.fails_at = Some(poll);
        self
    }

    /// Adds a fault for matching requests.
    pub fn with_fault(mut self, rule: Rule) -> Self {
        self.faults.push(rule);
        self
    }
}
