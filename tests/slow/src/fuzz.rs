//! All fuzz targets: on random changes of their seeds, with stable Rust, or by libFuzzer, which requires nightly Rust
//! and a separate build.

use crate::project;
use discovery_fuzz::{TARGETS, Target, smoke};
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Duration of each target without a fuzzer.
const BLIND: Duration = Duration::from_secs(8);
/// Duration of each target by libFuzzer.
const GUIDED: Duration = Duration::from_secs(30);

/// Flags that instrument programs for libFuzzer, as in `cargo fuzz`. Without unsafe code, no sanitizer is needed.
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

/// Runs all targets on random changes of their seeds.
///
/// # Errors
/// Names of the targets that fail; the inputs are printed.
pub(crate) fn run() -> Result<(), String> {
    each(|target| std::panic::catch_unwind(|| smoke::run(target, BLIND)).map_err(|_| format!("{}: a panic", target.0)))
}

/// Runs all targets by libFuzzer.
///
/// # Errors
/// Nightly Rust that is missing and cannot be installed, programs that do not build, and names of the targets that
/// fail.
pub(crate) fn guided() -> Result<(), String> {
    let programs = programs()?;
    each(|target| one(target, &programs))
}

/// Runs all targets, two at a time, and prints the number of runs of each.
fn each(run: impl Fn(Target) -> Result<u64, String> + Sync) -> Result<(), String> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().map_err(|error| error.to_string())?;
    let results: Vec<Result<u64, String>> =
        pool.install(|| TARGETS.par_iter().with_max_len(1).map(|target| run(*target)).collect());
    let mut faults = Vec::new();
    for ((name, _), result) in TARGETS.iter().zip(results) {
        match result {
            Ok(runs) => println!("{name:<14} {runs:>9} runs"),
            Err(fault) => {
                println!("{fault}");
                faults.push(*name);
            }
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(format!("faults in {}", faults.join(", "))) }
}

/// Builds the programs, with nightly Rust, which is installed if it is missing. Returns their folder.
fn programs() -> Result<PathBuf, String> {
    let target = project::path("target/fuzz");
    // The versions that the project has: no others are downloaded.
    std::fs::copy(project::path("Cargo.lock"), project::path("codegen/fuzz/Cargo.lock")).map_err(|e| e.to_string())?;
    if output(Command::new("cargo").args(["+nightly", "--version"])).is_err() {
        output(Command::new("rustup").args(["toolchain", "install", "nightly", "--profile", "minimal"]))?;
    }
    let host = output(Command::new("rustc").args(["+nightly", "--print", "host-tuple"]))?.trim().to_owned();
    let mut build = Command::new("cargo");
    build.args(["+nightly", "build", "--quiet", "--release", "--bins", "--target", &host, "--target-dir"]);
    output(build.arg(&target).current_dir(project::path("codegen/fuzz")).env("RUSTFLAGS", FLAGS))?;
    Ok(target.join(host).join("release"))
}

/// Returns the standard output of a command of another toolchain.
fn output(command: &mut Command) -> Result<String, String> {
    // Set by the running Cargo for its own toolchain.
    let output = command.env_remove("RUSTUP_TOOLCHAIN").env_remove("CARGO").output().map_err(|e| e.to_string())?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    let first: Vec<&str> = errors.trim().lines().take(3).collect();
    Err(format!("{command:?}: {}", first.join(" ")))
}

fn one(target: Target, programs: &Path) -> Result<u64, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let corpus = folder.path().join("corpus");
    std::fs::create_dir(&corpus).map_err(|error| error.to_string())?;
    let output = Command::new(programs.join(target.0))
        .arg(&corpus)
        .arg(smoke::seeds(target.0))
        .args(["-timeout=10", "-rss_limit_mb=2048", "-max_len=16384", "-print_final_stats=1"])
        .arg(format!("-max_total_time={}", GUIDED.as_secs()))
        .arg(format!("-artifact_prefix={}/", std::env::temp_dir().display()))
        .current_dir(folder.path())
        .output()
        .map_err(|error| error.to_string())?;
    let errors = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        let end: Vec<&str> = errors.lines().rev().take(40).collect();
        return Err(format!("{}: {}", target.0, end.into_iter().rev().collect::<Vec<_>>().join("\n")));
    }
    let runs = errors.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    runs.and_then(|runs| runs.trim().parse().ok()).ok_or_else(|| format!("{}: libFuzzer reports no runs", target.0))
}
