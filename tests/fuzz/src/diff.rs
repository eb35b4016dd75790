//! Target of the comparison of revisions, in both directions.

use crate::choices::Choices;
use crate::generator::TestInput;
use crate::tree::Tree;
use crate::{edits, seeds};
use discovery_codegen::diff::render::{Format, Options, render};
use discovery_codegen::diff::review::Review;
use discovery_codegen::diff::{self as compare, Report};
use discovery_codegen::model::Api;
use discovery_codegen::pipeline::Mode;
use discovery_codegen::rust::naming::Names;

/// Compares two edited copies of a document.
///
/// # Panics
/// When a document differs from itself, or a pair differs in one direction only.
pub fn diff(data: &[u8]) {
    let mut choices = Choices::new(data);
    let (name, document) =
        if choices.below(2) == 0 { ("park.json", seeds::PARK) } else { ("store.json", seeds::STORE) };
    let side = |choices: &mut Choices<'_>| {
        let mut tree = Tree::json(document);
        edits::edit(choices, &mut tree, &mut Tree::Null);
        TestInput::new(name, tree.to_json()).input().api(Mode::Lenient).ok().map(|(api, _)| api)
    };
    let (Some(old), Some(new)) = (side(&mut choices), side(&mut choices)) else { return };
    let report = |old: &Api, new: &Api| compare::diff(old, new, &[], &Names::default());
    let own = report(&old, &old);
    assert!(own.findings.is_empty(), "a document differs from itself: {:?}", own.findings);
    let (there, back) = (report(&old, &new), report(&new, &old));
    assert_eq!(there.findings.is_empty(), back.findings.is_empty(), "differs in one direction only");
    render_all(there);
    render_all(back);
}

/// Renders a report in every format.
fn render_all(report: Report) {
    let review = Review { reports: vec![report], ..Review::default() };
    for format in [Format::Text, Format::Markdown, Format::Html, Format::Github, Format::Junit, Format::Sarif] {
        let text = render(&review, format, &Options::default());
        assert_eq!(crate::hostile::control(&text), None, "{format:?}: {text:?}");
    }
    let json = render(&review, Format::Json, &Options::default());
    assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok(), "{json}");
}
