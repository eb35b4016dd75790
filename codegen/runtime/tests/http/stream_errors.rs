//! Errors in the body of a successful response, within a stream and instead of it.

#![cfg(feature = "client")]

use std::time::Duration;

use crate::api::{GENERATE, client, get};
use crate::server::{Reply, Server};
use discovery_runtime::__private::{FieldInfo, Slot};
use discovery_runtime::http::{Call, Error, Response, ServiceError, Streaming};
use discovery_runtime::serde_json::{Value, json};
use discovery_runtime::{Message, UnknownFields};

const NOW: Duration = Duration::ZERO;

/// An error in the form of Google's services.
const ERROR: &str = r#"{
  "error": {
    "code": 503,
    "message": "The model is overloaded.",
    "status": "UNAVAILABLE"
  }
}"#;

async fn stream(reply: Reply) -> (Vec<Value>, Option<Error>) {
    stream_of(reply, |call| call).await
}

async fn stream_of(
    reply: Reply,
    change: impl Fn(Call<Value, Streaming>) -> Call<Value, Streaming>,
) -> (Vec<Value>, Option<Error>) {
    let server = Server::replies(vec![reply]).await;
    let call = change(Call::new(client(&server.url).build().unwrap(), &GENERATE));
    let mut messages = call.stream();
    let mut all = Vec::new();
    while let Some(message) = messages.next().await {
        match message {
            Ok(message) => all.push(message),
            Err(error) => {
                assert!(messages.next().await.is_none(), "the stream ends after an error");
                return (all, Some(error));
            }
        }
    }
    (all, None)
}

fn service_error(error: Option<Error>) -> ServiceError {
    match error {
        Some(Error::Service(error)) => *error,
        other => panic!("not a service error: {other:?}"),
    }
}

fn events(body: impl Into<Vec<u8>>) -> Reply {
    Reply::new(200, body).header("content-type", "text/event-stream")
}

/// Returns replies with the body in one chunk and in several.
fn splits(body: &str) -> Vec<Reply> {
    let mut pieces = body.as_bytes().chunks(17);
    let first = events(pieces.next().unwrap_or_default());
    vec![events(body), pieces.fold(first, |reply, piece| reply.then(NOW, piece))]
}

#[tokio::test]
async fn json_in_the_middle_of_events_is_an_error() {
    let one_line = r#"{"error": {"code": 503, "message": "overloaded", "status": "UNAVAILABLE"}}"#;
    let list = format!("[{ERROR}\n]");
    let bodies = [ERROR.to_owned(), ERROR.replace('\n', "\r\n"), one_line.to_owned(), list];
    for error in bodies {
        for end in ["", "\n", "\r\n\r\n"] {
            for (before, messages) in [
                ("", vec![]),
                ("\n", vec![]),
                ("data: {\"a\": 1}\n\n", vec![json!({"a": 1})]),
                ("data: {\"a\": 1}\r\n\r\ndata: {\"a\": 2}\r\n\r\n", vec![json!({"a": 1}), json!({"a": 2})]),
                // An event that the error interrupts: complete, and incomplete.
                ("data: {\"a\": 1}\n", vec![json!({"a": 1})]),
                ("data: {\"a\": 1}\n\ndata: {\"a\": \"wo\n", vec![json!({"a": 1})]),
            ] {
                for reply in splits(&format!("{before}{error}{end}")) {
                    let (received, failure) = stream(reply).await;
                    assert_eq!(received, messages, "{before}{error}");
                    let failure = service_error(failure);
                    assert_eq!(failure.http_status, 503);
                    assert_eq!(failure.status.status, "UNAVAILABLE");
                    assert!(failure.status.message.contains("overloaded"));
                }
            }
        }
    }
}

#[tokio::test]
async fn an_error_is_reported_as_soon_as_it_is_complete() {
    let reply = events("data: {\"a\": 1}\n\n").then(NOW, ERROR).then(Duration::from_secs(60), "\n");
    let (messages, error) = tokio::time::timeout(Duration::from_secs(10), stream(reply)).await.unwrap();
    assert_eq!(messages.len(), 1);
    assert_eq!(service_error(error).http_status, 503);
}

