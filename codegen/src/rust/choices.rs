//! A value that is one of several as an enum.

use super::context::Context;
use super::{code, docs, types};
use crate::model::{Alternative, Behavior, OneOf, Schema, Shape, Type};
use crate::rust::naming::raw;
use crate::text::Code;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

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
        impl ::discovery_runtime::Choice for #ident {
            const DISCRIMINATOR: &'static str = #discriminator;
            const ALTERNATIVES: &'static [::discovery_runtime::Alternative] = &[#(#told),*];
            fn empty(number: usize) -> Self {
                match number {
                    #(#numbers => Self::#idents(::discovery_runtime::Wire::empty()),)*
                    _ => Self::Unrecognized(::discovery_runtime::Wire::empty()),
                }
            }
            fn unrecognized(value: ::discovery_runtime::serde_json::Value) -> Self {
                Self::Unrecognized(value)
            }
            fn value(&self) -> (usize, &dyn ::discovery_runtime::Wire) {
                match self {
                    #(Self::#idents(value) => (#numbers, value),)*
                    Self::Unrecognized(value) => (#none, value),
                }
            }
            fn value_mut(&mut self) -> &mut dyn ::discovery_runtime::Wire {
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

/// What tells an alternative from the others.
fn told(context: &Context<'_>, alternative: &Alternative) -> TokenStream {
    let looks = looks(context, &alternative.ty);
    let form = if types::writes_numbers(context, &alternative.ty) { quote!(Number) } else { quote!(Proto) };
    let values = &alternative.values;
    let message = match context.api.resolve(&alternative.ty) {
        Type::Schema(name) => match &context.api.schemas[name].shape {
            Shape::Message(message) => Some(message),
            _ => None,
        },
        _ => None,
    };
    let fields = || message.into_iter().flat_map(|message| &message.fields);
    let known = fields().map(|(name, _)| name);
    // What only requests carry is in no reply.
    let required = fields()
        .filter(|(_, field)| field.behavior.contains(&Behavior::Required))
        .filter(|(_, field)| !field.behavior.contains(&Behavior::InputOnly))
        .map(|(name, _)| name);
    quote! {
        ::discovery_runtime::Alternative {
            looks: #looks,
            form: ::discovery_runtime::Form::#form,
            values: &[#(#values),*],
            required: &[#(#required),*],
            known: &[#(#known),*],
        }
    }
}

/// The kind of JSON that a type has, as the runtime writes it.
fn looks(context: &Context<'_>, ty: &Type) -> String {
    match context.api.resolve(ty) {
        Type::Bool => "b".into(),
        Type::Int(crate::model::Int::I64 | crate::model::Int::U64) => "s".into(),
        Type::Int(_) | Type::Float | Type::Double => "n".into(),
        Type::String | Type::Bytes | Type::File | Type::Timestamp | Type::Duration | Type::FieldMask | Type::Date => {
            "s".into()
        }
        Type::Any => "?".into(),
        Type::Object | Type::Map(_) => "o".into(),
        Type::List(inner) => format!("[{}", looks(context, inner)),
        Type::Schema(name) => match &context.api.schemas[name].shape {
            Shape::Enum(_) => "s".into(),
            Shape::OneOf(_) => "?".into(),
            Shape::Message(_) | Shape::Alias(_) => "o".into(),
        },
    }
}

/// `From` for each alternative whose type no other has, so that a setter takes what the choice holds.
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
    // A message is in a box.
    let boxed = types::single(context, &alternative.ty, module) != plain;
    let stored = if boxed { quote!(value.into()) } else { quote!(value) };
    let text = (*context.api.resolve(&alternative.ty) == Type::String).then(|| {
        quote! {
            impl #from<&str> for #ident {
                fn from(value: &str) -> Self {
                    Self::#variant(value.into())
                }
            }
        }
    });
    quote! {
        impl #from<#plain> for #ident {
            fn from(value: #plain) -> Self {
                Self::#variant(#stored)
            }
        }
        #text
    }
}
