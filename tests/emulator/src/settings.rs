//! Settings of the emulator.

use crate::fault::Rule;

/// Settings of the emulator.
#[derive(Clone, Debug)]
#[must_use]
pub struct Settings {
    pub(crate) token: Option<String>,
    pub(crate) api_key: Option<String>,
    pub(crate) looks: u32,
    pub(crate) fails_at: Option<u32>,
    pub(crate) faults: Vec<Rule>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { token: None, api_key: None, looks: 8, fails_at: None, faults: Vec::new() }
    }
}

impl Settings {
    /// Any token and any key is good, training takes eight looks and succeeds, nothing is broken.
    pub fn new() -> Self {
        Self::default()
    }

    /// The only access token that is good.
    pub fn with_token(mut self, token: &str) -> Self {
        self.token = Some(token.to_owned());
        self
    }

    /// The only API key that is good.
    pub fn with_api_key(mut self, key: &str) -> Self {
        self.api_key = Some(key.to_owned());
        self
    }

    /// Sets the number of looks that a training takes, at least one.
    pub fn with_looks(mut self, looks: u32) -> Self {
        self.looks = looks.max(1);
        self
    }

    /// Every training fails at this look.
    pub fn with_failure_at(mut self, look: u32) -> Self {
        self.fails_at = Some(look);
        self
    }

    /// Something goes wrong.
    pub fn with_fault(mut self, rule: Rule) -> Self {
        self.faults.push(rule);
        self
    }
}
