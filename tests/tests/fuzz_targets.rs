//! Runs each fuzz target on its seeds, and on a few mutations of them.

use discovery_fuzz::{TARGETS, smoke};
use std::time::Duration;

#[test]
fn targets_accept_their_seeds() {
    for target in TARGETS {
        let runs = smoke::run(target, Duration::from_millis(300));
        println!("{}: {runs} runs", target.0);
    }
}
