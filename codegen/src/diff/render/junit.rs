//! JUnit XML: a suite for each API, a test case for each finding. Findings that break old clients are failures.

use super::words::{plain, title};
use crate::diff::change::{Finding, Report};
use crate::diff::review::Review;
use crate::diff::verdict::WireCompatibility;

pub(super) fn render(review: &Review) -> String {
    let mut suites: Vec<String> = review.reports.iter().map(suite).collect();
    if !review.removed.is_empty() {
        let cases: String = review
            .removed
            .iter()
            .map(|name| case(name, "api-removed", Some(("breaking", "Every call fails.")), false))
            .collect();
        suites.push(tagged("removed APIs", review.removed.len(), review.removed.len(), 0, &cases));
    }
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n{}</testsuites>\n", suites.concat())
}

fn suite(report: &Report) -> String {
    let fails = |finding: &&Finding| finding.change.wire == WireCompatibility::Breaking && finding.accepted.is_none();
    let failures = report.findings.iter().filter(fails).count();
    let skipped = report.findings.iter().filter(|finding| finding.accepted.is_some()).count();
    let cases: String = report
        .findings
        .iter()
        .map(|finding| {
            let change = &finding.change;
            let failure = fails(&finding).then(|| (change.wire.as_str(), change.rule.rationale));
            let name = format!("{} [{}, {}]", plain(&change.message), change.wire, change.rust);
            case(&name, &format!("{}.{}", report.new.id, change.rule.id), failure, finding.accepted.is_some())
        })
        .collect();
    tagged(&title(report), report.findings.len(), failures, skipped, &cases)
}

fn tagged(name: &str, tests: usize, failures: usize, skipped: usize, cases: &str) -> String {
    let name = escape(name);
    format!(
        "<testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\">\n{cases}</testsuite>\n"
    )
}

fn case(name: &str, class: &str, failure: Option<(&str, &str)>, skipped: bool) -> String {
    let inside = match failure {
        Some((kind, text)) => format!("<failure type=\"{}\" message=\"{}\"/>", escape(kind), escape(text)),
        None if skipped => "<skipped/>".to_owned(),
        None => String::new(),
    };
    format!("<testcase name=\"{}\" classname=\"{}\">{inside}</testcase>\n", escape(name), escape(class))
}

/// Escapes text for XML, which cannot represent most control characters.
fn escape(text: &str) -> String {
    let text = crate::text::visible(text);
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace(['\u{fffe}', '\u{ffff}'], "")
}
