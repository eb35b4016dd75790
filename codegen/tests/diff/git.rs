//! The command `diff` at git revisions.

use crate::support::desk::{Desk, json, text};
use crate::support::examples::{edit, garden};
use serde_json::Value;
use std::process::Output;

const NEW_VALUE: &str = r#"/schemas/Plant/properties/state/enum = ["ALIVE", "ASLEEP", "DEAD"]"#;
const NO_LABEL: &str = "/schemas/Plant/properties/label = null";

#[test]
fn standard_input_git_and_folders() {
    let desk = Desk::new();
    desk.put("spec/x.json", garden());
    desk.commit();
    desk.put("spec/x.json", edit(garden(), &[NEW_VALUE]));
    let semver = |output: Output| json(&output)["semver"].clone();
    assert_eq!(semver(desk.diff(&["HEAD:spec/x.json", "spec/x.json", "--format", "json"])), "minor");
    let piped = edit(garden(), &[NO_LABEL]).to_string();
    assert_eq!(semver(desk.diff_with(&["spec/x.json", "-", "--format", "json"], &piped)), "major");

    desk.put("old/a.json", garden());
    desk.put("old/removed.json", edit(garden(), &[r#"/id = "shed:v1""#, r#"/name = "shed""#]));
    desk.put("new/a.json", edit(garden(), &[NEW_VALUE]));
    desk.put("new/come.json", garden());
    let report = json(&desk.diff(&["old", "new", "--format", "json"]));
    assert_eq!(
        (&report["semver"], &report["added"][0], &report["removed"][0]),
        (&"major".into(), &"come".into(), &"removed".into())
    );
    assert_eq!(report["apis"][0]["semver"], "minor");

    for (old, new, message) in [
        ("HEAD:spec/y.json", "spec/x.json", "git reports"),
        ("HEAD~9:spec", "spec", "unknown git revision `HEAD~9`"),
        ("HEAD[:spec/x.json", "spec/x.json", "unknown git revision `HEAD[`"),
        ("HEAD:spec/*.json", "spec/x.json", "git reports"),
        ("HEAD:nospec", "spec", "git reports"),
        ("nospec", "spec", "cannot read"),
        ("spec", "spec/x.json", "is a folder"),
        ("-", "-", "both sides"),
        ("spec/y.json", "spec/x.json", "did you mean `x.json`"),
    ] {
        let wrong = desk.diff(&[old, new]);
        assert_eq!(wrong.status.code(), Some(2));
        let error = text(&wrong.stderr);
        assert!(error.contains(message), "{message} in\n{error}");
    }
}

#[test]
fn folders_and_configurations_at_git_revisions() {
    let desk = Desk::new();
    desk.put("spec/a.json", garden());
    desk.put("spec/b.json", garden());
    desk.put("spec/codegen.toml", "[crate]\nname = \"x\"\npath = \"../x\"\n\n[[api]]\nspec = \"a.json\"\n");
    desk.commit();
    desk.put("spec/a.json", edit(garden(), &[NO_LABEL]));
    std::fs::remove_file(desk.0.path().join("spec/b.json")).unwrap();
    let folders = json(&desk.diff(&["HEAD:spec", "spec", "--format", "json"]));
    assert_eq!((&folders["apis"][0]["semver"], &folders["removed"][0]), (&"major".into(), &"b".into()), "{folders:#}");
    let configured = json(&desk.diff(&["HEAD", "--format", "json"]));
    assert_eq!(configured["apis"][0]["semver"], "major", "{configured:#}");
    assert_eq!(configured["removed"].as_array().unwrap().len(), 0);

    // An API that the configuration no longer lists is removed; one that it lists anew is added.
    desk.put("spec/c.json", garden());
    desk.put("spec/codegen.toml", "[crate]\nname = \"x\"\npath = \"../x\"\n\n[[api]]\nspec = \"c.json\"\n");
    let moved = json(&desk.diff(&["HEAD", "--format", "json"]));
    assert_eq!((&moved["removed"][0], &moved["added"][0]), (&"a".into(), &"c".into()), "{moved:#}");
    assert_eq!(moved["semver"], "major");
}

/// A document of a git revision refers to files of that revision.
#[test]
fn referenced_files_are_those_of_the_revision() {
    let desk = Desk::new();
    let pet = |property: &str| format!("# Pets\nPet: {{type: object, properties: {{{property}: {{type: string}}}}}}\n");
    let document = |file: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: A, version: '1'}}\nservers: [{{url: 'https://a.example.com'}}]\npaths:\n  \
             /pet: {{get: {{responses: {{'200': {{description: '', content: {{application/json: {{schema: \
             {{$ref: '{file}#/Pet'}}}}}}}}}}}}}}\n"
        )
    };
    desk.put("spec/x.yaml", document("parts/pet.yaml"));
    desk.put("spec/parts/pet.yaml", pet("old"));
    desk.put("spec/outside.yaml", document("../secret.yaml"));
    desk.put("secret.yaml", pet("old"));
    desk.commit();
    desk.put("spec/parts/pet.yaml", pet("new"));
    for (old, new) in [("HEAD:spec/x.yaml", "spec/x.yaml"), ("HEAD:./spec/x.yaml", "./spec/x.yaml")] {
        let report = json(&desk.diff(&[old, new, "--format", "json"]));
        assert_eq!(report["semver"], "major", "{report:#}");
        assert_eq!(report["notes"].as_array().map_or(0, Vec::len), 0, "{report:#}");
    }
    for (old, new) in [("HEAD:spec/x.yaml", "./spec/x.yaml"), ("spec/x.yaml", "HEAD:spec/x.yaml")] {
        let annotations = text(&desk.diff(&[old, new, "--format", "github"]).stdout);
        assert!(annotations.contains("file=spec/parts/pet.yaml,line=2,"), "{new}: {annotations}");
        let log = json(&desk.diff(&[old, new, "--format", "sarif"]));
        let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "spec/parts/pet.yaml", "{new}");
        assert_eq!(place["region"]["startLine"], 2, "{new}");
    }
    std::fs::remove_file(desk.0.path().join("spec/outside.yaml")).unwrap();
    let report = text(&desk.diff(&["HEAD:spec", "spec"]).stdout);
    assert!(report.contains("old"), "the document itself is the same: {report}");
    let report = text(&desk.diff(&["HEAD:spec/outside.yaml", "HEAD:spec/x.yaml"]).stdout);
    assert!(report.contains("cannot read the file of `$ref`: `../secret.yaml#/Pet`"), "{report}");
}

