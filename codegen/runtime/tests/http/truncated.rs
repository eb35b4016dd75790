//! Downloads that are truncated or damaged, with each way to state the length or hash of the file.

#![cfg(feature = "client")]

use std::time::Duration;

use crate::api::{DOWNLOAD, client, fast};
use crate::server::{ReceivedRequest, Reply, Server};
use bytes::Bytes;
use discovery_runtime::bytes;
use discovery_runtime::http::{Call, CallOptions, Download, Error, RetryPolicy};

const FILE: &[u8] = b"0123456789abcdef";
/// Hashes of the file, computed with Python.
const HASHES: [&str; 3] =
    ["crc32c=QtMRng==", "md5=QDKvjWEDUSOQbljgZxQMxQ==", "crc32c=QtMRng==,md5=QDKvjWEDUSOQbljgZxQMxQ=="];

/// Returns a chunked body without a stated length.
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

/// Returns all headers that state the length or a hash of the file.
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
    // A proxy has replaced the length by that of the truncated body.
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
    // Hashes of other kinds, and invalid hashes.
    for hash in ["sha1=AAAA", "crc32c=%", "crc32c", "", "md5="] {
        let received = once(Reply::new(200, FILE).header("x-goog-hash", hash)).await;
        assert_eq!(received.is_ok(), hash != "md5=", "{hash}: {received:?}");
    }
}

#[tokio::test]
async fn hashes_of_the_stored_file_do_not_apply_to_transformed_content() {
    let stored = [("x-goog-stored-content-length", "99"), ("x-goog-hash", "crc32c=AAAAAA==")];
    // Stored compressed, and sent decompressed.
    let reply = headers(chunked(200, FILE), &stored).header("x-goog-stored-content-encoding", "gzip");
    assert_eq!(once(reply).await.unwrap(), FILE);
    // A part of the file.
    let part = headers(chunked(206, &FILE[2..6]), &stored).header("content-range", "bytes 2-5/16");
    assert_eq!(once(part).await.unwrap(), &FILE[2..6]);
    let cut = headers(chunked(206, &FILE[2..5]), &stored).header("content-range", "bytes 2-5/16");
    assert!(matches!(once(cut).await, Err(Error::Transport(_))));
    for range in ["bytes 5-2/16", "bytes 0-18446744073709551615/*", "bytes */16", "x"] {
        let part = chunked(206, FILE).header("content-range", range);
        assert_eq!(once(part).await.unwrap(), FILE, "{range}");
    }
}

/// Returns at most `most` bytes from the start of the requested range, in a body without a stated length.
fn piece(request: &ReceivedRequest, most: usize, stated: &[(&str, &str)]) -> Reply {
    let from = request.header("range").map_or(0, |range| {
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
            let server = Server::start(move |_, request| piece(request, most, &statement)).await;
            assert_eq!(download(&server, fast()).await.unwrap(), FILE, "{stated:?}");
            assert_eq!(server.requests().len(), FILE.len().div_ceil(most));
        }
    }
}

#[tokio::test]
async fn requests_for_damaged_bytes_are_limited() {
    let server = Server::start(|_, request| piece(request, 16, &[("x-goog-hash", "crc32c=AAAAAA==")])).await;
    let error = download(&server, fast()).await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert_eq!(server.requests().len(), 2, "the rest may be missing");

    let stated = [("x-goog-hash", "crc32c=AAAAAA=="), ("x-goog-stored-content-length", "16")];
    let server = Server::start(move |_, request| piece(request, 16, &stated)).await;
    assert!(matches!(download(&server, fast()).await, Err(Error::Transport(_))));
    assert_eq!(server.requests().len(), 1, "the file is known to be complete");
}
