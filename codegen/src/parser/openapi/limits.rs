//! Limits of what a document may cost: schemas that are made of each other, or shared by many operations, would take time
//! and memory out of proportion to its size.

use super::files::Files;
use super::reader::Reader;
use super::view::{NodeId, View};
use std::collections::{HashMap, HashSet};

/// Maximum depth of schemas composed by `allOf`, `oneOf` and `anyOf`.
pub(super) const COMPOSITION_DEPTH: usize = 64;

/// Limit that a schema exceeds.
#[derive(Clone, Copy)]
pub(super) enum Excess {
    /// That of schemas that are made of each other.
    Depth,
    /// That of what is copied from other schemas.
    Copies,
}

/// Amounts that may still be read, and the parts that were counted.
pub(super) struct Limits {
    /// The limit that the schema which is being read exceeds: it is read as any value.
    pub(super) excess: Option<Excess>,
    /// Nesting depth of the examined schemas.
    pub(super) depth: usize,
    /// Nesting depth of the objects that are being merged from several declarations of a property.
    pub(super) merging: usize,
    /// Number of properties and alternatives that may be copied from one schema into another.
    most_copies: usize,
    /// Number of these that may still be copied.
    copies: usize,
    /// Number of bytes of these, with their descriptions, that may still be copied.
    copied_bytes: usize,
    /// Number of parts and alternatives of other schemas that may still be examined.
    steps: usize,
    /// Parts of objects whose properties were copied before.
    copied: HashSet<NodeId>,
    /// Number of bytes that the names of inline schemas may still take.
    name_bytes: usize,
    /// Parameters, bodies, responses and path items that were read.
    read: HashSet<NodeId>,
    /// Sizes of those that several references lead to, in bytes.
    sizes: HashMap<NodeId, usize>,
    /// Number of bytes of these that may still be read again.
    repeated_bytes: usize,
    /// Number of bytes of shared headers, parameters and responses of webhooks that reviews may still compare.
    compared_bytes: usize,
}

impl Limits {
    pub(super) fn of(files: &Files) -> Self {
        let bytes: usize = files.sources().map(|source| source.text.len()).fold(0, usize::saturating_add);
        // Far more than any real document needs: the largest copy a property for every 200 bytes.
        let most_copies = (bytes / 20).saturating_add(60_000);
        Self {
            excess: None,
            depth: 0,
            merging: 0,
            most_copies,
            copies: most_copies,
            copied_bytes: bytes.saturating_mul(4).saturating_add(10_000_000),
            steps: (bytes / 2).saturating_add(200_000),
            copied: HashSet::new(),
            name_bytes: bytes.saturating_mul(4).saturating_add(10_000_000),
            read: HashSet::new(),
            sizes: HashMap::new(),
            repeated_bytes: bytes.saturating_add(1_500_000),
            compared_bytes: 500_000,
        }
    }

    /// Returns the size of a value that several references lead to, in bytes.
    fn size(&mut self, view: &View<'_>) -> usize {
        *self.sizes.entry(view.id()).or_insert_with(|| view.node.size())
    }
}

/// Takes an amount from what is left. Returns `false`, and leaves nothing, if there is less.
fn spend(left: &mut usize, amount: usize) -> bool {
    let rest = left.checked_sub(amount);
    *left = rest.unwrap_or_default();
    rest.is_some()
}

impl<'a> Reader<'a> {
    /// Counts what is copied from one schema into another. Returns `false` once it is more than documents have: schemas
    /// that each extend all others would take time and memory without end.
    pub(super) fn may_copy(&mut self, count: usize) -> bool {
        let fits = spend(&mut self.limits.copies, count);
        self.note_copies(fits)
    }

    /// Counts the bytes of what is copied from one schema into another, as [`Reader::may_copy`] counts properties.
    pub(super) fn may_copy_bytes(&mut self, bytes: usize) -> bool {
        let fits = spend(&mut self.limits.copied_bytes, bytes);
        self.note_copies(fits)
    }

