//! Cost of calls besides the network: building a request, and parsing streams.

#![allow(missing_docs)]

use bytes::Bytes;
use discovery_runtime::http::stream::{JsonArray, ServerSentEvents};
use discovery_runtime::http::{Api, Call, Client, Method, Param};
use divan::counter::BytesCount;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

static API: Api = Api {
    root_url: "https://aiplatform.googleapis.com/",
    locational_endpoints: &[("europe-west4", "https://europe-west4-aiplatform.googleapis.com/")],
    ..Api::EMPTY
};

static LIST: Method = Method {
    id: "example.projects.locations.jobs.list",
    path: "v1/{+parent}/jobs",
    params: &[
        Param::path("parent", "^projects/[^/]+/locations/[^/]+$"),
        Param::query("filter"),
        Param::query("pageSize"),
    ],
    ..Method::EMPTY
};

#[divan::bench]
fn request(bencher: Bencher<'_, '_>) {
    let client = Client::new(&API);
    bencher.bench(|| {
        let mut call: Call<()> = Call::new(client.clone(), &LIST);
        call.set(0, &"projects/my-project/locations/europe-west4");
        call.set(1, &"state=\"RUNNING\"");
        call.set(2, &50);
        call.request().unwrap()
    });
}

/// Returns a message of a model of about `size` bytes; for 0, one token with its metadata.
fn message(size: usize) -> String {
    if size == 0 {
        return r#"{
  "candidates": [{"content": {"parts": [{"text": "Five"}], "role": "model"}, "index": 0,
    "safetyRatings": [
      {"category": "HARM_CATEGORY_HATE_SPEECH", "probability": "NEGLIGIBLE"},
      {"category": "HARM_CATEGORY_DANGEROUS_CONTENT", "probability": "NEGLIGIBLE"}
    ]}],
  "usageMetadata": {"promptTokenCount": 1423, "candidatesTokenCount": 3, "totalTokenCount": 1426},
  "modelVersion": "gemini-2.5-flash", "responseId": "AbCdEfGhIjKlMnOp"
}"#
        .to_owned();
    }
    let text = "Five, six, \\\"seven\\\" and eight. ".repeat(size / 32 + 1);
    format!("{{\"candidates\": [{{\"content\": {{\"parts\": [{{\"text\": \"{text}\"}}]}}}}]}}")
}

/// Splits a body into chunks of 16 KiB.
fn pieces(whole: &str) -> Vec<Bytes> {
    whole.as_bytes().chunks(16 << 10).map(Bytes::copy_from_slice).collect()
}

#[divan::bench(args = [0, 100, 1_000, 100_000])]
fn server_sent_events(bencher: Bencher<'_, '_>, size: usize) {
    let event = format!("data: {}\r\n\r\n", message(size).replace('\n', " "));
    let stream = event.repeat(1_000_000 / event.len());
    let pieces = pieces(&stream);
    bencher.counter(BytesCount::new(stream.len())).bench(|| {
        let mut parser = ServerSentEvents::new();
        for piece in &pieces {
            parser.push(piece.clone());
            while let Some(event) = parser.next() {
                black_box(event);
            }
        }
    });
}

#[divan::bench(args = [0, 100, 1_000, 100_000])]
fn json_array(bencher: Bencher<'_, '_>, size: usize) {
    let message = message(size);
    let messages = vec![message.as_str(); 1_000_000 / message.len()];
    let stream = format!("[{}\n]", messages.join(",\r\n"));
    let pieces = pieces(&stream);
    bencher.counter(BytesCount::new(stream.len())).bench(|| {
        let mut parser = JsonArray::new();
        for piece in &pieces {
            parser.push(piece.clone());
            while let Some(message) = parser.next().unwrap() {
                black_box(message);
            }
        }
    });
}
