//! Downloads that end early or arrive damaged: the server says in one of several ways what the file should be.

#![cfg(feature = "client")]

mod http_api;
mod http_server;

use std::time::Duration;

use bytes::Bytes;
use discovery_runtime::bytes;
use discovery_runtime::http::{Call, CallOptions, Download, Error, RetryPolicy};
use http_api::{DOWNLOAD, client, fast};
use http_server::{Asked, Reply, Server};

const FILE: &[u8] = b"0123456789abcdef";
/// Computed with Python's hashlib and a CRC32C of six lines.
const HASHES: [&str; 3] =
    ["crc32c=QtMRng==", "md5=QDKvjWEDUSOQbljgZxQMxQ==", "crc32c=QtMRng==,md5=QDKvjWEDUSOQbljgZxQMxQ=="];

/// A body that ends as if complete, without a length of its own.
fn chunked(status: u16, body: &[u8]) -> Reply {
    Reply::new(status, body).then(Duration::ZERO, "")
}

async fn download(server: &Server, options: CallOptions) -> Result<Bytes, Error> {
    let call: Call<(), Download> = Call::new(client(&server.url).build().unwrap(), &DOWNLOAD);
    call.with_options(options).download().await?.bytes().await
}

/// Returns the result of a call without retries for a response.
async fn once(reply: Reply) -> Result<Bytes, Error> {
    download(&Server::replies(vec![reply]).await, fast().with_retry(RetryPolicy::NEVER)).await
}

fn headers(reply: Reply, headers: &[(&str, &str)]) -> Reply {
    headers.iter().fold(reply, |reply, (name, value)| reply.header(name, value))
}

/// All headers by which a server says what the file should be.
fn statements() -> Vec<Vec<(&'static str, &'static str)>> {
    let mut all: Vec<_> = HASHES.iter().map(|hash| vec![("x-goog-hash", *hash)]).collect();
    all.push(vec![("x-goog-stored-content-length", "16")]);
    all.push(vec![("x-goog-stored-content-length", "16"), ("x-goog-stored-content-encoding", "identity")]);
    all.push(vec![("x-goog-hash", "md5=QDKvjWEDUSOQbljgZxQMxQ=="), ("x-goog-hash", "crc32c=QtMRng==")]);
    all
}

#[tokio::test]
async fn a_body_that_is_shorter_than_stated_is_an_error() {
    for stated in statements() {
        assert_eq!(once(headers(chunked(200, FILE), &stated)).await.unwrap(), FILE, "{stated:?}");
        for length in [0, 1, 15] {
            let error = once(headers(chunked(200, &FILE[..length]), &stated)).await.unwrap_err();
            assert!(matches!(error, Error::Transport(_)), "{stated:?}: {error:?}");
        }
    }
    // A proxy that has replaced the length by that of what it has.
    let error = once(Reply::new(200, &FILE[..7]).header("x-goog-stored-content-length", "16")).await.unwrap_err();
    let Error::Transport(error) = error else { panic!("{error:?}") };
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(cause, "the body ended after 7 of 16 bytes");
}

#[tokio::test]
async fn bytes_that_have_another_hash_are_an_error() {
    for hash in HASHES {
        let error = once(Reply::new(200, "0123456789abcdeF").header("x-goog-hash", hash)).await.unwrap_err();
        assert!(matches!(error, Error::Transport(_)), "{hash}: {error:?}");
    }
    // Hashes of other kinds, and what is no hash.
    for hash in ["sha1=AAAA", "crc32c=%", "crc32c", "", "md5="] {
        let received = once(Reply::new(200, FILE).header("x-goog-hash", hash)).await;
        assert_eq!(received.is_ok(), hash != "md5=", "{hash}: {received:?}");
    }
}

#[tokio::test]
async fn statements_about_the_stored_file_do_not_count_for_what_is_made_of_it() {
    let stored = [("x-goog-stored-content-length", "99"), ("x-goog-hash", "crc32c=AAAAAA==")];
    // Stored with gzip, and sent without.
    let reply = headers(chunked(200, FILE), &stored).header("x-goog-stored-content-encoding", "gzip");
    assert_eq!(once(reply).await.unwrap(), FILE);
    // A part of it.
    let part = headers(chunked(206, &FILE[2..6]), &stored).header("content-range", "bytes 2-5/16");
    assert_eq!(once(part).await.unwrap(), &FILE[2..6]);
    let cut = headers(chunked(206, &FILE[2..5]), &stored).header("content-range", "bytes 2-5/16");
    assert!(matches!(once(cut).await, Err(Error::Transport(_))));
    for range in ["bytes 5-2/16", "bytes 0-18446744073709551615/*", "bytes */16", "x"] {
        let part = chunked(206, FILE).header("content-range", range);
        assert_eq!(once(part).await.unwrap(), FILE, "{range}");
    }
}

/// At most `most` bytes from where the request begins, and the end of the body as if it were complete.
fn piece(asked: &Asked, most: usize, stated: &[(&str, &str)]) -> Reply {
    let from = asked.header("range").map_or(0, |range| {
        range.trim_start_matches("bytes=").trim_end_matches('-').parse::<usize>().expect("the rest of the file")
    });
    let to = FILE.len().min(from + most);
    let reply = match from {
        0 => headers(chunked(200, &FILE[..to]), stated),
        16 => Reply::json(416, "{}"),
        _ => chunked(206, &FILE[from..to]).header("content-range", &format!("bytes {from}-{}/16", to - 1)),
    };
    reply.header("etag", "\"one\"")
}

#[tokio::test]
async fn the_rest_is_requested() {
    for stated in statements() {
        for most in [1, 5, 15, 16] {
            let statement = stated.clone();
            let server = Server::start(move |_, asked| piece(asked, most, &statement)).await;
            assert_eq!(download(&server, fast()).await.unwrap(), FILE, "{stated:?}");
            assert_eq!(server.asked().len(), FILE.len().div_ceil(most));
        }
    }
}

#[tokio::test]
async fn damaged_bytes_are_not_requested_for_ever() {
    let server = Server::start(|_, asked| piece(asked, 16, &[("x-goog-hash", "crc32c=AAAAAA==")])).await;
    let error = download(&server, fast()).await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert_eq!(server.asked().len(), 2, "there may have been a rest");

    let stated = [("x-goog-hash", "crc32c=AAAAAA=="), ("x-goog-stored-content-length", "16")];
    let server = Server::start(move |_, asked| piece(asked, 16, &stated)).await;
    assert!(matches!(download(&server, fast()).await, Err(Error::Transport(_))));
    assert_eq!(server.asked().len(), 1, "it is known that there is no rest");
}
