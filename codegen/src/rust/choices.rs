//! Choice between types (`oneOf`) as an enum.

use super::clues::{self, JsonShape};
use super::context::Context;
use super::{code, docs, types};
use crate::model::{Alternative, OneOf, Scalar, Schema, Type};
use crate::rust::naming::raw;
use crate::text::Code;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};

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
    let facts = alternatives.iter().map(|alternative| facts(context, one_of, alternative));
    let from =
        alternatives.iter().zip(&idents).map(|alternative| conversion(context, &ident, one_of, alternative, module));
    let attributes = context.hooks.attributes(name);
    code::items(quote! {
        #docs
        #attributes
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants)*
            #[doc = " A value that is none of these: kept, and written back."]
            Unrecognized(::discovery_runtime::serde_json::Value),
        }
        impl ::discovery_runtime::__private::Choice for #ident {
            const DISCRIMINATOR: &'static str = #discriminator;
            const ALTERNATIVES: &'static [::discovery_runtime::__private::Alternative] = &[#(#facts),*];
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
fn facts(context: &Context<'_>, one_of: &OneOf, alternative: &Alternative) -> TokenStream {
    let shape = json_shape(clues::shape(context, &alternative.ty));
    let encoding = if types::writes_numbers(context, &alternative.ty) { quote!(Number) } else { quote!(String) };
    let values = alternative.values.iter().map(tag);
    let written = match &alternative.written {
        Some(value) => {
            let (some, value) = (context.prelude("Some"), tag(value));
            quote!(#some(#value))
        }
        None => context.prelude("None").into_token_stream(),
    };
    let keys = clues::keys(context, &alternative.ty);
    let (required, known) = (keys.required.iter(), keys.known.iter());
    let clues = clues::clues(context, one_of, alternative);
    let clues = clues.iter().map(|(path, clue)| {
        let (shape, values) = (json_shape(clue.shape), clue.values.iter().map(tag));
        quote! {
            ::discovery_runtime::__private::Clue { path: &[#(#path),*], shape: #shape, values: &[#(#values),*] }
        }
    });
    quote! {
        ::discovery_runtime::__private::Alternative {
            shape: #shape,
            encoding: ::discovery_runtime::__private::NumberEncoding::#encoding,
            values: &[#(#values),*],
            written: #written,
            required: &[#(#required),*],
            known: &[#(#known),*],
            clues: &[#(#clues),*],
        }
    }
}

fn json_shape(JsonShape { kind, list_depth }: JsonShape) -> TokenStream {
    let (kind, list_depth) = (format_ident!("{kind}"), Literal::u8_unsuffixed(list_depth));
    quote! {
        ::discovery_runtime::__private::JsonShape {
            kind: ::discovery_runtime::__private::JsonKind::#kind,
            list_depth: #list_depth,
        }
    }
}

fn tag(value: &Scalar) -> TokenStream {
    match value {
        Scalar::Text(text) => quote!(::discovery_runtime::__private::Tag::Text(#text)),
        Scalar::Literal(json) => quote!(::discovery_runtime::__private::Tag::Literal(#json)),
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
