//! Human-readable summary of the results.

use super::judged::Judged;
use super::rule_examples;
use super::semver_checks::VERSION;
use discovery_codegen::diff::Bump;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Returns the counts, the changes that cargo-semver-checks misses by rule, and a table of the steps.
pub(super) fn of(all: &[Judged]) -> String {
    let (examples, steps): (Vec<&Judged>, Vec<&Judged>) = all.iter().partition(|judged| judged.pair.rule.is_some());
    let shown: usize = rule_examples::examples().map(|(_, examples)| examples.len()).sum();
    let count = |what: fn(&Judged) -> bool| all.iter().filter(|judged| what(judged)).count();
    let majors = count(|judged| judged.pair.is_major());
    let by_meaning = count(Judged::is_major_by_meaning);
    let (rules, changing) = (rule_examples::examples().count(), examples.len());
    let mut lines = vec![
        String::new(),
        format!("{rules} rules, {shown} examples of which {changing} change code; {} steps of APIs", steps.len()),
        format!("{majors} of these {} pairs of crates are major", all.len()),
        format!("  rustc rejects {}; {by_meaning} compile, and are major by their meaning", majors - by_meaning),
        format!(
            "  cargo-semver-checks {VERSION} finds {}",
            count(|judged| judged.pair.is_major() && !judged.is_missed())
        ),
        format!("  it misses {} that rustc rejects, all of them changed types:", count(Judged::is_missed_error)),
    ];
    let missed = missed(&examples, &steps);
    lines.push(format!("    {:<32}{:>8}{:>18}", "rule", "examples", "changes in steps"));
    lines.extend(missed.iter().map(|(rule, [examples, changes])| format!("    {rule:<32}{examples:>8}{changes:>18}")));
    lines.join("\n") + "\n\n" + &table(&steps)
}

/// Returns the rules that cargo-semver-checks misses, with the number of missed examples and of changes in steps. A
/// step may be major for it because of other changes.
fn missed(examples: &[&Judged], steps: &[&Judged]) -> BTreeMap<&'static str, [usize; 2]> {
    let mut counts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for rule in examples.iter().filter(|judged| judged.is_missed_error()).filter_map(|judged| judged.pair.rule) {
        counts.entry(rule.id).or_default()[0] += 1;
    }
    for step in steps {
        for (rule, changes) in step.pair.majors() {
            if step.is_missed_error() || counts.contains_key(rule) {
                counts.entry(rule).or_default()[1] += changes;
            }
        }
    }
    counts
}

/// Returns a table with a line for each step.
fn table(steps: &[&Judged]) -> String {
    let mut text = String::new();
    let mut row = |cells: [&str; 6]| {
        let [step, ours, changes, errors, types, seen] = cells;
        let _ = writeln!(text, "{step:<40}{ours:<8}{changes:>8}{errors:>8}{types:>8}  {seen}");
    };
    row(["step", "ours", "majors", "errors", "types", "cargo-semver-checks"]);
    for judged in steps {
        let ours = judged.pair.report.semver().map_or("nothing", Bump::as_str);
        let majors: usize = judged.pair.majors().values().sum();
        let numbers = [majors, judged.forth.len(), judged.type_errors()].map(|number| number.to_string());
        let [majors, errors, types] = &numbers;
        row([&judged.pair.title, ours, majors, errors, types, &judged.seen.to_string()]);
    }
    text
}
