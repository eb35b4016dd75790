//! The verdicts of `diff` for Rust are those of rustc and of cargo-semver-checks.
//!
//! Both revisions are generated for each example of each rule, and for each step of some APIs over two years.
//!
//! - A program that uses every item of the old crate is compiled with the new one. It fails to compile if and only if the
//!   change is major. In a step, this holds for each line: those that use items of major changes fail, and no others.
//! - A program that uses every item of the new crate is compiled with the old one. It compiles if the change is a patch.
//! - cargo-semver-checks never requires a higher version than `diff`. The changes that it misses are listed; all of them are
//!   changes of types, which it does not compare.
//!
//! The variable [`RULES`] limits this to examples of some rules, without steps.

mod bench;
// The tests of rules use the rest.
#[allow(dead_code, unreachable_pub)]
#[path = "../../../../codegen/tests/diff/support/examples.rs"]
mod examples;
mod items;
mod judged;
mod pairs;
mod probe;
#[allow(unreachable_pub)]
#[path = "../../../../codegen/tests/diff/support/rule_examples/mod.rs"]
mod rule_examples;
mod semver_checks;
mod summary;

use bench::Bench;
use judged::Judged;
use semver_checks::SemverChecks;
use std::time::Instant;

/// APIs whose releases are compared.
const APIS: [&str; 4] = ["aiplatform.v1", "discoveryengine.v1", "dns.v1", "storage.v1"];

/// Environment variable with words that ids of rules must contain, separated by commas.
const RULES: &str = "RUST_VERDICTS_RULES";

/// Generates, compiles and compares.
///
/// # Errors
/// When a verdict differs from rustc's, or is less severe than that of cargo-semver-checks; when one of them cannot be
/// run.
pub(crate) fn run() -> Result<(), String> {
    let tool = SemverChecks::installed()?;
    let begin = Instant::now();
    let lap = |what: &str| println!("{what} after {:.0} s", begin.elapsed().as_secs_f64());
    let mut bench = Bench::new()?;
    let mut pairs = pairs::examples(&mut bench)?;
    let is_whole = std::env::var_os(RULES).is_none();
    let apis = if is_whole { &APIS[..] } else { &[] };
    for api in apis {
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
    let mut wrong = judged::wrong(&judged);
    if is_whole {
        wrong.extend(judged::unused(&judged));
    }
    if wrong.is_empty() { Ok(()) } else { Err(format!("{} verdicts differ\n{}", wrong.len(), wrong.join("\n"))) }
}
