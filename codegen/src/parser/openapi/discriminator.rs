//! The property that distinguishes the alternatives of a choice: a stated `discriminator`, or a property that has
//! different values in most of them.

use super::choice::Branch;
use super::enumeration::listed;
use super::files::RefError;
use super::node::Node;
use super::reader::{COMPOSITION_DEPTH, Reader};
use super::view::{Place, View};
use crate::model::Scalar;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

/// Extension of Azure's documents: the value of the discriminator that selects a schema.
const VALUE: &str = "x-ms-discriminator-value";

/// The property that distinguishes alternatives.
#[derive(Default)]
pub(super) struct Discriminator {
    /// Name of the property.
    pub(super) property: Option<String>,
    /// Its values in each alternative.
    pub(super) values: HashMap<Place, Values>,
}

/// Values of the discriminator in one alternative.
#[derive(Clone, Default)]
pub(super) struct Values {
    pub(super) all: Vec<Scalar>,
    /// The one that is written if a value has none.
    pub(super) written: Option<Scalar>,
}

/// Properties of an object that have constant values, with these.
pub(super) type Constants<'a> = BTreeMap<&'a str, Vec<ValueList>>;

/// Values that a schema lists, shared by the properties that refer to it.
pub(super) type ValueList = Rc<Vec<Scalar>>;

/// Largest number of values of a property that distinguishes alternatives.
const MAX_VALUES: usize = 256;

/// Number of values of alternatives that cost as much as a property that is copied.
const VALUES_PER_COPY: usize = 16;

