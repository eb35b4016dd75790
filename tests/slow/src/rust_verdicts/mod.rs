//! The verdicts of `diff` for Rust are those of rustc and of cargo-semver-checks.
//!
//! Both revisions are generated, and a program that uses every item of the old crate is compiled against the new one:
//! on every example of every rule, and on every step of some APIs over two years. Major is what does not compile. Of
//! steps, each major change is refused by itself: some line that uses its items does not compile, and no line that uses
//! other items alone is refused.
//! The other way round, what is a patch gives a program of the new crate nothing that the old one does not have.
//! Of the same pairs, cargo-semver-checks compares what rustdoc knows of both; it may never ask for more than we do, and
//! what it does not see is counted and listed: all of it must be types, which it does not compare.

mod bench;
// The rules' own tests read the rest of each example.
#[allow(dead_code, unreachable_pub)]
#[path = "../../../../codegen/tests/diff_support/examples.rs"]
mod examples;
mod items;
mod judged;
mod pairs;
mod probe;
#[allow(unreachable_pub)]
#[path = "../../../../codegen/tests/diff_support/rule_examples/mod.rs"]
mod rule_examples;
mod semver_checks;
mod summary;

use bench::Bench;
use judged::Judged;
use semver_checks::SemverChecks;
use std::time::Instant;

/// The APIs whose steps are taken.
const APIS: [&str; 4] = ["aiplatform.v1", "discoveryengine.v1", "dns.v1", "storage.v1"];

/// Generates, compiles and compares.
///
/// # Errors
/// When a verdict is not rustc's, or milder than that of cargo-semver-checks; when either was not asked.
pub(crate) fn run() -> Result<(), String> {
    let tool = SemverChecks::installed()?;
    let begin = Instant::now();
    let lap = |what: &str| println!("{what} after {:.0} s", begin.elapsed().as_secs_f64());
    let mut bench = Bench::new()?;
    let mut pairs = pairs::examples(&mut bench)?;
    for api in APIS {
        pairs.extend(pairs::steps(&mut bench, api)?);
    }
    lap("generated");
    let mut faults = bench.check()?;
    lap("compiled");
    let docs = bench.rustdoc()?;
    lap("described by rustdoc");
    let crates: Vec<(&str, &str)> = pairs.iter().map(|pair| (&*pair.old, &*pair.new)).collect();
    let seen = tool.compare(&docs, &crates)?;
    lap("compared by cargo-semver-checks");
    let mut faults = |program: &str| faults.remove(program).unwrap_or_default();
    let judged: Vec<Judged> = pairs
        .into_iter()
        .zip(seen)
        .map(|(pair, seen)| Judged {
            forth: faults(&pair.forth),
            back: pair.back.as_deref().map(&mut faults),
            seen,
            pair,
        })
        .collect();
    println!("{}", summary::of(&judged));
    let wrong = judged::wrong(&judged);
    if wrong.is_empty() { Ok(()) } else { Err(format!("{} verdicts differ\n{}", wrong.len(), wrong.join("\n"))) }
}
