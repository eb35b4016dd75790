//! A build script of someone's: the builder on the document that is named, in `$OUT_DIR`.

fn main() -> Result<(), discovery_codegen::builder::Error> {
    let document = std::env::args_os().nth(1).unwrap_or_default();
    discovery_codegen::Builder::new().spec(std::path::PathBuf::from(document)).generate()
}
