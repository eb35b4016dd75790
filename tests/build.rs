//! Makes what the tests compile: bindings of every document of a feature, of OpenAPI and with an
//! overlay that was imported, and a table of the types of `google-ai-tuning`.

use discovery_codegen::rust::naming::raw;
use discovery_codegen::{Builder, commands::generate::config, model::Shape};
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    fs::write(out.join("codecs.rs"), codecs()?)?;
    for folder in ["features", "imports", "openapi"] {
        fs::write(out.join(format!("{folder}.rs")), modules(&out, folder)?)?;
    }
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

/// A module for each document of a folder.
fn modules(out: &Path, folder: &str) -> Result<String, Box<dyn Error>> {
    let documents = Path::new("documents").join(folder);
    println!("cargo::rerun-if-changed={}", documents.display());
    let out = out.join(folder);
    fs::create_dir_all(&out)?;
    let mut modules = String::new();
    let mut all = discovery_codegen::source::files::documents(&documents)?;
    // A document in several files has a folder of its own.
    all.extend(Some(documents.join("files/root.yaml")).filter(|root| root.is_file()));
    for document in all {
        let name = document.file_stem().unwrap_or_default().to_string_lossy();
        let module = name.replace('.', "_");
        writeln!(modules, "pub mod {module} {{ include!(concat!(env!(\"OUT_DIR\"), \"/{folder}/{name}.rs\")); }}")?;
        Builder::new().spec(&document).out_dir(&out).generate()?;
    }
    Ok(modules)
}
