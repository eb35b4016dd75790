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
    ] {
        let error = folder(api).fails(&["generate"]);
        assert!(error.contains(&format!("spec/codegen.toml:{place}")) && error.contains(message), "{error}");
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