#[tokio::test]
async fn json_after_or_within_an_array_is_an_error() {
    for body in
        [format!("[{{\"a\": 1}}]\n{ERROR}"), format!("[{{\"a\": 1}}\n{ERROR}"), format!("[{{\"a\": 1}},\n{ERROR}]")]
    {
        let reply = Reply::json(200, body.clone());
        let (messages, error) = stream_of(reply, |call| call.with_json_array()).await;
        assert_eq!(messages, [json!({"a": 1})], "{body}");
        assert_eq!(service_error(error).http_status, 503);
    }
    let (messages, error) = stream_of(Reply::json(200, ERROR), |call| call.with_json_array()).await;
    assert!(messages.is_empty());
    assert_eq!(service_error(error).http_status, 503);
}

#[tokio::test]
async fn events_of_the_type_error() {
    let cases = [
        (
            r#"event: error|data: {"error": {"code": 429, "status": "RESOURCE_EXHAUSTED"}}"#,
            429,
            "RESOURCE_EXHAUSTED",
            "",
        ),
        (r#"event:error|data:{"code": 14, "message": "try later"}"#, 503, "", "try later"),
        (r#"data: {"message": "no"}|event: Error"#, 200, "", "no"),
        (r#"event: error|data: {"type": "error", "error": {"message": "Overloaded"}}"#, 200, "", "Overloaded"),
        ("event: error|data: the model is|data: overloaded", 200, "", "the model is overloaded"),
        ("event: error", 200, "", ""),
    ];
    for (event, code, status, message) in cases {
        for newline in ["\n", "\r\n"] {
            let body = format!("data: {{\"a\": 1}}\n\n{event}\n\ndata: {{\"a\": 2}}\n\n").replace('|', newline);
            let (messages, error) = stream(events(body)).await;
            assert_eq!(messages, [json!({"a": 1})], "{event}");
            let error = service_error(error);
            assert_eq!(
                (error.http_status.as_u16(), &*error.status.status, &*error.status.message),
                (code, status, message)
            );
        }
    }
    // Events of other types are messages.
    let (messages, error) = stream(events("event: message\ndata: {\"a\": 1}\n\nevent: errors\ndata: {}\n\n")).await;
    assert!(messages.len() == 2 && error.is_none(), "{messages:?} {error:?}");
}

#[tokio::test]
async fn an_error_in_a_list() {
    for data in [
        r#"[{"error": {"code": 400, "message": "API key not valid", "status": "INVALID_ARGUMENT"}}]"#,
        r#"[ {"error":{"code":400,"message":"API key not valid"}} ]"#,
    ] {
        let (messages, error) = stream(events(format!("data: {{\"a\": 1}}\n\ndata: {data}\n\n"))).await;
        assert_eq!(messages, [json!({"a": 1})]);
        let error = service_error(error);
        assert_eq!(error.http_status, 400);
        assert_eq!(error.status.message, "API key not valid");
    }
}

#[tokio::test]
async fn text_that_is_neither_event_nor_error_is_reported() {
    for rest in
        ["<html>502</html>", "upstream connect error: reset", "{\"a\": 2}", "[1, 2]", "{\"error\": {\"code\": 5"]
    {
        let (messages, error) = stream(events(format!("data: {{\"a\": 1}}\n\n{rest}"))).await;
        assert_eq!(messages, [json!({"a": 1})]);
        assert!(matches!(error, Some(Error::Decode(_) | Error::Transport(_))), "{rest}: {error:?}");
    }
    // Undefined fields are ignored, as by the standard.
    let (messages, error) = stream(events("x-trace: 1\ndata: {\"a\": 1}\n\nnote\n\n")).await;
    assert!(messages.len() == 1 && error.is_none(), "{error:?}");
}

#[tokio::test]
async fn keep_alives_are_ignored_and_done_ends_the_stream() {
    let body = ": ping\n\ndata:\n\ndata: {\"a\": 1}\n\ndata:  \n\ndata\n\n";
    for end in ["", "data: [DONE]\n\n", "data:[DONE]", "data:  [DONE] \t\r\n\r\ndata: {\"a\": 2}\n\n"] {
        let (messages, error) = stream(events(format!("{body}{end}"))).await;
        assert!(error.is_none(), "{end:?}: {error:?}");
        assert_eq!(messages, [json!({"a": 1})], "{end:?}");
    }
    let (messages, error) = stream(events(": ping\n\n: ping\n\n")).await;
    assert!(messages.is_empty() && error.is_none(), "{error:?}");
}

#[tokio::test]
async fn the_format_is_detected_from_the_body() {
    let sse = "data: {\"a\": 1}\n\ndata: {\"a\": 2}\n\n";
    let array = "[{\"a\": 1},\n{\"a\": 2}]";
    let types =
        ["", "Text/Event-Stream; Charset=UTF-8", "TEXT/EVENT-STREAM", "application/json", "application/octet-stream"];
    for content_type in types {
        for body in
            [sse, array, "\u{feff}data: {\"a\": 1}\n\ndata: {\"a\": 2}\n\n", ": hi\n\ndata:{\"a\":1}\n\ndata:{\"a\":2}"]
        {
            for json_array in [false, true] {
                let reply = Reply::new(200, body);
                let reply = if content_type.is_empty() { reply } else { reply.header("content-type", content_type) };
                let change = |call: Call<Value, Streaming>| if json_array { call.with_json_array() } else { call };
                let (messages, error) = stream_of(reply, change).await;
                assert!(error.is_none(), "{content_type} {body:?}: {error:?}");
                assert_eq!(messages, [json!({"a": 1}), json!({"a": 2})], "{content_type} {body:?}");
            }
        }
    }
}

#[tokio::test]
async fn an_error_object_with_the_status_200() {
    let server = Server::replies(vec![Reply::json(200, ERROR)]).await;
    let error = service_error(get(client(&server.url).build().unwrap()).send().await.err());
    assert_eq!((error.http_status.as_u16(), &*error.status.status), (503, "UNAVAILABLE"));
}

/// A message with an optional key `error`.
macro_rules! message {
    ($name:ident, $key:ident) => {
        #[derive(Clone, Debug, Default, PartialEq)]
        struct $name {
            $key: Option<Value>,
            unknown_fields: UnknownFields,
        }

        impl Message for $name {
            fn fields(&self) -> &'static [FieldInfo] {
                const { &[FieldInfo::new(stringify!($key), 0)] }
            }
            fn slots(&self, visit: &mut dyn FnMut(&[&dyn Slot])) {
                visit(&[&self.$key, &self.unknown_fields]);
            }
            fn slots_mut(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn Slot])) {
                visit(&mut [&mut self.$key, &mut self.unknown_fields]);
            }
        }
    };
}

