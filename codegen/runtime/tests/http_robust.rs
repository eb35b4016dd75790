//! Malicious or stalling servers, very many calls, and logs: calls fail in time and with bounded memory, and secrets
//! are not logged.

#![cfg(feature = "client")]

#[path = "http/api.rs"]
mod api;
#[path = "http/server.rs"]
mod server;

use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::api::{API, DOWNLOAD, GENERATE, UPLOAD, client, get};
use crate::server::{Reply, Server};
use discovery_runtime::bytes::Bytes;
use discovery_runtime::http::auth::TokenProvider;
use discovery_runtime::http::media::{Media, Protocol};
use discovery_runtime::http::{
    Body, BoxFuture, Call, CallOptions, Client, Download, Error, RetryPolicy, Streaming, Transport, TransportError,
    Upload,
};
use discovery_runtime::serde_json::{Value, json};
use tracing::span::{Attributes, Id, Record};

const SECRET: &str = "s3cr3t-t0ken";

fn once() -> CallOptions {
    CallOptions::new().with_retry(RetryPolicy::NEVER).with_attempt_timeout(Duration::from_secs(2))
}

/// Returns compressed zeros, at a ratio of about a thousand.
fn bomb(megabytes: usize) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    for _ in 0..megabytes {
        encoder.write_all(&vec![b'0'; 1 << 20]).unwrap();
    }
    encoder.finish().unwrap()
}

#[tokio::test]
async fn a_decompression_bomb_is_too_large() {
    let bomb = bomb(64);
    assert!(bomb.len() < 1 << 20, "the compressed body is small");
    let limit = 1 << 20;
    for status in [200, 400] {
        let reply = Reply::new(status, bomb.clone()).header("content-encoding", "gzip");
        let server = Server::replies(vec![reply]).await;
        let client = client(&server.url).with_options(once().with_response_limit(limit)).build().unwrap();
        let mut errors = vec![get(client.clone()).send().await.unwrap_err()];
        errors
            .push(Call::<Value, Streaming>::new(client.clone(), &GENERATE).stream().next().await.unwrap().unwrap_err());
        let file = Call::<(), Download>::new(client, &DOWNLOAD).download().await;
        errors.extend(match file {
            Ok(file) => file.bytes().await.err(),
            Err(error) => Some(error),
        });
        for error in errors {
            match error {
                Error::TooLarge { limit: 1_048_576 } if status == 200 => {}
                Error::Decode(_) if status == 200 => {}
                Error::Service(error) if status == 400 => assert!(error.body.len() <= 1 << 20),
                // Files are downloaded without compression; a server that compresses one states another length.
                Error::Transport(_) if status == 200 => {}
                error => panic!("{status}: {error:?}"),
            }
        }
    }
}

#[tokio::test]
async fn invalid_responses() {
    let long = format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "x".repeat(4 << 20));
    let many = format!("HTTP/1.1 200 OK\r\n{}\r\n", "x: y\r\n".repeat(100_000));
    for reply in [
        "",
        "\r\n\r\n",
        "HTTP/9.9 200 OK\r\n\r\n",
        "HTTP/1.1 99999 x\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999999\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\ncontent-length: 18446744073709551615\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n{}",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}",
        "HTTP/1.1 200 OK\r\ncontent-length: 9\r\ncontent-encoding: gzip\r\n\r\nnot gzip!",
        "HTTP/1.1 302 Found\r\nlocation: \u{0}\r\n\r\n",
        "HTTP/1.1 503 x\r\nretry-after: 1e9999\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n",
        &long,
        &many,
    ] {
        let server = Server::replies(vec![Reply::raw(reply)]).await;
        let began = Instant::now();
        let error = get(client(&server.url).with_options(once()).build().unwrap()).send().await.unwrap_err();
        assert!(began.elapsed() < Duration::from_secs(10), "{error:?}");
        assert!(error.to_string().len() < 1000 && format!("{error:?}").len() < 10_000);
    }
}

