//! cargo-semver-checks, run on the rustdoc output of two crates.

use crate::real::cache;
use discovery_codegen::diff::Bump;
use rayon::prelude::*;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// Which it is.
pub(super) const VERSION: &str = "0.51.0";

/// Where the tool is.
pub(super) struct SemverChecks(PathBuf);

/// Findings of cargo-semver-checks.
#[derive(Debug)]
pub(super) struct Verdict {
    major: usize,
    minor: usize,
    /// The names of the lints that failed.
    lints: Vec<String>,
}

impl SemverChecks {
    /// The tool, which Cargo builds once into a cache outside of the tree: with little care for its speed, as building
    /// it takes longer than running it.
    ///
    /// # Errors
    /// When it is not there and cannot be built.
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
                return Err(format!("cargo-semver-checks {VERSION} cannot be installed, so it was not asked"));
            }
            println!("cargo-semver-checks {VERSION} built in {:.0} s", begin.elapsed().as_secs_f64());
        }
        Ok(Self(tool))
    }

    /// Compares pairs of crates, whose descriptions are in a folder.
    ///
    /// # Errors
    /// When it cannot say of any of them.
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
        let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        Verdict::read(&said).ok_or_else(|| format!("cargo-semver-checks on {old} and {new}:\n{said}"))
    }
}

impl Verdict {
    /// Reads what is printed: a line for each lint that failed, and a summary, without which nothing was compared.
    fn read(said: &str) -> Option<Self> {
        let summary = said.lines().find_map(|line| line.trim_start().strip_prefix("Summary "))?;
        let lints = said.lines().filter_map(|line| line.strip_prefix("--- failure ")?.split(':').next());
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

    /// Returns the required version bump; `None` without findings, as for additions alone.
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
