//! The command `diff` at git revisions.

use crate::support::desk::{Desk, json, text};
use crate::support::examples::{edit, garden};
use serde_json::Value;
use std::process::{Command, Output};

const NEW_VALUE: &str = r#"/schemas/Plant/properties/state/enum = ["ALIVE", "ASLEEP", "DEAD"]"#;
const NO_LABEL: &str = "/schemas/Plant/properties/label = null";

#[test]
fn standard_input_git_and_folders() {
    let desk = Desk::new();
    desk.put("spec/x.json", garden());
    desk.commit();
    desk.put("spec/x.json", edit(garden(), &[NEW_VALUE]));
    let semver = |output: Output| json(&output)["semver"].clone();
    assert_eq!(semver(desk.diff(&["HEAD:spec/x.json", "spec/x.json", "--format", "json"])), "minor");
    let piped = edit(garden(), &[NO_LABEL]).to_string();
    assert_eq!(semver(desk.diff_with(&["spec/x.json", "-", "--format", "json"], &piped)), "major");

    desk.put("old/a.json", garden());
    desk.put("old/removed.json", edit(garden(), &[r#"/id = "shed:v1""#, r#"/name = "shed""#]));
    desk.put("new/a.json", edit(garden(), &[NEW_VALUE]));
    desk.put("new/come.json", garden());
    let report = json(&desk.diff(&["old", "new", "--format", "json"]));
    assert_eq!(
        (&report["semver"], &report["added"][0], &report["removed"][0]),
        (&"major".into(), &"come".into(), &"removed".into())
    );
    assert_eq!(report["apis"][0]["semver"], "minor");

    for (old, new, message) in [
        ("HEAD:spec/y.json", "spec/x.json", "from git: path"),
        ("HEAD~9:spec", "spec", "unknown git revision `HEAD~9`"),
        ("HEAD[:spec/x.json", "spec/x.json", "unknown git revision `HEAD[`"),
        ("HEAD:spec/*.json", "spec/x.json", "from git: path"),
        ("HEAD:nospec", "spec", "from git: path"),
        ("HEAD:old", "spec", "from git: path"),
        ("file:///x.json", "spec", "name the file by its path: `/x.json`"),
        ("ftp://example.com/x.json", "spec", "unsupported scheme `ftp`"),
        ("nospec", "spec", "cannot read"),
        ("spec", "spec/x.json", "is a folder"),
        ("-", "-", "both sides"),
        ("spec/y.json", "spec/x.json", "did you mean `x.json`"),
    ] {
        let wrong = desk.diff(&[old, new]);
        assert_eq!(wrong.status.code(), Some(2));
        let error = text(&wrong.stderr);
        assert!(error.contains(message), "{message} in\n{error}");
    }
}

#[test]
fn folders_and_configurations_at_git_revisions() {
    let desk = Desk::new();
    desk.put("spec/a.json", garden());
    desk.put("spec/b.json", garden());
    desk.put("spec/codegen.toml", "[crate]\nname = \"x\"\npath = \"../x\"\n\n[[api]]\nspec = \"a.json\"\n");
    desk.commit();
    desk.put("spec/a.json", edit(garden(), &[NO_LABEL]));
    std::fs::remove_file(desk.0.path().join("spec/b.json")).unwrap();
    let folders = json(&desk.diff(&["HEAD:spec", "spec", "--format", "json"]));
    assert_eq!((&folders["apis"][0]["semver"], &folders["removed"][0]), (&"major".into(), &"b".into()), "{folders:#}");
    let configured = json(&desk.diff(&["HEAD", "--format", "json"]));
    assert_eq!(configured["apis"][0]["semver"], "major", "{configured:#}");
    assert_eq!(configured["removed"].as_array().unwrap().len(), 0);

    // An API that the configuration no longer lists is removed; one that it lists anew is added.
    desk.put("spec/c.json", garden());
    desk.put("spec/codegen.toml", "[crate]\nname = \"x\"\npath = \"../x\"\n\n[[api]]\nspec = \"c.json\"\n");
    let moved = json(&desk.diff(&["HEAD", "--format", "json"]));
    assert_eq!((&moved["removed"][0], &moved["added"][0]), (&"a".into(), &"c".into()), "{moved:#}");
    assert_eq!(moved["semver"], "major");
}

/// git sets variables for hooks, by which a folder is the root of the repository.
#[test]
fn configurations_in_hooks() {
    let desk = Desk::new();
    desk.put("spec/a.json", garden());
    desk.put("spec/codegen.toml", "[crate]\nname = \"x\"\npath = \"../x\"\n\n[[api]]\nspec = \"a.json\"\n");
    desk.commit();
    desk.put("spec/a.json", edit(garden(), &[NO_LABEL]));
    let folder = desk.0.path().join(".git");
    for variables in [&[("GIT_DIR", ".git")][..], &[("GIT_DIR", folder.to_str().unwrap()), ("GIT_PREFIX", "")]] {
        for arguments in [["diff", "HEAD", "--format=json"].as_slice(), &["diff", "HEAD:spec", "spec", "--format=json"]]
        {
            let mut command = Command::new(env!("CARGO_BIN_EXE_discovery-codegen"));
            command.args(arguments).envs(variables.iter().copied()).current_dir(desk.0.path());
            let report = json(&command.output().unwrap());
            assert_eq!(report["semver"], "major", "{variables:?} {arguments:?}: {report:#}");
        }
    }
}

/// A document of a git revision refers to files of that revision.
#[test]
fn referenced_files_are_those_of_the_revision() {
    let desk = Desk::new();
    let pet = |property: &str| format!("# Pets\nPet: {{type: object, properties: {{{property}: {{type: string}}}}}}\n");
    let document = |file: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: A, version: '1'}}\nservers: [{{url: 'https://a.example.com'}}]\npaths:\n  \
             /pet: {{get: {{responses: {{'200': {{description: '', content: {{application/json: {{schema: \
             {{$ref: '{file}#/Pet'}}}}}}}}}}}}}}\n"
        )
    };
    desk.put("spec/x.yaml", document("parts/pet.yaml"));
    desk.put("spec/parts/pet.yaml", pet("old"));
    desk.put("spec/outside.yaml", document("../secret.yaml"));
    desk.put("secret.yaml", pet("old"));
    desk.commit();
    desk.put("spec/parts/pet.yaml", pet("new"));
    for (old, new) in [("HEAD:spec/x.yaml", "spec/x.yaml"), ("HEAD:./spec/x.yaml", "./spec/x.yaml")] {
        let report = json(&desk.diff(&[old, new, "--format", "json"]));
        assert_eq!(report["semver"], "major", "{report:#}");
        assert_eq!(report["notes"].as_array().map_or(0, Vec::len), 0, "{report:#}");
    }
    for (old, new) in [("HEAD:spec/x.yaml", "./spec/x.yaml"), ("spec/x.yaml", "HEAD:spec/x.yaml")] {
        let annotations = text(&desk.diff(&[old, new, "--format", "github"]).stdout);
        assert!(annotations.contains("file=spec/parts/pet.yaml,line=2,"), "{new}: {annotations}");
        let log = json(&desk.diff(&[old, new, "--format", "sarif"]));
        let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "spec/parts/pet.yaml", "{new}");
        assert_eq!(place["region"]["startLine"], 2, "{new}");
    }
    std::fs::remove_file(desk.0.path().join("spec/outside.yaml")).unwrap();
    let report = text(&desk.diff(&["HEAD:spec", "spec"]).stdout);
    assert!(report.contains("old"), "the document itself is the same: {report}");
    let report = text(&desk.diff(&["HEAD:spec/outside.yaml", "HEAD:spec/x.yaml"]).stdout);
    assert!(report.contains("cannot read the file of `$ref`: `../secret.yaml#/Pet`"), "{report}");
}

