//! Rust types of values.

use super::context::Context;
use crate::code;
use crate::model::{Int, Type};
use crate::text::Code;

/// Returns the type of the field of a property.
pub(super) fn field(context: &Context<'_>, ty: &Type, module: &[String]) -> Code {
    let inner = single(context, ty, module);
    match context.api.resolve(ty) {
        Type::List(_) | Type::Map(_) => inner,
        _ => code!("{}<{}>", context.prelude("Option"), inner),
    }
}

/// Returns the type of a single value, in an option or a union's member. Messages are boxed, so that a new cycle
/// changes no type, and `None` takes one word.
pub(super) fn single(context: &Context<'_>, ty: &Type, module: &[String]) -> Code {
    let ty = context.api.resolve(ty);
    let inner = element(context, ty, module);
    match ty {
        Type::Schema(name) if context.is_message(name) => {
            code!("{}<{}>", context.prelude("Box"), inner)
        }
        _ => inner,
    }
}

/// Returns the type of a value in a list or map.
pub(super) fn element(context: &Context<'_>, ty: &Type, module: &[String]) -> Code {
    let inner = |inner: &Type| element(context, inner, module);
    let string = || context.prelude("String");
    Code::fixed(match context.api.resolve(ty) {
        Type::Bool => "bool",
        Type::Int(Int::I32) => "i32",
        Type::Int(Int::U32) => "u32",
        Type::Int(Int::I64 | Int::I64Number) => "i64",
        Type::Int(Int::U64 | Int::U64Number) => "u64",
        Type::Float => "f32",
        Type::Double => "f64",
        Type::Bytes => "::discovery_runtime::bytes::Bytes",
        Type::File => "::discovery_runtime::File",
        Type::Timestamp => "::discovery_runtime::time::Timestamp",
        Type::Duration => "::discovery_runtime::time::Duration",
        Type::FieldMask => "::discovery_runtime::FieldMask",
        Type::Date => "::discovery_runtime::time::Date",
        Type::Any => "::discovery_runtime::serde_json::Value",
        Type::String => return string(),
        Type::Object => {
            let (map, value) = ("::discovery_runtime::serde_json::Map", "::discovery_runtime::serde_json::Value");
            return code!("{}<{}, {}>", map, string(), value);
        }
        Type::List(of) => return code!("{}<{}>", context.prelude("Vec"), inner(of)),
        Type::Map(of) => return code!("::std::collections::BTreeMap<{}, {}>", string(), inner(of)),
        Type::Nullable(of) => return code!("{}<{}>", context.prelude("Option"), inner(of)),
        Type::Schema(name) => {
            return match context.hooks.replacement(name) {
                Some(path) => path.clone(),
                None => context.path(&context.names.schema(context.api, name), module),
            };
        }
    })
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

/// Returns true if 64-bit integers in this type, at any depth, are encoded as JSON numbers.
pub(super) fn writes_numbers(context: &Context<'_>, ty: &Type) -> bool {
    match context.api.resolve(ty) {
        Type::Int(Int::I64Number | Int::U64Number) => true,
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => writes_numbers(context, inner),
        _ => false,
    }
}
