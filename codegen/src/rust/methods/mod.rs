//! Methods: a table of facts for each resource, and a thin typed stub for each method that calls the runtime's single
//! implementation.

mod body;
mod parameter;
mod share;
mod table;

use super::context::Context;
use super::{code, docs, types};
use crate::model::{CallKind, Method, MethodName, ParameterLocation, Type};
use crate::parallel;
use crate::rust::naming::raw;
use crate::text::Code;
use crate::{append, code};
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use share::Shared;
use std::collections::BTreeMap;

/// Returns the module `methods`.
pub(super) fn emit(context: &Context<'_>) -> Code {
    let tree = Tree::new(context);
    let root = vec!["methods".to_owned()];
    let mut children: Vec<&String> = tree.children("").collect();
    children.sort_by_key(|resource| context.names.resource_function(resource));
    let modules: Vec<Code> = parallel::map(&children, |resource| module(context, &tree, resource));
    let own = own(context, &tree, "", &root, client(context, &tree, &root));
    let api = table::api(context);
    let items = own.iter().chain(&modules).chain([&api]);
    Code::join(items.filter(|items| !items.is_empty()), "\n")
}

/// Tree of the resources of an API.
struct Tree<'a> {
    context: &'a Context<'a>,
    methods: BTreeMap<&'a str, Vec<(&'a String, &'a Method)>>,
    inner: BTreeMap<String, Vec<String>>,
    shared: Shared,
}

impl<'a> Tree<'a> {
    fn new(context: &'a Context<'a>) -> Self {
        let mut methods: BTreeMap<&str, Vec<(&String, &Method)>> = BTreeMap::new();
        for (name, method) in &context.api.methods {
            methods.entry(MethodName(name).resource()).or_default().push((name, method));
        }
        let mut inner: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for resource in MethodName::resources(context.api.methods.keys()) {
            if !resource.is_empty() {
                inner.entry(MethodName(&resource).resource().to_owned()).or_default().push(resource);
            }
        }
        let shared = Shared::new(context, &methods, &inner);
        Self { context, methods, inner, shared }
    }

    fn children(&self, resource: &str) -> impl Iterator<Item = &String> {
        self.inner.get(resource).into_iter().flatten()
    }

    fn methods_of(&self, resource: &str) -> &[(&'a String, &'a Method)] {
        self.methods.get(resource).map_or(&[], Vec::as_slice)
    }

    /// Returns the path of the table of a resource's methods, relative to a module.
    fn table(&self, resource: &str, module: &[String]) -> Code {
        if self.methods_of(resource).is_empty() {
            return Code::fixed("&[]");
        }
        let mut path = self.context.names.resource_module(resource);
        path.push("METHODS".to_owned());
        code!("&{}", self.context.path(&path, module))
    }
}

/// Returns the module of a resource, nested resources included.
fn module(context: &Context<'_>, tree: &Tree<'_>, resource: &str) -> Code {
    let path = context.names.resource_module(resource);
    let name = raw(context.names.resource_function(resource));
    let docs = docs::of_resource_module(resource);
    if let Some(original) = tree.shared.original(resource) {
        let original = context.relative_path(&context.names.resource_module(original), &path);
        let table = table::emit(context, tree.methods_of(resource));
        return code::module(&docs, &name, &[code!("pub use {}::*;\n", original), table]);
    }
    let children: Vec<&String> = tree.children(resource).collect();
    let (own, children) = parallel::join(
        || own(context, tree, resource, &path, handle(context, tree, resource, &path)),
        || parallel::map(&children, |child| module(context, tree, child)),
    );
    code::module(&docs, &name, &[own, children].concat())
}

/// Returns the items of a resource's module without nested resources: its handle, the calls of its methods, and types
/// declared inline in methods.
fn own(context: &Context<'_>, tree: &Tree<'_>, resource: &str, path: &[String], handle: Code) -> Vec<Code> {
    let mut content = handle;
    for (name, method) in tree.methods_of(resource) {
        content.push(&call(context, name, method, path));
    }
    let inline = context.in_methods.get(resource).into_iter().flatten();
    let inline = inline.map(|name| super::schema(context, name, path));
    let mut items: Vec<Code> = [content].into_iter().chain(inline).collect();
    let import = context.import(&items, path);
    if let Some(first) = items.first_mut() {
        *first = code!("{}{}", import, *first);
    }
    items.push(table::emit(context, tree.methods_of(resource)));
    items
}

