//! Unions: imports from protos and reference pages, and checks.

use discovery_codegen::import;
use discovery_codegen::source::Source;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn source(path: &Path) -> Arc<Source> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Arc::new(Source::new(path.file_name().unwrap().to_string_lossy(), text))
}

fn zoo(file: &str) -> Arc<Source> {
    source(&root().join("tests/documents/unions").join(file))
}

fn committed(file: &str) -> Arc<Source> {
    source(&root().join("spec").join(file))
}

fn notes(text: &str) -> Arc<Source> {
    Arc::new(Source::new("zoo.overlay.toml", text))
}

fn import(overlay: &str) -> import::apply::Imported {
    import::import_protos(&zoo("zoo.json"), &notes(overlay), &[root().join("tests/documents/unions")]).unwrap()
}

const FROM_PROTO: &str = r#"package = "example.zoo.v1"

[schemas.Animal.unions.food]
members = ["meat", "hay", "leftovers"]
source = { kind = "proto", ref = "zoo.proto" }

[schemas.Door.unions.lock]
members = ["keyNumber"]
source = { kind = "proto", ref = "zoo.proto" }

[schemas.Origin.unions.origin]
members = ["farm"]
source = { kind = "proto", ref = "zoo.proto" }
"#;

#[test]
fn unions_are_imported_from_protos() {
    let written = import("");
    assert_eq!(written.text, FROM_PROTO);
    // Parts without a counterpart are listed with reasons.
    let report = written.report.to_string();
    for part in [
        "secret`: `Animal` has none of the members",
        "no message of `example.zoo.v1` or its imports has the name of: Fish",
        "google/api/annotations.proto",
    ] {
        assert!(report.contains(part), "{part} in\n{report}");
    }
}

#[test]
fn an_import_run_twice_changes_nothing() {
    let again = import(FROM_PROTO);
    assert_eq!(again.text, FROM_PROTO);
    assert_eq!(again.report.added, [] as [String; 0]);
}

#[test]
fn manual_entries_are_kept() {
    let by_hand = r#"# Our zoo.
package = "example.zoo.v1"

[schemas.Animal]
doc = "An animal." # short

# According to the keeper.
[schemas.Animal.unions.food]
members = ["meat", "hay"]
source = { kind = "manual", ref = "the keeper" }

[schemas.Animal.properties.name]
doc = "Its name."

[schemas.Fish]
doc = "It swims."
"#;
    let written = import(by_hand);
    let with_lock = by_hand.replace(
        "[schemas.Fish]",
        "[schemas.Door.unions.lock]\nmembers = [\"keyNumber\"]\nsource = { kind = \"proto\", ref = \"zoo.proto\" }\n\n[schemas.Fish]",
    );
    let expected = with_lock
        + "\n[schemas.Origin.unions.origin]\nmembers = [\"farm\"]\nsource = { kind = \"proto\", ref = \"zoo.proto\" }\n";
    assert_eq!(written.text, expected);
    let report = written.report.disagreements.join("\n");
    for part in ["`Animal.food`", "has the member `leftovers`", "the keeper", "manual"] {
        assert!(report.contains(part), "{part} in\n{report}");
    }
}

#[test]
fn new_members_are_added_to_the_overlay() {
    let older = FROM_PROTO.replace(", \"leftovers\"", "");
    assert_eq!(import(&older).text, FROM_PROTO);
}

#[test]
fn a_member_of_another_union_is_a_disagreement() {
    let other = FROM_PROTO.replace("[schemas.Animal.unions.food]", "[schemas.Animal.unions.diet]");
    let written = import(&other);
    assert_eq!(written.text, other);
    assert!(written.report.disagreements.iter().any(|line| line.contains("in `diet`")), "{}", written.report);
}

#[test]
fn protos_of_another_package_are_an_error_with_the_nearest() {
    let error = import::import_protos(
        &zoo("zoo.json"),
        &notes("package = \"example.zoo.v2\"\n"),
        &[root().join("tests/documents/unions")],
    )
    .unwrap_err()
    .render(false);
    for part in ["no proto file has the package `example.zoo.v2`", "did you mean `example.zoo.v1`?"] {
        assert!(error.contains(part), "{error}");
    }
}

