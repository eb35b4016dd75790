//! Commands that read `codegen.toml`.

use super::*;

const CRATE: &str = "[crate]\nname = \"p\"\npath = \"../p\"\n\n";
const MANIFEST: &str = "[package]\nname = \"p\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";

fn folder(api: &str) -> Folder {
    let configuration = format!("{CRATE}[[api]]\nspec = \"pets.yaml\"\n{api}");
    Folder::new(&[("spec/pets.yaml", PETS), ("spec/codegen.toml", &configuration), ("p/Cargo.toml", MANIFEST)])
}

#[test]
fn a_missing_file_is_named_with_its_remedy() {
    let folder = Folder::new(&[]);
    for command in ["generate", "update", "unions check", "overlay tidy", "diff HEAD", "bump HEAD"] {
        let arguments: Vec<&str> = command.split(' ').collect();
        if arguments[0] == "update" && !cfg!(all(feature = "fetch", feature = "import")) {
            continue;
        }
        let error = folder.fails(&arguments);
        assert!(error.contains("`spec/codegen.toml` does not exist") && error.contains("`init`"), "{error}");
    }
    let folder = Folder::new(&[
        ("spec/pets.yaml", PETS),
        ("spec/codegen.toml", &format!("{CRATE}[[api]]\nspec = \"pets.yaml\"\n")),
    ]);
    let error = folder.fails(&["generate"]);
    for part in ["no crate: `p/Cargo.toml` does not exist", "spec/codegen.toml:3:8", "cargo new --lib p"] {
        assert!(error.contains(part), "{part} in\n{error}");
    }
}

#[test]
fn a_missing_document_is_named_with_its_remedy() {
    let folder =
        folder("\n[[api]]\nspec = \"drive.v3.json\"\n\n[[api]]\nspec = \"x.json\"\nurl = \"https://x.test/x.json\"\n");
    for command in [&["generate"][..], &["update", "--cache", "cache"]] {
        if command[0] == "update" && !cfg!(all(feature = "fetch", feature = "import")) {
            continue;
        }
        let error = folder.fails(command);
        for part in [
            "no document: `spec/drive.v3.json` does not exist",
            "spec/codegen.toml:9:8",
            "fetch drive:v3 --output spec/drive.v3.json",
            "vendor https://x.test/x.json --include '**' --output spec/x.json",
        ] {
            assert!(error.contains(part), "{part} in\n{error}");
        }
    }
}

#[cfg(all(feature = "fetch", feature = "import"))]
#[test]
fn a_secret_in_place_of_a_variable_is_not_shown() {
    let api = "url = \"https://x.test/y\"\nheader = \"authorization=Bearer hunter2\"\n";
    let error = folder(api).fails(&["update", "--cache", "cache"]);
    assert!(error.contains("invalid `header`: no variable") && !error.contains("hunter2"), "{error}");
}

/// Only `fetch` sends a header.
#[test]
fn a_document_behind_a_header_is_fetched() {
    let api = "\n[[api]]\nspec = \"x.json\"\nurl = \"https://x.test/y\"\nheader = \"authorization=TOKEN\"\n";
    let error = folder(api).fails(&["generate"]);
    let command = "fetch x:v1 --url https://x.test/y --header authorization=TOKEN --output spec/x.json";
    assert!(error.contains(command), "{error}");
}

#[test]
fn a_named_file_that_does_not_exist_is_an_error() {
    let folder = pets();
    for command in ["overlay tidy", "overlay missing", "unions check"] {
        let command: Vec<&str> = command.split(' ').collect();
        let error = folder.fails(&[&command, &["--spec", "pats.yaml"][..]].concat());
        assert!(error.contains("cannot read `pats.yaml`") && error.contains("`pets.yaml`"), "{error}");
        let error = folder.fails(&[&command, &["--spec", "pets.yaml", "--overlay", "no.toml"][..]].concat());
        assert!(error.contains("cannot read `no.toml`"), "{error}");
    }
    let import = folder.fails(&["unions", "import", "--spec", "pets.yaml", "--proto-path", "protos"]);
    assert!(!cfg!(feature = "import") || import.contains("cannot read the folder `protos`"), "{import}");
}

