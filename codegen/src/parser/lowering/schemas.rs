//! Inline schemas and aliases.

use crate::model::{Alternative, DefinedIn, OneOf, Schema, Shape, Type};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Maximum length of a chain of aliases.
const DEPTH: usize = 16;

/// Returns the name of an inline schema: `Pet.kind` of a property, `pets.list(view)` of a parameter; `Pet.kind2` with a
/// number.
pub(crate) fn inline_name(defined_in: &DefinedIn, number: Option<u64>) -> String {
    let part = defined_in.part();
    let number = number.map(|number| number.to_string()).unwrap_or_default();
    match (defined_in.schema(), defined_in.method()) {
        (Some(schema), _) => format!("{schema}.{part}{number}"),
        (None, Some(method)) => format!("{method}({part}{number})"),
        (None, None) => number,
    }
}

/// Bounds chains of aliases. A list or map that holds itself becomes a type of its own: a choice of one. One that nests
/// deeper than 16 named lists holds any JSON values. Returns every alias that is nothing but itself, which now takes
/// any JSON value, with the message for it.
pub(crate) fn settle_aliases(schemas: &mut BTreeMap<String, Schema>) -> Vec<(String, String)> {
    let mut settled = Settled::default();
    for name in schemas.keys() {
        settled.follow(schemas, name);
    }
    let Settled { types, mut broken, new_types, .. } = settled;
    for (name, ty) in types {
        if let Some(schema) = schemas.get_mut(&name) {
            schema.shape = Shape::Alias(ty);
        }
    }
    for name in new_types {
        if let Some(schema) = schemas.get_mut(&name)
            && let Shape::Alias(ty) = &schema.shape
        {
            let kind = if matches!(ty, Type::Map(_)) { "Map" } else { "List" };
            let only =
                Alternative { name: kind.to_owned(), ty: ty.clone(), doc: None, values: Vec::new(), written: None };
            schema.shape = Shape::OneOf(OneOf { discriminator: None, is_stated: false, alternatives: vec![only] });
        }
    }
    broken.sort();
    broken
}

/// The outcome of following aliases.
#[derive(Default)]
struct Settled {
    /// Number of aliases that follow each alias in its chain.
    depths: HashMap<String, usize>,
    /// New types of aliases.
    types: BTreeMap<String, Type>,
    /// Lists and maps that become types of their own.
    new_types: Vec<String>,
    broken: Vec<(String, String)>,
}

impl Settled {
    /// Follows the aliases from one to the next until one is settled, and settles them from there back.
    fn follow(&mut self, schemas: &BTreeMap<String, Schema>, start: &str) {
        let alias = |name: &str| match schemas.get(name).map(|schema| &schema.shape) {
            Some(Shape::Alias(ty)) => Some(ty),
            _ => None,
        };
        let mut path: Vec<&str> = Vec::new();
        let mut on_path: HashSet<&str> = HashSet::new();
        let mut at = start;
        while !self.depths.contains_key(at) {
            let Some(ty) = alias(at) else { break };
            if !on_path.insert(at) {
                let cycle: Vec<&str> = path.iter().skip_while(|name| **name != at).copied().collect();
                self.settle_cycle(&cycle, &alias);
                break;
            }
            path.push(at);
            let Some(next) = ty.schema() else { break };
            at = next;
        }
        for name in path.into_iter().rev() {
            let Some(ty) = alias(name).filter(|_| !self.depths.contains_key(name)) else { continue };
            let next = ty.schema().filter(|next| alias(next).is_some());
            let below = next.and_then(|next| self.depths.get(next)).copied();
            let depth = below.map_or(0, |below| below.saturating_add(1));
            if depth <= DEPTH {
                self.depths.insert(name.to_owned(), depth);
            } else if let (Type::Schema(_), Some(next)) = (ty, next) {
                // The alias of an alias is an alias of the same type.
                let same = self.types.get(next).or(alias(next)).cloned();
                self.types.extend(same.map(|same| (name.to_owned(), same)));
                self.depths.insert(name.to_owned(), below.unwrap_or_default());
            } else {
                // Deeper lists and maps hold any values: rustc bounds the depth of types too.
                let any = Box::new(Type::Any);
                let ty = if matches!(ty, Type::Map(_)) { Type::Map(any) } else { Type::List(any) };
                self.types.insert(name.to_owned(), ty);
                self.depths.insert(name.to_owned(), 0);
            }
        }
    }

