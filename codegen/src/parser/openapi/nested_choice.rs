//! Choices that are alternatives of others.

use super::choice::Branches;
use super::normalize::Normalized;
use super::reader::Reader;
use super::view::View;
use std::collections::HashSet;

impl<'a> Reader<'a> {
    /// Returns the property that the discriminator of a choice names, or, where the choice has none, that of the only
    /// choice between objects among its alternatives.
    pub(super) fn common_discriminator(&mut self, view: &View<'a>, kind: &Normalized<'a>) -> Option<&'a str> {
        if let Some(property) = self.property_of(view) {
            return Some(property);
        }
        let Normalized::OneOf(choices) = kind else { return None };
        let objects: Vec<&View<'a>> = choices.iter().filter(|choice| self.is_object(choice)).collect();
        let [only] = objects.as_slice() else { return None };
        let only = self.target(only)?;
        self.property_of(&only)
    }

    /// Returns `true` if an alternative with alternatives of its own is one type: another property distinguishes these.
    pub(super) fn stays_whole(&mut self, view: &View<'a>, kind: &Normalized<'a>, branches: &Branches<'a>) -> bool {
        if branches.flat || !matches!(kind, Normalized::OneOf(_)) {
            return false;
        }
        let property = self.property_of(view);
        property.is_some()
            && property != branches.property
            && self.is_object(view)
            && !self.leads_back_to_choice(view, branches)
    }

    /// Returns `true` if a choice has among its alternatives, or theirs, a choice that is being read: it cannot be a
    /// part of this one.
    fn leads_back_to_choice(&mut self, view: &View<'a>, branches: &Branches<'a>) -> bool {
        let open: HashSet<_> = self.open_choices.iter().skip(branches.first_open).copied().collect();
        let mut seen = HashSet::new();
        let mut waiting = vec![view.clone()];
        while let Some(next) = waiting.pop() {
            let Some(target) = self.target(&next) else { continue };
            if open.contains(&target.id()) || !self.may_copy(1) {
                return true;
            }
            if seen.insert(target.id()) {
                match self.normalize(&target) {
                    Normalized::OneOf(choices) => waiting.extend(choices),
                    Normalized::Same(inner) => waiting.push(inner),
                    _ => {}
                }
            }
        }
        false
    }
}
