//! Generates bindings of a few documents, whose messages the `decoder` target uses.

use discovery_codegen::Builder;

fn main() {
    for document in [
        "features/any_and_objects.json",
        "features/unions.json",
        "features/maps.json",
        "features/scalars.json",
        "features/arrays_of_arrays.json",
        "features/empty_messages.json",
        "openapi/composition.yaml",
        "openapi/types.yaml",
    ] {
        if let Err(error) = Builder::new().spec(format!("../documents/{document}")).generate() {
            panic!("{error:?}");
        }
    }
}
