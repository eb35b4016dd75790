//! Streams, and parameters that are the whole query.

use discovery_codegen::model::{Api, Type};
use discovery_codegen::parser;
use discovery_codegen::source::Source;
use std::path::Path;
use std::sync::Arc;

fn api() -> Api {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/documents/openapi/streams.yaml");
    let text = std::fs::read_to_string(&path).unwrap();
    let api = parser::read(&Arc::new(Source::new("streams.yaml", text))).unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(api.skipped, []);
    api
}

#[test]
fn messages_of_streams() {
    let api = api();
    let schema = |name: &str| Some(Type::Schema(name.to_owned()));
    for (name, media_type, response, whole_events) in [
        ("lines_stream", "application/x-ndjson", schema("Line"), false),
        ("sequence", "application/json-seq", schema("Line"), false),
        ("numbers", "application/jsonl", Some(Type::List(Box::new(Type::Double))), false),
        ("untyped", "application/jsonl", Some(Type::Any), false),
        ("gateway", "application/json", schema("gateway(response body)"), false),
        ("events", "text/event-stream", schema("Event"), true),
        ("nest", "text/event-stream", schema("Line"), false),
        ("spring", "text/event-stream", schema("Line"), false),
        ("typed", "text/event-stream", schema("Typed"), false),
        ("micronaut", "text/event-stream", schema("Line"), false),
        ("objects", "application/x-json-stream", schema("Line"), false),
        ("resources", "application/fhir+ndjson", schema("Line"), false),
    ] {
        let method = &api.methods[name];
        assert!(method.streaming && !method.media_download, "{name}");
        assert_eq!(method.accept(), Some(media_type), "{name}");
        assert_eq!((&method.response, method.whole_events), (&response, whole_events), "{name}");
    }
    let lines = &api.methods["lines"];
    assert!(!lines.streaming && lines.accept().is_none() && lines.response != schema("Line"), "{:?}", lines.response);
    let text = &api.methods["text"];
    assert!(text.media_download && !text.streaming, "text of all messages is a file");
}

#[test]
fn parameters_that_are_the_whole_query() {
    let api = api();
    let wire = |method: &str, name: &str| api.methods[method].parameters[name].wire_name.as_deref();
    assert_eq!(wire("search", "filter"), None);
    assert_eq!(wire("select", "selector"), Some(""));
    assert_eq!(wire("path", "path"), Some(""));
    assert_eq!(api.methods["path"].parameters["path"].ty, Type::String);
    assert_eq!(api.methods["search"].parameter_order, ["filter"]);
}
