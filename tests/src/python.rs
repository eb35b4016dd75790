//! Python libraries that tests compare with, installed once with pip outside of the source tree. Tests that need them
//! fail if they cannot be installed; they are never skipped.

use crate::real::cache;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

/// Set of packages from PyPI.
#[derive(Clone, Copy, Debug)]
pub struct Packages {
    /// Name of the set.
    name: &'static str,
    /// Packages with their versions, including all dependencies: pip does not resolve any.
    requirements: &'static [&'static str],
}

/// Google's client that interprets Discovery documents at run time, with the published documents.
pub const CLIENT: Packages = Packages {
    name: "google-api-python-client-2.202.0",
    requirements: &[
        "google-api-python-client==2.202.0",
        "certifi==2026.10.18",
        "cffi==2.1.1",
        "cryptography==50.0.2",
        "google-api-core==2.44.0",
        "google-auth==2.62.2",
        "google-auth-httplib2==0.4.4",
        "googleapis-common-protos==1.76.0",
        "httplib2==0.32.1",
        "protobuf==7.36.2",
        "pyparsing==3.3.3",
        "uritemplate==4.2.0",
    ],
};

/// The protobuf runtime with the message types of the Gemini API, PaLM API and Vertex AI, without the dependencies of
/// their clients.
pub const MESSAGES: Packages = Packages {
    name: "google-ai-messages",
    requirements: &[
        "google-ai-generativelanguage==0.12.1",
        "google-cloud-aiplatform==2.7.0",
        "googleapis-common-protos==1.76.0",
        "proto-plus==1.29.0",
        "protobuf==7.36.2",
    ],
};

/// Parsers of form bodies.
pub const SERVICES: Packages =
    Packages { name: "form-parsers", requirements: &["python-multipart==0.0.34", "qs-codec==1.6.3"] };

static INSTALLING: Mutex<()> = Mutex::new(());

impl Packages {
    /// Returns a Python command that finds only these packages and the standard library.
    ///
    /// # Errors
    /// When the packages cannot be installed.
    pub fn python(&self) -> Result<Command, String> {
        let folder = self.folder()?;
        let mut command = Command::new("python3");
        command.arg("-S").env("PYTHONPATH", folder).env("PYTHONIOENCODING", "utf-8");
        Ok(command)
    }

    /// Returns the folder of the packages, which are installed if necessary.
    ///
    /// # Errors
    /// When the packages cannot be installed.
    pub fn folder(&self) -> Result<PathBuf, String> {
        let mut hasher = DefaultHasher::new();
        self.requirements.hash(&mut hasher);
        let folder = cache().join(format!("python-{}-{:016x}", self.name, hasher.finish()));
        let _one_at_a_time = INSTALLING.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if !folder.is_dir() {
            self.install(&folder)?;
        }
        Ok(folder)
    }

    /// Unpacks the packages with pip, without executing them, into a temporary folder, which is then renamed.
    fn install(&self, folder: &Path) -> Result<(), String> {
        eprintln!("installing {} into {}", self.name, folder.display());
        let fresh = tempfile::tempdir_in(cache()).map_err(|error| error.to_string())?;
        let unpacked = fresh.path().join("packages");
        let output = Command::new("python3")
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--root-user-action=ignore"])
            .args(["--no-deps", "--only-binary", ":all:", "--no-compile", "--target"])
            .arg(&unpacked)
            .args(self.requirements)
            .output()
            .map_err(|error| format!("cannot run python3: {error}"))?;
        if !output.status.success() {
            let errors = String::from_utf8_lossy(&output.stderr);
            return Err(format!("pip cannot install {}: {errors}", self.name));
        }
        match std::fs::rename(&unpacked, folder) {
            // Another process may have installed them in the meantime.
            Err(error) if !folder.is_dir() => Err(format!("{}: {error}", folder.display())),
            _ => Ok(()),
        }
    }
}
