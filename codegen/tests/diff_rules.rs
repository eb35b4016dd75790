//! Examples of every rule: edits of one small document, and the change that is then reported.

mod diff_support;

use diff_support::examples::{Example, models};
use diff_support::rule_examples::EXAMPLES;
use discovery_codegen::diff::{Change, Report, diff, rules};
use discovery_codegen::rust::naming::Names;
use std::collections::BTreeSet;

fn all(report: &Report) -> Vec<&Change> {
    let heads = report.findings.iter().filter(|finding| finding.group).map(|finding| &finding.change);
    heads.chain(report.atomic()).collect()
}

fn report(example: &Example) -> Report {
    let [old, new] = models(example);
    diff(&old, &new, &[], &Names::default())
}

fn listed(report: &Report) -> String {
    let line = |c: &&Change| format!("  {} {} {} {}: {}\n", c.rule.id, c.subject, c.wire, c.rust, c.message);
    all(report).iter().map(line).collect()
}

#[test]
fn every_example_has_the_verdicts_of_its_rule() {
    for (rule, examples) in EXAMPLES {
        for example in *examples {
            let report = report(example);
            let found = all(&report).into_iter().any(|c| {
                c.rule == *rule && c.subject == example.subject && c.wire == example.wire && c.rust == example.rust
            });
            let wanted = format!("{} {} {} {}", rule.id, example.subject, example.wire, example.rust);
            assert!(found, "{wanted}\nafter {:#?}, but there is\n{}", example.edits, listed(&report));
            assert!(report.semver() >= Some(example.rust), "{wanted}");
        }
    }
}

#[test]
fn every_rule_has_an_example_a_rationale_and_a_unique_id() {
    let mut ids = BTreeSet::new();
    for rule in rules::all() {
        assert!(ids.insert(rule.id), "duplicate id `{}`", rule.id);
        assert!(rule.rationale.ends_with('.') && rule.rationale.len() > 10, "rationale of `{}`", rule.id);
        assert!(rule.example.ends_with('.'), "example of `{}`", rule.id);
        let examples = EXAMPLES.iter().filter(|(other, _)| *other == rule);
        assert_eq!(examples.filter(|(_, examples)| !examples.is_empty()).count(), 1, "examples of `{}`", rule.id);
    }
}

#[test]
fn an_example_gives_one_finding_or_says_what_else_changed() {
    // One edit is one cause: the verdict of the whole report is that of the example, but for edits that need company.
    let company = [
        &rules::PATH_PARAMETERS_CHANGED,
        &rules::SCOPE_RENAMED,
        &rules::SCHEMA_KIND_CHANGED,
        &rules::REFERENCE_CHANGED_BREAKING,
        &rules::PAGES_REMOVED,
    ];
    for (rule, examples) in EXAMPLES.iter().filter(|(rule, _)| !company.contains(rule)) {
        for example in *examples {
            let report = report(example);
            assert_eq!(report.semver(), Some(example.rust), "{}\n{}", rule.id, listed(&report));
            assert_eq!(report.wire(), example.wire, "{}\n{}", rule.id, listed(&report));
        }
    }
}
