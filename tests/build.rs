//! Makes what the tests compile: bindings of every document of features, and a table of the types of `google-ai-tuning`.

use discovery_codegen::passes::names::raw;
use discovery_codegen::{Builder, config, model::Shape};
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    fs::write(out.join("codecs.rs"), codecs()?)?;
    fs::write(out.join("features.rs"), features()?)?;
    Ok(())
}

/// A line for each message of the three APIs.
fn codecs() -> Result<String, Box<dyn Error>> {
    println!("cargo::rerun-if-changed=../spec");
    let job = config::prepare(Path::new("../spec/codegen.toml"))?;
    let mut lines = String::from("vec![\n");
    for output in &job.outputs {
        for (name, schema) in &output.api.schemas {
            if !matches!(schema.shape, Shape::Message(_)) {
                continue;
            }
            let path: Vec<String> =
                output.names.schema(&output.api, name).iter().map(|part| raw(part).to_string()).collect();
            let (module, id, path) = (&output.part.module, output.api.id(), path.join("::"));
            writeln!(lines, "Codec::of::<google_ai_tuning::{module}::{path}>({id:?}, {name:?}),")?;
        }
    }
    lines.push(']');
    Ok(lines)
}

/// A module for each document of features.
fn features() -> Result<String, Box<dyn Error>> {
    let folder = Path::new("documents/features");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut documents: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    documents.sort();
    let mut modules = String::new();
    for document in documents {
        let name = document.file_stem().unwrap_or_default().to_string_lossy();
        writeln!(modules, "pub mod {name} {{ include!(concat!(env!(\"OUT_DIR\"), \"/{name}.rs\")); }}")?;
        Builder::new().spec(&document).generate()?;
    }
    Ok(modules)
}
