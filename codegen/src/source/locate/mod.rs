//! Parts of a text that JSON pointers name.

pub(super) mod json;
pub(super) mod yaml;

use super::unescape;
use std::collections::BTreeMap;
use std::ops::Range;

/// Parts that pointers name, as a tree of the steps of the pointers.
#[derive(Default)]
pub(super) struct Wanted {
    children: BTreeMap<String, Wanted>,
    /// Indices of the pointers that end here.
    pointers: Vec<usize>,
}

impl Wanted {
    pub(super) fn new(pointers: &[&str]) -> Self {
        let mut root = Self::default();
        for (index, pointer) in pointers.iter().enumerate() {
            let mut part = &mut root;
            for step in pointer.split('/').skip(1) {
                part = part.children.entry(unescape(step)).or_default();
            }
            part.pointers.push(index);
        }
        root
    }
}

/// Parts that were found.
struct Found<'f> {
    spans: &'f mut [Range<usize>],
    /// Number of pointers whose own part is not found yet.
    pending: usize,
}

impl<'f> Found<'f> {
    fn new(spans: &'f mut [Range<usize>]) -> Self {
        Self { pending: spans.len(), spans }
    }

    /// Sets the span of a part, which is also that of the parts within it until they are found.
    fn set(&mut self, part: &Wanted, span: &Range<usize>) {
        self.pending = self.pending.saturating_sub(part.pointers.len());
        let mut parts = vec![part];
        while let Some(part) = parts.pop() {
            for pointer in &part.pointers {
                if let Some(known) = self.spans.get_mut(*pointer) {
                    known.clone_from(span);
                }
            }
            parts.extend(part.children.values());
        }
    }

    /// Returns `true` if parts are still to be found.
    fn pending(&self) -> bool {
        self.pending > 0
    }
}
