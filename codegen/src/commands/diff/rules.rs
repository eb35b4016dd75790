//! `diff rules`: lists the rules, or explains one.

use crate::commands::terminal::print_text;
use crate::commands::{Answer, Outcome};
use crate::diagnostic::Diagnostic;
use crate::diff::rules::{self, Rule};
use std::fmt::Write;

/// Arguments of `diff rules`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  discovery-codegen diff rules
  discovery-codegen diff rules property-removed

Exit codes: 0 success; 2 unknown rule or invalid usage.")]
pub(super) struct Args {
    /// Rule to explain, such as `property-removed` [default: list all].
    id: Option<String>,
}

pub(super) fn run(args: &Args) -> Outcome {
    let text = match &args.id {
        None => list(),
        Some(id) => match rules::all().find(|rule| rule.id == id) {
            Some(rule) => explain(rule),
            None => {
                let error = Diagnostic::error(format!("unknown rule `{id}`"));
                let error = error.help("`discovery-codegen diff rules` lists all rules");
                return Err(error.suggest(id, rules::all().map(|rule| rule.id)).into());
            }
        },
    };
    print_text(&text);
    Ok(Answer::Yes)
}

fn list() -> String {
    let mut out = format!("{:38} {:10} {:10} {}\n", "rule", "request", "response", "rust");
    for rule in rules::all() {
        let _ = writeln!(out, "{:38} {:10} {:10} {}", rule.id, rule.request, rule.response, rule.rust);
    }
    out
}

fn explain(rule: &Rule) -> String {
    format!(
        "{}\n\n{}\n\nExample: {}\n\nVerdicts: {} if requests contain it, {} if responses do; {} in Rust\n",
        rule.id, rule.rationale, rule.example, rule.request, rule.response, rule.rust
    )
}
