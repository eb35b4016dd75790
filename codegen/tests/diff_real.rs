//! Real documents, over steps of real releases.

mod diff_support;

use diff_support::{read, real};
use discovery_codegen::diff::{Change, Direction, Report, WireCompatibility, diff};
use discovery_codegen::model::Api;
use discovery_codegen::model::pattern::Pattern;
use discovery_codegen::rust::naming::Names;
use discovery_codegen::rust::naming::lock;
use std::collections::{BTreeMap, BTreeSet};

fn compare(old: &Api, new: &Api) -> Report {
    diff(old, new, &[], &Names::default())
}

/// The steps of one API between the releases.
fn steps(name: &str) -> Vec<(Api, Api)> {
    // Some APIs are younger than the oldest release.
    let has = |release: &&&str| real::documents(release).join(format!("{name}.json")).is_file();
    let revisions: Vec<Api> =
        real::RELEASES.iter().filter(has).map(|release| read(&real::document(release, name))).collect();
    assert!(revisions.len() >= 5, "{name} is in {} releases", revisions.len());
    revisions.windows(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect()
}

/// Subject of a change, independent of direction: its place in both revisions, and both values.
type Seen = (BTreeSet<String>, String, String);

fn seen(change: &Change, back: bool, renames: &BTreeMap<String, String>) -> Seen {
    let text = |value: &Option<serde_json::Value>| value.as_ref().map(ToString::to_string).unwrap_or_default();
    let (mut before, mut after) = (text(&change.before), text(&change.after));
    if back {
        std::mem::swap(&mut before, &mut after);
    }
    // A place within what was renamed has a name in each revision.
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
fn the_way_back_mirrors_the_way_there() {
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
fn every_change_is_in_one_finding_and_none_is_worse_than_its_cause() {
    for name in ["aiplatform.v1", "compute.v1"] {
        let old = read(&real::document("2.170.0", name));
        let new = read(&real::document("2.202.0", name));
        let report = compare(&old, &new);
        let mut fingerprints = BTreeSet::new();
        for change in report.atomic() {
            assert!(fingerprints.insert(&change.fingerprint), "{} {} is there twice", change.rule.id, change.subject);
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

/// Compares with counts made by hand in the documents, over five steps.
#[test]
fn five_steps_are_what_was_counted() {
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
fn a_user_of_tuning_sees_what_touches_tuning() {
    let include = [Pattern::parse("projects.locations.tuningJobs.**").unwrap()];
    for (old, new) in steps("aiplatform.v1") {
        let report = diff(&old, &new, &include, &Names::default());
        assert_eq!(report.wire(), WireCompatibility::Safe, "no step has broken tuning");
        for change in report.atomic() {
            let methods = report.methods(change);
            assert!(!methods.is_empty() && change.direction != Direction::Unused, "{} is reached", change.subject);
            assert!(methods.iter().all(|m| m.starts_with("projects.locations.tuningJobs.")), "{methods:?}");
        }
        assert!(report.findings.len() <= 30, "{} findings", report.findings.len());
        // Whatever it says is said without the patterns, too.
        let whole: BTreeSet<String> = compare(&old, &new).atomic().map(|c| c.fingerprint.clone()).collect();
        let strange: Vec<_> = report.atomic().filter(|c| !whole.contains(&c.fingerprint)).map(|c| &c.subject).collect();
        assert!(strange.is_empty(), "{strange:?}");
    }
}

/// Over two years, generated step by step with the lock of the step before, nothing that survives is called otherwise,
/// and no argument moves.
#[test]
fn what_a_lock_remembers_never_moves() {
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
