//! Packages in a folder, by their manifests.

use std::fs;
use std::path::{Path, PathBuf};
use toml_edit::DocumentMut;

/// Number of folders above one another in which packages are looked for.
const DEPTH: usize = 5;

/// A manifest, and its folder.
pub(super) struct Manifest {
    pub(super) folder: PathBuf,
    pub(super) document: DocumentMut,
}

/// Returns the manifests below a folder, without those of build results, downloads and hidden folders. Outer ones come
/// before inner ones.
pub(super) fn below(folder: &Path) -> Vec<Manifest> {
    let mut found = Vec::new();
    walk(folder, DEPTH, &mut found);
    found.sort_by(|a, b| a.folder.cmp(&b.folder));
    found
}

fn walk(folder: &Path, depth: usize, found: &mut Vec<Manifest>) {
    let Some(depth) = depth.checked_sub(1) else { return };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let is_skipped = name == "target" || name == "node_modules" || name.to_string_lossy().starts_with('.');
        if is_skipped || !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            continue;
        }
        walk(&path, depth, found);
        found.extend(read(path));
    }
}

/// Reads the manifest of a folder, if it has a valid one.
pub(super) fn read(folder: PathBuf) -> Option<Manifest> {
    let document = fs::read_to_string(folder.join("Cargo.toml")).ok()?.parse().ok()?;
    Some(Manifest { folder, document })
}
