//! The property whose values differ most between objects.

use super::discriminator::{Constants, ValueList};
use crate::model::Scalar;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

/// Returns the property that has different values in the largest number of objects; `None` if no two objects differ.
pub(super) fn find_discriminator<'a>(constants: &[Rc<Constants<'a>>]) -> Option<&'a str> {
    let mut by_name: BTreeMap<&'a str, Sets<'_>> = BTreeMap::new();
    for (name, lists) in constants.iter().flat_map(|constants| constants.iter()) {
        by_name.entry(name).or_default().add(lists);
    }
    let mut best = None;
    for (name, sets) in by_name {
        let objects = sets.differing();
        // Of two that distinguish as many objects, the one that fewer share.
        let rank = (objects, std::cmp::Reverse(sets.shared()));
        if objects > 0 && best.is_none_or(|(known, _)| rank > known) {
            best = Some((rank, name));
        }
    }
    best.map(|(_, name)| name)
}

/// Values of one property in several objects.
#[derive(Default)]
struct Sets<'c> {
    /// Different sets of values, each with the number of objects that have it.
    sets: Vec<(HashSet<&'c Scalar>, usize)>,
    /// Positions of the sets, by the lists that they are made of.
    by_lists: HashMap<Vec<*const Vec<Scalar>>, usize>,
    objects: usize,
    /// Number of values of all objects.
    values: usize,
}

impl<'c> Sets<'c> {
    fn add(&mut self, lists: &'c [ValueList]) {
        let next = self.sets.len();
        let position = *self.by_lists.entry(lists.iter().map(Rc::as_ptr).collect()).or_insert(next);
        if position == next {
            self.sets.push((lists.iter().flat_map(|list| list.iter()).collect(), 0));
        }
        if let Some((_, objects)) = self.sets.get_mut(position) {
            *objects = objects.saturating_add(1);
        }
        self.objects = self.objects.saturating_add(1);
        let values = lists.iter().map(|list| list.len()).fold(0, usize::saturating_add);
        self.values = self.values.saturating_add(values);
    }

    /// Returns how many values are those of another object, too.
    fn shared(&self) -> usize {
        let different = self.sets.iter().flat_map(|(set, _)| set).collect::<HashSet<_>>().len();
        self.values.saturating_sub(different)
    }

    /// Returns the number of objects that share no value with some other object.
    fn differing(&self) -> usize {
        let mut having: HashMap<&Scalar, (usize, Vec<usize>)> = HashMap::new();
        for (position, (set, objects)) in self.sets.iter().enumerate() {
            for value in set {
                let (all, positions) = having.entry(value).or_default();
                *all = all.saturating_add(*objects);
                positions.push(position);
            }
        }
        let differs = |set: &HashSet<&Scalar>| {
            let sharing: Vec<&(usize, Vec<usize>)> = set.iter().filter_map(|value| having.get(value)).collect();
            // Values that few objects have in all are not those of every object.
            if sharing.iter().map(|(all, _)| *all).fold(0, usize::saturating_add) < self.objects {
                return true;
            }
            if sharing.iter().any(|(all, _)| *all == self.objects) {
                return false;
            }
            let positions: HashSet<usize> = sharing.iter().flat_map(|(_, positions)| positions).copied().collect();
            positions.len() < self.sets.len()
        };
        let differing = self.sets.iter().filter(|(set, _)| differs(set));
        differing.map(|(_, objects)| *objects).fold(0, usize::saturating_add)
    }
}
