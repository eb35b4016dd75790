//! The parts of objects: `allOf`, and choices as parts.

use super::limits::{COMPOSITION_DEPTH, Excess};
use super::normalize::{Chosen, is_null, restricts_type};
use super::presence::only_requires;
use super::reader::Reader;
use super::view::{NodeId, View};
use heck::ToLowerCamelCase;
use std::collections::HashSet;

/// A part of an object that `allOf` composes of several schemas.
pub(super) struct Part<'a> {
    /// The schema that inline schemas within are named after.
    pub(super) owner: String,
    /// Prefix of a property's name there, for a part without a name of its own.
    pub(super) prefix: String,
    pub(super) view: View<'a>,
    /// True for one of several alternatives, whose required properties not all objects have.
    pub(super) optional: bool,
}

/// Collects the parts of one object.
struct Gather<'a, 'c> {
    /// The schemas that lead from the object to the current one.
    path: Vec<NodeId>,
    /// Parts found so far, with true for optional ones: a base that several parts extend is one part.
    seen: HashSet<(NodeId, bool)>,
    parts: Vec<Part<'a>>,
    /// The alternative that the object has, of the choice that is one of its parts.
    chosen: Option<&'c Chosen<'a>>,
}

impl<'a> Reader<'a> {
    /// Returns the parts of an object, itself last, so that its own declarations win.
    pub(super) fn parts(&mut self, view: &View<'a>, owner: &str) -> Vec<Part<'a>> {
        self.parts_with(view, owner, None)
    }

    /// Returns the parts of an object that has one alternative of the choice that is one of its parts.
    pub(super) fn parts_with(&mut self, view: &View<'a>, owner: &str, chosen: Option<&Chosen<'a>>) -> Vec<Part<'a>> {
        let mut gather = Gather { path: vec![view.id()], seen: HashSet::new(), parts: Vec::new(), chosen };
        self.gather(view, (owner, ""), false, &mut gather);
        gather.parts
    }

    fn gather(&mut self, view: &View<'a>, (owner, prefix): (&str, &str), optional: bool, gather: &mut Gather<'a, '_>) {
        if gather.path.len() > COMPOSITION_DEPTH {
            self.limits.excess = Some(Excess::Depth);
            return;
        }
        for (key, several) in [("allOf", false), ("oneOf", true), ("anyOf", true)] {
            let Some(list) = view.get(key) else { continue };
            let chosen = gather.chosen.filter(|chosen| chosen.list == list.id());
            let members = chosen.map_or_else(|| list.items().collect(), |chosen| vec![chosen.choice.clone()]);
            // One set of required properties is not a choice.
            let single = members.len() == 1 && members.iter().all(only_requires);
            let several = several && chosen.is_none() && !single;
            // A child extends a parent that lists it among its alternatives: only the parent's own properties count.
            if several && members.iter().any(|member| self.leads_back(member, &gather.path)) {
                continue;
            }
            for (index, member) in members.into_iter().enumerate() {
                if gather.path.len() > 1 && !self.may_examine(1) {
                    return;
                }
                if !several && only_requires(&member) && gather.seen.insert((member.id(), optional)) {
                    let (owner, prefix) = (owner.to_owned(), prefix.to_owned());
                    gather.parts.push(Part { owner, prefix, view: member.clone(), optional });
                }
                if !restricts_type(&member) || is_null(&member) {
                    continue;
                }
                let mut at = member.clone();
                let mut owner = owner.to_owned();
                let mut prefix = match at.text("title") {
                    _ if !several => prefix.to_owned(),
                    Some(title) => title.to_lower_camel_case(),
                    None => format!("option{}", index.saturating_add(1)),
                };
                if at.node.get("$ref").is_some() {
                    let Some(target) = self.target(&at) else {
                        continue;
                    };
                    owner = self.name(&target);
                    prefix = String::new();
                    at = target;
                }
                if gather.path.contains(&at.id()) {
                    self.warn(&member, format!("`{owner}` extends itself: this part is ignored"));
                    continue;
                }
                let optional = optional || several;
                // A part that was gathered as required is not gathered again as optional.
                if gather.seen.contains(&(at.id(), false)) || !gather.seen.insert((at.id(), optional)) {
                    continue;
                }
                gather.path.push(at.id());
                self.gather(&at, (&owner, &prefix), optional, gather);
                gather.path.pop();
            }
        }
        let properties = view.node.get("properties").map_or(1, |properties| properties.len());
        if gather.path.len() == 1 || self.may_copy(properties) {
            let (owner, prefix) = (owner.to_owned(), prefix.to_owned());
            gather.parts.push(Part { owner, prefix, view: view.clone(), optional });
        }
    }

    /// Returns `true` if a reference leads to one of the schemas of a path.
    fn leads_back(&mut self, member: &View<'a>, path: &[NodeId]) -> bool {
        member.node.get("$ref").is_some() && self.target(member).is_some_and(|target| path.contains(&target.id()))
    }
}
