//! Documents with hostile texts in them, and their twins.

use discovery_codegen::pipeline::Mode;
use discovery_fuzz::generator::TestInput;
use discovery_fuzz::hostile::{self, TEXTS, harmless, put};
use discovery_fuzz::seeds;
use discovery_fuzz::tree::{Position, Tree};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Part of an input whose texts are replaced.
pub(crate) struct Subject {
    pub(crate) name: &'static str,
    input: fn() -> TestInput,
    read: fn(&TestInput) -> Tree,
    write: fn(TestInput, &Tree) -> TestInput,
}

pub(crate) static SUBJECTS: [Subject; 5] = [
    Subject { name: "Discovery", input: seeds::park, read: document, write: as_json },
    Subject { name: "OpenAPI", input: seeds::store, read: document, write: as_json },
    Subject { name: "YAML", input: seeds::store, read: document, write: as_yaml },
    Subject { name: "overlay", input: seeds::park, read: overlay, write: as_overlay },
    Subject { name: "lock", input: seeds::park, read: lock, write: as_lock },
];

fn document(input: &TestInput) -> Tree {
    Tree::json(&input.document)
}

fn overlay(input: &TestInput) -> Tree {
    Tree::toml(input.overlay.as_deref().unwrap_or_default())
}

fn lock(input: &TestInput) -> Tree {
    Tree::toml(input.lock.as_deref().unwrap_or_default())
}

fn as_json(input: TestInput, tree: &Tree) -> TestInput {
    TestInput { document: tree.to_json(), ..input }
}

fn as_yaml(input: TestInput, tree: &Tree) -> TestInput {
    TestInput { document: tree.to_yaml(), name: "store.yaml", ..input }
}

fn as_overlay(input: TestInput, tree: &Tree) -> TestInput {
    TestInput { overlay: Some(tree.to_toml()), ..input }
}

fn as_lock(input: TestInput, tree: &Tree) -> TestInput {
    TestInput { lock: Some(tree.to_toml()), ..input }
}

/// A hostile document and its harmless twin.
pub(crate) struct Case {
    pub(crate) place: String,
    pub(crate) text: String,
    pub(crate) hostile: TestInput,
    pub(crate) twin: TestInput,
}

impl Subject {
    /// Returns the document with a text at some positions: before, within and after the existing text.
    pub(crate) fn case(&self, positions: &[Position], text: &str, place: impl Fn(&str, &str) -> String) -> Case {
        let input = (self.input)();
        let tree = (self.read)(&input);
        let (mut hostile, mut twin) = (tree.clone(), tree.clone());
        for position in positions {
            hostile.change(position, |old| place(old, text));
            twin.change(position, |old| place(old, &harmless(text)));
        }
        let place = match positions {
            [one] => format!("{}: {}", self.name, tree.pointer(one)),
            many => format!("{}: {} places", self.name, many.len()),
        };
        Case {
            place,
            text: text.to_owned(),
            hostile: (self.write)(input.clone(), &hostile),
            twin: (self.write)(input, &twin),
        }
    }

    /// Returns the positions of all texts.
    pub(crate) fn positions(&self) -> Vec<Position> {
        let tree = (self.read)(&(self.input)());
        tree.positions()
    }
}

/// Templates of the project, whose placeholders a document must not fill.
const TEMPLATES: [&str; 1] = [include_str!("../../../codegen/src/diff/render/page.html")];

/// Returns the placeholders of the templates, such as `{{body}}`.
fn marks() -> BTreeSet<String> {
    let found = TEMPLATES.iter().flat_map(|template| template.split("{{").skip(1));
    let marks: BTreeSet<String> =
        found.filter_map(|rest| rest.split_once("}}")).map(|(name, _)| format!("{{{{{name}}}}}")).collect();
    assert!(marks.len() > 2, "unexpected placeholders: {marks:?}");
    marks
}

/// Returns all hostile texts: those of the list, and one with all placeholders of the templates.
pub(crate) fn texts() -> Vec<String> {
    let marks: String = marks().into_iter().collect();
    TEXTS.iter().map(|text| (*text).to_owned()).chain([marks]).collect()
}

/// Returns cases with one hostile text at one position: around, before or after the existing text. The texts rotate
/// over the positions, so that each text is combined with each kind of position.
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

/// Returns cases with each text at all positions that accept it alone.
pub(crate) fn all_at_once() -> Vec<Case> {
    SUBJECTS[..4].iter().flat_map(|subject| at_once(subject, Mode::Strict)).collect()
}

/// Returns cases with each text at all positions of a subject that accept it alone.
pub(crate) fn at_once(subject: &Subject, mode: Mode) -> Vec<Case> {
    // Without the keys of the format, there would be nothing to generate.
    let tree = (subject.read)(&(subject.input)());
    let positions =
        subject.positions().into_iter().filter(|position| !position.is_key || is_name(&tree.pointer(position)));
    // Most names are one line; descriptions and most values are any text.
    let line = accepting_positions(subject, positions.collect(), "*/ \"<`\\%{x", mode);
    // Parsers of URLs skip line feeds, and no other control.
    let any = accepting_positions(subject, line.clone(), "\nx\n", mode);
    let any = accepting_positions(subject, any, "\u{1b}x\u{2028}", mode);
    let at = |text: &str| if hostile::control(text).is_some() || text.contains('\n') { &any } else { &line };
    texts().iter().map(|text| subject.case(at(text), text, put)).collect()
}

/// Returns the positions that accept a text, so that no part of the document is left out because of it.
fn accepting_positions(subject: &Subject, positions: Vec<Position>, text: &str, mode: Mode) -> Vec<Position> {
    let parts = |input: &TestInput| {
        let (api, _) = input.input().api(mode).ok()?;
        Some((api.skipped.len(), api.endpoints.len(), api.methods.len()))
    };
    let all = parts(&(subject.input)());
    let accepts = |position: &Position| parts(&subject.case(std::slice::from_ref(position), text, put).hostile) == all;
    positions.into_par_iter().filter(accepts).collect()
}

/// Returns `true` if the last step of a pointer is a name of the document's choice.
fn is_name(pointer: &str) -> bool {
    const NAMED: [&str; 14] = [
        "content",
        "headers",
        "mapping",
        "methods",
        "parameters",
        "paths",
        "properties",
        "requestBodies",
        "resources",
        "responses",
        "schemas",
        "scopes",
        "securitySchemes",
        "unions",
    ];
    pointer.rsplit('/').nth(1).is_some_and(|parent| NAMED.contains(&parent))
}