/// Returns the error of an import with a file in the folder of its protos.
fn import_error(make: impl Fn(&Path)) -> String {
    let folder = tempfile::tempdir().unwrap();
    make(&folder.path().join("x.proto"));
    let overlay = notes("package = \"example.zoo.v1\"\n");
    let folders = [folder.path().to_owned()];
    import::import_protos(&zoo("zoo.json"), &overlay, &folders).unwrap_err().render(false)
}

#[test]
fn errors_in_protos_have_a_location() {
    const HEAD: &str = "syntax = \"proto3\";\npackage example.zoo.v1;\n";
    for (text, error) in [
        ("message A {\n  string p = x;\n}".to_owned(), "x.proto:4:14: expected an integer"),
        ("message A { Unknown p = 1; }".to_owned(), "x.proto:3:13: name 'Unknown' is not defined"),
        ("message A {".repeat(100_000), "x.proto:3:1111: nested more than 100 levels deep"),
        (format!("option (a) = {{{}", "a: <".repeat(100_000)), "nested more than 100 levels deep"),
        (format!("option (a) = {{ a: {}", "[".repeat(100_000)), "nested more than 100 levels deep"),
    ] {
        let message = import_error(|path| std::fs::write(path, format!("{HEAD}{text}")).unwrap());
        assert!(message.contains(error), "{message}");
    }
}

/// Imports protos, each file with its name, its imports and its content.
fn import_files(files: &[(String, String, String)]) -> Result<import::apply::Imported, String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, imports, content) in files {
        let text = format!("syntax = \"proto3\";\npackage example.zoo.v1;\n{imports}\n{content}\n");
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let overlay = notes("package = \"example.zoo.v1\"\n");
    import::import_protos(&zoo("zoo.json"), &overlay, &[folder.path().to_owned()]).map_err(|error| error.render(false))
}

#[test]
fn public_imports_are_followed_once_and_to_the_end() {
    // Paths from the first file to the last are more than can be followed.
    let count = 60;
    let mut files: Vec<(String, String, String)> = (0..count)
        .map(|i| {
            let imports: Vec<String> = (i + 1..count).map(|k| format!("import public \"f{k}.proto\";")).collect();
            (format!("f{i}.proto"), imports.join("\n"), format!("message M{i} {{}}"))
        })
        .collect();
    files.push(("a.proto".into(), "import \"f0.proto\";".into(), "message A { M59 m = 1; }".into()));
    import_files(&files).unwrap();
    // Through several files, one after the other.
    let mut files: Vec<(String, String, String)> = (0..5)
        .map(|i| (format!("f{i}.proto"), format!("import public \"f{}.proto\";", i + 1), String::new()))
        .collect();
    files.push(("f5.proto".into(), String::new(), "message M {}".into()));
    files.push(("a.proto".into(), "import \"f0.proto\";".into(), "message A { M m = 1; }".into()));
    let written = import_files(&files).unwrap();
    assert!(!format!("{written:?}").contains("is left out"), "{written:?}");
    files[2].1 = files[2].1.replace(" public", "");
    let written = import_files(&files).unwrap();
    assert!(format!("{written:?}").contains("a.proto:4:13: name 'example.zoo.v1.M' is not defined"), "{written:?}");
}

#[test]
fn files_that_import_each_other_are_an_error() {
    let cycle = |count: usize| -> String {
        let file = |i: usize| {
            (
                format!("f{i:03}.proto"),
                format!("import \"f{:03}.proto\";", (i + 1) % count),
                format!("message M{i} {{}}"),
            )
        };
        import_files(&(0..count).map(file).collect::<Vec<_>>()).unwrap_err()
    };
    assert!(cycle(1).contains("circular import: f000.proto → f000.proto"));
    let short = cycle(3);
    assert!(short.contains("circular import: f000.proto → f001.proto → f002.proto → f000.proto"), "{short}");
    let long = cycle(300);
    assert!(long.contains("f004.proto → … → f295.proto") && !long.contains("f005.proto"), "{long}");
}

