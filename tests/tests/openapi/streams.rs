//! Streams, and parameters that are the whole query.

use super::generated::streams::{Client, methods, types::*};
use super::service::{Service, wait};
use discovery_runtime::http::Response;
use discovery_runtime::http::stream::Messages;

/// Returns all messages of a stream, and the `accept` of its request.
fn all<R: Response>(kind: &str, body: &str, call: impl FnOnce(Client) -> Messages<R>) -> (Vec<R>, String) {
    let service = Service::new(200, kind, body.to_owned());
    let mut stream = call(service.client(Client::builder()));
    let messages = wait(async {
        let mut messages = Vec::new();
        while let Some(message) = stream.next().await {
            messages.push(message.unwrap());
        }
        messages
    });
    (messages, service.last_request().headers()["accept"].to_str().unwrap().to_owned())
}

fn line(n: i64) -> Line {
    Line::default().set_n(n)
}

#[test]
fn lines() {
    let expected = vec![line(1), line(2)];
    for (kind, body) in [
        ("application/x-ndjson", "{\"n\":1}\n{\"n\":2}\n"),
        ("application/x-ndjson", "\n{\"n\":1}\r\n\r\n{\"n\":2}"),
        ("application/json", "[{\"n\":1},\n{\"n\":2}]"),
        ("text/event-stream", "data: {\"n\":1}\n\ndata: {\"n\":2}\n\n"),
    ] {
        let (messages, accept) = all(kind, body, |client| client.lines_stream().stream());
        assert_eq!((messages, accept.as_str()), (expected.clone(), "application/x-ndjson"), "{kind}");
    }
    let sequence = "\u{1e}{\n\"n\":1}\n\u{1e}{\"n\":2}\n";
    assert_eq!(all("application/json-seq", sequence, |client| client.sequence().stream()).0, expected);
    let numbers = all("application/jsonl", "[1,2.5]\n[]\n", |client| client.numbers().stream()).0;
    let numbers: Vec<String> = numbers.iter().map(|list| format!("{:?}", list.to_vec())).collect();
    assert_eq!(numbers, ["[1.0, 2.5]", "[]"]);
    let untyped = all("application/jsonl", "5\n\"a\"\n{}\n", |client| client.untyped().stream()).0;
    assert_eq!(format!("{untyped:?}"), "[Number(5), String(\"a\"), Object {}]");
    let body = "{\"result\":{\"n\":1}}\n{\"error\":{\"code\":3}}\n";
    let (messages, accept) = all("application/json", body, |client| client.gateway().stream());
    let results: Vec<_> = messages.iter().map(|one: &methods::GatewayResponse| one.result.clone()).collect();
    assert_eq!((results, accept.as_str()), (vec![Some(Box::new(line(1))), None], "application/json"));
    assert_eq!(messages[1].error.as_ref().and_then(|error| error.code), Some(3));
}

#[test]
fn a_line_that_is_cut_off_is_an_error() {
    let service = Service::new(200, "application/x-ndjson", "{\"n\":1}\n{\"n\":");
    let client: Client = service.client(Client::builder());
    let mut stream = client.lines_stream().stream();
    assert_eq!(wait(stream.next()).unwrap().unwrap(), line(1));
    assert!(wait(stream.next()).unwrap().is_err());
}

#[test]
fn choices_of_events() {
    let body = "event: line.added\ndata: {\"n\":1}\n\nevent: line.removed\ndata: {\"n\":1}\n\nevent: note\nid: 7\ndata: 5\n\n\
                event: encoded\ndata: {\"n\":2}\n\nevent: new\ndata: {\"x\":1}\n\ndata: [DONE]\n\n";
    let (events, accept) = all("text/event-stream", body, |client| client.events().stream());
    assert_eq!(accept, "text/event-stream");
    let shown: Vec<String> = events
        .iter()
        .map(|event| match event {
            Event::Added(added) => format!("added {:?}", added.data.as_ref().and_then(|line| line.n)),
            Event::Removed(removed) => format!("removed {:?}", removed.data.as_ref().and_then(|line| line.n)),
            Event::Note(note) => format!("note {:?} {:?}", note.id, note.data),
            Event::Encoded(encoded) => format!("encoded {:?}", encoded.data.as_ref().and_then(|line| line.n)),
            other => format!("{other:?}"),
        })
        .collect();
    assert_eq!(shown[..4], ["added Some(1)", "removed Some(1)", "note Some(7) Some(\"5\")", "encoded Some(2)"]);
    assert!(shown.len() == 5 && shown[4].contains("new"), "{shown:?}");
}

#[test]
fn data_of_events() {
    let body = "event: x\nid: 1\ndata: {\"n\":1}\n\n";
    assert_eq!(all("text/event-stream", body, |client| client.nest().stream()).0, [line(1)]);
    assert_eq!(all("text/event-stream", body, |client| client.spring().stream()).0, [line(1)]);
    let body = "data: {\"type\":\"a\",\"data\":{\"n\":1}}\n\n";
    let typed = all("text/event-stream", body, |client| client.typed().stream()).0;
    assert_eq!(typed, [Typed::default().set_type("a").set_data(line(1))]);
}

#[test]
fn the_whole_query() {
    let client = Client::new();
    let query = |request: http::Request<bytes::Bytes>| request.uri().query().map(str::to_owned);
    let filter = methods::SearchFilter::default().set_text("a b").set_tags(["x", "y&z"]);
    assert_eq!(query(client.search(filter).request().unwrap()).as_deref(), Some("tags=x&tags=y%26z&text=a%20b"));
    let selector = methods::SelectSelector::default().set_a(1);
    assert_eq!(query(client.select().with_selector(selector).request().unwrap()).as_deref(), Some("%7B%22a%22%3A1%7D"));
    assert_eq!(query(client.select().request().unwrap()), None);
    assert_eq!(query(client.path("$.a[1:2]").request().unwrap()).as_deref(), Some("%24.a%5B1%3A2%5D"));
}
