//! Measurement of suspected members after hiding known ones.

use discovery_codegen::import::{Facts, check};
use discovery_codegen::model::{Api, Shape, Union};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Default)]
pub(crate) struct Found {
    pub(crate) hidden: usize,
    /// Number of hidden members that were the last of their unions, without which there is no evidence.
    pub(crate) last: usize,
    right: usize,
    pub(crate) wrong: usize,
    /// Number of wrong suspicions that an import of the protos would not exclude by `not_members`.
    pub(crate) wrong_after_import: usize,
}

impl Found {
    pub(crate) fn precision(&self, wrong: usize) -> f64 {
        self.right as f64 / (self.right + wrong) as f64
    }

    pub(crate) fn recall(&self, all: usize) -> f64 {
        self.right as f64 / all as f64
    }
}

/// Hides each member once, a tenth of them at a time, and counts suspected properties.
pub(crate) fn leave_out(api: &Api, facts: &Facts) -> Found {
    let excluded: BTreeSet<(&str, &str)> =
        facts.not_members.iter().map(|fact| (fact.schema.as_str(), fact.property.as_str())).collect();
    let suspects = |hidden: &BTreeSet<(&str, &str)>| -> Vec<(String, String)> {
        let found = check::unknown(&with_unions(api, facts, hidden), None);
        found.into_iter().map(|unknown| (unknown.schema, unknown.property)).collect()
    };
    let noted = suspects(&BTreeSet::new());
    let members: Vec<(&str, &str)> = facts
        .unions
        .iter()
        .flat_map(|fact| fact.members.iter().map(|member| (fact.schema.as_str(), member.as_str())))
        .collect();
    let mut found = Found { hidden: members.len(), ..Found::default() };
    for round in 0..10 {
        let hidden: BTreeSet<_> = members.iter().skip(round).step_by(10).copied().collect();
        for suspect in suspects(&hidden) {
            let key = (suspect.0.as_str(), suspect.1.as_str());
            if hidden.contains(&key) {
                found.right += 1;
            } else if excluded.contains(&key) {
                found.wrong += 1;
                found.wrong_after_import += usize::from(!noted.contains(&suspect));
            }
        }
        found.last += facts
            .unions
            .iter()
            .filter(|fact| fact.members.iter().all(|member| hidden.contains(&(fact.schema.as_str(), member.as_str()))))
            .map(|fact| fact.members.len())
            .sum::<usize>();
    }
    found
}

fn with_unions(api: &Api, facts: &Facts, hidden: &BTreeSet<(&str, &str)>) -> Api {
    let mut api = api.clone();
    for fact in &facts.unions {
        let Some(Shape::Message(message)) = api.schemas.get_mut(&fact.schema).map(|schema| &mut schema.shape) else {
            continue;
        };
        let visible = fact.members.iter().filter(|member| !hidden.contains(&(fact.schema.as_str(), member.as_str())));
        let members: Vec<String> = visible.cloned().collect();
        if !members.is_empty() {
            let union = Union { members, doc: None, source: fact.source.clone(), member_sources: BTreeMap::new() };
            message.unions.insert(fact.name.clone(), union);
        }
    }
    api
}
