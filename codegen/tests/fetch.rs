//! `fetch` against a server on the loopback interface.
#![cfg(feature = "fetch")]

mod loopback;

use discovery_codegen::commands::fetch::documents::{Lock, Options, SecretHeader, Wanted, fetch};
use loopback::Server;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};

/// Returns the document `books:v1` of a server.
fn books(server: &Server) -> Vec<Wanted> {
    vec![Wanted { url: Some(format!("{}/doc", server.root)), ..Wanted::parse("books:v1").unwrap() }]
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

fn write() -> Options {
    Options::default()
}

fn check() -> Options {
    Options { check: true, ..Options::default() }
}

/// Returns the message of the first error.
fn error(folder: &Path, server: &Server) -> String {
    fetch(folder, &books(server), &write()).unwrap_err().0[0].message.clone()
}

/// A copy of another name has the same references.
#[test]
fn a_document_may_name_its_own_file() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start("");
    let text = "openapi: 3.1.0\ninfo: {title: A, version: v1}\npaths: {}\ncomponents: {schemas: {A: {$ref: 'doc#/components/schemas/B'}, B: {type: object}}}\n";
    server.serve("/doc", text);
    fetch(folder.path(), &books(&server), &write()).unwrap();
    let written = std::fs::read_to_string(folder.path().join("books.v1.yaml")).unwrap();
    assert_eq!(written, text.replace("doc#", "#"));
    assert!(!fetch(folder.path(), &[], &write()).unwrap()[0].changed);
}

#[test]
fn names_are_checked_and_fetched_once() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&document("20260101"));
    let twice = [books(&server), books(&server)].concat();
    assert_eq!(fetch(folder.path(), &twice, &write()).unwrap().len(), 1);
    let error = Wanted::parse("books").unwrap_err();
    assert_eq!(error.message, "`books` is the name of an API without its version");
    let lock = Lock::path(folder.path());
    std::fs::write(&lock, std::fs::read_to_string(&lock).unwrap().replace("books.v1", "books")).unwrap();
    let error = fetch(folder.path(), &[], &write()).unwrap_err();
    assert_eq!(error.0[0].message, "invalid key `books` in `spec.lock`");
}

#[test]
fn a_document_is_fetched_again_only_if_it_changed() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&document("20260101"));
    let outcomes = fetch(folder.path(), &books(&server), &write()).unwrap();
    assert_eq!(outcomes[0].to_string(), "books.v1: new (20260101)");
    assert_eq!(names(folder.path()), ["books.v1.json", "spec.lock"]);
    assert_eq!(std::fs::read_to_string(folder.path().join("books.v1.json")).unwrap(), document("20260101"));

    // The URL is in the lock, and the request is conditional.
    let outcomes = fetch(folder.path(), &[], &write()).unwrap();
    assert_eq!(outcomes[0].to_string(), "books.v1: unchanged (20260101)");
    assert!(server.requests.lock().unwrap()[1].contains("if-none-match"));

    server.serve("/doc", document("20260202") + " ");
    let lock = std::fs::read_to_string(Lock::path(folder.path())).unwrap();
    assert!(fetch(folder.path(), &[], &check()).unwrap()[0].changed);
    assert_eq!(std::fs::read_to_string(Lock::path(folder.path())).unwrap(), lock, "a check writes nothing");

    let outcomes = fetch(folder.path(), &[], &write()).unwrap();
    assert_eq!(outcomes[0].to_string(), "books.v1: updated from 20260101 to 20260202");
    assert!(!fetch(folder.path(), &[], &check()).unwrap()[0].changed);
}

#[test]
fn a_file_that_was_not_fetched_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&document("20260101"));
    std::fs::write(folder.path().join("books.v1.json"), "mine").unwrap();
    assert!(error(folder.path(), &server).contains("was not fetched"));
    assert_eq!(server.request_count(), 0);
    assert_eq!(std::fs::read_to_string(folder.path().join("books.v1.json")).unwrap(), "mine");
}

#[test]
fn a_lock_that_was_not_generated_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&document("20260101"));
    std::fs::write(Lock::path(folder.path()), "# mine\n").unwrap();
    assert!(error(folder.path(), &server).contains("was not generated"));
    assert_eq!(names(folder.path()), ["spec.lock"]);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    for name in ["books.v1.json", "spec.lock"] {
        let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let server = Server::start(&document("20260101"));
        std::os::unix::fs::symlink(other.path().join("target"), folder.path().join(name)).unwrap();
        fetch(folder.path(), &books(&server), &write()).unwrap_err();
        assert_eq!(names(other.path()), [""; 0], "{name}");
        assert_eq!(names(folder.path()), [name]);
    }
}

