//! Calls outside of an asynchronous runtime.

use std::sync::OnceLock;

use tokio::runtime::{Builder, Runtime};

/// Blocks the current thread until a future completes: `block_on(call.send())`, `block_on(pages.next())`.
///
/// # Panics
/// Within an asynchronous runtime, which it would block, and when the system cannot start a thread.
pub fn block_on<F: Future>(future: F) -> F::Output {
    // One runtime for all calls: connections kept for reuse belong to the runtime that opened them.
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    #[allow(clippy::expect_used, reason = "as `std::thread::spawn`, which the documentation above says")]
    let build = || Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("cannot start a thread");
    RUNTIME.get_or_init(build).block_on(future)
}
