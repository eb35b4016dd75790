//! Dotted names of methods and resources.

use std::collections::BTreeSet;

/// Name of a method, `projects.locations.tuningJobs.create`: its resource and its own name, joined by a dot. The name
/// of a resource is built in the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MethodName<'a>(pub &'a str);

impl<'a> MethodName<'a> {
    /// Returns the name of a method with an id: the id without the name of the API.
    pub(crate) fn of_id(id: &'a str) -> Self {
        Self(id.split_once('.').map_or(id, |(_, name)| name))
    }

    /// Returns the resource that contains the method or resource: all but the last part. Empty at the top level.
    pub fn resource(self) -> &'a str {
        self.0.rsplit_once('.').map_or("", |(resource, _)| resource)
    }

    /// Returns the last part.
    pub fn leaf(self) -> &'a str {
        self.0.rsplit_once('.').map_or(self.0, |(_, leaf)| leaf)
    }

    /// Returns the parts between the dots. None for the top level.
    pub fn parts(self) -> impl DoubleEndedIterator<Item = &'a str> {
        self.0.split('.').filter(|part| !part.is_empty())
    }

    /// Returns `true` if no part is empty.
    pub fn is_valid(self) -> bool {
        !self.0.split('.').any(str::is_empty)
    }

    /// Returns the name of a method or resource within a resource.
    pub fn join(resource: &str, leaf: &str) -> String {
        if resource.is_empty() { leaf.to_owned() } else { format!("{resource}.{leaf}") }
    }

    /// Returns the resources of methods, sorted, including those without methods of their own.
    pub fn resources<'n>(methods: impl IntoIterator<Item = &'n String>) -> BTreeSet<String> {
        let mut found = BTreeSet::from([String::new()]);
        for method in methods {
            let mut at = MethodName(method).resource();
            while !at.is_empty() && found.insert(at.to_owned()) {
                at = MethodName(at).resource();
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_consist_of_resource_and_leaf() {
        let name = MethodName::of_id("aiplatform.projects.jobs.get");
        assert_eq!((name.resource(), name.leaf()), ("projects.jobs", "get"));
        assert_eq!(name.parts().collect::<Vec<_>>(), ["projects", "jobs", "get"]);
        assert_eq!((MethodName("get").resource(), MethodName("get").leaf()), ("", "get"));
        assert_eq!((MethodName::join("", "get"), MethodName::join("a.b", "get")), ("get".into(), "a.b.get".into()));
        assert!(name.is_valid() && !MethodName("a..get").is_valid() && !MethodName("").is_valid());
        let methods = ["a.b.get".to_owned(), "c.get".to_owned()];
        assert_eq!(MethodName::resources(&methods), ["", "a", "a.b", "c"].map(str::to_owned).into());
    }
}
