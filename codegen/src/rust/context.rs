//! Context of code generation.

use super::clues::most_compared;
use crate::model::{Api, Constructors, MethodName, Pagination, Type};
use crate::rust::hooks::Checked;
use crate::rust::naming::{Names, raw};
use crate::rust::rust_type::RustTypes;
use crate::text::Code;
use crate::{append, code};
use proc_macro2::Ident;
use std::collections::{BTreeMap, BTreeSet};

/// API, its names, and indexes of both.
pub(super) struct Context<'a> {
    pub(super) api: &'a Api,
    pub(super) names: &'a Names,
    pub(super) hooks: &'a Checked,
    /// Schemas declared inline in a schema, by its name.
    pub(super) inside: BTreeMap<&'a str, Vec<&'a String>>,
    /// Schemas declared inline in methods, by the resource of the method.
    pub(super) in_methods: BTreeMap<&'a str, Vec<&'a String>>,
    /// Pagination of responses, by the schema of the response.
    pub(super) pages: BTreeMap<&'a str, &'a Pagination>,
    /// True if the document states credentials for any method.
    pub(super) states_credentials: bool,
    pub(super) constructors: Constructors<'a>,
    /// Number of alternatives up to which those of a choice are compared.
    pub(super) most_compared: usize,
    shadowed: BTreeSet<&'static str>,
    resource_modules: BTreeSet<Vec<String>>,
}

/// Module of all messages, enums and unions.
const TYPES: &str = "types";

/// Returns `true` if Rust code contains a path that begins with the module, comments excluded.
fn begins_path(text: &str, module: &str) -> bool {
    let path = format!("{module}::");
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| line.match_indices(&path).filter_map(move |(at, _)| line.get(..at)))
        .any(|before| !before.ends_with(|c: char| c == ':' || c == '_' || c.is_alphanumeric()))
}

impl<'a> Context<'a> {
    pub(super) fn new(api: &'a Api, names: &'a Names, hooks: &'a Checked) -> Self {
        let mut inside: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
        let mut in_methods: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
        for (name, schema) in &api.schemas {
            if let Some(schema) = schema.defined_in.schema() {
                inside.entry(schema).or_default().push(name);
            }
            if let Some(method) = schema.defined_in.method() {
                in_methods.entry(MethodName(method).resource()).or_default().push(name);
            }
        }
        let mut pages = BTreeMap::new();
        for method in api.methods.values() {
            if let (Some(pagination), Some(response)) = (&method.pagination, &method.response)
                && let Type::Schema(response) = api.resolve(response)
            {
                pages.entry(response.as_str()).or_insert(pagination);
            }
        }
        let resource_modules =
            MethodName::resources(api.methods.keys()).iter().map(|r| names.resource_module(r)).collect();
        Self {
            api,
            names,
            hooks,
            inside,
            in_methods,
            pages,
            constructors: Constructors::new(api),
            states_credentials: api.states_credentials(),
            most_compared: most_compared(api),
            shadowed: names.shadowed_prelude_names(),
            resource_modules,
        }
    }

    /// Returns the types of the API.
    pub(super) fn types(&self) -> RustTypes<'_, impl Fn(&str) -> bool + Copy> {
        RustTypes { api: self.api, is_replaced: |schema| self.hooks.replacement(schema).is_some() }
    }

    /// Returns `true` if the type of a schema is a generated struct.
    pub(super) fn is_message(&self, schema: &str) -> bool {
        self.types().is_message(schema)
    }

    /// Returns the last part of a path, as an identifier.
    pub(super) fn ident(&self, path: &[String]) -> Ident {
        raw(path.last().map_or("", String::as_str))
    }

    /// Returns the path of an item relative to a module, both below the API's module.
    pub(super) fn path(&self, item: &[String], from: &[String]) -> Code {
        let Some((last, module)) = item.split_last() else {
            return Code::default();
        };
        // Modules of resources import the module of types: see `import`.
        let path = match module {
            [types, rest @ ..] if types == TYPES && self.resource_modules.contains(from) => {
                down(Code::fixed("types::"), rest)
            }
            _ => relative_path(module, from),
        };
        code!("{}{}", path, raw(last))
    }

    /// Returns the import of the module of types, if the items of the module of a resource need it.
    pub(super) fn import(&self, items: &[Code], module: &[String]) -> Code {
        match items.iter().any(|item| begins_path(item.as_str(), TYPES)) {
            true => code!("use {};\n", self.relative_path(&[TYPES.to_owned()], module)),
            false => Code::default(),
        }
    }

    /// Returns the relative path from a module to another.
    pub(super) fn relative_path(&self, to: &[String], from: &[String]) -> Code {
        let mut path = relative_path(to, from);
        path.truncate(path.as_str().trim_end_matches("::").len());
        path
    }

    /// Returns the name of a prelude type, trait or value, as a full path if a type of the API shadows it. Calls are
    /// tuple structs, and so shadow values as well.
    pub(super) fn prelude(&self, name: &'static str) -> Code {
        Code::fixed(match name {
            _ if !self.shadowed.contains(name) => name,
            "Box" => "::std::boxed::Box",
            "Vec" => "::std::vec::Vec",
            "String" => "::std::string::String",
            "Result" => "::std::result::Result",
            "From" => "::std::convert::From",
            "Into" => "::std::convert::Into",
            "Some" => "::std::option::Option::Some",
            "None" => "::std::option::Option::None",
            "Ok" => "::std::result::Result::Ok",
            "Err" => "::std::result::Result::Err",
            _ => "::std::option::Option",
        })
    }
}

/// Returns the relative path from a module to another, with a trailing `::` unless it is empty.
fn relative_path(to: &[String], from: &[String]) -> Code {
    let common = to.iter().zip(from).take_while(|(a, b)| a == b).count();
    let mut path = Code::default();
    for _ in from.iter().skip(common) {
        append!(path, "super::");
    }
    down(path, to.get(common..).unwrap_or_default())
}

fn down(mut path: Code, modules: &[String]) -> Code {
    for module in modules {
        append!(path, "{}::", raw(module));
    }
    path
}
