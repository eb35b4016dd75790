//! The Rust name of everything, over the whole document, so that what one includes changes no name.
//!
//! Names live in scopes; within one, no two are the same. What an earlier generation has named keeps its name; what is
//! new takes the name it would like, or the next free one (`rrf`, then `rrf_2`).

mod case;
mod key;
pub mod lock;

use crate::model::{Api, Home, Method, Schema, Shape};
use key::{Key, Scope};
use std::collections::{BTreeMap, BTreeSet};

use case::item_name;
pub use case::{field_name, raw, type_name};
#[cfg(feature = "cli")]
pub(super) use case::{is_identifier, is_keyword};

/// Names by scope, then by what they name. This is also what a lock file remembers.
///
/// Every name is an identifier: those that are made here, and those of a lock, which is checked when it is parsed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    scopes: BTreeMap<String, BTreeMap<String, String>>,
}

/// A path to a Rust item below the API's module: `["types", "tuning_job", "State"]`.
pub type RustPath = Vec<String>;

impl Names {
    /// Names everything in an API. What `earlier` has named keeps its name.
    pub fn of(api: &Api, earlier: &Names) -> Names {
        let mut naming = Naming { earlier, names: Names::default() };
        naming.top_types(api);
        naming.inline_types(api);
        naming.members(api);
        let groups = groups(api);
        naming.resources(&groups);
        naming.calls(&groups);
        naming.names
    }

    /// Whether nothing is remembered.
    #[cfg(feature = "cli")]
    pub(crate) fn is_empty(&self) -> bool {
        self.scopes.is_empty()
    }

    /// Puts parameters into the order in which they were generated before; what is new comes after.
    pub fn keep_order(&self, mut api: Api) -> Api {
        for (name, method) in &mut api.methods {
            if let Some(positions) = self.scopes.get(&Scope::Positions(name).to_string()) {
                let position = |name: &String| {
                    let position = positions.get(&Key::Item(name).to_string());
                    position.and_then(|text| text.parse().ok()).unwrap_or(usize::MAX)
                };
                method.parameter_order.sort_by_key(position);
            }
        }
        api
    }

    /// A name. Names are made of a whole API, and asked for by parts of it, so that none is missing.
    fn get(&self, scope: Scope<'_>, key: Key<'_>) -> &str {
        let name = self.scopes.get(&scope.to_string()).and_then(|names| names.get(&key.to_string()));
        debug_assert!(name.is_some(), "no name for {key:?} in {scope:?}");
        name.map_or("unnamed", String::as_str)
    }