/// Returns the client: the handle of the root.
fn client(context: &Context<'_>, tree: &Tree<'_>, root: &[String]) -> Code {
    let ident = raw(context.names.resource_handle(""));
    let api = context.api;
    let title = api.title.clone().unwrap_or_else(|| api.id());
    let mut out = Code::default();
    docs::of_client(&title, &api.id()).write(&mut out, 0);
    if context.api.methods.is_empty() {
        // Without methods, nothing is called.
        append!(out, "#[allow(dead_code)]\n");
    }
    code::wrapper(&mut out, &ident, RESOURCE, &[]);
    let constructors = code!(
        "    /// Creates a client of the API's endpoints.
    #[inline]
    pub fn new() -> Self {{
        {}::from(::discovery_runtime::http::Client::new(&API))
    }}
    /// Returns a builder of a client with settings, such as endpoint, location and options of all calls.
    #[inline]
    pub fn builder() -> ::discovery_runtime::http::ClientBuilder<Self> {{
        ::discovery_runtime::http::ClientBuilder::new(&API)
    }}
",
        context.prelude("From")
    );
    let functions = [constructors].into_iter().chain(functions(context, tree, "", root));
    out.push(&code::implementation(&ident, functions));
    append!(
        out,
        "impl ::std::default::Default for {0} {{
    #[inline]
    fn default() -> Self {{
        Self::new()
    }}
}}
impl {1}<::discovery_runtime::http::Client> for {0} {{
    #[inline]
    fn from(client: ::discovery_runtime::http::Client) -> Self {{
        Self({2}::new(client, {3}))
    }}
}}
",
        ident,
        context.prelude("From"),
        RESOURCE,
        tree.table("", root)
    );
    out
}

/// The runtime's call of a method.
const CALL: &str = "::discovery_runtime::http::Call";
/// The runtime's handle of a resource.
const RESOURCE: &str = "::discovery_runtime::http::Resource";

/// Returns the handle of a resource.
fn handle(context: &Context<'_>, tree: &Tree<'_>, resource: &str, module: &[String]) -> Code {
    let ident = raw(context.names.resource_handle(resource));
    let names = context.names;
    let methods = tree.methods_of(resource).iter().map(|(name, _)| names.method_function(name));
    let nested = tree.children(resource).map(|child| names.resource_function(child));
    let mut out = Code::default();
    docs::of_handle(resource, methods, nested).write(&mut out, 0);
    code::deprecated(&mut out, 0, context.api.deprecated_resources.contains(resource));
    code::wrapper(&mut out, &ident, RESOURCE, &[]);
    out.push(&code::implementation(&ident, functions(context, tree, resource, module)));
    out
}

/// Returns the functions of a handle: nested resources and methods.
fn functions<'a>(
    context: &'a Context<'_>,
    tree: &'a Tree<'_>,
    resource: &'a str,
    module: &'a [String],
) -> impl Iterator<Item = Code> + 'a {
    let resources = tree.children(resource).map(move |child| {
        let mut path = context.names.resource_module(child);
        path.push(context.names.resource_handle(child).to_owned());
        let (ident, path) = (raw(context.names.resource_function(child)), context.path(&path, module));
        let mut out = Code::default();
        docs::of_resource(child).write(&mut out, 4);
        append!(out, "    #[inline]\n    pub fn {}(&self) -> {} {{\n", ident, path);
        code::list(&mut out, 8, &code!("{}(self.0.resource(", path), &[tree.table(child, module)], "))");
        append!(out, "    }}\n");
        out
    });
    let of_several = tree.shared.has_copies(resource);
    let methods = tree
        .methods_of(resource)
        .iter()
        .enumerate()
        .map(move |(row, (name, method))| code::functions(stub(context, row, name, method, of_several, module)));
    resources.chain(methods)
}

