//! Errors and warnings for programs, and gates.

use super::*;

/// Returns the lines of standard error, each of which is a diagnostic in JSON.
fn diagnostics(folder: &Folder, arguments: &[&str]) -> Vec<Value> {
    let (_, _, error) = folder.run(&[arguments, &["--message-format", "json"]].concat());
    error.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"))).collect()
}

#[test]
fn everything_on_standard_error_is_json() {
    let unsupported = PETS.replace("text/plain: {schema: {type: string}}", "application/xml: {schema: {type: object}}");
    let folder = Folder::new(&[("pets.yaml", PETS), ("xml.yaml", &unsupported)]);
    let lines = diagnostics(&folder, &["generate", "--spec", "xml.yaml", "--out", "p"]);
    assert!(lines.iter().any(|line| line["message"].as_str().unwrap().contains("files written")), "{lines:#?}");
    assert!(lines.iter().all(|line| line["level"] == "note" || line["level"] == "warning"), "{lines:#?}");
    let lines = diagnostics(&folder, &["generate", "--nope"]);
    assert_eq!((lines.len(), &lines[0]["level"]), (1, &"error".into()));
    assert_eq!(lines[0]["message"], "unexpected argument '--nope' found");
    let lines = diagnostics(&folder, &["man"]);
    assert_eq!(lines[0]["message"], "the following required arguments were not provided: --output <DIR>");
    let lines = diagnostics(&folder, &["diff", "pets.yaml", "nope.yaml"]);
    assert_eq!((lines.len(), &lines[0]["level"]), (1, &"error".into()));
}

#[test]
fn a_file_in_place_of_a_folder() {
    let folder = Folder::new(&[("pets.yaml", PETS), ("file", "")]);
    for arguments in [
        &["generate", "--spec", "pets.yaml", "--out", "file"][..],
        &["generate", "--spec", "pets.yaml", "--out", "file/below"],
        &["man", "--output", "file"],
        &["inspect", "file/pets.yaml"],
        #[cfg(feature = "import")]
        &["unions", "import", "--spec", "pets.yaml", "--proto-path", "file"],
        #[cfg(feature = "fetch")]
        &["init", "pets.yaml", "--include", "**", "--name", "x", "--path", "file"],
    ] {
        let error = folder.fails(arguments);
        assert!(error.contains("error: `file` is not a folder"), "{arguments:?}: {error}");
    }
}

