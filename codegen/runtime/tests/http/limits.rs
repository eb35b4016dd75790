//! Numbers and durations of any size, from services and callers: none overflows or blocks a call.

#![cfg(feature = "client")]

use std::time::Duration;

use crate::api::{CREATE, DOWNLOAD, GENERATE, UPLOAD, client, get};
use crate::server::{Reply, Server};
use discovery_runtime::http::media::{Media, Protocol};
use discovery_runtime::http::{
    Call, CallOptions, Download, Error, Operation, Resource, RetryPolicy, Streaming, Upload, UsageError,
};
use discovery_runtime::serde_json::{Value, json};

/// Limits the time of a call that must not wait as long as the service requests.
async fn soon<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), future).await.expect("the call ends in time")
}

#[tokio::test]
async fn the_range_of_an_upload_can_be_of_any_size() {
    for range in [
        "bytes=0-18446744073709551615",
        "bytes=0-18446744073709551614",
        "bytes=0-18446744073709551616",
        "bytes=0-99999999999999999999999999999999",
        "bytes=0--1",
        "bytes=0-0x1",
        // More than was sent.
        "bytes=0-5",
        // Not the beginning of the file.
        "bytes=2-4",
        "bytes=4-2",
        "bytes=-5",
        "bytes=0-",
        "bytes=0-1,3-4",
        "bytes 0-4",
        "lines=0-4",
        "",
    ] {
        let server = Server::start(move |number, _| match number {
            0 => Reply::new(200, "").header("location", "/session"),
            _ => Reply::new(308, "").header("range", range),
        })
        .await;
        let call: Call<Value, Upload> = Call::new(client(&server.url).build().unwrap(), &UPLOAD);
        let sending = call.upload(Media::new("text/plain", "hello")).with_protocol(Protocol::Resumable);
        let error = soon(sending.send()).await.unwrap_err();
        assert!(matches!(error, Error::Service(_)), "{range}: {error:?}");
    }
}

#[tokio::test]
async fn the_delay_that_a_service_asks_for_can_be_of_any_size() {
    let headers = [
        "18446744073709551615",
        "18446744073709551616",
        "99999999999999999999999999999999999999",
        "-1",
        "1.5",
        "1e400",
        "0x10",
        "1, 2",
        "",
        "soon",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Sun, 06 Nov 99999 08:49:37 GMT",
        "Sun, 99 Nov 2099 99:99:99 GMT",
    ];
    let delays = [
        json!("9223372036854775807s"),
        json!("9223372036854775807.999999999s"),
        json!("18446744073709551616s"),
        json!("-9223372036854775808s"),
        json!("-0.5s"),
        json!("0.-5s"),
        json!("1.9999999999999999s"),
        json!("1e400s"),
        json!("NaNs"),
        json!("s"),
        json!(""),
        json!(null),
        json!(1e300),
        json!({"seconds": i64::MAX, "nanos": -1}),
        json!({"seconds": i64::MIN.to_string(), "nanos": i32::MIN}),
    ];
    let body = |delay: &Value| {
        let info = json!({"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": delay});
        json!({"error": {"code": 503, "status": "UNAVAILABLE", "details": [info]}}).to_string()
    };
    let options = CallOptions::new()
        .with_retry(RetryPolicy::default().with_max_attempts(2).with_delays(Duration::ZERO, Duration::ZERO));
    let replies = headers.map(|header| Reply::json(503, "{}").header("retry-after", header));
    for reply in replies.into_iter().chain(delays.iter().map(|delay| Reply::json(503, body(delay)))) {
        let shown = format!("{reply:?}");
        let server = Server::start(move |_, _| reply.clone()).await;
        let client = client(&server.url).with_options(options.clone()).build().unwrap();
        let error = soon(get(client).send()).await.unwrap_err();
        assert!(matches!(error, Error::Service(_)), "{shown}: {error:?}");
    }
}

#[tokio::test]
async fn the_parts_of_an_upload_can_be_of_any_size() {
    let server = Server::start(|number, _| match number {
        0 => Reply::new(200, "").header("location", "/session"),
        _ => Reply::json(200, r#"{"name":"files/1"}"#),
    })
    .await;
    let call: Call<Value, Upload> = Call::new(client(&server.url).build().unwrap(), &UPLOAD);
    let media = Media::from_reader("text/plain", std::io::Cursor::new("hello"), None);
    let sending = call.upload(media).with_part_size(usize::MAX);
    assert_eq!(soon(sending.send()).await.unwrap(), json!({"name": "files/1"}));
    assert_eq!(server.requests()[1].text(), "hello");
}

#[tokio::test]
async fn timeouts_and_delays_can_be_unlimited() {
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
    let client = crate::api::client(&server.url).with_options(options).build().unwrap();
    let operation = Call::<Value, Operation<Value, Value>>::new(client, &CREATE);
    assert_eq!(soon(operation.poller().with_deadline(max).wait()).await.unwrap(), json!({"a": 1}));

    // An unlimited wait between attempts or polls never ends, and does not panic.
    let server = Server::replies(vec![Reply::json(503, "{}")]).await;
    let endless = CallOptions::new().with_retry(RetryPolicy::default().with_delays(max, max));
    let call = get(crate::api::client(&server.url).with_options(endless).build().unwrap());
    assert!(tokio::time::timeout(Duration::from_millis(100), call.send()).await.is_err());
    let server = Server::replies(vec![Reply::json(200, r#"{"name":"operations/1"}"#)]).await;
    let client = crate::api::client(&server.url).build().unwrap();
    let mut poller = Call::<Value, Operation<Value, Value>>::new(client, &CREATE).poller().with_interval(max);
    assert!(tokio::time::timeout(Duration::from_millis(100), poller.wait()).await.is_err());
}

#[test]
fn a_method_beyond_the_table_is_an_error() {
    let resource = Resource::new(crate::api::client("http://127.0.0.1:1/").build().unwrap(), &[]);
    let call: Call<Value> = resource.call(7, &[&"name"]);
    assert!(matches!(call.request(), Err(Error::Usage(UsageError::UnknownMethod))));
    assert!(format!("{call:?}").contains("name"));
}
