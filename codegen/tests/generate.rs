//! `generate`: files of the user are kept.
#![cfg(feature = "cli")]

use discovery_codegen::commands::generate::config;
use discovery_codegen::commands::generate::crates::{CrateOptions, prepare};
use std::fs;
use std::path::{Path, PathBuf};

const DOCUMENT: &str =
    r#"{"name": "books", "version": "v1", "title": "Books", "rootUrl": "https://books.example.com/"}"#;

fn generate(document: &Path, out: &Path) {
    let options = CrateOptions {
        specs: &[document.to_owned()],
        overlay: None,
        include: &[],
        out,
        crate_name: None,
        runtime_path: Some(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("runtime")),
        lock: None,
        ref_folders: &[],
    };
    prepare(&options).unwrap().plan.apply().unwrap();
}

fn read(path: PathBuf) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn an_edited_crate_is_generated_again() {
    let root = tempfile::tempdir().unwrap();
    let (document, out) = (root.path().join("books.json"), root.path().join("books"));
    fs::write(&document, DOCUMENT).unwrap();
    generate(&document, &out);
    assert!(read(out.join("Cargo.toml")).contains("path = \"../"), "{}", read(out.join("Cargo.toml")));

    let edited = "[package]\nname = \"my-books\"\nversion = \"2.1.0\"\nedition = \"2024\"\nlicense = \"MIT\"\n\n[features]\nmine = []\n\n[dependencies]\nserde = \"1\"\n";
    fs::write(out.join("Cargo.toml"), edited).unwrap();
    fs::write(out.join("README.md"), "# My books\n").unwrap();
    fs::write(out.join("src/types.rs"), "").unwrap();
    generate(&document, &out);
    let manifest = read(out.join("Cargo.toml"));
    for part in [
        "version = \"2.1.0\"",
        "license = \"MIT\"",
        "mine = []",
        "serde = \"1\"",
        "client = [\"discovery-runtime/client\"]",
        "discovery-runtime = {",
    ] {
        assert!(manifest.contains(part), "{part} in\n{manifest}");
    }
    assert_eq!(read(out.join("README.md")), "# My books\n");
    assert!(read(out.join("src/types.rs")).contains("@generated"));

    // A second run changes nothing.
    generate(&document, &out);
    assert_eq!(read(out.join("Cargo.toml")), manifest);
}

#[test]
fn the_configuration_and_the_manifest_have_the_same_name() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("books.json"), DOCUMENT).unwrap();
    fs::write(
        root.path().join("codegen.toml"),
        "[crate]\nname = \"books\"\npath = \"out\"\n\n[[api]]\nspec = \"books.json\"\n",
    )
    .unwrap();
    fs::create_dir(root.path().join("out")).unwrap();
    let manifest = root.path().join("out/Cargo.toml");
    fs::write(&manifest, "[package]\nname = \"films\"\n").unwrap();
    let error = config::prepare(&root.path().join("codegen.toml")).unwrap_err();
    assert!(error.render(false).contains("and not `books` as in `codegen.toml`"), "{error}");

    fs::write(&manifest, "[package]\nname = \"books\"\n").unwrap();
    config::prepare(&root.path().join("codegen.toml")).unwrap().plan.apply().unwrap();
    let text = read(manifest);
    assert!(text.contains("discovery-runtime = { version = ") && text.contains("books-v1 = []"), "{text}");
}

/// Bindings of an OpenAPI document.
mod openapi {
    use super::*;
    use std::collections::BTreeMap;

    fn document(title: &str, version: &str) -> String {
        let schema =
            |name: &str| format!("    {name}:\n      type: object\n      properties: {{id: {{type: string}}}}\n");
        let schemas: String = ["AcmePetsV1Pet", "AcmePetsV1Toy"].map(schema).concat();
        format!(
            "openapi: 3.0.3\ninfo: {{title: {title}, version: {version}}}\nservers: [{{url: 'https://pets.example.com'}}]\n\
             paths:\n  /pets:\n    get:\n      operationId: v1_pets_list\n      tags: [v1.pets]\n      responses:\n        \
             '200':\n          description: x\n          content:\n            application/json:\n              \
             schema: {{$ref: '#/components/schemas/AcmePetsV1Pet'}}\ncomponents:\n  schemas:\n{schemas}"
        )
    }

