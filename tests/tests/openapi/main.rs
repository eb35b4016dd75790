//! OpenAPI features that Discovery lacks: tests of the bindings of one small document each.

mod bodies;
mod choices;
mod exact;
mod exports;
mod forms;
mod jobs;
mod members;
mod others;
mod pages;
mod parameters;
mod required;
mod service;
mod streams;

#[allow(dead_code, unused_imports, missing_docs, unreachable_pub)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/openapi.rs"));
}
