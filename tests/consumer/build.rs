//! Generates the tuning methods that this crate calls.

fn main() -> Result<(), discovery_codegen::builder::Error> {
    discovery_codegen::Builder::new()
        .spec("../../spec/generativelanguage.v1beta.json")
        .include("tunedModels.{create,get,list}")
        .generate()
}
