//! Reviews of changes that add a hostile text.

use crate::cases::{Case, SUBJECTS, one_at_a_time};
use crate::comparison::run;
use crate::{FEW, markdown, page};
use discovery_codegen::diff;
use discovery_codegen::diff::render::{Format, Options, render};
use discovery_codegen::diff::review::Review;
use discovery_codegen::model::Api;
use discovery_codegen::pipeline::Mode;
use discovery_codegen::rust::naming::Names;
use discovery_fuzz::generator::TestInput;
use discovery_fuzz::hostile::control;
use discovery_fuzz::seeds;

fn api(input: &TestInput) -> Option<Api> {
    input.input().api(Mode::Lenient).ok().map(|(api, _)| api)
}

/// Returns the reviews of a change and of its reversal.
fn reviews(old: &Api, new: &Api) -> [Review; 2] {
    [(old, new), (new, old)].map(|(old, new)| Review {
        reports: vec![diff::diff(old, new, &[], &Names::default())],
        // As for two folders, one of which has another document with the name of the API.
        folders: true,
        added: vec![new.id()],
        removed: vec![old.id()],
        ..Review::default()
    })
}

fn same(base: &Api, case: &Case) -> Result<bool, String> {
    let (Some(hostile), Some(twin)) = (api(&case.hostile), api(&case.twin)) else { return Ok(false) };
    let options = Options::default();
    for (hostile, twin) in reviews(base, &hostile).iter().zip(&reviews(base, &twin)) {
        let rendered = |format| (render(hostile, format, &options), render(twin, format, &options));
        let (one, other) = rendered(Format::Html);
        page::same(&one, &other)?;
        let (one, other) = rendered(Format::Markdown);
        markdown::same_kinds(&one, &other)?;
        for format in [Format::Text, Format::Markdown, Format::Html] {
            let text = render(hostile, format, &options);
            if let Some(c) = control(&text) {
                return Err(format!("{format:?} contains {c:?}"));
            }
        }
        let json = render(hostile, Format::Json, &options);
        serde_json::from_str::<serde_json::Value>(&json).map_err(|error| format!("{error}: {json}"))?;
    }
    Ok(true)
}

#[test]
#[ignore = "takes minutes: a step of .ci/run"]
fn of_a_discovery_document() {
    let base = api(&seeds::park()).unwrap();
    assert!(run(&one_at_a_time(&SUBJECTS[0], FEW), |case| same(&base, case)).unwrap() > 200);
}

#[test]
#[ignore = "takes minutes: a step of .ci/run"]
fn of_an_openapi_document() {
    let base = api(&seeds::store()).unwrap();
    assert!(run(&one_at_a_time(&SUBJECTS[1], FEW), |case| same(&base, case)).unwrap() > 200);
}
