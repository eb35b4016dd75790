//! `generate`: files of the user stay as they are.
#![cfg(feature = "cli")]

use discovery_codegen::commands::generate::config;
use discovery_codegen::commands::generate::crates::{CrateOptions, prepare};
use std::fs;
use std::path::{Path, PathBuf};

const DOCUMENT: &str =
    r#"{"name": "books", "version": "v1", "title": "Books", "rootUrl": "https://books.example.com/"}"#;

fn generate(document: &Path, out: &Path) {
    let options = CrateOptions {
        specs: &[document.to_owned()],
        overlay: None,
        include: &[],
        out,
        crate_name: None,
        runtime_path: Some(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("runtime")),
        lock: None,
        ref_folders: &[],
    };
    prepare(&options).unwrap().plan.apply().unwrap();
}

fn read(path: PathBuf) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn an_edited_crate_is_generated_again() {
    let root = tempfile::tempdir().unwrap();
    let (document, out) = (root.path().join("books.json"), root.path().join("books"));
    fs::write(&document, DOCUMENT).unwrap();
    generate(&document, &out);
    assert!(read(out.join("Cargo.toml")).contains("path = \"../"), "{}", read(out.join("Cargo.toml")));

    let edited = "[package]\nname = \"my-books\"\nversion = \"2.1.0\"\nedition = \"2024\"\nlicense = \"MIT\"\n\n[features]\nmine = []\n\n[dependencies]\nserde = \"1\"\n";
    fs::write(out.join("Cargo.toml"), edited).unwrap();
    fs::write(out.join("README.md"), "# My books\n").unwrap();
    fs::write(out.join("src/types.rs"), "").unwrap();
    generate(&document, &out);
    let manifest = read(out.join("Cargo.toml"));
    for part in [
        "version = \"2.1.0\"",
        "license = \"MIT\"",
        "mine = []",
        "serde = \"1\"",
        "client = [\"discovery-runtime/client\"]",
        "discovery-runtime = {",
    ] {
        assert!(manifest.contains(part), "{part} in\n{manifest}");
    }
    assert_eq!(read(out.join("README.md")), "# My books\n");
    assert!(read(out.join("src/types.rs")).contains("@generated"));

    // A second run changes nothing.
    generate(&document, &out);
    assert_eq!(read(out.join("Cargo.toml")), manifest);
}

#[test]
fn the_configuration_and_the_manifest_have_the_same_name() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("books.json"), DOCUMENT).unwrap();
    fs::write(
        root.path().join("codegen.toml"),
        "[crate]\nname = \"books\"\npath = \"out\"\n\n[[api]]\nspec = \"books.json\"\n",
    )
    .unwrap();
    fs::create_dir(root.path().join("out")).unwrap();
    let manifest = root.path().join("out/Cargo.toml");
    fs::write(&manifest, "[package]\nname = \"films\"\n").unwrap();
    let error = config::prepare(&root.path().join("codegen.toml")).unwrap_err();
    assert!(error.render(false).contains("the crate is not named `books`"), "{error}");

    fs::write(&manifest, "[package]\nname = \"books\"\n").unwrap();
    config::prepare(&root.path().join("codegen.toml")).unwrap().plan.apply().unwrap();
    let text = read(manifest);
    assert!(text.contains("discovery-runtime = { version = ") && text.contains("books-v1 = []"), "{text}");
}
