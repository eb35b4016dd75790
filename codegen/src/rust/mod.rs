//! Rust code from the model.

mod choices;
mod clues;
mod code;
mod context;
mod docs;
mod enums;
pub mod hooks;
mod methods;
pub mod naming;
pub mod package;
pub(crate) mod rust_type;
mod structs;
mod types;
mod unions;

use crate::model::{Api, Shape};
use crate::parallel;
use crate::rust::naming::Names;
use crate::text::Code;
use context::Context;
use quote::quote;

/// Rust code of one API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bindings {
    /// Module `types`: messages, enums, unions.
    pub types: Code,
    /// Module `methods`: a module for each resource, and the client.
    pub methods: Code,
}

/// Generates the Rust code of an API.
///
/// `api` may be a part of the API that `names` were assigned for.
pub(crate) fn emit(api: &Api, names: &Names, hooks: &hooks::Checked) -> Bindings {
    let context = Context::new(api, names, hooks);
    let (types, methods) = parallel::join(|| types(&context), || methods::emit(&context));
    Bindings { types: hooks.with_runtime(types), methods: hooks.with_runtime(methods) }
}

/// Version of the runtime's interface for generated code: the argument of its `generated_code!`.
const INTERFACE: usize = 2;

/// Returns the types of top-level schemas, each followed by the module of its inline schemas.
fn types(context: &Context<'_>) -> Code {
    let top: Vec<&String> =
        context.api.schemas.iter().filter(|(_, schema)| !schema.is_inline()).map(|(name, _)| name).collect();
    let module = vec!["types".to_owned()];
    let mut items: Vec<Code> = parallel::map(&top, |name| schema(context, name, &module));
    items.extend(inside_of_absent(context));
    let mut out = crate::code!("::discovery_runtime::generated_code!({});\n\n", INTERFACE);
    crate::append!(out, "{}", Code::join(&items, "\n"));
    out
}

/// Returns modules of reachable inline schemas whose parent is not reachable: the base of an `allOf`, which has no type
/// of its own.
fn inside_of_absent(context: &Context<'_>) -> Vec<Code> {
    let absent = context.inside.iter().filter(|(home, _)| !context.api.schemas.contains_key(**home));
    let module_of = |(home, inline): (&&str, &Vec<&String>)| {
        let module = context.names.module(context.api, home);
        let items: Vec<Code> = inline.iter().map(|name| schema(context, name, &module)).collect();
        code::module(&docs::of_base_module(), &context.ident(&module), &items)
    };
    absent.map(module_of).collect()
}

/// Returns the item of a schema, and the module of its inline schemas.
fn schema(context: &Context<'_>, name: &str, module: &[String]) -> Code {
    let Some(schema) = context.api.schemas.get(name).filter(|_| context.hooks.replacement(name).is_none()) else {
        return Code::default();
    };
    let mut item = match &schema.shape {
        Shape::Message(message) => structs::emit(context, name, schema, message, module),
        Shape::Enum(enumeration) => enums::emit(context, name, schema, enumeration, module),
        Shape::OneOf(one_of) => choices::emit(context, name, schema, one_of, module),
        Shape::Alias(ty) => {
            let docs = docs::of_schema(context, name, schema, module);
            let ident = context.ident(&context.names.schema(context.api, name));
            let ty = types::element(context, ty, module);
            code::items(quote! { #docs pub type #ident = #ty; })
        }
    };
    item.push(&inside(context, name, schema));
    item
}

/// Returns the module of the inline schemas of a schema.
fn inside(context: &Context<'_>, name: &str, schema: &crate::model::Schema) -> Code {
    let inline = context.inside.get(name).map_or(&[][..], Vec::as_slice);
    let unions = match &schema.shape {
        Shape::Message(message) => Some(&message.unions),
        _ => None,
    };
    if inline.is_empty() && unions.is_none_or(|unions| unions.is_empty()) {
        return Code::default();
    }
    let module = context.names.module(context.api, name);
    let items = inline.iter().map(|name| self::schema(context, name, &module));
    let unions = unions.into_iter().flatten();
    let unions = unions.map(|(union, stated)| unions::emit(context, name, union, stated, &module));
    let items: Vec<Code> = unions.chain(items).collect();
    // Links in the docs of a module are resolved in its parent, which has its item.
    let doc = docs::of_schema_module(&context.ident(&context.names.schema(context.api, name)));
    code::module(&doc, &context.ident(&module), &items)
}
