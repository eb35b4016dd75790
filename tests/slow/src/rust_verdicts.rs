//! The verdicts of `diff` for Rust are those of rustc and of cargo-semver-checks.
//!
//! Both revisions are generated, and a program that uses every item of the old crate is compiled against the new one:
//! on every example of every rule, and on every step of some APIs over two years. Major is what does not compile.
//! The other way round, what is a patch gives a program of the new crate nothing that the old one does not have.
//! On the steps, cargo-semver-checks compares what rustdoc knows of both; it may never ask for more than we do, and what
//! it does not see is counted and listed.

mod bench;
#[allow(unreachable_pub)]
#[path = "../../../codegen/tests/diff_support/examples.rs"]
mod examples;
mod probe;
mod semver_checks;

use crate::real;
use bench::{Bench, Fault};
use discovery_codegen::diff::rules::{Base, Example, RULES, Rule};
use discovery_codegen::diff::{Bump, Report, diff};
use discovery_codegen::passes::names::Names;
use discovery_codegen::pipeline::{Input, Mode};
use semver_checks::{SemverChecks, Verdict};
use std::collections::BTreeMap;
use std::time::Instant;

/// The APIs whose steps are taken.
const APIS: [&str; 2] = ["dns.v1", "storage.v1"];

/// Major by what the change means, though a program that ignores meaning may compile: arguments of one type in another
/// order, one name that now is another thing of the same type, a reply that is read as a whole or message by message.
const MEANT: [&str; 3] = ["parameter-order-changed", "rust-name-changed", "streaming-changed"];

/// What cargo-semver-checks does not look at: the types of replies, of fields and of arguments.
const BLIND: [&str; 4] = ["response-added", "response-removed", "reference-changed", "type-changed"];

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
pub(crate) fn run() -> Result<(), String> {
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
    let wrong = by_rustc(&pairs, &faults);
    if !wrong.is_empty() {
        return Err(format!("{} verdicts are not rustc's\n{}", wrong.len(), wrong.join("\n")));
    }
    let (examples, steps): (Vec<Pair>, Vec<Pair>) = pairs.into_iter().partition(|pair| pair.rule.is_some());
    let crates: Vec<(&str, &str)> = steps.iter().map(|pair| (&*pair.old, &*pair.new)).collect();
    let docs = bench.rustdoc(&crates.iter().flat_map(|(old, new)| [*old, *new]).collect())?;
    lap("described by rustdoc");
    let seen = tool.compare(&docs, &crates)?;
    lap("compared by cargo-semver-checks");
    let wrong = by_semver_checks(&steps, &seen);
    tell_steps(&steps, &faults, &seen);
    println!("{} rules: {} examples that change code, {} steps", RULES.len(), examples.len(), steps.len());
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
    let mut hidden = 0;
    for (pair, _) in pairs.iter().zip(seen).filter(|(pair, seen)| pair.is_major() && seen.bump() != Some(Bump::Major)) {
        let majors = pair.majors();
        println!("{}: major, which cargo-semver-checks does not see: {majors:?}", pair.title);
        hidden += 1;
        if !majors.keys().all(|rule| BLIND.contains(rule)) {
            wrong.push(format!("{}: major ({majors:?}), and cargo-semver-checks saw nothing", pair.title));
        }
    }
    println!("{hidden} major steps that cargo-semver-checks does not see");
    wrong
}

fn tell_steps(pairs: &[Pair], faults: &BTreeMap<String, Vec<Fault>>, seen: &[Verdict]) {
    for (pair, seen) in pairs.iter().zip(seen) {
        let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
        for fault in faults.get(&pair.forth).into_iter().flatten() {
            *codes.entry(&fault.code).or_default() += 1;
        }
        let ours = pair.report.semver().map_or("nothing", Bump::as_str);
        println!("{}: {ours} {:?}; rustc {codes:?}; cargo-semver-checks {seen}", pair.title, pair.majors());
    }
}
