//! The property that distinguishes the alternatives of a choice: a stated `discriminator`, or a property that has
//! different values in most of them.

use super::choice::{Branch, Branches};
use super::distinct::find_discriminator;
use super::enumeration::listed;
use super::files::RefError;
use super::limits::COMPOSITION_DEPTH;
use super::node::Node;
use super::normalize::{Normalized, is_null};
use super::reader::Reader;
use super::view::{NodeId, View};
use crate::model::Scalar;
use crate::parser::names::MAX_LENGTH;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

/// Extension of Azure's documents: the value of the discriminator that selects a schema.
pub(super) const VALUE: &str = "x-ms-discriminator-value";

/// The property that distinguishes alternatives.
#[derive(Default)]
pub(super) struct Discriminator {
    /// Name of the property.
    pub(super) property: Option<String>,
    /// True if the document states it.
    pub(super) is_stated: bool,
    /// Its values in each alternative.
    pub(super) values: HashMap<NodeId, Values>,
}

/// Values of the discriminator in one alternative.
#[derive(Clone, Default)]
pub(super) struct Values {
    pub(super) all: Vec<Scalar>,
    /// The one that is written if a value has none.
    pub(super) written: Option<Scalar>,
}

/// Cached facts about the properties that distinguish alternatives.
#[derive(Default)]
pub(super) struct Discriminators<'a> {
    /// Properties of objects that have constant values, by the places of the objects.
    constants: HashMap<NodeId, Rc<Constants<'a>>>,
    /// Values that schemas list, by their places.
    value_lists: HashMap<NodeId, Option<ValueList>>,
    /// Cached results of [`Reader::stated_discriminator`].
    stated: HashMap<NodeId, Option<View<'a>>>,
    /// Values that the mappings of discriminators have for schemas, by the places of the mappings.
    mappings: HashMap<NodeId, Rc<Mapping<'a>>>,
}

/// Properties of an object that have constant values, with these.
pub(super) type Constants<'a> = BTreeMap<&'a str, Vec<ValueList>>;

/// Values that a schema lists, shared by the properties that refer to it.
pub(super) type ValueList = Rc<Vec<Scalar>>;

/// Values that a mapping has for schemas.
type Mapping<'a> = HashMap<NodeId, Vec<&'a str>>;

/// Largest number of values of a property that distinguishes alternatives.
const MAX_VALUES: usize = 256;

/// Number of values of alternatives that cost as much as a property that is copied.
const VALUES_PER_COPY: usize = 16;

/// An alternative whose values are objects.
struct Object<'a, 'b> {
    branch: &'b Branch<'a>,
    /// Alternatives of an alternative that is a choice itself.
    inner: Vec<Branch<'a>>,
    /// The schemas of its values.
    members: Vec<View<'a>>,
    constants: Rc<Constants<'a>>,
}

/// Values that discriminators state for an alternative.
#[derive(Default)]
struct Stated {
    all: Vec<Scalar>,
    /// True if they are those of the alternative alone, and not of a choice that it is one of.
    is_own: bool,
}