/// Returns the function of a method on its resource's handle: required arguments by position, the body last.
fn stub(
    context: &Context<'_>,
    row: usize,
    name: &str,
    method: &Method,
    of_several: bool,
    module: &[String],
) -> TokenStream {
    let docs = docs::of_method(context, name, method, of_several, module);
    let deprecated = method.deprecated.then(|| quote!(#[deprecated]));
    let ident = raw(context.names.method_function(name));
    let call = raw(context.names.method_call(name));
    let row = Literal::usize_unsuffixed(row);
    let mut arguments = Vec::new();
    let mut singles = Vec::new();
    let mut lists = Vec::new();
    for (index, (parameter, stated)) in method.positional().enumerate() {
        let argument = raw(context.names.parameter(name, parameter));
        let ty = types::parameter(context, stated, module);
        arguments.push(quote!(#argument: #ty));
        let index = Literal::usize_unsuffixed(index);
        match parameter::list_or_structured(context, stated, &index, &argument, module) {
            Some(set) => {
                lists.push(quote!(call.#set;));
                // It keeps its position among the positional arguments: its values are set afterwards.
                singles.push(quote!(&""));
            }
            None => singles.push(parameter::encoded(context, stated, &argument)),
        }
    }
    let body = method.request.as_ref().filter(|_| !method.request_optional).map(|stated| {
        let argument = raw(context.names.body(name));
        let ty = types::body(context, method, stated, module);
        arguments.push(quote!(#argument: #ty));
        body::set(context, method, stated, &argument, module)
    });
    let result = if lists.is_empty() {
        quote!(#call(self.0.call(#row, &[#(#singles),*])#body))
    } else {
        quote! {
            let mut call = self.0.call(#row, &[#(#singles),*]);
            #(#lists)*
            #call(call #body)
        }
    };
    let operation = started(context, method, module).map(|(result, progress)| {
        let ident = raw(context.names.method_operation(name));
        let docs = docs::of_operation(&raw(context.names.method_function(name)), method.job.is_some());
        quote! {
            #docs
            #[inline]
            pub fn #ident(&self, name: &str) -> ::discovery_runtime::http::OperationHandle<#result, #progress> {
                self.0.operation(#row, name)
            }
        }
    });
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #ident(&self, #(#arguments),*) -> #call { #result }
        #operation
    }
}

/// Returns setters of the runtime's call that return the method's own call, so that setters work in any order.
fn common_setters(method: &Method, own: &[String]) -> TokenStream {
    let is_free = |name: &str| !own.iter().any(|own| own == name);
    let options = is_free("with_options").then(|| {
        quote! {
            #[doc = " Sets the options of the call, replacing the previous ones."]
            pub fn with_options(&self, options: ::discovery_runtime::http::CallOptions) -> Self {
                Self(self.0.with_options(options))
            }
        }
    });
    // A document that states the media type of the events offers no other.
    let offers_array = method.streaming
        && !method.returns_http_body
        && method.response_media_type.is_none()
        && is_free("with_json_array");
    let json_array = offers_array.then(|| {
        quote! {
            #[doc = " Requests the response as one JSON array instead of server-sent events."]
            pub fn with_json_array(&self) -> Self {
                Self(self.0.with_json_array())
            }
        }
    });
    quote! { #options #json_array }
}

/// Returns the call of a method: a setter for each optional parameter, and the functions that all calls have.
fn call(context: &Context<'_>, name: &str, method: &Method, module: &[String]) -> Code {
    let ident = raw(context.names.method_call(name));
    let before = method.positional().count();
    let setters: Vec<_> = method
        .optional()
        .enumerate()
        .filter(|(_, (_, stated))| stated.location != ParameterLocation::Path)
        .map(|(index, (parameter, stated))| {
            let index = Literal::usize_unsuffixed(before.saturating_add(index));
            parameter::setter(context, &index, context.names.parameter(name, parameter), parameter, stated, module)
        })
        .collect();
    let setter_names =
        method.parameters.keys().map(|parameter| parameter::setter_name(context.names.parameter(name, parameter)));
    let common = common_setters(method, &setter_names.collect::<Vec<_>>());
    let body = body::setter(context, name, method, module);
    let function = context.names.method_function(name);
    let handle = context.names.resource_handle(MethodName(name).resource());
    let docs = docs::of_call(&raw(handle), &raw(function));
    let response = response(context, method, module);
    let arguments: Vec<Code> = [response].into_iter().chain(kind(context, method, module)).collect();
    let mut out = Code::default();
    docs.write(&mut out, 0);
    code::wrapper(&mut out, &ident, CALL, &arguments);
    if !setters.is_empty() || !common.is_empty() || body.is_some() {
        let functions = [common].into_iter().chain(body).chain(setters);
        out.push(&code::implementation(&ident, functions.map(code::functions)));
    }
    append!(out, "impl ::std::ops::Deref for {} {{\n", ident);
    code::list(&mut out, 4, &code!("type Target = {}<", CALL), &arguments, ">;");
    append!(out, "    #[inline]\n    fn deref(&self) -> &Self::Target {{\n        &self.0\n    }}\n}}\n");
    out
}

fn response(context: &Context<'_>, method: &Method, module: &[String]) -> Code {
    match &method.response {
        Some(ty) => types::response(context, ty, module),
        None if method.returns_file() => Code::fixed("::discovery_runtime::File"),
        None if method.returns_redirect() => Code::fixed("::discovery_runtime::http::Redirect"),
        None => Code::fixed("()"),
    }
}

/// Returns the runtime's type for the kind of a call, if it does more than send a request.
fn kind(context: &Context<'_>, method: &Method, module: &[String]) -> Option<Code> {
    match method.kind() {
        CallKind::Unary => None,
        CallKind::Stream => Some(Code::fixed("::discovery_runtime::http::Streaming")),
        CallKind::Operation => {
            let (result, progress) = started(context, method, module)?;
            Some(code!("::discovery_runtime::http::Operation<{}, {}>", result, progress))
        }
        CallKind::Upload => Some(Code::fixed("::discovery_runtime::http::Upload")),
        CallKind::Download => Some(Code::fixed("::discovery_runtime::http::Download")),
    }
}

/// Returns the types of the result and the metadata of the operation or job that a method starts.
fn started(context: &Context<'_>, method: &Method, module: &[String]) -> Option<(Code, Code)> {
    if method.job.is_some() {
        // A job is its own result and its own metadata.
        let job = response(context, method, module);
        return Some((job.clone(), job));
    }
    let operation = method.operation.as_ref()?;
    let schema = |name: &Option<String>| match name {
        Some(name) => types::response(context, &Type::Schema(name.clone()), module),
        None => Code::fixed("::discovery_runtime::serde_json::Value"),
    };
    Some((schema(&operation.response), schema(&operation.metadata)))
}
