//! Comparisons of real documents between releases.

use crate::support::{read, real};
use discovery_codegen::diff::{Change, Direction, Report, WireCompatibility, diff};
use discovery_codegen::model::Api;
use discovery_codegen::model::pattern::Pattern;
use discovery_codegen::rust::naming::Names;
use discovery_codegen::rust::naming::lock;
use std::collections::{BTreeMap, BTreeSet};

fn compare(old: &Api, new: &Api) -> Report {
    diff(old, new, &[], &Names::default())
}

/// Returns the pairs of consecutive revisions of an API.
fn steps(name: &str) -> Vec<(Api, Api)> {
    // Some APIs are younger than the oldest release.
    let has = |release: &&&str| real::documents(release).join(format!("{name}.json")).is_file();
    let revisions: Vec<Api> =
        real::RELEASES.iter().filter(has).map(|release| read(&real::document(release, name))).collect();
    assert!(revisions.len() >= 5, "{name} is in {} releases", revisions.len());
    revisions.windows(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect()
}

/// Change independent of direction: its subject in both revisions, and both values.
type Seen = (BTreeSet<String>, String, String);

fn seen(change: &Change, back: bool, renames: &BTreeMap<String, String>) -> Seen {
    let text = |value: &Option<serde_json::Value>| value.as_ref().map(ToString::to_string).unwrap_or_default();
    let (mut before, mut after) = (text(&change.before), text(&change.after));
    if back {
        std::mem::swap(&mut before, &mut after);
    }
    // A subject within a renamed item has another name in each revision.
    let mut subject = change.subject.clone();
    for (old, new) in renames {
        let inside =
            subject == *old || subject.strip_prefix(old.as_str()).is_some_and(|rest| rest.starts_with(['.', '(']));
        if inside {
            subject = format!("{new}{}", &subject[old.len()..]);
            break;
        }
    }
    (BTreeSet::from([subject]), before, after)
}

#[test]
fn reversed_comparisons_are_symmetric() {
    for name in ["aiplatform.v1", "discoveryengine.v1", "storage.v1", "dns.v1"] {
        for (old, new) in steps(name) {
            let (there, back) = (compare(&old, &new), compare(&new, &old));
            let renames: BTreeMap<String, String> = there
                .atomic()
                .filter(|c| c.rule.id.ends_with("-renamed") || c.rule.id.ends_with("-moved"))
                .filter_map(|c| Some((c.before.as_ref()?.as_str()?.to_owned(), c.after.as_ref()?.as_str()?.to_owned())))
                .collect();
            let forth: BTreeSet<Seen> = there.atomic().map(|c| seen(c, false, &renames)).collect();
            let mirrored: BTreeSet<Seen> = back.atomic().map(|c| seen(c, true, &renames)).collect();
            let only: Vec<_> = forth.symmetric_difference(&mirrored).collect();
            assert!(only.is_empty(), "{name} {:?} to {:?}: {only:#?}", old.revision, new.revision);
            assert_eq!(there.atomic().count(), back.atomic().count());
        }
    }
}

#[test]
fn every_change_has_one_finding_and_no_milder_cause() {
    for name in ["aiplatform.v1", "compute.v1"] {
        let old = read(&real::document("2.170.0", name));
        let new = read(&real::document("2.202.0", name));
        let report = compare(&old, &new);
        let mut fingerprints = BTreeSet::new();
        for change in report.atomic() {
            assert!(fingerprints.insert(&change.fingerprint), "duplicate change {} {}", change.rule.id, change.subject);
        }
        for finding in &report.findings {
            for part in &finding.includes {
                let (cause, part) = (&finding.change, part);
                assert!(
                    cause.wire >= part.wire && cause.rust >= part.rust,
                    "{} explains {}",
                    cause.subject,
                    part.subject
                );
            }
        }
        assert!(report.findings.windows(2).all(|pair| pair[0].change.wire >= pair[1].change.wire), "most severe first");
    }
}

/// Compares five steps with counts made by hand.
#[test]
fn five_steps_have_the_counted_changes() {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    let mut last = (0, 0);
    for (old, new) in steps("aiplatform.v1") {
        let report = compare(&old, &new);
        for change in report.atomic() {
            *count.entry(change.rule.id).or_default() += 1;
        }
        last = (report.atomic().count(), report.findings.len());
    }
    assert_eq!(count["method-added"], 696);
    assert_eq!(count["parameter-added"], 56);
    assert_eq!(count["enum-value-added"], 69);
    assert!(
        count
            .keys()
            .all(|rule| !rule.starts_with("format-") && !rule.starts_with("number-") && *rule != "type-changed")
    );
    let (atomic, findings) = last;
    assert!(atomic > 1_200, "the last step has {atomic} changes");
    assert!(findings <= 220, "the last step has {findings} findings from {atomic} changes");
}

#[test]
fn patterns_select_changes_that_affect_their_methods() {
    let include = [Pattern::parse("projects.locations.tuningJobs.**").unwrap()];
    for (old, new) in steps("aiplatform.v1") {
        let report = diff(&old, &new, &include, &Names::default());
        assert_eq!(report.wire(), WireCompatibility::Safe, "no step has broken tuning");
        for change in report.atomic() {
            let methods: Vec<&str> = report.methods(change).collect();
            assert!(!methods.is_empty() && change.direction != Direction::Unused, "{} is reached", change.subject);
            assert!(methods.iter().all(|m| m.starts_with("projects.locations.tuningJobs.")), "{methods:?}");
        }
        assert!(report.findings.len() <= 30, "{} findings", report.findings.len());
        // All of its findings are also found without the patterns.
        let whole: BTreeSet<String> = compare(&old, &new).atomic().map(|c| c.fingerprint.clone()).collect();
        let strange: Vec<_> = report.atomic().filter(|c| !whole.contains(&c.fingerprint)).map(|c| &c.subject).collect();
        assert!(strange.is_empty(), "{strange:?}");
    }
}

/// Over two years of revisions, each generated with the lock of the previous one, no remaining item is renamed and no
/// argument moves.
#[test]
fn locked_names_and_positions_are_stable() {
    for name in ["aiplatform.v1", "discoveryengine.v1", "storage.v1", "dns.v1"] {
        let mut earlier = Names::default();
        for (number, (old, new)) in steps(name).into_iter().enumerate() {
            if number == 0 {
                earlier = Names::of(&old, &earlier);
            }
            let names = Names::of(&new, &earlier);
            let table = |names: &Names| lock::text(names).parse::<toml::Table>().unwrap();
            let (was, is) = (table(&earlier), table(&names));
            let mut kept = 0;
            for (scope, items) in &was {
                for (item, called) in items.as_table().unwrap() {
                    if let Some(now) = is.get(scope).and_then(|items| items.get(item)) {
                        assert_eq!(called, now, "{name}: `{item}` in `{scope}`");
                        kept += 1;
                    }
                }
            }
            assert!(kept > 500, "{name}: {kept} names are compared");
            let report = diff(&old, &new, &[], &names);
            let moved = ["rust-name-changed", "parameter-order-changed"];
            let moved: Vec<_> = report.atomic().filter(|c| moved.contains(&c.rule.id)).map(|c| &c.message).collect();
            assert!(moved.is_empty(), "{name}: {moved:?}");
            earlier = names;
        }
    }
}
