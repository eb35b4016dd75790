//! Verdicts of changes, on the wire and in Rust, and the direction in which calls carry them.

use serde::Serialize;
use std::fmt;

/// Compatibility of clients of the old document with a service of the new one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum WireCompatibility {
    /// All calls work as before.
    #[default]
    Safe,
    /// Some calls may fail, depending on values or on facts that the document does not state.
    Risky,
    /// Valid calls are rejected, or responses cannot be decoded.
    Breaking,
}

impl WireCompatibility {
    /// Returns the word that reports use.
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

/// Required change of the generated crate's version.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Bump {
    /// Programs see no difference.
    #[default]
    Patch,
    /// Items were added or deprecated.
    Minor,
    /// Programs may no longer compile.
    Major,
}

impl Bump {
    /// Returns the word that reports use.
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

/// Direction in which calls carry a changed item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// In requests only.
    Request,
    /// In responses only.
    Response,
    /// In requests and responses.
    Both,
    /// In no request and no response.
    Unused,
}

impl Direction {
    /// Returns the direction of an item that requests, responses, both or neither carry.
    pub fn of(request: bool, response: bool) -> Self {
        match (request, response) {
            (true, true) => Direction::Both,
            (true, false) => Direction::Request,
            (false, true) => Direction::Response,
            (false, false) => Direction::Unused,
        }
    }

    /// Returns the word that reports use.
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