    /// The names of Rust's prelude that a type of this API bears, and so hides where that type stands.
    pub fn hidden(&self) -> BTreeSet<&'static str> {
        let prelude = ["Box", "Err", "From", "Into", "None", "Ok", "Option", "Result", "Some", "String", "Vec"];
        let types: BTreeSet<&str> = self
            .scopes
            .iter()
            .filter(|(scope, _)| scope.starts_with("types") || scope.starts_with("calls"))
            .flat_map(|(_, names)| names.values().map(String::as_str))
            .collect();
        prelude.into_iter().filter(|name| types.contains(name)).collect()
    }

    /// The names of a schema's properties and unions.
    #[cfg(feature = "cli")]
    pub(crate) fn fields(&self, schema: &str) -> Option<&BTreeMap<String, String>> {
        self.scopes.get(&Scope::Fields(schema).to_string())
    }

    /// The names of an enumeration's values.
    #[cfg(feature = "cli")]
    pub(crate) fn variants(&self, schema: &str) -> Option<&BTreeMap<String, String>> {
        self.scopes.get(&Scope::Variants(schema).to_string())
    }

    /// The names of a method's parameters.
    #[cfg(feature = "cli")]
    pub(crate) fn parameters(&self, method: &str) -> Option<&BTreeMap<String, String>> {
        self.scopes.get(&Scope::Parameters(method).to_string())
    }

    /// The item that a schema becomes.
    pub fn schema(&self, api: &Api, name: &str) -> RustPath {
        let mut path = self.home(api, name);
        path.push(self.schema_leaf(api, name).to_owned());
        path
    }

    /// The last part of the item that a schema becomes.
    pub(crate) fn schema_leaf(&self, api: &Api, name: &str) -> &str {
        match home(api, name) {
            Home::Top => self.get(Scope::Types, Key::Item(name)),
            Home::Property { schema, property } => self.get(Scope::TypesIn(schema), Key::Item(property)),
            Home::Parameter { method, parameter } => {
                let item = format!("{}({parameter})", leaf(method));
                self.get(Scope::Calls(parent(method)), Key::Item(&item))
            }
        }
    }

    /// The module that a schema's item stands in.
    fn home(&self, api: &Api, name: &str) -> RustPath {
        match home(api, name) {
            Home::Top => vec!["types".to_owned()],
            Home::Property { schema, .. } => self.module(api, schema),
            Home::Parameter { method, .. } => self.resource_module(parent(method)),
        }
    }

    /// The module of what is written inside of a schema: its unions, inline enums and inline messages.
    pub fn module(&self, api: &Api, name: &str) -> RustPath {
        let mut path = self.home(api, name);
        let scope = match home(api, name) {
            Home::Top => Scope::Modules,
            Home::Property { schema, .. } => Scope::ModulesIn(schema),
            Home::Parameter { method, .. } => Scope::Resource(parent(method)),
        };
        path.push(self.get(scope, Key::Item(name)).to_owned());
        path
    }

    /// The field that holds a property; of a union's member, what follows `set_` in its setter.
    pub fn field(&self, schema: &str, property: &str) -> &str {
        self.get(Scope::Fields(schema), Key::Item(property))
    }

    /// The accessor of a union's member, on the union's enum and on its message; with `get_` in front where it would hide
    /// another method.
    pub fn accessor(&self, schema: &str, member: &str) -> String {
        let name = self.field(schema, member);
        let hides = case::INHERITED.contains(&name) || name.starts_with("get_") || name.starts_with("set_");
        if hides { format!("get_{name}") } else { name.to_owned() }
    }

    /// The field that holds a union.
    pub fn union_field(&self, schema: &str, union: &str) -> &str {
        self.get(Scope::Fields(schema), Key::Union(union))
    }

    /// The enum of a union.
    pub fn union(&self, api: &Api, schema: &str, union: &str) -> RustPath {
        let mut path = self.module(api, schema);
        path.push(self.get(Scope::TypesIn(schema), Key::Union(union)).to_owned());
        path
    }

    /// The variant of a union's member.
    pub fn member(&self, schema: &str, union: &str, member: &str) -> &str {
        self.get(Scope::Members(schema, union), Key::Item(member))
    }

    /// The variant of an enum's value.
    pub fn variant(&self, schema: &str, value: &str) -> &str {
        self.get(Scope::Variants(schema), Key::Item(value))
    }

    /// The module of a resource; of the root for an empty path.
    pub fn resource_module(&self, resource: &str) -> RustPath {
        let mut path = vec!["methods".to_owned()];
        let mut at = String::new();
        for part in resource.split('.').filter(|part| !part.is_empty()) {
            path.push(self.get(Scope::Resource(&at), Key::Resource(part)).to_owned());
            at = join(&at, part);
        }
        path
    }

    /// The function that gives a resource's handle, on the handle of the resource around it. It is also the name of
    /// the resource's module.
    pub fn resource_function(&self, resource: &str) -> &str {
        self.get(Scope::Resource(parent(resource)), Key::Resource(leaf(resource)))
    }

    /// The struct of a resource's handle.
    pub fn resource_handle(&self, resource: &str) -> &str {
        self.get(Scope::Calls(resource), Key::Own)
    }

    /// The function of a method, on its resource's handle.
    pub fn method_function(&self, method: &str) -> &str {
        self.get(Scope::Resource(parent(method)), Key::Item(leaf(method)))
    }

    /// The function that goes on with what a method has started.
    pub fn method_operation(&self, method: &str) -> &str {
        self.get(Scope::Resource(parent(method)), Key::Operation(leaf(method)))
    }

    /// The struct of a call of a method.
    pub fn method_call(&self, method: &str) -> &str {
        self.get(Scope::Calls(parent(method)), Key::Item(leaf(method)))
    }

    /// A parameter: the argument's name, and what follows `with_` in its setter.
    pub fn parameter(&self, method: &str, parameter: &str) -> &str {
        self.get(Scope::Parameters(method), Key::Item(parameter))
    }

    /// The argument that takes the body.
    pub fn body(&self, method: &str) -> &str {
        self.get(Scope::Parameters(method), Key::Own)
    }
}

/// The resource that a method or resource is in: all but the last part of its name.
pub fn parent(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(parent, _)| parent)
}

/// The last part of a name.
pub fn leaf(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(_, leaf)| leaf)
}

fn join(path: &str, part: &str) -> String {
    if path.is_empty() { part.to_owned() } else { format!("{path}.{part}") }
}

/// The resources of an API, those that only hold others included, sorted.
pub fn resources<'a>(methods: impl IntoIterator<Item = &'a String>) -> BTreeSet<String> {
    let mut found = BTreeSet::from([String::new()]);
    for method in methods {
        let mut at = parent(method);
        while !at.is_empty() && found.insert(at.to_owned()) {
            at = parent(at);
        }
    }
    found
}

fn home<'a>(api: &'a Api, schema: &str) -> &'a Home {
    api.schemas.get(schema).map_or(&Home::Top, |schema| &schema.home)
}

