//! Selection of the protos of a document among several packages.

use discovery_codegen::import;
use discovery_codegen::source::Source;
use serde_json::{Value, json};
use std::sync::Arc;

const CLIENT: &str = include_str!("../../../tests/documents/imports/protos/google/api/client.proto");
const HTTP: &str = include_str!("../../../tests/documents/imports/protos/google/api/annotations.proto");

/// A file of protos with a service, whose method gets a message with a union.
fn service(package: &str, host: &str, collection: &str, message: &str) -> String {
    format!(
        "syntax = \"proto3\";\npackage {package};
import \"google/api/annotations.proto\"; import \"google/api/client.proto\";
service {message}Service {{
  option (google.api.default_host) = \"{host}\";
  rpc Get(GetRequest) returns ({message}) {{
    option (google.api.http) = {{
      get: \"/v1/{{name={collection}/*}}\"
    }};
  }}
}}
message GetRequest {{ string name = 1; }}
{}",
        union(message)
    )
}

fn union(message: &str) -> String {
    format!("message {message} {{ oneof kind {{ string a = 1; string b = 2; }} }}\n")
}

fn schema() -> Value {
    json!({"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}})
}

/// A document with a method that gets one of each collection.
fn document(collections: &[(&str, &str)], schemas: &[&str]) -> Arc<Source> {
    let resources = collections.iter().map(|(collection, schema)| {
        let method = json!({
            "id": format!("small.{collection}.get"),
            "httpMethod": "GET",
            "path": "v1/{+name}",
            "flatPath": format!("v1/{collection}/{{{collection}Id}}"),
            "parameterOrder": ["name"],
            "parameters": {"name": {
                "type": "string", "location": "path", "required": true, "pattern": format!("^{collection}/[^/]+$"),
            }},
            "response": {"$ref": schema},
        });
        ((*collection).to_owned(), json!({"methods": {"get": method}}))
    });
    let document = json!({
        "name": "small",
        "version": "v1",
        "rootUrl": "https://small.example.com/",
        "servicePath": "",
        "schemas": schemas.iter().map(|name| ((*name).to_owned(), schema())).collect::<serde_json::Map<_, _>>(),
        "resources": resources.collect::<serde_json::Map<_, _>>(),
    });
    Arc::new(Source::new("small.json", document.to_string()))
}

/// Imports files into an overlay, and returns it with the report.
fn import(document: &Arc<Source>, files: &[(&str, String)], overlay: &str) -> Result<import::apply::Imported, String> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("google/api")).unwrap();
    std::fs::write(folder.path().join("google/api/annotations.proto"), HTTP).unwrap();
    std::fs::write(folder.path().join("google/api/client.proto"), CLIENT).unwrap();
    for (name, text) in files {
        std::fs::create_dir_all(folder.path().join(name).parent().unwrap()).unwrap();
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let overlay = Arc::new(Source::new("small.overlay.toml", overlay));
    import::import_protos(document, &overlay, &[folder.path().to_owned()]).map_err(|faults| faults.render(false))
}

/// Returns the schemas with unions.
fn schemas(written: &import::apply::Imported) -> Vec<&str> {
    let tables = written.text.lines().filter_map(|line| line.strip_prefix("[schemas.")?.strip_suffix(".unions.kind]"));
    tables.collect()
}

/// Documents have schemas of several versions, each named after its package.
#[test]
fn schemas_named_after_other_packages() {
    let names = ["Lamp", "Lantern", "SmallV1beta1_Lamp", "SmallV1beta1Lantern", "SmallV1beta12Lamp"];
    let document = document(&[("lamps", "Lamp")], &names);
    let other =
        |package: &str| format!("syntax = \"proto3\";\npackage {package};\n{}{}", union("Lamp"), union("Lantern"));
    let files = [
        ("a.proto", service("small.v1", "small.example.com", "lamps", "Lamp")),
        ("b.proto", other("small.v1beta1")),
        // No schema has its name.
        ("c.proto", other("small.v2") + "message Broken { Unknown a = 1; }"),
    ];
    let written = import(&document, &files, "").unwrap();
    assert_eq!(schemas(&written), ["Lamp", "SmallV1beta1Lantern", "SmallV1beta1_Lamp"], "{}", written.report);
    assert!(written.text.contains("ref = \"b.proto\""), "{}", written.text);
    assert_eq!(written.report.warnings, [""; 0]);
}

/// An API of several packages, as Firestore and Spanner.
#[test]
fn packages_of_one_document() {
    let document = document(&[("lamps", "Lamp"), ("doors", "Door")], &["Door", "Lamp", "Tree"]);
    let files = [
        ("a.proto", service("small.admin.v1", "small.example.com", "doors", "Door")),
        ("b.proto", service("small.v1", "small.example.com", "lamps", "Lamp")),
        // Its service is that of another document.
        ("c.proto", service("small.other.v1", "small.example.com", "trees", "Tree")),
    ];
    let written = import(&document, &files, "").unwrap();
    assert_eq!(schemas(&written), ["Door", "Lamp"], "{}", written.report);
    assert!(!written.text.contains("[add.methods"), "{}", written.text);
    let again = import(&document, &files, &written.text).unwrap();
    assert_eq!(again.text, written.text);
    let written = import(&document, &files, "package = \"small.v1\"\n").unwrap();
    assert_eq!(schemas(&written), ["Door", "Lamp"], "{}", written.report);
}

/// Translation: protos and document have different hosts.
#[test]
fn a_package_whose_service_has_another_host() {
    let document = document(&[("lamps", "Lamp")], &["Lamp"]);
    let lamps = ("a.proto", service("small.v1", "old.example.com", "lamps", "Lamp"));
    let trees = ("b.proto", service("trees.v1", "trees.example.com", "trees", "Tree"));
    let written = import(&document, &[lamps, trees.clone()], "").unwrap();
    assert!(written.text.starts_with("package = \"small.v1\"\n"), "{}", written.text);
    assert_eq!(schemas(&written), ["Lamp"], "{}", written.report);
    let error = import(&document, &[trees], "").unwrap_err();
    assert!(error.contains("no service of the protos has the host `https://small.example.com/`"), "{error}");
    assert!(error.contains("set the package of the document in the overlay: `package = \"trees.v1\"`"), "{error}");
}

/// Services have the methods of long-running operations by a configuration that protos do not have.
#[test]
fn operations_that_no_proto_imports() {
    let operations = "syntax = \"proto3\";\npackage google.longrunning;\nmessage Operation { string a = 1; oneof kind { string b = 2; string c = 3; } }\n";
    let lamps = ("a.proto", service("small.v1", "small.example.com", "lamps", "Lamp"));
    let files = [lamps, ("google/longrunning/operations.proto", operations.to_owned())];
    let whole = document(&[("lamps", "Lamp")], &["Lamp", "Operation"]);
    let written = import(&whole, &files, "").unwrap();
    assert_eq!(schemas(&written), ["Lamp", "Operation"], "{}", written.report);
    // An operation of another kind.
    let text = whole
        .text
        .replace("\"Operation\":{\"properties\":{", "\"Operation\":{\"properties\":{\"other\":{\"type\":\"string\"},");
    assert_ne!(text, whole.text);
    let written = import(&Arc::new(Source::new("small.json", text)), &files, "").unwrap();
    assert_eq!(schemas(&written), ["Lamp"], "{}", written.report);
    let written = import(&document(&[("lamps", "Lamp")], &["Lamp"]), &files, "").unwrap();
    assert_eq!(schemas(&written), ["Lamp"], "{}", written.report);
}

/// Published packages have files that no compiler accepts.
#[test]
fn invalid_files_beside_valid_ones_are_left_out() {
    let document = document(&[("lamps", "Lamp")], &["Door", "Lamp", "SmallV2Door"]);
    let broken = |package: &str| {
        format!("syntax = \"proto3\";\npackage {package};\nmessage Broken {{ Unknown a = 1; }}\n{}", union("Door"))
    };
    let files = [
        ("a.proto", broken("small.v1")),
        ("b.proto", service("small.v1", "small.example.com", "lamps", "Lamp")),
        ("c.proto", broken("small.v2")),
    ];
    let written = import(&document, &files, "").unwrap();
    assert_eq!(schemas(&written), ["Lamp"], "{}", written.report);
    assert_eq!(
        written.report.warnings,
        [
            "`a.proto` is left out: a.proto:3:18: name 'Unknown' is not defined",
            "`c.proto` is left out: c.proto:3:18: name 'Unknown' is not defined",
        ]
    );
    let importing = broken("small.v1").replace("package", "import \"far/away.proto\";\npackage");
    let written = import(&document, &[("a.proto", importing), files[1].clone()], "").unwrap();
    let last = written.report.warnings.last().unwrap();
    assert!(last.starts_with("imports that were not found: far/away.proto; add their folder"), "{last}");
    let error = import(&document, &files[..1], "package = \"small.v1\"\n").unwrap_err();
    assert!(error.contains("a.proto:3:18: name 'Unknown' is not defined"), "{error}");
}
