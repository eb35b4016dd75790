//! Google's own Python libraries, which proofs compare with: installed by pip, once, outside of the tree. Without a
//! network and without what was installed before, proofs that need them fail: they never pass by not looking.

use crate::real::cache;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

/// Packages of Python's index that a proof uses.
#[derive(Clone, Copy, Debug)]
pub struct Packages {
    /// Name of the set.
    name: &'static str,
    /// Each with its version, and all that they need: pip looks for nothing else.
    requirements: &'static [&'static str],
}

/// The client that is made from Discovery documents at run time, with those that Google publishes.
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

/// The protobuf runtime with the messages of the Gemini API, PaLM and Vertex AI: their modules of types, and not the
/// clients beside them, whose dependencies are left out.
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

/// Parsers of forms.
pub const SERVICES: Packages =
    Packages { name: "form-parsers", requirements: &["python-multipart==0.0.34", "qs-codec==1.6.3"] };

static INSTALLING: Mutex<()> = Mutex::new(());

impl Packages {
    /// A Python that finds these packages and its own library, and nothing else that this machine may have.
    ///
    /// # Errors
    /// When they are not there and cannot be installed.
    pub fn python(&self) -> Result<Command, String> {
        let folder = self.folder()?;
        let mut command = Command::new("python3");
        command.arg("-S").env("PYTHONPATH", folder).env("PYTHONIOENCODING", "utf-8");
        Ok(command)
    }

    /// Where these packages are, installed when they are not there yet.
    ///
    /// # Errors
    /// When they are not there and cannot be installed.
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

    /// Has pip unpack the packages, of which nothing is run, beside where they belong; they are put there at once.
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
            .map_err(|error| format!("python3, which this needs: {error}"))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(format!("pip cannot install {}, which this needs: {said}", self.name));
        }
        match std::fs::rename(&unpacked, folder) {
            // Another process may have been faster.
            Err(error) if !folder.is_dir() => Err(format!("{}: {error}", folder.display())),
            _ => Ok(()),
        }
    }
}
