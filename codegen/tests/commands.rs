//! Commands as a user runs them: their messages, exit codes and files.
#![cfg(feature = "cli")]

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// An OpenAPI document with the path of its only list.
const PETS: &str = r"openapi: 3.0.3
info: {title: Pets, version: 1.0.0}
servers: [{url: https://pets.example.com}]
paths:
  /pets:
    get:
      operationId: pets.list
      parameters:
        - {name: limit, in: query, schema: {type: integer}}
        - {name: filter, in: query, schema: {$ref: '#/components/schemas/Filter'}}
      responses: {'204': {description: Empty.}}
    post:
      operationId: pets.create
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses: {'204': {description: Empty.}}
  /notes:
    post:
      operationId: notes.create
      requestBody: {required: true, content: {text/plain: {schema: {type: string}}}}
      responses: {'204': {description: Empty.}}
  /photos:
    post:
      operationId: photos.create
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: {type: object, properties: {note: {type: string}}}
      responses: {'204': {description: Empty.}}
  /owners:
    get:
      operationId: owners.list
      responses: {'204': {description: Empty.}}
    delete:
      operationId: owners.purge
      responses: {'204': {description: Empty.}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
    Filter: {type: object, properties: {kind: {type: string}}}
";

/// A folder in which commands run.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        files.iter().for_each(|(path, text)| folder.write(path, text));
        folder
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Runs the command, and returns its exit code, standard output and standard error.
    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_discovery-codegen"));
        let output = command.current_dir(self.0.path()).args(arguments).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    /// Runs a command that succeeds, and returns its standard output.
    fn ok(&self, arguments: &[&str]) -> String {
        let (code, output, error) = self.run(arguments);
        assert_eq!(code, 0, "{arguments:?}: {output}{error}");
        output
    }

    /// Runs a command that fails with exit code 2, and returns its message.
    fn fails(&self, arguments: &[&str]) -> String {
        let (code, output, error) = self.run(arguments);
        assert_eq!(code, 2, "{arguments:?}: {output}{error}");
        error
    }
}

fn runtime() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime").display().to_string()
}

fn pets() -> Folder {
    Folder::new(&[("pets.yaml", PETS)])
}

mod generate {
    use super::*;

    #[test]
    fn the_path_of_the_runtime_is_that_of_the_last_run() {
        let folder = pets();
        let generate = ["generate", "--spec", "pets.yaml", "--out", "p"];
        folder.ok(&generate);
        assert!(folder.read("p/Cargo.toml").contains("version = \"0.1.0\", default-features = false"));
        let runtime = runtime();
        folder.ok(&[&generate[..], &["--runtime-path", &runtime]].concat());
        let manifest = folder.read("p/Cargo.toml");
        assert!(manifest.contains("/codegen/runtime\"") && !manifest.contains("version = \"0.1.0\","), "{manifest}");
        folder.ok(&generate);
        assert_eq!(folder.read("p/Cargo.toml"), manifest);
        let wrong = env!("CARGO_MANIFEST_DIR");
        let error = folder.fails(&[&generate[..], &["--runtime-path", wrong]].concat());
        assert!(error.contains("is the package `discovery-codegen`, not `discovery-runtime`"), "{error}");
    }

    #[test]
    fn the_manifest_has_the_name_of_the_crate() {
        let folder = pets();
        folder.ok(&["generate", "--spec", "pets.yaml", "--out", "p", "--crate-name", "my-pets"]);
        folder.ok(&["generate", "--spec", "pets.yaml", "--out", "p"]);
        assert!(folder.read("p/README.md").contains("use my_pets::Client;"));
        let error = folder.fails(&["generate", "--spec", "pets.yaml", "--out", "p", "--crate-name", "pets"]);
        assert!(error.contains("the crate in `p` is named `my-pets`, not `pets`"), "{error}");
    }

    #[test]
    fn a_package_of_someone_else_is_left_alone() {
        let manifest = "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
        let folder = Folder::new(&[("pets.yaml", PETS), ("app/Cargo.toml", manifest), ("app/src/main.rs", "")]);
        let error = folder.fails(&["generate", "--spec", "pets.yaml", "--out", "app"]);
        assert!(error.contains("the package in `app` was not generated"), "{error}");
        assert!(!folder.path("app/src/lib.rs").exists() && folder.read("app/Cargo.toml") == manifest);
        folder.write("app/src/lib.rs", "");
        folder.ok(&["generate", "--spec", "pets.yaml", "--out", "app"]);
        assert!(folder.read("app/README.md").contains("use app::Client;"));
    }

    #[test]
    fn the_lock_next_to_a_document_keeps_names() {
        let folder = pets();
        folder.ok(&["generate", "--spec", "pets.yaml", "--out", "p", "--lock", "pets.lock.toml"]);
        let lock = folder.read("pets.lock.toml").replace("\"Filter\"", "\"Sieve\"");
        assert!(lock.contains("Sieve"), "{lock}");
        folder.write("pets.lock.toml", &lock);
        folder.ok(&["generate", "--spec", "pets.yaml", "--out", "p"]);
        assert!(folder.read("p/src/types.rs").contains("pub struct Sieve"));
        assert_eq!(folder.read("pets.lock.toml"), lock, "only `--lock` writes it");
        assert!(folder.ok(&["inspect", "pets.yaml", "--schemas"]).contains("types::Sieve"));
    }

    #[test]
    fn a_lock_of_a_build_script_exists() {
        let folder = pets();
        let builder = || discovery_codegen::Builder::new().spec(folder.path("pets.yaml")).out_dir(folder.path("out"));
        let error = builder().lock(folder.path("typo.toml")).generate().unwrap_err().to_string();
        assert!(error.contains("typo.toml") && error.contains("writes a lock"), "{error}");
        let error = builder().spec(folder.path("toys.yaml")).generate().unwrap_err().to_string();
        assert!(error.contains("2 documents were named"), "{error}");
    }

    #[test]
    fn line_ends_of_a_checkout_change_nothing() {
        let configuration = "[crate]\nname = \"p\"\npath = \"../p\"\n\n[[api]]\nspec = \"pets.yaml\"\n";
        let manifest = "[package]\nname = \"p\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
        let folder =
            Folder::new(&[("spec/pets.yaml", PETS), ("spec/codegen.toml", configuration), ("p/Cargo.toml", manifest)]);
        folder.ok(&["generate"]);
        let files = [
            "spec/pets.yaml",
            "spec/codegen.toml",
            "spec/pets.lock.toml",
            "p/Cargo.toml",
            "p/src/lib.rs",
            "p/src/pets/mod.rs",
            "p/src/pets/types.rs",
            "p/src/pets/methods.rs",
        ];
        for file in files {
            folder.write(file, folder.read(file).replace('\n', "\r\n"));
        }
        let (code, _, error) = folder.run(&["generate", "--check"]);
        assert_eq!(code, 0, "{error}");
    }

    #[test]
    fn a_name_is_no_correction_of_itself() {
        let folder = pets();
        let generate = |include| folder.fails(&["generate", "--spec", "pets.yaml", "--out", "p", "--include", include]);
        let error = generate("pets.{create,purge}");
        assert!(error.contains("`purge` matches no method") && !error.contains("did you mean"), "{error}");
        let error = generate("pets.{lists,create}");
        assert!(error.contains("did you mean `list`?"), "{error}");
        let error = generate("shop.pets.list");
        assert!(error.contains("did you mean `pets.list`?"), "{error}");
        folder.write("Cargo.toml", "");
        let error = folder.fails(&["generate", "--spec", "pets.yaml", "--out", "p", "--overlay", "no.toml"]);
        assert!(error.contains("cannot read `no.toml`") && !error.contains("did you mean"), "{error}");
    }
}

mod request {
    use super::*;

    /// Runs a command of curl with a shell, and returns its arguments and its standard input.
    fn shell(command: &str) -> Vec<u8> {
        let curl = r#"curl() { for one; do printf '%s|' "$one"; case $one in @-) cat;; esac; done; }"#;
        let output = Command::new("bash").args(["-c", &format!("{curl}\n{command}")]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    }

    fn has(bytes: &[u8], part: &[u8]) -> bool {
        bytes.windows(part.len()).any(|window| window == part)
    }

    #[test]
    fn curl_sends_the_bytes_of_the_body() {
        let folder = pets();
        let curl = |method: &str, body: &[u8]| {
            folder.write("body", body);
            let command = folder.ok(&["request", "pets.yaml", method, "--body", "body", "--format", "curl"]);
            assert!(command.chars().all(|c| c == '\n' || !c.is_control()), "{command}");
            shell(&command)
        };
        let sent = curl("notes.create", b"@/etc/hostname");
        assert!(has(&sent, b"|--data-raw|@/etc/hostname|"));
        let sent = curl("notes.create", b"it's\r\n\x1b[2J\\n  12");
        assert!(has(&sent, b"|--data-raw|it's\r\n\x1b[2J\\n  12|"));
        let sent = curl("notes.create", b"\0%s\xff'\\1\n");
        assert!(has(&sent, b"|--data-binary|@-|\0%s\xff'\\1\n"));
        let sent = curl("photos.create", br#"{"note": "n"}"#);
        assert!(has(&sent, b"form-data; name=\"note\"\r\n\r\nn\r\n--"), "{}", String::from_utf8_lossy(&sent));
        let sent = curl("pets.create", br#"{"name": "x"}"#);
        assert!(has(&sent, b"|-d|{\n  \"name\": \"x\"\n}|"));
        // Text stays as it is, also if it could be JSON.
        let sent = curl("notes.create", b" 1.0 ");
        assert!(has(&sent, b"|--data-raw| 1.0 |"));
    }

    #[test]
    fn messages_of_http_are_text() {
        let folder = pets();
        folder.write("body", br#"{"note": "n"}"#);
        let text = folder.ok(&["request", "pets.yaml", "photos.create", "--body", "body"]);
        assert!(text.contains("name=\"note\"\n\nn\n--") && !text.contains("\\u{d}"), "{text}");
        folder.write("body", b"\xff\xfe");
        let text = folder.ok(&["request", "pets.yaml", "notes.create", "--body", "body"]);
        assert!(text.contains("<2 bytes that are not text>"), "{text}");
        let json = folder.ok(&["request", "pets.yaml", "notes.create", "--body", "body", "--format", "json"]);
        let json: Value = serde_json::from_str(&json).unwrap();
        assert_eq!((&json["body"], &json["body_base64"]), (&Value::Null, &"//4=".into()));
    }

    #[test]
    fn arguments_have_the_types_of_the_parameters() {
        let folder = pets();
        let fails = |arguments: &[&str]| folder.fails(&[&["request", "pets.yaml"], arguments].concat());
        for (parameters, message) in [
            (&["limit=abc"][..], "`limit` of `pets.list` is integer"),
            (&["limit=1", "limit=2"], "`limit` of `pets.list` takes one value, not 2"),
            (&["filter={\"kindd\":1}"], "unknown property `kindd` of `Filter` (did you mean `kind`?)"),
        ] {
            let parameters: Vec<&str> = parameters.iter().flat_map(|parameter| ["--param", parameter]).collect();
            let error = fails(&[&["pets.list"], &parameters[..]].concat());
            assert!(error.contains(message), "{error}");
        }
        folder.ok(&["request", "pets.yaml", "pets.list", "--param", "limit=1", "--param", "filter={\"kind\":\"x\"}"]);
        let error = fails(&["pets.create"]);
        assert!(error.contains("`pets.create` requires a request body") && error.contains("--body FILE"), "{error}");
        let error = fails(&["pets.list", "--endpoint", "http://example.com"]);
        assert!(error.contains("--insecure"), "{error}");
        let error = fails(&["pets.list", "--location", "us"]);
        assert!(error.contains("`--endpoint URL`"), "{error}");
    }
}

mod messages {
    use super::*;

    /// Returns the lines of standard error, each of which is a diagnostic in JSON.
    fn diagnostics(folder: &Folder, arguments: &[&str]) -> Vec<Value> {
        let (_, _, error) = folder.run(&[arguments, &["--message-format", "json"]].concat());
        error.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"))).collect()
    }

    #[test]
    fn everything_on_standard_error_is_json() {
        let unsupported =
            PETS.replace("text/plain: {schema: {type: string}}", "application/xml: {schema: {type: object}}");
        let folder = Folder::new(&[("pets.yaml", PETS), ("xml.yaml", &unsupported)]);
        let lines = diagnostics(&folder, &["generate", "--spec", "xml.yaml", "--out", "p"]);
        assert!(lines.iter().any(|line| line["message"].as_str().unwrap().contains("files written")), "{lines:#?}");
        assert!(lines.iter().all(|line| line["level"] == "note" || line["level"] == "warning"), "{lines:#?}");
        let lines = diagnostics(&folder, &["generate", "--nope"]);
        assert_eq!((lines.len(), &lines[0]["level"]), (1, &"error".into()));
        assert_eq!(lines[0]["message"], "unexpected argument '--nope' found");
        let lines = diagnostics(&folder, &["diff", "pets.yaml", "nope.yaml"]);
        assert_eq!((lines.len(), &lines[0]["level"]), (1, &"error".into()));
    }

    #[test]
    fn a_failed_gate_states_why() {
        let folder = Folder::new(&[
            ("old.yaml", PETS),
            ("new.yaml", &PETS.replace("{kind: {type: string}}", "{kind: {type: string}, age: {type: string}}")),
        ]);
        let (code, _, error) = folder.run(&["diff", "old.yaml", "new.yaml", "--fail-on", "minor"]);
        assert_eq!(code, 1);
        let line = error.lines().find(|line| line.contains("age")).unwrap_or_else(|| panic!("{error}"));
        let fingerprint = line.split_whitespace().next().unwrap();
        folder.ok(&["diff", "accept", fingerprint, "--reason", "wanted", "--until", "2999-01-01"]);
        folder.ok(&["diff", "old.yaml", "new.yaml", "--fail-on", "minor", "--accept", "accept.toml"]);
    }
}
