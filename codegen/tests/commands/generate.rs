//! `generate`, `inspect` and build scripts.

use super::*;

#[test]
fn the_path_of_the_runtime_is_that_of_the_last_run() {
    let folder = pets();
    let generate = ["generate", "--spec", "pets.yaml", "--out", "p"];
    folder.ok(&generate);
    let version = concat!("version = \"", env!("CARGO_PKG_VERSION"), "\", ");
    assert!(folder.read("p/Cargo.toml").contains(&format!("{version}default-features = false")));
    let runtime = runtime();
    folder.ok(&[&generate[..], &["--runtime-path", &runtime]].concat());
    let manifest = folder.read("p/Cargo.toml");
    assert!(manifest.contains("/codegen/runtime\"") && !manifest.contains(version), "{manifest}");
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

/// Nothing is lost where names are distinguished.
#[test]
fn strict_allows_notes() {
    let folder = pets();
    let text = |required: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\nservers: [{{url: https://x.test}}]\npaths:\n  \
             /a: {{get: {{operationId: same, responses: {{}}}}, put: {{operationId: same, responses: {{}}}}}}\n\
             components: {{schemas: {{A: {{type: object, required: {required}, properties: {{id: {{}}, ID: {{}}}}}}}}}}\n"
        )
    };
    folder.write("twice.yaml", text("[id]"));
    folder.ok(&["generate", "--strict", "--spec", "twice.yaml", "--out", "p"]);
    folder.write("twice.yaml", text("id"));
    let error = folder.fails(&["generate", "--strict", "--spec", "twice.yaml", "--out", "p"]);
    for part in
        ["note: duplicate `operationId`: `same`", "note: properties of `A` have one name", "error: 1 warning, and"]
    {
        assert!(error.contains(part), "{part} in\n{error}");
    }
}

#[test]
fn an_overlay_that_cannot_be_read_is_not_left_out() {
    let folder = pets();
    for name in ["pets.overlay.toml", "pets.lock.toml"] {
        fs::create_dir(folder.path(name)).unwrap();
        for command in [&["generate", "--spec", "pets.yaml", "--out", "p"][..], &["diff", "pets.yaml", "pets.yaml"]] {
            let error = folder.fails(command);
            assert!(error.contains(&format!("`{name}` is a folder")), "{command:?}: {error}");
        }
        fs::remove_dir(folder.path(name)).unwrap();
    }
}

#[test]
fn a_lock_of_a_build_script_exists() {
    let folder = pets();
    let builder = || discovery_codegen::Builder::new().spec(folder.path("pets.yaml")).out_dir(folder.path("out"));
    let error = builder().lock(folder.path("typo.toml")).generate().unwrap_err().to_string();
    assert!(error.contains("typo.toml") && error.contains("writes a lock"), "{error}");
    let error = builder().spec(folder.path("toys.yaml")).generate().unwrap_err().to_string();
    assert!(error.contains("expected one document, found 2"), "{error}");
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

/// Docs and examples use the library as Cargo names it.
#[test]
fn examples_use_the_name_of_the_library() {
    let manifest =
        "[package]\nname = \"my-pets\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[lib]\nname = \"myPets\"\n";
    let folder = Folder::new(&[("pets.yaml", PETS), ("p/Cargo.toml", manifest), ("p/src/lib.rs", "")]);
    folder.ok(&["generate", "--spec", "pets.yaml", "--out", "p"]);
    assert!(folder.read("p/README.md").contains("use myPets::Client;"));
    assert!(folder.read("p/src/lib.rs").contains("//! use myPets::Client;"));
    let configuration = "[crate]\nname = \"my-pets\"\npath = \"../q\"\n\n[[api]]\nspec = \"pets.yaml\"\n";
    folder.write("spec/codegen.toml", configuration);
    folder.write("spec/pets.yaml", PETS);
    folder.write("q/Cargo.toml", manifest);
    folder.ok(&["generate"]);
    assert!(folder.read("q/src/lib.rs").contains("//! use myPets::pets::Client;"));
    folder.ok(&["generate", "--spec", "pets.yaml", "--out", "r", "--crate-name", "petsAPI-v1"]);
    assert!(folder.read("r/README.md").contains("use petsAPI_v1::Client;"));
}

#[cfg(unix)]
#[test]
fn names_of_files_need_not_be_utf8() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new(&[("pets.yaml", PETS)]);
    let name = std::ffi::OsStr::from_bytes(b"p\xff.yaml");
    // Some file systems have no such names.
    if fs::copy(folder.path("pets.yaml"), folder.path("").join(name)).is_ok() {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_discovery-codegen"));
        command.current_dir(folder.path("")).args(["generate", "--out", "q", "--crate-name", "q", "--spec"]).arg(name);
        let run = command.output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    }
}
