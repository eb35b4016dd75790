//! Downloads whose connection breaks: the rest is asked for where that is safe, and nowhere else.

mod http_api;
mod http_server;

use std::time::Duration;

use bytes::Bytes;
use discovery_runtime::bytes;
use discovery_runtime::http::{Call, CallOptions, Download, Error, RetryPolicy};
use http_api::{DOWNLOAD, client, fast};
use http_server::{Asked, Reply, Server};

const FILE: &[u8] = b"0123456789abcdef";

/// Returns the response of a service that supports ranges: at most `most` bytes before the connection breaks.
fn piece(asked: &Asked, etag: &str, most: usize) -> Reply {
    let from = asked.header("range").map_or(0, |range| {
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
async fn the_rest_of_the_same_file() {
    for most in [1, 5, 15] {
        let server = Server::start(move |_, asked| piece(asked, "\"one\"", most)).await;
        assert_eq!(download(&server, fast()).await.unwrap(), FILE);
        let asked = server.asked();
        assert_eq!(asked.len(), FILE.len().div_ceil(most));
        assert!(asked.iter().all(|asked| asked.header("accept-encoding") == Some("identity")));
        for (number, asked) in asked.iter().enumerate().skip(1) {
            assert_eq!(asked.header("range"), Some(format!("bytes={}-", number * most).as_str()));
            assert_eq!(asked.header("if-range"), Some("\"one\""));
        }
    }
}

#[tokio::test]
async fn what_fails_on_the_way_is_tried_again() {
    let server = Server::start(|number, asked| match number {
        1 => Reply::json(503, "{}"),
        2 => Reply::raw(""),
        _ => piece(asked, "\"one\"", 9),
    })
    .await;
    assert_eq!(download(&server, fast()).await.unwrap(), FILE);
    assert_eq!(server.asked().len(), 4);
}

#[tokio::test]
async fn a_connection_that_stands_still_is_a_broken_one() {
    let stalled = || Reply::new(200, "01234").header("etag", "\"one\"").then(Duration::from_secs(60), "never");
    let server =
        Server::start(move |number, asked| if number == 0 { stalled() } else { piece(asked, "\"one\"", 16) }).await;
    let options = fast().with_attempt_timeout(Duration::from_millis(300));
    assert_eq!(download(&server, options.clone()).await.unwrap(), FILE);

    let server = Server::start(move |_, _| stalled()).await;
    let error = download(&server, options.with_retry(RetryPolicy::NEVER)).await.unwrap_err();
    assert!(matches!(error, Error::Timeout { .. }), "{error:?}");
}

/// The file has changed, the service sends all of it again or another part, or there is nothing to tell by.
#[tokio::test]
async fn what_may_be_another_file_is_not_joined() {
    let replies: [fn(&Asked) -> Reply; 4] = [
        |asked| piece(asked, if asked.header("range").is_some() { "\"two\"" } else { "\"one\"" }, 9),
        |_| Reply::new(200, &FILE[..9]).header("etag", "\"one\"").cut(),
        |asked| match asked.header("range") {
            Some(_) => Reply::new(206, &FILE[8..]).header("etag", "\"one\"").header("content-range", "bytes 8-15/16"),
            None => piece(asked, "\"one\"", 9),
        },
        |asked| piece(asked, "W/\"one\"", 9),
    ];
    for (number, reply) in replies.into_iter().enumerate() {
        let server = Server::start(move |_, asked| reply(asked)).await;
        let error = download(&server, fast()).await.unwrap_err();
        assert!(matches!(error, Error::Transport(_)), "{number}: {error:?}");
        assert_eq!(server.asked().len(), if number == 3 { 1 } else { 2 }, "{number}");
    }
}

#[tokio::test]
async fn not_unasked_and_not_for_ever() {
    let server = Server::start(|_, asked| piece(asked, "\"one\"", 0)).await;
    let error = download(&server, fast()).await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert_eq!(server.asked().len(), 5, "as many attempts as the policy has");

    for options in [fast().with_retry(RetryPolicy::NEVER), fast().with_idempotent(false)] {
        let server = Server::start(|_, asked| piece(asked, "\"one\"", 9)).await;
        assert!(matches!(download(&server, options).await, Err(Error::Transport(_))));
        assert_eq!(server.asked().len(), 1);
    }
    let server = Server::replies(vec![Reply::new(206, "0123").header("etag", "\"one\"").cut()]).await;
    let part = fast().with_header("range", "bytes=0-7");
    assert!(matches!(download(&server, part).await, Err(Error::Transport(_))));
    assert_eq!(server.asked().len(), 1);
}
