//! The verdict for Rust, checked by rustc: both sides are generated, and a program that uses every item of the old
//! crate is compiled against the new one. Slow: `cargo test -p discovery-codegen --test diff_rustc -- --ignored`.

mod diff_support;

use diff_support::{edit, garden, model, probe, real};
use discovery_codegen::diff::rules::RULES;
use discovery_codegen::diff::{Bump, diff};
use discovery_codegen::passes::names::Names;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A place for crates, with one target folder for all of them.
struct Bench(tempfile::TempDir);

impl Bench {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn generate(&self, document: &str, name: &str) -> PathBuf {
        let (spec, out) = (self.0.path().join("document.json"), self.0.path().join(name));
        std::fs::write(&spec, document).unwrap();
        let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime");
        let output = Command::new(env!("CARGO_BIN_EXE_discovery-codegen"))
            .args(["generate", "--crate-name", "probed", "--spec"])
            .arg(&spec)
            .arg("--out")
            .arg(&out)
            .arg("--runtime-path")
            .arg(runtime)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        out
    }

    /// What rustc says of a program that uses all of `old`, given `new`; nothing where it compiles.
    fn compile(&self, old: &Path, new: &Path) -> Option<String> {
        let program = self.0.path().join("program");
        std::fs::create_dir_all(program.join("src")).unwrap();
        let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime");
        let manifest = format!(
            "[package]\nname = \"program\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n\
             probed = {{ path = {new:?}, default-features = false }}\n\
             discovery-runtime = {{ path = {runtime:?}, default-features = false }}\n"
        );
        std::fs::write(program.join("Cargo.toml"), manifest).unwrap();
        std::fs::write(program.join("src/lib.rs"), probe::source("probed", &old.join("src"))).unwrap();
        let output = Command::new(env!("CARGO"))
            .args(["check", "--quiet", "--offline", "--target-dir"])
            .arg(self.0.path().join("target"))
            .current_dir(&program)
            .output()
            .unwrap();
        (!output.status.success()).then(|| String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

/// Major by what the change means, though a program that ignores meaning may compile: arguments of one type in another
/// order, one name that now is another thing of the same type.
const MEANT: [&str; 2] = ["parameter-order-changed", "rust-name-changed"];

#[test]
#[ignore = "slow: compiles a crate for every example"]
fn every_example_has_the_verdict_that_rustc_gives() {
    let bench = Bench::new();
    let base = garden();
    let old = bench.generate(&base.to_string(), "old");
    assert_eq!(bench.compile(&old, &old), None, "the program compiles against what it was made of");
    let (mut wrong, mut milder) = (Vec::new(), Vec::new());
    for rule in RULES {
        for example in rule.examples {
            let document = edit(base.clone(), example.edits);
            let major = diff(&model(&base), &model(&document), &[], &Names::default()).semver() == Some(Bump::Major);
            let error = bench.compile(&old, &bench.generate(&document.to_string(), "new"));
            match (major, error) {
                (false, Some(error)) => wrong.push(format!("{} compiles no more: {error}", rule.id)),
                (true, None) if !MEANT.contains(&rule.id) => milder.push(rule.id),
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(milder.is_empty(), "major, and rustc sees nothing: {milder:?}");
}

#[test]
#[ignore = "slow: compiles large crates"]
fn real_steps_have_the_verdict_that_rustc_gives() {
    let bench = Bench::new();
    for name in ["storage.v1", "dns.v1", "discoveryengine.v1", "aiplatform.v1"] {
        for pair in real::RELEASES.windows(2) {
            let file = |release: &str| real::documents(release).join(format!("{name}.json"));
            if !file(pair[0]).is_file() {
                println!("{name}: not in {}", pair[0]);
                continue;
            }
            let (a, b) = (real::source(&file(pair[0])), real::source(&file(pair[1])));
            let verdict = diff(&diff_support::read(&a), &diff_support::read(&b), &[], &Names::default()).semver();
            let (old, new) = (bench.generate(&a.text, "old"), bench.generate(&b.text, "new"));
            let error = bench.compile(&old, &new);
            println!(
                "{name} {} to {}: {verdict:?}, rustc says {}",
                pair[0],
                pair[1],
                if error.is_some() { "major" } else { "fine" }
            );
            assert_eq!(verdict == Some(Bump::Major), error.is_some(), "{}", error.unwrap_or_default());
        }
    }
}
