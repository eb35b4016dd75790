//! `update` and its steps, with documents that change.

use super::*;

#[test]
fn update_is_complete_and_idempotent() {
    let workplace = Workplace::new();
    workplace.init();
    let before = workplace.files();
    let (code, text) = workplace.text(&["update"]);
    assert!(code == 0 && text.ends_with("up to date\n"), "{text}");
    assert_eq!(workplace.files(), before);

    workplace.serve(true);
    let (code, text) = workplace.text(&["update", "--check"]);
    assert!(code == 1 && text.contains("not up to date: beasts/CHANGELOG.md"), "{text}");
    assert_eq!(workplace.files(), before);

    let (code, text) = workplace.text(&["update"]);
    // The property `beastTail` looks like a member of the union `beast`.
    assert!(code == 1 && text.contains("`Animal.beastTail` may be a member of the union `beast`"), "{text}");
    for part in [
        "zoo:v1: updated (20260101 → 20260202)",
        "removed from the overlay: schemas.Wing: unknown schema `Wing`",
        "removed from the overlay: schemas.Animal.properties.wing",
        "version: 0.1.0 → 0.2.0 (major changes)",
    ] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
    let after = workplace.files();
    let changed: Vec<&str> =
        after.iter().filter(|(path, text)| before.get(*path) != Some(text)).map(|(path, _)| path.as_str()).collect();
    assert_eq!(
        changed,
        [
            "beasts/CHANGELOG.md",
            "beasts/Cargo.toml",
            "beasts/reviews/0.2.0.md",
            "beasts/src/lib.rs",
            "beasts/src/pets/methods.rs",
            "beasts/src/pets/mod.rs",
            "beasts/src/pets/types.rs",
            "beasts/src/zoo_v1/methods.rs",
            "beasts/src/zoo_v1/mod.rs",
            "beasts/src/zoo_v1/types.rs",
            "spec/pets.json",
            "spec/pets.lock.toml",
            "spec/zoo.v1.json",
            "spec/zoo.v1.lock.toml",
            "spec/zoo.v1.overlay.toml",
        ]
    );
    assert!(before.keys().all(|path| after.contains_key(path)));
    assert!(workplace.read("beasts/Cargo.toml").contains("version = \"0.2.0\""));
    let changelog = workplace.read("beasts/CHANGELOG.md");
    for part in [
        "## 0.2.0 - 2",
        "- `zoo:v1`, 20260101 → 20260202\n- `pets`, v1\n\n",
        "### Added",
        "- `zoo:v1`: `animals.pet` added",
        "`Animal.beastTail`",
        "### Removed",
        "`Animal.wing`",
        "`Pet.tag`",
    ] {
        assert!(changelog.contains(part), "{part} in\n{changelog}");
    }
    let review = workplace.read("beasts/reviews/0.2.0.md");
    assert!(
        review.contains("## To do\n\n- `Animal.beastTail` may be") && review.contains("v1, 20260101 → 20260202"),
        "{review}"
    );
    assert_eq!(
        workplace.read("spec/zoo.v1.overlay.toml"),
        "# Facts about the zoo.\n\n[schemas.Animal.unions.beast]\nmembers = [\"cat\", \"dog\"]\nnot_members = [\"name\"]\nsource = { kind = \"manual\", ref = \"seen\" }\n"
    );

    // A second run changes nothing, and still lists the open tasks.
    let (code, text) = workplace.text(&["update"]);
    assert!(code == 1 && text.contains("`Animal.beastTail`") && text.ends_with("up to date\n"), "{text}");
    assert_eq!(workplace.files(), after);
    let settled = workplace.read("spec/zoo.v1.overlay.toml").replace("[\"name\"]", "[\"name\", \"beastTail\"]");
    workplace.write("spec/zoo.v1.overlay.toml", &settled);
    let (code, text) = workplace.text(&["update"]);
    assert_eq!(code, 0, "{text}");
    assert_eq!(workplace.text(&["update", "--check"]).0, 0);
}

