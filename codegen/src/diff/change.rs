//! What changed: atomic changes, the findings that explain them, and the report as a whole.

use super::affected::{MethodSet, Methods};
use super::rules::Rule;
use super::verdict::{Bump, Direction, WireCompatibility};
use serde_json::Value;

/// One difference between two revisions, as small as they added.
#[derive(Clone, Debug)]
pub struct Change {
    /// The rule that it is judged by.
    pub rule: &'static Rule,
    /// What the same change has in every comparison that finds it, whatever else changed.
    pub fingerprint: String,
    /// What it does to an old client.
    pub wire: WireCompatibility,
    /// What it does to the generated crate.
    pub rust: Bump,
    /// What changed, by its place in the document: `schemas.TuningJob.properties.state`. What was renamed or moved
    /// has its old place.
    pub subject: String,
    /// Name of the subject for people, which includes the owner: `Plant.label`, `plants.list(filter)`.
    pub label: String,
    /// Part of the subject below the schema or method that has it; empty if that itself changed.
    pub(crate) leaf: String,
    /// JSON pointer to the subject in the new document, or to what had it.
    pub pointer: String,
    /// Which way it travels.
    pub direction: Direction,
    /// What was there.
    pub before: Option<Value>,
    /// What is there now.
    pub after: Option<Value>,
    /// What the document says of it: of what is new or removed.
    pub doc: Option<String>,
    /// A sentence for people, without a full stop.
    pub message: String,
    /// What Rust programs saw, where it can be said in a line.
    pub rust_before: Option<String>,
    /// What Rust programs see now.
    pub rust_after: Option<String>,
    pub(crate) touch: MethodSet,
    pub(crate) hints: CauseHints,
}

/// What the search for causes wants to know of a change.
#[derive(Clone, Debug, Default)]
pub(crate) struct CauseHints {
    /// Schemas of the new revision that are reached where they were not before.
    pub(crate) newly_reached: Vec<String>,
    /// Schemas of the old revision that are no longer reached from here.
    pub(crate) no_longer_reached: Vec<String>,
    /// What it has in common with changes of the same cause.
    pub(crate) group: Option<GroupKey>,
    /// The place whose change explains this one, if that changed: a subject and a rule.
    pub(crate) caused_by: Vec<(String, &'static Rule)>,
}

/// Changes of one cause have the same key; together they are about a subject of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GroupKey {
    /// What is the same in all of them.
    pub(crate) key: String,
    /// The rule that the cause is judged by.
    pub(crate) rule: &'static Rule,
    /// What the cause is about: `schemas.*.properties.satisfiesPzs`.
    pub(crate) subject: String,
    /// What happened, for people; `{n}` stands for the number of changes.
    pub(crate) message: String,
    /// How many it takes to speak of one cause.
    pub(crate) least: usize,
}

/// A cause, with everything that it explains.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The cause: an atomic change, or what several of them have in common.
    pub change: Change,
    /// Whether the cause is no atomic change itself, but what all of [`Finding::includes`] have in common.
    pub group: bool,
    /// The atomic changes that it explains, itself left out.
    pub includes: Vec<Change>,
    /// Reason that the finding was accepted for; `None` if it was not.
    pub accepted: Option<String>,
    /// Line of the cause in the new document, counted from one, if it was looked up.
    pub line: Option<usize>,
}

impl Finding {
    /// How many atomic changes it stands for.
    pub fn atomic(&self) -> usize {
        self.includes.len().saturating_add(usize::from(!self.group))
    }
}

/// Which revision of which API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Revision {
    /// `aiplatform:v1`.
    pub id: String,
    /// The document's revision, `20260717`; its version if it has no revision.
    pub revision: Option<String>,
    /// What its text was called when it was read.
    pub source: String,
}

/// Everything that changed between two revisions of an API.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The old revision.
    pub old: Revision,
    /// The new one.
    pub new: Revision,
    /// What changed, most severe first.
    pub findings: Vec<Finding>,
    /// What is worth a word and is no change, such as an overlay's name that one revision does not have.
    pub notes: Vec<String>,
    pub(crate) methods: Methods,
}

impl Report {
    /// How the version must move; `None` where nothing changed.
    pub fn semver(&self) -> Option<Bump> {
        self.atomic().map(|change| change.rust).max()
    }

    /// The worst that happens to an old client.
    pub fn wire(&self) -> WireCompatibility {
        self.atomic().map(|change| change.wire).max().unwrap_or_default()
    }

    /// Every atomic change, each once.
    pub fn atomic(&self) -> impl Iterator<Item = &Change> {
        self.findings.iter().flat_map(|f| (!f.group).then_some(&f.change).into_iter().chain(&f.includes))
    }

    /// The worst that happens to an old client, what was accepted left out.
    pub fn wire_unaccepted(&self) -> WireCompatibility {
        let open = self.findings.iter().filter(|finding| finding.accepted.is_none());
        open.map(|finding| finding.change.wire).max().unwrap_or_default()
    }

    /// The names of the methods that a change touches, in order.
    pub fn methods(&self, change: &Change) -> Vec<&str> {
        self.methods.names(&change.touch).collect()
    }
}
