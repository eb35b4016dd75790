//! The fuzz targets without a fuzzer: each on its seeds, and on a few changes of them.

use discovery_fuzz::{TARGETS, smoke};
use std::time::Duration;

#[test]
fn every_target_stands_its_seeds() {
    // Messages are decoded at random in the runtime's own tests.
    for target in TARGETS.into_iter().filter(|(name, _)| *name != "decoder") {
        let runs = smoke::run(target, Duration::from_millis(300));
        println!("{}: {runs} runs", target.0);
    }
}
