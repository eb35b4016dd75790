//! A build script: runs the builder on the document that the argument names.

fn main() -> Result<(), discovery_codegen::builder::Error> {
    let document = std::env::args_os().nth(1).unwrap_or_default();
    discovery_codegen::Builder::new().spec(std::path::PathBuf::from(document)).generate()
}
