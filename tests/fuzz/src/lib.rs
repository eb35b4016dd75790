//! Fuzz targets of the generator and the runtime.
//!
//! Each target is a function of bytes that panics on a fault. `fuzz_targets/` gives them to libFuzzer (`cargo +nightly
//! fuzz run TARGET`); `slow-proofs libfuzzer` runs each for half a minute. `slow-proofs fuzz` and the everyday tests
//! call each with its seeds and random changes of them ([`smoke`]).

pub mod choices;
pub mod code;
pub mod decoder;
pub mod diff;
pub mod edits;
pub mod generate;
pub mod generator;
pub mod hostile;
pub mod readers;
pub mod seeds;
pub mod service;
pub mod smoke;
pub mod streams;
pub mod tree;
pub mod values;

/// A target: its name, which is also the name of its executable and its folder of seeds, and its function.
pub type Target = (&'static str, fn(&[u8]));

/// All targets, by name.
pub const TARGETS: [Target; 17] = [
    ("accept", readers::accept),
    ("decoder", decoder::decoder),
    ("diff", diff::diff),
    ("discovery", readers::discovery),
    ("errors", service::errors),
    ("generate", generate::generate),
    ("lock", readers::lock),
    ("openapi_json", readers::openapi_json),
    ("openapi_yaml", readers::openapi_yaml),
    ("overlay", readers::overlay),
    ("protos", readers::protos),
    ("reference", readers::reference),
    ("retry_after", service::retry_after),
    ("streams", streams::streams),
    ("times", values::times),
    ("upload_range", service::upload_range),
    ("url_templates", values::url_templates),
];
