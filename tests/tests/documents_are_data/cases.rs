//! Documents with hostile texts in them, and their twins.

use discovery_fuzz::generator::Given;
use discovery_fuzz::hostile::{TEXTS, harmless, put};
use discovery_fuzz::seeds;
use discovery_fuzz::tree::{Position, Tree};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Part of an input that is walked.
pub(crate) struct Subject {
    pub(crate) name: &'static str,
    given: fn() -> Given,
    read: fn(&Given) -> Tree,
    write: fn(Given, &Tree) -> Given,
}

pub(crate) static SUBJECTS: [Subject; 5] = [
    Subject { name: "Discovery", given: seeds::park, read: document, write: as_json },
    Subject { name: "OpenAPI", given: seeds::store, read: document, write: as_json },
    Subject { name: "YAML", given: seeds::store, read: document, write: as_yaml },
    Subject { name: "overlay", given: seeds::park, read: overlay, write: as_overlay },
    Subject { name: "lock", given: seeds::park, read: lock, write: as_lock },
];

fn document(given: &Given) -> Tree {
    Tree::json(&given.document)
}

fn overlay(given: &Given) -> Tree {
    Tree::toml(given.overlay.as_deref().unwrap_or_default())
}

fn lock(given: &Given) -> Tree {
    Tree::toml(given.lock.as_deref().unwrap_or_default())
}

fn as_json(given: Given, tree: &Tree) -> Given {
    Given { document: tree.to_json(), ..given }
}

fn as_yaml(given: Given, tree: &Tree) -> Given {
    Given { document: tree.to_yaml(), name: "store.yaml", ..given }
}

fn as_overlay(given: Given, tree: &Tree) -> Given {
    Given { overlay: Some(tree.to_toml()), ..given }
}

fn as_lock(given: Given, tree: &Tree) -> Given {
    Given { lock: Some(tree.to_toml()), ..given }
}

/// A hostile document and its harmless twin.
pub(crate) struct Case {
    pub(crate) place: String,
    pub(crate) text: String,
    pub(crate) evil: Given,
    pub(crate) twin: Given,
}

impl Subject {
    /// The document with a text at some positions, in front, within and at the end of what is there.
    fn case(&self, positions: &[Position], text: &str, place: impl Fn(&str, &str) -> String) -> Case {
        let given = (self.given)();
        let tree = (self.read)(&given);
        let (mut evil, mut twin) = (tree.clone(), tree.clone());
        for position in positions {
            evil.change(position, |old| place(old, text));
            twin.change(position, |old| place(old, &harmless(text)));
        }
        let place = match positions {
            [one] => format!("{}: {}", self.name, tree.pointer(one)),
            many => format!("{}: {} places", self.name, many.len()),
        };
        Case {
            place,
            text: text.to_owned(),
            evil: (self.write)(given.clone(), &evil),
            twin: (self.write)(given, &twin),
        }
    }

    fn positions(&self) -> Vec<Position> {
        let tree = (self.read)(&(self.given)());
        tree.positions()
    }
}

/// Every template of the project's own, whose marks a document must not fill.
const TEMPLATES: [&str; 1] = [include_str!("../../../codegen/src/diff/render/page.html")];

/// The marks of the templates, `{{body}}` and the like.
fn marks() -> BTreeSet<String> {
    let found = TEMPLATES.iter().flat_map(|template| template.split("{{").skip(1));
    let marks: BTreeSet<String> =
        found.filter_map(|rest| rest.split_once("}}")).map(|(name, _)| format!("{{{{{name}}}}}")).collect();
    assert!(marks.len() > 2, "the templates have other marks now: {marks:?}");
    marks
}

/// All hostile texts: those of the list, and the marks of the templates as one.
pub(crate) fn texts() -> Vec<String> {
    let marks: String = marks().into_iter().collect();
    TEXTS.iter().map(|text| (*text).to_owned()).chain([marks]).collect()
}

/// A number of hostile texts at each place alone: one of them on all sides of what is there, one before it, one after it.
/// The texts rotate from place to place, so that each text meets each kind.
pub(crate) fn one_at_a_time(subject: &Subject, texts_per_place: usize) -> Vec<Case> {
    let texts = texts();
    let mut next = 0;
    let mut cases = Vec::new();
    for position in subject.positions() {
        for turn in 0..texts_per_place {
            // 7 has no factor in common with the number of texts.
            next = (next + 7) % texts.len();
            let one = std::slice::from_ref(&position);
            let text = &texts[next];
            cases.push(match turn % 3 {
                0 => subject.case(one, text, put),
                1 => subject.case(one, text, |old, text| format!("{text}{old}")),
                _ => subject.case(one, text, |old, text| format!("{old}{text}")),
            });
        }
    }
    cases
}

/// Each text at all places that take it alone.
pub(crate) fn all_at_once() -> Vec<Case> {
    let texts = texts();
    let all: Vec<(&Subject, &String)> =
        SUBJECTS[..4].iter().flat_map(|subject| texts.iter().map(move |text| (subject, text))).collect();
    // Places that take any text at all: prose, most values, some names.
    let free: Vec<Vec<Position>> = SUBJECTS[..4].iter().map(takes_anything).collect();
    all.iter()
        .map(|(subject, text)| {
            let index = SUBJECTS.iter().position(|other| other.name == subject.name).unwrap_or_default();
            subject.case(&free[index], text, put)
        })
        .collect()
}

/// The places at which a text without any mark is taken, so that a refusal is one of the hostile text.
fn takes_anything(subject: &Subject) -> Vec<Position> {
    let positions = subject.positions();
    let is_free = |position: &&Position| {
        let one = std::slice::from_ref(*position);
        ["*/ x", "\nx\n"].iter().all(|text| subject.case(one, text, put).evil.output().is_ok())
    };
    positions.par_iter().filter(is_free).cloned().collect()
}
