//! Terminal output of the command.

use crate::cases::{Case, SUBJECTS, at_once};
use discovery_codegen::pipeline::Mode;
use discovery_fuzz::hostile::{command, control};
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
    let commands: [&[&str]; 9] = [
        &["generate", "--spec", spec, "--out", "out"],
        &["generate", "--spec", spec, "--out", "out", "--message-format", "json"],
        &["inspect", spec, "--format", "json"],
        &["request", spec, "animals.get", "--format", "json"],
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
            let place = format!("{} {:?}: {arguments:?}", case.place, case.text);
            assert_eq!((c, command(&text)), (None, None), "{place} shows {text:?}");
        }
    }
}

#[test]
fn control_characters_are_escaped() {
    let folder = tempfile::tempdir().unwrap();
    let is_interpreted = |case: &Case| control(&case.text).is_some() || command(&case.text).is_some();
    let cases = at_once(&SUBJECTS[0], Mode::Strict).into_iter().filter(is_interpreted);
    cases.for_each(|case| check_output(folder.path(), &case));
}

/// File names may be hostile, too.
#[cfg(unix)]
#[test]
fn file_names_are_escaped() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["x\u{1b}[31m\ny\u{202e}.json", "x\n::error::y\r.json", "##[error]x.json", "::error::x.json"] {
        for text in ["{", "{\"kind\": \"discovery#restDescription\"}"] {
            fs::write(folder.path().join(name), text).unwrap();
            for format in ["human", "json"] {
                let output = Command::new(env!("CARGO_BIN_EXE_command"))
                    .args(["generate", "--spec", name, "--out", "out", "--message-format", format])
                    .current_dir(folder.path())
                    .output()
                    .unwrap();
                let text = String::from_utf8(output.stderr).unwrap();
                let shown = (output.status.code(), control(&text), command(&text));
                assert_eq!(shown, (Some(2), None, None), "{text:?}");
            }
        }
    }
}
