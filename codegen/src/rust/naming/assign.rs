//! Assignment of names, scope by scope.

use super::case::{self, field_name, item_name, type_name};
use super::collisions::{Collisions, Pair};
use super::key::{Key, MODULE, Scope};
use super::signs::word;
use super::{Names, part_of_resource, part_of_schema};
use crate::model::{Api, DefinedIn, Method, MethodName, Schema, Shape};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Assigns names to everything in an API. Items in `earlier` keep their names.
pub(super) fn names(api: &Api, earlier: &Names) -> (Names, Vec<Collisions>) {
    let mut naming = Naming { earlier, names: Names::default(), collisions: Vec::new() };
    naming.scope(Scope::Api, [(Key::Item(MODULE), case::module_name(api))]);
    naming.top_types(api);
    naming.inline_types(api);
    naming.members(api);
    let groups = groups(api);
    naming.resources(&groups);
    naming.calls(&groups);
    (naming.names, naming.collisions)
}

/// Names that are assigned so far, by those of the lock (`earlier`) and by what the API has.
struct Naming<'a> {
    earlier: &'a Names,
    names: Names,
    collisions: Vec<Collisions>,
}

impl Naming<'_> {
    /// Names the items of a scope: those with an earlier name first, then those whose name needs no change, then the
    /// others in order.
    fn scope<'k>(&mut self, scope: Scope<'_>, items: impl IntoIterator<Item = (Key<'k>, String)>) {
        let kind = scope;
        let scope = scope.to_string();
        let earlier = self.earlier.scopes.get(&scope);
        let mut new = Vec::new();
        let mut known = Vec::new();
        for (key, wanted) in items {
            let key = key.text().into_owned();
            match earlier.and_then(|names| names.get(&key)) {
                Some(name) => known.push((key, name.clone())),
                None => new.push((key, wanted)),
            }
        }
        if known.is_empty() && new.is_empty() {
            return;
        }
        // `id` is `id`: `@id` next to it is `at_id`, and `ID` has the number.
        new.sort_by_key(|(key, wanted)| (key != wanted, first_sign(key).is_some()));
        let mut taken = Taken::new(&Scope::reserved(&scope));
        let names = self.names.scopes.entry(scope).or_default();
        // Names of an earlier generation stay taken even if their items were removed: none changes its meaning.
        for name in names.values().chain(earlier.into_iter().flat_map(BTreeMap::values)) {
            taken.insert(name);
        }
        names.extend(known);
        let mut numbered = Vec::new();
        for (key, wanted) in new {
            let signed = first_sign(&key).map(|sign| match case::is_snake(&wanted) {
                true => format!("{sign}_{wanted}"),
                false => type_name(&format!("{sign} {wanted}")),
            });
            let wanted = match signed {
                Some(signed) if !taken.is_free(&wanted) && taken.is_free(&signed) => signed,
                _ => wanted,
            };
            let name = taken.free(wanted.clone());
            if name != wanted {
                numbered.push((key.clone(), wanted));
            }
            names.insert(key, name);
        }
        if numbered.is_empty() {
            return;
        }
        let owners: BTreeMap<&str, (&String, &String)> =
            names.iter().map(|(key, name)| (Taken::key(name), (key, name))).collect();
        // The others have the name of something that generated code has, or of an item that was removed.
        let pairs = numbered.into_iter().filter_map(|(key, wanted)| {
            let (first, first_name) = owners.get(Taken::key(&wanted))?;
            let first = ((*first).clone(), (*first_name).clone());
            Some(Pair { first, second: (key.clone(), names.get(&key)?.clone()) })
        });
        self.collisions.extend(Collisions::new(kind, pairs.collect()));
    }

    fn top_types(&mut self, api: &Api) {
        let top = || api.schemas.iter().filter(|(_, schema)| !schema.is_inline()).map(|(name, _)| name);
        let prefix = prefix(api);
        let short = |name: &str| prefix.as_deref().and_then(|prefix| name.strip_prefix(prefix)).map(item_name);
        let full: BTreeSet<String> = top().filter(|name| short(name).is_none()).map(|name| item_name(name)).collect();
        let wanted = |name: &String| match short(name) {
            Some(short) if !full.contains(&short) => short,
            _ => item_name(name),
        };
        self.scope(Scope::Types, top().map(|name| (Key::Item(name), wanted(name))));
        let module = |name: &str| field_name(self.names.get(Scope::Types, Key::Item(name)));
        let modules: Vec<_> = top().map(|name| (Key::Item(name), module(name))).collect();
        self.scope(Scope::Modules, modules);
    }

    /// Names types declared inline in schemas, and the enums of unions.
    fn inline_types(&mut self, api: &Api) {
        let mut inside: BTreeMap<&str, Vec<(&String, &str)>> = BTreeMap::new();
        for (name, schema) in &api.schemas {
            if let Some(parent) = schema.defined_in.schema() {
                inside.entry(parent).or_default().push((name, schema.defined_in.part()));
            }
        }
        for (name, schema) in &api.schemas {
            let unions = match &schema.shape {
                Shape::Message(message) => Some(message.unions.keys()),
                _ => None,
            };
            let inline = inside.get(name.as_str()).map_or(&[][..], Vec::as_slice);
            let items = inline.iter().map(|(inner, part)| (Key::Item(part_of_schema(inner, name)), item_name(part)));
            let unions = unions.into_iter().flatten().map(|union| (Key::Union(union), item_name(union)));
            self.scope(Scope::TypesIn(name), items.chain(unions));
            let modules = inline.iter().map(|(name, part)| (Key::Item(name), field_name(part)));
            self.scope(Scope::ModulesIn(name), modules);
        }
    }

    fn members(&mut self, api: &Api) {
        let prefix = prefix(api);
        for (name, schema) in &api.schemas {
            match &schema.shape {
                Shape::Message(message) => {
                    let alone = message.fields.keys().filter(|field| message.unions.of(field).is_none());
                    let fields = alone.map(|field| (Key::Item(field), field_name(field)));
                    let unions = message.unions.keys().map(|union| (Key::Union(union), field_name(union)));
                    self.scope(Scope::Fields(name), fields.chain(unions));
                    // Members are not fields, but have setters among those of the fields.
                    let members = message.fields.keys().filter(|field| message.unions.of(field).is_some());
                    self.scope(Scope::Fields(name), members.map(|field| (Key::Item(field), field_name(field))));
                    for (union, stated) in &message.unions {
                        let members = stated.members.iter().map(|member| (Key::Item(member), type_name(member)));
                        self.scope(Scope::Members(name, union), members);
                    }
                }
                Shape::Enum(enumeration) => {
                    let own = own_name(name, schema);
                    let own = prefix.as_deref().and_then(|prefix| own.strip_prefix(prefix)).unwrap_or(own);
                    let prefixes = case::value_prefixes(enumeration, own);
                    let values = enumeration.values.iter();
                    let values =
                        values.map(|value| (Key::Item(&value.name), case::variant_name(&value.name, &prefixes)));
                    self.scope(Scope::Variants(name), values);
                }
                Shape::OneOf(one_of) => {
                    let own = type_name(own_name(name, schema));
                    let alternatives = one_of.alternatives.iter().map(|alternative| {
                        let wanted = type_name(&alternative.name);
                        (Key::Item(&alternative.name), case::without_own(&wanted, &own).to_owned())
                    });
                    self.scope(Scope::Variants(name), alternatives);
                }
                Shape::Alias(_) => {}
            }
        }
    }

    fn resources(&mut self, groups: &BTreeMap<String, Group<'_>>) {
        for (resource, group) in groups {
            let scope = Scope::Resource(resource);
            let children = group
                .children
                .iter()
                .map(|child| (Key::Resource(MethodName(child).leaf()), field_name(MethodName(child).leaf())));
            self.scope(scope, children);
            let methods = group
                .methods
                .iter()
                .map(|(name, _)| (Key::Item(MethodName(name).leaf()), field_name(MethodName(name).leaf())));
            self.scope(scope, methods);
            let starting = group.methods.iter().filter(|(_, m)| m.operation.is_some() || m.job.is_some());
            let operations = starting.map(|(name, _)| {
                (Key::Operation(MethodName(name).leaf()), format!("{}_operation", field_name(MethodName(name).leaf())))
            });
            self.scope(scope, operations);
            let inline = group.inline.iter().map(|(name, _, wanted)| (Key::Item(name), field_name(wanted)));
            self.scope(scope, inline);
        }
    }

    fn calls(&mut self, groups: &BTreeMap<String, Group<'_>>) {
        for (resource, group) in groups {
            let scope = Scope::Calls(resource);
            let handle = if resource.is_empty() { "Client".to_owned() } else { item_name(MethodName(resource).leaf()) };
            self.scope(scope, [(Key::Own, handle)]);
            let calls = group
                .methods
                .iter()
                .map(|(name, _)| (Key::Item(MethodName(name).leaf()), item_name(MethodName(name).leaf())));
            self.scope(scope, calls);
            let inline = group.inline.iter();
            let inline =
                inline.map(|(name, method, wanted)| (Key::Item(part_of_resource(name, method)), item_name(wanted)));
            self.scope(scope, inline);
            for (name, method) in &group.methods {
                let positional: BTreeSet<&String> = method.parameter_order.iter().collect();
                let others = method.parameters.keys().filter(|p| !positional.contains(p));
                let parameters = method.parameter_order.iter().chain(others);
                self.scope(Scope::Parameters(name), parameters.map(|p| (Key::Item(p), field_name(p))));
                if method.parameter_order.len() > 1 {
                    let positions = method.parameter_order.iter().enumerate();
                    let positions = positions.map(|(i, p)| (Key::Item(p).text().into_owned(), i.to_string()));
                    self.names.scopes.insert(Scope::Positions(name).to_string(), positions.collect());
                }
                if method.request.is_some() {
                    self.scope(Scope::Parameters(name), [(Key::Own, "body".to_owned())]);
                }
            }
        }
    }
}

