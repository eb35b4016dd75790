//! Union as an enum.

use super::context::Context;
use super::types::Borrowed;
use super::{code, docs, types};
use crate::model::{Field, Shape, Union};
use crate::rust::naming::raw;
use crate::text::Code;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

pub(super) fn emit(context: &Context<'_>, schema: &str, name: &str, union: &Union, module: &[String]) -> Code {
    let Some(Shape::Message(message)) = context.api.shape(schema) else {
        return Code::default();
    };
    let docs = docs::of_union(context, schema, name, union, module);
    let ident = context.ident(&context.names.union(context.api, schema, name));
    let members: Vec<(&String, &Field)> =
        union.members.iter().filter_map(|member| message.fields.get_key_value(member)).collect();
    let idents: Vec<_> = members.iter().map(|(member, _)| raw(context.names.member(schema, name, member))).collect();
    let variants = members.iter().zip(&idents).map(|((member, field), ident)| {
        let docs = docs::of_member(context, member, field, union.member_sources.get(*member), module);
        let deprecated = field.deprecated.then(|| quote!(#[deprecated]));
        let ty = types::single(context, &field.ty, module);
        quote! { #docs #deprecated #ident(#ty), }
    });
    let accessors = members.iter().zip(&idents).map(|((member, stated), variant)| {
        let docs = docs::of_accessor(member);
        let deprecated = stated.deprecated.then(|| quote!(#[deprecated]));
        let name = raw(&context.names.accessor(schema, member));
        let option = context.prelude("Option");
        let Borrowed { ty, made } = types::borrowed(context, &stated.ty, module);
        let (some, made) = (context.prelude("Some"), Code::fixed(made));
        let none = (idents.len() > 1).then(|| {
            let none = context.prelude("None");
            quote!(_ => #none,)
        });
        quote! {
            #docs
            #deprecated
            #[inline]
            pub fn #name(&self) -> #option<#ty> {
                match self {
                    Self::#variant(value) => #some(#made),
                    #none
                }
            }
        }
    });
    let numbers: Vec<_> = (0..members.len()).map(Literal::usize_unsuffixed).collect();
    let empty = match idents.as_slice() {
        [] => TokenStream::new(),
        [only] => {
            quote! { #[inline] fn empty(_: u16) -> Self { Self::#only(::discovery_runtime::__private::JsonCodec::empty()) } }
        }
        [others @ .., last] => empty(&numbers, others, last),
    };
    let (option, result) = (context.prelude("Option"), context.prelude("Result"));
    let attributes = context.hooks.attributes(&format!("{schema}.{name}"));
    code::items(quote! {
        #docs
        #attributes
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants)*
        }
        impl #ident { #(#accessors)* }
        impl ::discovery_runtime::__private::Union for #ident {
            #empty
            #[inline]
            fn member_mut(&mut self) -> &mut dyn ::discovery_runtime::__private::JsonCodec {
                match self {
                    #(Self::#idents(value) => value,)*
                }
            }
        }
        impl ::discovery_runtime::__private::OptionalField for #ident {
            #[inline]
            fn read_optional(
                slot: &mut #option<Self>,
                reader: &mut ::discovery_runtime::__private::Reader<'_>,
                field: &::discovery_runtime::__private::FieldInfo,
            ) -> #result<(), ::discovery_runtime::json::Error> {
                ::discovery_runtime::__private::union::read(slot, reader, field)
            }
            #[inline]
            fn member(&self) -> (u16, &dyn ::discovery_runtime::__private::JsonCodec) {
                match self {
                    #(Self::#idents(value) => (#numbers, value),)*
                }
            }
        }
    })
}

/// Returns the empty member for each number. The last one also serves all other numbers, which no table contains.
fn empty(numbers: &[Literal], others: &[Ident], last: &Ident) -> TokenStream {
    let numbers = numbers.iter().take(others.len());
    quote! {
        #[inline]
        fn empty(member: u16) -> Self {
            match member {
                #(#numbers => Self::#others(::discovery_runtime::__private::JsonCodec::empty()),)*
                _ => Self::#last(::discovery_runtime::__private::JsonCodec::empty()),
            }
        }
    }
}
