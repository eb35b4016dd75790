//! Types as Rust writes them.

use super::context::Context;
use crate::model::{Int, Shape, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// The type of the field that holds a property.
pub(super) fn field(context: &Context<'_>, ty: &Type, module: &[String]) -> TokenStream {
    let inner = single(context, ty, module);
    match context.api.resolve(ty) {
        Type::List(_) | Type::Map(_) => inner,
        _ => {
            let option = context.prelude("Option");
            quote!(#option<#inner>)
        }
    }
}

/// A value by itself: in an option, in a union's member. A message is in a box, so that a new cycle changes no type,
/// and what is not set takes a word.
pub(super) fn single(context: &Context<'_>, ty: &Type, module: &[String]) -> TokenStream {
    let ty = context.api.resolve(ty);
    let inner = element(context, ty, module);
    match ty {
        Type::Schema(name) if matches!(context.api.schemas[name].shape, Shape::Message(_)) => {
            let r#box = context.prelude("Box");
            quote!(#r#box<#inner>)
        }
        _ => inner,
    }
}

/// A value in a list or map.
pub(super) fn element(context: &Context<'_>, ty: &Type, module: &[String]) -> TokenStream {
    match context.api.resolve(ty) {
        Type::Bool => quote!(bool),
        Type::String => context.prelude("String"),
        Type::Int(Int::I32) => quote!(i32),
        Type::Int(Int::U32) => quote!(u32),
        Type::Int(Int::I64 | Int::I64Number) => quote!(i64),
        Type::Int(Int::U64 | Int::U64Number) => quote!(u64),
        Type::Float => quote!(f32),
        Type::Double => quote!(f64),
        Type::Bytes => quote!(::discovery_runtime::bytes::Bytes),
        Type::Timestamp => quote!(::discovery_runtime::time::Timestamp),
        Type::Duration => quote!(::discovery_runtime::time::Duration),
        Type::FieldMask => quote!(::discovery_runtime::FieldMask),
        Type::Date => quote!(::discovery_runtime::time::Date),
        Type::Any => quote!(::discovery_runtime::serde_json::Value),
        Type::Object => {
            let string = context.prelude("String");
            quote!(::discovery_runtime::serde_json::Map<#string, ::discovery_runtime::serde_json::Value>)
        }
        Type::List(inner) => {
            let (vec, inner) = (context.prelude("Vec"), element(context, inner, module));
            quote!(#vec<#inner>)
        }
        Type::Map(inner) => {
            let (string, inner) = (context.prelude("String"), element(context, inner, module));
            quote!(::std::collections::BTreeMap<#string, #inner>)
        }
        Type::Schema(name) => context.path(&context.names.schema(context.api, name), module),
    }
}

/// Whether 64-bit numbers of this type, at any depth, are written as JSON numbers.
pub(super) fn writes_numbers(context: &Context<'_>, ty: &Type) -> bool {
    match context.api.resolve(ty) {
        Type::Int(Int::I64Number | Int::U64Number) => true,
        Type::List(inner) | Type::Map(inner) => writes_numbers(context, inner),
        _ => false,
    }
}
