//! A crate outside of the workspace generates its bindings in `build.rs`, and uses them.

use conformance::project;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A copy of the crate in `tests/consumer`, which tests may change.
struct Consumer {
    root: tempfile::TempDir,
}

impl Consumer {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        for file in ["Cargo.toml", "build.rs", "src/main.rs"] {
            let text = project::text(&format!("tests/consumer/{file}"));
            let project = project::path("").canonicalize().unwrap().display().to_string();
            write(
                &root.path().join("tests/consumer").join(file),
                &text.replace("../../codegen", &format!("{project}/codegen")),
            );
        }
        // The lock file of the project, so that no other versions are fetched.
        write(&root.path().join("tests/consumer/Cargo.lock"), &project::text("Cargo.lock"));
        for file in ["generativelanguage.v1beta.json", "generativelanguage.v1beta.overlay.toml"] {
            write(&root.path().join("spec").join(file), &project::text(&format!("spec/{file}")));
        }
        Self { root }
    }

    /// Runs Cargo. Returns `true` on success, standard output, and standard error.
    fn cargo(&self, arguments: &[&str]) -> (bool, String, String) {
        // A persistent target folder, next to that of these tests.
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("consumer");
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .current_dir(self.root.path().join("tests/consumer"))
            .env("CARGO_TARGET_DIR", target)
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.success(), text(&output.stdout), text(&output.stderr))
    }

    fn is_fresh(&self) -> bool {
        let (built, _, errors) = self.cargo(&["build", "--verbose"]);
        assert!(built, "{errors}");
        assert!(errors.contains(" consumer v0.1.0"), "{errors}");
        errors.contains("Fresh consumer v0.1.0")
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn it_builds_runs_rebuilds_on_changes_only_and_reports_errors() {
    let consumer = Consumer::new();
    let (ran, printed, errors) = consumer.cargo(&["run"]);
    assert!(ran, "{errors}");
    assert!(!errors.contains("warning"), "{errors}");
    insta::assert_snapshot!("consumer", printed);
    let (tested, _, errors) = consumer.cargo(&["test"]);
    assert!(tested, "{errors}");

    assert!(consumer.is_fresh());
    write(&consumer.root.path().join("spec/aiplatform.v1.json"), "{}");
    write(&consumer.root.path().join("tests/consumer/notes.txt"), "not a source of the bindings");
    assert!(consumer.is_fresh());

    // Sending requires a feature.
    let main = consumer.root.path().join("tests/consumer/src/main.rs");
    let text = fs::read_to_string(&main).unwrap();
    for send in ["models.list().send()", "models.list().items()", "models.create(TunedModel::default()).poller()"] {
        let statement = format!("let _ = {send};\n    let requests = [");
        write(&main, &text.replacen("let requests = [", &statement, 1));
        let (built, _, errors) = consumer.cargo(&["build"]);
        assert!(!built, "{send}");
        assert!(errors.contains("error[E0277]: sending a call requires the feature `client`"), "{errors}");
    }
    write(&main, &text);

    let document = consumer.root.path().join("spec/generativelanguage.v1beta.json");
    let text = fs::read_to_string(&document).unwrap();
    write(&document, &text.replacen("\"$ref\": \"TunedModel\"", "\"$ref\": \"TundeModel\"", 1));
    let (built, _, errors) = consumer.cargo(&["build"]);
    assert!(!built);
    for part in ["`TundeModel`", "generativelanguage.v1beta.json:", "did you mean `TunedModel`?"] {
        assert!(errors.contains(part), "{part} in\n{errors}");
    }
    write(&document, &text);
    assert!(!consumer.is_fresh());
    assert!(consumer.is_fresh());

    // An overlay that appears later is used.
    let overlay = consumer.root.path().join("spec/generativelanguage.v1beta.overlay.toml");
    let text = fs::read_to_string(&overlay).unwrap();
    fs::remove_file(&overlay).unwrap();
    assert!(!consumer.is_fresh());
    assert!(consumer.is_fresh());
    write(&overlay, &text);
    assert!(!consumer.is_fresh());
    assert!(consumer.is_fresh());
}

/// Returns the code blocks under a heading of the README.
fn blocks_of_readme(heading: &str) -> Vec<String> {
    let readme = project::text("README.md");
    let part = readme.split(heading).nth(1).unwrap().split("\n### ").next().unwrap();
    let blocks = part.split("```").skip(1).step_by(2);
    blocks.map(|block| block.split_once('\n').unwrap().1.to_owned()).collect()
}

#[test]
fn the_example_of_the_readme_compiles() {
    let root = tempfile::tempdir().unwrap();
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("consumer");
    let cargo = |folder: &Path, arguments: &[&str]| {
        let mut run = Command::new(env!("CARGO"));
        let output = run.args(arguments).current_dir(folder).env("CARGO_TARGET_DIR", &target).output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{errors}");
        errors
    };
    cargo(root.path(), &["new", "--vcs", "none", "app"]);
    let app = root.path().join("app");
    let project = project::path("").canonicalize().unwrap().display().to_string();
    let [manifest, build, main] = blocks_of_readme("### A build script\n").try_into().unwrap();
    // The features take minutes to compile.
    let manifest = manifest
        .replace("# Cargo.toml\n", "")
        .replacen("path = \"…\"", &format!("path = \"{project}/codegen/runtime\""), 1)
        .replacen("path = \"…\"", &format!("path = \"{project}/codegen\""), 1)
        .replace(", features = [\"client\", \"adc\"]", "");
    let new = fs::read_to_string(app.join("Cargo.toml")).unwrap();
    write(&app.join("Cargo.toml"), &new.replace("[dependencies]\n", &manifest));
    write(&app.join("Cargo.lock"), &project::text("Cargo.lock"));
    write(&app.join("build.rs"), &build);
    write(&app.join("src/main.rs"), &main);
    let method = |name: &str| {
        format!(r#""{name}": {{"id": "drive.files.{name}", "httpMethod": "GET", "path": "files/{name}"}}"#)
    };
    let document = format!(
        r#"{{"name": "drive", "version": "v3", "rootUrl": "https://drive.example.com/", "resources": {{"files": {{"methods": {{{}, {}}}}}}}}}"#,
        method("get"),
        method("list")
    );
    write(&app.join("spec/drive.v3.json"), &document);
    let errors = cargo(&app, &["build", "--offline"]);
    assert!(!errors.contains("warning"), "{errors}");
}

const HOOKS_MANIFEST: &str = r#"[package]
name = "hooks"
version = "0.1.0"
edition = "2024"

[dependencies]
discovery-runtime = { path = "PROJECT/codegen/runtime", default-features = false }
serde = { version = "1", features = ["derive"] }

[build-dependencies]
discovery-codegen = { path = "PROJECT/codegen", default-features = false }

[workspace]
"#;

const HOOKS_BUILD: &str = r##"fn main() -> Result<(), discovery_codegen::builder::Error> {
    discovery_codegen::Builder::new()
        .spec("shop.v1.json")
        .derive("Item.{size,payment}", "::std::cmp::Eq")
        .derive("Item", "Eq")
        .derive("Item.size", "Hash")
        .derive("Item.size", "PartialOrd")
        .derive("Item.size", "Ord")
        .attribute("Item", "#[must_use]")
        .replace("Money", "crate::Money")
        .runtime("crate::runtime")
        .generate()
}
"##;

const HOOKS_MAIN: &str = r##"pub use discovery_runtime as runtime;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashSet};

#[allow(dead_code)]
mod shop {
    include!(concat!(env!("OUT_DIR"), "/shop.v1.rs"));
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Money {
    currency_code: String,
    units: i64,
}

runtime::json_type!(Money);

fn main() {
    use shop::types::{Item, item::Size};
    let text = r#"{"name":"::discovery_runtime::x","price":{"currencyCode":"CHF","units":2},"prices":[{"currencyCode":"EUR","units":1}]}"#;
    let item: Item = runtime::json::from_str(text).unwrap();
    assert_eq!(item.price.as_ref(), Some(&Money { currency_code: "CHF".into(), units: 2 }));
    assert_eq!(runtime::json::to_string(&item).unwrap(), text);
    // A value that the type does not accept is kept.
    let text = r#"{"price":{"units":"two"}}"#;
    let item: Item = runtime::json::from_str(text).unwrap();
    assert!(item.price.is_none());
    assert_eq!(runtime::json::to_string(&item).unwrap(), text);
    let sizes: HashSet<Size> = [Size::Big, Size::Big, Size::from("HUGE")].into();
    assert_eq!(sizes.len(), sizes.iter().collect::<BTreeSet<_>>().len());
    println!("{}", sizes.len());
}
"##;

const SHOP: &str = r##"{"name": "shop", "version": "v1", "rootUrl": "https://shop.example.com/", "schemas": {
    "Money": {"id": "Money", "type": "object", "properties": {"units": {"type": "string", "format": "int64"}}},
    "Item": {"id": "Item", "type": "object", "description": "An item that costs Money.", "properties": {
        "name": {"type": "string"}, "price": {"$ref": "Money"}, "prices": {"type": "array", "items": {"$ref": "Money"}},
        "size": {"type": "string", "enum": ["BIG", "SMALL"]}, "payment": {"type": "string", "enum": ["CARD", "CASH"]}}}},
    "resources": {"items": {"methods": {"get": {"id": "shop.items.get", "httpMethod": "GET", "path": "v1/item",
        "response": {"$ref": "Item"}}}}}}"##;

