//! Reports of one or more pairs of documents.

use super::{Bump, Report, WireCompatibility};
use crate::diagnostic::Diagnostics;

/// Reports of a comparison of documents or folders.
#[derive(Clone, Debug, Default)]
pub struct Review {
    /// Report for each pair of documents; for folders, only of those that differ.
    pub reports: Vec<Report>,
    /// True if folders were compared.
    pub folders: bool,
    /// Documents that only the new folder has.
    pub added: Vec<String>,
    /// Documents that only the old folder has.
    pub removed: Vec<String>,
    /// Errors of documents of folders that are not compared.
    pub errors: Diagnostics,
}

impl Review {
    /// Returns the required change of the version; `None` if nothing changed.
    pub fn semver(&self) -> Option<Bump> {
        let removed = (!self.removed.is_empty()).then_some(Bump::Major);
        let added = (!self.added.is_empty()).then_some(Bump::Minor);
        self.reports.iter().map(Report::semver).chain([removed, added]).max().flatten()
    }

    /// Returns the required change of the version, without accepted findings; `None` if nothing else changed.
    pub fn semver_unaccepted(&self) -> Option<Bump> {
        let added = (!self.added.is_empty()).then_some(Bump::Minor);
        let removed = (!self.removed.is_empty()).then_some(Bump::Major);
        let open = self.reports.iter().flat_map(|report| &report.findings).filter(|f| f.accepted.is_none());
        open.map(|finding| Some(finding.change.rust)).chain([added, removed]).max().flatten()
    }

    /// Returns the worst verdict for old clients, without accepted findings.
    pub fn wire_unaccepted(&self) -> WireCompatibility {
        let removed = if self.removed.is_empty() { WireCompatibility::Safe } else { WireCompatibility::Breaking };
        self.reports.iter().map(Report::wire_unaccepted).max().unwrap_or_default().max(removed)
    }
}
