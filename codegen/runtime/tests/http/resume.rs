//! Resumption of downloads after a lost connection, where that is safe.

use std::time::Duration;

use crate::api::{DOWNLOAD, client, fast};
use crate::server::{ReceivedRequest, Reply, Server};
use bytes::Bytes;
use discovery_runtime::bytes;
use discovery_runtime::http::{Call, CallOptions, Download, Error, RetryPolicy};

const FILE: &[u8] = b"0123456789abcdef";

/// Returns the response of a service that supports ranges: at most `most` bytes before the connection is lost.
fn piece(request: &ReceivedRequest, etag: &str, most: usize) -> Reply {
    let from = request.header("range").map_or(0, |range| {
        range.trim_start_matches("bytes=").trim_end_matches('-').parse::<usize>().expect("the rest of the file")
    });
    let to = FILE.len().min(from + most);
    let reply = match from {
        0 => Reply::new(200, &FILE[..to]),
        _ => Reply::new(206, &FILE[from..to]).header("content-range", &format!("bytes {from}-15/16")),
    };
    let reply = reply.header("etag", etag);
    if to < FILE.len() { reply.cut() } else { reply }
}

async fn download(server: &Server, options: CallOptions) -> Result<Bytes, Error> {
    let call: Call<(), Download> = Call::new(client(&server.url).build().unwrap(), &DOWNLOAD);
    call.with_options(options).download().await?.bytes().await
}

#[tokio::test]
async fn the_rest_of_the_same_file_is_requested() {
    for most in [1, 5, 15] {
        let server = Server::start(move |_, request| piece(request, "\"one\"", most)).await;
        assert_eq!(download(&server, fast()).await.unwrap(), FILE);
        let requests = server.requests();
        assert_eq!(requests.len(), FILE.len().div_ceil(most));
        assert!(requests.iter().all(|request| request.header("accept-encoding") == Some("identity")));
        for (number, request) in requests.iter().enumerate().skip(1) {
            assert_eq!(request.header("range"), Some(format!("bytes={}-", number * most).as_str()));
            assert_eq!(request.header("if-range"), Some("\"one\""));
        }
    }
}

#[tokio::test]
async fn failed_requests_for_the_rest_are_retried() {
    let server = Server::start(|number, request| match number {
        1 => Reply::json(503, "{}"),
        2 => Reply::raw(""),
        _ => piece(request, "\"one\"", 9),
    })
    .await;
    assert_eq!(download(&server, fast()).await.unwrap(), FILE);
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn a_stalled_connection_is_resumed() {
    let stalled = || Reply::new(200, "01234").header("etag", "\"one\"").then(Duration::from_secs(60), "never");
    let server =
        Server::start(move |number, request| if number == 0 { stalled() } else { piece(request, "\"one\"", 16) }).await;
    let options = fast().with_attempt_timeout(Duration::from_millis(300));
    assert_eq!(download(&server, options.clone()).await.unwrap(), FILE);

    let server = Server::start(move |_, _| stalled()).await;
    let error = download(&server, options.with_retry(RetryPolicy::NEVER)).await.unwrap_err();
    assert!(matches!(error, Error::Timeout { .. }), "{error:?}");
}

/// The file has changed, the service sends all of it or another part, or the response has no strong `ETag`.
#[tokio::test]
async fn parts_of_different_files_are_not_joined() {
    let replies: [fn(&ReceivedRequest) -> Reply; 4] = [
        |request| piece(request, if request.header("range").is_some() { "\"two\"" } else { "\"one\"" }, 9),
        |_| Reply::new(200, &FILE[..9]).header("etag", "\"one\"").cut(),
        |request| match request.header("range") {
            Some(_) => Reply::new(206, &FILE[8..]).header("etag", "\"one\"").header("content-range", "bytes 8-15/16"),
            None => piece(request, "\"one\"", 9),
        },
        |request| piece(request, "W/\"one\"", 9),
    ];
    for (number, reply) in replies.into_iter().enumerate() {
        let server = Server::start(move |_, request| reply(request)).await;
        let error = download(&server, fast()).await.unwrap_err();
        assert!(matches!(error, Error::Transport(_)), "{number}: {error:?}");
        assert_eq!(server.requests().len(), if number == 3 { 1 } else { 2 }, "{number}");
    }
}

#[tokio::test]
async fn attempts_are_limited_and_options_respected() {
    let server = Server::start(|_, request| piece(request, "\"one\"", 0)).await;
    let error = download(&server, fast()).await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert_eq!(server.requests().len(), 5, "the number of attempts of the policy");

    for options in [fast().with_retry(RetryPolicy::NEVER), fast().with_idempotent(false)] {
        let server = Server::start(|_, request| piece(request, "\"one\"", 9)).await;
        assert!(matches!(download(&server, options).await, Err(Error::Transport(_))));
        assert_eq!(server.requests().len(), 1);
    }
    let server = Server::replies(vec![Reply::new(206, "0123").header("etag", "\"one\"").cut()]).await;
    let part = fast().with_header("range", "bytes=0-7");
    assert!(matches!(download(&server, part).await, Err(Error::Transport(_))));
    assert_eq!(server.requests().len(), 1);
}
