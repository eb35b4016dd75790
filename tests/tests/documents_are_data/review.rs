//! Reviews of changes that add a hostile text.

use super::cases::Case;
use super::comparison::run;
use super::{markdown, page, services};
use discovery_codegen::diff;
use discovery_codegen::diff::render::{Format, Options, changelog, render};
use discovery_codegen::diff::review::Review;
use discovery_codegen::model::Api;
use discovery_codegen::pipeline::Mode;
use discovery_codegen::rust::naming::Names;
use discovery_fuzz::generator::TestInput;
use discovery_fuzz::hostile::{command, control};

fn api(input: &TestInput) -> Option<Api> {
    input.input().api(Mode::Lenient).ok().map(|(api, _)| api)
}

/// Returns the reviews of a change and of its reversal, in files of this name.
fn reviews(old: &Api, new: &Api, path: &str) -> [Review; 2] {
    [(old, new), (new, old)].map(|(old, new)| {
        let mut report = diff::diff(old, new, &[], &Names::default());
        path.clone_into(&mut report.new.path);
        Review {
            reports: vec![report],
            // As for two folders, one of which has another document with the name of the API.
            folders: true,
            added: vec![new.id()],
            removed: vec![old.id()],
            ..Review::default()
        }
    })
}

/// All formats.
const FORMATS: [Format; 7] =
    [Format::Text, Format::Markdown, Format::Json, Format::Html, Format::Github, Format::Junit, Format::Sarif];

/// Returns a review as colored text, without its colors.
fn colored(review: &Review) -> Result<String, String> {
    let text = render(review, Format::Text, &Options { color: true, ..Options::default() });
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once('m') {
            Some((code, rest)) if ["0", "1", "2", "32", "33", "35", "36", "1;31"].contains(&code) => {
                plain.push_str(rest)
            }
            _ => return Err(format!("text contains ESC[{part}")),
        }
    }
    control(&plain).map_or(Ok(plain.clone()), |c| Err(format!("colored text contains {c:?}")))
}

fn same(base: &Api, case: &Case) -> Result<bool, String> {
    let (Some(hostile), Some(twin)) = (api(&case.hostile), api(&case.twin)) else { return Ok(false) };
    let options = Options::default();
    let reviews = reviews(base, &hostile, &case.text).into_iter().zip(reviews(base, &twin, "x.json"));
    for (hostile, twin) in &reviews.collect::<Vec<_>>() {
        let rendered = |format| (render(hostile, format, &options), render(twin, format, &options));
        let (one, other) = rendered(Format::Html);
        page::same(&one, &other)?;
        let (one, other) = rendered(Format::Markdown);
        markdown::same_kinds(&one, &other)?;
        markdown::same_kinds(changelog(hostile).as_str(), changelog(twin).as_str())?;
        for format in FORMATS {
            let text = render(hostile, format, &options);
            if let Some(c) = control(&text) {
                return Err(format!("{format:?} contains {c:?}"));
            }
        }
        for text in
            [render(hostile, Format::Text, &options), colored(hostile)?, render(hostile, Format::Json, &options)]
        {
            if let Some(line) = command(&text) {
                return Err(format!("a command to a runner: {line:?}"));
            }
        }
        services::json(&render(hostile, Format::Json, &options))?;
        services::sarif(hostile, &render(hostile, Format::Sarif, &options))?;
        services::junit(hostile, &render(hostile, Format::Junit, &options))?;
        services::annotations(hostile, &render(hostile, Format::Github, &options))?;
    }
    Ok(true)
}

/// Checks reviews of cases of the base document.
///
/// # Errors
/// The first cases that differ; cases of which most have no review.
pub(crate) fn check(base: &TestInput, cases: &[Case]) -> Result<(), String> {
    let base = api(base).ok_or("the base document is rejected")?;
    let compared = run(cases, |case| same(&base, case))?;
    if compared * 3 > cases.len() { Ok(()) } else { Err(format!("only {compared} of {} reviews", cases.len())) }
}
