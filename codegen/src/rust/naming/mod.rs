//! Rust names of all items, assigned over the whole document, so that they do not depend on the included methods.
//!
//! Names are unique within their scope. An item of an earlier generation keeps its name; a new one gets its preferred
//! name, or that name with the first free number (`rrf`, then `rrf_2`).

mod case;
mod key;
pub mod lock;

use crate::model::{Api, DefinedIn, Method, MethodName, Schema, Shape};
#[cfg(feature = "cli")]
pub(super) use key::{CRATES, DEVICES};
use key::{Key, Scope};
use std::collections::{BTreeMap, BTreeSet};

use case::item_name;
pub use case::{field_name, raw, type_name};
#[cfg(feature = "cli")]
pub(super) use case::{is_identifier, is_keyword};

/// Names by scope and key. A lock file contains the same.
///
/// Every name is an identifier: assigned here, or checked when the lock file is parsed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    scopes: BTreeMap<String, BTreeMap<String, String>>,
}

/// Path of a Rust item below the API's module: `["types", "tuning_job", "State"]`.
pub type RustPath = Vec<String>;

impl Names {
    /// Assigns names to everything in an API. Items in `earlier` keep their names.
    pub fn of(api: &Api, earlier: &Names) -> Names {
        let mut naming = Naming { earlier, names: Names::default() };
        naming.scope(Scope::Api, [(Key::Item("module"), case::module_name(api))]);
        naming.top_types(api);
        naming.inline_types(api);
        naming.members(api);
        let groups = groups(api);
        naming.resources(&groups);
        naming.calls(&groups);
        naming.names
    }

    /// Returns true if there are no names.
    #[cfg(feature = "cli")]
    pub(crate) fn is_empty(&self) -> bool {
        self.scopes.is_empty()
    }

    /// Orders parameters as they were generated before; new ones come last.
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

    /// Returns a name. Names are assigned for a whole API and looked up for parts of it, so that none is missing.
    fn get(&self, scope: Scope<'_>, key: Key<'_>) -> &str {
        let name = self.scopes.get(&scope.to_string()).and_then(|names| names.get(&key.to_string()));
        debug_assert!(name.is_some(), "no name for {key:?} in {scope:?}");
        name.map_or("unnamed", String::as_str)
    }

    /// Returns the module of the API, with its version if that is part of its name: `generativelanguage_v1beta`.
    pub fn api(&self) -> &str {
        self.get(Scope::Api, Key::Item("module"))
    }

    /// Returns the names with another module of the API.
    ///
    /// # Errors
    /// A name that is not an identifier in snake case, or that the root of a crate cannot have.
    #[cfg(feature = "cli")]
    pub fn with_module(mut self, module: &str) -> Result<Self, String> {
        let scope = Scope::Api.to_string();
        if let Some(fault) = lock::fault(&scope, module) {
            return Err(fault);
        }
        self.scopes.entry(scope).or_default().insert(Key::Item("module").to_string(), module.to_owned());
        Ok(self)
    }

    /// Returns the names of Rust's prelude that a type of this API shadows.
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

    /// Returns the names of a schema's properties and unions.
    #[cfg(feature = "cli")]
    pub(crate) fn fields(&self, schema: &str) -> Option<&BTreeMap<String, String>> {
        self.scopes.get(&Scope::Fields(schema).to_string())
    }

    /// Returns the names of an enumeration's values.
    #[cfg(feature = "cli")]
    pub(crate) fn variants(&self, schema: &str) -> Option<&BTreeMap<String, String>> {
        self.scopes.get(&Scope::Variants(schema).to_string())
    }

    /// Returns the names of a method's parameters.
    #[cfg(feature = "cli")]
    pub(crate) fn parameters(&self, method: &str) -> Option<&BTreeMap<String, String>> {
        self.scopes.get(&Scope::Parameters(method).to_string())
    }