/// Returns the word for the sign at the beginning of an item's name, which alone may distinguish it from another one:
/// `at` of `@id`.
fn first_sign(key: &str) -> Option<Cow<'static, str>> {
    key.chars().next().filter(|first| first.is_ascii_punctuation()).map(word)
}

/// Names that are taken in a scope.
struct Taken {
    names: BTreeSet<String>,
    /// Next number to try for a taken name, so that many equal names take linear time.
    next: BTreeMap<String, usize>,
}

impl Taken {
    fn new(reserved: &[&str]) -> Self {
        Self { names: reserved.iter().map(|name| (*name).to_owned()).collect(), next: BTreeMap::new() }
    }

    /// Returns the name without leading underscores: fields that differ only in these would have setters of the same
    /// name.
    fn key(name: &str) -> &str {
        let plain = name.trim_start_matches('_');
        if plain.is_empty() { name } else { plain }
    }

    fn insert(&mut self, name: &str) {
        self.names.insert(Self::key(name).to_owned());
    }

    fn is_free(&self, name: &str) -> bool {
        !self.names.contains(Self::key(name))
    }

    /// Takes the wanted name, or that name with the first number that makes it unique.
    fn free(&mut self, wanted: String) -> String {
        if self.names.insert(Self::key(&wanted).to_owned()) {
            return wanted;
        }
        let next = self.next.entry(wanted.clone()).or_insert(2);
        loop {
            let name = match (case::is_snake(&wanted), wanted.trim_end_matches('_')) {
                (true, name) => format!("{name}_{next}"),
                // Not `Self_2`: names of types have no underscores.
                (false, name) => format!("{name}{next}"),
            };
            *next = next.saturating_add(1);
            if self.names.insert(Self::key(&name).to_owned()) {
                return name;
            }
        }
    }
}

