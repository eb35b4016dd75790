//! What was asked, and what came of it, for people.

use super::judged::Judged;
use super::semver_checks::VERSION;
use discovery_codegen::diff::Bump;
use discovery_codegen::diff::rules::RULES;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The counts, what cargo-semver-checks does not see by rule, and the steps.
pub(super) fn of(all: &[Judged]) -> String {
    let (examples, steps): (Vec<&Judged>, Vec<&Judged>) = all.iter().partition(|judged| judged.pair.rule.is_some());
    let shown: usize = RULES.iter().map(|rule| rule.examples.len()).sum();
    let (majors, meant, hidden) =
        (count(all, |one| one.pair.is_major()), count(all, Judged::is_meant), count(all, Judged::is_hidden));
    let mut text = String::new();
    let mut line = |line: String| {
        text.push_str(&line);
        text.push('\n');
    };
    line(String::new());
    line(format!(
        "{} rules with {shown} examples, {} of which change code; {} steps",
        RULES.len(),
        examples.len(),
        steps.len()
    ));
    line(format!("{majors} of these {} pairs are major", all.len()));
    line(format!("  rustc refuses {}; {meant} are major by what they mean, and compile", majors - meant));
    for (rule, count) in by_rule(all, Judged::is_meant) {
        line(format!("    {rule:<32}{count}"));
    }
    line(format!("  cargo-semver-checks {VERSION} sees {}, and asks for more on none;", majors - hidden));
    line(format!("  it does not see {}, where types alone differ:", hidden - meant));
    for (rule, count) in by_rule(all, |one| one.is_hidden() && !one.is_meant()) {
        line(format!("    {rule:<32}{count}"));
    }
    text + &table(&steps)
}

fn count(all: &[Judged], what: impl Fn(&Judged) -> bool) -> usize {
    all.iter().filter(|judged| what(judged)).count()
}

/// How many examples of each rule there are, and steps with changes of it.
fn by_rule(all: &[Judged], what: impl Fn(&Judged) -> bool) -> BTreeMap<&'static str, String> {
    let mut counts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for judged in all.iter().filter(|judged| what(judged)) {
        match judged.pair.rule {
            Some(rule) => counts.entry(rule.id).or_default()[0] += 1,
            None => judged.pair.majors().keys().for_each(|rule| counts.entry(rule).or_default()[1] += 1),
        }
    }
    let words = |[examples, steps]: [usize; 2]| {
        let many = |count: usize, what: &str| match count {
            0 => None,
            1 => Some(format!("1 {what}")),
            _ => Some(format!("{count} {what}s")),
        };
        many(examples, "example").into_iter().chain(many(steps, "step")).collect::<Vec<_>>().join(", ")
    };
    counts.into_iter().map(|(rule, count)| (rule, words(count))).collect()
}

/// A line for each step.
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
        let numbers = [majors, judged.forth.len(), judged.of_types()].map(|number| number.to_string());
        let [majors, errors, types] = &numbers;
        row([&judged.pair.title, ours, majors, errors, types, &judged.seen.to_string()]);
    }
    text
}
