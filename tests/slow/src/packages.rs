//! Published packages: a generated crate that depends on the published version of the runtime builds from a registry,
//! offline and outside of the workspace, and code of an earlier generator compiles with the current runtime.

use crate::project;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Published packages in the order of their dependencies.
const PACKAGES: [&str; 3] = ["discovery-runtime", "discovery-codegen", "google-ai-tuning"];

/// Packs the crates, and builds generated crates with them.
///
/// # Errors
/// When a crate cannot be packed, resolved or compiled.
pub(crate) fn run() -> Result<(), String> {
    let root = tempfile::tempdir().map_err(|error| error.to_string())?;
    let root = root.path();
    let packed = pack(root)?;
    let registry = registry(root, &packed)?;
    generated_crate(root, &registry)?;
    earlier_code(root)
}

fn cargo(folder: &Path, arguments: &[&str]) -> Result<String, String> {
    let mut command = Command::new("cargo");
    command.args(arguments).current_dir(folder).env("CARGO_TARGET_DIR", folder.join("target"));
    let output = command.output().map_err(|error| format!("cargo: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(format!("cargo {}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr)))
}

fn run_in(folder: &Path, program: &str, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new(program).args(arguments).current_dir(folder).output();
    let output = output.map_err(|error| format!("{program}: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(format!("{program} {}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr)))
}

/// Packs the crates as `cargo publish` does, each against those before it. Returns the folder of the packages.
fn pack(root: &Path) -> Result<PathBuf, String> {
    let target = root.join("package");
    let target = target.to_string_lossy();
    let mut arguments = vec!["package", "--no-verify", "--offline", "--allow-dirty", "--target-dir", &target];
    PACKAGES.iter().for_each(|package| arguments.extend(["--package", package]));
    run_in(&project::path(""), "cargo", &arguments)?;
    println!("packages: {} are packed", PACKAGES.join(", "));
    Ok(root.join("package/package"))
}

/// Returns a directory source with the packed runtime and its dependencies.
fn registry(root: &Path, packed: &Path) -> Result<PathBuf, String> {
    let (registry, sources) = (root.join("registry"), root.join("sources"));
    let failed = |error: std::io::Error| error.to_string();
    fs::create_dir_all(&sources).map_err(failed)?;
    let archive = fs::read_dir(packed)
        .map_err(failed)?
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("discovery-runtime-")))
        .ok_or("missing package of the runtime")?;
    run_in(&sources, "tar", &["-xzf", &archive.to_string_lossy()])?;
    let name = archive.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let runtime = sources.join(&name);
    // The lock file of the project, so that no other versions are fetched.
    cargo(&runtime, &["vendor", "--offline", "--locked", &registry.to_string_lossy()])
        .or_else(|_| cargo(&runtime, &["vendor", &registry.to_string_lossy()]))?;
    let _ = fs::remove_dir_all(runtime.join("target"));
    fs::rename(&runtime, registry.join(&name)).map_err(failed)?;
    fs::write(registry.join(&name).join(".cargo-checksum.json"), r#"{"files":{}}"#).map_err(failed)?;
    Ok(registry)
}

/// Generates a crate with the version of the runtime, and builds it offline, only from the directory source.
fn generated_crate(root: &Path, registry: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| error.to_string();
    let folder = root.join("workspace");
    fs::create_dir_all(folder.join(".cargo")).map_err(failed)?;
    let configuration = format!(
        "[source.crates-io]\nreplace-with = \"local\"\n\n[source.local]\ndirectory = {:?}\n",
        registry.to_string_lossy()
    );
    fs::write(folder.join(".cargo/config.toml"), configuration).map_err(failed)?;
    let spec = project::path("spec/generativelanguage.v1beta.json");
    let spec = spec.canonicalize().map_err(failed)?;
    // Run in the folder of the project, which does not use the directory source.
    let command = ["run", "--quiet", "--package", "discovery-codegen", "--", "init", "--path"];
    let (path, spec) = (folder.to_string_lossy(), spec.to_string_lossy());
    let init = [&path, &spec, "--include", "tunedModels.**", "--name", "bindings"];
    let arguments: Vec<&str> = command.into_iter().chain(init).collect();
    run_in(&project::path(""), "cargo", &arguments)?;
    let text = fs::read_to_string(folder.join("bindings/Cargo.toml")).map_err(failed)?;
    if !text.contains("discovery-runtime = { version = ") {
        return Err(format!("the generated crate does not depend on a version of the runtime:\n{text}"));
    }
    let home = root.join("home");
    let mut command = Command::new("cargo");
    command.args(["run", "--offline", "--quiet", "--package", "bindings", "--example", "request"]);
    command.args(["--no-default-features", "--features", "generativelanguage-v1beta"]);
    // A home without a cache: everything is in the directory source.
    command.current_dir(&folder).env("CARGO_HOME", home).env("CARGO_TARGET_DIR", root.join("target"));
    let output = command.output().map_err(failed)?;
    let (out, error) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if !output.status.success() || !out.starts_with("GET https://generativelanguage.googleapis.com/") {
        return Err(format!("the generated crate does not build from a registry: {out}{error}"));
    }
    println!("packages: a generated crate builds from a registry, offline");
    Ok(())
}

/// Compiles the code that the generator wrote before its last change with the current runtime, unless the version of
/// the runtime has changed since.
fn earlier_code(root: &Path) -> Result<(), String> {
    let project = project::path("");
    let git = |arguments: &[&str]| run_in(&project, "git", arguments);
    let commits = git(&["log", "--format=%H", "-2", "--", "generated/src"])?;
    let Some(earlier) = commits.lines().nth(1) else {
        println!("packages: the history has no earlier generated code");
        return Ok(());
    };
    let version = |text: &str| -> Option<String> {
        text.lines().find_map(|line| line.strip_prefix("version = ")).map(str::to_owned)
    };
    let (old, new) = (git(&["show", &format!("{earlier}:Cargo.toml")])?, project::text("Cargo.toml")?);
    if version(&old) != version(&new) {
        println!("packages: the version of the runtime has moved since {earlier}");
        return Ok(());
    }
    let failed = |error: std::io::Error| error.to_string();
    let folder = root.join("earlier");
    fs::create_dir_all(&folder).map_err(failed)?;
    let archive = folder.join("source.tar");
    git(&["archive", "--output", &archive.to_string_lossy(), earlier, "generated/src"])?;
    run_in(&folder, "tar", &["-xf", "source.tar"])?;
    let manifest = project::text("generated/Cargo.toml")?;
    let features = manifest.split("[features]").nth(1).and_then(|rest| rest.split("\n\n").next()).unwrap_or_default();
    let runtime = project::path("codegen/runtime").canonicalize().map_err(failed)?;
    let manifest = format!(
        "[package]\nname = \"earlier\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[features]{features}\n\n[dependencies]\ndiscovery-runtime = {{ path = {:?}, default-features = false }}\n\n[workspace]\n",
        runtime.to_string_lossy()
    );
    fs::write(folder.join("generated/Cargo.toml"), manifest).map_err(failed)?;
    fs::write(folder.join("generated/Cargo.lock"), project::text("Cargo.lock")?).map_err(failed)?;
    let apis = ["aiplatform-v1", "generativelanguage-v1beta", "generativelanguage-v1beta3"].join(",");
    cargo(&folder.join("generated"), &["check", "--offline", "--no-default-features", "--features", &apis])?;
    println!("packages: code generated at {earlier} compiles against the runtime");
    Ok(())
}
