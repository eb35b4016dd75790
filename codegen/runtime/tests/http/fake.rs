//! `FakeTransport`: prepared responses and recorded requests.

#![cfg(feature = "test-util")]

use crate::api::{API, GENERATE, fast, get};
use discovery_runtime::http::testing::{FakeResponse, FakeTransport};
use discovery_runtime::http::{Call, Client, Code, Error, Streaming};
use discovery_runtime::serde_json::{Value, json};

fn client(transport: &FakeTransport) -> Client {
    Client::builder(&API).with_options(fast()).with_transport(transport.clone()).build().unwrap()
}

#[tokio::test]
async fn responses_in_order_and_requests_as_they_were_sent() {
    let transport = FakeTransport::new([
        FakeResponse::json(200, r#"{"number": 1}"#).with_header("x-trace", "t"),
        FakeResponse::error(404, "NOT_FOUND", "not found"),
    ]);
    let call = get(client(&transport));
    let response = call.send_with_response().await.unwrap();
    assert_eq!((response.status().as_u16(), &response.headers()["x-trace"]), (200, &"t".parse().unwrap()));
    assert_eq!(*response.body(), json!({"number": 1}));

    let error = call.send().await.unwrap_err();
    assert_eq!(error.status().and_then(|status| status.canonical_code()), Some(Code::NotFound));

    // No responses are left.
    assert!(matches!(call.send().await, Err(Error::Transport(_))));
    let requests = transport.requests();
    assert_eq!(requests[0].uri(), "https://example.googleapis.com/v1/things/1");
    assert_eq!(requests.len(), 2 + 5, "a failed connection is retried");
}

#[tokio::test]
async fn streams_and_faults() {
    let transport = FakeTransport::from_fn(|request| {
        assert_eq!(request.method(), "POST");
        FakeResponse::events([r#"{"a": 1}"#, "{\"a\":\n2}"]).broken()
    });
    let call: Call<Value, Streaming> = Call::new(client(&transport), &GENERATE);
    let mut messages = call.stream();
    assert_eq!(messages.next().await.unwrap().unwrap(), json!({"a": 1}));
    assert_eq!(messages.next().await.unwrap().unwrap(), json!({"a": 2}));
    assert!(matches!(messages.next().await, Some(Err(Error::Transport(_)))));
}
