//! Runs of the command `diff` in a folder.

use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder in which the command `diff` runs.
pub struct Desk(pub tempfile::TempDir);

impl Desk {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn put(&self, name: &str, text: impl ToString) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text.to_string()).unwrap();
        path
    }

    /// Commits all files to a new repository.
    pub fn commit(&self) {
        let name = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
        for args in [&["init", "-q"][..], &["add", "."], &["commit", "-q", "-m", "one"]] {
            let output = Command::new("git").args(name).args(args).current_dir(self.0.path()).output().unwrap();
            assert!(output.status.success(), "{}", text(&output.stderr));
        }
    }

    pub fn diff(&self, args: &[&str]) -> Output {
        self.diff_with(args, "")
    }

    /// Runs the command in another folder.
    pub fn diff_in(&self, folder: &Path, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_discovery-codegen"))
            .arg("diff")
            .args(args)
            .current_dir(folder)
            .output()
            .unwrap()
    }

    pub fn diff_with(&self, args: &[&str], stdin: &str) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_discovery-codegen"))
            .arg("diff")
            .args(args)
            .current_dir(self.0.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(stdin.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

pub fn json(output: &Output) -> Value {
    assert!(output.status.code() != Some(2), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}
