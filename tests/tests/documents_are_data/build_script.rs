//! Directives that a build script prints for Cargo.

use crate::cases::{Case, SUBJECTS, all_at_once, one_at_a_time};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Runs the builder on a case as a build script would, in a folder; gives what it says to Cargo.
fn said(folder: &Path, given: &discovery_fuzz::generator::Given) -> (bool, String) {
    let spec = folder.join(given.name);
    fs::write(&spec, &given.document).unwrap();
    let overlay = spec.with_extension("overlay.toml");
    fs::write(&overlay, given.overlay.as_deref().unwrap_or_default()).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_build_script")).arg(&spec).env("OUT_DIR", folder).output().unwrap();
    (output.status.success(), String::from_utf8(output.stdout).unwrap())
}

fn check(case: &Case) {
    let folder = tempfile::tempdir().unwrap();
    let (_, evil) = said(folder.path(), &case.evil);
    for line in evil.lines() {
        let warning = line.strip_prefix("cargo::warning=");
        let known = line.strip_prefix("cargo::rerun-if-changed=").is_some_and(|path| path.starts_with('/'));
        let place = (&case.place, &case.text);
        assert!(warning.is_some() || known, "{place:?}: {evil}");
        assert_eq!(discovery_fuzz::hostile::control(line), None, "{place:?}: {line:?}");
    }
}

#[test]
fn nothing_but_its_own_directives() {
    let with_line_ends = |case: &Case| case.text.contains(['\n', '\r', '\u{1b}', '\u{2028}']);
    let cases = SUBJECTS[..4].iter().flat_map(one_at_a_time).filter(with_line_ends).step_by(20);
    cases.chain(all_at_once().into_iter().filter(with_line_ends)).for_each(|case| check(&case));
}
