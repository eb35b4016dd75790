//! Sets of affected methods, stored as bits because one change may affect a thousand.

/// Set of methods, by their number in [`Methods`]. Most sets have one method, or neighbors: words before the first
/// method and after the last one are not stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct MethodSet {
    /// Number of words before the first that is stored.
    skipped: usize,
    words: Vec<u64>,
}

impl MethodSet {
    pub(crate) fn one(index: usize) -> Self {
        Self { skipped: index / 64, words: vec![1 << (index % 64)] }
    }

    pub(crate) fn insert(&mut self, index: usize) {
        self.extend(&Self::one(index));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Returns the number of methods.
    pub(crate) fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).fold(0, usize::saturating_add)
    }

    /// Adds the other set's methods. Returns `true` if any was new.
    pub(crate) fn extend(&mut self, other: &Self) -> bool {
        if self.is_empty() || other.is_empty() {
            if self.is_empty() {
                self.clone_from(other);
            }
            return !other.is_empty();
        }
        let before = self.skipped.saturating_sub(other.skipped);
        self.words.splice(0..0, std::iter::repeat_n(0, before));
        self.skipped = self.skipped.saturating_sub(before);
        let offset = other.skipped.saturating_sub(self.skipped);
        let end = offset.saturating_add(other.words.len());
        if self.words.len() < end {
            self.words.resize(end, 0);
        }
        let mut grew = false;
        for (mine, theirs) in self.words.iter_mut().skip(offset).zip(&other.words) {
            grew |= *theirs & !*mine != 0;
            *mine |= theirs;
        }
        grew
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(word, bits)| {
            let first = self.skipped.saturating_add(word).saturating_mul(64);
            (0..64).filter(move |bit| bits & (1 << bit) != 0).map(move |bit| first.saturating_add(bit))
        })
    }
}

/// Methods whose requests contain an item, and methods whose responses do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct AffectedMethods {
    pub(crate) request: MethodSet,
    pub(crate) response: MethodSet,
}

impl AffectedMethods {
    pub(crate) fn both(methods: MethodSet) -> Self {
        Self { request: methods.clone(), response: methods }
    }

    pub(crate) fn request(methods: MethodSet) -> Self {
        Self { request: methods, response: MethodSet::default() }
    }

    pub(crate) fn response(methods: MethodSet) -> Self {
        Self { request: MethodSet::default(), response: methods }
    }

    pub(crate) fn extend(&mut self, other: &Self) {
        self.request.extend(&other.request);
        self.response.extend(&other.response);
    }

    /// Returns the methods whose requests or responses contain the item.
    pub(crate) fn methods(&self) -> MethodSet {
        let mut all = self.request.clone();
        all.extend(&self.response);
        all
    }
}

/// Names of the methods of both revisions, in order; a moved method has its old name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Methods {
    names: Vec<String>,
}

impl Methods {
    pub(crate) fn new(mut names: Vec<String>) -> Self {
        names.sort();
        names.dedup();
        Self { names }
    }

    pub(crate) fn index(&self, name: &str) -> Option<usize> {
        self.names.binary_search_by(|known| known.as_str().cmp(name)).ok()
    }

    /// Returns the names of all methods.
    pub(crate) fn all(&self) -> &[String] {
        &self.names
    }

    pub(crate) fn names<'a, 'b>(&'a self, set: &'b MethodSet) -> impl Iterator<Item = &'a str> + use<'a, 'b> {
        set.iter().filter_map(|index| self.names.get(index).map(String::as_str))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_report_additions() {
        let mut set = MethodSet::one(100);
        for index in [3, 1_000, 128] {
            assert!(set.extend(&MethodSet::one(index)));
            assert!(!set.extend(&MethodSet::one(index)));
        }
        assert_eq!((set.iter().collect::<Vec<_>>(), set.len()), (vec![3, 100, 128, 1_000], 4));
        let mut other = MethodSet::default();
        assert!(other.is_empty() && !other.extend(&MethodSet::default()) && other.extend(&set));
        assert_eq!(other, set);
        assert!(!set.extend(&MethodSet::default()));
        let mut inserted = MethodSet::default();
        [1_000, 128, 3, 100].into_iter().for_each(|index| inserted.insert(index));
        assert_eq!(inserted, set);
    }
}
