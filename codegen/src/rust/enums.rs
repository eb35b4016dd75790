//! Enumeration as an open enum.

use super::context::Context;
use super::{code, docs};
use crate::model::{Enumeration, Schema};
use crate::rust::naming::raw;
use crate::text::Code;
use quote::quote;

pub(super) fn emit(
    context: &Context<'_>,
    name: &str,
    schema: &Schema,
    enumeration: &Enumeration,
    module: &[String],
) -> Code {
    let docs = docs::of_schema(context, name, schema, module);
    let ident = context.ident(&context.names.schema(context.api, name));
    let values: Vec<&str> = enumeration.values.iter().map(|value| value.name.as_str()).collect();
    let idents: Vec<_> = values.iter().map(|value| raw(context.names.variant(name, value))).collect();
    let variants = enumeration.values.iter().zip(&idents).map(|(value, ident)| {
        let docs = docs::of_value(context, value, module);
        let deprecated = value.deprecated.then(|| quote!(#[deprecated]));
        quote! { #docs #deprecated #ident, }
    });
    let literals = enumeration.values.iter().zip(&idents).filter(|(value, _)| value.is_literal);
    let literals: Vec<_> = literals.map(|(_, ident)| ident).collect();
    let is_literal = (!literals.is_empty()).then(|| {
        quote! {
            #[inline]
            fn is_literal(&self) -> bool {
                ::std::matches!(self, #(Self::#literals)|*)
            }
        }
    });
    let (option, some, none) = (context.prelude("Option"), context.prelude("Some"), context.prelude("None"));
    let (result, ok, err) = (context.prelude("Result"), context.prelude("Ok"), context.prelude("Err"));
    let attributes = context.hooks.attributes(name);
    code::items(quote! {
        #docs
        #attributes
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants)*
            #[doc = " A value that this version of the bindings does not know."]
            Unrecognized(::discovery_runtime::Unrecognized<#ident>),
        }
        impl ::discovery_runtime::__private::OpenEnum for #ident {
            #[inline]
            fn known(name: &str) -> #option<Self> {
                #some(match name {
                    #(#values => Self::#idents,)*
                    _ => return #none,
                })
            }
            #[inline]
            fn name(&self) -> #result<&'static str, &::discovery_runtime::Unrecognized<Self>> {
                #ok(match self {
                    #(Self::#idents => #values,)*
                    Self::Unrecognized(value) => return #err(value),
                })
            }
            #[inline]
            fn unrecognized(value: ::discovery_runtime::Unrecognized<Self>) -> Self {
                Self::Unrecognized(value)
            }
            #is_literal
        }
        ::discovery_runtime::open_enum!(#ident);
    })
}
