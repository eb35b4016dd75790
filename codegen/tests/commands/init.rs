//! `init`.

use super::*;
use std::io::Write;
use std::process::Stdio;

#[test]
fn a_new_crate_is_a_member_of_the_workspace_around_it() {
    let workspace = "[workspace]\nresolver = \"3\"\nmembers = [\"app\"]\nexclude = [\"other\"]\n";
    let member = "[package]\nname = \"app\"\nversion = \"0.1.0\"\n";
    let folder = Folder::new(&[("pets.yaml", PETS), ("Cargo.toml", workspace), ("app/Cargo.toml", member)]);
    let init = |path: &str| folder.ok(&["init", "pets.yaml", "--include", "**", "--name", "toys", "--path", path]);
    assert_eq!(init("app"), "cd app && cargo run -p toys --example request\n");
    assert_eq!(folder.read("app/Cargo.toml"), member);
    assert!(folder.read("Cargo.toml").contains("members = [\"app\", \"app/toys\"]"));
    assert_eq!(init("other/my ws"), "cd 'other/my ws' && cargo run -p toys --example request\n");
    assert!(folder.read("other/my ws/Cargo.toml").contains("members = [\"toys\"]"));
    // Only a new workspace has an output folder of its own.
    assert_eq!(folder.read("other/my ws/.gitignore"), "/target\n");
    assert!(!folder.path(".gitignore").exists() && !folder.path("app/.gitignore").exists());
}

#[test]
fn a_pattern_among_the_documents_is_named() {
    let error = pets().fails(&["init", "pets.yaml", "--include", "pets.list", "pets.*", "--name", "toys"]);
    assert!(error.contains("`pets.*` is a pattern") && error.contains("--include 'pets.*'"), "{error}");
}

#[test]
fn an_invalid_answer_is_asked_for_again() {
    let folder = pets();
    folder.write("taken/Cargo.toml", "");
    let mut child = Command::new(env!("CARGO_BIN_EXE_discovery-codegen"))
        .arg("init")
        .current_dir(folder.path(""))
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    folder.write("toys.yaml", PETS.replace("pets.", "toys.").replace("title: Pets", "title: Toys"));
    let answers =
        "no.yaml\npets\npets.yaml, toys.yaml\ncats.*\npets.*\npets.*, toys.list\n3d\nSpec\ntarget\ntaken\ntoys\n";
    // The command may end before it reads all answers.
    let _ = child.stdin.take().unwrap().write_all(answers.as_bytes());
    let output = child.wait_with_output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{error}");
    for message in [
        "cannot read `no.yaml`",
        "no file is named `pets`",
        "as `pets:v1`",
        "`cats.*` matches no method",
        "no pattern matches a method of toys",
        "invalid crate name `3d`",
        "`Spec`: it is the folder of the documents",
        "`target`: it is the folder of Cargo's output",
        "exists",
    ] {
        assert!(error.contains(message), "{message} in\n{error}");
    }
    assert!(folder.read("toys/Cargo.toml").contains("name = \"toys\""));
}

#[test]
fn errors_name_the_manifest() {
    let folder = pets();
    folder.write("Cargo.toml", "[workspace]\nmembers\n");
    let error = folder.fails(&["init", "pets.yaml", "--include", "**", "--name", "toys"]);
    assert!(error.contains("Cargo.toml:2:8"), "{error}");
    folder.write("other/pets.yaml", PETS);
    let error = folder.fails(&["init", "pets.yaml", "other/pets.yaml", "--include", "**", "--name", "toys"]);
    assert!(error.contains("two documents have the name `pets`") && error.contains("rename"), "{error}");
}

/// A new workspace does not take in the packages below it: Cargo would refuse them.
#[test]
fn packages_below_a_new_workspace_are_left_alone() {
    let package = "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
    let folder = Folder::new(&[("pets.yaml", PETS), ("my app/Cargo.toml", package), ("my app/src/lib.rs", "")]);
    folder.ok(&["init", "pets.yaml", "--include", "**", "--name", "toys", "--runtime-path", &runtime()]);
    assert!(folder.read("Cargo.toml").contains("exclude = [\"my app\"]"));
    for member in ["my app", "toys"] {
        let metadata = ["metadata", "--offline", "--no-deps", "--format-version", "1"];
        let output = Command::new(env!("CARGO")).args(metadata).current_dir(folder.path(member)).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn a_document_that_is_there_is_used_whole_or_left_alone() {
    let folder = Folder::new(&[("spec/pets.yaml", PETS)]);
    let init = ["init", "spec/pets.yaml", "--include", "pets.*", "--name", "toys"];
    let vendored = folder.ok(&["vendor", "spec/pets.yaml", "--include", "pets.*", "--output", "-"]);
    folder.write("spec/pets.json", PETS);
    let error = folder.fails(&init);
    assert!(error.contains("`./spec/pets.json` exists") && error.contains("--whole"), "{error}");
    assert!(!folder.path("toys").exists());
    folder.write("spec/pets.json", vendored);
    folder.ok(&init);
    assert!(folder.read("spec/codegen.toml").contains("`x-include`"));
    let folder = Folder::new(&[("spec/pets.yaml", PETS)]);
    folder.ok(&["init", "spec/pets.yaml", "--whole", "--include", "pets.*", "--name", "toys"]);
    assert_eq!(folder.read("spec/pets.yaml"), PETS);
    assert!(!folder.read("spec/codegen.toml").contains("x-include"));
}

/// The other files of a document are not copied, and its types would be lost.
#[test]
fn a_document_of_several_files_is_not_copied() {
    let split = PETS.replace("#/components/schemas/Pet", "parts/pet.yaml");
    let folder = Folder::new(&[("api/pets.yaml", &split), ("api/parts/pet.yaml", "type: object\n")]);
    let init = ["init", "api/pets.yaml", "--include", "**", "--name", "toys", "--path", "ws"];
    let vendor = ["vendor", "api/pets.yaml", "--include", "pets.*", "--output", "pets.json"];
    for arguments in [&init[..], &[&init[..], &["--whole"]].concat(), &vendor] {
        let error = folder.fails(arguments);
        assert!(error.contains("not copied: `parts/pet.yaml`") && error.contains("api/pets.yaml:14:82"), "{error}");
    }
    assert!(!folder.path("ws").exists() && !folder.path("pets.json").exists());
    folder.ok(&["vendor", "api/pets.yaml", "--include", "owners.*", "--output", "owners.json"]);
    // A file that cannot be read is a warning, as before.
    folder.write("alone/pets.yaml", &split);
    folder.ok(&["vendor", "alone/pets.yaml", "--include", "**", "--output", "alone.json"]);
}
