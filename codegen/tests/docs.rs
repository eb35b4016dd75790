//! Consistency of the documentation with the code.

use std::fs;
use std::path::Path;

/// Every key of overlays is documented.
#[test]
fn the_keys_of_overlays_are_documented() {
    let docs = include_str!("../docs/overlay.md");
    let code = include_str!("../src/parser/overlay/notes.rs");
    let keys = code.lines().filter_map(|line| line.trim().strip_prefix("pub ")?.split_once(": "));
    let keys: Vec<&str> = keys.map(|(key, _)| key).filter(|key| !key.contains(['(', ' '])).collect();
    assert!(keys.len() > 20, "{keys:?}");
    for key in keys {
        // `kind` is `type` in the file.
        let key = if key == "kind" { "type" } else { key };
        assert!(docs.contains(&format!("`{key}")), "`{key}` is not documented in overlay.md");
    }
}

/// Checks that files have the constants and functions that the guide of contributors names: `X` in `path`.
#[test]
fn names_in_files_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let guide = fs::read_to_string(root.join("CONTRIBUTING.md")).unwrap();
    let guide = guide.split_whitespace().collect::<Vec<_>>().join(" ");
    let parts: Vec<&str> = guide.split('`').collect();
    let mut named = 0;
    for window in parts.windows(3) {
        let [name, between, path] = [window[0], window[1], window[2]];
        let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if between == " in " && is_name(name) && path.starts_with("codegen/") && path.ends_with(".rs") {
            named += 1;
            assert!(fs::read_to_string(root.join(path)).unwrap().contains(name), "`{name}` in `{path}`");
        }
    }
    assert!(named > 5, "{named}");
}

/// Checks that files and folders in the documentation exist.
#[test]
fn paths_in_documents_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let documents = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "codegen/README.md"].map(|path| root.join(path));
    let docs = fs::read_dir(root.join("codegen/docs")).unwrap().map(|entry| entry.unwrap().path());
    let mut named = 0;
    for document in documents.into_iter().chain(docs.filter(|path| path.extension().is_some_and(|ext| ext == "md"))) {
        let text = fs::read_to_string(&document).unwrap();
        let in_code = text.split('`').skip(1).step_by(2).filter(|path| {
            ["codegen/", "generated/", "tests/", ".ci/"].iter().any(|folder| path.starts_with(folder))
                && !path.contains(['*', '{', '<', ' ', '…'])
        });
        for path in in_code {
            named += 1;
            assert!(root.join(path).exists(), "{}: `{path}`", document.display());
        }
        for link in text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next()) {
            let is_file = !link.is_empty() && !link.contains("://");
            assert!(!is_file || document.parent().unwrap().join(link).exists(), "{}: {link}", document.display());
        }
    }
    assert!(named > 20, "{named}");
}
