//! What goes wrong, and when.

use std::time::Duration;

/// What goes wrong with a call.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// 429, with `RetryInfo` that asks to wait so long. Nothing is done.
    TooManyRequests(Duration),
    /// 503. Nothing is done.
    Unavailable,
    /// 502 and a page of HTML, as a front end gives it. Nothing is done.
    BadGateway,
    /// The connection is cut. Nothing is done.
    CutBefore,
    /// What was asked is done, and the connection is cut before the answer.
    CutAfter,
    /// What was asked is done, and the connection is cut in the middle of the answer.
    CutWithin,
    /// What was asked is done, and the answer comes in eight pieces with so long a pause before each.
    Slow(Duration),
    /// What was asked is done, and the answer stops in its middle without an end.
    Stalled,
    /// What was asked is done, and the answer is not JSON.
    Garbage,
    /// What was asked is done, and the answer is JSON of so many bytes.
    Huge(usize),
}

impl Fault {
    /// Whether what was asked is done all the same.
    pub fn is_done(&self) -> bool {
        !matches!(self, Self::TooManyRequests(_) | Self::Unavailable | Self::BadGateway | Self::CutBefore)
    }
}

/// Which calls a fault is for.
#[derive(Clone, Debug)]
pub struct Rule {
    pub(crate) method: String,
    pub(crate) first: usize,
    pub(crate) count: usize,
    pub(crate) fault: Fault,
}

impl Rule {
    /// The fault is for the first call of a method, named without its API: `tunedModels.create`.
    pub fn new(method: &str, fault: Fault) -> Self {
        Self { method: method.to_owned(), first: 1, count: 1, fault }
    }

    /// The same for the nth call, counted from 1.
    #[must_use]
    pub fn at(mut self, nth: usize) -> Self {
        self.first = nth;
        self
    }

    /// The same for so many calls in a row.
    #[must_use]
    pub fn times(mut self, count: usize) -> Self {
        self.count = count;
        self
    }

    /// Whether the rule is for the nth call of a method.
    pub(crate) fn is_for(&self, method: &str, nth: usize) -> bool {
        self.method == method && nth >= self.first && nth - self.first < self.count
    }
}
