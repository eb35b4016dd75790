//! Atomic changes, the findings that explain them, and the report.

use super::affected::{MethodSet, Methods};
use super::rules::Rule;
use super::verdict::{Bump, Direction, WireCompatibility};
use serde_json::Value;

/// Smallest difference between two revisions.
#[derive(Clone, Debug)]
pub struct Change {
    /// Rule with its verdicts.
    pub rule: &'static Rule,
    /// Sixteen hexadecimal digits, the same in every comparison that finds the change.
    pub fingerprint: String,
    /// Verdict for old clients.
    pub wire: WireCompatibility,
    /// Verdict for the generated crate.
    pub rust: Bump,
    /// Path of the changed item in the document: `schemas.TuningJob.properties.state`. A renamed or moved item has its
    /// old path.
    pub subject: String,
    /// Human-readable name of the subject, including the owner: `Plant.label`, `plants.list(filter)`.
    pub label: String,
    /// Part of the subject below its schema or method; empty if that itself changed.
    pub(crate) leaf: String,
    /// JSON pointer to the subject in the new document, or to its former parent if it was removed.
    pub pointer: String,
    /// Direction in which calls carry the item.
    pub direction: Direction,
    /// Value in the old revision.
    pub before: Option<Value>,
    /// Value in the new revision.
    pub after: Option<Value>,
    /// Description of an item that was added or removed.
    pub doc: Option<String>,
    /// Human-readable sentence without a full stop, names between backticks.
    pub message: String,
    /// Old item in Rust, if it fits in a line.
    pub rust_before: Option<String>,
    /// New item in Rust, if it fits in a line.
    pub rust_after: Option<String>,
    pub(crate) touch: MethodSet,
    pub(crate) hints: CauseHints,
}

/// Facts about a change that the search for causes uses.
#[derive(Clone, Debug, Default)]
pub(crate) struct CauseHints {
    /// Schemas that only the new revision of the item refers to.
    pub(crate) newly_reached: Vec<String>,
    /// Schemas that only the old revision of the item refers to.
    pub(crate) no_longer_reached: Vec<String>,
    /// Group of changes with the same cause.
    pub(crate) group: Option<GroupKey>,
    /// Subject and rule of changes that explain this one.
    pub(crate) caused_by: Vec<(String, &'static Rule)>,
    /// Subject and rule of changes that this one explains.
    pub(crate) explains: Vec<(String, &'static Rule)>,
    /// True if the changes that explain this one need no verdict for Rust as severe as its own: the finding takes that.
    pub(crate) raises: bool,
    /// True for a change of a type that no signature in Rust has, but programs name: its finding is as severe as the
    /// changes of schemas that it explains.
    pub(crate) outside_of_signatures: bool,
}

/// Key that changes with the same cause share, with the subject of their finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GroupKey {
    /// Text that is the same for all members.
    pub(crate) key: String,
    /// Rule of the group.
    pub(crate) rule: &'static Rule,
    /// Path with `*` for the owners: `schemas.*.properties.satisfiesPzs`.
    pub(crate) subject: String,
    /// Human-readable sentence; `{n}` is replaced with the number of changes, `{owners}` with their owners.
    pub(crate) message: String,
    /// Smallest number of members of a group.
    pub(crate) least: usize,
}

/// Cause, with the changes that it explains.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Cause: an atomic change, or the common part of several.
    pub change: Change,
    /// True if the cause is not an atomic change, but common to all of [`Finding::includes`].
    pub group: bool,
    /// Atomic changes that the cause explains, without the cause.
    pub includes: Vec<Change>,
    /// Reason for accepting the finding; `None` if it was not accepted.
    pub accepted: Option<String>,
    /// Path of the file that contains the cause, if it was looked up and is not the new document itself.
    pub file: Option<String>,
    /// Line of the cause in that file, or in the new document, counted from one, if it was looked up.
    pub line: Option<usize>,
}

impl Finding {
    /// Returns the number of atomic changes of the finding.
    pub fn atomic(&self) -> usize {
        self.includes.len().saturating_add(usize::from(!self.group))
    }
}

/// Revision of an API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Revision {
    /// Id of the API, `aiplatform:v1`.
    pub id: String,
    /// Revision of the document, `20260717`; its version if it has none.
    pub revision: Option<String>,
    /// File, URL or git object that it was read from.
    pub source: String,
    /// Path of the document in its repository, for annotations of its lines; its URL if it has one.
    pub path: String,
}

/// All changes between two revisions of an API.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Old revision.
    pub old: Revision,
    /// New revision.
    pub new: Revision,
    /// Findings, most severe first.
    pub findings: Vec<Finding>,
    /// Remarks other than changes, such as an overlay's name that one revision does not have.
    pub notes: Vec<String>,
    pub(crate) methods: Methods,
}

impl Report {
    /// Returns the required change of the crate's version; `None` if nothing changed.
    pub fn semver(&self) -> Option<Bump> {
        self.atomic().map(|change| change.rust).max()
    }

    /// Returns the worst verdict for old clients.
    pub fn wire(&self) -> WireCompatibility {
        self.atomic().map(|change| change.wire).max().unwrap_or_default()
    }

    /// Returns every atomic change once.
    pub fn atomic(&self) -> impl Iterator<Item = &Change> {
        self.findings.iter().flat_map(|f| (!f.group).then_some(&f.change).into_iter().chain(&f.includes))
    }

    /// Returns the worst verdict for old clients, without accepted findings.
    pub fn wire_unaccepted(&self) -> WireCompatibility {
        let open = self.findings.iter().filter(|finding| finding.accepted.is_none());
        open.map(|finding| finding.change.wire).max().unwrap_or_default()
    }

    /// Returns the names of the methods that a change affects, in order.
    pub fn methods<'a>(&'a self, change: &'a Change) -> impl Iterator<Item = &'a str> {
        self.methods.names(&change.touch)
    }

    /// Returns the names of the methods that any of some findings affects, in order.
    pub(crate) fn methods_of<'a>(&self, findings: impl IntoIterator<Item = &'a Finding>) -> Vec<&str> {
        let mut all = MethodSet::default();
        for finding in findings {
            all.extend(&finding.change.touch);
        }
        self.methods.names(&all).collect()
    }
}
