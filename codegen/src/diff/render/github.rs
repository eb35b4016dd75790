//! Workflow commands of GitHub Actions, which annotate lines of documents.

use super::words::{advice, plain, semver, title};
use crate::diff::change::{Finding, Report};
use crate::diff::review::Review;
use crate::diff::verdict::{Bump, WireCompatibility};
use crate::text::visible;

pub(super) fn render(review: &Review) -> String {
    let mut out = String::new();
    for report in &review.reports {
        for finding in report.findings.iter().filter(|finding| finding.accepted.is_none()) {
            if let Some(line) = annotation(report, finding) {
                out.push_str(&line);
                out.push('\n');
            }
        }
    }
    for name in &review.removed {
        out.push_str(&format!("::error title=API removed::{}\n", data(&format!("{name} removed"))));
    }
    let (name, text) = match review.reports.as_slice() {
        [report] => (title(report), advice(report)),
        _ => ("API review".to_owned(), semver(review.semver()).to_owned()),
    };
    out.push_str(&format!("::notice title={}::{}\n", property(&name), data(&text)));
    out
}

/// Returns the annotation of a finding that is not safe on the wire or major in Rust.
fn annotation(report: &Report, finding: &Finding) -> Option<String> {
    let change = &finding.change;
    let level = match (change.wire, change.rust) {
        (WireCompatibility::Breaking, _) => "error",
        (WireCompatibility::Risky, _) => "warning",
        (WireCompatibility::Safe, Bump::Major) => "notice",
        _ => return None,
    };
    let file = property(finding.file.as_ref().unwrap_or(&report.new.path));
    let line = finding.line.map(|line| format!(",line={line}")).unwrap_or_default();
    let title = property(&format!("{} on the wire, {} in Rust", change.wire, change.rust));
    let message = format!("{}. {}", plain(&change.message), change.rule.rationale);
    Some(format!("::{level} file={file}{line},title={title}::{}", data(&message)))
}

/// Escapes the message of a workflow command.
fn data(text: &str) -> String {
    let text: String = text.split('\n').map(visible).collect::<Vec<_>>().join("\n");
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a workflow command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_texts_cannot_end_a_command() {
        assert_eq!(data("a\n::error::b%"), "a%0A::error::b%25");
        assert_eq!(data("a\u{202e}b"), "a\\u{202e}b");
        assert_eq!(property("a,line=1:b"), "a%2Cline=1%3Ab");
    }
}