#[test]
fn html_pages_and_other_documents_are_rejected() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start("<html>sorry</html>");
    error(folder.path(), &server);
    server.serve("/doc", document("1").replace("books", "films"));
    assert!(error(folder.path(), &server).ends_with("is the document of films:v1, not of books:v1"));
    server.serve("/doc", &document("1")[..40]);
    error(folder.path(), &server);
    server.bodies.lock().unwrap().clear();
    assert!(error(folder.path(), &server).ends_with("status 404"));
    assert_eq!(names(folder.path()), [""; 0]);
}

#[test]
fn an_older_revision_is_rejected() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&document("20260202"));
    fetch(folder.path(), &books(&server), &write()).unwrap();
    server.serve("/doc", document("20260131") + " ");
    assert!(error(folder.path(), &server).ends_with("which is older than 20260202"));
    assert_eq!(std::fs::read_to_string(folder.path().join("books.v1.json")).unwrap(), document("20260202"));
}

#[test]
fn the_limit_counts_decompressed_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let spaces = vec![b' '; 1 << 20];
    (0..65).for_each(|_| gzip.write_all(&spaces).unwrap());
    let bomb = gzip.finish().unwrap();
    assert!(bomb.len() < 100_000);
    let server = Server::start("");
    server.serve("/doc", bomb);
    assert!(error(folder.path(), &server).ends_with("the document is larger than 64 MiB"));
}

#[test]
fn requests_to_an_overloaded_server_are_retried() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&document("20260101"));
    *server.overloaded.lock().unwrap() = 1;
    fetch(folder.path(), &books(&server), &write()).unwrap();
    assert_eq!(server.request_count(), 2);
}

#[test]
fn yaml_documents_are_written_as_yaml() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start("openapi: 3.1.0\ninfo: {title: Books, version: v1}\npaths: {}\n");
    let wanted = Wanted { url: Some(format!("{}/doc", server.root)), ..Wanted::parse("books:v1").unwrap() };
    fetch(folder.path(), &[wanted], &write()).unwrap();
    assert_eq!(names(folder.path()), ["books.v1.yaml", "spec.lock"]);
}

#[test]
fn the_directory_of_apis_states_the_url() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&document("20260101"));
    let item = |version: &str, path: &str| {
        format!(r#"{{"name": "books", "version": "{version}", "discoveryRestUrl": "{}{path}"}}"#, server.root)
    };
    server.serve("/apis", format!(r#"{{"items": [{}, {}]}}"#, item("v2", "/other"), item("v1", "/doc")));
    let options = Options { directory: Some(format!("{}/apis", server.root)), ..Options::default() };
    fetch(folder.path(), &[Wanted::parse("books:v1").unwrap()], &options).unwrap();
    assert!(server.requests.lock().unwrap()[0].starts_with("get /apis?name=books "));
    assert_eq!(names(folder.path()), ["books.v1.json", "spec.lock"]);
    // A mirror may be a file, which lists all APIs.
    let other = r#"{"name": "maps", "version": "v1", "discoveryRestUrl": "http://127.0.0.1:1/maps"}"#;
    server.serve("/apis", format!(r#"{{"items": [{other}, {}]}}"#, item("v1", "/doc")));
    let options = Options { directory: Some(format!("{}/apis?key=x", server.root)), ..Options::default() };
    let folder = tempfile::tempdir().unwrap();
    fetch(folder.path(), &[Wanted::parse("books:v1").unwrap()], &options).unwrap();
    assert_eq!(names(folder.path()), ["books.v1.json", "spec.lock"]);
    assert!(server.requests.lock().unwrap().iter().any(|request| request.starts_with("get /apis?key=x&name=books ")));
}

#[test]
fn a_secret_header_is_sent_and_not_printed() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&document("20260101"));
    let error = SecretHeader::from_env("authorization=NO_SUCH_VARIABLE").unwrap_err();
    assert_eq!(error, "the variable `NO_SUCH_VARIABLE` is not set");
    for argument in ["authorization=Bearer hunter2", "authorization=hunter2", "authorization: hunter2"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_discovery-codegen"));
        let output = command.args(["fetch", "books:v1", "--header", argument]).output().unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.contains("invalid `--header`") && !error.contains("hunter2"), "{error}");
    }
    // Cargo sets this variable for each test.
    let header = SecretHeader::from_env("x-secret=CARGO_PKG_NAME").unwrap();
    assert_eq!(format!("{header:?}"), "x-secret: …");
    let options = Options { header: Some(header), ..Options::default() };
    fetch(folder.path(), &books(&server), &options).unwrap();
    assert!(server.requests.lock().unwrap()[0].contains("x-secret: discovery-codegen"));
}

#[test]
fn plain_http_is_for_loopback_addresses() {
    let folder = tempfile::tempdir().unwrap();
    let wanted = Wanted { url: Some("http://192.0.2.1/x".into()), ..Wanted::parse("books:v1").unwrap() };
    let error = fetch(folder.path(), &[wanted], &write()).unwrap_err();
    assert_eq!(error.0[0].help.as_deref(), Some("use a URL that begins with `https://`"));
}

/// Runs `fetch` in a folder with a proxy for all addresses but some.
fn fetch_through(proxy: &str, direct: &str, folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_discovery-codegen"));
    for variable in ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "all_proxy", "no_proxy"] {
        command.env_remove(variable);
    }
    command.env("ALL_PROXY", proxy).env("NO_PROXY", direct).current_dir(folder);
    command.arg("fetch").args(arguments).output().unwrap()
}