    /// Returns the path of the item of a schema.
    pub fn schema(&self, api: &Api, name: &str) -> RustPath {
        let mut path = self.module_around(api, name);
        path.push(self.schema_leaf(api, name).to_owned());
        path
    }

    /// Returns the name of the item of a schema.
    pub(crate) fn schema_leaf(&self, api: &Api, name: &str) -> &str {
        let defined_in = defined_in(api, name);
        match (defined_in.schema(), defined_in.method()) {
            (Some(schema), _) => self.get(Scope::TypesIn(schema), Key::Item(part_of_schema(name, schema))),
            (_, Some(method)) => {
                self.get(Scope::Calls(MethodName(method).resource()), Key::Item(part_of_resource(name, method)))
            }
            _ => self.get(Scope::Types, Key::Item(name)),
        }
    }

    /// Returns the module that contains the item of a schema.
    fn module_around(&self, api: &Api, name: &str) -> RustPath {
        let defined_in = defined_in(api, name);
        match (defined_in.schema(), defined_in.method()) {
            (Some(schema), _) => self.module(api, schema),
            (_, Some(method)) => self.resource_module(MethodName(method).resource()),
            _ => vec!["types".to_owned()],
        }
    }

    /// Returns the module of the types nested in a schema: its unions, inline enums and inline messages.
    pub fn module(&self, api: &Api, name: &str) -> RustPath {
        let mut path = self.module_around(api, name);
        let defined_in = defined_in(api, name);
        let scope = match (defined_in.schema(), defined_in.method()) {
            (Some(schema), _) => Scope::ModulesIn(schema),
            (_, Some(method)) => Scope::Resource(MethodName(method).resource()),
            _ => Scope::Modules,
        };
        path.push(self.get(scope, Key::Item(name)).to_owned());
        path
    }

    /// Returns the field of a property; for a member of a union, the part of its setter's name after `set_`.
    pub fn field(&self, schema: &str, property: &str) -> &str {
        self.get(Scope::Fields(schema), Key::Item(property))
    }

    /// Returns the accessor of a union's member, on the union's enum and on its message; prefixed with `get_` if it
    /// would shadow another method.
    pub fn accessor(&self, schema: &str, member: &str) -> String {
        let name = self.field(schema, member);
        let hides = case::INHERITED.contains(&name) || name.starts_with("get_") || name.starts_with("set_");
        if hides { format!("get_{name}") } else { name.to_owned() }
    }

    /// Returns the field of a union.
    pub fn union_field(&self, schema: &str, union: &str) -> &str {
        self.get(Scope::Fields(schema), Key::Union(union))
    }

    /// Returns the path of the enum of a union.
    pub fn union(&self, api: &Api, schema: &str, union: &str) -> RustPath {
        let mut path = self.module(api, schema);
        path.push(self.get(Scope::TypesIn(schema), Key::Union(union)).to_owned());
        path
    }

    /// Returns the variant of a union's member.
    pub fn member(&self, schema: &str, union: &str, member: &str) -> &str {
        self.get(Scope::Members(schema, union), Key::Item(member))
    }

    /// Returns the variant of an enum's value.
    pub fn variant(&self, schema: &str, value: &str) -> &str {
        self.get(Scope::Variants(schema), Key::Item(value))
    }

    /// Returns the module of a resource; of the root for an empty path.
    pub fn resource_module(&self, resource: &str) -> RustPath {
        let mut path = vec!["methods".to_owned()];
        let mut at = String::new();
        for part in MethodName(resource).parts() {
            path.push(self.get(Scope::Resource(&at), Key::Resource(part)).to_owned());
            at = MethodName::join(&at, part);
        }
        path
    }

    /// Returns the function for a resource's handle, on the handle of its parent. The resource's module has the same
    /// name.
    pub fn resource_function(&self, resource: &str) -> &str {
        self.get(Scope::Resource(MethodName(resource).resource()), Key::Resource(MethodName(resource).leaf()))
    }