/// Gives names out.
struct Naming<'a> {
    earlier: &'a Names,
    names: Names,
}

impl Naming<'_> {
    /// Names the items of a scope: those with an earlier name first, then the others in order.
    fn scope<'k>(&mut self, scope: Scope<'_>, items: impl IntoIterator<Item = (Key<'k>, String)>) {
        let scope = scope.to_string();
        let earlier = self.earlier.scopes.get(&scope);
        let mut new = Vec::new();
        let mut known = Vec::new();
        for (key, wanted) in items {
            let key = key.to_string();
            match earlier.and_then(|names| names.get(&key)) {
                Some(name) => known.push((key, name.clone())),
                None => new.push((key, wanted)),
            }
        }
        if known.is_empty() && new.is_empty() {
            return;
        }
        let mut taken = Taken::new(Scope::reserved(&scope));
        let names = self.names.scopes.entry(scope).or_default();
        // Names that an earlier generation gave to things that are no longer there stay taken: none changes its meaning.
        for name in names.values().chain(earlier.into_iter().flat_map(BTreeMap::values)) {
            taken.insert(name);
        }
        names.extend(known);
        for (key, wanted) in new {
            let name = taken.free(wanted);
            names.insert(key, name);
        }
    }

    fn top_types(&mut self, api: &Api) {
        let top = || api.schemas.iter().filter(|(_, schema)| schema.home == Home::Top).map(|(name, _)| name);
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

    /// Types that are written inside of schemas, with the unions' enums beside them.
    fn inline_types(&mut self, api: &Api) {
        let mut inside: BTreeMap<&str, Vec<(&String, &str)>> = BTreeMap::new();
        for (name, schema) in &api.schemas {
            if let Home::Property { schema, property } = &schema.home {
                inside.entry(schema).or_default().push((name, property));
            }
        }
        for (name, schema) in &api.schemas {
            let unions = match &schema.shape {
                Shape::Message(message) => Some(message.unions.keys()),
                _ => None,
            };
            let inline = inside.get(name.as_str()).map_or(&[][..], Vec::as_slice);
            let items = inline.iter().map(|(_, property)| (Key::Item(property), item_name(property)));
            let unions = unions.into_iter().flatten().map(|union| (Key::Union(union), item_name(union)));
            self.scope(Scope::TypesIn(name), items.chain(unions));
            let modules = inline.iter().map(|(name, property)| (Key::Item(name), field_name(property)));
            self.scope(Scope::ModulesIn(name), modules);
        }
    }

    fn members(&mut self, api: &Api) {
        let prefix = prefix(api);
        for (name, schema) in &api.schemas {
            match &schema.shape {
                Shape::Message(message) => {
                    let alone = message.fields.keys().filter(|field| message.union_of(field).is_none());
                    let fields = alone.map(|field| (Key::Item(field), field_name(field)));
                    let unions = message.unions.keys().map(|union| (Key::Union(union), field_name(union)));
                    self.scope(Scope::Fields(name), fields.chain(unions));
                    // Members are no fields, but have setters among those of the fields.
                    let members = message.fields.keys().filter(|field| message.union_of(field).is_some());
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
            let children = group.children.iter().map(|child| (Key::Resource(leaf(child)), field_name(leaf(child))));
            self.scope(scope, children);
            let methods = group.methods.iter().map(|(name, _)| (Key::Item(leaf(name)), field_name(leaf(name))));
            self.scope(scope, methods);
            let starting = group.methods.iter().filter(|(_, m)| m.operation.is_some() || m.job.is_some());
            let operations =
                starting.map(|(name, _)| (Key::Operation(leaf(name)), format!("{}_operation", field_name(leaf(name)))));
            self.scope(scope, operations);
            let inline = group.inline.iter().map(|(name, wanted)| (Key::Item(name), field_name(wanted)));
            self.scope(scope, inline);
        }
    }

    fn calls(&mut self, groups: &BTreeMap<String, Group<'_>>) {
        for (resource, group) in groups {
            let scope = Scope::Calls(resource);
            let handle = if resource.is_empty() { "Client".to_owned() } else { item_name(leaf(resource)) };
            self.scope(scope, [(Key::Own, handle)]);
            let calls = group.methods.iter().map(|(name, _)| (Key::Item(leaf(name)), item_name(leaf(name))));
            self.scope(scope, calls);
            let inline =
                group.inline.iter().map(|(name, wanted)| (Key::Item(leaf_with_parameter(name)), item_name(wanted)));
            self.scope(scope, inline);
            for (name, method) in &group.methods {
                let others = method.parameters.keys().filter(|p| !method.parameter_order.contains(p));
                let parameters = method.parameter_order.iter().chain(others);
                self.scope(Scope::Parameters(name), parameters.map(|p| (Key::Item(p), field_name(p))));
                if method.parameter_order.len() > 1 {
                    let positions = method.parameter_order.iter().enumerate();
                    let positions = positions.map(|(i, p)| (Key::Item(p).to_string(), i.to_string()));
                    self.names.scopes.insert(Scope::Positions(name).to_string(), positions.collect());
                }
                if method.request.is_some() {
                    self.scope(Scope::Parameters(name), [(Key::Own, "body".to_owned())]);
                }
            }
        }
    }
}

/// Names that are taken in a scope.
struct Taken {
    names: BTreeSet<String>,
    /// The next number to try of a name that is taken, so that many of one name take linear time.
    next: BTreeMap<String, usize>,
}

impl Taken {
    fn new(reserved: &[&str]) -> Self {
        Self { names: reserved.iter().map(|name| (*name).to_owned()).collect(), next: BTreeMap::new() }
    }

    /// Fields that differ in leading underscores alone would have setters of one name.
    fn key(name: &str) -> &str {
        let plain = name.trim_start_matches('_');
        if plain.is_empty() { name } else { plain }
    }

    fn insert(&mut self, name: &str) {
        self.names.insert(Self::key(name).to_owned());
    }

    /// Takes the name that is wanted, or that name with the first number that makes it free.
    fn free(&mut self, wanted: String) -> String {
        if self.names.insert(Self::key(&wanted).to_owned()) {
            return wanted;
        }
        let next = self.next.entry(wanted.clone()).or_insert(2);
        loop {
            let name = match case::is_snake(&wanted) {
                true => format!("{wanted}_{next}"),
                // Not `Self_2`: an underscore is no part of a type's name.
                false => format!("{}{next}", wanted.trim_end_matches('_')),
            };
            *next = next.saturating_add(1);
            if self.names.insert(Self::key(&name).to_owned()) {
                return name;
            }
        }
    }
}

/// What a resource holds.
#[derive(Default)]
struct Group<'a> {
    /// The resources within, by their paths.
    children: Vec<String>,
    methods: Vec<(&'a String, &'a Method)>,
    /// Schemas written inline in the methods: their names, and what their items would like to be called.
    inline: Vec<(&'a String, String)>,
}

/// The resources of an API, by their paths.
fn groups(api: &Api) -> BTreeMap<String, Group<'_>> {
    let mut groups: BTreeMap<String, Group<'_>> =
        resources(api.methods.keys()).into_iter().map(|resource| (resource, Group::default())).collect();
    let paths: Vec<String> = groups.keys().filter(|path| !path.is_empty()).cloned().collect();
    for path in paths {
        groups.entry(parent(&path).to_owned()).or_default().children.push(path);
    }
    for (name, method) in &api.methods {
        groups.entry(parent(name).to_owned()).or_default().methods.push((name, method));
    }
    for (name, schema) in &api.schemas {
        if let Home::Parameter { method, parameter } = &schema.home {
            let wanted = format!("{}_{parameter}", leaf(method));
            groups.entry(parent(method).to_owned()).or_default().inline.push((name, wanted));
        }
    }
    groups
}

/// `projects.list(view)` → `list(view)`. Parameters may hold dots; methods before the parenthesis decide.
fn leaf_with_parameter(name: &str) -> &str {
    let method = name.split_once('(').map_or(name, |(method, _)| method);
    let resource = method.rsplit_once('.').map_or("", |(resource, _)| resource);
    name.strip_prefix(resource).map_or(name, |leaf| leaf.strip_prefix('.').unwrap_or(leaf))
}

/// What an enum is called where it stands: its own name, or its property's.
fn own_name<'a>(name: &'a str, schema: &'a Schema) -> &'a str {
    match &schema.home {
        Home::Top => name,
        Home::Property { property, .. } => property,
        Home::Parameter { parameter, .. } => parameter,
    }
}

/// The package that most schemas bear in front of their names, up to the API's version: `GoogleCloudAiplatformV1`.
fn prefix(api: &Api) -> Option<String> {
    let version = type_name(&api.version);
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, _) in api.schemas.iter().filter(|(_, schema)| schema.home == Home::Top) {
        for (at, _) in name.match_indices(&version) {
            let Some((prefix, rest)) = name.split_at_checked(at.saturating_add(version.len())) else { continue };
            if at > 0 && rest.starts_with(|c: char| c.is_ascii_uppercase()) {
                let count = count.entry(prefix).or_default();
                *count = count.saturating_add(1);
                break;
            }
        }
    }
    // A prefix that few bear says something; one that many bear is noise.
    let (prefix, bearers) = count.into_iter().max_by_key(|(prefix, bearers)| (*bearers, std::cmp::Reverse(*prefix)))?;
    (bearers.saturating_mul(4) >= api.schemas.values().filter(|s| s.home == Home::Top).count())
        .then(|| prefix.to_owned())
}
