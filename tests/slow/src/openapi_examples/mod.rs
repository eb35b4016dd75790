//! Decoding and encoding the examples of real OpenAPI documents with generated types does not change them.

mod collect;
mod exact;
mod judge;
mod program;

use crate::openapi_documents::{self, Document};
use exact::Exact;
use judge::Judge;
use std::path::Path;
use std::time::{Duration, Instant};

/// Result for one document.
#[derive(Default)]
struct Row {
    name: String,
    values: usize,
    /// Values of media types other than JSON.
    other_media: usize,
    /// Values that their own schema rejects.
    rejected: usize,
    /// Values whose schema is not a JSON Schema.
    not_judged: usize,
    /// Values of which a part is kept as JSON, since its type cannot hold it.
    untyped: Vec<String>,
    /// Values that change although their schema accepts them.
    different: Vec<String>,
    /// Values that their schema rejects, and that change.
    rejected_different: Vec<String>,
    time: Duration,
}

/// Decodes and encodes the examples of every document.
///
/// # Errors
/// When a value changes, or types do not compile.
pub(crate) fn run() -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    println!(
        "| document | values | rejected by their schema | not judged | other media | kept as JSON | rejected and different | different | s |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    let mut failed = Vec::new();
    let mut sum = Row { name: "all".to_owned(), ..Row::default() };
    for document in openapi_documents::all()? {
        match examine(&document, folder.path()) {
            Ok(row) => {
                print(&row);
                sum.values += row.values;
                sum.rejected += row.rejected;
                sum.not_judged += row.not_judged;
                sum.other_media += row.other_media;
                sum.untyped.extend(row.untyped);
                sum.different.extend(row.different);
                sum.rejected_different.extend(row.rejected_different);
                sum.time += row.time;
            }
            Err(error) => failed.push(format!("{}: {error}", document.name)),
        }
    }
    print(&sum);
    sum.untyped.iter().for_each(|untyped| println!("kept as JSON: {untyped}"));
    sum.rejected_different.iter().for_each(|rejected| println!("rejected and different: {rejected}"));
    failed.extend(sum.different);
    if failed.is_empty() { Ok(()) } else { Err(format!("{} faults\n{}", failed.len(), failed.join("\n"))) }
}

fn print(row: &Row) {
    let Row { name, values, other_media, rejected, not_judged, untyped, different, rejected_different, time } = row;
    let (untyped, changed, different) = (untyped.len(), rejected_different.len(), different.len());
    let seconds = time.as_secs_f64();
    println!(
        "| {name} | {values} | {rejected} | {not_judged} | {other_media} | {untyped} | {changed} | {different} | {seconds:.0} |"
    );
}

fn examine(document: &Document, folder: &Path) -> Result<Row, String> {
    let begin = Instant::now();
    let text = std::fs::read_to_string(&document.path).map_err(|error| error.to_string())?;
    let is_json = document.path.extension().is_some_and(|extension| extension == "json");
    let plain: serde_json::Value = if is_json {
        serde_json::from_str(&text).map_err(|error| error.to_string())?
    } else {
        serde_saphyr::from_str(&text).map_err(|error| error.to_string())?
    };
    let exact = if is_json { Exact::parse(&text)? } else { Exact::parse(&plain.to_string())? };
    let found = collect::examples(&exact);
    let schemas: Vec<&str> = found.of_schema.keys().map(String::as_str).collect();
    let values: Vec<(usize, &collect::Example)> = found
        .of_schema
        .values()
        .enumerate()
        .flat_map(|(number, examples)| examples.iter().map(move |example| (number, example)))
        .collect();
    let mut row =
        Row { name: document.name.clone(), values: values.len(), other_media: found.other_media, ..Row::default() };
    if values.is_empty() {
        return Ok(row);
    }
    let inputs: Vec<(usize, &Exact)> = values.iter().map(|(number, example)| (*number, &example.value)).collect();
    let recoded = program::run(&document.name, &exact, &schemas, &inputs, folder)?;
    let judge = Judge::new(plain)?;
    let mut validators: Vec<Option<Result<jsonschema::Validator, String>>> = schemas.iter().map(|_| None).collect();
    for ((number, example), recoded) in values.iter().zip(&recoded) {
        let schema = schemas[*number];
        let validator = validators[*number].get_or_insert_with(|| judge.validator(schema));
        let value = serde_json::from_str(&example.value.to_string()).unwrap_or_default();
        let judged = validator.as_ref().map(|validator| validator.validate(&value));
        let verdict = match &judged {
            Ok(Ok(())) => "valid".to_owned(),
            Ok(Err(error)) => {
                row.rejected += 1;
                format!("rejected: {} at {}", shortened(&error.to_string()), error.instance_path())
            }
            Err(error) => {
                row.not_judged += 1;
                format!("not judged: {}", shortened(error))
            }
        };
        let place = format!("{}#{} ({verdict})", document.name, example.pointer);
        let wrapped = format!("{{\"v{number}\":[{}]}}", example.value);
        let written = Exact::parse(&recoded.text).ok().filter(|_| recoded.mark != "error");
        match (Exact::parse(&wrapped)?, written) {
            (_, None) => row.different.push(format!("{place}: {}", recoded.text)),
            (value, Some(written)) => {
                let differences = value.differences(&written);
                if let Some(first) = differences.first() {
                    let fault = format!("{place}: {} in all: {}", differences.len(), shortened(first));
                    match judged {
                        Ok(Err(_)) => row.rejected_different.push(fault),
                        _ => row.different.push(fault),
                    }
                } else if recoded.mark != "typed" && matches!(judged, Ok(Ok(()))) {
                    row.untyped.push(format!("{place}: {} in {}", recoded.mark, shortened(&wrapped)));
                }
            }
        }
    }
    row.time = begin.elapsed();
    Ok(row)
}

/// Returns the beginning of a text.
fn shortened(text: &str) -> String {
    text.chars().take(160).collect()
}
