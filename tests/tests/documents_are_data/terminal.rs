//! Terminal output of the command.

use crate::FEW;
use crate::cases::{Case, SUBJECTS, all_at_once, one_at_a_time};
use discovery_fuzz::hostile::control;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Checks the output of all subcommands for a case.
fn check_output(folder: &Path, case: &Case) {
    let spec = case.hostile.name;
    fs::write(folder.join(spec), &case.hostile.document).unwrap();
    fs::write(folder.join("twin.json"), &case.twin.document).unwrap();
    if let Some(overlay) = &case.hostile.overlay {
        fs::write(folder.join(spec).with_extension("overlay.toml"), overlay).unwrap();
    }
    let commands: [&[&str]; 6] = [
        &["generate", "--spec", spec, "--out", "out"],
        &["inspect", spec],
        &["unions", "check", "--spec", spec],
        &["vendor", spec, "--include", "**", "--output", "vendored.json"],
        &["diff", "twin.json", spec],
        &["request", spec, "animals.get"],
    ];
    for arguments in commands {
        let output = Command::new(env!("CARGO_BIN_EXE_command")).args(arguments).current_dir(folder).output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(!errors.contains("Usage:"), "invalid arguments {arguments:?}: {errors}");
        for text in [output.stdout, output.stderr] {
            let text = String::from_utf8(text).unwrap();
            let c = control(&text).or(text.contains('\t').then_some('\t'));
            assert_eq!(c, None, "{} {:?}: {arguments:?} shows {text:?}", case.place, case.text);
        }
    }
}

#[test]
#[ignore = "takes minutes: a step of .ci/run"]
fn control_characters_are_escaped() {
    let folder = tempfile::tempdir().unwrap();
    let with_controls = |case: &Case| control(&case.text).is_some();
    let cases = SUBJECTS[..4].iter().flat_map(|subject| one_at_a_time(subject, FEW)).filter(with_controls).step_by(40);
    cases.chain(all_at_once().into_iter().filter(with_controls)).for_each(|case| check_output(folder.path(), &case));
}

/// File names may be hostile, too.
#[cfg(unix)]
#[test]
fn file_names_are_escaped() {
    let folder = tempfile::tempdir().unwrap();
    let name = "x\u{1b}[31m\ny\u{202e}.json";
    for text in ["{", "{\"kind\": \"discovery#restDescription\"}"] {
        fs::write(folder.path().join(name), text).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_command"))
            .args(["generate", "--spec", name, "--out", "out"])
            .current_dir(folder.path())
            .output()
            .unwrap();
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), control(&text)), (Some(2), None), "{text:?}");
    }
}
