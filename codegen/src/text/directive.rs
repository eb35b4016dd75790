//! Directives of a build script to Cargo: one line each.

use super::line::is_line_char;
use super::terminal;
use std::fmt;
use std::path::Path;

/// A line that a build script prints for Cargo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive(String);

impl Directive {
    /// Shows a warning; control characters and line endings in it show as their escapes.
    pub fn warning(message: &str) -> Self {
        Self(format!("cargo::warning={}", terminal::escape(message).as_str()))
    }

    /// Runs the build script again when a file changes. `None` for a path that no directive can name, because it is not
    /// UTF-8 or has a control character in it.
    pub fn rerun_if_changed(path: &Path) -> Option<Self> {
        let path = path.to_str().filter(|path| path.chars().all(is_line_char))?;
        Some(Self(format!("cargo::rerun-if-changed={path}")))
    }
}

impl fmt::Display for Directive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directive_is_one_line() {
        let hostile = "x\ncargo::rustc-env=A=B\rcargo::rustc-link-arg=C";
        let warning = Directive::warning(hostile).to_string();
        assert_eq!(warning.lines().count(), 1);
        assert!(!warning.contains('\r'), "{warning:?}");
        assert_eq!(Directive::rerun_if_changed(Path::new(hostile)), None);
        let path = Directive::rerun_if_changed(Path::new("spec/x.json")).unwrap();
        assert_eq!(path.to_string(), "cargo::rerun-if-changed=spec/x.json");
    }
}