#[cfg(unix)]
#[test]
fn only_regular_files_are_protos() {
    let fifo = |path: &Path| {
        assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
    };
    for message in [
        import_error(fifo),
        import_error(|path| std::os::unix::fs::symlink("/dev/zero", path).unwrap()),
        import_error(|path| {
            std::fs::write(path.with_file_name("a.proto"), "package example.zoo.v1;\nimport \"x.proto\";").unwrap();
            fifo(path);
        }),
    ] {
        assert!(message.contains("x.proto` is not a regular file"), "{message}");
    }
}

/// Imports protos into the overlay of a document that lacks most of their methods.
fn library(document: &str, overlay: &str) -> import::apply::Imported {
    let document = Arc::new(Source::new("library.json", document));
    import::import_protos(&document, &notes(overlay), &[root().join("tests/documents/imports/protos")]).unwrap()
}

fn imports(file: &str) -> String {
    source(&root().join("tests/documents/imports").join(file)).text.clone()
}

/// The resulting overlay is tested in `conformance`: `tests/features.rs`.
#[test]
fn methods_that_the_document_lacks_are_added() {
    let document = imports("library.json");
    let written = library(&document, "");
    assert_eq!(written.text, imports("library.overlay.toml"));
    let report = written.report.to_string();
    for part in [
        "added: `books.list`: GET v1/books\n",
        "BurnBook`, POST /v1/{name=shelves/*/books/*}:burn: the document has no schema for \
         its request `example.library.v1.BurnBookRequest`",
        "GetShelf`, GET /v1/{name=shelves/*}: the document has no schema for its response `example.library.v1.Shelf`",
        "ReadBook`, GET /v1/{name=**}: unsupported `**` in its path",
        "unsupported type of the query parameter `tags`",
        "TellBook`, POST /v1/{name=shelves/*/books/*}:tell: client streaming is unsupported",
    ] {
        assert!(report.contains(part), "{part} in\n{report}");
    }
    // A second import changes nothing.
    let again = library(&document, &written.text);
    assert_eq!((again.text, again.report.added), (written.text, Vec::new()));
}

