//! `init` in an empty folder.

use super::*;

#[test]
fn a_new_crate_builds_and_runs_its_example() {
    let workplace = Workplace::new();
    workplace.init();
    let configuration = workplace.read("spec/codegen.toml");
    assert!(configuration.contains("spec = \"zoo.v1.json\"") && configuration.contains("/pets\""), "{configuration}");
    // Pruned, and without descriptions.
    for (path, absent) in [("spec/zoo.v1.json", ["Cage", "An animal."]), ("spec/pets.json", ["Owner", "A pet."])] {
        let text = workplace.read(path);
        assert!(text.contains("x-include") && absent.iter().all(|word| !text.contains(word)), "{text}");
    }
    let run = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline", "--package", "beasts", "--example", "request", "--no-default-features"])
        .args(["--features", "zoo-v1"])
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("init"))
        .current_dir(workplace.path())
        .output()
        .unwrap();
    let (out, errors) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert_eq!(out, "GET https://zoo.example.com/v1/animals/example:get\n", "{errors}");
    assert!(!errors.contains("warning"), "{errors}");
}

#[test]
fn init_reads_standard_input_and_overwrites_no_files() {
    let workplace = Workplace::new();
    workplace.write("zoo.json", &zoo(20260101));
    let run = |answers: &str| {
        use std::io::Write;
        use std::process::Stdio;
        let mut child = Command::new(env!("CARGO_BIN_EXE_discovery-codegen"))
            .arg("init")
            .current_dir(workplace.path())
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // The command may end before it reads all answers.
        let _ = child.stdin.take().unwrap().write_all(answers.as_bytes());
        let output = child.wait_with_output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    assert_eq!(run("").0, 2);
    let (code, text) = run("zoo.json\nanimals.{get,feed}\nbeasts\n");
    assert!(code == 2 && text.contains("`animals.{get,feed}`"), "{text}");
    let (code, text) = run("zoo.json\n\n\n");
    assert_eq!(code, 0, "{text}");
    assert!(workplace.read("Cargo.toml").contains("members = [\"zoo-v1\"]"));
    assert!(workplace.read("zoo-v1/Cargo.toml").contains("name = \"zoo-v1\""));
    let before = workplace.files();
    let (code, text) = run("zoo.json\n\nother\n");
    assert!(code == 2 && text.contains("exists"), "{text}");
    assert_eq!(workplace.files(), before);
    #[cfg(unix)]
    {
        let outside = tempfile::tempdir().unwrap();
        std::fs::remove_dir_all(workplace.path().join("spec")).unwrap();
        std::os::unix::fs::symlink(outside.path(), workplace.path().join("spec")).unwrap();
        let (code, text) = run("zoo.json\n\nother\n");
        assert!(code == 2 && text.contains("spec` is a symbolic link"), "{text}");
        assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 0);
    }
}
