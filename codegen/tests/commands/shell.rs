//! The subcommand of Cargo, `completions` and `man`.

use super::*;

#[test]
fn a_subcommand_of_cargo() {
    let mut cargo = Command::new(env!("CARGO_BIN_EXE_cargo-discovery-codegen"));
    let output = cargo.args(["discovery-codegen", "diff", "--help"]).output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && help.contains("Usage: cargo discovery-codegen diff"), "{help}");
}

#[test]
fn completions_and_manual_pages() {
    let folder = Folder::new(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let text = folder.ok(&["completions", shell]);
        assert!(text.contains("message-format"), "{shell}: {text}");
    }
    folder.ok(&["man", "--output", "man1"]);
    for page in ["discovery-codegen", "discovery-codegen-update", "discovery-codegen-overlay-tidy"] {
        let text = folder.read(&format!("man1/{page}.1"));
        assert!(text.contains(".SH NAME") && text.contains(page), "{text}");
    }
}