/// Lets the crate inherit the version of its workspace, 0.5.0. Returns the manifests of both.
fn inherit_version(workplace: &Workplace) -> (String, String) {
    let manifest = workplace
        .read("beasts/Cargo.toml")
        .replace("version = \"0.1.0\"\nedition", "version.workspace = true\nedition");
    workplace.write("beasts/Cargo.toml", &manifest);
    let workspace = workplace.read("Cargo.toml") + "\n[workspace.package]\nversion = \"0.5.0\"\n";
    workplace.write("Cargo.toml", &workspace);
    (manifest, workspace)
}

/// A version of the workspace is that of other crates, too: it stays an open task until a person has changed it.
#[test]
fn a_version_of_the_workspace_is_left_to_a_person() {
    let workplace = Workplace::new();
    workplace.init();
    let (manifest, workspace) = inherit_version(&workplace);
    assert_eq!(workplace.text(&["update"]).0, 0);
    workplace.server.serve("/pets", petstore(true));
    let task = "the version of the workspace in `Cargo.toml` is 0.5.0: change it to 0.5.1";
    for _ in 0..2 {
        let (code, text) = workplace.text(&["update"]);
        assert!(code == 1 && text.contains(task), "{text}");
        assert!(workplace.read("beasts/CHANGELOG.md").contains("## 0.5.1"));
        assert!(workplace.read("beasts/reviews/0.5.1.md").contains("change it to 0.5.1"));
    }
    assert_eq!(
        (workplace.read("Cargo.toml"), workplace.read("beasts/Cargo.toml")),
        (workspace.clone(), manifest.clone())
    );
    // A further update before that.
    workplace.serve(true);
    let (code, text) = workplace.text(&["update"]);
    assert!(code == 1 && text.contains("is 0.5.0: change it to 0.6.0"), "{text}");
    workplace.write("Cargo.toml", &workspace.replace("0.5.0", "0.6.0"));
    let (_, text) = workplace.text(&["update"]);
    assert!(!text.contains("the version"), "{text}");
    workplace.write("beasts/Cargo.toml", &manifest.replace("version.workspace = true\n", ""));
    workplace.server.serve("/pets", petstore(true).replace("tag:", "label:"));
    let (code, text) = workplace.text(&["update"]);
    assert!(code == 1 && text.contains("`beasts/Cargo.toml` states no version: add one"), "{text}");
}

/// `bump` compares the versions of the workspace, and leaves a new one to a person, too.
#[test]
fn bump_of_a_version_of_the_workspace() {
    let workplace = Workplace::new();
    workplace.init();
    let (manifest, workspace) = inherit_version(&workplace);
    workplace.commit();
    workplace.write("spec/pets.json", &workplace.read("spec/pets.json").replace("\"name\": {", "\"label\": {"));
    let (code, text) = workplace.text(&["bump", "HEAD", "--check"]);
    assert!(code == 1 && text.contains("major changes after 0.5.0 require 0.6.0"), "{text}");
    let (code, text) = workplace.text(&["bump", "HEAD"]);
    assert!(code == 1 && text.contains("in `Cargo.toml` is 0.5.0: change it to 0.6.0"), "{text}");
    assert!(workplace.read("beasts/CHANGELOG.md").contains("## 0.6.0"));
    assert_eq!((workplace.read("Cargo.toml"), workplace.read("beasts/Cargo.toml")), (workspace.clone(), manifest));
    workplace.write("Cargo.toml", &workspace.replace("0.5.0", "0.6.0"));
    let (code, text) = workplace.text(&["bump", "HEAD"]);
    assert!(code == 0 && text.contains("the version 0.6.0 is high enough"), "{text}");
}

