//! Rust types as code, with paths relative to a module.

use super::context::Context;
use super::rust_type::{Argument, RustType};
use crate::model::{Int, Method, Parameter, Type};
use crate::{code, text::Code};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// Returns the type of the field of a property.
pub(super) fn field(context: &Context<'_>, ty: &Type, module: &[String]) -> Code {
    write(context, &context.types().field(ty), module)
}

/// Returns the type of a single value, in an option or a union's member.
pub(super) fn single(context: &Context<'_>, ty: &Type, module: &[String]) -> Code {
    write(context, &context.types().single(ty), module)
}

/// Returns the type of a value in a list or map.
pub(super) fn element(context: &Context<'_>, ty: &Type, module: &[String]) -> Code {
    write(context, &context.types().element(ty), module)
}

/// Returns the type of the response of a method.
pub(super) fn response(context: &Context<'_>, ty: &Type, module: &[String]) -> Code {
    write(context, &context.types().response(ty), module)
}

/// Returns the type of the argument that takes a parameter.
pub(super) fn parameter(context: &Context<'_>, parameter: &Parameter, module: &[String]) -> Code {
    argument(context, &context.types().argument(parameter), module)
}

/// Returns the type of the argument that takes the body of a method.
pub(super) fn body(context: &Context<'_>, method: &Method, body: &Type, module: &[String]) -> Code {
    argument(context, &context.types().body(method, body), module)
}

fn argument(context: &Context<'_>, argument: &Argument<'_>, module: &[String]) -> Code {
    match argument {
        Argument::Str => Code::fixed("&str"),
        Argument::Value(ty) => write(context, ty, module),
        Argument::Into(ty) => code!("impl {}<{}>", context.prelude("Into"), write(context, ty, module)),
        Argument::Strings => {
            Code::fixed("impl ::std::iter::IntoIterator<Item: ::std::convert::AsRef<str> + ::std::fmt::Display>")
        }
        Argument::Items(ty) => code!("impl ::std::iter::IntoIterator<Item = {}>", write(context, ty, module)),
    }
}

fn write(context: &Context<'_>, ty: &RustType<'_>, module: &[String]) -> Code {
    let (name, arguments) = match ty {
        RustType::BuiltIn(name) => return Code::fixed(name),
        RustType::Prelude(name, arguments) => (context.prelude(name), arguments),
        RustType::Path(path, arguments) => (Code::fixed(path), arguments),
        RustType::Schema(name) => {
            return match context.hooks.replacement(name) {
                Some(path) => path.clone(),
                None => context.path(&context.names.schema(context.api, name), module),
            };
        }
    };
    let arguments: Vec<Code> = arguments.iter().map(|argument| write(context, argument, module)).collect();
    if arguments.is_empty() { name } else { code!("{}<{}>", name, Code::join(&arguments, ", ")) }
}

/// Reference to the value of a union's member, and the expression that makes it from a borrowed `value`.
pub(super) struct Borrowed {
    pub(super) ty: Code,
    pub(super) made: &'static str,
}

/// Returns the type that an accessor of a member returns: scalars by value, strings and lists as slices, messages
/// unboxed.
pub(super) fn borrowed(context: &Context<'_>, ty: &Type, module: &[String]) -> Borrowed {
    let inner = |ty: &Type| element(context, ty, module);
    let borrowed = |ty, made| Borrowed { ty, made };
    match context.api.resolve(ty) {
        Type::Bool | Type::Int(_) | Type::Float | Type::Double => borrowed(inner(ty), "*value"),
        Type::String => borrowed(Code::fixed("&str"), "value.as_str()"),
        Type::List(item) => borrowed(code!("&[{}]", inner(item)), "value.as_slice()"),
        Type::Schema(name) if context.is_message(name) => borrowed(code!("&{}", inner(ty)), "&**value"),
        _ => borrowed(code!("&{}", inner(ty)), "value"),
    }
}

/// Returns the name of the runtime's encoding of a type, or of the items of a list or map at any depth.
pub(super) fn encoding(context: &Context<'_>, ty: &Type) -> &'static str {
    match context.api.resolve(ty) {
        Type::Int(Int::I64Number | Int::U64Number) => "Number",
        Type::UrlSafeBytes => "UrlSafe",
        Type::DateTime => "AsRead",
        Type::Int(_) | Type::Float | Type::Double | Type::Bytes if context.api.third_party => "AsRead",
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => encoding(context, inner),
        _ => "String",
    }
}

/// Returns the path of an encoding that is not the usual one.
pub(super) fn stated_encoding(context: &Context<'_>, ty: &Type) -> Option<TokenStream> {
    let encoding = format_ident!("{}", Some(encoding(context, ty)).filter(|encoding| *encoding != "String")?);
    Some(quote!(::discovery_runtime::__private::ValueEncoding::#encoding))
}
