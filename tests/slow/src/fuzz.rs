//! Each fuzz target for half a minute: by libFuzzer where there is nightly Rust, else on random changes of its seeds.

use crate::project;
use discovery_fuzz::{TARGETS, Target, smoke};
use rayon::prelude::*;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

/// Duration of each target.
const TIME: Duration = Duration::from_secs(30);

/// Flags that instrument programs for libFuzzer, as in `cargo fuzz`. There is no unsafe code for a sanitizer to watch.
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

/// Runs all targets, two at a time.
///
/// # Errors
/// The inputs on which a target fails.
pub(crate) fn run() -> Result<(), String> {
    let programs = programs();
    if let Err(error) = &programs {
        println!("without libFuzzer: {error}");
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().map_err(|error| error.to_string())?;
    let faults: Vec<String> = pool.install(|| {
        TARGETS
            .par_iter()
            .filter_map(|target| {
                one(*target, programs.as_ref().ok())
                    .map_err(|fault| println!("{fault}"))
                    .err()
                    .map(|()| target.0.to_owned())
            })
            .collect()
    });
    if faults.is_empty() { Ok(()) } else { Err(format!("faults in {}", faults.join(", "))) }
}

/// Builds the programs; gives their folder.
fn programs() -> Result<PathBuf, String> {
    let target = project::path("target/fuzz");
    // The versions that the project has: no others are fetched.
    std::fs::copy(project::path("Cargo.lock"), project::path("codegen/fuzz/Cargo.lock")).map_err(|e| e.to_string())?;
    let output = Command::new("cargo")
        .args([
            "+nightly",
            "build",
            "--quiet",
            "--release",
            "--bins",
            "--target",
            "x86_64-unknown-linux-gnu",
            "--target-dir",
        ])
        .arg(&target)
        .current_dir(project::path("codegen/fuzz"))
        .env("RUSTFLAGS", FLAGS)
        // Set by the Cargo that runs this, for its own toolchain.
        .env_remove("RUSTUP_TOOLCHAIN")
        .env_remove("CARGO")
        .output()
        .map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(target.join("x86_64-unknown-linux-gnu/release"));
    }
    Err(String::from_utf8_lossy(&output.stderr).trim().lines().take(3).collect::<Vec<_>>().join(" "))
}

fn one(target: Target, programs: Option<&PathBuf>) -> Result<(), String> {
    let Some(programs) = programs else {
        let runs =
            std::panic::catch_unwind(|| smoke::run(target, TIME)).map_err(|_| format!("{}: a panic", target.0))?;
        println!("{:<14} {runs:>9} runs", target.0);
        return Ok(());
    };
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let corpus = folder.path().join("corpus");
    std::fs::create_dir(&corpus).map_err(|error| error.to_string())?;
    let output = Command::new(programs.join(target.0))
        .arg(&corpus)
        .arg(smoke::seeds(target.0))
        .args(["-timeout=10", "-rss_limit_mb=2048", "-max_len=16384", "-print_final_stats=1"])
        .arg(format!("-max_total_time={}", TIME.as_secs()))
        .arg(format!("-artifact_prefix={}/", std::env::temp_dir().display()))
        .current_dir(folder.path())
        .output()
        .map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        let end: Vec<&str> = said.lines().rev().take(40).collect();
        return Err(format!("{}: {}", target.0, end.into_iter().rev().collect::<Vec<_>>().join("\n")));
    }
    let figure = |name: &str| said.lines().find_map(|line| line.strip_prefix(name)).unwrap_or("?").trim().to_owned();
    println!("{:<14} {:>9} runs", target.0, figure("stat::number_of_executed_units:"));
    Ok(())
}
