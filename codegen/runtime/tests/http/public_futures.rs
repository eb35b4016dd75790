//! Every public future and stream is `Send`, as `tokio::spawn` requires.

#![cfg(feature = "client")]

use crate::api::{CREATE, DOWNLOAD, GENERATE, LIST, Numbers, UPLOAD, client, get};
use crate::server::{Reply, Server};
use discovery_runtime::http::auth::{Credentials, TokenProvider};
use discovery_runtime::http::media::Media;
use discovery_runtime::http::{Body, Call, Download, Method, Operation, Streaming, Unary, Upload};
use discovery_runtime::serde_json::{Value, json};

/// Compiles for futures that [`tokio::spawn`] accepts.
fn can_be_spawned<F: Future<Output: Send> + Send + 'static>(_: F) -> F::Output {
    unreachable!("only checked by the compiler")
}

fn is_send<T: Send>(value: T) -> T {
    value
}

/// Compiles for futures that borrow.
fn is_send_future<F: Future<Output: Send> + Send>(_: F) {}

/// Checked by the compiler, and never called.
#[allow(dead_code)]
fn every_public_future_and_stream() {
    let client = client("http://127.0.0.1:1/").build().unwrap();
    let file = || Media::from_reader("text/plain", tokio::io::empty(), None);

    can_be_spawned(get(client.clone()).send()).ok();
    can_be_spawned(get(client.clone()).send_with_response()).ok();

    let uploads: Call<Value, Upload> = Call::new(client.clone(), &UPLOAD);
    can_be_spawned(uploads.upload(file()).with_progress(|_| ()).send()).ok();
    let _ = is_send(uploads.upload(file()));

    let downloads: Call<(), Download> = Call::new(client.clone(), &DOWNLOAD);
    let mut content = is_send(can_be_spawned(downloads.download()).unwrap());
    is_send_future(content.chunk());
    is_send_future(content.bytes());
    let content = can_be_spawned(downloads.download()).unwrap();
    is_send_future(content.text());

    let streams: Call<Value, Streaming> = Call::new(client.clone(), &GENERATE);
    let mut messages = is_send(streams.stream());
    is_send_future(messages.next());

    let lists: Call<Numbers, Unary> = Call::new(client.clone(), &LIST);
    let mut pages = is_send(lists.pages());
    is_send_future(pages.next());
    let mut items = is_send(lists.items());
    is_send_future(items.next());

    let operations: Call<Value, Operation<Value, Value>> = Call::new(client.clone(), &CREATE);
    let mut poller = is_send(operations.poller());
    is_send_future(poller.next());
    is_send_future(poller.cancel());
    is_send_future(operations.poller().wait());

    let provider = TokenProvider::new(|| async { Ok("token".to_owned()) });
    is_send_future(provider.headers(&Method::EMPTY));
    is_send_future(is_send(Body::from(discovery_runtime::bytes::Bytes::new())).chunk());
}

#[tokio::test(flavor = "multi_thread")]
async fn uploads_on_another_thread() {
    let server = Server::start(|_, request| {
        let open = request.target.contains("uploadType=resumable");
        let reply = Reply::json(200, "{\"name\": \"file\"}");
        if open {
            reply.header("location", &format!("http://{}/session", request.header("host").unwrap()))
        } else {
            reply
        }
    })
    .await;
    let call: Call<Value, Upload> = Call::new(client(&server.url).build().unwrap(), &UPLOAD);
    let file = Media::from_reader("text/plain", &b"hello"[..], None);
    let uploaded = tokio::spawn(call.upload(file).with_progress(|_| ()).send()).await.unwrap().unwrap();
    assert_eq!(uploaded, json!({"name": "file"}));
    assert_eq!(server.requests()[1].text(), "hello");
}
