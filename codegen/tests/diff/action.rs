//! The script of the GitHub action, with a local server instead of GitHub.

use crate::support::examples::{edit, garden};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Output};
use std::sync::mpsc::{Receiver, channel};

const NO_LABEL: &str = "/schemas/Plant/properties/label = null";

/// Serves responses in order. Returns the address and the received requests.
fn serve(responses: Vec<&'static str>) -> (String, Receiver<String>) {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", server.local_addr().unwrap());
    let (sender, requests) = channel();
    std::thread::spawn(move || {
        for body in responses {
            let (mut client, _) = server.accept().unwrap();
            sender.send(read(&mut client)).unwrap();
            let length = body.len();
            write!(client, "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}").unwrap();
        }
    });
    (address, requests)
}

fn read(client: &mut TcpStream) -> String {
    let mut text = Vec::new();
    let mut buffer = [0; 65_536];
    loop {
        let count = client.read(&mut buffer).unwrap();
        text.extend_from_slice(&buffer[..count]);
        let so_far = String::from_utf8_lossy(&text).into_owned();
        if let Some((head, body)) = so_far.split_once("\r\n\r\n") {
            let length =
                head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ").map(str::to_owned));
            if count == 0 || body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                return so_far;
            }
        }
    }
}

fn run(folder: &Path, edits: &[&str], variables: &[(&str, &str)]) -> Output {
    let put = |name: &str, text: String| std::fs::write(folder.join(name), text).unwrap();
    put("old.json", garden().to_string());
    put("new.json", edit(garden(), edits).to_string());
    put("event.json", r#"{"pull_request": {"number": 7}}"#.to_owned());
    Command::new("python3")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("action/review.py"))
        .current_dir(folder)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("REVIEW_BINARY", env!("CARGO_BIN_EXE_discovery-codegen"))
        .env("REVIEW_OLD", "old.json")
        .env("REVIEW_NEW", "new.json")
        .env("REVIEW_TOKEN", "secret-token")
        .env("GITHUB_REPOSITORY", "owner/name")
        .env("GITHUB_STEP_SUMMARY", "summary.md")
        .env("GITHUB_OUTPUT", "output.txt")
        .envs(variables.iter().copied())
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_breaking_change_is_commented_annotated_and_fails() {
    let folder = tempfile::tempdir().unwrap();
    let (address, requests) = serve(vec!["[]", "{}"]);
    let output = run(folder.path(), &[NO_LABEL], &[("GITHUB_API_URL", &address), ("GITHUB_EVENT_PATH", "event.json")]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let printed = text(&output.stdout);
    assert!(printed.contains("::error file=new.json,line=") && !printed.contains("secret-token"), "{printed}");
    assert!(printed.contains("failed by `--fail-on breaking`") && printed.contains("diff accept"), "{printed}");
    assert!(requests.recv().unwrap().starts_with("GET /repos/owner/name/issues/7/comments"));
    let posted = requests.recv().unwrap();
    assert!(posted.starts_with("POST /repos/owner/name/issues/7/comments"), "{posted}");
    assert!(
        posted.contains("<!-- discovery-codegen review of new.json -->") && posted.contains("`Plant.label` removed"),
        "{posted}"
    );
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert!(read("summary.md").contains("`Plant.label` removed"));
    assert_eq!(read("output.txt"), "semver=major\n");
}

/// A document cannot give commands to the runner of a workflow.
#[test]
fn messages_are_printed_without_commands() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &[r###"/schemas/Plant/properties/label = "##[error]forged""###], &[]);
    assert_eq!(output.status.code(), Some(2));
    let (printed, errors) = (text(&output.stdout), text(&output.stderr));
    let (_, rest) = printed.split_once("::stop-commands::").unwrap_or_else(|| panic!("{printed}\n{errors}"));
    let (token, rest) = rest.split_once('\n').unwrap();
    let (message, rest) = rest.split_once(&format!("\n::{token}::\n")).unwrap();
    assert!(message.contains("#[error]forged") && !rest.contains("##["), "{printed}");
    assert!(!errors.contains("##["), "{errors}");
}

#[test]
fn a_second_run_rewrites_the_comment_of_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let known = r#"[{"id": 1, "body": "<!-- discovery-codegen review of other.json -->\nother"}, {"id": 2, "body": "<!-- discovery-codegen review of new.json -->\nold"}]"#;
    let (address, requests) = serve(vec![known, "{}"]);
    let output = run(folder.path(), &[], &[("GITHUB_API_URL", &address), ("GITHUB_EVENT_PATH", "event.json")]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    requests.recv().unwrap();
    assert!(requests.recv().unwrap().starts_with("PATCH /repos/owner/name/issues/comments/2"));
}

#[test]
fn the_failing_severity_is_an_input_and_comments_are_optional() {
    let folder = tempfile::tempdir().unwrap();
    let variables =
        [("REVIEW_FAIL_ON", "never"), ("GITHUB_API_URL", "http://127.0.0.1:9"), ("GITHUB_EVENT_PATH", "event.json")];
    let output = run(folder.path(), &[NO_LABEL], &variables);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("::warning title=API review::cannot comment"));
    let invalid = run(folder.path(), &[], &[("REVIEW_OLD", "missing.json")]);
    assert_eq!(invalid.status.code(), Some(2));
}

/// Makes a commit of all files the base of a pull request.
fn base(folder: &Path) {
    for arguments in [
        &["init", "-q"][..],
        &["add", "."],
        &["commit", "-q", "--allow-empty", "-m", "base"],
        &["update-ref", "refs/remotes/origin/main", "HEAD"],
    ] {
        let name = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
        let output = Command::new("git").args(name).args(arguments).current_dir(folder).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
    }
}

/// The whole path of a folder, as workflows have it, is not that of new documents.
#[test]
fn whole_paths_are_compared_with_the_base() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("new.json"), garden().to_string()).unwrap();
    base(folder.path());
    let path = folder.path().join("new.json").display().to_string();
    let of_base = [("REVIEW_OLD", ""), ("GITHUB_BASE_REF", "main"), ("REVIEW_NEW", &path)];
    let output = run(folder.path(), &[NO_LABEL], &of_base);
    let printed = text(&output.stdout);
    assert!(output.status.code() == Some(1) && printed.contains("::error file=new.json,line="), "{printed}");
    let other = tempfile::NamedTempFile::new().unwrap();
    let path = other.path().display().to_string();
    let output = run(folder.path(), &[], &[("REVIEW_OLD", ""), ("GITHUB_BASE_REF", "main"), ("REVIEW_NEW", &path)]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stdout));
}

