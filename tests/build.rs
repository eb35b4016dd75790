//! Makes what the tests compile: bindings of every document of features, and a table of the types of `google-ai-tuning`.

use discovery_codegen::config;
use discovery_codegen::model::Shape;
use discovery_codegen::passes::names::raw;
use std::error::Error;
use std::fmt::Write;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let out = std::env::var("OUT_DIR")?;
    std::fs::write(Path::new(&out).join("codecs.rs"), codecs()?)?;
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