    /// Settles aliases that lead back to the first of them.
    fn settle_cycle<'t>(&mut self, cycle: &[&str], alias: &dyn Fn(&str) -> Option<&'t Type>) {
        let holds_itself = |name: &&str| matches!(alias(name), Some(Type::List(_) | Type::Map(_)));
        let holders: Vec<&str> = cycle.iter().copied().filter(holds_itself).collect();
        for name in &holders {
            self.new_types.push((*name).to_owned());
            self.depths.insert((*name).to_owned(), 0);
        }
        if holders.is_empty() {
            for (index, name) in cycle.iter().enumerate() {
                let rest = cycle.iter().cycle().skip(index).take(cycle.len().saturating_add(1).min(DEPTH));
                let path = rest.copied().collect::<Vec<_>>().join(" → ");
                self.broken.push(((*name).to_owned(), format!("`{name}` is an alias of itself: {path}")));
                self.types.insert((*name).to_owned(), Type::Any);
                self.depths.insert((*name).to_owned(), 0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Constraints;

    fn aliases(entries: &[(&str, Type)]) -> BTreeMap<String, Schema> {
        entries
            .iter()
            .map(|(name, ty)| {
                let schema = Schema {
                    doc: None,
                    deprecated: false,
                    shape: Shape::Alias(ty.clone()),
                    constraints: Constraints::default(),
                    defined_in: DefinedIn::TopLevel,
                    pointer: String::new(),
                };
                ((*name).to_owned(), schema)
            })
            .collect()
    }

    fn named(name: &str) -> Type {
        Type::Schema(name.to_owned())
    }

    #[test]
    fn an_alias_of_itself_is_any_value() {
        let mut schemas = aliases(&[("A", named("B")), ("B", named("A")), ("C", named("B"))]);
        let broken = settle_aliases(&mut schemas);
        assert_eq!(broken.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["A", "B"]);
        assert_eq!(broken[0].1, "`A` is an alias of itself: A → B → A");
        assert_eq!(schemas["A"].shape, Shape::Alias(Type::Any));
        assert_eq!(schemas["C"].shape, Shape::Alias(named("B")));
    }

    #[test]
    fn a_list_of_itself_is_a_type() {
        let list = |name: &str| Type::List(Box::new(named(name)));
        let mut schemas = aliases(&[("Tree", list("Node")), ("Node", named("Tree"))]);
        assert!(settle_aliases(&mut schemas).is_empty());
        assert!(matches!(&schemas["Tree"].shape, Shape::OneOf(only) if only.alternatives[0].ty == list("Node")));
        assert_eq!(schemas["Node"].shape, Shape::Alias(named("Tree")));
    }

    #[test]
    fn long_chains_are_bounded() {
        let count = 5_000;
        for list in [false, true] {
            let mut entries = vec![("S0".to_owned(), Type::String)];
            for number in 1..count {
                let next = named(&format!("S{}", number - 1));
                entries.push((format!("S{number}"), if list { Type::List(Box::new(next)) } else { next }));
            }
            let entries: Vec<(&str, Type)> = entries.iter().map(|(name, ty)| (name.as_str(), ty.clone())).collect();
            let mut schemas = aliases(&entries);
            assert!(settle_aliases(&mut schemas).is_empty());
            for name in schemas.keys() {
                let (mut at, mut hops) = (name.as_str(), 0);
                while let Shape::Alias(ty) = &schemas[at].shape
                    && let Some(next) = ty.schema()
                {
                    (at, hops) = (next, hops + 1);
                }
                assert!(hops <= DEPTH + 1, "{name}: {hops}");
            }
        }
    }
}
