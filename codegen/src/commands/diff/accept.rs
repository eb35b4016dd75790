//! `diff accept`: adds a change to the file of accepted changes.

use crate::commands::terminal::write_output;
use crate::commands::{Answer, Outcome};
use crate::diagnostic::Diagnostic;
use crate::diff::accept::today;
use crate::source::files;
use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use toml_edit::{ArrayOfTables, Date, Datetime, DocumentMut, Item, Table, value};

/// Arguments of `diff accept`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  discovery-codegen diff accept 0c7c1d3f6a1b2e4d --reason 'no client sends it' --until 2027-03-31

Exit codes: 0 success; 2 invalid input or usage.")]
pub(super) struct Args {
    /// Fingerprints of findings, as reports show them.
    #[arg(required = true)]
    fingerprint: Vec<String>,
    /// Reason for which the changes are accepted.
    #[arg(long)]
    reason: String,
    /// Last day on which the changes are accepted, such as `2027-03-31`.
    #[arg(long, value_name = "DAY")]
    until: String,
    /// File of accepted changes; created if missing.
    #[arg(long, value_name = "FILE", default_value = "accept.toml")]
    accept: PathBuf,
}

pub(super) fn run(args: &Args) -> Outcome {
    let until: Option<Date> =
        args.until.parse::<Datetime>().ok().filter(|day| day.time.is_none()).and_then(|day| day.date);
    let Some(until) = until else {
        return Err(Diagnostic::error(format!("invalid day `{}`", args.until))
            .help("a day has the form `2027-03-31`")
            .into());
    };
    if until < today() {
        let error = Diagnostic::error(format!("`--until {until}` is in the past"));
        return Err(error.help("name the last day on which the change is accepted").into());
    }
    if args.reason.trim().is_empty() {
        return Err(Diagnostic::error("empty reason").help("state why the change is accepted").into());
    }
    let text = if args.accept.exists() { files::read(&args.accept)?.text.clone() } else { String::new() };
    let mut file: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
        Diagnostic::error(format!("cannot parse `{}`: {}", args.accept.display(), error.message()))
    })?;
    let entries = file.get_mut("accept").map(|entries| {
        entries.as_array_of_tables_mut().ok_or_else(|| {
            let error = format!("`accept` is not a list of tables in `{}`", args.accept.display());
            Diagnostic::error(error).help("an entry is `[[accept]]` with `fingerprint`, `reason` and `expires`")
        })
    });
    let mut known: HashMap<String, &mut Table> = HashMap::new();
    for entry in entries.transpose()?.into_iter().flat_map(ArrayOfTables::iter_mut) {
        if let Some(fingerprint) = entry.get("fingerprint").and_then(Item::as_str) {
            known.entry(fingerprint.to_owned()).or_insert(entry);
        }
    }
    let mut added = ArrayOfTables::new();
    // Those of reports are in lower case.
    let fingerprints: BTreeSet<String> = args.fingerprint.iter().map(|one| one.to_ascii_lowercase()).collect();
    for fingerprint in &fingerprints {
        let valid = fingerprint.len() == 16 && fingerprint.chars().all(|c| c.is_ascii_hexdigit());
        if !valid {
            let error = Diagnostic::error(format!("invalid fingerprint `{fingerprint}`"));
            return Err(error.help("a fingerprint has 16 hexadecimal digits, as reports show it").into());
        }
        let fill = |entry: &mut Table| {
            entry.insert("fingerprint", value(fingerprint.as_str()));
            entry.insert("reason", value(args.reason.as_str()));
            entry.insert("expires", value(Datetime::from(until)));
        };
        match known.get_mut(fingerprint) {
            Some(entry) => fill(entry),
            None => {
                let mut entry = Table::new();
                fill(&mut entry);
                added.push(entry);
            }
        }
    }
    // New entries go to the end, after all comments.
    let mut text = file.to_string();
    if !added.is_empty() {
        let mut end = DocumentMut::new();
        end.insert("accept", Item::ArrayOfTables(added));
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&end.to_string());
    }
    write_output(&args.accept, &text)?;
    Ok(Answer::Yes)
}
