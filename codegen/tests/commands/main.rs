//! Commands as a user runs them: their messages, exit codes and files.
#![cfg(feature = "cli")]

mod configuration;
mod diff;
mod documents;
mod generate;
#[cfg(feature = "fetch")]
mod init;
mod messages;
mod request;
#[cfg(all(feature = "fetch", feature = "import"))]
mod shell;

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
