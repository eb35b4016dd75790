//! cargo-semver-checks, run on the rustdoc output of two crates.

use crate::real::cache;
use discovery_codegen::diff::Bump;
use rayon::prelude::*;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// Version of cargo-semver-checks.
pub(super) const VERSION: &str = "0.51.0";

/// Path of the installed tool.
pub(super) struct SemverChecks(PathBuf);

/// Findings of cargo-semver-checks.
#[derive(Debug)]
pub(super) struct Verdict {
    major: usize,
    minor: usize,
    /// Names of failed lints.
    lints: Vec<String>,
}

impl SemverChecks {
    /// Returns the tool, which Cargo builds once into the user's cache. It is barely optimized, since building it takes
    /// longer than running it.
    ///
    /// # Errors
    /// When it is missing and cannot be built.
    pub(super) fn installed() -> Result<Self, String> {
        let root = cache().join(format!("cargo-semver-checks-{VERSION}"));
        let tool = root.join("bin/cargo-semver-checks");
        if !tool.is_file() {
            let begin = Instant::now();
            let status = Command::new("cargo")
                .args(["install", "--quiet", "--locked", "cargo-semver-checks", "--version", VERSION, "--root"])
                .arg(&root)
                .env("CARGO_PROFILE_RELEASE_LTO", "off")
                .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
                .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
                .env_remove("CARGO_TARGET_DIR")
                .status()
                .map_err(|error| format!("cargo: {error}"))?;
            if !status.success() {
                return Err(format!("cargo-semver-checks {VERSION} cannot be installed"));
            }
            println!("cargo-semver-checks {VERSION} built in {:.0} s", begin.elapsed().as_secs_f64());
        }
        Ok(Self(tool))
    }

    /// Compares pairs of crates, whose rustdoc JSON is in a folder.
    ///
    /// # Errors
    /// When the tool gives no verdict on a pair.
    pub(super) fn compare(&self, docs: &Path, pairs: &[(&str, &str)]) -> Result<Vec<Verdict>, String> {
        pairs.par_iter().map(|(old, new)| self.pair(docs, old, new)).collect()
    }

    fn pair(&self, docs: &Path, old: &str, new: &str) -> Result<Verdict, String> {
        let output = Command::new(&self.0)
            .args(["semver-checks", "--release-type", "patch", "--color", "never", "--baseline-rustdoc"])
            .arg(docs.join(format!("{old}.json")))
            .arg("--current-rustdoc")
            .arg(docs.join(format!("{new}.json")))
            .output()
            .map_err(|error| format!("cargo-semver-checks: {error}"))?;
        let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        Verdict::parse(&text).ok_or_else(|| format!("cargo-semver-checks on {old} and {new}:\n{text}"))
    }
}

impl Verdict {
    /// Parses the output: a line for each failed lint, and a summary. Without a summary, nothing was compared.
    fn parse(output: &str) -> Option<Self> {
        let summary = output.lines().find_map(|line| line.trim_start().strip_prefix("Summary "))?;
        let lints = output.lines().filter_map(|line| line.strip_prefix("--- failure ")?.split(':').next());
        let mut verdict = Self { major: 0, minor: 0, lints: lints.map(str::to_owned).collect() };
        let words: Vec<&str> = summary.split_whitespace().collect();
        for pair in words.windows(2) {
            match (pair[0].parse(), pair[1]) {
                (Ok(count), "major") => verdict.major = count,
                (Ok(count), "minor") => verdict.minor = count,
                _ => {}
            }
        }
        (verdict.lints.is_empty() == (verdict.major + verdict.minor == 0)).then_some(verdict)
    }

    /// Returns the required version bump; `None` without findings.
    pub(super) fn bump(&self) -> Option<Bump> {
        match (self.major, self.minor) {
            (0, 0) => None,
            (0, _) => Some(Bump::Minor),
            _ => Some(Bump::Major),
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = self.bump().map_or("nothing", Bump::as_str);
        if self.lints.is_empty() { f.write_str(word) } else { write!(f, "{word} ({})", self.lints.join(", ")) }
    }
}
