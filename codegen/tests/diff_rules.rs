//! Every rule's examples: an edit of one small document, and what is then said of it.

mod diff_support;

use diff_support::examples::models;
use discovery_codegen::diff::rules::{Example, RULES};
use discovery_codegen::diff::{Change, Report, diff};
use discovery_codegen::rust::naming::Names;

fn all(report: &Report) -> Vec<&Change> {
    let heads = report.findings.iter().filter(|finding| finding.group).map(|finding| &finding.change);
    heads.chain(report.atomic()).collect()
}

fn report(example: &Example) -> Report {
    let [old, new] = models(example);
    diff(&old, &new, &[], &Names::default())
}

fn told(report: &Report) -> String {
    let line = |c: &&Change| format!("  {} {} {} {}: {}\n", c.rule.id, c.subject, c.wire, c.rust, c.message);
    all(report).iter().map(line).collect()
}

#[test]
fn every_example_is_judged_as_its_rule_says() {
    for rule in RULES {
        for example in rule.examples {
            let report = report(example);
            let found = all(&report).into_iter().any(|c| {
                c.rule.id == rule.id && c.subject == example.subject && c.wire == example.wire && c.rust == example.rust
            });
            let wanted = format!("{} {} {} {}", rule.id, example.subject, example.wire, example.rust);
            assert!(found, "{wanted}\nafter {:#?}, but there is\n{}", example.edits, told(&report));
            assert!(report.semver() >= Some(example.rust), "{wanted}");
        }
    }
}

#[test]
fn every_rule_has_an_example_a_reason_and_a_name_of_its_own() {
    let mut names = std::collections::BTreeSet::new();
    for rule in RULES {
        assert!(names.insert(rule.id), "`{}` is there twice", rule.id);
        assert!(rule.because.ends_with('.') && rule.because.len() > 10, "`{}` says why", rule.id);
        assert!(!rule.examples.is_empty(), "`{}` has an example", rule.id);
    }
}

#[test]
fn an_example_gives_one_finding_or_says_what_else_changed() {
    // One edit is one cause: the verdict of the whole report is that of the example, but for edits that need company.
    let company = [
        "path-parameters-changed",
        "scope-renamed",
        "schema-kind-changed",
        "reference-changed-breaking",
        "pages-removed",
    ];
    for rule in RULES.iter().filter(|rule| !company.contains(&rule.id)) {
        for example in rule.examples {
            let report = report(example);
            assert_eq!(report.semver(), Some(example.rust), "{}\n{}", rule.id, told(&report));
            assert_eq!(report.wire(), example.wire, "{}\n{}", rule.id, told(&report));
        }
    }
}
