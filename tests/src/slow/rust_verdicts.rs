//! The verdicts of `diff` for Rust are those of rustc and of cargo-semver-checks.
//!
//! Both revisions are generated, and a program that uses every item of the old crate is compiled against the new one:
//! on every example of every rule, and on every step of some large APIs over two years. Major is what does not compile.
//! The other way round, what is a patch gives a program of the new crate nothing that the old one does not have.
//! cargo-semver-checks compares what rustdoc knows of both; it may never ask for more than we do, and what it does not
//! see is counted and listed.

mod bench;
#[allow(unreachable_pub)]
#[path = "../../../codegen/tests/diff_support/examples.rs"]
mod examples;
mod probe;
#[allow(dead_code, unreachable_pub)]
#[path = "../../../codegen/tests/diff_support/real.rs"]
mod real;
mod semver_checks;

use bench::{Bench, Fault};
use discovery_codegen::diff::rules::{Base, Example, RULES, Rule};
use discovery_codegen::diff::{Bump, Report, diff};
use discovery_codegen::passes::names::Names;
use discovery_codegen::pipeline::{Input, Mode};
use semver_checks::{SemverChecks, Verdict};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

/// The APIs whose steps are taken.
const APIS: &[&str] = &["dns.v1", "storage.v1"];

/// Major by what the change means, though a program that ignores meaning may compile: arguments of one type in another
/// order, one name that now is another thing of the same type.
const MEANT: [&str; 2] = ["parameter-order-changed", "rust-name-changed"];

/// Two crates, and what we say of the way from one to the other.
struct Pair {
    /// For people: a rule, or a step.
    title: String,
    /// The crates, and the programs that use the one against the other.
    old: String,
    new: String,
    forth: String,
    back: Option<String>,
    /// What we say.
    report: Report,
    /// The rule that it is an example of.
    rule: Option<&'static Rule>,
}

impl Pair {
    fn is_major(&self) -> bool {
        self.report.semver() == Some(Bump::Major)
    }

    /// How many changes are major, by rule.
    fn majors(&self) -> BTreeMap<&'static str, usize> {
        let mut count = BTreeMap::new();
        for change in self.report.atomic().filter(|change| change.rust == Bump::Major) {
            *count.entry(change.rule.id).or_default() += 1;
        }
        count
    }
}

