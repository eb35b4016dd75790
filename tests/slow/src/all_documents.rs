//! Generates bindings of every document in one process.

use crate::documents;
use discovery_codegen::pipeline::{self, Input};
use discovery_codegen::rust::naming::Names;
use std::path::Path;
use std::time::{Duration, Instant};

/// Result for one document.
struct Generated {
    name: String,
    time: Duration,
    input: usize,
    lines: usize,
    schemas: usize,
    methods: usize,
}

/// Generates bindings for all documents, and prints the time and memory used.
///
/// # Errors
/// When any document results in an error or a panic.
pub(crate) fn run() -> Result<(), String> {
    let documents = documents::all()?;
    let begin = Instant::now();
    let mut generated = Vec::new();
    let mut failed = Vec::new();
    for document in &documents {
        match std::panic::catch_unwind(|| generate(document)) {
            Ok(Ok(one)) => generated.push(one),
            Ok(Err(error)) => failed.push(format!("{}\n{error}", document.display())),
            Err(_) => failed.push(format!("{}: a panic", document.display())),
        }
    }
    let took = begin.elapsed();
    let sum = |of: fn(&Generated) -> usize| generated.iter().map(of).sum::<usize>();
    println!("{} of {} documents in {:.1} s", generated.len(), documents.len(), took.as_secs_f64());
    println!("{} schemas, {} methods", sum(|one| one.schemas), sum(|one| one.methods));
    println!("{:.1} MB read, {} lines generated", sum(|one| one.input) as f64 / 1e6, sum(|one| one.lines));
    println!("peak memory {}", peak().unwrap_or_else(|| "unknown".into()));
    generated.sort_by_key(|one| std::cmp::Reverse(one.time));
    for one in generated.iter().take(5) {
        println!("  {:>6.0} ms  {} ({} lines)", one.time.as_secs_f64() * 1e3, one.name, one.lines);
    }
    if failed.is_empty() { Ok(()) } else { Err(format!("{} failed\n{}", failed.len(), failed.join("\n"))) }
}

fn generate(document: &Path) -> Result<Generated, String> {
    let begin = Instant::now();
    let input = Input::read(document, None).map_err(|error| error.to_string())?;
    let output = pipeline::generate(&input, &[], &Names::default()).map_err(|errors| errors.to_string())?;
    let bindings = &output.part.bindings;
    Ok(Generated {
        name: document.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        time: begin.elapsed(),
        input: input.document.text.len(),
        lines: bindings.types.as_str().lines().count() + bindings.methods.as_str().lines().count(),
        schemas: output.api.schemas.len(),
        methods: output.api.methods.len(),
    })
}

/// Returns the peak memory of this process, if the system reports it.
fn peak() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().to_owned())
}