/// Annotations name files as the repository has them, whatever their names look like.
#[test]
fn annotations_are_at_paths_of_the_repository() {
    let desk = Desk::new();
    desk.put("spec/old.json", garden());
    desk.put("a,line=5::b.json", edit(garden(), &[NO_LABEL]));
    desk.put("spec/new.json", edit(garden(), &[NO_LABEL]));
    desk.commit();
    for (new, file) in [
        ("a,line=5::b.json", "file=a%2Cline=5%3A%3Ab.json,"),
        ("./spec/new.json", "file=spec/new.json,"),
        ("HEAD:spec/new.json", "file=spec/new.json,"),
        ("HEAD:./spec/new.json", "file=spec/new.json,"),
    ] {
        let annotations = text(&desk.diff(&["spec/old.json", new, "--format", "github"]).stdout);
        assert!(annotations.contains(file), "{new}: {annotations}");
    }
}

/// Methods that the configuration no longer selects are no longer generated, and the service still has them.
#[test]
fn methods_that_the_configuration_selects() {
    let desk = Desk::new();
    let config = |include: &str| {
        let crate_ = "[crate]\nname = \"x\"\npath = \"../x\"\n\n[[api]]\nspec = \"a.json\"\n";
        desk.put("spec/codegen.toml", format!("{crate_}{include}"));
    };
    let findings = |args: &[&str]| -> Vec<String> {
        let report = json(&desk.diff(&[args, &["--format", "json"]].concat()));
        let changes = report["apis"].as_array().unwrap().iter().flat_map(|api| api["changes"].as_array().unwrap());
        let line = |change: &Value| ["rule", "wire", "rust"].map(|key| change[key].as_str().unwrap()).join(" ");
        changes.map(line).collect()
    };
    let (plants, both) = ("include = [\"plants.*\"]\n", "include = [\"plants.*\", \"beds.get\"]\n");
    desk.put("spec/a.json", garden());
    config(both);
    desk.commit();
    config(plants);
    assert_eq!(findings(&["HEAD"]), ["method-excluded safe major"]);
    // Patterns of the command line are those of both revisions.
    assert_eq!(findings(&["HEAD", "--include", "plants.*"]), [""; 0]);
    desk.commit();
    config(both);
    assert_eq!(findings(&["HEAD"]), ["method-included safe minor"]);
    config("");
    assert_eq!(findings(&["HEAD"]), ["method-included safe minor"]);
    // A method that the document no longer has is removed.
    let without = edit(garden(), &["/resources/beds/methods/get = null"]);
    desk.put("spec/a.json", without);
    config(plants);
    assert_eq!(findings(&["HEAD~1"]), ["method-removed breaking major"]);
}

