//! How bad a change is, on the wire and in Rust, and which way it travels.

use serde::Serialize;
use std::fmt;

/// What happens to a client that was generated from the old document, against a service that speaks the new one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum WireCompatibility {
    /// Nothing.
    #[default]
    Safe,
    /// It depends on the values, or on what the document does not say.
    Risky,
    /// Calls that were right are refused, or replies cannot be read.
    Breaking,
}

impl WireCompatibility {
    /// The word for it in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            WireCompatibility::Safe => "safe",
            WireCompatibility::Risky => "risky",
            WireCompatibility::Breaking => "breaking",
        }
    }
}

impl fmt::Display for WireCompatibility {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// How the version of the generated crate must move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Bump {
    /// Nothing that a program could name has changed.
    #[default]
    Patch,
    /// There is more than before.
    Minor,
    /// Programs that compiled may compile no more.
    Major,
}

impl Bump {
    /// The word for it in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Bump::Patch => "patch",
            Bump::Minor => "minor",
            Bump::Major => "major",
        }
    }
}

impl fmt::Display for Bump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Whether requests carry what a change is about, or replies, both, or nothing at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Requests alone.
    Request,
    /// Replies alone.
    Response,
    /// Requests and replies.
    Both,
    /// No method reaches it.
    Unused,
}

impl Direction {
    /// From whether requests and replies carry it.
    pub fn of(request: bool, response: bool) -> Self {
        match (request, response) {
            (true, true) => Direction::Both,
            (true, false) => Direction::Request,
            (false, true) => Direction::Response,
            (false, false) => Direction::Unused,
        }
    }

    /// The word for it in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::Request => "request",
            Direction::Response => "response",
            Direction::Both => "both",
            Direction::Unused => "unused",
        }
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
