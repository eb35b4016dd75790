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
    let bash = folder.ok(&["completions", "bash"]);
    let complete = |words: &[&str]| {
        let last = words.len() - 1;
        let script = format!(
            "{bash}\nCOMP_WORDS=({})\nCOMP_CWORD={last}\n_discovery__codegen discovery-codegen '{}' '{}'\necho ${{COMPREPLY[*]}}",
            words.iter().map(|word| format!("'{word}' ")).collect::<String>(),
            words[last],
            words[last - 1]
        );
        let output = Command::new("bash").args(["-c", &script]).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    for (words, expected) in [
        (&["discovery-codegen", "ov"][..], "overlay"),
        (&["discovery-codegen", "generate", "--incl"], "--include"),
        (&["discovery-codegen", "overlay", "ti"], "tidy"),
        (&["discovery-codegen", "diff", "--format", "sa"], "sarif"),
        (&["discovery-codegen", "unions", "import", "--proto"], "--proto-path"),
    ] {
        assert_eq!(complete(words).trim(), expected, "{words:?}");
    }
    folder.ok(&["man", "--output", "man1"]);
    let pages = fs::read_dir(folder.path("man1")).unwrap().map(|page| page.unwrap().path());
    let pages: Vec<String> = pages.map(|page| page.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    for name in folder.read("man1/discovery-codegen.1").lines().filter_map(|line| line.strip_suffix("(1)")) {
        assert!(pages.contains(&name.replace("\\-", "-")), "{name} in {pages:?}");
    }
    for page in ["discovery-codegen", "discovery-codegen-update", "discovery-codegen-overlay-tidy"] {
        let text = folder.read(&format!("man1/{page}.1"));
        assert!(text.contains(".SH NAME") && text.contains(page), "{text}");
        assert!(text.contains(concat!("discovery-codegen ", env!("CARGO_PKG_VERSION"))), "{text}");
    }
}
