//! Numbers and durations of any size, from a service and from a caller: none overflows, and none is waited for.

#![cfg(feature = "client")]

mod http_api;
mod http_server;

use std::time::Duration;

use discovery_runtime::http::media::{Media, Protocol};
use discovery_runtime::http::{Call, Error, Uploads};
use discovery_runtime::serde_json::{Value, json};
use http_api::{UPLOAD, client};
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