/// Annotations name files as the repository has them, whatever their names look like.
#[test]
fn annotations_are_at_paths_of_the_repository() {
    let desk = Desk::new();
    desk.put("spec/old.json", garden());
    desk.put("a,line=5::b.json", edit(garden(), &[NO_LABEL]));
    desk.put("spec/new.json", edit(garden(), &[NO_LABEL]));
    desk.commit();
    for (new, file) in [
        ("a,line=5::b.json", "file=a%2Cline=5%3A%3Ab.json,"),
        ("./spec/new.json", "file=spec/new.json,"),
        ("HEAD:spec/new.json", "file=spec/new.json,"),
        ("HEAD:./spec/new.json", "file=spec/new.json,"),
    ] {
        let annotations = text(&desk.diff(&["spec/old.json", new, "--format", "github"]).stdout);
        assert!(annotations.contains(file), "{new}: {annotations}");
    }
}

/// Methods that the configuration no longer selects are no longer generated, and the service still has them.
#[test]
fn methods_that_the_configuration_selects() {
    let desk = Desk::new();
    let config = |include: &str| {
        let crate_ = "[crate]\nname = \"x\"\npath = \"../x\"\n\n[[api]]\nspec = \"a.json\"\n";
        desk.put("spec/codegen.toml", format!("{crate_}{include}"));
    };
    let findings = |args: &[&str]| -> Vec<String> {
        let report = json(&desk.diff(&[args, &["--format", "json"]].concat()));
        let changes = report["apis"].as_array().unwrap().iter().flat_map(|api| api["changes"].as_array().unwrap());
        let line = |change: &Value| ["rule", "wire", "rust"].map(|key| change[key].as_str().unwrap()).join(" ");
        changes.map(line).collect()
    };
    let (plants, both) = ("include = [\"plants.*\"]\n", "include = [\"plants.*\", \"beds.get\"]\n");
    desk.put("spec/a.json", garden());
    config(both);
    desk.commit();
    config(plants);
    assert_eq!(findings(&["HEAD"]), ["method-excluded safe major"]);
    // Patterns of the command line are those of both revisions.
    assert_eq!(findings(&["HEAD", "--include", "plants.*"]), [""; 0]);
    desk.commit();
    config(both);
    assert_eq!(findings(&["HEAD"]), ["method-included safe minor"]);
    config("");
    assert_eq!(findings(&["HEAD"]), ["method-included safe minor"]);
    // A method that the document no longer has is removed.
    let without = edit(garden(), &["/resources/beds/methods/get = null"]);
    desk.put("spec/a.json", without);
    config(plants);
    assert_eq!(findings(&["HEAD~1"]), ["method-removed breaking major"]);
}