    /// Writes files into a folder with a manifest for `codegen.toml`.
    fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for (path, text) in [("out/Cargo.toml", "[package]\nname = \"all\"\n")].iter().chain(files) {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        root
    }

    fn configuration(apis: &str) -> String {
        format!("[crate]\nname = \"all\"\npath = \"out\"\n\n{apis}")
    }

    fn configure(root: &tempfile::TempDir) -> Result<BTreeMap<String, String>, String> {
        let plan = config::prepare(&root.path().join("codegen.toml")).map_err(|errors| errors.render(false))?.plan;
        let files = plan.write.iter().map(|(path, text)| {
            let path = path.strip_prefix(root.path()).unwrap_or(path);
            (path.display().to_string(), text.clone())
        });
        let files = files.collect();
        plan.apply().unwrap();
        Ok(files)
    }

    /// Returns the lines of generated texts without the title, version and digest of the document.
    fn lines(files: &BTreeMap<String, String>, title: &str) -> Vec<String> {
        let ignored = ["sha256", "    version: ", "    revision: ", ", revision "];
        let lines = files.iter().flat_map(|(path, text)| text.lines().map(move |line| format!("{path}: {line}")));
        lines
            .filter(|line| !ignored.iter().any(|part| line.contains(part)))
            .map(|line| line.replace(title, "TITLE"))
            .collect()
    }

    fn same(first: &[String], second: &[String]) {
        let difference = first.iter().zip(second).find(|(first, second)| first != second);
        assert!(first.len() == second.len() && difference.is_none(), "{difference:?}");
    }

    #[test]
    fn title_and_version_do_not_affect_names() {
        let apis = "[[api]]\nspec = \"pet-store.yaml\"\n";
        let generated = |title: &str, version: &str| {
            let root =
                project(&[("codegen.toml", &configuration(apis)), ("pet-store.yaml", &document(title, version))]);
            configure(&root).unwrap()
        };
        let files = generated("Pets of Acme", "v1");
        assert!(files.contains_key("out/src/pet_store/mod.rs"), "{:?}", files.keys());
        assert!(files["out/Cargo.toml"].contains("pet-store = []"), "{}", files["out/Cargo.toml"]);
        assert!(files["pet-store.lock.toml"].contains("module = \"pet_store\""), "{}", files["pet-store.lock.toml"]);
        let first = lines(&files, "Pets of Acme");
        for (title, version) in [("Pets of Acme", "2.0.1"), ("Pets of Acme", "pets"), ("All pets", "v1")] {
            same(&lines(&generated(title, version), title), &first);
        }
    }

    #[test]
    fn a_new_document_version_changes_only_its_texts() {
        let crate_of = |version: &str| {
            let root = project(&[("pets.v2.json", &document("Pets", version))]);
            let out = root.path().join("crates");
            generate(&root.path().join("pets.v2.json"), &out);
            let files = ["Cargo.toml", "README.md", "src/lib.rs", "src/methods.rs", "src/types.rs"];
            BTreeMap::from(files.map(|file| (file.to_owned(), read(out.join(file)))))
        };
        let files = crate_of("1.9.0");
        let plain = |files: &BTreeMap<String, String>| -> Vec<String> {
            lines(files, "Pets").into_iter().filter(|line| !line.contains("path = ")).collect()
        };
        same(&plain(&crate_of("1.10.0")), &plain(&files));
        assert!(files["Cargo.toml"].contains("name = \"pets-v2\""), "{}", files["Cargo.toml"]);
        let readme = &files["README.md"];
        assert!(readme.contains("Pets, `pets.v2`") && readme.contains("revision 1.9.0"), "{readme}");
    }

