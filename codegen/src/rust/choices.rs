//! Choice between types (`oneOf`) as an enum.

use super::context::Context;
use super::{code, docs, types};
use crate::model::{Alternative, Behavior, OneOf, Schema, Shape, Type};
use crate::rust::naming::raw;
use crate::text::Code;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

pub(super) fn emit(context: &Context<'_>, name: &str, schema: &Schema, one_of: &OneOf, module: &[String]) -> Code {
    let docs = docs::of_schema(context, name, schema, module);
    let ident = context.ident(&context.names.schema(context.api, name));
    let alternatives = &one_of.alternatives;
    let idents: Vec<_> =
        alternatives.iter().map(|alternative| raw(context.names.variant(name, &alternative.name))).collect();
    let types: Vec<_> =
        alternatives.iter().map(|alternative| types::single(context, &alternative.ty, module)).collect();
    let variants = alternatives.iter().zip(idents.iter().zip(&types)).map(|(alternative, (ident, ty))| {
        let docs = docs::of_alternative(context, alternative, module);
        quote! { #docs #ident(#ty), }
    });
    let numbers: Vec<_> = (0..alternatives.len()).map(Literal::usize_unsuffixed).collect();
    let none = Literal::usize_unsuffixed(alternatives.len());
    let discriminator = one_of.discriminator.as_deref().unwrap_or_default();
    let told = alternatives.iter().map(|alternative| told(context, alternative));
    let from =
        alternatives.iter().zip(&idents).map(|alternative| conversion(context, &ident, one_of, alternative, module));
    code::items(quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants)*
            #[doc = " A value that is none of these: kept, and written back."]
            Unrecognized(::discovery_runtime::serde_json::Value),
        }
        impl ::discovery_runtime::__private::Choice for #ident {
            const DISCRIMINATOR: &'static str = #discriminator;
            const ALTERNATIVES: &'static [::discovery_runtime::__private::Alternative] = &[#(#told),*];
            #[inline]
            fn empty(index: usize) -> Self {
                match index {
                    #(#numbers => Self::#idents(::discovery_runtime::__private::JsonCodec::empty()),)*
                    _ => Self::Unrecognized(::discovery_runtime::__private::JsonCodec::empty()),
                }
            }
            #[inline]
            fn unrecognized(value: ::discovery_runtime::serde_json::Value) -> Self {
                Self::Unrecognized(value)
            }
            #[inline]
            fn value(&self) -> (usize, &dyn ::discovery_runtime::__private::JsonCodec) {
                match self {
                    #(Self::#idents(value) => (#numbers, value),)*
                    Self::Unrecognized(value) => (#none, value),
                }
            }
            #[inline]
            fn value_mut(&mut self) -> &mut dyn ::discovery_runtime::__private::JsonCodec {
                match self {
                    #(Self::#idents(value) => value,)*
                    Self::Unrecognized(value) => value,
                }
            }
        }
        ::discovery_runtime::choice!(#ident);
        #(#from)*
    })
}

/// Returns the facts by which the runtime selects an alternative.
fn told(context: &Context<'_>, alternative: &Alternative) -> TokenStream {
    let (kind, list_depth) = shape(context, &alternative.ty);
    let (kind, list_depth) = (format_ident!("{kind}"), Literal::u8_unsuffixed(list_depth));
    let encoding = if types::writes_numbers(context, &alternative.ty) { quote!(Number) } else { quote!(String) };
    let values = &alternative.values;
    let message = match context.api.resolve(&alternative.ty) {
        Type::Schema(name) => match context.api.shape(name) {
            Some(Shape::Message(message)) => Some(message),
            _ => None,
        },
        _ => None,
    };
    let fields = || message.into_iter().flat_map(|message| &message.fields);
    let known = fields().map(|(name, _)| name);
    // Responses do not contain input-only properties.
    let required = fields()
        .filter(|(_, field)| field.behavior.contains(&Behavior::Required))
        .filter(|(_, field)| !field.behavior.contains(&Behavior::InputOnly))
        .map(|(name, _)| name);
    quote! {
        ::discovery_runtime::__private::Alternative {
            shape: ::discovery_runtime::__private::JsonShape {
                kind: ::discovery_runtime::__private::JsonKind::#kind,
                list_depth: #list_depth,
            },
            encoding: ::discovery_runtime::__private::NumberEncoding::#encoding,
            values: &[#(#values),*],
            required: &[#(#required),*],
            known: &[#(#known),*],
        }
    }
}

/// Returns the JSON shape of a type: a `JsonKind` of the runtime and the number of lists around it.
fn shape(context: &Context<'_>, ty: &Type) -> (&'static str, u8) {
    match context.api.resolve(ty) {
        Type::Bool => ("Bool", 0),
        Type::Int(crate::model::Int::I64 | crate::model::Int::U64) => ("String", 0),
        Type::Int(_) | Type::Float | Type::Double => ("Number", 0),
        Type::String | Type::Bytes | Type::File | Type::Timestamp | Type::Duration | Type::FieldMask | Type::Date => {
            ("String", 0)
        }
        Type::Any => ("Any", 0),
        Type::Object | Type::Map(_) => ("Object", 0),
        Type::List(inner) => {
            let (kind, list_depth) = shape(context, inner);
            (kind, list_depth.saturating_add(1))
        }
        Type::Schema(name) => match context.api.shape(name) {
            Some(Shape::Enum(_)) => ("String", 0),
            Some(Shape::OneOf(_)) => ("Any", 0),
            Some(Shape::Message(_) | Shape::Alias(_)) | None => ("Object", 0),
        },
    }
}

/// Returns `From` for an alternative whose type no other has, so that a setter takes the value of the alternative.
fn conversion(
    context: &Context<'_>,
    ident: &Ident,
    one_of: &OneOf,
    (alternative, variant): (&Alternative, &Ident),
    module: &[String],
) -> TokenStream {
    let same = |other: &&Alternative| context.api.resolve(&other.ty) == context.api.resolve(&alternative.ty);
    if one_of.alternatives.iter().filter(same).count() > 1 {
        return TokenStream::new();
    }
    let from = context.prelude("From");
    let plain = types::element(context, &alternative.ty, module);
    // Messages are boxed.
    let boxed = types::single(context, &alternative.ty, module) != plain;
    let stored = if boxed { quote!(value.into()) } else { quote!(value) };
    let text = (*context.api.resolve(&alternative.ty) == Type::String).then(|| {
        quote! {
            impl #from<&str> for #ident {
                #[inline]
                fn from(value: &str) -> Self {
                    Self::#variant(value.into())
                }
            }
        }
    });
    quote! {
        impl #from<#plain> for #ident {
            #[inline]
            fn from(value: #plain) -> Self {
                Self::#variant(#stored)
            }
        }
        #text
    }
}
