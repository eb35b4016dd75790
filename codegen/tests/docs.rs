//! Documentation that must follow the code.

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