/// `cargo add --path` writes a version next to the path, which Cargo checks.
#[test]
fn packages_that_require_the_old_version_are_listed() {
    let workplace = Workplace::new();
    workplace.init();
    let workspace = workplace.read("Cargo.toml").replace("members = [", "members = [\"app\", ");
    workplace.write("Cargo.toml", &workspace);
    let package = "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n";
    let dependency = |version: &str| format!("beasts = {{ version = \"{version}\", path = \"../beasts\" }}\n");
    let renamed = "zoo = { package = \"beasts\", version = \"0.1\", path = \"../beasts\" }\n";
    let other = "other = { package = \"beasts\", version = \"0.1\" }\n";
    let manifest = |version: &str, target: &str| {
        let (own, target) = (dependency(version), format!("[target.'cfg(unix)'.dev-dependencies]\n{target}"));
        format!("{package}[dependencies]\n{own}\n{target}\n[build-dependencies]\n{other}")
    };
    workplace.write("app/Cargo.toml", &manifest("0.1.0", renamed));
    assert_eq!(workplace.text(&["update"]).0, 0);
    workplace.server.serve("/pets", petstore(false).replace("        name:", "        label:"));
    for _ in 0..2 {
        let (code, text) = workplace.text(&["update"]);
        for required in ["0.1.0", "0.1"] {
            let task = format!("`app/Cargo.toml` requires version {required} of `beasts`: change it to 0.2.0");
            assert!(code == 1 && text.contains(&task), "{text}");
        }
    }
    workplace.write("app/Cargo.toml", &manifest("0.2", ""));
    assert_eq!(workplace.text(&["update"]).0, 0);
}

/// A target that the document never had is misspelled, and nothing that a person wrote is lost.
#[test]
fn misspelled_targets_are_not_removed() {
    let workplace = Workplace::new();
    workplace.init();
    workplace.serve(true);
    workplace.write("spec/zoo.v1.overlay.toml", &OVERLAY.replace("[schemas.Wing]", "[schemas.Wings]"));
    let before = workplace.files();
    let (code, text) = workplace.text(&["update"]);
    assert!(code == 2 && text.contains("unknown schema `Wings`") && text.contains("did you mean `Wing`?"), "{text}");
    assert_eq!(workplace.files(), before);
}

/// The vendored document lacks a schema that its overlay uses, until it is vendored again.
#[test]
fn schemas_that_the_overlay_uses_are_vendored() {
    let workplace = Workplace::new();
    workplace.init();
    let operation = r#"operation = { response = "Cage", source = { kind = "manual", ref = "seen" } }"#;
    workplace.write("spec/zoo.v1.overlay.toml", &format!("[methods.\"animals.get\"]\n{operation}\n"));
    let (code, text) = workplace.text(&["generate"]);
    assert!(code == 2 && text.contains("unknown schema `Cage`") && text.contains("`update` and `vendor`"), "{text}");
    let (code, text) = workplace.text(&["update"]);
    assert!(code == 0 && workplace.read("spec/zoo.v1.json").contains("Cage"), "{text}");
}

#[test]
fn a_changed_revision_alone_is_no_update() {
    let workplace = Workplace::new();
    workplace.init();
    let before = workplace.files();
    workplace.server.serve("/zoo", zoo(20260101).replace("20260101", "20260102"));
    let requests = workplace.server.request_count();
    let (code, text) = workplace.text(&["update"]);
    assert!(code == 0 && text.contains("unchanged"), "{text}");
    assert_eq!(workplace.server.request_count(), requests + 3, "the directory and two documents");
    // An older document is ignored.
    workplace.server.serve("/zoo", zoo(20260202).replace("20260202", "20250101"));
    let (code, text) = workplace.text(&["update"]);
    assert!(code == 0 && text.contains("the server has 20250101, which is older"), "{text}");
    assert_eq!(workplace.files(), before);
}

#[test]
fn a_url_keeps_its_api() {
    let workplace = Workplace::new();
    workplace.init();
    let before = workplace.files();
    let other = petstore(true).replace("title: Petstore", "title: Parkings").replace("/owners", "/cars");
    for (served, message) in [
        (other.replace("/pets/{id}", "/lots/{id}"), "is the document of `Parkings`, not of `Petstore`"),
        (zoo(20260202), "is a Discovery document"),
    ] {
        workplace.server.serve("/pets", served);
        let (code, text) = workplace.text(&["update"]);
        assert!(code == 2 && text.contains(message), "{text}");
        assert_eq!(workplace.files(), before);
    }
    // A new title alone is one of the same API.
    workplace.server.serve("/pets", petstore(true).replace("title: Petstore", "title: Pets").replace("v1}", "1.1.0}"));
    let (code, text) = workplace.text(&["update"]);
    assert!(code == 0 && text.contains("pets: updated"), "{text}");
    workplace.server.serve("/pets", petstore(false).replace("v1}", "1.0.0}"));
    let (code, text) = workplace.text(&["update"]);
    assert!(code == 0 && text.contains("the server has 1.0.0, which is older"), "{text}");
}

