//! `fetch` against a server on this machine.
#![cfg(feature = "fetch")]

use discovery_codegen::commands::fetch::documents::{Lock, Wanted, fetch};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::{Arc, Mutex};

/// A server that gives one text with its mark, and remembers what it was asked.
struct Server {
    url: String,
    text: Arc<Mutex<String>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn start(text: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/$discovery/rest?version=v1", listener.local_addr().unwrap());
        let text = Arc::new(Mutex::new(text.to_owned()));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (current, log) = (text.clone(), asked.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
                let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
                let text = current.lock().unwrap().clone();
                let etag = format!("\"{}\"", text.len());
                let same = head.iter().any(|line| line.to_lowercase() == format!("if-none-match: {etag}"));
                log.lock().unwrap().push(if same { "same".into() } else { head[0].clone() });
                let reply = match (same, text.as_str()) {
                    (true, _) => "HTTP/1.1 304 Not Modified\r\nconnection: close\r\n\r\n".to_owned(),
                    (_, "") => "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_owned(),
                    (_, text) => format!(
                        "HTTP/1.1 200 OK\r\netag: {etag}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{text}",
                        text.len()
                    ),
                };
                stream.write_all(reply.as_bytes()).unwrap();
            }
        });
        Self { url, text, asked }
    }

    fn say(&self, text: &str) {
        *self.text.lock().unwrap() = text.to_owned();
    }

    fn asked(&self) -> usize {
        self.asked.lock().unwrap().len()
    }

    fn wanted(&self) -> Vec<Wanted> {
        vec![Wanted { url: Some(self.url.clone()), ..Wanted::parse("books:v1").unwrap() }]
    }
}

fn document(revision: &str) -> String {
    format!(
        r#"{{"name": "books", "version": "v1", "revision": "{revision}", "rootUrl": "https://books.example.com/"}}"#
    )
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_document_is_fetched_once_and_again_when_it_changes() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&document("20260101"));
    let said = fetch(folder.path(), &server.wanted(), false).unwrap();
    assert_eq!(said[0].to_string(), "books.v1: new, 20260101");
    assert_eq!(names(folder.path()), ["books.v1.json", "spec.lock"]);
    assert_eq!(std::fs::read_to_string(folder.path().join("books.v1.json")).unwrap(), document("20260101"));

    // The lock knows where it is; the server says that it is the same.
    let said = fetch(folder.path(), &[], false).unwrap();
    assert_eq!(said[0].to_string(), "books.v1: unchanged, 20260101");
    assert_eq!(server.asked.lock().unwrap()[1], "same");

    server.say(&document("202602021"));
    let lock = std::fs::read_to_string(Lock::path(folder.path())).unwrap();
    assert!(fetch(folder.path(), &[], true).unwrap()[0].changed);
    assert_eq!(std::fs::read_to_string(Lock::path(folder.path())).unwrap(), lock, "a check writes nothing");

    let said = fetch(folder.path(), &[], false).unwrap();
    assert_eq!(said[0].to_string(), "books.v1: 20260101 became 202602021");
    assert!(!fetch(folder.path(), &[], true).unwrap()[0].changed);
}

#[test]
fn what_was_not_fetched_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&document("20260101"));
    std::fs::write(folder.path().join("books.v1.json"), "mine").unwrap();
    let error = fetch(folder.path(), &server.wanted(), false).unwrap_err();
    assert!(error.0[0].message.contains("is not what was fetched before"), "{error}");
    assert_eq!(server.asked(), 0);
    assert_eq!(std::fs::read_to_string(folder.path().join("books.v1.json")).unwrap(), "mine");
}

#[test]
fn what_is_no_document_or_another_one_is_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start("<html>sorry</html>");
    assert!(fetch(folder.path(), &server.wanted(), false).is_err());
    server.say(&document("1").replace("books", "films"));
    let error = fetch(folder.path(), &server.wanted(), false).unwrap_err();
    assert!(error.0[0].message.ends_with("is the document of films:v1, not of books:v1"), "{error}");
    server.say("");
    let error = fetch(folder.path(), &server.wanted(), false).unwrap_err();
    assert!(error.0[0].message.ends_with("the server answered 404"), "{error}");
    assert_eq!(names(folder.path()), [""; 0]);
}

#[test]
fn only_https_but_for_this_machine() {
    let folder = tempfile::tempdir().unwrap();
    let wanted = Wanted { url: Some("http://192.0.2.1/x".into()), ..Wanted::parse("books:v1").unwrap() };
    let error = fetch(folder.path(), &[wanted], false).unwrap_err();
    assert_eq!(error.0[0].help.as_deref(), Some("the URL begins with `https://`"));
}
