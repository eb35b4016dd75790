//! `init` and `update` in an empty folder, against a server on the loopback interface.
#![cfg(all(feature = "fetch", feature = "import"))]

mod documents;
mod init;
#[path = "../loopback/mod.rs"]
mod loopback;
mod releases;
// Other tests use the rest.
#[allow(dead_code, unreachable_pub)]
#[path = "../support/real.rs"]
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

    /// Commits all files to a new repository.
    fn commit(&self) {
        let identity = ["-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false"];
        for arguments in [&["init", "-q"][..], &["add", "-A"], &["commit", "-qm", "x"]] {
            let run = Command::new("git").current_dir(self.path()).args(identity).args(arguments).output().unwrap();
            assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        }
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