/// A report on a full disk is incomplete: a step of CI must not go on with it.
#[cfg(target_os = "linux")]
#[test]
fn results_that_cannot_be_written() {
    let folder = Folder::new(&[("pets.yaml", PETS)]);
    for arguments in [&["inspect", "pets.yaml"][..], &["diff", "pets.yaml", "pets.yaml"], &["completions", "bash"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_discovery-codegen"));
        let output = command.current_dir(folder.path("")).args(arguments).stdout(full).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {error}");
        assert!(error.contains("error: cannot write to standard output: No space left"), "{arguments:?}: {error}");
    }
}

#[test]
fn names_that_are_invalid_or_unknown() {
    let configuration = "[crate]\nname = \"x\"\npath = \"../x\"\n\n[[api]]\nspec = \"pets.yaml\"\n\n[crate]\n";
    let folder = Folder::new(&[("spec/pets.yaml", PETS), ("spec/codegen.toml", configuration)]);
    let error = folder.fails(&["generate"]);
    assert!(error.contains("duplicate key `crate`"), "{error}");
    let error = folder.fails(&["request", "spec/pets.yaml", "zebra"]);
    assert!(error.contains("`inspect FILE --methods` lists the methods"), "{error}");
    let error = folder.fails(&["generate", "--spec", "spec/pets.yaml", "--out", "x", "--crate-name", "über"]);
    assert!(error.contains("ASCII letters"), "{error}");
}

#[test]
fn a_failed_gate_states_why() {
    let folder = Folder::new(&[
        ("old.yaml", PETS),
        ("new.yaml", &PETS.replace("{kind: {type: string}}", "{kind: {type: string}, age: {type: string}}")),
    ]);
    let (code, _, error) = folder.run(&["diff", "old.yaml", "new.yaml", "--fail-on", "minor"]);
    assert_eq!(code, 1);
    let line = error.lines().find(|line| line.contains("age")).unwrap_or_else(|| panic!("{error}"));
    let fingerprint = line.split_whitespace().next().unwrap();
    folder.ok(&["diff", "accept", fingerprint, "--reason", "wanted", "--until", "2999-01-01"]);
    folder.ok(&["diff", "old.yaml", "new.yaml", "--fail-on", "minor", "--accept", "accept.toml"]);
}

#[test]
fn outputs_overwrite_files_of_their_own_kind() {
    let folder = Folder::new(&[("pets.yaml", PETS), ("notes.md", "# Mine\n"), ("old.yaml", PETS)]);
    let vendor = |output: &'static str| ["vendor", "pets.yaml", "--include", "pets.*", "--output", output];
    for output in ["pets.yaml", "notes.md"] {
        let before = folder.read(output);
        let error = folder.fails(&vendor(output));
        assert!(error.contains("`vendor` did not write it") && error.contains("--force"), "{error}");
        assert_eq!(folder.read(output), before);
    }
    folder.ok(&vendor("spec.json"));
    folder.ok(&vendor("spec.json"));
    folder.ok(&[&vendor("old.yaml")[..], &["--force"]].concat());
    let error = folder.fails(&["diff", "pets.yaml", "spec.json", "--output", "pets.yaml"]);
    assert!(error.contains("exists, and is not a report"), "{error}");
    assert_eq!(folder.read("pets.yaml"), PETS);
    folder.ok(&["diff", "pets.yaml", "spec.json", "--output", "report.txt"]);
    folder.ok(&["diff", "pets.yaml", "spec.json", "--output", "report.txt"]);
}

#[test]
fn documents_of_different_apis_are_noted() {
    let cars = PETS.replace("title: Pets", "title: Cars").replace("Id: pets.", "Id: cars.");
    let cars = ["notes", "photos", "owners"]
        .iter()
        .fold(cars, |text, name| text.replace(&format!("Id: {name}."), &format!("Id: car_{name}.")));
    let folder = Folder::new(&[("pets.yaml", PETS), ("cars.yaml", &cars), ("any.json", "{\"a\": 1}")]);
    let report = folder.ok(&["diff", "pets.yaml", "cars.yaml"]);
    assert!(report.contains("note: the documents are of different APIs, pets and cars"), "{report}");
    assert!(!folder.ok(&["diff", "pets.yaml", "pets.yaml"]).contains("different APIs"));
    let error = folder.fails(&["inspect", "any.json"]);
    assert!(!error.contains("missing key"), "{error}");
}

/// The runner of GitHub's workflows obeys lines that begin with two colons.
#[test]
fn names_of_documents_begin_no_line() {
    let hostile = PETS
        .replace("name: {type: string}", r#""a\n::error::b": {type: string}, "::c": {type: string}"#)
        .replace("    Pet:", "    \"::d\": {type: object, properties: {e: {type: string}}}\n    Pet:")
        .replace("text/plain: {schema: {type: string}}", r#""text/x\n::error::f": {schema: {type: object}}"#);
    let overlay = "[schemas.\"a\\n::error::g\"]\ndoc = \"x\"\n";
    let folder = Folder::new(&[("old.yaml", PETS), ("pets.yaml", &hostile), ("other.toml", overlay)]);
    let of_one: [&[&str]; 5] = [
        &["inspect", "pets.yaml"],
        &["generate", "--spec", "pets.yaml", "--out", "p"],
        &["overlay", "missing", "--spec", "pets.yaml"],
        &["overlay", "tidy", "--spec", "pets.yaml", "--overlay", "other.toml", "--check"],
        &["unions", "check", "--spec", "pets.yaml"],
    ];
    let reviews = ["text", "markdown", "html", "junit", "sarif", "json"];
    let reviews = reviews.map(|format| ["diff", "pets.yaml", "old.yaml", "--fail-on", "minor", "--format", format]);
    let all = of_one.into_iter().chain(reviews.iter().map(|review| &review[..]));
    for arguments in all.chain([&["diff", "rules", "a\n::error::b\u{202e}"][..]]) {
        for more in [&[][..], &["--message-format", "json"]] {
            let (_, output, error) = folder.run(&[arguments, more].concat());
            let text = output + &error;
            let command = text.lines().find(|line| line.trim_start().starts_with("::"));
            assert_eq!((command, text.contains('\u{202e}')), (None, false), "{arguments:?}: {text}");
        }
    }
    assert!(folder.ok(&["inspect", "pets.yaml"]).contains("  \\u{3a}:d  "));
}
