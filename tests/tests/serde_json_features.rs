//! Generated types through serde give the same results with and without the features of `serde_json`, which any crate
//! in a build can switch on for all.

use conformance::project;
use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn no_feature_of_serde_json_changes_a_value() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("serde_json_features");
    let project = project::path("").canonicalize().unwrap().display().to_string();
    fs::create_dir_all(root.join("src")).unwrap();
    for file in ["Cargo.toml", "src/main.rs"] {
        let text = project::text(&format!("tests/serde_json_features/{file}"));
        let text =
            text.replace("../../../codegen", "../../codegen").replace("../../codegen", &format!("{project}/codegen"));
        fs::write(root.join(file), text).unwrap();
    }
    // The lock file of the project, so that no other versions are fetched.
    fs::write(root.join("Cargo.lock"), project::text("Cargo.lock")).unwrap();
    for features in ["", "all", "serde_json/arbitrary_precision", "serde_json/preserve_order"] {
        let output = Command::new(env!("CARGO"))
            .args(["run", "--quiet", "--features", features])
            .current_dir(&root)
            .env("CARGO_TARGET_DIR", root.join("target"))
            .output()
            .unwrap();
        assert!(output.status.success(), "{features}: {}", String::from_utf8_lossy(&output.stderr));
    }
}
