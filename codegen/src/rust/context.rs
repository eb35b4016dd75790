//! What every part of the emission looks at.

use crate::model::{Api, Home, Pagination, Type};
use crate::passes::names::{Names, parent, raw, resources};
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;
use std::collections::{BTreeMap, BTreeSet};

/// An API, its names, and what is asked of them often.
pub(super) struct Context<'a> {
    pub(super) api: &'a Api,
    pub(super) names: &'a Names,
    /// The schemas that are written inside of a schema, by its name.
    pub(super) inside: BTreeMap<&'a str, Vec<&'a String>>,
    /// The schemas that are written inside of methods, by the methods' resource.
    pub(super) in_methods: BTreeMap<&'a str, Vec<&'a String>>,
    /// How the replies of methods page, by the reply's schema.
    pub(super) pages: BTreeMap<&'a str, &'a Pagination>,
    hidden: BTreeSet<&'static str>,
    resource_modules: BTreeSet<Vec<String>>,
}

/// The module of all messages, enums and unions.
const TYPES: &str = "types";

fn mentions(tokens: &TokenStream, name: &str) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Group(group) => mentions(&group.stream(), name),
        TokenTree::Ident(ident) => ident == name,
        _ => false,
    })
}

impl<'a> Context<'a> {
    pub(super) fn new(api: &'a Api, names: &'a Names) -> Self {
        let mut inside: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
        let mut in_methods: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
        for (name, schema) in &api.schemas {
            match &schema.home {
                Home::Top => {}
                Home::Property { schema, .. } => inside.entry(schema).or_default().push(name),
                Home::Parameter { method, .. } => in_methods.entry(parent(method)).or_default().push(name),
            }
        }
        let mut pages = BTreeMap::new();
        for method in api.methods.values() {
            if let (Some(pagination), Some(reply)) = (&method.pagination, &method.response)
                && let Type::Schema(reply) = api.resolve(reply)
            {
                pages.entry(reply.as_str()).or_insert(pagination);
            }
        }
        let resource_modules = resources(api.methods.keys()).iter().map(|r| names.resource_module(r)).collect();
        Self { api, names, inside, in_methods, pages, resource_modules, hidden: names.hidden() }
    }

    /// The last part of a path, as an identifier.
    pub(super) fn ident(&self, path: &[String]) -> Ident {
        raw(path.last().map_or("", String::as_str))
    }

    /// The path of an item, seen from a module, both below the API's module.
    pub(super) fn path(&self, item: &[String], from: &[String]) -> TokenStream {
        // Modules of resources import the types' module: see `import`.
        if let [types, rest @ ..] = item
            && types == TYPES
            && self.resource_modules.contains(from)
        {
            let (types, rest) = (raw(types), rest.iter().map(|part| raw(part)));
            return quote! { #types #(:: #rest)* };
        }
        let (last, module) = item.split_last().expect("a path has an item");
        let (way, last) = (self.way(module, from), raw(last));
        quote! { #way #last }
    }

    /// The import of the types' module that a resource's module needs, if it needs one.
    pub(super) fn import(&self, content: &TokenStream, module: &[String]) -> Option<TokenStream> {
        mentions(content, TYPES).then(|| {
            let (way, types) = (self.way(&[], module), raw(TYPES));
            quote!(use #way #types;)
        })
    }

    /// The way from a module to another, with `::` at its end where it has a part.
    pub(super) fn way(&self, to: &[String], from: &[String]) -> TokenStream {
        let common = to.iter().zip(from).take_while(|(a, b)| a == b).count();
        let up = from[common..].iter().map(|_| quote!(super::));
        let down = to[common..].iter().map(|module| raw(module));
        quote! { #(#up)* #(#down::)* }
    }

    /// A type or trait of the prelude, written in full where a type of the API hides it. Values (`Some`, `Ok`) are
    /// hidden by none, since no type here is a tuple.
    pub(super) fn prelude(&self, name: &'static str) -> TokenStream {
        let ident = raw(name);
        if !self.hidden.contains(name) {
            return quote!(#ident);
        }
        match name {
            "Box" => quote!(::std::boxed::Box),
            "Vec" => quote!(::std::vec::Vec),
            "String" => quote!(::std::string::String),
            "Result" => quote!(::std::result::Result),
            "From" | "Into" => quote!(::std::convert::#ident),
            _ => quote!(::std::option::Option),
        }
    }
}
