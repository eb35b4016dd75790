//! `init` and `update` in an empty folder, against a server on the loopback interface.
#![cfg(all(feature = "fetch", feature = "import"))]

mod loopback;
// Other tests use the rest.
#[allow(dead_code, unreachable_pub)]
#[path = "diff_support/real.rs"]
mod real;

use loopback::Server;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Returns a Discovery document in two revisions; the second one adds a property and a method, and removes a schema.
fn zoo(revision: u32) -> String {
    let new = revision > 20260101;
    let property = if new { r#""beastTail": {"type": "string"},"# } else { r#""wing": {"$ref": "Wing"},"# };
    let schema = if new { "" } else { r#""Wing": {"id": "Wing", "type": "object", "properties": {}},"# };
    let method = |name: &str| {
        format!(
            r#""{name}": {{"id": "zoo.animals.{name}", "httpMethod": "GET", "path": "v1/{{+name}}:{name}",
            "parameterOrder": ["name"], "parameters": {{"name": {{"type": "string", "location": "path",
            "required": true, "pattern": "^animals/[^/]+$"}}}}, "response": {{"$ref": "Animal"}}}}"#
        )
    };
    let methods = if new { method("get") + "," + &method("pet") } else { method("get") };
    format!(
        r#"{{"name": "zoo", "version": "v1", "revision": "{revision}", "title": "Zoo",
        "rootUrl": "https://zoo.example.com/", "servicePath": "", "discoveryVersion": "v1",
        "schemas": {{{schema} "Cage": {{"id": "Cage", "type": "object", "properties": {{}}}},
        "Animal": {{"id": "Animal", "type": "object", "description": "An animal.", "properties": {{{property}
        "cat": {{"type": "string"}}, "dog": {{"type": "string"}}, "name": {{"type": "string"}}}}}}}},
        "resources": {{"animals": {{"methods": {{{methods}}}}},
        "cages": {{"methods": {{"list": {{"id": "zoo.cages.list", "httpMethod": "GET", "path": "v1/cages",
        "response": {{"$ref": "Cage"}}}}}}}}}}}}"#
    )
}

/// Returns an OpenAPI document in two versions.
fn petstore(new: bool) -> String {
    let property = if new { "        tag: {type: string}\n" } else { "" };
    format!(
        "openapi: 3.0.3\ninfo: {{title: Petstore, version: v1}}\nservers: [{{url: https://pets.example.com}}]\npaths:\n  /pets/{{id}}:\n    get:\n      operationId: getPet\n      tags: [pets]\n      summary: Reads a pet.\n      parameters:\n        - {{name: id, in: path, required: true, schema: {{type: string}}}}\n      responses:\n        '200':\n          description: The pet.\n          content:\n            application/json:\n              schema: {{$ref: '#/components/schemas/Pet'}}\n  /owners:\n    get:\n      operationId: listOwners\n      tags: [owners]\n      responses: {{'200': {{description: Owners.}}}}\ncomponents:\n  schemas:\n    Pet:\n      type: object\n      description: A pet.\n      properties:\n        name: {{type: string}}\n{property}    Owner: {{type: object}}\n"
    )
}

/// A folder in which the command runs, with a server and a cache.
struct Workplace {
    folder: tempfile::TempDir,
    server: Server,
}

impl Workplace {
    fn new() -> Self {
        let server = Server::start("");
        let workplace = Self { folder: tempfile::tempdir().unwrap(), server };
        workplace.serve(false);
        workplace
    }

    fn serve(&self, new: bool) {
        let listing = format!(r#"{{"items": [{{"version": "v1", "discoveryRestUrl": "{}/zoo"}}]}}"#, self.server.root);
        self.server.serve("/directory", listing);
        self.server.serve("/zoo", zoo(if new { 20260202 } else { 20260101 }));
        self.server.serve("/pets", petstore(new));
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let cache = self.path().join(".cache");
        let directory = format!("{}/directory", self.server.root);
        let mut command = Command::new(env!("CARGO_BIN_EXE_discovery-codegen"));
        command.current_dir(self.path()).args(arguments);
        if matches!(arguments[0], "init" | "update") {
            command.arg("--cache").arg(cache).args(["--directory", &directory]);
        }
        command.output().unwrap()
    }

    /// Runs the command, and returns its exit code and output.
    fn text(&self, arguments: &[&str]) -> (i32, String) {
        let output = self.run(arguments);
        let text = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap()).concat();
        (output.status.code().unwrap(), text)
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Returns all files with their texts.
    fn files(&self) -> BTreeMap<String, String> {
        fn walk(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    if !path.ends_with(".cache") && !path.ends_with(".git") {
                        walk(root, &path, files);
                    }
                } else {
                    let name = path.strip_prefix(root).unwrap().display().to_string();
                    files.insert(name, fs::read_to_string(&path).unwrap());
                }
            }
        }
        let mut files = BTreeMap::new();
        walk(self.path(), self.path(), &mut files);
        files
    }

    fn init(&self) {
        let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime");
        let pets = format!("{}/pets", self.server.root);
        let (code, text) = self.text(&[
            "init",
            "zoo:v1",
            &pets,
            "--include",
            "animals.**",
            "--include",
            "pets.*",
            "--name",
            "beasts",
            "--runtime-path",
            runtime.to_str().unwrap(),
        ]);
        assert_eq!(code, 0, "{text}");
        self.write("spec/zoo.v1.overlay.toml", OVERLAY);
        let (code, text) = self.text(&["generate"]);
        assert_eq!(code, 0, "{text}");
    }
}