/// A revision has the same documents from wherever the command runs.
#[test]
fn folders_of_revisions_from_other_folders() {
    let desk = Desk::new();
    desk.put("spec/x.json", garden());
    desk.put("x.json", garden());
    desk.put("sub/folder/empty.txt", "");
    desk.commit();
    let outside = tempfile::tempdir_in(desk.0.path().parent().unwrap()).unwrap();
    let edited = edit(garden(), &[NO_LABEL]);
    desk.put("spec/x.json", &edited);
    desk.put("x.json", &edited);
    let root = desk.0.path().canonicalize().unwrap();
    let from_outside = format!("HEAD:../{}/spec", root.file_name().unwrap().to_str().unwrap());
    let absolute = format!("HEAD:{}/spec", root.display());
    for (folder, old, new) in [
        (root.join("sub"), "HEAD:spec", "../spec"),
        (root.join("sub"), "HEAD:../spec", "../spec"),
        (root.join("sub"), "HEAD:./../spec/", "../spec"),
        (root.join("sub"), "HEAD:..", ".."),
        (root.join("sub/folder"), "HEAD:", "../.."),
        (root.clone(), "HEAD:.", "."),
        (root.clone(), "HEAD:", "."),
        (outside.path().to_owned(), from_outside.as_str(), absolute.trim_start_matches("HEAD:")),
        (outside.path().to_owned(), absolute.as_str(), absolute.trim_start_matches("HEAD:")),
    ] {
        let report = json(&desk.diff_in(&folder, &[old, new, "--format", "json"]));
        let lists = ["added", "removed"].map(|key| report[key].as_array().unwrap().len());
        assert_eq!((&report["semver"], lists), (&"major".into(), [0, 0]), "{old} in {}: {report:#}", folder.display());
    }
    let empty = desk.diff_in(&root, &["HEAD:sub", "spec"]);
    assert!(text(&empty.stderr).contains("no documents in the folder `HEAD:sub`"), "{}", text(&empty.stderr));
    let outside = desk.diff_in(outside.path(), &["HEAD:spec", "HEAD:spec"]);
    assert!(text(&outside.stderr).contains("cannot read `HEAD:spec` from git: not a git repository"));
}