    #[test]
    fn the_lock_remembers_the_module_and_the_configuration_overrides_it() {
        let apis = "[[api]]\nspec = \"pets.yaml\"\n";
        let root = project(&[("codegen.toml", &configuration(apis)), ("pets.yaml", &document("Pets", "1.0"))]);
        configure(&root).unwrap();
        // The document moves, with its lock.
        for (from, to) in [("pets.yaml", "animals.yaml"), ("pets.lock.toml", "animals.lock.toml")] {
            fs::rename(root.path().join(from), root.path().join(to)).unwrap();
        }
        fs::write(root.path().join("codegen.toml"), configuration("[[api]]\nspec = \"animals.yaml\"\n")).unwrap();
        configure(&root).unwrap();
        assert!(root.path().join("out/src/pets/mod.rs").is_file());
        let apis = "[[api]]\nspec = \"animals.yaml\"\nmodule = \"zoo_v1\"\n";
        fs::write(root.path().join("codegen.toml"), configuration(apis)).unwrap();
        configure(&root).unwrap();
        assert!(
            root.path().join("out/src/zoo_v1/mod.rs").is_file() && !root.path().join("out/src/pets/mod.rs").exists()
        );
        assert!(read(root.path().join("out/Cargo.toml")).contains("zoo-v1 = []"));
        assert!(read(root.path().join("animals.lock.toml")).contains("module = \"zoo_v1\""));
    }

    #[test]
    fn the_lock_remembers_the_name_of_a_crate() {
        let root = project(&[("openapi.json", &document("Pets", "1.0"))]);
        let (document, lock) = (root.path().join("openapi.json"), root.path().join("names.lock.toml"));
        let generate = |out: &str, crate_name: Option<&str>| {
            let options = CrateOptions {
                specs: std::slice::from_ref(&document),
                overlay: None,
                include: &[],
                out: &root.path().join(out),
                crate_name,
                runtime_path: None,
                lock: Some(&lock),
                ref_folders: &[],
            };
            prepare(&options).unwrap().plan.apply().unwrap();
            read(root.path().join(out).join("Cargo.toml"))
        };
        assert!(generate("first", Some("acme-pets")).contains("name = \"acme-pets\""));
        assert!(generate("second", None).contains("name = \"acme-pets\""));
    }

    #[test]
    fn documents_of_one_name_need_a_module() {
        let (first, second) = (document("Pets", "1.0"), document("Toys", "1.0"));
        let apis = "[[api]]\nspec = \"pets/openapi.yaml\"\n\n[[api]]\nspec = \"toys/openapi.yaml\"\n";
        let root = project(&[
            ("codegen.toml", &configuration(apis)),
            ("pets/openapi.yaml", &first),
            ("toys/openapi.yaml", &second),
        ]);
        let error = configure(&root).unwrap_err();
        assert!(
            error.contains("`pets/openapi.yaml` and `toys/openapi.yaml` have the same module `openapi`"),
            "{error}"
        );
        assert!(error.contains("codegen.toml:9:8") && error.contains("module = "), "{error}");
        fs::write(root.path().join("codegen.toml"), configuration(&format!("{apis}module = \"toys\"\n"))).unwrap();
        configure(&root).unwrap();
        assert!(
            root.path().join("out/src/toys/mod.rs").is_file() && root.path().join("out/src/openapi/mod.rs").is_file()
        );
    }

    #[test]
    fn documents_with_the_same_lock_are_rejected() {
        let text = document("Pets", "1.0");
        let apis = "[[api]]\nspec = \"pets.yaml\"\n\n[[api]]\nspec = \"pets.json\"\nmodule = \"x\"\n";
        let root = project(&[("codegen.toml", &configuration(apis)), ("pets.yaml", &text), ("pets.json", &text)]);
        let error = configure(&root).unwrap_err();
        assert!(error.contains("`pets.yaml` and `pets.json` have the same lock"), "{error}");
    }

    #[test]
    fn modules_are_checked() {
        for (module, message) in [
            ("client", "reserved name `client`"),
            ("a-b", "invalid module `a-b`"),
            ("Pets", "invalid module `Pets`"),
            ("", "invalid identifier ``"),
            ("self", "invalid identifier `self`"),
        ] {
            let apis = format!("[[api]]\nspec = \"pets.yaml\"\nmodule = \"{module}\"\n");
            let root = project(&[("codegen.toml", &configuration(&apis)), ("pets.yaml", &document("Pets", "1.0"))]);
            let error = configure(&root).unwrap_err();
            assert!(error.contains(message) && error.contains("codegen.toml:7:10"), "{error}");
        }
    }
}

