//! Sets of affected methods, stored as bits because one change may affect a thousand.

/// Set of methods, by their number in [`Methods`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct MethodSet(Vec<u64>);

impl MethodSet {
    pub(crate) fn one(index: usize) -> Self {
        let mut set = Self::default();
        set.insert(index);
        set
    }

    pub(crate) fn insert(&mut self, index: usize) {
        let word = index / 64;
        if self.0.len() <= word {
            self.0.resize(word.saturating_add(1), 0);
        }
        if let Some(bits) = self.0.get_mut(word) {
            *bits |= 1 << (index % 64);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// Adds the other set's methods. Returns true if any was new.
    pub(crate) fn extend(&mut self, other: &Self) -> bool {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        let mut grew = false;
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            grew |= *theirs & !*mine != 0;
            *mine |= theirs;
        }
        grew
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(word, bits)| {
            (0..64)
                .filter(move |bit| bits & (1 << bit) != 0)
                .map(move |bit| word.saturating_mul(64).saturating_add(bit))
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

    pub(crate) fn names<'a, 'b>(&'a self, set: &'b MethodSet) -> impl Iterator<Item = &'a str> + use<'a, 'b> {
        set.iter().filter_map(|index| self.names.get(index).map(String::as_str))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_grow_and_say_when_they_did() {
        let mut set = MethodSet::one(3);
        assert!(set.extend(&MethodSet::one(100)));
        assert!(!set.extend(&MethodSet::one(100)));
        assert_eq!(set.iter().collect::<Vec<_>>(), [3, 100]);
        assert!(MethodSet::default().is_empty());
    }
}