    /// Returns the functions that lead from the client to a resource's handle.
    pub(crate) fn functions_to(&self, resource: &str) -> Vec<&str> {
        let ends = resource.match_indices('.').map(|(at, _)| at).chain([resource.len()]);
        let paths = ends.filter_map(|end| resource.get(..end)).filter(|path| !path.is_empty());
        paths.map(|path| self.resource_function(path)).collect()
    }

    /// Returns the struct of a resource's handle.
    pub fn resource_handle(&self, resource: &str) -> &str {
        self.get(Scope::Calls(resource), Key::Own)
    }

    /// Returns the function of a method, on its resource's handle.
    pub fn method_function(&self, method: &str) -> &str {
        self.get(Scope::Resource(MethodName(method).resource()), Key::Item(MethodName(method).leaf()))
    }

    /// Returns the function for a handle to the operation that a method has started.
    pub fn method_operation(&self, method: &str) -> &str {
        self.get(Scope::Resource(MethodName(method).resource()), Key::Operation(MethodName(method).leaf()))
    }

    /// Returns the struct of a call of a method.
    pub fn method_call(&self, method: &str) -> &str {
        self.get(Scope::Calls(MethodName(method).resource()), Key::Item(MethodName(method).leaf()))
    }

    /// Returns the argument of a parameter, which is also the part of its setter's name after `with_`.
    pub fn parameter(&self, method: &str, parameter: &str) -> &str {
        self.get(Scope::Parameters(method), Key::Item(parameter))
    }

    /// Returns the argument that takes the body.
    pub fn body(&self, method: &str) -> &str {
        self.get(Scope::Parameters(method), Key::Own)
    }
}

fn defined_in<'a>(api: &'a Api, schema: &str) -> &'a DefinedIn {
    api.schemas.get(schema).map_or(&DefinedIn::TopLevel, |schema| &schema.defined_in)
}

/// Assigns names.
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
        let mut taken = Taken::new(&Scope::reserved(&scope));
        let names = self.names.scopes.entry(scope).or_default();
        // Names of an earlier generation stay taken even if their items were removed: none changes its meaning.
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
    /// Next number to try for a taken name, so that many equal names take linear time.
    next: BTreeMap<String, usize>,
}

impl Taken {
    fn new(reserved: &[&str]) -> Self {
        Self { names: reserved.iter().map(|name| (*name).to_owned()).collect(), next: BTreeMap::new() }
    }

    /// Returns the name without leading underscores: fields that differ in those alone would have setters of the same
    /// name.
    fn key(name: &str) -> &str {
        let plain = name.trim_start_matches('_');
        if plain.is_empty() { name } else { plain }
    }

    fn insert(&mut self, name: &str) {
        self.names.insert(Self::key(name).to_owned());
    }

    /// Takes the wanted name, or that name with the first number that makes it unique.
    fn free(&mut self, wanted: String) -> String {
        if self.names.insert(Self::key(&wanted).to_owned()) {
            return wanted;
        }
        let next = self.next.entry(wanted.clone()).or_insert(2);
        loop {
            let name = match case::is_snake(&wanted) {
                true => format!("{wanted}_{next}"),
                // Not `Self_2`: names of types have no underscores.
                false => format!("{}{next}", wanted.trim_end_matches('_')),
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

/// Returns the part of an inline schema's name after the schema that contains it: `kind` of `Pet.kind`.
fn part_of_schema<'a>(name: &'a str, schema: &str) -> &'a str {
    name.strip_prefix(schema).and_then(|part| part.strip_prefix('.')).unwrap_or(name)
}

/// Returns the part of an inline schema's name after the resource of its method: `list(view)` of `projects.list(view)`.
fn part_of_resource<'a>(name: &'a str, method: &str) -> &'a str {
    name.strip_prefix(MethodName(method).resource()).map_or(name, |part| part.strip_prefix('.').unwrap_or(part))
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