/// The configuration of a repository, which others may have written, runs no program.
#[cfg(unix)]
#[test]
fn repositories_run_no_programs() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    desk.put("spec/x.json", garden());
    desk.put("spec/y.json", edit(garden(), &[NO_LABEL]));
    desk.put("spec/y.overlay.toml", "[schemas.Plant]\ndoc = \"A plant.\"\n");
    desk.commit();
    let git = |args: &[&str]| {
        let output = Command::new("git").args(args).current_dir(desk.0.path()).output().unwrap();
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout).trim().to_owned()
    };
    let program = desk.put("program", format!("#!/bin/sh\ntouch '{}/ran'\nexit 1\n", desk.0.path().display()));
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let program = program.to_str().unwrap();
    // A commit in place of a file, with a signature that git would check.
    let commit = git(&["cat-file", "commit", "HEAD"]).replacen("\n\n", "\ngpgsig -----BEGIN PGP SIGNATURE-----\n\n", 1);
    desk.put("commit", commit);
    let commit = git(&["hash-object", "-t", "commit", "-w", "commit"]);
    git(&["update-index", "--add", "--cacheinfo", &format!("160000,{commit},signed.json")]);
    let identity = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
    git(&[&identity[..], &["commit", "-q", "-m", "two"]].concat());
    // A file that a partial clone would fetch.
    for lost in ["HEAD:spec/x.json", "HEAD:spec/y.overlay.toml"] {
        let lost = git(&["rev-parse", lost]);
        std::fs::remove_file(desk.0.path().join(format!(".git/objects/{}/{}", &lost[..2], &lost[2..]))).unwrap();
    }
    for (key, value) in [
        ("core.repositoryFormatVersion", "1"),
        ("extensions.partialClone", "other"),
        ("remote.other.promisor", "true"),
        ("remote.other.url", desk.0.path().to_str().unwrap()),
        ("remote.other.uploadpack", program),
        ("core.sshCommand", program),
        ("core.fsmonitor", program),
        ("core.pager", program),
        ("diff.external", program),
        ("log.showSignature", "true"),
        ("gpg.program", program),
    ] {
        git(&["config", key, value]);
    }
    for (old, message) in [
        ("HEAD:spec/x.json", "this partial clone does not have its content"),
        ("HEAD:./spec/x.json", "this partial clone does not have its content"),
        ("HEAD:signed.json", "cannot read `HEAD:signed.json` from git"),
        ("HEAD:spec", "this partial clone does not have its content"),
        ("HEAD:spec/y.json", "cannot read `HEAD:spec/y.overlay.toml`: this partial clone does not have its content"),
        ("HEAD:spec/y.json", "`git archive HEAD spec > /dev/null`"),
        ("HEAD:spec/z.json", "from git: path 'spec/z.json' does not exist"),
    ] {
        for url in [desk.0.path().to_str().unwrap(), "ssh://example.com/x"] {
            git(&["config", "remote.other.url", url]);
            let new = if old == "HEAD:spec" { "spec" } else { "spec/x.json" };
            let error = text(&desk.diff(&[old, new]).stderr);
            assert!(error.contains(message), "{old}: {error}");
            assert!(!desk.0.path().join("ran").exists(), "{old} with {url}");
        }
    }
}

/// All documents of a folder are read by one process.
#[cfg(unix)]
#[test]
fn folders_of_revisions_take_few_processes() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    for number in 0..20 {
        desk.put(&format!("spec/x{number}.json"), garden());
    }
    desk.put("spec/x0.overlay.toml", "[schemas.Plant]\ndoc = \"A plant.\"\n");
    desk.commit();
    desk.put("spec/x1.json", edit(garden(), &[NO_LABEL]));
    let log = desk.0.path().join("log");
    let path = std::env::var("PATH").unwrap();
    let script = format!("#!/bin/sh\necho \"$*\" >> '{}'\nPATH='{path}' exec git \"$@\"\n", log.display());
    let program = desk.put("bin/git", script);
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_discovery-codegen"))
        .args(["diff", "HEAD:spec", "spec", "--format", "json"])
        .env("PATH", format!("{}:{path}", desk.0.path().join("bin").display()))
        .current_dir(desk.0.path())
        .output()
        .unwrap();
    assert_eq!(json(&output)["apis"].as_array().map(Vec::len), Some(1));
    let log = std::fs::read_to_string(log).unwrap();
    assert!(log.lines().count() <= 4, "{log}");
}
