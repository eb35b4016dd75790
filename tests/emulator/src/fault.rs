//! Faults, and the calls that they occur in.

use std::time::Duration;

/// A fault in a call.
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
    /// The method is carried out, and the connection is closed before the response.
    CutAfter,
    /// The method is carried out, and the connection is closed in the middle of the response.
    CutWithin,
    /// The method is carried out, and the response comes in eight pieces with this pause before each.
    Slow(Duration),
    /// The method is carried out, and the response stalls in the middle without an end.
    Stalled,
    /// The method is carried out, and the response is not JSON.
    Garbage,
    /// The method is carried out, and the response is JSON of this size in bytes.
    Huge(usize),
}

impl Fault {
    /// Returns true if the method is carried out despite the fault.
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

    /// Returns true if the rule is for the nth call of a method.
    pub(crate) fn is_for(&self, method: &str, nth: usize) -> bool {
        self.method == method && nth >= self.first && nth - self.first < self.count
    }
}