#[tokio::test]
async fn stalled_responses() {
    // Single bytes with pauses, without the end of the header or of the body.
    let server = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", server.local_addr().unwrap());
    tokio::spawn(async move {
        let mut head = true;
        while let Ok((mut stream, _)) = server.accept().await {
            head = !head;
            tokio::spawn(async move {
                use tokio::io::{AsyncReadExt, AsyncWriteExt};
                let _ = stream.read(&mut [0; 4096]).await;
                let begin: &[u8] = if head { b"HTTP/1.1 200 OK\r\nx: " } else { b"HTTP/1.1 200 OK\r\n\r\n" };
                let mut sent = stream.write_all(begin).await;
                while sent.is_ok() {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                    sent = stream.write_all(b" ").await;
                }
            });
        }
    });
    for _ in 0..2 {
        let options = once().with_attempt_timeout(Duration::from_millis(200));
        let began = Instant::now();
        let error = get(client(&url).with_options(options).build().unwrap()).send().await.unwrap_err();
        assert!(matches!(error, Error::Timeout { .. }), "{error:?}");
        assert!(began.elapsed() < Duration::from_secs(5));
    }
}

/// Transport that responds with `{}`.
struct Empty;

impl Transport for Empty {
    fn send(&self, _: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async {
            tokio::task::yield_now().await;
            Ok(http::Response::new(Body::from(Bytes::from_static(b"{}"))))
        })
    }
}

#[tokio::test]
async fn ten_thousand_calls_at_once() {
    let client = Client::builder(&API).with_transport(Empty).build().unwrap();
    let calls: Vec<_> = (0..10_000).map(|_| tokio::spawn(get(client.clone()).send())).collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap(), json!({}));
    }
}

/// Records all logs of this crate and its dependencies, at every level.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Log {
    fn add(&self, text: std::fmt::Arguments<'_>) {
        let _ = writeln!(self.0.lock().unwrap(), "{text}");
    }
}

impl tracing::field::Visit for Log {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
        self.add(format_args!("{field}={value:?}"));
    }
}

impl tracing::Subscriber for Log {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.add(format_args!("{}", span.metadata().name()));
        span.record(&mut self.clone());
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &tracing::Event<'_>) {
        event.record(&mut self.clone());
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

impl log::Log for Log {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }
    fn log(&self, record: &log::Record<'_>) {
        self.add(format_args!("{} {}", record.target(), record.args()));
    }
    fn flush(&self) {}
}

#[tokio::test]
async fn logs_contain_no_secrets() {
    let log = Log::default();
    let _ = tracing::subscriber::set_global_default(log.clone());
    let _ = log::set_boxed_logger(Box::new(log.clone()));
    log::set_max_level(log::LevelFilter::Trace);

    let server = Server::replies(vec![
        Reply::json(503, "{}").header("set-cookie", SECRET),
        Reply::json(401, "{}"),
        Reply::new(302, "").header("location", &format!("/moved?key={SECRET}")),
        Reply::json(200, "{}"),
    ])
    .await;
    let token = TokenProvider::new(|| async { Ok(SECRET.to_owned()) });
    let options = crate::api::fast().with_header("x-api-key", SECRET).with_header("cookie", SECRET);
    let client = client(&server.url).with_credentials(token).with_options(options).build().unwrap();
    get(client.clone()).send().await.unwrap_err();
    get(client.clone()).send().await.unwrap();
    let upload: Call<Value, Upload> = Call::new(client, &UPLOAD);
    let _ = upload.upload(Media::new("text/plain", SECRET)).with_protocol(Protocol::Resumable).send().await;

    let logged = log.0.lock().unwrap().clone();
    assert!(logged.contains("example.get") && logged.contains("retrying"), "expected log entries: {logged}");
    assert!(!logged.contains(SECRET), "{logged}");
}
