//! Parameters: types of arguments, and code that passes them to the runtime.

use crate::model::{Parameter, Type};
use crate::rust::context::Context;
use crate::rust::naming::raw;
use crate::rust::{docs, types};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

/// Returns an argument in the form that the runtime takes: a value that implements `Display`.
pub(super) fn encoded(context: &Context<'_>, parameter: &Parameter, argument: &Ident) -> TokenStream {
    match context.api.resolve(&parameter.ty) {
        Type::FieldMask if !parameter.repeated => {
            quote!(&::std::convert::Into::<::discovery_runtime::FieldMask>::into(#argument))
        }
        _ => quote!(&#argument),
    }
}

/// Returns the function of a call that sets a list or a structured value, with its arguments; `None` for scalars.
pub(super) fn list_or_structured(
    context: &Context<'_>,
    parameter: &Parameter,
    index: &Literal,
    argument: &Ident,
    module: &[String],
) -> Option<TokenStream> {
    if parameter.repeated {
        return Some(quote!(set_all(#index, #argument)));
    }
    context.api.is_structured(parameter).then(|| {
        let (into, ty) = (context.prelude("Into"), types::element(context, &parameter.ty, module));
        match types::stated_encoding(context, &parameter.ty) {
            Some(encoding) => quote!(set_structured_as(#index, &#into::<#ty>::into(#argument), #encoding)),
            None => quote!(set_structured(#index, &#into::<#ty>::into(#argument))),
        }
    })
}

/// Returns the name of the setter of a parameter.
pub(super) fn setter_name(rust: &str) -> String {
    format!("with_{}", rust.trim_start_matches('_'))
}

/// Returns the setter of an optional parameter.
pub(super) fn setter(
    context: &Context<'_>,
    index: &Literal,
    rust: &str,
    name: &str,
    parameter: &Parameter,
    module: &[String],
) -> TokenStream {
    let docs = docs::of_parameter(context, name, parameter, module);
    let deprecated = parameter.deprecated.then(|| quote!(#[deprecated]));
    let ident = format_ident!("{}", setter_name(rust));
    let ty = types::parameter(context, parameter, module);
    let value = raw("value");
    let set = match list_or_structured(context, parameter, index, &value, module) {
        Some(set) => quote!(self.0.#set),
        None => {
            let encoded = encoded(context, parameter, &value);
            quote!(self.0.set(#index, #encoded))
        }
    };
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #ident(mut self, #value: #ty) -> Self {
            #set;
            self
        }
    }
}