const OVERLAY: &str = r#"# Facts about the zoo.

[schemas.Animal.unions.beast]
members = ["cat", "dog"]
not_members = ["name"]
source = { kind = "manual", ref = "seen" }

[schemas.Animal.properties.wing]
doc = "A wing."

[schemas.Wing]
doc = "What it flies with."
"#;

#[test]
fn a_new_crate_builds_and_runs_its_example() {
    let workplace = Workplace::new();
    workplace.init();
    let configuration = workplace.read("spec/codegen.toml");
    assert!(configuration.contains("spec = \"zoo.v1.json\"") && configuration.contains("/pets\""), "{configuration}");
    // Pruned, and without descriptions.
    for (path, absent) in [("spec/zoo.v1.json", ["Cage", "An animal."]), ("spec/pets.json", ["Owner", "A pet."])] {
        let text = workplace.read(path);
        assert!(text.contains("x-include") && absent.iter().all(|word| !text.contains(word)), "{text}");
    }
    let run = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline", "--package", "beasts", "--example", "request", "--no-default-features"])
        .args(["--features", "zoo-v1"])
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("init"))
        .current_dir(workplace.path())
        .output()
        .unwrap();
    let (out, errors) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert_eq!(out, "GET https://zoo.example.com/v1/animals/example:get\n", "{errors}");
    assert!(!errors.contains("warning"), "{errors}");
}

#[test]
fn init_reads_standard_input_and_overwrites_no_files() {
    let workplace = Workplace::new();
    workplace.write("zoo.json", &zoo(20260101));
    let run = |answers: &str| {
        use std::io::Write;
        use std::process::Stdio;
        let mut child = Command::new(env!("CARGO_BIN_EXE_discovery-codegen"))
            .arg("init")
            .current_dir(workplace.path())
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(answers.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    assert_eq!(run("").0, 2);
    let (code, text) = run("zoo.json\nanimals.{get,feed}\nbeasts\n");
    assert!(code == 2 && text.contains("`animals.{get,feed}`"), "{text}");
    let (code, text) = run("zoo.json\n\n\n");
    assert_eq!(code, 0, "{text}");
    assert!(workplace.read("Cargo.toml").contains("members = [\"zoo-v1\"]"));
    assert!(workplace.read("zoo-v1/Cargo.toml").contains("name = \"zoo-v1\""));
    let before = workplace.files();
    let (code, text) = run("zoo.json\n\nother\n");
    assert!(code == 2 && text.contains("exists"), "{text}");
    assert_eq!(workplace.files(), before);
    #[cfg(unix)]
    {
        let outside = tempfile::tempdir().unwrap();
        std::fs::remove_dir_all(workplace.path().join("spec")).unwrap();
        std::os::unix::fs::symlink(outside.path(), workplace.path().join("spec")).unwrap();
        let (code, text) = run("zoo.json\n\nother\n");
        assert!(code == 2 && text.contains("spec` is a symbolic link"), "{text}");
        assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 0);
    }
}

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
    assert!(text.contains("zoo:v1: not updated (20260101)") && !text.contains("up to date"), "{text}");
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

    let command = "\n[update.commands]\nnpm = [\"cp\", \"protos/zoo.proto\", \"{folder}/{version}.proto\"]\n";
    workplace.write("spec/codegen.toml", &(configuration.clone() + command));
    let (code, text) = workplace.text(&["update"]);
    assert!(code == 0 && text.contains("added to the overlay: `Animal.beast`: cat, dog"), "{text}");
    assert!(workplace.read("beasts/src/zoo_v1/types.rs").contains("pub enum Beast"));
    // The package is in the cache.
    fs::remove_file(workplace.path().join("protos/zoo.proto")).unwrap();
    let (code, text) = workplace.text(&["update"]);
    assert!(code == 0 && text.ends_with("up to date\n"), "{text}");

    let failing = "\n[update.commands]\nnpm = [\"false\"]\n";
    workplace.write("spec/codegen.toml", &(configuration.replace("1.0.0", "1.0.1") + failing));
    let (code, text) = workplace.text(&["update"]);
    assert!(code == 2 && text.contains("`false` failed"), "{text}");
}