impl<'a> Reader<'a> {
    /// Returns the property that distinguishes the objects among alternatives.
    pub(super) fn discriminator(&mut self, view: &View<'a>, branches: &[Branch<'a>]) -> Discriminator {
        let objects: Vec<&Branch<'a>> = branches.iter().filter(|branch| self.is_object(&branch.view)).collect();
        let members: Vec<Vec<View<'a>>> = objects.iter().map(|branch| self.members_of_branch(branch)).collect();
        let constants: Vec<Rc<Constants<'a>>> = members.iter().map(|members| self.shared_constants(members)).collect();
        let stated = self.stated_discriminator(view);
        let property = stated.as_ref().and_then(|stated| self.text(stated, "propertyName"));
        // No object has a key of several steps: what it leads to is found by its values.
        let property =
            property.filter(|name| !name.contains(['.', '/']) || constants.iter().any(|one| one.contains_key(name)));
        let is_stated = property.is_some();
        let Some(property) = property.or_else(|| find_discriminator(&constants)) else {
            return Discriminator::default();
        };
        let mapping = stated.and_then(|stated| self.object(&stated, "mapping"));
        let mut mapped: HashMap<Place, Vec<&'a str>> = HashMap::new();
        for (value, named) in mapping.iter().flat_map(View::members) {
            if let Some(place) = self.mapped(&named) {
                mapped.entry(place).or_default().push(value);
            }
        }
        let mut discriminator = Discriminator { property: Some(property.to_owned()), values: HashMap::new() };
        for ((branch, members), constants) in objects.iter().zip(&members).zip(&constants) {
            let place = branch.view.place();
            let lists = constants.get(property).into_iter().flatten();
            let constants: Vec<&Scalar> = lists.flat_map(|list| list.iter()).collect();
            let kind = self.kind_of_property(&branch.view, property);
            // The keys of a mapping are text, whatever the property is.
            let mut by_text: HashMap<&str, &Scalar> = HashMap::new();
            for constant in &constants {
                by_text.entry(constant.as_str()).or_insert(constant);
            }
            let of_kind = |text: &str| by_text.get(text).map_or_else(|| scalar(text, kind), |known| (*known).clone());
            let mut all: Vec<Scalar> = Vec::new();
            for member in members {
                let named = mapped.get(&member.place()).into_iter().flatten();
                let before = all.len();
                all.extend(named.map(|text| of_kind(text)));
                all.extend(member.text(VALUE).map(of_kind));
                if all.len() == before && constants.is_empty() && is_stated && branch.schema.is_some() {
                    all.push(Scalar::Text(self.name(member)));
                }
            }
            all.extend(constants.iter().map(|known| (*known).clone()));
            let mut seen = BTreeSet::new();
            all.retain(|value| seen.insert(value.clone()));
            if !self.may_copy(view, all.len() / VALUES_PER_COPY) {
                break;
            }
            let is_one = members.len() == 1 && (is_stated || all.len() == 1);
            let written = all.first().filter(|_| is_one).cloned();
            discriminator.values.insert(place, Values { all, written });
        }
        discriminator
    }

    /// Finds the schemas that extend others.
    pub(super) fn find_extensions(&mut self, root: &View<'a>) {
        let schemas = root.at(["components", "schemas"]);
        for (name, schema) in schemas.iter().flat_map(View::members) {
            let bases: Vec<View<'a>> = schema.get("allOf").iter().flat_map(View::items).collect();
            let adds = bases.len() > 1 || schema.node.get("properties").is_some();
            for base in bases.iter().filter(|base| base.node.get("$ref").is_some()) {
                // Without anything of its own it is the same schema by another name, unless a value selects it.
                if let Some(base) = self.target(base)
                    && (adds || schema.node.get(VALUE).is_some() || self.is_mapped(&base, name))
                {
                    self.extensions.entry(base.place()).or_default().push(schema.clone());
                    self.extension_pairs.insert((base.place(), schema.place()));
                }
            }
        }
    }

    /// Returns true if the discriminator of a schema maps a value to the schema of a name.
    fn is_mapped(&mut self, base: &View<'a>, name: &str) -> bool {
        let Some(mapping) = self.stated_discriminator(base).and_then(|stated| stated.get("mapping")) else {
            return false;
        };
        let names = self.mapped_names.entry(mapping.place()).or_insert_with(|| {
            let targets = mapping.members().filter_map(|(_, target)| target.node.text());
            targets.filter_map(|target| target.rsplit('/').next()).collect()
        });
        names.contains(name)
    }

    /// Returns true if a schema extends another one that is a choice of those that extend it: see [`Self::is_extended`].
    pub(super) fn extends(&mut self, view: &View<'a>, base: &View<'a>) -> bool {
        if base.node.get("$ref").is_none() {
            return false;
        }
        let Some(base) = self.target(base) else { return false };
        self.extension_pairs.contains(&(base.place(), view.place())) && self.is_extended(&base)
    }

    /// Returns the schemas that extend another one, which does not list them as its alternatives.
    pub(super) fn extensions(&self, base: &View<'a>) -> Vec<View<'a>> {
        self.extensions.get(&base.place()).cloned().unwrap_or_default()
    }

    /// Returns true for an object with a discriminator, its own or one of those that it extends, that others extend.
    pub(super) fn is_extended(&mut self, view: &View<'a>) -> bool {
        let listed = ["oneOf", "anyOf"].into_iter().any(|key| view.node.get(key).is_some());
        if listed || !self.extensions.contains_key(&view.place()) {
            return false;
        }
        if let Some(known) = self.extended.get(&view.place()) {
            return *known;
        }
        // A schema that extends itself is not a choice of others.
        let is = self.stated_discriminator(view).is_some() && !self.descendants(view).contains(&view.place());
        self.extended.insert(view.place(), is);
        is
    }

    /// Returns the schemas that extend another one, directly or not. Schemas that are made of each other more levels deep
    /// than [`COMPOSITION_DEPTH`] are an error, so that no more levels are read.
    fn descendants(&self, base: &View<'a>) -> HashSet<Place> {
        let mut seen = HashSet::new();
        let mut level = self.extensions(base);
        for _ in 0..COMPOSITION_DEPTH {
            level.retain(|view| seen.insert(view.place()));
            level = level.iter().flat_map(|view| self.extensions(view)).collect();
        }
        seen
    }

    /// Returns the discriminator of a schema, or of the nearest of those that it extends.
    fn stated_discriminator(&mut self, view: &View<'a>) -> Option<View<'a>> {
        let mut seen = HashSet::new();
        let mut level = vec![view.clone()];
        for _ in 0..COMPOSITION_DEPTH {
            level.retain(|view| seen.insert(view.place()));
            let mut bases = Vec::new();
            for view in &level {
                if let Some(stated) = self.object(view, "discriminator") {
                    return Some(stated);
                }
                let parts = view.get("allOf").iter().flat_map(View::items).collect::<Vec<_>>();
                let references = parts.iter().filter(|part| part.node.get("$ref").is_some());
                bases.extend(references.filter_map(|part| self.target(part)));
            }
            level = bases;
        }
        None
    }

    /// Returns the schemas of an alternative's values: its own, and those that extend it, directly or not.
    fn members_of_branch(&mut self, branch: &Branch<'a>) -> Vec<View<'a>> {
        let mut members = vec![branch.view.clone()];
        if branch.schema.is_none() || !self.is_extended(&branch.view) {
            return members;
        }
        let mut seen = HashSet::from([branch.view.place()]);
        let mut at = 0;
        while let Some(member) = members.get(at) {
            let found = self.extensions(member);
            members.extend(found.into_iter().filter(|found| seen.insert(found.place())));
            at = at.saturating_add(1);
        }
        members
    }

    /// Returns the properties that have constant values in any of these.
    fn shared_constants(&mut self, members: &[View<'a>]) -> Rc<Constants<'a>> {
        if let [one] = members {
            return self.constants(one);
        }
        let mut all = Constants::new();
        for member in members {
            for (name, lists) in self.constants(member).iter() {
                all.entry(name).or_default().extend(lists.iter().cloned());
            }
        }
        Rc::new(all)
    }

    /// Returns the type that an object states for a property.
    fn kind_of_property(&mut self, view: &View<'a>, property: &str) -> Option<&'a str> {
        let parts = self.parts(view, "");
        let stated = parts.iter().rev().find_map(|part| part.view.get("properties")?.get(property))?;
        self.target(&stated)?.text("type")
    }

    /// Returns the schema that a mapping names: by a reference, or by its name among the document's schemas.
    fn mapped(&mut self, named: &View<'a>) -> Option<Place> {
        let text = named.node.text()?;
        let found = if text.contains(['/', '#']) {
            self.files.find(named, text)
        } else {
            self.files.find(&self.files.root(), &format!("#/components/schemas/{}", crate::source::escape(text)))
        };
        match found {
            Ok(found) => Some(self.target(&found)?.place()),
            Err(RefError::Unresolved(near)) => {
                let wrong = text.rsplit('/').next().unwrap_or(text);
                let warning = self.warning_at(named, format!("unknown schema in `mapping`: `{text}`"));
                let near = near.into_iter().flat_map(Node::keys).take(self.diagnostics.candidates());
                self.report(named, warning.suggest(wrong, near));
                None
            }
            // A file that nothing else refers to has none of the alternatives.
            Err(RefError::File(_) | RefError::Unsupported(_)) => None,
        }
    }

    /// Returns the properties of an object that have constant values, with these.
    fn constants(&mut self, view: &View<'a>) -> Rc<Constants<'a>> {
        if let Some(known) = self.constants.get(&view.place()) {
            return known.clone();
        }
        let mut constants = Constants::new();
        for part in self.parts(view, "").into_iter().filter(|part| !part.optional) {
            for (name, property) in part.view.get("properties").iter().flat_map(View::members) {
                let Some(target) = self.target(&property).filter(|target| listed(target.node).is_some()) else {
                    continue;
                };
                let values = match self.value_lists.get(&target.place()) {
                    Some(values) => values.clone(),
                    None => {
                        let values = self.enumeration(std::slice::from_ref(&target)).values;
                        let scalars = values.into_iter().map(|value| match value.is_literal {
                            true => Scalar::Literal(value.name),
                            false => Scalar::Text(value.name),
                        });
                        let values = ValueList::new(scalars.collect());
                        self.value_lists.insert(target.place(), values.clone());
                        values
                    }
                };
                if values.len() <= MAX_VALUES {
                    constants.insert(name, vec![values]);
                }
            }
        }
        let constants = Rc::new(constants);
        self.constants.insert(view.place(), constants.clone());
        constants
    }
}

/// Returns the property that has different values in the largest number of objects; `None` if no two objects differ.
fn find_discriminator<'a>(constants: &[Rc<Constants<'a>>]) -> Option<&'a str> {
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

/// Returns a value of a type that a mapping has as text.
fn scalar(text: &str, kind: Option<&str>) -> Scalar {
    let is_literal = match kind {
        Some("integer" | "number") => text.parse::<serde_json::Number>().is_ok(),
        Some("boolean") => matches!(text, "true" | "false"),
        _ => false,
    };
    if is_literal { Scalar::Literal(text.to_owned()) } else { Scalar::Text(text.to_owned()) }
}
