//! Entry of a changelog, in the form of Keep a Changelog.

use super::markdown::message;
use super::words::is_prose;
use crate::append;
use crate::diff::change::Finding;
use crate::diff::review::Review;
use crate::diff::verdict::{Bump, WireCompatibility};
use crate::text::Markdown;
use crate::text::markdown::{code, escape};

/// Sections of an entry, and the ends of the rules whose findings they list.
const SECTIONS: [(&str, &[&str]); 4] =
    [("Added", &["-added", "-filled"]), ("Changed", &[]), ("Deprecated", &["-deprecated"]), ("Removed", &["-removed"])];

/// Returns the entry of a review, without its heading: the documents, and the findings by the kind of change.
pub fn changelog(review: &Review) -> Markdown {
    let mut out = Markdown::default();
    for report in &review.reports {
        append!(out, "- {}", code(&report.new.id));
        match (&report.old.revision, &report.new.revision) {
            (Some(old), Some(new)) if old != new => append!(out, ", {} → {}", escape(old), escape(new)),
            (_, Some(new)) => append!(out, ", {}", escape(new)),
            (_, None) => {}
        }
        append!(out, "\n");
    }
    for (name, ends) in SECTIONS {
        let mut lines = Markdown::default();
        match name {
            "Added" => review.added.iter().for_each(|api| append!(lines, "- {} added\n", code(api))),
            "Removed" => {
                review.removed.iter().for_each(|api| append!(lines, "- {} removed (**breaking**)\n", code(api)))
            }
            _ => {}
        }
        for report in &review.reports {
            let findings = report.findings.iter().filter(|finding| !is_prose(finding) && section(finding) == ends);
            for finding in findings {
                append!(lines, "- ");
                if review.reports.len() > 1 {
                    append!(lines, "{}: ", code(&report.new.id));
                }
                append!(lines, "{}{}\n", message(&finding.change.message), verdict(finding));
            }
        }
        if !lines.is_empty() {
            append!(out, "\n### {}\n\n{}", name, lines);
        }
    }
    out
}

/// Returns the ends of the rules in the section of a finding.
fn section(finding: &Finding) -> &'static [&'static str] {
    let id = finding.change.rule.id;
    SECTIONS.iter().map(|(_, ends)| *ends).find(|ends| ends.iter().any(|end| id.ends_with(end))).unwrap_or_default()
}

/// Returns the verdicts of a finding that programs notice.
fn verdict(finding: &Finding) -> &'static str {
    match (finding.change.wire, finding.change.rust) {
        (WireCompatibility::Breaking, _) => " (**breaking**)",
        (WireCompatibility::Risky, Bump::Major) => " (risky, **major**)",
        (WireCompatibility::Risky, _) => " (risky)",
        (WireCompatibility::Safe, Bump::Major) => " (**major**)",
        (WireCompatibility::Safe, _) => "",
    }
}