/// Returns the generated files of a document that has these methods and schemas, as one text.
fn bindings(members: &str) -> String {
    let root = tempfile::tempdir().unwrap();
    let document = root.path().join("books.json");
    let text = format!("{{{members}, {}", DOCUMENT.trim_start_matches('{'));
    fs::write(&document, text).unwrap();
    generate(&document, &root.path().join("books"));
    let mut files: Vec<_> = walk(&root.path().join("books/src"));
    files.sort();
    files.into_iter().map(read).collect()
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

#[test]
fn inline_schemas_of_one_method_have_distinct_names() {
    let inline = r#"{"type": "object", "properties": {"note": {"type": "string"}}}"#;
    let text = bindings(&format!(
        r#""resources": {{"carts": {{"methods": {{"pay": {{
            "id": "books.carts.pay", "httpMethod": "POST", "path": "v1/carts",
            "parameters": {{
                "request": {{"type": "string", "location": "query", "enum": ["ASK", "CHARGE"]}},
                "response": {{"type": "string", "location": "query", "enum": ["FULL", "SHORT"]}}
            }},
            "request": {inline}, "response": {inline}
        }}}}}}}}"#
    ));
    for item in ["pub struct PayRequest ", "pub enum PayRequest2 ", "pub struct PayResponse ", "pub enum PayResponse2 "]
    {
        assert!(text.contains(item), "no `{item}`");
    }
}

#[test]
fn inline_schemas_do_not_collide_with_properties_or_schemas() {
    let text = bindings(
        r#""schemas": {
            "Shelf": {"id": "Shelf", "type": "object",
                "properties": {
                    "additionalProperties": {"type": "string", "enum": ["YES", "NO"]},
                    "kind": {"type": "string", "enum": ["WOOD", "STEEL"]}
                },
                "additionalProperties": {"type": "object", "properties": {"note": {"type": "string"}}}
            },
            "Shelf.kind": {"id": "Shelf.kind", "type": "object", "properties": {"size": {"type": "integer"}}}
        }"#,
    );
    for item in [
        "pub struct AdditionalProperties ",
        "pub enum AdditionalProperties2 ",
        "pub enum Kind ",
        "pub struct ShelfKind ",
    ] {
        assert!(text.contains(item), "no `{item}`");
    }
}

/// Returns the generated types of an OpenAPI document with these schemas.
fn types_of(schemas: &str) -> String {
    let root = tempfile::tempdir().unwrap();
    let document = root.path().join("x.json");
    let info =
        r#""openapi": "3.0.3", "info": {"title": "x", "version": "1"}, "servers": [{"url": "https://x.example.com"}]"#;
    let text = format!(r#"{{{info}, "paths": {{}}, "components": {{"schemas": {{{schemas}}}}}}}"#);
    fs::write(&document, text).unwrap();
    generate(&document, &root.path().join("x"));
    read(root.path().join("x/src/types.rs"))
}

#[test]
fn choices_of_many_schemas_take_little_time() {
    let begin = std::time::Instant::now();
    for (count, list) in [(30, false), (10, true)] {
        let one = |of: usize| {
            let reference = format!(r##"{{"$ref": "#/components/schemas/A{of}"}}"##);
            if list { format!(r#"{{"type": "array", "items": {reference}}}"#) } else { reference }
        };
        let schema = |at: usize| {
            let others: Vec<String> = (0..count).filter(|of| *of != at).map(one).collect();
            format!(r#""A{at}": {{"oneOf": [{}]}}"#, others.join(", "))
        };
        types_of(&(0..count).map(schema).collect::<Vec<_>>().join(", "));
    }
    assert!(begin.elapsed().as_secs() < 30, "{:?}", begin.elapsed());
}

#[test]
fn a_list_of_itself_is_one_list() {
    let text = types_of(r##""Tree": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}"##);
    assert!(text.contains("List(Vec<Tree>)") && text.contains("list_depth: 2 }"), "{text}");
}

#[test]
fn a_type_of_rust_is_converted_into_one_alternative() {
    let text =
        types_of(r#""A": {"oneOf": [{"type": "string", "format": "int64"}, {"type": "integer", "format": "int64"}]}"#);
    assert!(text.matches("From<i64> for A").count() <= 1, "{text}");
}
