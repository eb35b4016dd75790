//! `generate` is killed at random moments: each file on disk is old or new, `--check` reports a mix of both, and the
//! next run completes the output and removes leftovers of the killed run.

use conformance::random::Random;
use conformance::{project, tree};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A project whose document has changed since its bindings were generated.
struct Project {
    folder: tempfile::TempDir,
    old: Tree,
    new: Tree,
}

type Tree = BTreeMap<PathBuf, Option<Vec<u8>>>;

/// Numbers of killed runs by the state of the output.
#[derive(Debug, Default)]
struct Counts {
    old: usize,
    new: usize,
    mixed: usize,
    finished: usize,
    left_behind: usize,
}

impl Project {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_owned();
        fs::create_dir_all(path.join("spec")).unwrap();
        fs::create_dir_all(path.join("out/src")).unwrap();
        let mut apis = String::new();
        for name in ["a", "b", "c"] {
            apis += &format!("[[api]]\nspec = \"{name}.json\"\n");
        }
        let config = format!("[crate]\nname = \"out\"\npath = \"../out\"\n\n{apis}");
        fs::write(path.join("spec/codegen.toml"), config).unwrap();
        fs::write(path.join("out/Cargo.toml"), "[package]\nname = \"out\"\n").unwrap();
        let mut project = Self { folder, old: Tree::new(), new: Tree::new() };
        project.new = project.generated("count");
        project.old = project.generated("total");
        assert_ne!(project.old, project.new);
        project
    }

    /// Generates from documents with a property of this name, and returns the output.
    fn generated(&self, property: &str) -> Tree {
        self.documents(property);
        assert!(self.command(&["generate"]).status().unwrap().success());
        self.tree()
    }

    fn documents(&self, property: &str) {
        for name in ["a", "b", "c"] {
            let text = project::text("tests/documents/everything/park.json");
            let text = text.replace("\"count\"", &format!("\"{property}\"")).replace("park:v1", &format!("{name}:v1"));
            let text = text.replace("\"name\": \"park\"", &format!("\"name\": \"{name}\""));
            fs::write(self.path().join(format!("spec/{name}.json")), text).unwrap();
        }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Returns all files except the documents.
    fn tree(&self) -> Tree {
        let mut tree = tree::of(self.path());
        tree.retain(|path, _| path.extension().is_none_or(|extension| extension != "json"));
        tree
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_command"));
        command.args(arguments).current_dir(self.path()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// Returns `true` while a run has staged files.
    fn has_staged(&self) -> bool {
        ["out", "out/src", "out/src/a_v1", "out/src/c_v1", "spec"].iter().any(|folder| {
            let entries = fs::read_dir(self.path().join(folder)).into_iter().flatten().flatten();
            entries.into_iter().any(|entry| is_staged(&entry.path()))
        })
    }

    /// Restores the old output, and writes the new documents.
    fn reset(&self) {
        let now = tree::of(self.path());
        for path in now.keys().filter(|path| path.is_file() && path.extension().is_none_or(|e| e != "json")) {
            fs::remove_file(path).unwrap();
        }
        for (path, bytes) in &self.old {
            match bytes {
                Some(bytes) => fs::write(path, bytes).unwrap(),
                None => fs::create_dir_all(path).unwrap(),
            }
        }
        self.documents("count");
    }

    /// Checks the output of a killed run, and that of the next run.
    fn check_output(&self, counts: &mut Counts, when: &str) {
        let mut left = self.tree();
        counts.left_behind += usize::from(left.keys().any(|path| is_staged(path)));
        left.retain(|path, _| !is_staged(path));
        let is_new = left == self.new;
        for (path, bytes) in &left {
            let known = self.old.get(path) == Some(bytes) || self.new.get(path) == Some(bytes);
            assert!(known, "{when}: {} is neither old nor new", path.display());
        }
        match (left == self.old, is_new) {
            (true, _) => counts.old += 1,
            (_, true) => counts.new += 1,
            _ => counts.mixed += 1,
        }
        let check = self.command(&["generate", "--check"]).status().unwrap();
        assert_eq!(check.code(), Some(i32::from(!is_new)), "{when}: exit code of `--check`");
        let next = self.command(&["generate"]).stderr(Stdio::piped()).output().unwrap();
        assert!(next.status.success(), "{when}: the next run: {}", String::from_utf8_lossy(&next.stderr));
        assert!(self.tree() == self.new, "{when}: the next run did not complete the output, or left a file behind");
    }
}

/// Returns `true` for a staged file.
fn is_staged(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str().to_string_lossy().starts_with(".discovery-codegen-"))
}

/// Kills runs at random moments, until `kills` of them were killed before they finished.
fn random_kills(kills: usize) -> Counts {
    let project = Project::new();
    project.reset();
    let began = Instant::now();
    assert!(project.command(&["generate"]).status().unwrap().success());
    let whole = began.elapsed();
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let mut counts = Counts::default();
    let mut killed = 0;
    for kill in 0.. {
        if killed == kills {
            break;
        }
        assert!(kill < 10 * kills, "too many runs finish before they are killed: {counts:?}");
        project.reset();
        let mut run = project.command(&["generate"]).spawn().unwrap();
        if kill % 4 == 0 {
            std::thread::sleep(whole * random.below(1_100) as u32 / 1_000);
        } else {
            // Most of the time is spent reading, so wait until the first file is staged.
            while !project.has_staged() && run.try_wait().unwrap().is_none() {
                std::thread::yield_now();
            }
            std::thread::sleep(Duration::from_micros(random.below(4_000) as u64));
        }
        run.kill().unwrap();
        if run.wait().unwrap().success() {
            counts.finished += 1;
        } else {
            killed += 1;
        }
        project.check_output(&mut counts, &format!("kill {kill}"));
    }
    counts
}

#[test]
fn killed_at_some_random_moments() {
    println!("{:?}", random_kills(15));
}

/// Takes minutes.
#[test]
#[ignore = "slow: run by slow-proofs"]
fn killed_at_three_hundred_random_moments() {
    let counts = random_kills(300);
    println!("random kills: {counts:?}");
    assert!(counts.mixed > 0 && counts.left_behind > 0, "{counts:?}");
}

/// System calls with which `generate` changes files.
#[cfg(target_os = "linux")]
const WRITES: [&str; 11] =
    ["openat", "write", "rename", "renameat2", "unlink", "unlinkat", "mkdir", "chmod", "fchmod", "flock", "rmdir"];

/// Takes minutes, and requires strace.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "slow: run by slow-proofs"]
fn killed_at_each_system_call_that_writes() {
    let project = Project::new();
    let mut counts = Counts::default();
    let mut kills = 0;
    for call in WRITES {
        for when in 1.. {
            project.reset();
            let output = Command::new("strace")
                .args(["-f", "-qq", "-e", &format!("trace={call}"), "-o", "/dev/null"])
                .args(["-e", &format!("inject={call}:signal=KILL:when={when}")])
                .arg(env!("CARGO_BIN_EXE_command"))
                .arg("generate")
                .current_dir(project.path())
                .output()
                .expect("strace is installed");
            if output.status.success() {
                break;
            }
            kills += 1;
            project.check_output(&mut counts, &format!("{call} {when}"));
            assert!(when < 1_000, "{call} is called without end");
        }
    }
    println!("kills at system calls: {kills}, {counts:?}");
    assert!(kills > 20, "{kills}");
}
