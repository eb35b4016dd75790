//! Items of generated code that each change affects.

use discovery_codegen::diff::{Bump, Change, Report};
use discovery_codegen::model::{Api, DefinedIn, Message, MethodName, Shape, Type};
use discovery_codegen::rust::naming::Names;
use std::collections::BTreeMap;

/// Major change, with the old items that it affects.
pub(super) struct Major {
    /// Rule, and path in the document.
    pub(super) title: String,
    pub(super) rule: &'static str,
    pub(super) items: Vec<String>,
}

impl Major {
    /// Returns `true` if the change affects an item, or the type that has it.
    pub(super) fn affects(&self, item: &str) -> bool {
        self.items.iter().any(|own| {
            item.strip_prefix(own.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', ':']))
        })
    }

    /// Returns `true` if a message of rustc names an item that the change affects.
    pub(super) fn is_named_in(&self, text: &str) -> bool {
        let mut leaves = self.items.iter().map(|item| item.rsplit([':', '.']).next().unwrap_or(item));
        let words = || text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
        leaves.any(|leaf| words().any(|word| word == leaf))
    }
}

/// Returns the major changes of a report, with the items of the old crate.
pub(super) fn majors(report: &Report, api: &Api, names: &Names) -> Vec<Major> {
    let items = Items { api, names }.by_subject();
    let major = report.atomic().filter(|change| change.rust == Bump::Major);
    major
        .map(|change| Major {
            title: format!("{} {}", change.rule.id, change.subject),
            rule: change.rule.id,
            items: of(change, &items),
        })
        .collect()
}

/// Returns the items of a change: those of its subject, and of a value that it names, or else of what contains it.
fn of(change: &Change, items: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    if let Some(value) = change.before.as_ref().and_then(|value| value.as_str())
        && let Some(found) = items.get(&format!("{}={value}", change.subject))
    {
        return found.clone();
    }
    let mut subject = change.subject.as_str();
    loop {
        match (items.get(subject), subject.rsplit_once('.')) {
            (Some(found), _) => return found.clone(),
            (None, Some((outer, _))) => subject = outer,
            (None, None) => return Vec::new(),
        }
    }
}

/// Returns the module of types within others, by the path of one of them: `types::tuning_job`.
fn module_of(path: &str) -> Option<&str> {
    path.rsplit_once("::").map(|(module, _)| module).filter(|module| module.contains("::"))
}

struct Items<'a> {
    api: &'a Api,
    names: &'a Names,
}

