//! Comparison of Rust names of items that are the same on the wire. Names are assigned over the whole document: a new
//! item may take the name of an old one, unless a lock file keeps it.

use super::{Comparison, Draft, Place};
use crate::diff::change::GroupKey;
use crate::diff::rules;
use crate::diff::similarity::{delta, step};
use crate::model::Parameter;

impl Comparison<'_> {
    /// Returns `true` if either schema is one of a body that generated code does not use: it has no name.
    pub(super) fn is_other(&self, old: &str, new: &str) -> bool {
        self.old.other_bodies.schemas.contains_key(old) || self.new.other_bodies.schemas.contains_key(new)
    }

    pub(super) fn schema_name(&mut self, place: &Place, old: &str, new: &str) {
        if self.is_other(old, new) {
            return;
        }
        let (was, is) = (self.old_side, self.new_side);
        let (was, is) = (was.names.schema_leaf(was.whole, old), is.names.schema_leaf(is.whole, new));
        self.rust_name(place, old == new, was, is);
    }

    pub(super) fn field_name(&mut self, place: &Place, old: (&str, &str), new: (&str, &str)) {
        if self.is_other(old.0, new.0) {
            return;
        }
        let was = self.old_side.names.field(old.0, old.1);
        let is = self.new_side.names.field(new.0, new.1);
        self.rust_name(place, old.1 == new.1, was, is);
    }

    pub(super) fn variant_name(&mut self, place: &Place, (old, new): (&str, &str), value: &str) {
        if self.is_other(old, new) {
            return;
        }
        let was = self.old_side.names.variant(old, value);
        let is = self.new_side.names.variant(new, value);
        self.rust_name(place, true, was, is);
    }

    pub(super) fn method_name(&mut self, place: &Place, old: &str, new: &str) {
        let was = self.old_side.names.method_function(old);
        let is = self.new_side.names.method_function(new);
        self.rust_name(place, old == new, was, is);
    }

    /// Compares the names of a parameter. Stubs take required parameters by position; their names are not part of the
    /// signature.
    pub(super) fn parameter_name(
        &mut self,
        place: &Place,
        old: (&str, &str),
        new: (&str, &str),
        parameter: &Parameter,
    ) {
        if !parameter.required {
            let was = self.old_side.names.parameter(old.0, old.1);
            let is = self.new_side.names.parameter(new.0, new.1);
            self.rust_name(place, old.1 == new.1, was, is);
        }
    }

    /// Reports a changed name in Rust, unless the item was renamed in the document, which is reported separately.
    fn rust_name(&mut self, place: &Place, same_in_document: bool, was: &str, is: &str) {
        if !same_in_document || was == is {
            return;
        }
        let (removed, added) = delta(was, is);
        let group = GroupKey {
            key: format!("{removed} → {added}"),
            rule: &rules::RUST_NAME_CHANGED,
            subject: format!("rust.*{removed}*"),
            message: format!("names in Rust of {{n}} items: {}", step(&removed, &added)),
            least: 3,
        };
        let message = format!("`{}`: name in Rust `{was}` → `{is}`", place.label);
        self.push(Draft::new(&rules::RUST_NAME_CHANGED, place, message).values(was, is).group(group));
    }
}
