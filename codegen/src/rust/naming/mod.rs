//! Rust names of all items, assigned over the whole document, so that they do not depend on the included methods.
//!
//! Names are unique within their scope. An item of an earlier generation keeps its name; a new one gets its preferred
//! name, or that name with the first free number (`rrf`, then `rrf_2`).

mod assign;
mod case;
mod collisions;
mod key;
pub mod lock;
mod signs;

use crate::model::{Api, DefinedIn, MethodName};
#[cfg(feature = "cli")]
pub(super) use key::{CRATES, DEVICES};
use key::{Key, MODULE, Scope};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) use collisions::Collisions;

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
        assign::names(api, earlier).0
    }

    /// Assigns names as [`Names::of`] does, and returns the new ones that are numbered, since others have them.
    pub(crate) fn with_collisions(api: &Api, earlier: &Names) -> (Names, Vec<Collisions>) {
        assign::names(api, earlier)
    }

    /// Returns `true` if there are no names.
    #[cfg(feature = "cli")]
    pub(crate) fn is_empty(&self) -> bool {
        self.scopes.is_empty()
    }

    /// Orders parameters as they were generated before; new ones come last.
    pub fn keep_order(&self, mut api: Api) -> Api {
        for (name, method) in &mut api.methods {
            if let Some(positions) = self.scopes.get(&Scope::Positions(name).to_string()) {
                let position = |name: &String| {
                    let position = positions.get(&*Key::Item(name).text());
                    position.and_then(|text| text.parse().ok()).unwrap_or(usize::MAX)
                };
                method.parameter_order.sort_by_key(position);
            }
        }
        api
    }

    /// Returns a name. Names are assigned for a whole API and looked up for parts of it, so that none is missing.
    fn get(&self, scope: Scope<'_>, key: Key<'_>) -> &str {
        let name = self.scopes.get(&scope.to_string()).and_then(|names| names.get(&*key.text()));
        debug_assert!(name.is_some(), "no name for {key:?} in {scope:?}");
        name.map_or("unnamed", String::as_str)
    }

    /// Returns the module of the API, with its version if that is part of its name: `generativelanguage_v1beta`.
    pub fn api(&self) -> &str {
        self.get(Scope::Api, Key::Item(MODULE))
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
        self.scopes.entry(scope).or_default().insert(Key::Item(MODULE).text().into_owned(), module.to_owned());
        Ok(self)
    }

    /// Returns the names of Rust's prelude that a type of this API shadows.
    pub fn shadowed_prelude_names(&self) -> BTreeSet<&'static str> {
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

/// Returns the part of an inline schema's name after the schema that contains it: `kind` of `Pet.kind`.
fn part_of_schema<'a>(name: &'a str, schema: &str) -> &'a str {
    name.strip_prefix(schema).and_then(|part| part.strip_prefix('.')).unwrap_or(name)
}

/// Returns the part of an inline schema's name after the resource of its method: `list(view)` of `projects.list(view)`.
fn part_of_resource<'a>(name: &'a str, method: &str) -> &'a str {
    name.strip_prefix(MethodName(method).resource()).map_or(name, |part| part.strip_prefix('.').unwrap_or(part))
}