#[test]
fn pruned_methods_are_not_added() {
    let pruned = imports("library.json").replacen('{', r#"{ "x-include": ["shelves.books.{list,lend}"], "#, 1);
    let written = library(&pruned, "");
    let added: Vec<&str> = written.text.lines().filter(|line| line.starts_with("[add.methods.")).collect();
    assert_eq!(added, ["[add.methods.\"shelves.books.lend\"]", "[add.methods.\"shelves.books.lend\".parameters.name]"]);
    let report = written.report.to_string();
    let pruned =
        "pruned from the document by `x-include`: books.find, books.list, shelves.books.burn, shelves.books.create";
    assert!(report.contains(pruned), "{report}");
    let broken = imports("library.json").replacen('{', r#"{ "x-include": ["shelves.{books"], "#, 1);
    let report = library(&broken, "").report.to_string();
    assert!(report.contains("`x-include`: the pattern `shelves.{books` has an unmatched `{`"), "{report}");
}

#[test]
fn manually_added_methods_are_kept() {
    let by_hand = r#"package = "example.library.v1"

[add.methods."books.everything"]
httpMethod = "GET"
path = "v1/books"
source = { kind = "manual", ref = "seen" }

[add.methods."shelves.books.lend"]
httpMethod = "POST"
path = "v1/lend"
source = { kind = "manual", ref = "seen" }
"#;
    let written = library(&imports("library.json"), by_hand);
    let end = written.text.find("[add.methods.\"books.everything\"]").unwrap();
    assert!(
        written.text[end..]
            .starts_with(&by_hand[by_hand.find("[add").unwrap()..by_hand.find("\n[add.methods.\"shelves").unwrap()])
    );
    // The method exists under a manual name, and is not added again; existing names are kept.
    assert!(!written.text.contains("\"books.list\""), "{}", written.text);
    assert!(written.text.contains("path = \"v1/lend\""), "{}", written.text);
    assert!(written.text.contains("[add.methods.\"shelves.books.lendBook\"]"), "{}", written.text);
}

#[test]
fn a_page_in_html_and_german() {
    let written = import::import_page(&zoo("zoo.json"), &notes(""), &zoo("animal.html")).unwrap();
    let expected = r#"[schemas.Animal.unions.food]
members = ["meat", "hay", "fish"]
source = { kind = "reference", ref = "https://zoo.example.com/docs/animals" }
"#;
    assert_eq!(written.text, expected);
    assert_eq!(written.report.unmatched.len(), 1, "{}", written.report);
    assert!(written.report.unmatched[0].contains("the union `button`"));
}

#[test]
fn a_page_in_korean_whose_headings_are_translated() {
    let written = import::import_page(&zoo("zoo.json"), &notes(""), &zoo("door.ko.txt")).unwrap();
    assert!(written.text.contains("[schemas.Door.unions.lock]\nmembers = [\"keyNumber\"]"), "{}", written.text);
}

#[test]
fn a_page_of_tuned_models_in_japanese_gives_its_four_unions() {
    let page = zoo("tuned_model.ja.txt");
    for document in ["generativelanguage.v1beta.json", "generativelanguage.v1beta3.json"] {
        let written = import::import_page(&committed(document), &notes(""), &page).unwrap();
        let expected = r#"[schemas.Dataset.unions.dataset]
members = ["examples"]
source = { kind = "reference", ref = "tuned_model.ja.txt" }

[schemas.Hyperparameters.unions.learning_rate_option]
members = ["learningRate", "learningRateMultiplier"]
source = { kind = "reference", ref = "tuned_model.ja.txt" }

[schemas.TunedModel.unions.source_model]
members = ["tunedModelSource", "baseModel"]
source = { kind = "reference", ref = "tuned_model.ja.txt" }

[schemas.TuningExample.unions.model_input]
members = ["textInput"]
source = { kind = "reference", ref = "tuned_model.ja.txt" }
"#;
        assert_eq!(written.text, expected);
        // The committed overlay already has them.
        let overlay = committed(&document.replace(".json", ".overlay.toml"));
        let again = import::import_page(&committed(document), &overlay, &page).unwrap();
        assert_eq!(again.text, overlay.text, "{}", again.report);
    }
}

#[test]
fn suspected_members_are_reported_with_evidence() {
    let report = import::check(&zoo("zoo.json"), &notes(FROM_PROTO)).unwrap();
    assert!(report.is_settled(), "{:?}", report.unknown);

    let overlay = committed("aiplatform.v1.overlay.toml");
    let older = overlay.text.lines().map(|line| match line.strip_prefix("members = [\"supervisedTuningSpec\"") {
        Some(_) => "members = [\"supervisedTuningSpec\"]",
        None => line,
    });
    let older = Arc::new(Source::new("older", older.collect::<Vec<_>>().join("\n")));
    assert_ne!(older.text, overlay.text.trim_end());
    let report = import::check(&committed("aiplatform.v1.json"), &older).unwrap();
    let reported: Vec<String> = report.unknown.iter().map(ToString::to_string).collect();
    assert_eq!(reported.len(), 1, "{reported:?}");
    for part in
        ["TuningJob.preferenceOptimizationSpec`: may be a member of", "`tuning_spec`", "for:", "ends with `spec`"]
    {
        assert!(reported[0].contains(part), "{part} in\n{}", reported[0]);
    }
}

#[test]
fn listed_non_members_are_not_reported_again() {
    let overlay = committed("aiplatform.v1.overlay.toml");
    assert!(import::check(&committed("aiplatform.v1.json"), &overlay).unwrap().is_settled());
    let without = overlay.text.replace("not_members = [\"encryptionSpec\"]", "");
    let report = import::check(&committed("aiplatform.v1.json"), &Arc::new(Source::new("x", without))).unwrap();
    assert_eq!(report.unknown.iter().map(|u| u.property.as_str()).collect::<Vec<_>>(), ["encryptionSpec"]);
}

#[test]
fn a_missing_member_is_reported_with_its_location() {
    let older = FROM_PROTO.replace("\"leftovers\"", "\"straw\"");
    let report = import::check(&zoo("zoo.json"), &notes(&older)).unwrap();
    let reported: Vec<String> = report.missing.iter().map(ToString::to_string).collect();
    assert_eq!(reported.len(), 1);
    assert!(reported[0].contains("zoo.overlay.toml:4:27") && reported[0].contains("`straw`"), "{}", reported[0]);
}
