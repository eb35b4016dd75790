//! HTTP requests without a client library.

use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;
use tuning_emulator::Emulator;

/// Headers of an authenticated caller.
pub(crate) const GOOD: &str =
    "authorization: Bearer any\r\nx-goog-user-project: my-project\r\ncontent-type: application/json\r\n";

/// Sends a request, and returns the status and the body of the response.
pub(crate) fn send(emulator: &Emulator, verb: &str, target: &str, headers: &str, body: &str) -> (u16, String) {
    let address = emulator.url().trim_start_matches("http://").trim_end_matches('/');
    let mut stream = TcpStream::connect(address).expect("the emulator listens");
    // HTTP/1.0: no chunks, and the connection is closed after the response.
    let length = if body.is_empty() { String::new() } else { format!("content-length: {}\r\n", body.len()) };
    write!(stream, "{verb} {target} HTTP/1.0\r\n{headers}{length}\r\n{body}").expect("the request is sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("the response is UTF-8");
    let (head, body) = answer.split_once("\r\n\r\n").expect("the response has a head");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("the head has a status");
    (status, body.to_owned())
}

/// Sends a JSON request, and returns the status and the body of the response.
pub(crate) fn ask(emulator: &Emulator, verb: &str, target: &str, body: &str) -> (u16, Value) {
    let (status, body) = send(emulator, verb, target, GOOD, body);
    (status, serde_json::from_str(&body).unwrap_or_else(|error| panic!("{target}: {error}: {body}")))
}