#[test]
fn failures_are_listed_and_other_apis_are_updated() {
    let workplace = Workplace::new();
    workplace.init();
    workplace.serve(true);
    // The new document lacks the methods that the patterns select.
    workplace.server.serve("/zoo", zoo(20260202).replace("zoo.animals.", "zoo.beasts."));
    let before = workplace.files();
    let (code, text) = workplace.text(&["update"]);
    assert!(code == 1 && text.contains("zoo:v1 is not updated: pattern `animals.**` matches no method"), "{text}");
    let not_updated = "zoo:v1: not updated (20260101; the server has 20260202)";
    assert!(text.contains(not_updated) && !text.contains("up to date"), "{text}");
    assert!(text.contains("the patterns are those of `x-include` in `spec/zoo.v1.json`"), "{text}");
    assert_eq!(workplace.read("spec/zoo.v1.json"), before["spec/zoo.v1.json"]);
    assert_eq!(workplace.read("beasts/src/zoo_v1/types.rs"), before["beasts/src/zoo_v1/types.rs"]);
    assert!(workplace.read("beasts/src/pets/types.rs").contains("tag"));
    assert!(workplace.read("beasts/Cargo.toml").contains("version = \"0.1.1\""));

    // A document that cannot be fetched or parsed: nothing is written.
    let before = workplace.files();
    workplace.server.serve("/pets", petstore(false));
    for broken in ["<html>sorry</html>", &zoo(20260303)[..200], &zoo(20260303).replace("\"zoo\"", "\"park\"")] {
        workplace.server.serve("/zoo", broken);
        let (code, text) = workplace.text(&["update"]);
        assert_eq!(code, 2, "{text}");
        assert_eq!(workplace.files(), before);
    }
}

#[test]
fn protos_are_imported_with_the_command_of_the_user() {
    let workplace = Workplace::new();
    workplace.init();
    workplace.write("spec/zoo.v1.overlay.toml", "package = \"zoo.v1\"\n");
    workplace.write(
        "protos/zoo.proto",
        "syntax = \"proto3\";\npackage zoo.v1;\nmessage Animal {\n  string name = 1;\n  oneof beast {\n    string cat = 2;\n    string dog = 3;\n  }\n}\n",
    );
    let protos = "url = \"URL/zoo\"\nprotos = [{ npm = \"@zoo/protos\", version = \"1.0.0\", paths = [\".\"] }]\n"
        .replace("URL", &workplace.server.root);
    let configuration = workplace.read("spec/codegen.toml");
    let configuration = configuration.replace("spec = \"zoo.v1.json\"\n", &format!("spec = \"zoo.v1.json\"\n{protos}"));
    workplace.write("spec/codegen.toml", &configuration);
    let (code, text) = workplace.text(&["update"]);
    assert!(code == 2 && text.contains("[update.commands]") && text.contains("npm"), "{text}");
    let line = configuration.lines().position(|line| line.starts_with("protos")).unwrap() + 1;
    assert!(text.contains(&format!("spec/codegen.toml:{line}:11")), "{text}");

    let command = "\n[update.commands]\nnpm = [\"cp\", \"protos/zoo.proto\", \"{folder}/{version}.proto\"]\n";
    workplace.write("spec/codegen.toml", &(configuration.clone() + command));
    let (code, text) = workplace.text(&["update"]);
    assert!(code == 0 && text.contains("added to the overlay: `Animal.beast`: cat, dog"), "{text}");
    assert!(workplace.read("beasts/src/zoo_v1/types.rs").contains("pub enum Beast"));
    // The package is in the cache.
    fs::remove_file(workplace.path().join("protos/zoo.proto")).unwrap();
    let (code, text) = workplace.text(&["update"]);
    assert!(code == 0 && text.ends_with("up to date\n"), "{text}");

    let header = configuration.replace("url = ", "header = \"authorization=NO_TOKEN\"\nurl = ");
    workplace.write("spec/codegen.toml", &header);
    let (code, text) = workplace.text(&["update"]);
    assert!(code == 2 && text.contains("the variable `NO_TOKEN` is not set"), "{text}");
    let line = header.lines().position(|line| line.contains("NO_TOKEN")).unwrap() + 1;
    assert!(text.contains(&format!("spec/codegen.toml:{line}:10")), "{text}");

    let failing = "\n[update.commands]\nnpm = [\"false\"]\n";
    workplace.write("spec/codegen.toml", &(configuration.replace("1.0.0", "1.0.1") + failing));
    let (code, text) = workplace.text(&["update"]);
    assert!(code == 2 && text.contains("`false` failed"), "{text}");
}