#[test]
fn hooks_change_generated_code() {
    let root = tempfile::tempdir().unwrap();
    let project = project::path("").canonicalize().unwrap().display().to_string();
    write(&root.path().join("Cargo.toml"), &HOOKS_MANIFEST.replace("PROJECT", &project));
    write(&root.path().join("Cargo.lock"), &project::text("Cargo.lock"));
    write(&root.path().join("build.rs"), HOOKS_BUILD);
    write(&root.path().join("src/main.rs"), HOOKS_MAIN);
    write(&root.path().join("shop.v1.json"), SHOP);
    let run = |arguments: &[&str]| {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("consumer");
        let mut command = Command::new(env!("CARGO"));
        let output = command.args(arguments).current_dir(root.path()).env("CARGO_TARGET_DIR", target).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.success(), text(&output.stdout), text(&output.stderr))
    };
    let (ran, printed, errors) = run(&["run"]);
    assert!(ran && printed == "2\n" && !errors.contains("warning"), "{printed}{errors}");

    write(&root.path().join("src/main.rs"), &HOOKS_MAIN.replace("runtime::json_type!(Money);", ""));
    let (built, _, errors) = run(&["build"]);
    assert!(!built && errors.contains("`discovery_runtime::json_type!(Money);` next to its definition"), "{errors}");

    for (right, wrong, message) in [
        ("\"Item.size\", \"Hash\"", "\"Item.sizes\", \"Hash\"", "did you mean `Item.size`?"),
        ("\"#[must_use]\"", "\"must_use\"", "invalid attribute `must_use`"),
        ("crate::Money", "crate::Money;", "invalid path `crate::Money;`"),
    ] {
        write(&root.path().join("build.rs"), &HOOKS_BUILD.replace(right, wrong));
        let (ran, _, errors) = run(&["build"]);
        assert!(!ran && errors.contains(message), "{message} in\n{errors}");
    }
}
