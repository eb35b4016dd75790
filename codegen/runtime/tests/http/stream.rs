//! Responses that are streams of messages.

#![cfg(feature = "client")]

use std::time::{Duration, Instant};

use crate::api::{GENERATE, client};
use crate::server::{Reply, Server};
use discovery_runtime::http::{Call, CallOptions, Error, Streaming};
use discovery_runtime::serde_json::{Value, json};

const NOW: Duration = Duration::ZERO;

fn call(server: &Server) -> Call<Value, Streaming> {
    Call::new(client(&server.url).build().unwrap(), &GENERATE)
}

fn events(body: &str) -> Reply {
    Reply::new(200, body).header("content-type", "text/event-stream")
}

async fn all(call: Call<Value, Streaming>) -> (Vec<Value>, Option<Error>) {
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

#[tokio::test]
async fn events_in_chunks() {
    let reply = events("data: {\"a\"").then(NOW, ":1}\r").then(NOW, "\n\r\ndata: {\"a\":2}\n\n");
    let server = Server::replies(vec![reply]).await;
    let (messages, error) = all(call(&server)).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(messages, [json!({"a": 1}), json!({"a": 2})]);
    let request = &server.requests()[0];
    assert_eq!(request.target, "/v1/model:streamGenerate?alt=sse");
    assert_eq!(request.header("accept"), Some("text/event-stream"));
}

#[tokio::test]
async fn messages_are_returned_as_they_arrive() {
    let reply = events("data: {\"a\":1}\n\n").then(Duration::from_secs(30), "data: {\"a\":2}\n\n");
    let server = Server::replies(vec![reply]).await;
    let began = Instant::now();
    let mut messages = call(&server).stream();
    assert_eq!(messages.next().await.unwrap().unwrap(), json!({"a": 1}));
    assert!(began.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_json_array() {
    let reply = Reply::json(200, "[{\"a\":1}\n").then(NOW, ",\n{\"a\"").then(NOW, ":\"]\"}]");
    let server = Server::replies(vec![reply]).await;
    let (messages, error) = all(call(&server).with_json_array()).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(messages, [json!({"a": 1}), json!({"a": "]"})]);
    assert_eq!(server.requests()[0].target, "/v1/model:streamGenerate");
}

#[tokio::test]
async fn an_error_response_instead_of_a_stream() {
    let server =
        Server::replies(vec![Reply::json(429, r#"[{"error":{"code":429,"status":"RESOURCE_EXHAUSTED"}}]"#)]).await;
    let (messages, error) = all(call(&server)).await;
    assert!(messages.is_empty());
    assert_eq!(error.unwrap().status().unwrap().status, "RESOURCE_EXHAUSTED");
    assert_eq!(server.requests().len(), 1, "the method is not idempotent");
}

#[tokio::test]
async fn an_error_in_the_middle() {
    let sse = events("data: {\"a\":1}\n\ndata: {\"error\": {\"code\": 503, \"status\": \"UNAVAILABLE\"}}\n\n");
    let array = Reply::json(200, "[{\"a\":1},\n{\n  \"error\": {\"code\": 503, \"status\": \"UNAVAILABLE\"}}]");
    for reply in [sse, array] {
        let server = Server::replies(vec![reply]).await;
        let (messages, error) = all(call(&server)).await;
        assert_eq!(messages, [json!({"a": 1})]);
        assert_eq!(error.unwrap().http_status().unwrap(), 503);
    }
}

#[tokio::test]
async fn faults_in_the_middle() {
    let cut = events("data: {\"a\":1}\n\ndata: {\"a\"").then(NOW, ":").cut();
    let garbage = events("data: {\"a\":1}\n\ndata: <html>\n\n");
    let cut_array = Reply::json(200, "[{\"a\":1},{\"a\":");
    let garbage_array = Reply::json(200, "[{\"a\":1},<html>");
    for (reply, kind) in [(cut, "transport"), (garbage, "decode"), (cut_array, "transport"), (garbage_array, "decode")]
    {
        let server = Server::replies(vec![reply]).await;
        let (messages, error) = all(call(&server)).await;
        assert_eq!(messages, [json!({"a": 1})], "earlier messages are returned");
        match error.unwrap() {
            Error::Transport(_) => assert_eq!(kind, "transport"),
            Error::Decode(_) => assert_eq!(kind, "decode"),
            other => panic!("{other:?}"),
        }
        assert_eq!(server.requests().len(), 1, "a stream that has started is not retried");
    }
}

#[tokio::test]
async fn a_body_without_events_is_an_error() {
    for (body, is_nothing) in [("", true), ("\n\n", true), ("<html>", false), ("{\"a\":1}\n\n", false)] {
        let server = Server::replies(vec![events(body)]).await;
        let (messages, error) = all(call(&server)).await;
        assert!(messages.is_empty());
        assert_eq!(error.is_none(), is_nothing, "{body:?}: {error:?}");
    }
}

#[tokio::test]
async fn events_that_are_text() {
    let server = Server::replies(vec![events("data: hello\n\ndata: \"quoted\"\n\ndata: {\"a\":1}\n\n")]).await;
    let call: Call<String, Streaming> = Call::new(client(&server.url).build().unwrap(), &GENERATE);
    let mut stream = call.stream();
    let mut texts = Vec::new();
    while let Some(text) = stream.next().await {
        texts.push(text.unwrap());
    }
    assert_eq!(texts, ["hello", "quoted", r#"{"a":1}"#]);
}

#[tokio::test]
async fn a_silent_stream_times_out() {
    let reply = events("data: {\"a\":1}\n\n").then(Duration::from_secs(60), "data: {}\n\n");
    let server = Server::replies(vec![reply]).await;
    let pause = Duration::from_millis(50);
    let (messages, error) = all(call(&server).with_options(CallOptions::new().with_attempt_timeout(pause))).await;
    assert_eq!(messages.len(), 1);
    assert!(matches!(error, Some(Error::Timeout { after }) if after == pause));
}

#[tokio::test]
async fn a_large_message_is_rejected() {
    let mut reply = events("data: {\"a\":\"");
    for _ in 0..100 {
        reply = reply.then(NOW, "x".repeat(10_000));
    }
    let server = Server::replies(vec![reply]).await;
    let (_, error) = all(call(&server).with_options(CallOptions::new().with_response_limit(100_000))).await;
    assert!(matches!(error, Some(Error::TooLarge { limit: 100_000 })));
}
