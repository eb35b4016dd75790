//! Unions of a message, found by their name and by their members.

use super::Union;
use std::collections::HashMap;
use std::collections::btree_map::{BTreeMap, Iter};
use std::ops::Deref;

/// Unions of a message, by their protobuf name (`tuning_spec`). Reads as a map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unions {
    by_name: BTreeMap<String, Union>,
    /// Name of the union of each member.
    of_member: HashMap<String, String>,
}

impl Unions {
    /// Adds a union. A property that is a member of another one leaves that.
    pub fn insert(&mut self, name: String, union: Union) {
        self.remove(&name);
        for member in &union.members {
            if let Some(other) = self.of_member.insert(member.clone(), name.clone())
                && let Some(other) = self.by_name.get_mut(&other)
            {
                other.members.retain(|known| known != member);
            }
        }
        self.by_name.insert(name, union);
    }

    /// Removes a union; its members are properties of their own.
    pub fn remove(&mut self, name: &str) -> Option<Union> {
        let union = self.by_name.remove(name)?;
        for member in &union.members {
            self.of_member.remove(member);
        }
        Some(union)
    }

    /// Returns the union that a property is a member of.
    pub fn of(&self, member: &str) -> Option<(&str, &Union)> {
        let (name, union) = self.by_name.get_key_value(self.of_member.get(member)?)?;
        Some((name, union))
    }
}

impl Deref for Unions {
    type Target = BTreeMap<String, Union>;

    fn deref(&self) -> &Self::Target {
        &self.by_name
    }
}

impl<'a> IntoIterator for &'a Unions {
    type Item = (&'a String, &'a Union);
    type IntoIter = Iter<'a, String, Union>;

    fn into_iter(self) -> Self::IntoIter {
        self.by_name.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FactSource, FactSourceKind};

    fn union(members: &[&str]) -> Union {
        Union {
            members: members.iter().map(|member| (*member).to_owned()).collect(),
            doc: None,
            source: FactSource { kind: FactSourceKind::Document, reference: String::new() },
            member_sources: BTreeMap::new(),
        }
    }

    #[test]
    fn a_member_has_one_union() {
        let mut unions = Unions::default();
        unions.insert("u".into(), union(&["a", "b"]));
        unions.insert("v".into(), union(&["b", "c"]));
        let of = |unions: &Unions, member: &str| unions.of(member).map(|(name, _)| name.to_owned());
        assert_eq!(
            ["a", "b", "c", "d"].map(|member| of(&unions, member)),
            [Some("u".into()), Some("v".into()), Some("v".into()), None]
        );
        assert_eq!(unions["u"].members, ["a"]);
        assert!(unions.remove("v").is_some());
        assert_eq!(of(&unions, "b"), None);
    }
}
