//! Request bodies: types of arguments, and code that passes them to the runtime.

use super::parameter::setter_name;
use crate::model::{BodyForm, Method, Type};
use crate::rust::context::Context;
use crate::rust::naming::raw;
use crate::rust::types;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// Returns the setter of a body that the document allows to omit.
pub(super) fn setter(context: &Context<'_>, name: &str, method: &Method, module: &[String]) -> Option<TokenStream> {
    let ty = method.request.as_ref().filter(|_| method.request_optional)?;
    let ident = format_ident!("{}", setter_name(context.names.body(name)));
    let argument = raw("value");
    let (ty, set) = (types::body(context, method, ty, module), set(context, method, ty, &argument, module));
    Some(quote! {
        #[doc = " Sets the request body. Without one, none is sent."]
        #[inline]
        pub fn #ident(self, #argument: #ty) -> Self { Self(self.0 #set) }
    })
}

/// Returns the code that sets the body of a call.
pub(super) fn set(
    context: &Context<'_>,
    method: &Method,
    ty: &Type,
    argument: &Ident,
    module: &[String],
) -> TokenStream {
    let value = match context.api.resolve(ty) {
        Type::Nullable(_) => {
            let (into, ty) = (context.prelude("Into"), types::element(context, ty, module));
            quote!(#into::<#ty>::into(#argument))
        }
        _ => quote!(#argument),
    };
    match method.body_form() {
        BodyForm::Json => match types::stated_encoding(context, ty) {
            Some(encoding) => quote!(.with_body_as(&#value, #encoding)),
            None => quote!(.with_body(&#value)),
        },
        BodyForm::Form => match context.api.resolve(ty) {
            Type::Map(_) | Type::Object | Type::Any => quote!(.with_form_map(&#argument)),
            _ => quote!(.with_form(&#argument)),
        },
        BodyForm::Text => quote!(.with_bytes(#argument.into())),
        BodyForm::Bytes => quote!(.with_bytes(#argument)),
    }
}