#[test]
fn a_socks_proxy_is_used() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let proxy = format!("socks5://{}", listener.local_addr().unwrap());
    let target = std::thread::spawn(move || {
        let (mut client, _) = listener.accept().unwrap();
        // Version 5 and the ways to authenticate; then the command to connect to an IPv4 address.
        let mut greeting = [0; 2];
        client.read_exact(&mut greeting).unwrap();
        client.read_exact(&mut vec![0; greeting[1].into()]).unwrap();
        client.write_all(&[5, 0]).unwrap();
        let mut target = [0; 10];
        client.read_exact(&mut target).unwrap();
        client.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            client.read_exact(&mut byte).unwrap();
            head.push(byte[0]);
        }
        let body = document("20260101");
        let length = body.len();
        write!(client, "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}").unwrap();
        target
    });
    let folder = tempfile::tempdir().unwrap();
    // Nothing listens on the port of the URL.
    let output = fetch_through(&proxy, "", folder.path(), &["books:v1", "--url", "http://127.0.0.1:1/doc"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(target.join().unwrap(), [5, 1, 0, 1, 127, 0, 0, 1, 0, 1]);
    assert_eq!(names(&folder.path().join("spec")), ["books.v1.json", "spec.lock"]);
}

#[test]
fn the_listed_versions_of_an_api_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start("");
    let item = |version: &str| format!(r#"{{"version": "{version}", "discoveryRestUrl": "{}/doc"}}"#, server.root);
    let items: Vec<String> =
        (1..=13).filter(|version| *version != 9).chain(14..1000).map(|version| item(&format!("v{version}"))).collect();
    server.serve("/apis", format!(r#"{{"items": [{}]}}"#, items.join(",")));
    // Google's own address is not reached.
    let directory = format!("{}/apis", server.root);
    let output =
        fetch_through("http://127.0.0.1:1", "127.0.0.1", folder.path(), &["books:v9", "--directory", &directory]);
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{error}");
    assert!(error.contains("lists other versions: v1, v2"), "{error}");
    assert!(error.contains(", v13, …") && !error.contains("v14"), "{error}");
}

/// As other commands find the configuration above.
#[test]
fn a_sub_folder_has_no_documents_of_its_own() {
    let root = tempfile::tempdir().unwrap();
    let server = Server::start(&document("20260101"));
    let run = |folder: &Path| {
        let url = format!("{}/doc", server.root);
        let mut command = Command::new(env!("CARGO_BIN_EXE_discovery-codegen"));
        assert!(
            command.current_dir(folder).args(["fetch", "books:v1", "--url", &url]).output().unwrap().status.success()
        );
    };
    let (inner, spec) = (root.path().join("inner"), root.path().join("spec"));
    std::fs::create_dir(&inner).unwrap();
    run(root.path());
    run(&inner);
    assert_eq!(names(&spec), ["books.v1.json", "spec.lock"]);
    assert_eq!(names(&inner), [""; 0]);
}
