//! Allocation of unique names.

use std::collections::{HashMap, HashSet};

/// Names that are taken. Many equal names take linear time.
#[derive(Default)]
pub(crate) struct FreeNames {
    taken: HashSet<String>,
    /// The last number that was appended to each name.
    numbers: HashMap<String, u64>,
}

impl FreeNames {
    /// Returns `true` if a name is taken.
    pub(crate) fn contains(&self, name: &str) -> bool {
        self.taken.contains(name)
    }

    /// Takes a name, or the first of the numbered ones that is free, from 2 on.
    pub(crate) fn free(&mut self, wanted: String, numbered: impl Fn(u64) -> String) -> String {
        if self.taken.insert(wanted.clone()) {
            return wanted;
        }
        let number = self.numbers.entry(wanted).or_insert(1);
        loop {
            *number = number.saturating_add(1);
            let name = numbered(*number);
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }

    /// Gives the last name back that was taken for a wanted one.
    pub(crate) fn give_back(&mut self, wanted: &str, name: &str) {
        self.taken.remove(name);
        if name != wanted
            && let Some(number) = self.numbers.get_mut(wanted)
        {
            *number = number.saturating_sub(1).max(1);
        }
    }
}

impl FromIterator<String> for FreeNames {
    fn from_iter<I: IntoIterator<Item = String>>(names: I) -> Self {
        Self { taken: names.into_iter().collect(), numbers: HashMap::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_name_is_numbered() {
        let mut names: FreeNames = ["a", "a3"].map(str::to_owned).into_iter().collect();
        let mut free = |wanted: &str| names.free(wanted.to_owned(), |number| format!("{wanted}{number}"));
        assert_eq!([free("a"), free("a"), free("b"), free("b")], ["a2", "a4", "b", "b2"]);
        names.give_back("b", "b2");
        assert_eq!(names.free("b".to_owned(), |number| format!("b{number}")), "b2");
    }
}