message!(Pet, name);
message!(Operation, error);

async fn send<R: Response + std::fmt::Debug>(body: &str) -> Result<R, Error> {
    let server = Server::replies(vec![Reply::json(200, body)]).await;
    let call: Call<R> = Call::new(client(&server.url).build().unwrap(), &crate::api::LIST);
    call.send().await
}

#[tokio::test]
async fn an_error_key_in_the_schema_or_beside_data_is_data() {
    // The schema does not have `error`.
    for body in
        [ERROR, r#"{"error": "invalid_grant"}"#, r#"[{"error": {"code": 3}}]"#, r#"{"id": 1, "error": {"code": 3}}"#]
    {
        service_error(send::<Pet>(body).await.err());
    }
    // The service has a newer key.
    let pet = send::<Pet>(r#"{"name": "Rex", "error": {"code": 3}}"#).await.unwrap();
    assert_eq!(pet.unknown_fields.get("error"), Some(json!({"code": 3})));
    assert!(send::<Pet>(r#"{"error": {}}"#).await.is_ok());
    assert!(send::<Pet>(r#"{"name": "say \"error\": {"}"#).await.is_ok());
    // The schema has `error`.
    let operation = send::<Operation>(ERROR).await.unwrap();
    assert_eq!(operation.error.unwrap()["code"], 503);
    // Without a schema, only an error at the beginning counts.
    service_error(send::<Value>(r#"{"error": {"code": 3}, "trace": 1}"#).await.err());
    assert!(send::<Value>(r#"{"done": true, "error": {"code": 3}}"#).await.is_ok());
    assert!(send::<Value>(r#"{"error": "none"}"#).await.is_ok());
}
