//! Uploads and downloads.

#![cfg(feature = "client")]

use std::sync::{Arc, Mutex};

use crate::api::{DOWNLOAD, UPLOAD, client};
use crate::server::{ReceivedRequest, Reply, Server};
use discovery_runtime::File;
use discovery_runtime::http::media::{Media, Protocol};
use discovery_runtime::http::{Call, CallOptions, Download, Error, Method, Upload, UsageError};
use discovery_runtime::serde_json::{Value, json};

const PART: usize = 256 << 10;

fn upload(server: &Server) -> Call<Value, Upload> {
    Call::new(client(&server.url).build().unwrap(), &UPLOAD)
}

fn file(size: usize) -> Vec<u8> {
    (0..size).map(|index| (index * 7 % 251) as u8).collect()
}

#[tokio::test]
async fn a_file_alone() {
    let server = Server::replies(vec![Reply::json(200, r#"{"a":1}"#)]).await;
    assert_eq!(upload(&server).upload(Media::new("text/plain", "hello")).send().await.unwrap(), json!({"a": 1}));
    let request = &server.requests()[0];
    assert_eq!(request.target, "/upload/v1/files?uploadType=media");
    assert_eq!((request.header("content-type"), request.text()), (Some("text/plain"), "hello"));
}

#[tokio::test]
async fn a_message_and_a_file() {
    let server = Server::replies(vec![Reply::json(200, "{}")]).await;
    let call = upload(&server).with_body(&json!({"name": "n"}));
    call.upload(Media::new("image/png", "PNG")).send().await.unwrap();
    let request = &server.requests()[0];
    assert_eq!(request.target, "/upload/v1/files?uploadType=multipart");
    assert!(request.header("content-type").unwrap().starts_with("multipart/related; boundary="));
    assert!(request.text().contains("\r\n\r\n{\"name\":\"n\"}\r\n--") && request.text().contains("\r\n\r\nPNG\r\n--"));
}

#[tokio::test]
async fn the_message_alone() {
    let server = Server::replies(vec![Reply::json(200, "{}")]).await;
    upload(&server).with_body(&json!({"name": "n"})).send().await.unwrap();
    assert_eq!(server.requests()[0].target, "/v1/files");
}

#[tokio::test]
async fn files_that_the_method_does_not_accept() {
    let server = Server::replies(vec![Reply::json(200, "{}")]).await;
    for media in [Media::new("image/gif", "GIF"), Media::new("text/plain", vec![0; 11 << 20])] {
        let error = upload(&server).upload(media).send().await.unwrap_err();
        assert!(matches!(error, Error::Usage(UsageError::Upload { .. })), "{error:?}");
    }
    assert!(server.requests().is_empty());
}

/// A service for resumable uploads, with faults before or after it has stored a part.
#[derive(Default)]
struct Session {
    stored: Vec<u8>,
    faults: Vec<Fault>,
}

#[derive(Clone, Copy, Debug)]
enum Fault {
    /// The part is stored, and the response is lost.
    After,
    /// The part is lost.
    Before,
    /// Half of the part is stored.
    Half,
}

impl Session {
    fn answer(&mut self, request: &ReceivedRequest) -> Reply {
        if request.method == "POST" {
            assert_eq!(request.target, "/resumable/upload/v1/files?uploadType=resumable");
            assert_eq!(request.header("x-upload-content-type"), Some("text/plain"));
            return Reply::new(200, "").header("location", "/session?id=1");
        }
        assert_eq!((request.method.as_str(), request.target.as_str()), ("PUT", "/session?id=1"));
        let (range, total) =
            request.header("content-range").unwrap().strip_prefix("bytes ").unwrap().split_once('/').unwrap();
        let mut fault = None;
        if let Some((start, end)) = range.split_once('-') {
            let (start, end): (usize, usize) = (start.parse().unwrap(), end.parse().unwrap());
            assert_eq!(end + 1 - start, request.body.len());
            assert_eq!(start, self.stored.len(), "a part begins at the end of the previous one");
            fault = self.faults.pop();
            let keep = match fault {
                Some(Fault::Before) => 0,
                Some(Fault::Half) => request.body.len() / 2,
                Some(Fault::After) | None => request.body.len(),
            };
            self.stored.extend_from_slice(&request.body[..keep]);
        }
        if matches!(fault, Some(Fault::After | Fault::Before)) {
            return Reply::raw("");
        }
        if total == self.stored.len().to_string() {
            return Reply::json(200, r#"{"name":"files/1"}"#);
        }
        let reply = Reply::new(308, "");
        if self.stored.is_empty() {
            reply
        } else {
            reply.header("range", &format!("bytes=0-{}", self.stored.len() - 1))
        }
    }
}

async fn session(faults: Vec<Fault>) -> (Server, Arc<Mutex<Session>>) {
    let session = Arc::new(Mutex::new(Session { faults, ..Session::default() }));
    let shared = session.clone();
    (Server::start(move |_, request| shared.lock().unwrap().answer(request)).await, session)
}

#[tokio::test]
async fn a_file_in_parts() {
    let faults = [
        vec![],
        vec![Fault::Before],
        vec![Fault::After],
        vec![Fault::Half],
        vec![Fault::After, Fault::Half, Fault::Before, Fault::Half],
    ];
    for size in [0, 1, PART, PART + 1, 3 * PART] {
        for faults in &faults {
            let (server, session) = session(faults.clone()).await;
            let media = Media::new("text/plain", file(size));
            let sending = upload(&server).upload(media).with_protocol(Protocol::Resumable).with_part_size(PART);
            assert_eq!(sending.send().await.unwrap(), json!({"name": "files/1"}), "{size} {faults:?}");
            assert!(session.lock().unwrap().stored == file(size), "{size} {faults:?}");
        }
    }
}

#[tokio::test]
async fn a_file_from_a_reader() {
    for length in [None, Some(2 * PART as u64 + 5)] {
        let (server, session) = session(vec![Fault::Half]).await;
        let media = Media::from_reader("text/plain", std::io::Cursor::new(file(2 * PART + 5)), length);
        let progress = Arc::new(Mutex::new(Vec::new()));
        let recorder = progress.clone();
        let sending = upload(&server)
            .upload(media)
            .with_part_size(1)
            .with_progress(move |bytes| recorder.lock().unwrap().push(bytes));
        sending.send().await.unwrap();
        assert!(session.lock().unwrap().stored == file(2 * PART + 5));
        let progress = progress.lock().unwrap();
        assert!(progress.is_sorted() && progress.len() >= 2, "{progress:?}");
    }
}

#[tokio::test]
async fn lost_confirmed_bytes_are_an_error() {
    let server = Server::start(|number, _| match number {
        0 => Reply::new(200, "").header("location", "/session"),
        1 => Reply::new(308, "").header("range", &format!("bytes=0-{}", PART - 1)),
        _ => Reply::new(308, ""),
    })
    .await;
    let sending = upload(&server).upload(Media::new("text/plain", file(3 * PART)));
    let error = sending.with_protocol(Protocol::Resumable).with_part_size(PART).send().await.unwrap_err();
    assert!(matches!(error, Error::Service(_)), "{error:?}");
}

#[tokio::test]
async fn a_session_on_another_server_gets_no_credentials() {
    use discovery_runtime::http::auth::TokenProvider;
    let other = Server::replies(vec![Reply::json(200, "{}")]).await;
    let location = format!("{}session", other.url);
    let server = Server::start(move |_, _| Reply::new(200, "").header("location", &location)).await;
    let credentials = TokenProvider::new(|| async { Ok("s3cret".to_owned()) });
    let client = client(&server.url).with_credentials(credentials).build().unwrap();
    let call: Call<Value, Upload> = Call::new(client, &UPLOAD);
    call.upload(Media::new("text/plain", "x")).with_protocol(Protocol::Resumable).send().await.unwrap();
    assert!(server.requests()[0].header("authorization").is_some());
    assert!(!format!("{:?}", other.requests()).contains("s3cret"));
}

#[tokio::test]
async fn a_download() {
    let reply = Reply::new(200, "hel").header("content-type", "text/plain").then(std::time::Duration::ZERO, "lo");
    let server = Server::replies(vec![reply]).await;
    let call: Call<(), Download> = Call::new(client(&server.url).build().unwrap(), &DOWNLOAD);
    let content = call.download().await.unwrap();
    assert_eq!(content.content_type(), Some("text/plain"));
    assert_eq!(content.bytes().await.unwrap(), "hello");
    assert_eq!(server.requests()[0].target, "/v1/file?alt=media");
    let limited = call.with_options(CallOptions::new().with_response_limit(4)).download().await.unwrap();
    assert!(matches!(limited.bytes().await, Err(Error::TooLarge { limit: 4 })));
}

#[tokio::test]
async fn the_whole_file() {
    static FILE: Method = Method { returns_file: true, ..DOWNLOAD };
    let server = Server::replies(vec![Reply::new(200, "{\"data\":1}").header("content-type", "text/plain")]).await;
    let call: Call<File, Download> = Call::new(client(&server.url).build().unwrap(), &FILE);
    let file = call.send().await.unwrap();
    assert_eq!((&file.content[..], file.content_type.as_deref()), (&b"{\"data\":1}"[..], Some("text/plain")));
    let request = &server.requests()[0];
    assert_eq!((request.target.as_str(), request.header("accept")), ("/v1/file?alt=media", Some("*/*")));
}

#[tokio::test]
async fn a_truncated_download() {
    let server = Server::replies(vec![Reply::new(200, "hel").cut()]).await;
    let call: Call<(), Download> = Call::new(client(&server.url).build().unwrap(), &DOWNLOAD);
    assert!(matches!(call.download().await.unwrap().bytes().await, Err(Error::Transport(_))));
}