#[test]
fn each_step_is_a_command() {
    let workplace = Workplace::new();
    workplace.init();
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false"];
        let run = Command::new("git").current_dir(workplace.path()).args(identity).args(arguments).output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    };
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    git(&["commit", "-qm", "x"]);
    assert_eq!(workplace.text(&["bump", "HEAD"]).0, 0);

    workplace.serve(true);
    let (code, text) =
        workplace.text(&["vendor", &format!("{}/zoo", workplace.server.root), "--output", "spec/zoo.v1.json"]);
    assert_eq!(code, 0, "{text}");
    assert_eq!(workplace.text(&["generate"]).0, 2, "targets of the overlay vanished");
    let (code, text) = workplace.text(&["overlay", "tidy", "--check"]);
    assert!(code == 1 && text.contains("removed: schemas.Wing"), "{text}");
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

#[test]
fn the_documents_of_this_repository_are_up_to_date() {
    let workplace = Workplace::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let copy = |folder: &str| {
        let run = Command::new("cp").arg("-r").arg(root.join(folder)).arg(workplace.path()).status().unwrap();
        assert!(run.success());
    };
    copy("spec");
    copy("generated");
    let served = &workplace.server;
    for (path, file) in [
        ("/aiplatform", "aiplatform.v1.json"),
        ("/gemini", "generativelanguage.v1beta.json"),
        ("/palm", "generativelanguage.v1beta3.json"),
    ] {
        served.serve(path, workplace.read(&format!("spec/{file}")));
    }
    let item = |version: &str, path: &str| {
        format!(r#"{{"version": "{version}", "discoveryRestUrl": "{}/{path}"}}"#, served.root)
    };
    let items = format!(r#"{{"items": [{}, {}]}}"#, item("v1", "aiplatform"), item("v1beta", "gemini"));
    served.serve("/directory", items);
    let configuration = workplace.read("spec/codegen.toml");
    let (before, after) = configuration.split_once("url = \"").unwrap();
    let after = after.split_once('"').unwrap().1;
    workplace.write("spec/codegen.toml", &format!("{before}url = \"{}/palm\"{after}", served.root));
    let before = workplace.files();
    let (code, text) = workplace.text(&["update"]);
    assert!(code == 0 && text.ends_with("up to date\n") && text.matches(": unchanged (").count() == 3, "{text}");
    assert_eq!(workplace.files(), before);
}

#[test]
fn vertex_ai_in_two_releases() {
    let workplace = Workplace::new();
    let serve = |release: &str| workplace.server.serve("/zoo", &real::document(release, "aiplatform.v1").text);
    serve("2.190.0");
    let arguments = ["init", "aiplatform:v1", "--include", "projects.locations.tuningJobs.**", "--name", "tuning"];
    let (code, text) = workplace.text(&arguments);
    assert_eq!(code, 0, "{text}");
    let before = workplace.files();
    let (code, text) = workplace.text(&["update"]);
    assert!(code == 0 && text.ends_with("up to date\n"), "{text}");
    assert_eq!(workplace.files(), before);

    serve("2.202.0");
    let (code, text) = workplace.text(&["update"]);
    // Ten months of changes are additions: of 0.x, a patch version.
    assert!(code == 0 && text.contains("version: 0.1.0 → 0.1.1 (minor changes)"), "{text}");
    let after = workplace.files();
    let changed: Vec<&str> =
        after.iter().filter(|(path, text)| before.get(*path) != Some(text)).map(|(path, _)| path.as_str()).collect();
    assert_eq!(
        changed,
        [
            "spec/aiplatform.v1.json",
            "spec/aiplatform.v1.lock.toml",
            "tuning/CHANGELOG.md",
            "tuning/Cargo.toml",
            "tuning/reviews/0.1.1.md",
            "tuning/src/aiplatform_v1/methods.rs",
            "tuning/src/aiplatform_v1/mod.rs",
            "tuning/src/aiplatform_v1/types.rs",
            "tuning/src/lib.rs",
        ]
    );
    let review = workplace.read("tuning/reviews/0.1.1.md");
    assert!(review.contains("Old clients still work.") && !review.contains("did not fit"), "{review}");
    let changelog = workplace.read("tuning/CHANGELOG.md");
    let lines = changelog.lines().filter(|line| line.starts_with("- ")).count();
    assert!(lines >= 10 && !changelog.contains("**breaking**") && !changelog.contains("### Removed"), "{changelog}");
    let (code, text) = workplace.text(&["update"]);
    assert!(code == 0 && text.ends_with("up to date\n"), "{text}");
    assert_eq!(workplace.files(), after);
}
