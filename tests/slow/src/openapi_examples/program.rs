//! Program that decodes and encodes values with the generated types of a document.

use super::collect::escape;
use super::exact::Exact;
use crate::project;
use discovery_codegen::pipeline::{self, Input};
use discovery_codegen::rust::naming::Names;
use discovery_codegen::rust::package;
use discovery_codegen::source::Source;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

/// Number of schemas whose values are properties of one schema.
const GROUP: usize = 64;

/// Features of the runtime's library and sources of the program, which reads lines of a number and a text.
const PROGRAM: &str = r#"//! Decodes and encodes values.

use discovery_runtime::__private::{Reader, Writer};
use discovery_runtime::Message;
use std::fmt::Debug;
use std::io::{BufRead, Write};

fn recoded<M: Message + Default + Debug>(text: &str) -> Result<String, String> {
    let mut value = M::default();
    let mut reader = Reader::new(text);
    reader.message(&mut value).map_err(|error| error.to_string())?;
    let mut writer = Writer::new();
    writer.message(&value);
    let written = writer.finish().map_err(|error| error.to_string())?;
    let unrecognized = format!("{value:?}").contains("Unrecognized(");
    let mark = if reader.mismatches() > 0 { "untyped" } else if unrecognized { "unrecognized" } else { "typed" };
    Ok(format!("{mark}\t{written}"))
}

fn main() {
    let table: &[fn(&str) -> Result<String, String>] = &[TABLE];
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let (number, text) = line.split_once('\t').unwrap();
        let result = table[number.parse::<usize>().unwrap()](text);
        writeln!(out, "{}", result.unwrap_or_else(|error| format!("error\t{}", error.replace('\n', " ")))).unwrap();
    }
}
"#;

/// Result for one value.
#[derive(Clone, Debug)]
pub(super) struct Recoded {
    /// `typed`, `untyped` if a field keeps a value that its type cannot hold, `unrecognized` if a choice or list of
    /// values does, or `error`.
    pub(super) mark: String,
    /// The text, or the error.
    pub(super) text: String,
}

/// Decodes and encodes values, each by the number of its schema.
///
/// # Errors
/// When the types are not generated or do not compile, or the program fails.
pub(super) fn run(
    name: &str,
    document: &Exact,
    schemas: &[&str],
    values: &[(usize, &Exact)],
    folder: &Path,
) -> Result<Vec<Recoded>, String> {
    let (text, groups) = with_groups(document, schemas);
    let input =
        Input { document: Arc::new(Source::new(format!("{name}.json"), text)), overlay: None, ref_folders: Vec::new() };
    let output = pipeline::generate(&input, &[], &Names::default()).map_err(|errors| errors.to_string())?;
    let runtime = project::path("codegen/runtime").canonicalize().map_err(|error| error.to_string())?;
    let krate = name.replace(|c: char| !c.is_ascii_alphanumeric(), "-").to_lowercase();
    let krate = format!("values-of-{krate}");
    let out = folder.join(&krate);
    for (path, text) in package::single(&output.part, &krate, None, runtime.to_str()) {
        write(&out.join(path), &text)?;
    }
    let module = krate.replace('-', "_");
    let mut table = String::new();
    for group in &groups {
        let path = output.names.schema(&output.api, group).join("::");
        let _ = write!(table, "recoded::<{module}::{path}>, ");
    }
    write(&out.join("examples/values.rs"), &PROGRAM.replace("TABLE", &table))?;
    write(&out.join("Cargo.lock"), &project::text("Cargo.lock")?)?;
    let mut lines = String::new();
    for (schema, value) in values {
        let _ = writeln!(lines, "{}\t{{\"v{schema}\":[{value}]}}", schema / GROUP);
    }
    write(&out.join("values.txt"), &lines)?;
    let found = execute(&out)?;
    let recoded: Vec<Recoded> = found
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(mark, text)| Recoded { mark: mark.to_owned(), text: text.to_owned() })
        .collect();
    if recoded.len() == values.len() {
        Ok(recoded)
    } else {
        Err(format!("{} results, not {}", recoded.len(), values.len()))
    }
}

/// Returns a document without operations, with schemas that have lists of the values of other schemas as properties.
fn with_groups(document: &Exact, schemas: &[&str]) -> (String, Vec<String>) {
    let mut document = document.clone();
    move_paths(&mut document);
    let object = |members: Vec<(&str, Exact)>| {
        Exact::Object(members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    };
    let text = |text: &str| Exact::Text(text.to_owned());
    let mut groups = BTreeMap::new();
    for (number, pointer) in schemas.iter().enumerate() {
        let reference = object(vec![("$ref", Exact::Text(format!("#{}", moved(pointer))))]);
        let list = object(vec![("type", text("array")), ("items", reference)]);
        let group = groups.entry(format!("ExamplesOfDocument{}", number / GROUP)).or_insert_with(BTreeMap::new);
        group.insert(format!("v{number}"), list);
    }
    let names: Vec<String> = (0..groups.len()).map(|group| format!("ExamplesOfDocument{group}")).collect();
    if let Exact::Object(members) = &mut document {
        let paths = members.remove("paths");
        members.extend(paths.map(|paths| ("x-paths".to_owned(), paths)));
        members.insert("paths".to_owned(), object(Vec::new()));
        let components = members.entry("components".to_owned()).or_insert_with(|| object(Vec::new()));
        if let Exact::Object(components) = components {
            let all = components.entry("schemas".to_owned()).or_insert_with(|| object(Vec::new()));
            if let Exact::Object(all) = all {
                all.extend(groups.into_iter().map(|(name, properties)| {
                    (name, object(vec![("type", text("object")), ("properties", Exact::Object(properties))]))
                }));
            }
        }
    }
    (document.to_string(), names)
}

/// Returns the JSON pointer of a value after the paths are moved.
fn moved(pointer: &str) -> String {
    let pointer = pointer.strip_prefix("/paths/").map_or(pointer.to_owned(), |rest| format!("/x-paths/{rest}"));
    // As in the fragment of a URL.
    pointer.replace('%', "%25")
}

fn move_paths(node: &mut Exact) {
    match node {
        Exact::Object(members) => {
            if let Some(Exact::Text(reference)) = members.get_mut("$ref")
                && let Some(rest) = reference.strip_prefix("#/paths/")
            {
                *reference = format!("#/{}/{rest}", escape("x-paths"));
            }
            members.values_mut().for_each(move_paths);
        }
        Exact::List(items) => items.iter_mut().for_each(move_paths),
        _ => {}
    }
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", path.display());
    fs::create_dir_all(path.parent().unwrap_or(path)).map_err(failed)?;
    fs::write(path, text).map_err(failed)
}

fn execute(out: &Path) -> Result<String, String> {
    let values = fs::File::open(out.join("values.txt")).map_err(|error| error.to_string())?;
    let output = Command::new("cargo")
        .args(["run", "--quiet", "--no-default-features", "--example", "values"])
        .current_dir(out)
        .env("CARGO_TARGET_DIR", project::path("target/openapi-examples"))
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_INCREMENTAL", "0")
        .stdin(Stdio::from(values))
        .output()
        .map_err(|error| format!("cargo: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    Err(format!("the program fails: {}", errors.chars().take(4000).collect::<String>()))
}
