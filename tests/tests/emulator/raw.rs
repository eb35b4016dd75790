//! HTTP without a client: what is written is what is sent.

use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;
use tuning_emulator::Emulator;

/// The headers of a caller who may do everything.
pub(crate) const GOOD: &str =
    "authorization: Bearer any\r\nx-goog-user-project: my-project\r\ncontent-type: application/json\r\n";

/// An answer: its status and its body.
pub(crate) fn send(emulator: &Emulator, verb: &str, target: &str, headers: &str, body: &str) -> (u16, String) {
    let address = emulator.url().trim_start_matches("http://").trim_end_matches('/');
    let mut stream = TcpStream::connect(address).expect("it listens");
    // HTTP/1.0: the answer comes as it is, and the connection ends with it.
    let length = if body.is_empty() { String::new() } else { format!("content-length: {}\r\n", body.len()) };
    write!(stream, "{verb} {target} HTTP/1.0\r\n{headers}{length}\r\n{body}").expect("it takes requests");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers in UTF-8");
    let (head, body) = answer.split_once("\r\n\r\n").expect("an answer has a head");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a head has a status");
    (status, body.to_owned())
}

/// The same for JSON.
pub(crate) fn ask(emulator: &Emulator, verb: &str, target: &str, body: &str) -> (u16, Value) {
    let (status, body) = send(emulator, verb, target, GOOD, body);
    (status, serde_json::from_str(&body).unwrap_or_else(|error| panic!("{target}: {error}: {body}")))
}