#[test]
fn each_step_is_a_command() {
    let workplace = Workplace::new();
    workplace.init();
    workplace.commit();
    assert_eq!(workplace.text(&["bump", "HEAD"]).0, 0);

    workplace.serve(true);
    let (code, text) =
        workplace.text(&["vendor", &format!("{}/zoo", workplace.server.root), "--output", "spec/zoo.v1.json"]);
    assert_eq!(code, 0, "{text}");
    assert_eq!(workplace.text(&["generate"]).0, 2, "targets of the overlay vanished");
    let (code, text) = workplace.text(&["overlay", "tidy", "--check"]);
    assert!(code == 1 && text.contains("to remove: schemas.Wing"), "{text}");
    assert!(workplace.read("spec/zoo.v1.overlay.toml").contains("Wing"));
    assert_eq!(workplace.text(&["overlay", "tidy"]).0, 0);
    let (code, text) = workplace.text(&["overlay", "missing"]);
    let entry = |name: &str| text.find(name).unwrap_or_else(|| panic!("{name} in\n{text}"));
    assert_eq!(code, 1);
    assert!(entry("methods.\"animals.get\"\n") < entry("schemas.Animal\n"), "{text}");
    assert!(entry("schemas.Animal\n") < entry("schemas.Animal.properties.beastTail\n"), "{text}");
    assert!(entry("schemas.Animal.properties.beastTail\n") < entry("methods.\"animals.pet\"\n"), "{text}");
    assert_eq!(workplace.text(&["unions", "check"]).0, 1);
    assert_eq!(workplace.text(&["generate"]).0, 0);
    let (code, text) = workplace.text(&["bump", "HEAD", "--check"]);
    assert!(code == 1 && text.contains("major changes after 0.1.0 require 0.2.0"), "{text}");
    assert_eq!(workplace.text(&["bump", "HEAD"]).0, 0);
    assert!(workplace.read("beasts/CHANGELOG.md").contains("## 0.2.0"));
    let before = workplace.files();
    assert_eq!(workplace.text(&["bump", "HEAD"]).0, 0);
    assert_eq!(workplace.files(), before);
}

