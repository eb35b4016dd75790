//! A server on the loopback interface that sends the responses of a test, and records requests.

#![allow(dead_code, unreachable_pub)]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Request that the server received.
#[derive(Clone, Debug)]
pub struct ReceivedRequest {
    pub method: String,
    /// Path and query of the URL.
    pub target: String,
    /// Headers with lowercase names.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl ReceivedRequest {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

/// Response of the server.
#[derive(Clone, Debug)]
pub struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    /// Chunks of the body, with the pause before each.
    pieces: Vec<(Duration, Vec<u8>)>,
    /// True if the connection is closed before the body is complete.
    cut: bool,
    /// Raw bytes to send instead of the other fields.
    raw: Option<Vec<u8>>,
}

impl Reply {
    pub fn json(status: u16, body: impl Into<String>) -> Self {
        Self::new(status, body.into().into_bytes()).header("content-type", "application/json; charset=UTF-8")
    }

    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: Vec::new(), pieces: vec![(Duration::ZERO, body.into())], cut: false, raw: None }
    }

    /// Creates a reply of raw bytes, after which the connection is closed.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self { raw: Some(bytes.into()), ..Self::new(0, "") }
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Adds a chunk of the body, after a pause.
    pub fn then(mut self, pause: Duration, piece: impl Into<Vec<u8>>) -> Self {
        self.pieces.push((pause, piece.into()));
        self
    }

    /// Closes the connection before the body is complete.
    pub fn cut(mut self) -> Self {
        self.cut = true;
        self
    }
}

pub struct Server {
    /// `http://127.0.0.1:…/`
    pub url: String,
    requests: Arc<Mutex<Vec<ReceivedRequest>>>,
}

impl Server {
    /// Starts a server whose replies `answer` returns, given the number of the request and the request.
    pub async fn start(answer: impl Fn(usize, &ReceivedRequest) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (answer, log) = (Arc::new(answer), requests.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (answer, log) = (answer.clone(), log.clone());
                tokio::spawn(async move { serve(stream, &*answer, &log).await });
            }
        });
        Self { url, requests }
    }

    /// Starts a server that sends these replies in order, and then repeats the last one.
    pub async fn replies(replies: Vec<Reply>) -> Self {
        Self::start(move |number, _| replies[number.min(replies.len() - 1)].clone()).await
    }

    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.requests.lock().unwrap().clone()
    }
}

async fn serve(
    mut stream: TcpStream,
    answer: &(impl Fn(usize, &ReceivedRequest) -> Reply + Send + Sync),
    log: &Mutex<Vec<ReceivedRequest>>,
) -> Option<()> {
    let mut buffer = Vec::new();
    loop {
        let request = read(&mut stream, &mut buffer).await?;
        let number = {
            let mut log = log.lock().unwrap();
            log.push(request.clone());
            log.len() - 1
        };
        let reply = answer(number, &request);
        if let Some(raw) = reply.raw {
            stream.write_all(&raw).await.ok()?;
            return None;
        }
        let mut head = format!("HTTP/1.1 {} x\r\n", reply.status);
        for (name, value) in &reply.headers {
            head += &format!("{name}: {value}\r\n");
        }
        let chunked = reply.pieces.len() > 1;
        let length: usize = reply.pieces.iter().map(|(_, piece)| piece.len()).sum();
        head += &match chunked {
            true => "transfer-encoding: chunked\r\n\r\n".to_owned(),
            false => format!("content-length: {}\r\n\r\n", length + usize::from(reply.cut)),
        };
        stream.write_all(head.as_bytes()).await.ok()?;
        for (pause, piece) in &reply.pieces {
            tokio::time::sleep(*pause).await;
            if chunked && !piece.is_empty() {
                stream.write_all(format!("{:x}\r\n", piece.len()).as_bytes()).await.ok()?;
            }
            stream.write_all(piece).await.ok()?;
            if chunked && !piece.is_empty() {
                stream.write_all(b"\r\n").await.ok()?;
            }
        }
        if reply.cut {
            return None;
        }
        if chunked {
            stream.write_all(b"0\r\n\r\n").await.ok()?;
        }
    }
}

async fn read(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<ReceivedRequest> {
    let head_end = loop {
        if let Some(at) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            break at;
        }
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(buffer[..head_end].to_vec()).unwrap();
    let mut lines = head.lines();
    let mut first = lines.next()?.split(' ').map(str::to_owned);
    let (method, target) = (first.next()?, first.next()?);
    let headers: Vec<_> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length: usize = length.map_or(0, |(_, value)| value.parse().unwrap());
    buffer.drain(..head_end + 4);
    while buffer.len() < length {
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
    let body = buffer.drain(..length).collect();
    Some(ReceivedRequest { method, target, headers, body })
}
