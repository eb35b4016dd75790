//! Documents in forms and under names that others have not.

use super::*;

#[test]
fn yaml_in_any_form() {
    let inner = "openapi: 3.1.0, info: {title: A, version: v1}, paths: {/a: {get: {operationId: a.get, responses: {'204': {description: x}}}}}";
    let quoted = inner.replacen("openapi", "'openapi'", 1);
    let block = "openapi: 3.1.0\ninfo: {title: A, version: v1}\npaths: {/a: {get: {operationId: a.get, responses: {'204': {description: x}}}}}\n";
    for text in [
        format!("{{{inner}}}"),
        format!("{{{quoted}}}"),
        format!("\u{feff}{{ # why\n  {inner},\n}}"),
        format!("---\n{{{inner}}}\n"),
        format!("# why\n\n  {{{inner}}}"),
        format!("!!map\n{block}"),
        block.lines().map(|line| format!("  {line}\r\n")).collect(),
        block.replacen("openapi: ", "? openapi\n: ", 1),
    ] {
        let folder = Folder::new(&[("a.yaml", &text)]);
        assert!(folder.ok(&["inspect", "a.yaml"]).contains("a.get"), "{text}");
        folder.ok(&["vendor", "a.yaml", "--include", "**", "--output", "b.json"]);
        assert!(folder.ok(&["inspect", "b.json"]).contains("a.get"), "{text}");
    }
    let open = format!("{{{inner}");
    let folder = Folder::new(&[("a.yaml", &open), ("b.yaml", "{\"openapi\": 3.1.0}"), ("c.yaml", "{a: 1}")]);
    let error = folder.fails(&["inspect", "a.yaml"]);
    assert!(error.contains("a.yaml:1:") && !error.contains("JSON"), "{error}");
    let error = folder.fails(&["inspect", "b.yaml"]);
    assert!(error.contains("read as JSON, not as YAML"), "{error}");
    let error = folder.fails(&["inspect", "c.yaml"]);
    assert!(error.contains("JSON"), "{error}");
}

/// A copy of another name has the same references.
#[test]
fn a_document_may_name_its_own_file() {
    let own = PETS.replace("'#/components/schemas/Pet'", "pets.yaml#/components/schemas/Pet");
    let folder = Folder::new(&[("pets.yaml", &own), ("spec/codegen.toml", "")]);
    folder.ok(&["vendor", "pets.yaml", "--include", "pets.create", "--output", "spec/shop.json"]);
    let list = folder.ok(&["inspect", "spec/shop.json", "--schemas"]);
    assert!(list.contains("types::Pet::name"), "{list}");
    fs::remove_file(folder.path("spec/codegen.toml")).unwrap();
    if cfg!(feature = "fetch") {
        fs::rename(folder.path("pets.yaml"), folder.path("spec/pets.yaml")).unwrap();
        folder.ok(&["init", "spec/pets.yaml", "--include", "**", "--whole", "--name", "p", "--path", "w"]);
        assert!(!folder.read("w/spec/pets.yaml").contains("pets.yaml#"));
        assert!(folder.read("w/p/src/pets/types.rs").contains("pub struct Pet"));
    }
}

#[test]
fn urls_and_folders_are_no_files() {
    let folder = pets();
    for command in ["overlay missing", "unions check"] {
        let command: Vec<&str> = command.split(' ').collect();
        let error = folder.fails(&[&command, &["--spec", "https://x.test/pets.yaml"][..]].concat());
        assert!(error.contains("this is a URL") && error.contains("`fetch`"), "{error}");
        let error = folder.fails(&[&command, &["--spec", "."][..]].concat());
        assert!(error.contains("name a file in it"), "{error}");
    }
}

/// Protos and pages from which nothing can be imported.
#[test]
fn sources_without_unions_are_noted() {
    let folder = pets();
    folder.write("page.html", "<html><p>Sorry</p></html>");
    let (code, _, note) = folder.run(&["unions", "import", "--spec", "pets.yaml", "--reference", "page.html"]);
    assert!(code == 0 && note.contains("warning: `page.html` has no union"), "{note}");
    if !cfg!(feature = "import") {
        return;
    }
    let statements = "syntax = \"proto3\"; package pets.v1; message Pet { oneof kind { string name = 1; } }";
    folder.write("protos/pets.proto", format!("\u{feff}{statements}"));
    let import = ["unions", "import", "--spec", "pets.yaml", "--proto-path", "protos"];
    folder.write("pets.overlay.toml", "package = \"toys.v9\"\n");
    let error = folder.fails(&import);
    assert!(error.contains("no proto file has the package `toys.v9`") && error.contains("`pets.v1`"), "{error}");
    folder.write("pets.overlay.toml", "package = \"pets.v1\"\n");
    let (code, _, report) = folder.run(&import);
    assert!(code == 0 && report.contains("added: `Pet.kind`: name"), "{report}");
    let file = [&import[..5], &["protos/pets.proto"]].concat();
    let error = folder.fails(&file);
    assert!(error.contains("name the folder that imports are relative to"), "{error}");
}

#[test]
fn texts_that_are_no_documents() {
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n";
    let folder =
        Folder::new(&[("lfs.json", pointer), ("page.yaml", "<!DOCTYPE html>\n<html><body>Log in</body></html>\n")]);
    for (file, message) in [("lfs.json", "`git lfs pull`"), ("page.yaml", "the document is HTML or XML")] {
        let error = folder.fails(&["inspect", file]);
        assert!(error.contains(message), "{error}");
    }
}