/// A clone without the contents of earlier revisions, by `filter` of `actions/checkout`.
#[test]
fn contents_that_a_partial_clone_lacks_are_fetched() {
    let (origin, parent) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    std::fs::create_dir(origin.path().join("spec")).unwrap();
    std::fs::write(origin.path().join("spec/x.json"), garden().to_string()).unwrap();
    base(origin.path());
    let folder = parent.path().join("clone");
    let url = format!("file://{}", origin.path().display());
    let of_origin = origin.path().to_str().unwrap();
    for arguments in [
        &["-C", of_origin, "config", "uploadpack.allowFilter", "true"][..],
        &["clone", "-q", "--filter=blob:none", "--no-checkout", &url, folder.to_str().unwrap()],
        &["-C", folder.to_str().unwrap(), "update-ref", "refs/remotes/origin/main", "HEAD"],
    ] {
        let output = Command::new("git").args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
    }
    std::fs::create_dir(folder.join("spec")).unwrap();
    std::fs::write(folder.join("spec/x.json"), edit(garden(), &[NO_LABEL]).to_string()).unwrap();
    let output = run(&folder, &[], &[("REVIEW_OLD", ""), ("GITHUB_BASE_REF", "main"), ("REVIEW_NEW", "spec")]);
    let printed = text(&output.stdout);
    assert!(output.status.code() == Some(1) && printed.contains("`Plant.label` removed"), "{printed}");
}

/// The pull request that adds the first documents has nothing to compare them with.
#[test]
fn the_first_documents_are_not_compared() {
    let folder = tempfile::tempdir().unwrap();
    base(folder.path());
    let output = run(folder.path(), &[], &[("REVIEW_OLD", ""), ("GITHUB_BASE_REF", "main")]);
    let printed = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{printed}");
    assert!(printed.contains("no earlier documents: `origin/main:new.json`"), "{printed}");
    assert_eq!(std::fs::read_to_string(folder.path().join("output.txt")).unwrap(), "semver=none\n");
    for wrong in [("GITHUB_BASE_REF", "other"), ("REVIEW_NEW", "missing.json")] {
        let output = run(folder.path(), &[], &[("REVIEW_OLD", ""), ("GITHUB_BASE_REF", "main"), wrong]);
        assert_eq!(output.status.code(), Some(2), "{wrong:?}: {}", text(&output.stdout));
    }
}