impl<'a> Reader<'a> {
    /// Returns the property that distinguishes the objects among alternatives.
    pub(super) fn discriminator(&mut self, view: &View<'a>, branches: &[Branch<'a>]) -> Discriminator {
        let mut objects = Vec::new();
        for branch in branches {
            if self.is_object(&branch.view) {
                objects.push(self.object_among(branch));
            }
        }
        let stated = self.property_of(view);
        // No object has a key of several steps: what it leads to is found by its values.
        let stated = stated.filter(|name| !name.contains(['.', '/']) || self.is_declared(&objects, name));
        let found = stated.or_else(|| {
            let constants: Vec<_> = objects.iter().map(|object| self.known_constants(object)).collect();
            find_discriminator(&constants)
        });
        let Some(property) = found else { return Discriminator::default() };
        let is_stated = stated.is_some();
        let values: Vec<Stated> =
            objects.iter().map(|object| self.stated_values(is_stated.then_some(view), object, property)).collect();
        let claimed: HashSet<&Scalar> = values.iter().flat_map(|values| &values.all).collect();
        let mut uses: HashMap<&Scalar, usize> = HashMap::new();
        for object in &objects {
            for constant in object.constants(property).collect::<HashSet<_>>() {
                let count = uses.entry(constant).or_default();
                *count = count.saturating_add(1);
            }
        }
        let mut discriminator =
            Discriminator { property: Some(property.to_owned()), is_stated, values: HashMap::new() };
        let default = self.default_alternative(view);
        for (object, stated) in objects.iter().zip(&values) {
            if default == Some(object.branch.view.id()) {
                // It has all values that no other alternative has, and may have none.
                discriminator.values.insert(object.branch.view.id(), Values::default());
                continue;
            }
            let free = object.constants(property).filter(|constant| !claimed.contains(constant));
            let mut all = stated.all.clone();
            if all.is_empty() {
                // A base has, beside those of the schemas that extend it, values that are newer than the document.
                let is_rest = object.branch.schema.is_none() && self.is_extended(&object.branch.view);
                all.extend(free.filter(|_| !is_rest).cloned());
                if all.is_empty() && !is_rest {
                    all.extend(object.constants(property).cloned());
                }
            } else {
                // A value that several alternatives list is that of the one that the document states.
                all.extend(free.filter(|constant| uses.get(constant) == Some(&1)).cloned());
            }
            let mut seen = BTreeSet::new();
            all.retain(|value| seen.insert(value.clone()));
            let bytes = all.iter().map(|value| value.as_str().len()).fold(0, usize::saturating_add);
            if !self.may_copy(all.len() / VALUES_PER_COPY) || !self.may_copy_bytes(bytes) {
                break;
            }
            let is_stated = if stated.all.is_empty() { is_stated } else { stated.is_own };
            let is_one = object.members.len() == 1 || !object.inner.is_empty();
            let written = all.first().filter(|_| is_one && (is_stated || all.len() == 1)).cloned();
            discriminator.values.insert(object.branch.view.id(), Values { all, written });
        }
        discriminator
    }

    /// Returns an alternative whose values are objects, with what is known of these.
    fn object_among<'b>(&mut self, branch: &'b Branch<'a>) -> Object<'a, 'b> {
        let mut inner = Branches::new(self.open_choices.len());
        if let Normalized::OneOf(choices) = &branch.kind {
            inner.flat = true;
            self.branches(&branch.view, Normalized::OneOf(choices.clone()), None, 0, &mut inner);
        }
        let inner = inner.found;
        let mut members = if inner.is_empty() { self.members_of_branch(branch) } else { Vec::new() };
        for one in &inner {
            members.extend(self.members_of_branch(one));
        }
        let constants = self.shared_constants(&members);
        Object { branch, inner, members, constants }
    }

    /// Returns the constants of an alternative's properties. What the discriminator of its base, or of the choice that
    /// it is, states counts as one.
    fn known_constants(&mut self, object: &Object<'a, '_>) -> Rc<Constants<'a>> {
        let Some(property) = self.property_of(&object.branch.view) else { return object.constants.clone() };
        let stated = self.stated_values(None, object, property);
        if stated.all.is_empty() {
            return object.constants.clone();
        }
        let mut constants = (*object.constants).clone();
        constants.insert(property, vec![Rc::new(stated.all)]);
        Rc::new(constants)
    }

    /// Returns the values of a property that discriminators state for an alternative: that of the choice, if it has
    /// one, those of choices within, and that of the schema which the alternative extends.
    fn stated_values(&mut self, choice: Option<&View<'a>>, object: &Object<'a, '_>, property: &str) -> Stated {
        let mut stated = Stated { all: Vec::new(), is_own: true };
        // The keys of a mapping are text, whatever the property is.
        let mut by_text: HashMap<&str, &Scalar> = HashMap::new();
        for constant in object.constants(property) {
            by_text.entry(constant.as_str()).or_insert(constant);
        }
        let first = object.members.first().cloned();
        let kind = first.and_then(|member| self.kind_of_property(&member, property));
        let of_kind = |text: &str| by_text.get(text).map_or_else(|| scalar(text, kind), |known| (*known).clone());
        let by_mapping = self.mapped_values(choice, object.branch, property);
        if !object.inner.is_empty() {
            if let Some((texts, is_own)) = by_mapping {
                stated.all.extend(texts.into_iter().map(of_kind));
                stated.is_own = is_own;
            } else if self.property_of(&object.branch.view) == Some(property) {
                for inner in &object.inner {
                    let texts = self.mapped_values(Some(&object.branch.view), inner, property);
                    stated.all.extend(texts.into_iter().flat_map(|(texts, _)| texts).map(of_kind));
                }
                stated.is_own = false;
            } else if choice.is_some() && by_text.is_empty() {
                stated.all.extend(object.branch.schema.as_deref().map(of_kind));
            }
            return stated;
        }
        for (index, member) in object.members.iter().enumerate() {
            let before = stated.all.len();
            match &by_mapping {
                Some((texts, is_own)) if index == 0 => {
                    stated.all.extend(texts.iter().map(|text| of_kind(text)));
                    stated.is_own = *is_own;
                }
                _ if index == 0 => {}
                _ => {
                    let member = Branch::new(member.clone(), Normalized::Object, None);
                    let texts = self.mapped_values(choice, &member, property);
                    stated.all.extend(texts.into_iter().flat_map(|(texts, _)| texts).map(of_kind));
                }
            }
            stated.all.extend(member.text(VALUE).map(of_kind));
            let name = match (&object.branch.schema, &object.branch.whole) {
                (Some(name), _) | (None, Some((_, Some(name)))) if index == 0 => Some(name.clone()),
                (Some(_), _) => Some(self.name(member)),
                _ => None,
            };
            let is_stated = choice.is_some() || self.property_of(member) == Some(property);
            let implied = name.filter(|_| stated.all.len() == before && is_stated);
            // Of several values that all alternatives list, its name is the one of this alternative.
            let is_listed =
                |name: &String| by_text.is_empty() || (by_text.len() > 1 && by_text.contains_key(name.as_str()));
            stated.all.extend(implied.filter(is_listed).as_deref().map(of_kind));
        }
        stated
    }

    /// Returns the values that mappings have for an alternative, or for a choice that it is one of: the innermost
    /// mapping that has any decides. The second is true if they are those of the alternative itself.
    fn mapped_values(
        &mut self,
        choice: Option<&View<'a>>,
        branch: &Branch<'a>,
        property: &str,
    ) -> Option<(Vec<&'a str>, bool)> {
        let mut places = vec![(branch.view.id(), true)];
        let mut is_own = true;
        // The schema that the alternative extends, the choices within, the choice itself.
        let mut next = branch.within.as_deref();
        let mut at = Some(&branch.view);
        let mut is_root = false;
        while let Some(view) = at {
            if self.property_of(view) == Some(property) {
                let mapping = self.mapping(view);
                for (place, is_own) in &places {
                    if let Some(values) = mapping.get(place) {
                        return Some((values.clone(), *is_own));
                    }
                }
            }
            at = match next {
                Some(within) => {
                    is_own &= !within.is_choice;
                    places.push((within.view.id(), is_own));
                    next = within.outer.as_deref();
                    Some(&within.view)
                }
                None if is_root => None,
                None => {
                    is_root = true;
                    choice
                }
            };
        }
        None
    }

    /// Returns the mapping of the discriminator of a schema.
    fn mapping(&mut self, view: &View<'a>) -> Rc<Mapping<'a>> {
        let stated = self.stated_discriminator(view);
        let Some(mapping) = stated.and_then(|stated| self.object(&stated, "mapping")) else { return Rc::default() };
        if let Some(known) = self.discriminators.mappings.get(&mapping.id()) {
            return known.clone();
        }
        let mut mapped = Mapping::new();
        for (value, named) in mapping.members() {
            if let Some(schema) = self.mapped(&named) {
                mapped.entry(schema.id()).or_default().push(value);
            }
        }
        let mapped = Rc::new(mapped);
        self.discriminators.mappings.insert(mapping.id(), mapped.clone());
        mapped
    }

    /// Returns the alternative of the values that the mapping of a discriminator lacks, if the document states one.
    fn default_alternative(&mut self, view: &View<'a>) -> Option<NodeId> {
        let named = self.stated_discriminator(view)?.get("defaultMapping")?;
        self.mapped(&named).map(|schema| schema.id())
    }

    /// Returns the property that the discriminator of a schema names.
    pub(super) fn property_of(&mut self, view: &View<'a>) -> Option<&'a str> {
        let stated = self.stated_discriminator(view)?;
        self.text(&stated, "propertyName")
    }

    fn is_declared(&mut self, objects: &[Object<'a, '_>], name: &str) -> bool {
        objects.iter().flat_map(|object| &object.members).any(|member| {
            let parts = self.parts(member, "");
            parts.iter().any(|part| part.view.node.get("properties").is_some_and(|all| all.get(name).is_some()))
        })
    }

    /// Returns the discriminator of a schema, of one of its parts, or of the nearest of those that it extends.
    pub(super) fn stated_discriminator(&mut self, view: &View<'a>) -> Option<View<'a>> {
        if let Some(known) = self.discriminators.stated.get(&view.id()) {
            return known.clone();
        }
        let mut seen = HashSet::new();
        let mut level = vec![view.clone()];
        let mut found = None;
        for depth in 0..COMPOSITION_DEPTH {
            level.retain(|view| seen.insert(view.id()));
            found = level.iter().find_map(|view| self.object(view, "discriminator"));
            if level.is_empty() {
                // None of the schemas that it is made of has one.
                self.discriminators.stated.extend(seen.drain().map(|id| (id, None)));
            }
            if found.is_some() || level.is_empty() {
                break;
            }
            let parts = level.iter().filter_map(|view| view.get("allOf")).flat_map(|all| all.items());
            // An inline part is nearer than a schema that is extended.
            let (inline, extended): (Vec<_>, Vec<_>) = parts.partition(|part| part.node.get("$ref").is_none());
            let parts: Vec<_> = inline.into_iter().chain(extended).collect();
            if depth > 0 && !self.may_examine(parts.len()) {
                break;
            }
            level = parts.iter().filter_map(|part| self.target(part)).collect();
        }
        self.discriminators.stated.insert(view.id(), found.clone());
        found
    }

    /// Returns the schemas of an alternative's values: its own, and those that extend it, directly or not.
    fn members_of_branch(&mut self, branch: &Branch<'a>) -> Vec<View<'a>> {
        let mut members = vec![branch.view.clone()];
        if branch.schema.is_none() || !self.is_extended(&branch.view) {
            return members;
        }
        let mut seen = HashSet::from([branch.view.id()]);
        let mut at = 0;
        while let Some(member) = members.get(at) {
            let found = self.extensions(member);
            members.extend(found.into_iter().filter(|found| seen.insert(found.id())));
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
        match self.plain(&stated)?.node.get("type")? {
            Node::List(kinds) => kinds.iter().filter_map(Node::text).find(|kind| *kind != "null"),
            kind => kind.text(),
        }
    }

    /// Returns the schema that a mapping names: by a reference, or by its name among the document's schemas.
    pub(super) fn mapped(&mut self, named: &View<'a>) -> Option<View<'a>> {
        let text = named.node.text()?;
        let of_name = |name: &str| {
            self.files.find(&self.files.root(), &format!("#/components/schemas/{}", crate::source::escape(name)))
        };
        let found = match text.strip_prefix('#') {
            // `#Cat` may be the name of a schema, too.
            Some(name) if !name.contains('/') => self.files.find(named, text).or_else(|_| of_name(name)),
            _ if text.contains(['/', '#']) => self.files.find(named, text),
            _ => of_name(text),
        };
        match found {
            Ok(found) => self.target(&found),
            Err(RefError::Unresolved(near)) => {
                let wrong = text.rsplit('/').next().unwrap_or(text);
                let warning = self.warning_at(named, format!("unknown schema in `mapping`: `{text}`"));
                let near = near.into_iter().flat_map(Node::keys).take(self.diagnostics.candidates());
                self.report(named, warning.suggest(wrong, near));
                None
            }
            Err(RefError::File(_) | RefError::Unsupported(_)) => None,
        }
    }

    /// Returns the properties of an object that have constant values, with these.
    fn constants(&mut self, view: &View<'a>) -> Rc<Constants<'a>> {
        if let Some(known) = self.discriminators.constants.get(&view.id()) {
            return known.clone();
        }
        let mut constants = Constants::new();
        for part in self.parts(view, "").into_iter().filter(|part| !part.optional) {
            for (name, property) in part.view.get("properties").iter().flat_map(View::members) {
                if let Some(values) = self.value_list(&property, 0) {
                    constants.insert(name, vec![values]);
                }
            }
        }
        let constants = Rc::new(constants);
        self.discriminators.constants.insert(view.id(), constants.clone());
        constants
    }

    /// Returns the values that a property can have: the shortest list of those of its schema, and of the schemas that it
    /// refers to or is made of.
    fn value_list(&mut self, view: &View<'a>, depth: usize) -> Option<ValueList> {
        let target = self.target(view).filter(|_| depth < COMPOSITION_DEPTH)?;
        if let Some(known) = self.discriminators.value_lists.get(&target.id()) {
            return known.clone();
        }
        // A schema that is made of itself has no other values by that.
        self.discriminators.value_lists.insert(target.id(), None);
        let own = listed(target.node).map(|_| {
            let values = self.enumeration(std::slice::from_ref(&target)).values.into_iter();
            values.map(|value| if value.is_literal { Scalar::Literal(value.name) } else { Scalar::Text(value.name) })
        });
        let mut lists: Vec<ValueList> = own.map(|values| Rc::new(values.collect())).into_iter().collect();
        for part in target.get("allOf").iter().flat_map(View::items) {
            lists.extend(self.value_list(&part, depth.saturating_add(1)));
        }
        for alternatives in ["oneOf", "anyOf"].into_iter().filter_map(|key| target.get(key)) {
            lists.extend(self.values_of_any(&alternatives, depth));
        }
        lists.retain(|list| list.len() <= MAX_VALUES && list.iter().all(|value| value.as_str().len() <= MAX_LENGTH));
        let shortest = lists.into_iter().min_by_key(|list| list.len());
        self.discriminators.value_lists.insert(target.id(), shortest.clone());
        shortest
    }

    /// Returns the values of alternatives, `null` aside, if all of them list some.
    fn values_of_any(&mut self, alternatives: &View<'a>, depth: usize) -> Option<ValueList> {
        let mut lists = Vec::new();
        for alternative in alternatives.items().filter(|alternative| !is_null(alternative)) {
            lists.push(self.value_list(&alternative, depth.saturating_add(1))?);
            if lists.len() > MAX_VALUES {
                return None;
            }
        }
        match lists.as_slice() {
            [] => None,
            [one] => Some(one.clone()),
            many => Some(Rc::new(many.iter().flat_map(|list| list.iter()).cloned().collect())),
        }
    }
}

impl Object<'_, '_> {
    /// Returns the values that a property of the objects can have.
    fn constants(&self, property: &str) -> impl Iterator<Item = &Scalar> {
        self.constants.get(property).into_iter().flatten().flat_map(|list| list.iter())
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
