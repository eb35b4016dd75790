//! The Rust name of everything, over the whole document, so that what one includes changes no name.
//!
//! Names live in scopes; within one, no two are the same. What an earlier generation has named keeps its name; what is
//! new takes the name it would like, or the next free one (`rrf`, then `rrf_2`).

mod case;
pub mod lock;

use crate::model::{Api, Home, Method, Schema, Shape};
use std::collections::{BTreeMap, BTreeSet};

pub use case::{field_name, raw, type_name};

/// Names by scope, then by what they name. This is also what a lock file remembers.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
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
            if let Some(positions) = self.scopes.get(&position_scope(name)) {
                let position =
                    |name: &String| positions.get(name).and_then(|text| text.parse().ok()).unwrap_or(usize::MAX);
                method.parameter_order.sort_by_key(position);
            }
        }
        api
    }

    fn get(&self, scope: &str, item: &str) -> &str {
        self.scopes
            .get(scope)
            .and_then(|names| names.get(item))
            .map_or_else(|| unreachable!("`{item}` was not named in `{scope}`"), String::as_str)
    }

    /// The names of Rust's prelude that a type of this API bears, and so hides where that type stands.
    pub fn hidden(&self) -> BTreeSet<&'static str> {
        let prelude = ["Box", "From", "Into", "Option", "Result", "String", "Vec"];
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
        self.scopes.get(&format!("fields {schema}"))
    }

    /// The names of an enumeration's values.
    #[cfg(feature = "cli")]
    pub(crate) fn variants(&self, schema: &str) -> Option<&BTreeMap<String, String>> {
        self.scopes.get(&format!("variants {schema}"))
    }

    /// The names of a method's parameters.
    #[cfg(feature = "cli")]
    pub(crate) fn parameters(&self, method: &str) -> Option<&BTreeMap<String, String>> {
        self.scopes.get(&format!("parameters {method}"))
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
            Home::Top => self.get("types", name),
            Home::Property { schema, property } => self.get(&format!("types {schema}"), property),
            Home::Parameter { method, parameter } => {
                self.get(&format!("calls {}", parent(method)), &format!("{}({parameter})", leaf(method)))
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
            Home::Top => "modules".to_owned(),
            Home::Property { schema, .. } => format!("modules {schema}"),
            Home::Parameter { method, .. } => format!("resources {}", parent(method)),
        };
        path.push(self.get(&scope, name).to_owned());
        path
    }

    /// The field that holds a property; of a union's member, what follows `set_` in its setter.
    pub fn field(&self, schema: &str, property: &str) -> &str {
        self.get(&format!("fields {schema}"), property)
    }

    /// The field that holds a union.
    pub fn union_field(&self, schema: &str, union: &str) -> &str {
        self.get(&format!("fields {schema}"), &union_key(union))
    }

    /// The enum of a union.
    pub fn union(&self, api: &Api, schema: &str, union: &str) -> RustPath {
        let mut path = self.module(api, schema);
        path.push(self.get(&format!("types {schema}"), &union_key(union)).to_owned());
        path
    }

    /// The variant of a union's member.
    pub fn member(&self, schema: &str, union: &str, member: &str) -> &str {
        self.get(&format!("variants {schema} {}", union_key(union)), member)
    }

    /// The variant of an enum's value.
    pub fn variant(&self, schema: &str, value: &str) -> &str {
        self.get(&format!("variants {schema}"), value)
    }

    /// The module of a resource; of the root for an empty path.
    pub fn resource_module(&self, resource: &str) -> RustPath {
        let mut path = vec!["methods".to_owned()];
        let mut at = String::new();
        for part in resource.split('.').filter(|part| !part.is_empty()) {
            path.push(self.get(&format!("resources {at}"), &resource_key(part)).to_owned());
            at = join(&at, part);
        }
        path
    }

    /// The function that gives a resource's handle, on the handle of the resource around it. It is also the name of
    /// the resource's module.
    pub fn resource_function(&self, resource: &str) -> &str {
        self.get(&format!("resources {}", parent(resource)), &resource_key(leaf(resource)))
    }

    /// The struct of a resource's handle.
    pub fn resource_handle(&self, resource: &str) -> &str {
        self.get(&format!("calls {resource}"), "")
    }

    /// The function of a method, on its resource's handle.
    pub fn method_function(&self, method: &str) -> &str {
        self.get(&format!("resources {}", parent(method)), leaf(method))
    }

    /// The function that goes on with what a method has started.
    pub fn method_operation(&self, method: &str) -> &str {
        self.get(&format!("resources {}", parent(method)), &operation_key(leaf(method)))
    }

    /// The struct of a call of a method.
    pub fn method_call(&self, method: &str) -> &str {
        self.get(&format!("calls {}", parent(method)), leaf(method))
    }

    /// A parameter: the argument's name, and what follows `with_` in its setter.
    pub fn parameter(&self, method: &str, parameter: &str) -> &str {
        self.get(&format!("parameters {method}"), parameter)
    }

    /// The argument that takes the body.
    pub fn body(&self, method: &str) -> &str {
        self.get(&format!("parameters {method}"), "")
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

/// Unions and properties share scopes: a union's key is one that no property has.
fn union_key(union: &str) -> String {
    format!("union {union}")
}

/// Resources and methods share scopes likewise.
fn resource_key(resource: &str) -> String {
    format!("{resource}.")
}

/// Where the places of a method's arguments are remembered. They are no names, but what is called may not move either.
fn position_scope(method: &str) -> String {
    format!("positions {method}")
}

/// The key of what goes on with what a method has started.
fn operation_key(method: &str) -> String {
    format!("operation {method}")
}

fn home<'a>(api: &'a Api, schema: &str) -> &'a Home {
    api.schemas.get(schema).map_or(&Home::Top, |schema| &schema.home)
}

