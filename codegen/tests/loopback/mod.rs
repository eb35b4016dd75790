//! A server on the loopback interface.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

/// Bodies by path. The ETag of a body is a hash of it.
type Bodies = Arc<Mutex<BTreeMap<&'static str, Vec<u8>>>>;

/// Server that records the heads of requests.
pub(crate) struct Server {
    pub(crate) root: String,
    pub(crate) bodies: Bodies,
    pub(crate) requests: Arc<Mutex<Vec<String>>>,
    /// Number of requests to answer with status 503.
    pub(crate) overloaded: Arc<Mutex<usize>>,
}

impl Server {
    /// Starts a server whose `/doc` is a text.
    pub(crate) fn start(text: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            root: format!("http://{}", listener.local_addr().unwrap()),
            bodies: Arc::default(),
            requests: Arc::default(),
            overloaded: Arc::default(),
        };
        server.serve("/doc", text);
        let (bodies, requests, overloaded) =
            (server.bodies.clone(), server.requests.clone(), server.overloaded.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
                let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
                let path = head[0].split(' ').nth(1).unwrap().split('?').next().unwrap().to_owned();
                requests.lock().unwrap().push(head.join("\n").to_lowercase());
                let body = bodies.lock().unwrap().get(path.as_str()).cloned();
                let mut hasher = DefaultHasher::new();
                body.hash(&mut hasher);
                let etag = format!("\"{}\"", hasher.finish());
                let same = head.iter().any(|line| line.to_lowercase() == format!("if-none-match: {etag}"));
                let mut overloaded = overloaded.lock().unwrap();
                let (status, body) = match body {
                    _ if *overloaded > 0 => {
                        *overloaded -= 1;
                        ("503 Service Unavailable", Vec::new())
                    }
                    None => ("404 Not Found", Vec::new()),
                    Some(_) if same => ("304 Not Modified", Vec::new()),
                    Some(body) => ("200 OK", body),
                };
                let gzip = if body.starts_with(&[0x1f, 0x8b]) { "content-encoding: gzip\r\n" } else { "" };
                let length = body.len();
                let head = format!(
                    "HTTP/1.1 {status}\r\netag: {etag}\r\n{gzip}content-length: {length}\r\nconnection: close\r\n\r\n"
                );
                let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
            }
        });
        server
    }

    /// Sets the body of a path.
    pub(crate) fn serve(&self, path: &'static str, body: impl AsRef<[u8]>) {
        self.bodies.lock().unwrap().insert(path, body.as_ref().to_owned());
    }

    /// Returns the number of requests so far.
    pub(crate) fn request_count(&self) -> usize {
        self.requests.lock().unwrap().len()
    }
}