/// Generates, compiles and compares.
///
/// # Errors
/// When a verdict is not rustc's, or milder than that of cargo-semver-checks; when either was not asked.
pub fn run() -> Result<(), String> {
    let tool = SemverChecks::installed()?;
    let begin = Instant::now();
    let lap = |what: &str| println!("{what} after {:.0} s", begin.elapsed().as_secs_f64());
    let mut bench = Bench::new()?;
    let mut pairs = all_examples(&mut bench)?;
    for api in APIS {
        pairs.extend(steps(&mut bench, api)?);
    }
    lap("generated");
    let faults = bench.check()?;
    lap("compiled");
    let mut wrong = by_rustc(&pairs, &faults);
    println!("{} verdicts that rustc does not share", wrong.len());
    let docs = bench.rustdoc(&pairs.iter().flat_map(|pair| [&*pair.old, &*pair.new]).collect())?;
    lap("described by rustdoc");
    let crates: Vec<(&str, &str)> = pairs.iter().map(|pair| (&*pair.old, &*pair.new)).collect();
    let seen = tool.compare(&docs, &crates)?;
    lap("compared by cargo-semver-checks");
    wrong.extend(by_semver_checks(&pairs, &seen));
    tell_steps(&pairs, &faults, &seen);
    let examples = pairs.iter().filter(|pair| pair.rule.is_some()).count();
    let steps = pairs.len() - examples;
    println!("{} rules: {examples} examples that change code, {steps} steps; {} wrong", RULES.len(), wrong.len());
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

/// Each example's crate, with programs both ways between it and what it is an edit of. Those whose code is the same are
/// patches, or nothing.
fn all_examples(bench: &mut Bench) -> Result<Vec<Pair>, String> {
    let first = |base: Base| if base == Base::OpenApi { "nursery" } else { "garden" };
    for base in [Base::Document, Base::OpenApi] {
        bench.generate(first(base), &examples::before(base), &Names::default())?;
    }
    let all = RULES.iter().flat_map(|rule| rule.examples.iter().map(move |example| (rule, example)));
    let pair = |(number, (rule, example)): (usize, (&'static Rule, &Example))| -> Result<Option<Pair>, String> {
        let (old, new) = (first(example.base).to_owned(), format!("example_{number}"));
        let [before, after] = examples::models(example);
        let report = diff(&before, &after, &[], &Names::default());
        bench.generate(&new, &examples::after(example), &Names::default())?;
        if bench.is_same_code(&old, &new)? {
            let fine = report.semver() <= Some(Bump::Patch);
            return if fine { Ok(None) } else { Err(format!("`{}` changes no line of code", rule.id)) };
        }
        let (forth, back) = (format!("forth_{number}"), format!("back_{number}"));
        bench.probe(&forth, &old, &new)?;
        bench.probe(&back, &new, &old)?;
        let title = format!("{} ({})", rule.id, example.edits.join("; "));
        Ok(Some(Pair { title, old, new, forth, back: Some(back), report, rule: Some(rule) }))
    };
    all.enumerate().map(pair).filter_map(Result::transpose).collect()
}

/// The steps of an API between releases, each generated with what the lock remembers of those before.
fn steps(bench: &mut Bench, api: &str) -> Result<Vec<Pair>, String> {
    let mut pairs = Vec::new();
    let mut earlier: Option<(&str, String, Input)> = None;
    let mut names = Names::default();
    for release in real::RELEASES {
        let path = real::documents(release).join(format!("{api}.json"));
        if !path.is_file() {
            println!("{api} is not in {release}");
            continue;
        }
        let input = Input { document: real::source(&path), overlay: None };
        let new = format!("{}_{}", api.replace('.', "_"), release.replace('.', "_"));
        names = bench.generate(&new, &input, &names)?;
        if let Some((before, old, old_input)) = earlier {
            let api_of = |input: &Input| input.api(Mode::Lenient).map(|(api, _)| api).map_err(|e| e.to_string());
            let report = diff(&api_of(&old_input)?, &api_of(&input)?, &[], &names);
            let forth = format!("{new}_forth");
            bench.probe(&forth, &old, &new)?;
            let title = format!("{api} {before} to {release}");
            pairs.push(Pair { title, old, new: new.clone(), forth, back: None, report, rule: None });
        }
        earlier = Some((release, new, input));
    }
    Ok(pairs)
}

/// Where rustc says other than we do.
fn by_rustc(pairs: &[Pair], faults: &BTreeMap<String, Vec<Fault>>) -> Vec<String> {
    let mut wrong = Vec::new();
    for pair in pairs {
        let title = &pair.title;
        let meant = pair.rule.is_some_and(|rule| MEANT.contains(&rule.id));
        match (pair.is_major(), faults.get(&pair.forth)) {
            (false, Some(faults)) => wrong.push(format!("{title}: not major, and {}", faults[0].text)),
            (true, None) if !meant => wrong.push(format!("{title}: major, and everything compiles")),
            _ => {}
        }
        let more = pair.back.as_ref().and_then(|back| faults.get(back));
        if let (None | Some(Bump::Patch), Some(faults)) = (pair.report.semver(), more) {
            wrong.push(format!("{title}: a patch, and there is more than before: {}", faults[0].text));
        }
        // What is deprecated has a warning more, and nothing to name.
        let warns = pair.rule.is_some_and(|rule| rule.id.ends_with("-deprecated"));
        if let (Some(Bump::Minor), None, Some(_), false) = (pair.report.semver(), more, &pair.back, warns) {
            wrong.push(format!("{title}: minor, and there is no more than before"));
        }
    }
    wrong
}

/// Where cargo-semver-checks asks for more than we do, and where it is blind though nothing is known to hide there.
fn by_semver_checks(pairs: &[Pair], seen: &[Verdict]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (pair, seen) in pairs.iter().zip(seen) {
        if seen.bump() > pair.report.semver() {
            wrong.push(format!("{}: {:?}, and cargo-semver-checks says {seen:?}", pair.title, pair.report.semver()));
        }
    }
    let examples = || pairs.iter().zip(seen).filter_map(|(pair, seen)| Some((pair.rule?, pair, seen)));
    let major = || examples().filter(|(_, pair, _)| pair.is_major());
    let blind: BTreeSet<&str> =
        major().filter(|(_, _, seen)| seen.bump() != Some(Bump::Major)).map(|(rule, ..)| rule.id).collect();
    println!(
        "of {} examples that are major, cargo-semver-checks sees nothing major in {}:",
        major().count(),
        blind.len()
    );
    for rule in &blind {
        println!("  {rule}: {}", unseen(rule));
    }
    for (pair, seen) in pairs.iter().zip(seen).filter(|(pair, _)| pair.rule.is_none() && pair.is_major()) {
        let hidden = pair.majors().keys().all(|rule| blind.contains(rule));
        if seen.bump() != Some(Bump::Major) && !hidden {
            wrong.push(format!("{}: major ({:?}), and cargo-semver-checks saw nothing", pair.title, pair.majors()));
        }
    }
    wrong
}

/// Why a change is none that cargo-semver-checks sees.
fn unseen(rule: &str) -> &'static str {
    match rule {
        "response-added" | "response-removed" | "streaming-changed" => "the type of a reply",
        rule if rule.starts_with("operation-") || rule.starts_with("pages-") => "the type of a call",
        rule if rule.starts_with("parameter-") => "the type or place of an argument",
        _ => "the type of a field, of a variant's value or of an argument",
    }
}

fn tell_steps(pairs: &[Pair], faults: &BTreeMap<String, Vec<Fault>>, seen: &[Verdict]) {
    for (pair, seen) in pairs.iter().zip(seen).filter(|(pair, _)| pair.rule.is_none()) {
        let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
        for fault in faults.get(&pair.forth).into_iter().flatten() {
            *codes.entry(&fault.code).or_default() += 1;
        }
        let ours = pair.report.semver().map_or("nothing", Bump::as_str);
        println!("{}: {ours} {:?}; rustc {codes:?}; cargo-semver-checks {seen}", pair.title, pair.majors());
    }
}
