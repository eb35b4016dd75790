//! Spans according to OpenTelemetry's conventions for HTTP clients.

#![cfg(feature = "test-util")]

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use crate::api::{API, GET, fast};
use discovery_runtime::http::testing::{FakeResponse, FakeTransport};
use discovery_runtime::http::{Call, Client};
use discovery_runtime::serde_json::Value;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

type Fields = BTreeMap<String, String>;

/// Records the fields of all spans.
#[derive(Clone, Default)]
struct Spans {
    next: Arc<AtomicU64>,
    fields: Arc<Mutex<BTreeMap<u64, Fields>>>,
}

struct Values<'a>(&'a mut Fields);

impl Visit for Values<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }
}

impl Subscriber for Spans {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_span() && metadata.target().starts_with("discovery_runtime")
    }
    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let id = self.next.fetch_add(1, Ordering::Relaxed) + 1;
        span.record(&mut Values(self.fields.lock().unwrap().entry(id).or_default()));
        Id::from_u64(id)
    }
    fn record(&self, span: &Id, values: &Record<'_>) {
        values.record(&mut Values(self.fields.lock().unwrap().entry(span.into_u64()).or_default()));
    }
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, _: &Event<'_>) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// Returns the spans of a call with these responses, in order.
async fn spans(responses: impl IntoIterator<Item = FakeResponse>) -> Vec<Fields> {
    let spans = Spans::default();
    let guard = tracing::subscriber::set_default(spans.clone());
    let transport = FakeTransport::new(responses);
    let client = Client::builder(&API).with_options(fast()).with_transport(transport).build().unwrap();
    let mut call: Call<Value> = Call::new(client, &GET);
    call.set(0, &"things/1");
    let options = fast().with_fields("name").with_header("authorization", "Bearer s3cret");
    let _ = call.with_options(options).send().await;
    drop(guard);
    let fields = spans.fields.lock().unwrap();
    assert!(!format!("{fields:?}").contains("s3cret"));
    fields.values().cloned().collect()
}

fn pick<'a>(fields: &'a Fields, names: &[&str]) -> Vec<&'a str> {
    names.iter().map(|name| fields.get(*name).map_or("-", String::as_str)).collect()
}

#[tokio::test]
async fn an_attempt_has_the_attributes_of_the_conventions() {
    let spans = spans([FakeResponse::json(200, "{}")]).await;
    let [span] = spans.as_slice() else { panic!("{spans:?}") };
    let expected = [
        ("api.method", "example.get"),
        ("http.request.method", "GET"),
        ("http.response.status_code", "200"),
        ("otel.kind", "client"),
        ("otel.name", "GET v1/{+name}"),
        ("server.address", "example.googleapis.com"),
        ("server.port", "443"),
        ("url.full", "https://example.googleapis.com/v1/things/1?fields=name"),
        ("url.template", "v1/{+name}"),
    ];
    assert_eq!(*span, expected.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect());
}

#[tokio::test]
async fn attempts_are_counted_and_errors_are_typed() {
    let responses = [
        FakeResponse::no_connection(),
        FakeResponse::error(503, "UNAVAILABLE", "later"),
        FakeResponse::new(200, "{}").broken(),
        FakeResponse::error(404, "NOT_FOUND", "no"),
    ];
    let spans = spans(responses).await;
    let names = ["http.request.resend_count", "http.response.status_code", "error.type", "otel.status_code"];
    let found: Vec<_> = spans.iter().map(|span| pick(span, &names)).collect();
    assert_eq!(
        found,
        [
            ["-", "-", "connection_failed", "ERROR"],
            ["1", "503", "503", "ERROR"],
            ["2", "-", "connection_lost", "ERROR"],
            ["3", "404", "404", "ERROR"],
        ]
    );
}