impl Items<'_> {
    fn by_subject(&self) -> BTreeMap<String, Vec<String>> {
        let mut items = BTreeMap::new();
        let mut types_in: BTreeMap<String, usize> = BTreeMap::new();
        for name in self.api.schemas.keys() {
            if let Some(module) = module_of(&self.names.schema(self.api, name).join("::")) {
                *types_in.entry(module.to_owned()).or_default() += 1;
            }
        }
        for (name, schema) in &self.api.schemas {
            let (subject, path) = (self.subject(name), self.names.schema(self.api, name).join("::"));
            items.entry(subject.clone()).or_insert_with(Vec::new).push(path.clone());
            // A removed schema explains those within it, and their module.
            let outermost = format!("schemas.{}", self.outermost(name));
            if outermost != subject {
                let module = module_of(&path).into_iter().map(str::to_owned);
                items.entry(outermost).or_insert_with(Vec::new).extend(module.clone().chain([path.clone()]));
                // A module without types is not generated.
                if module_of(&path).is_some_and(|module| types_in.get(module) == Some(&1)) {
                    items.entry(subject.clone()).or_insert_with(Vec::new).extend(module);
                }
            }
            match &schema.shape {
                Shape::Message(message) => {
                    for field in message.fields.keys() {
                        let own = self.field(name, message, field, &path);
                        items.entry(format!("{subject}.properties.{field}")).or_insert_with(Vec::new).extend(own);
                    }
                    for union in message.unions.keys() {
                        let own = vec![
                            self.names.union(self.api, name, union).join("::"),
                            format!("{path}.{}", self.names.union_field(name, union)),
                        ];
                        items.entry(format!("{subject}.unions.{union}")).or_insert_with(Vec::new).extend(own);
                    }
                }
                Shape::Enum(values) => {
                    for value in &values.values {
                        let own = format!("{path}::{}", self.names.variant(name, &value.name));
                        items.insert(format!("{subject}={}", value.name), vec![own]);
                    }
                }
                Shape::OneOf(one_of) => {
                    for one in &one_of.alternatives {
                        let own = format!("{path}::{}", self.names.variant(name, &one.name));
                        items.insert(format!("{subject}.oneOf.{}", one.name), vec![own]);
                    }
                }
                Shape::Alias(_) => {}
            }
        }
        for (name, method) in &self.api.methods {
            let resource = MethodName(name).resource();
            let module = self.names.resource_module(resource).join("::");
            let function =
                format!("{module}::{}::{}", self.names.resource_handle(resource), self.names.method_function(name));
            let call = format!("{module}::{}", self.names.method_call(name));
            let mut own = vec![function.clone(), call.clone(), format!("{function}_operation")];
            if let Some(Type::Schema(reply)) = method.response.as_ref().map(|ty| self.api.resolve(ty)) {
                own.push(self.names.schema(self.api, reply).join("::"));
            }
            own.extend(self.types_of_parameters(name));
            let below = format!("{resource}.");
            if self.api.methods.keys().filter(|other| other.starts_with(&below)).count() == 1 {
                own.extend([module, self.accessor(resource)]);
            }
            items.insert(format!("methods.{name}"), own);
            for parameter in method.parameters.keys() {
                let own = match method.parameter_order.contains(parameter) {
                    true => function.clone(),
                    false => format!("{call}::with_{}", self.names.parameter(name, parameter)),
                };
                items.entry(format!("methods.{name}.parameters.{parameter}")).or_insert_with(Vec::new).push(own);
            }
        }
        items
    }

    /// Returns the types of a method's parameters that are declared with them.
    fn types_of_parameters(&self, name: &str) -> impl Iterator<Item = String> {
        let of_method =
            move |defined_in: &DefinedIn| matches!(defined_in, DefinedIn::Parameter { method, .. } if method == name);
        let schemas = self.api.schemas.iter().filter(move |(_, schema)| of_method(&schema.defined_in));
        schemas.map(|(schema, _)| self.names.schema(self.api, schema).join("::"))
    }

    /// Returns the function that leads to a resource.
    fn accessor(&self, resource: &str) -> String {
        let function = self.names.resource_function(resource);
        match MethodName(resource).resource() {
            "" => format!("methods::Client::{function}"),
            outer => {
                let module = self.names.resource_module(outer).join("::");
                format!("{module}::{}::{function}", self.names.resource_handle(outer))
            }
        }
    }

    /// Returns the items of a property: its field and setters, or the variant, accessor and setter of a union's member.
    fn field(&self, schema: &str, message: &Message, name: &str, path: &str) -> Vec<String> {
        let field = self.names.field(schema, name);
        let setter = format!("{path}::set_{}", field.trim_start_matches('_'));
        match message.unions.of(name) {
            None => vec![format!("{path}.{field}"), format!("{setter}_null"), setter],
            Some((union, _)) => {
                let of = self.names.union(self.api, schema, union).join("::");
                let accessor = self.names.accessor(schema, name);
                let variant = format!("{of}::{}", self.names.member(schema, union, name));
                vec![variant, format!("{of}::{accessor}"), format!("{path}::{accessor}"), setter]
            }
        }
    }

    /// Returns the schema that contains one, or itself.
    fn outermost<'n>(&'n self, name: &'n str) -> &'n str {
        match self.api.schemas.get(name).map(|schema| &schema.defined_in) {
            Some(
                DefinedIn::Field { schema, .. }
                | DefinedIn::Element { schema }
                | DefinedIn::AdditionalProperties { schema }
                | DefinedIn::Alternative { schema, .. },
            ) => self.outermost(schema),
            _ => name,
        }
    }

    /// Returns the subject of changes of a schema.
    fn subject(&self, name: &str) -> String {
        match self.api.schemas.get(name).map(|schema| &schema.defined_in) {
            Some(DefinedIn::Field { schema, field }) => format!("{}.properties.{field}", self.subject(schema)),
            Some(DefinedIn::Element { schema }) => format!("{}.items", self.subject(schema)),
            Some(DefinedIn::AdditionalProperties { schema }) => {
                format!("{}.additionalProperties", self.subject(schema))
            }
            Some(DefinedIn::Alternative { schema, alternative }) => {
                format!("{}.alternatives.{alternative}", self.subject(schema))
            }
            Some(DefinedIn::Parameter { method, parameter }) => format!("methods.{method}.parameters.{parameter}"),
            Some(DefinedIn::RequestBody { method }) => format!("methods.{method}.request"),
            Some(DefinedIn::ResponseBody { method }) => format!("methods.{method}.response"),
            Some(DefinedIn::ErrorBody { method, error }) => format!("methods.{method}.{error}"),
            Some(DefinedIn::OtherBody { method, body }) => format!("methods.{method}.{body}"),
            Some(DefinedIn::TopLevel) | None => format!("schemas.{name}"),
        }
    }
}