/// What handles have beside resources and methods: the functions of every client, the module of the types.
const RESERVED: &[&str] = &["builder", "default", "from", "new", "types"];

/// Gives names out.
struct Naming<'a> {
    earlier: &'a Names,
    names: Names,
}

impl Naming<'_> {
    /// Names the items of a scope: those with an earlier name first, then the others in order.
    fn scope(&mut self, scope: &str, items: impl IntoIterator<Item = (String, String)>, reserved: &[&str]) {
        let earlier = self.earlier.scopes.get(scope);
        let (known, new): (Vec<_>, Vec<_>) =
            items.into_iter().partition(|(item, _)| earlier.is_some_and(|names| names.contains_key(item)));
        if known.is_empty() && new.is_empty() {
            return;
        }
        let names = self.names.scopes.entry(scope.to_owned()).or_default();
        let mut taken: BTreeSet<String> = names.values().cloned().collect();
        taken.extend(reserved.iter().map(|name| (*name).to_owned()));
        for (item, _) in known {
            let name = earlier.map(|names| names[&item].clone()).unwrap_or_default();
            taken.insert(name.clone());
            names.insert(item, name);
        }
        // Whatever an earlier generation has used stays taken, so that no name changes its meaning.
        taken.extend(earlier.into_iter().flat_map(BTreeMap::values).cloned());
        for (item, wanted) in new {
            let name = if taken.contains(&wanted) { next_free(&wanted, &taken) } else { wanted };
            taken.insert(name.clone());
            names.insert(item, name);
        }
    }

    fn top_types(&mut self, api: &Api) {
        let top = || api.schemas.iter().filter(|(_, schema)| schema.home == Home::Top).map(|(name, _)| name);
        let prefix = prefix(api);
        let short = |name: &str| prefix.as_deref().and_then(|prefix| name.strip_prefix(prefix)).map(type_name);
        let full: BTreeSet<String> = top().filter(|name| short(name).is_none()).map(|name| type_name(name)).collect();
        let wanted = |name: &String| match short(name) {
            Some(short) if !full.contains(&short) => short,
            _ => type_name(name),
        };
        self.scope("types", top().map(|name| (name.clone(), wanted(name))), &["Self"]);
        let names: Vec<_> = top().map(|name| (name.clone(), field_name(self.names.get("types", name)))).collect();
        self.scope("modules", names, &[]);
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
            let unions: Vec<String> = match &schema.shape {
                Shape::Message(message) => message.unions.keys().cloned().collect(),
                _ => Vec::new(),
            };
            let inline = inside.get(name.as_str()).map_or(&[][..], Vec::as_slice);
            let items = inline
                .iter()
                .map(|(_, property)| ((*property).to_owned(), type_name(property)))
                .chain(unions.iter().map(|union| (union_key(union), type_name(union))));
            self.scope(&format!("types {name}"), items, &["Self"]);
            let modules = inline.iter().map(|(name, property)| ((*name).clone(), field_name(property)));
            self.scope(&format!("modules {name}"), modules, &[]);
        }
    }

    fn members(&mut self, api: &Api) {
        let prefix = prefix(api);
        for (name, schema) in &api.schemas {
            match &schema.shape {
                Shape::Message(message) => {
                    let alone = message.fields.keys().filter(|field| message.union_of(field).is_none());
                    let fields = alone.map(|field| (field.clone(), field_name(field)));
                    let unions = message.unions.keys().map(|union| (union_key(union), field_name(union)));
                    let scope = format!("fields {name}");
                    self.scope(&scope, fields.chain(unions), &["unknown_fields"]);
                    // Members are no fields, but have setters among those of the fields.
                    let members = message.fields.keys().filter(|field| message.union_of(field).is_some());
                    self.scope(&scope, members.map(|field| (field.clone(), field_name(field))), &["unknown_fields"]);
                    for (union, stated) in &message.unions {
                        let members = stated.members.iter().map(|member| (member.clone(), type_name(member)));
                        self.scope(&format!("variants {name} {}", union_key(union)), members, &["Self"]);
                    }
                }
                Shape::Enum(enumeration) => {
                    let own = own_name(name, schema);
                    let own = prefix.as_deref().and_then(|prefix| own.strip_prefix(prefix)).unwrap_or(own);
                    let values = enumeration
                        .values
                        .iter()
                        .map(|value| (value.name.clone(), case::variant_name(&value.name, own)));
                    self.scope(&format!("variants {name}"), values, &["Self", "Unrecognized"]);
                }
                Shape::OneOf(one_of) => {
                    let own = type_name(own_name(name, schema));
                    let alternatives = one_of.alternatives.iter().map(|alternative| {
                        let wanted = type_name(&alternative.name);
                        (alternative.name.clone(), case::without_own(&wanted, &own).to_owned())
                    });
                    self.scope(&format!("variants {name}"), alternatives, &["Self", "Unrecognized"]);
                }
                Shape::Alias(_) => {}
            }
        }
    }

    fn resources(&mut self, groups: &BTreeMap<String, Group<'_>>) {
        for (resource, group) in groups {
            let children = group.children.iter().map(|child| (resource_key(leaf(child)), field_name(leaf(child))));
            let scope = format!("resources {resource}");
            self.scope(&scope, children, RESERVED);
            let methods = group.methods.iter().map(|(name, _)| (leaf(name).to_owned(), field_name(leaf(name))));
            self.scope(&scope, methods, RESERVED);
            let starting = group.methods.iter().filter(|(_, m)| m.operation.is_some() || m.job.is_some());
            let operations =
                starting.map(|(name, _)| (operation_key(leaf(name)), format!("{}_operation", field_name(leaf(name)))));
            self.scope(&scope, operations, &[]);
            let inline = group.inline.iter().map(|(name, wanted)| ((*name).clone(), field_name(wanted)));
            self.scope(&scope, inline, &[]);
        }
    }

    fn calls(&mut self, groups: &BTreeMap<String, Group<'_>>) {
        for (resource, group) in groups {
            let scope = format!("calls {resource}");
            let handle = if resource.is_empty() { "Client".to_owned() } else { type_name(leaf(resource)) };
            self.scope(&scope, [(String::new(), handle)], &["Self"]);
            let calls = group.methods.iter().map(|(name, _)| (leaf(name).to_owned(), type_name(leaf(name))));
            self.scope(&scope, calls, &["Self"]);
            let inline =
                group.inline.iter().map(|(name, wanted)| (leaf_with_parameter(name).to_owned(), type_name(wanted)));
            self.scope(&scope, inline, &["Self"]);
            for (name, method) in &group.methods {
                let positional = method.parameter_order.iter().map(|p| (p.clone(), field_name(p)));
                let others = method.parameters.keys().filter(|p| !method.parameter_order.contains(p));
                let parameters = positional.chain(others.map(|p| (p.clone(), field_name(p))));
                self.scope(&format!("parameters {name}"), parameters, &["self_", "options"]);
                if method.parameter_order.len() > 1 {
                    let positions = method.parameter_order.iter().enumerate().map(|(i, p)| (p.clone(), i.to_string()));
                    self.names.scopes.insert(position_scope(name), positions.collect());
                }
                if method.request.is_some() {
                    self.scope(&format!("parameters {name}"), [(String::new(), "body".to_owned())], &["self_"]);
                }
            }
        }
    }
}

/// A name that is taken, with the first number that makes it free.
fn next_free(wanted: &str, taken: &BTreeSet<String>) -> String {
    let numbered = |number: usize| match case::is_snake(wanted) {
        true => format!("{wanted}_{number}"),
        // Not `Self_2`: an underscore is no part of a type's name.
        false => format!("{}{number}", wanted.trim_end_matches('_')),
    };
    (2..).map(numbered).find(|name| !taken.contains(name)).unwrap_or_default()
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
    let method_end = name.find('(').unwrap_or(name.len());
    let start = name[..method_end].rfind('.').map_or(0, |i| i + 1);
    &name[start..]
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
            let end = at + version.len();
            if at > 0 && name[end..].starts_with(|c: char| c.is_ascii_uppercase()) {
                *count.entry(&name[..end]).or_default() += 1;
                break;
            }
        }
    }
    // A prefix that few bear says something; one that many bear is noise.
    let (prefix, bearers) = count.into_iter().max_by_key(|(prefix, bearers)| (*bearers, std::cmp::Reverse(*prefix)))?;
    (bearers * 4 >= api.schemas.values().filter(|s| s.home == Home::Top).count()).then(|| prefix.to_owned())
}
