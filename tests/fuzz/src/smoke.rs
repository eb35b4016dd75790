//! Runs of targets without a fuzzer: on the seeds, and on deterministic mutations of them.

use crate::Target;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Returns the folder of a target's seeds.
#[must_use]
pub fn seeds(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../codegen/fuzz/seeds").join(target)
}

/// Runs a target on its seeds, then on mutations of them for a time. Returns the number of runs.
///
/// # Panics
/// When the target panics; its input is printed first.
pub fn run((name, body): Target, time: Duration) -> u64 {
    let mut files: Vec<PathBuf> = std::fs::read_dir(seeds(name))
        .unwrap_or_else(|error| panic!("cannot read the seeds of `{name}`: {error}"))
        .flatten()
        .map(|entry| entry.path())
        .collect();
    files.sort();
    let inputs: Vec<Vec<u8>> = files.iter().filter_map(|file| std::fs::read(file).ok()).collect();
    assert!(!inputs.is_empty(), "`{name}` has no seeds");
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut runs = 0;
    let began = Instant::now();
    for input in &inputs {
        once(name, body, input);
        runs += 1;
    }
    while began.elapsed() < time {
        once(name, body, &changed(&inputs, &mut random));
        runs += 1;
    }
    runs
}

fn once(name: &str, body: fn(&[u8]), input: &[u8]) {
    let result = std::panic::catch_unwind(|| body(input));
    if let Err(panic) = result {
        eprintln!("`{name}` fails on {:?}", String::from_utf8_lossy(input));
        std::panic::resume_unwind(panic);
    }
}

/// Returns a seed with a few bytes changed, removed or added, or with a part of another one inserted.
fn changed(inputs: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut bytes = inputs[random.below(inputs.len())].clone();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len() + 1);
        match random.below(5) {
            0 => bytes.insert(at, random.below(256) as u8),
            1 if at < bytes.len() => bytes[at] = random.below(256) as u8,
            2 => {
                let end = (at + random.below(16)).min(bytes.len());
                bytes.drain(at..end);
            }
            3 => {
                let other = &inputs[random.below(inputs.len())];
                let from = random.below(other.len() + 1);
                let to = (from + random.below(32)).min(other.len());
                bytes.splice(at..at, other[from..to].iter().copied());
            }
            _ => {
                let marks = b"{}[]:,\"\\`<>\n\r -0129.eE/|*";
                bytes.insert(at, marks[random.below(marks.len())]);
            }
        }
    }
    bytes
}

/// Small pseudorandom number generator (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}
