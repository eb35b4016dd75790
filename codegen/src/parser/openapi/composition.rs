//! What objects are made of: `allOf`, and the alternatives beside properties.

use super::files::View;
use super::form::{is_null, says_something};
use super::reader::Reader;
use heck::ToLowerCamelCase;

/// A part of an object that `allOf` makes out of several, and whose it is.
pub(super) struct Part<'a> {
    /// The schema that inline ones within are named after.
    pub(super) owner: String,
    /// What goes before a property's name there, if the part has no name of its own.
    pub(super) prefix: String,
    pub(super) view: View<'a>,
    /// Whether it is one of several that an object may be: what it requires, not all objects have.
    pub(super) maybe: bool,
}

impl<'a> Reader<'a> {
    /// What an object is made of, itself last, so that what it says again counts.
    pub(super) fn parts(&mut self, view: &View<'a>, owner: &str) -> Vec<Part<'a>> {
        let mut parts = Vec::new();
        self.gather(view, (owner, ""), false, &mut vec![view.place()], &mut parts);
        parts
    }

    fn gather(
        &mut self,
        view: &View<'a>,
        (owner, prefix): (&str, &str),
        maybe: bool,
        path: &mut Vec<(usize, String)>,
        parts: &mut Vec<Part<'a>>,
    ) {
        for (key, several) in [("allOf", false), ("oneOf", true), ("anyOf", true)] {
            let Some(list) = view.get(key) else { continue };
            for (index, member) in list.items().enumerate() {
                if !says_something(&member) || is_null(&member) {
                    continue;
                }
                let mut at = member.clone();
                let mut owner = owner.to_owned();
                let mut prefix = match at.text("title") {
                    _ if !several => prefix.to_owned(),
                    Some(title) => title.to_lower_camel_case(),
                    None => format!("option{}", index + 1),
                };
                if at.node.get("$ref").is_some() {
                    let Some(target) = self.target(&at) else {
                        continue;
                    };
                    owner = self.name(&target);
                    prefix = String::new();
                    at = target;
                }
                if path.contains(&at.place()) {
                    self.error(&member, format!("`{owner}` is made of itself"));
                    continue;
                }
                path.push(at.place());
                self.gather(&at, (&owner, &prefix), maybe || several, path, parts);
                path.pop();
            }
        }
        parts.push(Part { owner: owner.to_owned(), prefix: prefix.to_owned(), view: view.clone(), maybe });
    }
}
