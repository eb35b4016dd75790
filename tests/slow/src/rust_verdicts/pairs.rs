//! Pairs of crates of two revisions of a document: examples of rules, and steps between releases of some APIs.

use super::bench::Bench;
use super::examples::{self, Base, Example};
use super::items::{self, Major};
use super::{RULES, rule_examples};
use crate::{project, real};
use discovery_codegen::diff::rules::Rule;
use discovery_codegen::diff::{Bump, Report, diff};
use discovery_codegen::pipeline::{Input, Mode};
use discovery_codegen::rust::naming::Names;
use std::collections::BTreeMap;

/// Two crates, and the report of `diff` on the change from one to the other.
pub(super) struct Pair {
    /// Title for messages: the rule and the edits, or the two releases.
    pub(super) title: String,
    /// Name of the old crate.
    pub(super) old: String,
    /// Name of the new crate.
    pub(super) new: String,
    /// Program that uses the items of the old crate, compiled with the new one.
    pub(super) forth: String,
    /// Program that uses the items of the new crate, compiled with the old one.
    pub(super) back: Option<String>,
    /// Report of `diff`.
    pub(super) report: Report,
    /// Major changes of a step, with their items.
    pub(super) each: Vec<Major>,
    /// Rule, if the pair is an example of one.
    pub(super) rule: Option<&'static Rule>,
}

impl Pair {
    pub(super) fn is_major(&self) -> bool {
        self.report.semver() == Some(Bump::Major)
    }

    /// Returns the number of major changes, by rule.
    pub(super) fn majors(&self) -> BTreeMap<&'static str, usize> {
        let mut count = BTreeMap::new();
        for change in self.report.atomic().filter(|change| change.rust == Bump::Major) {
            *count.entry(change.rule.id).or_default() += 1;
        }
        count
    }
}

/// Returns the examples of rules, with programs in both directions. Examples that do not change code are checked to be
/// patches, and omitted.
pub(super) fn examples(bench: &mut Bench) -> Result<Vec<Pair>, String> {
    let first = |base: Base| if base == Base::OpenApi { "nursery" } else { "garden" };
    for base in [Base::Document, Base::OpenApi] {
        bench.generate(first(base), &examples::before(base), &Names::default())?;
    }
    let all =
        rule_examples::examples().flat_map(|(rule, examples)| examples.iter().map(move |example| (*rule, example)));
    let all = project::selected(RULES, all.collect(), |(rule, _)| rule.id.to_owned())?;
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
        Ok(Some(Pair { title, old, new, forth, back: Some(back), report, each: Vec::new(), rule: Some(rule) }))
    };
    all.into_iter().enumerate().map(pair).filter_map(Result::transpose).collect()
}

/// Returns the steps of an API between releases, each generated with the locked names of earlier releases.
pub(super) fn steps(bench: &mut Bench, api: &str) -> Result<Vec<Pair>, String> {
    let mut pairs = Vec::new();
    let mut earlier: Option<(&str, String, Input)> = None;
    let mut names = Names::default();
    for release in real::RELEASES {
        let path = real::documents(release).join(format!("{api}.json"));
        if !path.is_file() {
            println!("{api} is not in {release}");
            continue;
        }
        let input = Input { document: real::source(&path), overlay: None, ref_folders: Vec::new() };
        let new = format!("{}_{}", api.replace('.', "_"), release.replace('.', "_"));
        let old_names = std::mem::take(&mut names);
        names = bench.generate(&new, &input, &old_names)?;
        if let Some((before, old, old_input)) = earlier {
            let api_of = |input: &Input| input.api(Mode::Lenient).map(|(api, _)| api).map_err(|e| e.to_string());
            let old_api = api_of(&old_input)?;
            let report = diff(&old_api, &api_of(&input)?, &[], &names);
            let each = items::majors(&report, &old_api, &old_names);
            let forth = format!("{new}_forth");
            bench.probe(&forth, &old, &new)?;
            let title = format!("{api} {before} to {release}");
            pairs.push(Pair { title, old, new: new.clone(), forth, back: None, report, each, rule: None });
        }
        earlier = Some((release, new, input));
    }
    Ok(pairs)
}