#[test]
fn errors_have_the_place_in_the_configuration() {
    for (api, place, message) in [
        ("include = [\"pets.*\", \"toys.*\"]\n", "7:22", "`toys.*` matches no method"),
        ("include = [\"pets.{list,sell}\"]\n", "7:12", "`sell` matches no method"),
        ("\n[[api.hooks]]\ntypes = [\"Toy\"]\n", "9:10", "matches no schema"),
        ("\n[[api.hooks]]\ntypes = ['Pet']\nattributes = ['must_use']\n", "10:15", "expected `#[…]`"),
        ("\n[[api.hooks]]\ntypes = []\n", "6:8", "a hook has no `types`"),
        ("overlay = \"no.toml\"\n", "7:11", "cannot read `spec/no.toml`"),
        ("include = \"pets.*\"\n", "7:11", "expected a list"),
        ("hooks = [\"Pet\"]\n", "7:10", "invalid type: string \"Pet\", expected a table"),
        ("overlay = 1\n", "7:11", "expected a string"),
        ("\n[update]\nchangelog = \"..\"\n", "", "`changelog` is the folder"),
    ] {
        let error = folder(api).fails(&["generate"]);
        assert!(
            error.contains(&format!("spec/codegen.toml{}{place}", if place.is_empty() { "" } else { ":" }))
                && error.contains(message),
            "{error}"
        );
    }
}

#[test]
fn an_invalid_path_of_the_runtime_is_an_error_of_the_crate() {
    let folder = folder("");
    let configuration = folder.read("spec/codegen.toml");
    folder.write("spec/codegen.toml", configuration.replace("\"../p\"\n", "\"../p\"\nruntime = \"rt::\"\n"));
    let error = folder.fails(&["generate"]);
    assert!(error.contains("spec/codegen.toml:4:11") && error.contains("`rt::` of the runtime"), "{error}");
}

#[test]
fn a_merge_conflict_is_named() {
    let conflict = "<<<<<<< ours\na = 1\n=======\na = 2\n>>>>>>> theirs\n";
    for (file, line) in [("spec/pets.lock.toml", 2), ("spec/pets.yaml", 2), ("spec/codegen.toml", 2)] {
        let folder = folder("");
        folder.write(file, format!("# x\n{conflict}"));
        let error = folder.fails(&["generate"]);
        assert!(error.contains("unresolved merge conflict") && error.contains(&format!("{file}:{line}:1")), "{error}");
    }
    let folder = folder("");
    let doc =
        folder.read("spec/codegen.toml").replace("[crate]\n", "[crate]\ndoc = \"\"\"\n<<<<<<< no conflict\n\"\"\"\n");
    folder.write("spec/codegen.toml", doc);
    folder.ok(&["generate"]);
}