/// Contents of a resource.
#[derive(Default)]
struct Group<'a> {
    /// Nested resources, by their paths.
    children: Vec<String>,
    methods: Vec<(&'a String, &'a Method)>,
    /// Schemas declared inline in the methods, with their methods and the preferred names of their items.
    inline: Vec<(&'a String, &'a str, String)>,
}

/// Returns the resources of an API, by their paths.
fn groups(api: &Api) -> BTreeMap<String, Group<'_>> {
    let mut groups: BTreeMap<String, Group<'_>> =
        MethodName::resources(api.methods.keys()).into_iter().map(|resource| (resource, Group::default())).collect();
    let paths: Vec<String> = groups.keys().filter(|path| !path.is_empty()).cloned().collect();
    for path in paths {
        groups.entry(MethodName(&path).resource().to_owned()).or_default().children.push(path);
    }
    for (name, method) in &api.methods {
        groups.entry(MethodName(name).resource().to_owned()).or_default().methods.push((name, method));
    }
    for (name, schema) in &api.schemas {
        if let Some(method) = schema.defined_in.method() {
            let part = match &schema.defined_in {
                DefinedIn::RequestBody { .. } => "request",
                DefinedIn::ResponseBody { .. } => "response",
                other => other.part(),
            };
            let wanted = format!("{}_{part}", MethodName(method).leaf());
            groups.entry(MethodName(method).resource().to_owned()).or_default().inline.push((name, method, wanted));
        }
    }
    groups
}

/// Returns the name of an enum in its place: its own, or that of its property or parameter.
fn own_name<'a>(name: &'a str, schema: &'a Schema) -> &'a str {
    match &schema.defined_in {
        DefinedIn::TopLevel => name,
        other => other.part(),
    }
}

/// Returns the package that prefixes the names of most schemas, up to the version in the API's name:
/// `GoogleCloudAiplatformV1`.
fn prefix(api: &Api) -> Option<String> {
    if !api.versioned {
        return None;
    }
    let version = type_name(&api.version);
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, _) in api.schemas.iter().filter(|(_, schema)| !schema.is_inline()) {
        for (at, _) in name.match_indices(&version) {
            let Some((prefix, rest)) = name.split_at_checked(at.saturating_add(version.len())) else { continue };
            if at > 0 && rest.starts_with(|c: char| c.is_ascii_uppercase()) {
                let count = count.entry(prefix).or_default();
                *count = count.saturating_add(1);
                break;
            }
        }
    }
    // A prefix of few schemas is informative; a prefix of many is not.
    let (prefix, bearers) = count.into_iter().max_by_key(|(prefix, bearers)| (*bearers, std::cmp::Reverse(*prefix)))?;
    (bearers.saturating_mul(4) >= api.schemas.values().filter(|s| !s.is_inline()).count()).then(|| prefix.to_owned())
}
