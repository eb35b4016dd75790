//! Calls outside of an asynchronous runtime.

use std::sync::OnceLock;

use tokio::runtime::{Builder, Runtime};

/// Runs a future to completion on the current thread, which it blocks.
///
/// `block_on(call.send())` is the response of a call, `block_on(pages.next())` the next page of a list.
///
/// # Panics
/// Within an asynchronous runtime, which it would block, and when the system cannot start a thread.
pub fn block_on<F: Future>(future: F) -> F::Output {
    // One runtime for all calls: connections kept for reuse belong to the runtime that opened them.
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    #[allow(clippy::expect_used, reason = "documented, as for `std::thread::spawn`")]
    let build = || Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("cannot start a thread");
    RUNTIME.get_or_init(build).block_on(future)
}