/// `fetch` still knows a document that `update` brought to another revision.
#[test]
fn the_lock_of_fetched_documents_is_renewed() {
    let workplace = Workplace::new();
    let url = format!("{}/zoo", workplace.server.root);
    let (code, text) = workplace.text(&["fetch", "zoo:v1", "--url", &url]);
    assert_eq!(code, 0, "{text}");
    let manifest = "[package]\nname = \"beasts\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
    workplace.write("beasts/Cargo.toml", manifest);
    let configuration = "[crate]\nname = \"beasts\"\npath = \"../beasts\"\n\n[[api]]\nspec = \"zoo.v1.json\"\n";
    workplace.write("spec/codegen.toml", configuration);
    assert_eq!(workplace.text(&["update"]).0, 0);
    workplace.serve(true);
    assert_eq!(workplace.text(&["fetch", "--check"]).0, 1);
    let (code, text) = workplace.text(&["update"]);
    assert!(code == 0 && workplace.read("spec/spec.lock").contains("20260202"), "{text}");
    for arguments in [&["fetch"][..], &["fetch", "--check"]] {
        let (code, text) = workplace.text(arguments);
        assert!(code == 0 && text.contains("zoo.v1: unchanged (20260202)"), "{text}");
    }
    // The same for `--output`, and not for an edited document.
    workplace.serve(false);
    let output = ["fetch", "zoo:v1", "--url", &url, "--output", "spec/zoo.v1.json"];
    assert_eq!(workplace.text(&output).0, 0);
    let (code, text) = workplace.text(&["fetch", "--check"]);
    assert!(code == 0 && text.contains("unchanged (20260101)"), "{text}");
    workplace.write("spec/zoo.v1.json", &(workplace.read("spec/zoo.v1.json") + " "));
    let before = workplace.read("spec/spec.lock");
    workplace.serve(true);
    assert_eq!(workplace.text(&["update"]).0, 0);
    assert_eq!(workplace.read("spec/spec.lock"), before);
}

/// An update that fails at its end reports none of its steps as done.
#[test]
fn nothing_is_said_to_be_updated_that_is_not() {
    let workplace = Workplace::new();
    workplace.init();
    workplace.serve(true);
    let manifest = workplace.read("beasts/Cargo.toml");
    for (version, message) in [
        ("version = \"1.0\"", "invalid version `1.0`"),
        ("version.workspace = true", "add `version` to `[workspace.package]`"),
    ] {
        workplace.write("beasts/Cargo.toml", &manifest.replace("version = \"0.1.0\"", version));
        let (code, text) = workplace.text(&["update"]);
        assert!(code == 2 && text.contains(message) && !text.contains(": updated"), "{text}");
    }
}

#[test]
fn an_entry_of_the_version_is_noted() {
    let workplace = Workplace::new();
    workplace.init();
    workplace.serve(true);
    workplace.write("beasts/CHANGELOG.md", "## 0.2.0 (unreleased)\n\n- mine\n");
    let (_, text) = workplace.text(&["update"]);
    assert!(text.contains("`beasts/CHANGELOG.md` has an entry of 0.2.0 already"), "{text}");
    assert_eq!(workplace.read("beasts/CHANGELOG.md"), "## 0.2.0 (unreleased)\n\n- mine\n");
}

/// Each of several runs would give the crate a version of its own.
#[test]
fn runs_at_the_same_time_are_one_update() {
    let workplace = Workplace::new();
    workplace.init();
    workplace.serve(true);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| workplace.text(&["update"]));
        }
    });
    assert!(workplace.read("beasts/Cargo.toml").contains("version = \"0.2.0\""));
    assert_eq!(workplace.read("beasts/CHANGELOG.md").matches("\n## ").count(), 1);
}

#[test]
fn leftovers_of_a_killed_run_are_removed() {
    let workplace = Workplace::new();
    workplace.init();
    let before = workplace.files();
    workplace.write("beasts/reviews/.discovery-codegen-staging-1-2-0/0.new", "half");
    assert_eq!(workplace.text(&["update"]).0, 0);
    assert_eq!(workplace.files(), before);
}

#[test]
fn a_cache_that_cannot_be_written_is_one_error() {
    let workplace = Workplace::new();
    workplace.init();
    fs::remove_dir_all(workplace.path().join(".cache")).unwrap();
    workplace.write(".cache", "a file");
    let (code, text) = workplace.text(&["update"]);
    assert!(code == 2 && text.matches("error:").count() == 1 && text.contains("`--cache`"), "{text}");
}

#[cfg(unix)]
#[test]
fn reviews_are_not_written_through_links() {
    let workplace = Workplace::new();
    workplace.init();
    let other = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(other.path(), workplace.path().join("beasts/reviews")).unwrap();
    workplace.serve(true);
    let (code, text) = workplace.text(&["update"]);
    assert!(code == 2 && text.contains("`beasts/reviews` is a symbolic link"), "{text}");
    assert_eq!(fs::read_dir(other.path()).unwrap().count(), 0);
}
