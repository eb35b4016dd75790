//! Pairs of removed and added items that are likely the same, by their names and descriptions.

use super::similarity::Name;
use std::collections::HashSet;

/// Evidence that two items are the same, in addition to their names.
pub(super) struct Likeness<'a> {
    pub(super) docs: (Option<&'a str>, Option<&'a str>),
    /// True if many items have this shape.
    pub(super) plain: bool,
}

impl Likeness<'_> {
    /// Returns the strength of the evidence; `None` if a rename is not likely. `alone`: there is no other candidate on
    /// either side.
    fn score(&self, old: &Name, new: &Name, alone: bool) -> Option<f64> {
        let names = old.likeness(new);
        let (least, same_docs) = match self.docs {
            (Some(a), Some(b)) if a == b => (0.0, true),
            (Some(_), Some(_)) => (0.6, false),
            _ => (0.5, false),
        };
        let alone = alone && !self.plain && names >= 0.3;
        // The cheapest test comes first: there may be many pairs.
        if (names < least && !alone) || old.distinct(new) {
            return None;
        }
        match same_docs {
            true => Some(2.0 + names),
            false => (alone || !old.replaces_words(new)).then_some(names),
        }
    }
}

/// Largest number of pairs of candidates that are compared. More items than that were added and removed, not renamed.
const MOST_PAIRS: usize = 10_000;

/// Returns the pairs with the best evidence, each item in at most one. The result does not depend on the order of the
/// sides.
pub(super) fn pair<'o, 'n, A>(
    old: &'o [A],
    new: &'n [A],
    name: impl Fn(&A) -> Name,
    evidence: impl for<'x> Fn(&'x A, &'x A) -> Option<Likeness<'x>>,
) -> Vec<(&'o A, &'n A)> {
    if old.len().saturating_mul(new.len()) > MOST_PAIRS {
        return Vec::new();
    }
    let mut found: Vec<(usize, usize, Likeness<'_>)> = Vec::new();
    let (mut of_old, mut of_new) = (vec![0_usize; old.len()], vec![0_usize; new.len()]);
    for ((i, a), of_old) in old.iter().enumerate().zip(&mut of_old) {
        for ((j, b), of_new) in new.iter().enumerate().zip(&mut of_new) {
            if let Some(evidence) = evidence(a, b) {
                *of_old = of_old.saturating_add(1);
                *of_new = of_new.saturating_add(1);
                found.push((i, j, evidence));
            }
        }
    }
    let (old_names, new_names): (Vec<Name>, Vec<Name>) =
        (old.iter().map(&name).collect(), new.iter().map(&name).collect());
    let mut scored: Vec<(f64, usize, usize)> = found
        .iter()
        .filter_map(|(i, j, evidence)| {
            let alone = of_old.get(*i) == Some(&1) && of_new.get(*j) == Some(&1);
            let score = evidence.score(old_names.get(*i)?, new_names.get(*j)?, alone)?;
            Some((score, *i, *j))
        })
        .collect();
    scored.sort_by(|a, b| {
        b.0.total_cmp(&a.0).then_with(|| (a.1.min(a.2), a.1.max(a.2)).cmp(&(b.1.min(b.2), b.1.max(b.2))))
    });
    let (mut used_old, mut used_new) = (HashSet::new(), HashSet::new());
    let mut pairs = Vec::new();
    for (_, i, j) in scored {
        if !used_old.contains(&i) && !used_new.contains(&j) {
            used_old.insert(i);
            used_new.insert(j);
            pairs.extend(old.get(i).zip(new.get(j)));
        }
    }
    pairs
}
