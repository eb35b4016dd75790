//! Target of streaming responses: splitting a stream into chunks has no effect.

use crate::service::{answer, client, run};
use bytes::Bytes;
use discovery_runtime::http::stream::{JsonArray, ServerSentEvent, ServerSentEvents};
use discovery_runtime::http::{Call, CallOptions, HttpMethod, Method, Streaming};
use discovery_runtime::serde_json::Value;
use http::header::CONTENT_TYPE;

/// Parses a stream at once, byte by byte, and split at many positions.
///
/// # Panics
/// When splitting changes the result.
pub fn streams(data: &[u8]) {
    let whole = read(&[data]);
    let bytes: Vec<&[u8]> = data.chunks(1).collect();
    assert_eq!(read(&bytes), whole, "byte by byte");
    let step = data.len() / 16 + 1;
    for at in (1..data.len()).step_by(step) {
        let (before, after) = data.split_at(at);
        assert_eq!(read(&[before, after]), whole, "split at {at}");
    }
}

type Read = (Vec<ServerSentEvent>, (Vec<Bytes>, &'static str), Vec<(Vec<Value>, Option<String>)>);

fn read(pieces: &[&[u8]]) -> Read {
    let messages = |method: &'static Method, kind: &str| messages(pieces, method, kind);
    let found = vec![
        messages(&GENERATE, "text/event-stream"),
        messages(&GENERATE, "application/json"),
        messages(&LISTEN, "text/event-stream"),
        messages(&EXPORT, "application/x-ndjson"),
    ];
    (events(pieces), array(pieces), found)
}

fn events(pieces: &[&[u8]]) -> Vec<ServerSentEvent> {
    let mut parser = ServerSentEvents::new();
    let mut found = Vec::new();
    let mut take = |parser: &mut ServerSentEvents| {
        while let Some(event) = parser.next() {
            if let ServerSentEvent::Invalid(_) = event {
                // Only the part that has arrived is known.
                found.push(ServerSentEvent::Invalid(Bytes::new()));
                return false;
            }
            found.push(event);
        }
        true
    };
    for piece in pieces {
        parser.push(Bytes::copy_from_slice(piece));
        if !take(&mut parser) {
            return found;
        }
    }
    parser.finish();
    take(&mut parser);
    found
}

/// Returns the objects, and the end of the stream: complete, incomplete, or invalid.
fn array(pieces: &[&[u8]]) -> (Vec<Bytes>, &'static str) {
    let mut parser = JsonArray::new();
    let mut found = Vec::new();
    for piece in pieces {
        parser.push(Bytes::copy_from_slice(piece));
        loop {
            match parser.next() {
                Ok(Some(object)) => found.push(object),
                Ok(None) => break,
                Err(_) => return (found, "invalid"),
            }
        }
    }
    let end = if parser.finish().is_ok() { "complete" } else { "incomplete" };
    (found, end)
}

static GENERATE: Method =
    Method { id: "x.generate", http_method: HttpMethod::Post, path: "v1/x", streaming: true, ..Method::EMPTY };

/// Method whose messages are whole events.
static LISTEN: Method = Method {
    id: "x.listen",
    http_method: HttpMethod::Get,
    path: "v1/x",
    streaming: true,
    whole_events: true,
    ..Method::EMPTY
};

/// Method whose messages are lines of JSON, or a JSON text sequence.
static EXPORT: Method = Method {
    id: "x.export",
    http_method: HttpMethod::Get,
    path: "v1/x",
    accept: "application/x-ndjson",
    streaming: true,
    ..Method::EMPTY
};

/// Returns the messages of a call, and the kind of the error after them.
fn messages(pieces: &[&[u8]], method: &'static Method, kind: &str) -> (Vec<Value>, Option<String>) {
    let head = answer::<Bytes>(200, &[(CONTENT_TYPE, kind.as_bytes())], b"");
    let pieces = pieces.iter().filter(|piece| !piece.is_empty()).map(|piece| Bytes::copy_from_slice(piece)).collect();
    let call: Call<Value, Streaming> = Call::new(client(vec![head.map(|_| pieces)], CallOptions::new()), method);
    run(async {
        let mut stream = call.stream();
        let mut found = Vec::new();
        while let Some(message) = stream.next().await {
            match message {
                Ok(message) => found.push(message),
                Err(error) => {
                    let kind = format!("{:?}", std::mem::discriminant(&error));
                    return (found, Some(kind));
                }
            }
        }
        (found, None)
    })
}