/// Commits all files of a folder.
fn commit(folder: &Folder) {
    for arguments in
        [&["init", "-q"][..], &["add", "."], &["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "x"]]
    {
        let ran = Command::new("git").current_dir(folder.path("")).args(arguments).status().unwrap();
        assert!(ran.success());
    }
}

#[test]
fn apis_that_are_added_and_removed_are_in_the_changelog() {
    let folder = folder("");
    folder.write("spec/toys.yaml", PETS);
    commit(&folder);
    let old = folder.read("spec/codegen.toml");
    folder.write("spec/codegen.toml", format!("{old}\n[[api]]\nspec = \"toys.yaml\"\n"));
    folder.ok(&["bump", "HEAD"]);
    let added = folder.read("p/CHANGELOG.md");
    assert!(added.contains("## 0.1.1") && added.contains("### Added\n\n- `toys` added\n"), "{added}");
    assert!(!folder.read("p/reviews/0.1.1.md").contains("| API |"));
    commit(&folder);
    folder.write("spec/codegen.toml", old);
    folder.ok(&["bump", "HEAD"]);
    let removed = folder.read("p/CHANGELOG.md");
    assert!(removed.contains("## 0.2.0"), "{removed}");
    assert!(removed.contains("### Removed\n\n- `toys` removed (**breaking**)\n"), "{removed}");
}

#[test]
fn revisions_and_sides_of_a_comparison() {
    let folder = folder("");
    commit(&folder);
    for arguments in [&["bump", "nope"][..], &["diff", "nope"], &["diff", "nope:spec/pets.yaml", "spec/pets.yaml"]] {
        let error = folder.fails(arguments);
        assert!(error.contains("unknown git revision `nope`"), "{error}");
    }
    for old in ["spec/pets.yaml", "spec", "HEAD:spec/pets.yaml"] {
        let error = folder.fails(&["diff", old]);
        assert!(error.contains("missing NEW"), "{error}");
    }
    let error = folder.fails(&["diff", "HEAD:spec/toys.yaml", "spec/pets.yaml"]);
    assert!(error.contains("cannot read `HEAD:spec/toys.yaml`"), "{error}");
    folder.ok(&["diff", "HEAD"]);
    folder.ok(&["bump", "HEAD"]);
}

#[test]
fn days_of_the_past_accept_nothing() {
    let folder = Folder::new(&[]);
    let error = folder.fails(&["diff", "accept", "0c7c1d3f6a1b2e4d", "--reason", "x", "--until", "2020-01-01"]);
    assert!(error.contains("`--until 2020-01-01` is in the past"), "{error}");
    assert!(!folder.path("accept.toml").exists());
}

#[test]
fn folders_and_protos_exist() {
    let folder = folder("");
    let error = folder.fails(&["generate", "--spec", "spec/pets.yaml", "--out", "q", "--ref-folder", "nofolder"]);
    assert!(error.contains("`nofolder` is not a folder"), "{error}");
    if cfg!(all(feature = "fetch", feature = "import")) {
        let error = folder.fails(&["unions", "import"]);
        assert!(error.contains("no API of the configuration has `protos`"), "{error}");
        fs::create_dir(folder.path("empty")).unwrap();
        let error = folder.fails(&["unions", "import", "--spec", "spec/pets.yaml", "--proto-path", "empty"]);
        assert!(error.contains("no `.proto` files in `empty`"), "{error}");
    }
}

#[test]
fn unions_of_an_openapi_document_are_its_own() {
    let choice = "    Choice: {oneOf: [{type: string}, {type: integer}]}\n    Two: {type: object, properties: {a: {type: string}, b: {$ref: '#/components/schemas/Choice'}}}\n";
    let folder = Folder::new(&[("pets.yaml", &format!("{PETS}{choice}"))]);
    folder.ok(&["unions", "check", "--spec", "pets.yaml"]);
    let (_, list, note) = folder.run(&["inspect", "pets.yaml", "--unions"]);
    assert!(list.is_empty() && note.contains("1 schema with alternatives"), "{list}{note}");
}

#[test]
fn counts_have_a_plural() {
    let folder = folder("include = [\"pets.list\"]\n");
    folder.ok(&["generate"]);
    folder.write("p/src/lib.rs", "");
    let (_, _, status) = folder.run(&["generate"]);
    assert!(status.contains("1 file written, 0 removed"), "{status}");
    let list = folder.ok(&["inspect", "spec/pets.yaml", "--methods", "--include", "pets.list"]);
    assert!(list.starts_with("1 method\n"), "{list}");
    folder.ok(&["generate", "--spec", "spec/pets.yaml", "--out", "q", "--include", "pets.list", "owners.*"]);
}

/// clap waives that an option requires another one if that one conflicts with an option that is given.
#[test]
fn no_option_is_ignored_beside_a_configuration() {
    let folder = folder("");
    for (command, options) in [
        (
            "generate",
            &["--out", "--include", "--overlay", "--crate-name", "--lock", "--runtime-path", "--ref-folder"][..],
        ),
        ("overlay tidy", &["--overlay"]),
        ("overlay missing", &["--overlay"]),
        ("unions check", &["--overlay"]),
        ("unions import", &["--overlay", "--proto-path", "--reference"]),
    ] {
        let command: Vec<&str> = command.split(' ').collect();
        for option in options {
            let error = folder.fails(&[&command, &["--config", "spec/codegen.toml", option, "x"][..]].concat());
            assert!(error.contains("cannot be used with") && error.contains(option), "{option}: {error}");
        }
    }
}

#[test]
fn a_folder_is_no_configuration() {
    let folder = folder("");
    for (path, file) in [("spec", "spec/codegen.toml"), (".", "spec/codegen.toml"), ("p", "p/codegen.toml")] {
        let error = folder.fails(&["generate", "--config", path]);
        assert!(error.contains("is a folder") && error.contains(&format!("name the file: `{file}`")), "{error}");
    }
    folder.write("spec/codegen.toml", "");
    let error = folder.fails(&["generate"]);
    assert!(error.contains("missing key `crate`") && error.contains("spec/codegen.toml:1:1"), "{error}");
}

#[test]
fn a_document_is_listed_once() {
    let error = folder("\n[[api]]\nspec = \"pets.yaml\"\nmodule = \"q\"\n").fails(&["generate"]);
    assert!(error.contains("`pets.yaml` is listed twice") && error.contains("codegen.toml:9:8"), "{error}");
    let folder = folder("\n[[api]]\nspec = \"pets.json\"\n");
    let error = folder.fails(&["generate"]);
    assert!(error.contains("`pets.yaml` and `pets.json` have the same lock"), "{error}");
}

/// Commands that messages state can be pasted into a shell.
#[test]
fn commands_in_messages_are_quoted() {
    let folder = folder("\n[[api]]\nspec = \"my x.json\"\nurl = \"https://x.test/$discovery?a=b&c=d\"\n");
    let error = folder.fails(&["generate"]);
    let command = "vendor 'https://x.test/$discovery?a=b&c=d' --include '**' --output 'spec/my x.json'";
    assert!(error.contains(command), "{error}");
}

#[test]
fn versions_that_cargo_refuses_have_a_place() {
    let folder = folder("");
    folder.ok(&["generate"]);
    commit(&folder);
    let manifest = folder.read("p/Cargo.toml");
    let changed = PETS.replace("{kind: {type: string}}", "{kind: {type: integer}}");
    folder.write("spec/pets.yaml", changed);
    for (version, message) in [
        ("\"1.0\"", "invalid version `1.0`"),
        ("\"v1.0.0\"", "invalid version `v1.0.0`"),
        ("1", "invalid version `1`: expected a string"),
    ] {
        folder.write("p/Cargo.toml", manifest.replace("\"0.1.0\"", version));
        let error = folder.fails(&["bump", "HEAD"]);
        assert!(error.contains(message) && error.contains("p/Cargo.toml:3:11"), "{error}");
    }
    folder.write("p/Cargo.toml", "[package\n");
    let error = folder.fails(&["bump", "HEAD"]);
    assert!(error.contains("p/Cargo.toml:1:"), "{error}");
}

#[test]
fn revisions_of_a_configuration_elsewhere() {
    let outer = Folder::new(&[]);
    let inner = folder("");
    commit(&inner);
    inner.write("spec/pets.yaml", PETS.replace("{kind: {type: string}}", "{kind: {type: integer}}"));
    let path = inner.path("spec/codegen.toml").display().to_string();
    // From the repository, from a folder of it, and from outside.
    for place in [inner.path(""), inner.path("p"), outer.path("")] {
        for arguments in [&["bump", "HEAD", "--check", "--config"][..], &["diff", "HEAD", "--config"]] {
            let mut command = Command::new(env!("CARGO_BIN_EXE_discovery-codegen"));
            let output = command.current_dir(&place).args(arguments).arg(&path).output().unwrap();
            let text = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap()).concat();
            assert!(text.contains("major"), "{place:?} {arguments:?}: {text}");
        }
    }
    let document = inner.path("spec/pets.yaml").display().to_string();
    assert!(inner.ok(&["diff", &format!("HEAD:{document}"), &document]).contains("major"));
}

#[test]
fn revisions_without_a_path() {
    let folder = folder("");
    commit(&folder);
    let error = folder.fails(&["diff", "HEAD", "spec/pets.yaml"]);
    assert!(
        error.contains("`HEAD` is a git revision without a path") && error.contains("`HEAD:spec/x.json`"),
        "{error}"
    );
    let error = folder.fails(&["inspect", "HEAD:spec"]);
    assert!(error.contains("`HEAD:spec` is a folder"), "{error}");
    let error = folder.fails(&["bump", "HEAD:spec"]);
    assert!(error.contains("`HEAD:spec` is not a git revision"), "{error}");
    fs::create_dir(folder.path("a")).unwrap();
    folder.write("a/b.yaml", PETS);
    commit(&folder);
    let mut command = Command::new(env!("CARGO_BIN_EXE_discovery-codegen"));
    let run = command.current_dir(folder.path("a")).args(["diff", "HEAD:b.yaml", "b.yaml"]).output().unwrap();
    let error = String::from_utf8(run.stderr).unwrap();
    assert!(error.contains("'a/b.yaml' exists") && !error.contains("\\u{a}"), "{error}");
}

#[test]
fn a_renamed_document_leaves_no_names_behind() {
    let folder = folder("");
    folder.ok(&["generate"]);
    for (old, new) in [("pets.yaml", "animals.yaml"), ("pets.lock.toml", "animals.lock.toml")] {
        fs::rename(folder.path("spec").join(old), folder.path("spec").join(new)).unwrap();
        folder.write("spec/codegen.toml", format!("{CRATE}[[api]]\nspec = \"animals.yaml\"\n"));
        let (code, _, warnings) = folder.run(&["generate", "--check"]);
        let stray = "`spec/animals.yaml` has no lock, and `spec/pets.lock.toml` no document";
        assert!(code == 1 && warnings.contains(stray) == (old == "pets.yaml"), "{old}: {warnings}");
    }
}

#[test]
fn a_runtime_of_another_name_is_named() {
    let folder = folder("");
    folder.write(
        "p/Cargo.toml",
        format!("{MANIFEST}\n[dependencies]\nmy-rt = {{ package = \"discovery-runtime\", path = \"x\" }}\n"),
    );
    let error = folder.fails(&["generate"]);
    assert!(error.contains("has the name `my-rt`") && error.contains("runtime = \"::my_rt\""), "{error}");
    folder.write(
        "spec/codegen.toml",
        folder.read("spec/codegen.toml").replacen("path", "runtime = \"::my_rt\"\npath", 1),
    );
    folder.ok(&["generate"]);
    assert!(!folder.read("p/Cargo.toml").contains("\ndiscovery-runtime"));
}

#[test]
fn features_of_a_person_stay() {
    let folder = folder("");
    folder.ok(&["generate"]);
    let manifest = folder.read("p/Cargo.toml");
    let own = manifest.replace("default = [\"pets\", \"client\"]", "default = [] # few\n# Mine.\nmine = []");
    assert_ne!(own, manifest);
    folder.write("p/Cargo.toml", &own);
    folder.ok(&["generate", "--check"]);
    // A feature goes with its API.
    let configuration = folder.read("spec/codegen.toml");
    folder.write(
        "spec/codegen.toml",
        configuration.replace("spec = \"pets.yaml\"", "spec = \"pets.yaml\"\nmodule = \"zoo\""),
    );
    fs::remove_file(folder.path("spec/pets.lock.toml")).unwrap();
    folder.ok(&["generate"]);
    let manifest = folder.read("p/Cargo.toml");
    assert!(!manifest.contains("pets = []") && manifest.contains("zoo = []"), "{manifest}");
    assert!(manifest.contains("default = [\"zoo\"] # few\n# Mine.\nmine = []"), "{manifest}");
}
