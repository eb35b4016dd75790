//! Injected faults, and rules for the calls that they affect.

use std::time::Duration;

/// Fault of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// Status 429, with this delay in `RetryInfo`. The method is not executed.
    TooManyRequests(Duration),
    /// Status 503. The method is not executed.
    Unavailable,
    /// Status 502 with an HTML page, as of a front end. The method is not executed.
    BadGateway,
    /// The connection is closed. The method is not executed.
    CutBefore,
    /// The method is executed, and the connection is closed before the response.
    CutAfter,
    /// The method is executed, and the connection is closed in the middle of the response.
    CutWithin,
    /// The method is executed, and the response arrives in eight chunks with this pause before each.
    Slow(Duration),
    /// The method is executed, and the response stalls in the middle.
    Stalled,
    /// The method is executed, and the response is not JSON.
    Garbage,
    /// The method is executed, and the response is JSON of this size in bytes.
    Huge(usize),
}

impl Fault {
    /// Returns `true` if the method is executed despite the fault.
    pub fn is_done(&self) -> bool {
        !matches!(self, Self::TooManyRequests(_) | Self::Unavailable | Self::BadGateway | Self::CutBefore)
    }
}

/// Fault with the calls that it affects.
#[derive(Clone, Debug)]
pub struct Rule {
    pub(crate) method: String,
    pub(crate) first: usize,
    pub(crate) count: usize,
    pub(crate) fault: Fault,
}

impl Rule {
    /// Creates a rule for the first call of a method, named without its API: `tunedModels.create`.
    pub fn new(method: &str, fault: Fault) -> Self {
        Self { method: method.to_owned(), first: 1, count: 1, fault }
    }

    /// Sets the first affected call, counted from 1.
    #[must_use]
    pub fn at(mut self, nth: usize) -> Self {
        self.first = nth;
        self
    }

    /// Sets the number of consecutive affected calls.
    #[must_use]
    pub fn times(mut self, count: usize) -> Self {
        self.count = count;
        self
    }

    /// Returns `true` if the rule affects the nth call of a method.
    pub(crate) fn is_for(&self, method: &str, nth: usize) -> bool {
        self.method == method && nth >= self.first && nth - self.first < self.count
    }
}