    /// Counts parts and alternatives of other schemas that are examined, as [`Reader::may_copy`] counts properties:
    /// schemas that are all made of all others would take time without being copied.
    pub(super) fn may_examine(&mut self, count: usize) -> bool {
        let fits = spend(&mut self.limits.steps, count);
        self.note_copies(fits)
    }

    /// Notes that too much is copied unless a copy fits, which is returned.
    fn note_copies(&mut self, fits: bool) -> bool {
        if !fits {
            self.limits.excess = Some(Excess::Copies);
        }
        fits
    }

    /// Counts the bytes of a part of an object that is a part of others too.
    pub(super) fn may_copy_part(&mut self, part: &View<'a>) -> bool {
        if self.limits.copied.insert(part.id()) {
            return true;
        }
        let size = self.limits.size(part);
        self.may_copy_bytes(size)
    }

    /// Returns `true` if nothing more may be copied, and a schema is made of others. Each further one would take time.
    pub(super) fn is_exhausted(&mut self, view: &View<'a>) -> bool {
        let exhausted = self.limits.copies == 0 || self.limits.copied_bytes == 0 || self.limits.steps == 0;
        let is = exhausted && ["allOf", "oneOf", "anyOf"].into_iter().any(|key| view.node.get(key).is_some());
        if is {
            self.limits.excess = Some(Excess::Copies);
        }
        is
    }

    /// Checks the number of properties that all choices list.
    pub(super) fn check_keys(&mut self, root: &View<'a>, count: usize) {
        if count > self.limits.most_copies {
            let message = "too many properties distinguish the alternatives of `oneOf` and `anyOf`";
            self.stop(root, message, "remove some of the references between these schemas");
        }
    }

    /// Returns `true`, with a warning, if a schema exceeds a limit.
    pub(super) fn is_excessive(&mut self, view: &View<'a>, name: &str) -> bool {
        let Some(excess) = self.limits.excess.take() else { return false };
        let fault = match excess {
            Excess::Depth => format!("is made of schemas more than {COMPOSITION_DEPTH} levels deep"),
            Excess::Copies => "copies too many properties and alternatives of others".to_owned(),
        };
        let warning = self.warning_at(view, format!("`{name}` {fault}: read as any JSON value"));
        self.report(view, warning.help("`allOf`, `oneOf` and `anyOf` lead from one schema to the next"));
        true
    }

    /// Counts the bytes of the name of an inline schema, and returns `false` once they are more than documents have.
    pub(super) fn may_name(&mut self, view: &View<'a>, bytes: usize) -> bool {
        let fits = spend(&mut self.limits.name_bytes, bytes);
        let message = "the names of inline schemas are too long";
        self.stop_unless(fits, view, message, "give the schemas around it shorter names")
    }

    /// Counts the bytes of what several references lead to: parameters, bodies, responses and path items become a part
    /// of each method that refers to them. Returns `false` once they are more than documents have.
    pub(super) fn may_repeat(&mut self, reference: &View<'a>, target: &View<'a>) -> bool {
        if reference.id() == target.id() || self.limits.read.insert(target.id()) {
            return true;
        }
        let size = self.limits.size(target);
        let fits = spend(&mut self.limits.repeated_bytes, size);
        let message = "too many operations share large parameters, bodies, responses, path items or `security`";
        self.stop_unless(fits, reference, message, "move inline schemas to `components/schemas`")
    }

    /// Reports that the document is too large unless something fits, which is returned.
    fn stop_unless(&mut self, fits: bool, view: &View<'_>, message: &str, help: &str) -> bool {
        if !fits {
            self.stop(view, message, help);
        }
        fits
    }

    /// Counts the bytes of what references lead to, and reviews compare alone. Returns `false` once they are more than
    /// documents have: it is left out, since no code is generated for it.
    pub(super) fn may_compare(&mut self, reference: &View<'a>, target: &View<'a>) -> bool {
        if reference.id() == target.id() {
            return true;
        }
        let size = self.limits.size(target);
        spend(&mut self.limits.compared_bytes, size)
    }
}
