//! Numbers and durations of any size, from a service and from a caller: none overflows, and none is waited for.

#![cfg(feature = "client")]

mod http_api;
mod http_server;

use std::time::Duration;

use discovery_runtime::http::media::{Media, Protocol};
use discovery_runtime::http::{
    Call, CallOptions, Download, Error, Operation, Resource, RetryPolicy, Streaming, Uploads, UsageError,
};
use discovery_runtime::serde_json::{Value, json};
use http_api::{CREATE, DOWNLOAD, GENERATE, UPLOAD, client, get};
use http_server::{Reply, Server};

/// A test that waits as long as a service asks for would never end.
async fn soon<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), future).await.expect("the call waits")
}

#[tokio::test]
async fn the_range_of_an_upload_can_be_of_any_size() {
    for last in [u64::MAX.to_string(), (u64::MAX - 1).to_string(), "18446744073709551616".to_owned(), "-1".to_owned()] {
        let server = Server::start(move |number, _| match number {
            0 => Reply::new(200, "").header("location", "/session"),
            _ => Reply::new(308, "").header("range", &format!("bytes=0-{last}")),
        })
        .await;
        let call: Call<Value, Uploads> = Call::new(client(&server.url).build().unwrap(), &UPLOAD);
        let sending = call.upload(Media::new("text/plain", "hello")).with_protocol(Protocol::Resumable);
        let error = soon(sending.send()).await.unwrap_err();
        assert!(matches!(error, Error::Service(_)), "{error:?}");
    }
}

#[tokio::test]
async fn the_parts_of_an_upload_can_be_of_any_size() {
    let server = Server::start(|number, _| match number {
        0 => Reply::new(200, "").header("location", "/session"),
        _ => Reply::json(200, r#"{"name":"files/1"}"#),
    })
    .await;
    let call: Call<Value, Uploads> = Call::new(client(&server.url).build().unwrap(), &UPLOAD);
    let media = Media::from_reader("text/plain", std::io::Cursor::new("hello"), None);
    let sending = call.upload(media).with_part_size(usize::MAX);
    assert_eq!(soon(sending.send()).await.unwrap(), json!({"name": "files/1"}));
    assert_eq!(server.asked()[1].text(), "hello");
}

#[tokio::test]
async fn timeouts_and_delays_can_be_endless() {
    let max = Duration::MAX;
    let options = CallOptions::new()
        .with_timeout(max)
        .with_attempt_timeout(max)
        .with_response_limit(u64::MAX)
        .with_retry(RetryPolicy::default().with_max_attempts(u32::MAX).with_delays(Duration::ZERO, max));
    let server = Server::replies(vec![Reply::json(503, "{}"), Reply::json(200, "{}")]).await;
    let client = client(&server.url).with_options(options.clone()).build().unwrap();
    assert_eq!(soon(get(client.clone()).send()).await.unwrap(), json!({}));

    let download: Call<(), Download> = Call::new(client.clone(), &DOWNLOAD);
    assert_eq!(soon(soon(download.download()).await.unwrap().bytes()).await.unwrap(), "{}");

    let stream: Call<Value, Streaming> = Call::new(client, &GENERATE);
    assert_eq!(soon(stream.stream().next()).await.unwrap().unwrap(), json!({}));

    let server = Server::replies(vec![
        Reply::json(200, r#"{"name":"operations/1"}"#),
        Reply::json(200, r#"{"done":true,"response":{"a":1}}"#),
    ])
    .await;
    let client = http_api::client(&server.url).with_options(options).build().unwrap();
    let operation = Call::<Value, Operation<Value, Value>>::new(client, &CREATE);
    assert_eq!(soon(operation.poller().with_deadline(max).wait()).await.unwrap(), json!({"a": 1}));

    // An endless wait between two attempts or two polls is one that never ends, not one that panics.
    let server = Server::replies(vec![Reply::json(503, "{}")]).await;
    let endless = CallOptions::new().with_retry(RetryPolicy::default().with_delays(max, max));
    let call = get(http_api::client(&server.url).with_options(endless).build().unwrap());
    assert!(tokio::time::timeout(Duration::from_millis(100), call.send()).await.is_err());
    let server = Server::replies(vec![Reply::json(200, r#"{"name":"operations/1"}"#)]).await;
    let client = http_api::client(&server.url).build().unwrap();
    let mut poller = Call::<Value, Operation<Value, Value>>::new(client, &CREATE).poller().with_interval(max);
    assert!(tokio::time::timeout(Duration::from_millis(100), poller.wait()).await.is_err());
}

#[test]
fn a_method_beyond_the_table_is_an_error() {
    let resource = Resource::new(http_api::client("http://127.0.0.1:1/").build().unwrap(), &[]);
    let call: Call<Value> = resource.call(7, &[&"name"]);
    assert!(matches!(call.request(), Err(Error::Usage(UsageError::UnknownMethod))));
    assert!(format!("{call:?}").contains("name"));
}
